package atlas_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
)

var rooms = []store.Room{planning.Room(), catalogue.Room(), workflow.Room(), reporting.Room(), progress.Room(), atlas.Room()}

// street is the boundary of the small district's street.
const street = `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"NAME"},"geometry":
	{"type":"Polygon","coordinates":[[[124,29],[124.2,29],[124.2,29.2],[124,29.2],[124,29]]]}}]}`

// town is the small district with the use cases of its map.
type town struct {
	*servicetest.Fixture
	*atlas.Service
	admin, office context.Context
}

func each(t *testing.T, test func(t *testing.T, o *town)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		figures := reporting.New(f.Core, nil, reporting.Options{})
		o := &town{Fixture: f, Service: atlas.New(f.Core, progress.New(f.Core, figures)), office: f.Office(t.Context())}
		o.admin = f.As(t.Context(), "administrator", "")
		test(t, o)
	}, rooms...)
}

func (o *town) boundaries() string { return strings.Replace(street, "NAME", o.Street.Name, 1) }

func TestBoundariesAreLoadedByAnAdministrator(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		government := o.Government.ID
		loaded, err := o.Load(o.admin, government, "街镇.geojson", strings.NewReader(o.boundaries()), 0)
		if err != nil || loaded.Revision != 1 || loaded.Areas != 1 || loaded.Sheet.Areas[0].Name != o.Street.Name {
			t.Fatalf("%+v, %v", loaded, err)
		}
		_, err = o.Load(o.office, government, "街镇.geojson", strings.NewReader(o.boundaries()), 0)
		if !store.IsConflict(err) {
			t.Errorf("over boundaries that were not seen: %v", err)
		}
		_, err = o.Load(o.As(t.Context(), "unit-head", o.Bureau.ID), government, "x", strings.NewReader(o.boundaries()), 1)
		var refused *service.Refused
		if !errors.As(err, &refused) {
			t.Errorf("a unit loads boundaries: %v", err)
		}
		for text, code := range map[string]string{
			"边界": "boundaries.json", strings.Replace(o.boundaries(), "29.2]", "3229000]", 1): "boundaries.degrees",
		} {
			wantFault(t, o.failure(government, text), code)
		}
		_, err = o.Load(o.admin, o.Bureau.ID, "x", strings.NewReader(o.boundaries()), 0)
		wantFault(t, err, "government.unknown")
		if now, err := o.Boundaries(o.admin, government); err != nil || now.Revision != 1 || now.Name != "街镇.geojson" {
			t.Errorf("after what failed there are %+v, %v", now, err)
		}
		gone, err := o.Remove(o.admin, government, 1)
		if err != nil || gone.Revision != 2 || len(gone.Sheet.Areas) != 0 {
			t.Errorf("%+v, %v", gone, err)
		}
		if entries := o.Entries(t, atlas.Kind, string(government)); len(entries) != 2 {
			t.Errorf("the log tells %v", entries)
		}
	})
}

func (o *town) failure(government ledger.UnitID, text string) error {
	_, err := o.Load(o.admin, government, "x", strings.NewReader(text), 1)
	return err
}

func wantFault(t *testing.T, err error, code string) {
	t.Helper()
	var fault *service.Fault
	if !errors.As(err, &fault) || fault.Code != code || strings.Contains(fault.Words.ZH, "{") {
		t.Errorf("want %s, got %v", code, err)
	}
}

// A project stands where its point lies, or in the street that its place names; those given up stand nowhere. Without
// boundaries the streets are there all the same.
func TestWhatLiesWhere(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		ctx, s := t.Context(), o.Store()
		degrees := func(text string) ledger.Decimal {
			d, err := ledger.ParseDecimal(text)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		for number, p := range map[string]ledger.Project{
			"A": {Name: "养老服务中心", Stage: ledger.Ongoing, Place: ledger.Place{Unit: o.Street.ID}},
			"B": {Name: "口袋公园", Stage: ledger.Finished, Place: ledger.Place{Longitude: degrees("124.1"), Latitude: degrees("29.1")}},
			"C": {Name: "远处的桥", Stage: ledger.Ongoing, Place: ledger.Place{Longitude: degrees("125.1"), Latitude: degrees("29.1")}},
			"D": {Name: "不建的厂", Stage: ledger.Exited, ExitReason: "资金未落实", Place: ledger.Place{Unit: o.Street.ID}},
		} {
			p.ID, p.Plan, p.Number, p.Lead, p.Category = store.NewID[ledger.ProjectID](s), o.Plan.ID, number, o.Bureau.ID, ledger.Wellbeing
			p.Years = []ledger.Investment{{Year: o.Plan.Year, Planned: ledger.Int(1000)}}
			if _, err := s.Projects().Add(ctx, p); err != nil {
				t.Fatal(err)
			}
		}
		parts := func(want int) map[string]int {
			m, err := o.Map(o.office, o.Plan.ID)
			if err != nil || len(m.Parts) != want {
				t.Fatalf("%+v, %v", m.Parts, err)
			}
			at := map[string]int{}
			for _, spot := range m.Spots {
				at[spot.Project.Name] = spot.Part
			}
			if _, drawn := at["不建的厂"]; drawn {
				t.Error("what was given up is on the map")
			}
			if at["远处的桥"] != -1 {
				t.Errorf("what is far away lies in %d", at["远处的桥"])
			}
			return at
		}
		if at := parts(1); at["养老服务中心"] != 0 || at["口袋公园"] != -1 {
			t.Errorf("without boundaries: %v", at)
		}
		if _, err := o.Load(o.admin, o.Government.ID, "街镇.geojson", strings.NewReader(o.boundaries()), 0); err != nil {
			t.Fatal(err)
		}
		if at := parts(1); at["养老服务中心"] != 0 || at["口袋公园"] != 0 {
			t.Errorf("with boundaries: %v", at)
		}
		if m, err := o.Map(o.As(ctx, "reporter", o.Street.ID), o.Plan.ID); err != nil || len(m.Spots) > 2 {
			t.Errorf("another unit sees %+v, %v", m.Spots, err)
		}
		if _, err := o.Map(o.admin, o.Plan.ID); err == nil {
			t.Error("an administrator sees what is reported")
		}
	})
}
