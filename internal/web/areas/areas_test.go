package areas_test

import (
	"net/http"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/message"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web/areas"
	"luoshi/internal/web/page"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

var rooms = []store.Room{planning.Room(), catalogue.Room(), workflow.Room(), reporting.Room(), progress.Room(), message.Room(), supervision.Room()}

// town is the page over the small district.
type town struct {
	*webtest.Site
	lights *progress.Service
}

func each(t *testing.T, test func(t *testing.T, o *town)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		reports := reporting.New(f.Core, nil, reporting.Options{})
		o := &town{lights: progress.New(f.Core, reports)}
		orders := supervision.New(f.Core, nil, supervision.Options{})
		o.Site = webtest.Serve(t, f, areas.New(f.Core, o.lights, reports, orders, catalogue.New(f.Core)).Routes()...)
		test(t, o)
	}, rooms...)
}

func (o *town) publish(t *testing.T) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan, err := s.Plans().Get(ctx, string(o.Plan.ID))
	if err != nil {
		t.Fatal(err)
	}
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: o.Today(), Basis: "望政发〔2026〕1号"}}
	if _, err := s.Plans().Change(ctx, plan.Value, plan.Revision); err != nil {
		t.Fatal(err)
	}
	c, err := s.Commitments().Get(ctx, string(o.Commitment.ID))
	if err != nil {
		t.Fatal(err)
	}
	c.Value.State = ledger.InForce
	if _, err := s.Commitments().Change(ctx, c.Value, c.Revision); err != nil {
		t.Fatal(err)
	}
	if _, err := o.lights.ComputeNow(service.As(ctx, service.Caller{System: "test", May: o.Rights().Actions()}), o.Plan.ID); err != nil {
		t.Fatal(err)
	}
}

func TestAnAreaShowsWhatBelongsToIt(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.publish(t)
		leader, here := o.As("leader", o.Government.ID), page.AreaURL(o.Plan.ID, o.Commitment.Section, "")
		leader.Get(here).Want(http.StatusOK, o.Commitment.Title, o.Indicator.Name, "应完成", "全年预测", "牵头单位", o.Bureau.Name)
		if book := leader.Get(here + "/area.xlsx").Want(http.StatusOK); !strings.HasPrefix(book.Body, "PK") {
			t.Error("the tables are no workbook")
		}
		for file, heading := range map[string]string{
			"matters": "编号,事项", "indicators": "指标,责任单位,计量单位,目标", "projects": "编号,项目", "units": "责任单位,事项", "parts": "领域,事项", "orders": "编号,督办单",
		} {
			leader.Get(here+"/"+file+".csv").Want(http.StatusOK, heading)
		}
		leader.Get(here+"?lang=en").Want(http.StatusOK, "Lead units", "Should be")
		leader.Get(here + "/people.csv").Want(http.StatusNotFound)
		for _, none := range []string{"0", "99", "x"} {
			leader.Get("/plans/" + string(o.Plan.ID) + "/areas/" + none).Want(http.StatusNotFound)
		}
	})
}

func TestBeforeAPlanIsPublishedItsAreasHaveNoPage(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.As("leader", o.Government.ID).Get(page.AreaURL(o.Plan.ID, o.Commitment.Section, "")).Want(http.StatusUnprocessableEntity, "计划")
	})
}

func TestWhoMayComeByTheAreas(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}
