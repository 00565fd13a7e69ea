package board_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web/board"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

var rooms = []store.Room{planning.Room(), catalogue.Room(), workflow.Room(), reporting.Room(), progress.Room()}

// town is the pages over the small district, whose plan is published and has its lights.
type town struct {
	*webtest.Site
	lights *progress.Service
}

func each(t *testing.T, test func(t *testing.T, o *town)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		o := &town{lights: progress.New(f.Core, reporting.New(f.Core, nil, reporting.Options{}))}
		o.Site = webtest.Serve(t, f, board.New(o.lights, catalogue.New(f.Core)).Routes()...)
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

func TestUnitsAreComparedInBarsAndInFiles(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		leader := o.As("leader", o.Government.ID)
		leader.Get("/board").Want(http.StatusOK, "还没有亮灯结果")
		leader.Get("/board/screen").Want(http.StatusOK, "还没有亮灯结果")
		o.publish(t)
		leader.Get("/board").Want(http.StatusOK, o.Bureau.Name, "大屏显示", "正常占比", o.Plan.Outline[1].Title)
		for _, file := range []string{"units", "areas"} {
			csv := leader.Get("/board/"+file+".csv").Want(http.StatusOK, ",事项,红灯,黄灯,绿灯,蓝灯,灰灯,")
			if kind := csv.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/csv") {
				t.Errorf("the file of %s is %s", file, kind)
			}
			if book := leader.Get("/board/" + file + ".xlsx").Want(http.StatusOK); !strings.HasPrefix(book.Body, "PK") {
				t.Errorf("the table of %s is no workbook", file)
			}
		}
		leader.Get("/board/units.csv").Want(http.StatusOK, o.Bureau.Name+",1")
		for _, file := range []string{"units.pdf", "units", "people.csv"} {
			leader.Get("/board/" + file).Want(http.StatusNotFound)
		}
		leader.Get("/board?lang=en").Want(http.StatusOK, "Units compared", "On course")
	})
}

func TestTheScreenGoesFromSlideToSlide(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.publish(t)
		leader := o.As("leader", o.Government.ID)
		area := "area-" + strconv.Itoa(o.Commitment.Section)
		for _, c := range []struct {
			slide, next string
			shows       []string
		}{
			{"", "areas-1", []string{"落实情况", "时间进度", "红灯占比最高的单位", o.Bureau.Name, `data-refresh="60"`, "1/4"}},
			{"areas-1", "units-1", []string{"各领域", "2/4"}},
			{"units-1", area, []string{"单位进展比较", o.Bureau.Name, "3/4"}},
			{area, "", []string{"最需要关注的事项", o.Commitment.Title, "4/4"}},
			{"nowhere", "areas-1", []string{"落实情况", "1/4"}},
		} {
			shown := leader.Get("/board/screen?slide="+c.slide).Want(http.StatusOK, c.shows...)
			next := "/board/screen?plan=" + string(o.Plan.ID)
			if c.next != "" {
				next += "&amp;slide=" + c.next
			}
			if !strings.Contains(shown.Body, `data-board="next" href="`+next+`"`) {
				t.Errorf("behind slide %q does not come %q", c.slide, next)
			}
		}
	})
}

func TestWhoMayComeByTheBoard(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}
