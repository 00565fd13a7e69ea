package api

import (
	"context"

	"github.com/paulmach/orb"

	"luoshi/calendar"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Map is a plan by the places where it happens.
type Map struct {
	Plan     ledger.PlanID `json:"plan"`
	On       calendar.Date `json:"on"`
	Parts    []MapPart     `json:"parts" doc:"Those drawn on the map, and behind them streets and towns that it does not show"`
	Projects []MapProject  `json:"projects"`
}

// MapPart is a street or a town.
type MapPart struct {
	Name     string           `json:"name"`
	Unit     ledger.UnitID    `json:"unit,omitempty" doc:"Absent where no unit bears the name"`
	Boundary orb.MultiPolygon `json:"boundary,omitempty" doc:"Coordinates of a GeoJSON MultiPolygon, in degrees of WGS 84; absent where it is not drawn"`
	Lights   progress.Tally   `json:"lights" doc:"Of what the unit leads or cooperates in"`
	OnCourse ledger.Decimal   `json:"on_course" doc:"Per cent of the lights that are green or blue; absent where there are none"`
	Projects int              `json:"projects"`
	Planned  ledger.Decimal   `json:"planned" doc:"Investment of its projects planned for the year, in yuan"`
	Done     ledger.Decimal   `json:"done" doc:"Of that, done up to the last locked figures"`
	Share    ledger.Decimal   `json:"share" doc:"Per cent done; absent where nothing was planned or said"`
}

// MapProject is a project with where it lies.
type MapProject struct {
	ID        ledger.ProjectID `json:"id"`
	Name      string           `json:"name"`
	Lead      ledger.UnitID    `json:"lead,omitempty"`
	Part      string           `json:"part,omitempty" doc:"Of the parts; absent where it lies in none"`
	Longitude ledger.Decimal   `json:"longitude,omitzero" doc:"In degrees of WGS 84"`
	Latitude  ledger.Decimal   `json:"latitude,omitzero"`
	Planned   ledger.Decimal   `json:"planned" doc:"Investment planned for the year, in yuan"`
	Done      ledger.Decimal   `json:"done" doc:"Up to the last locked figure; absent before the first"`
	Until     reporting.Period `json:"until,omitzero" doc:"Of that figure"`
}

func mapOf(m atlas.Map) Map {
	shows := Map{Plan: m.Plan.ID, On: m.On, Parts: make([]MapPart, len(m.Parts)), Projects: make([]MapProject, len(m.Spots))}
	for i, p := range m.Parts {
		shows.Parts[i] = MapPart{
			Name: p.Name, Unit: p.Unit, Lights: p.Lights, OnCourse: p.OnCourse(), Projects: p.Projects, Planned: p.Planned, Done: p.Done, Share: p.Share(),
		}
		if p.Drawn {
			shows.Parts[i].Boundary = m.Sheet.Areas[i].Shape
		}
		if p.Lights.Colours == nil {
			shows.Parts[i].Lights.Colours = map[light.Colour]int{}
		}
	}
	for i, s := range m.Spots {
		shows.Projects[i] = MapProject{
			ID: s.Project.ID, Name: s.Project.Name, Lead: s.Project.Lead, Longitude: s.Project.Place.Longitude, Latitude: s.Project.Place.Latitude,
			Planned: s.Planned, Done: s.Done, Until: s.Until,
		}
		if s.Part >= 0 {
			shows.Projects[i].Part = m.Parts[s.Part].Name
		}
	}
	return shows
}

// Comparison is how the lead units of a plan stand beside each other.
type Comparison struct {
	Plan    ledger.PlanID  `json:"plan"`
	On      calendar.Date  `json:"on"`
	Elapsed int            `json:"elapsed" doc:"Per cent of the year"`
	Run     progress.Run   `json:"run" doc:"When the lights were computed"`
	Total   progress.Tally `json:"total"`
	Units   []UnitTally    `json:"units" doc:"The one with the largest share of red first"`
}

func comparisonOf(o progress.Overview) Comparison {
	c := Comparison{Plan: o.Plan.ID, On: o.On, Elapsed: o.Elapsed, Run: o.Run, Total: o.Total, Units: make([]UnitTally, len(o.Units))}
	for i, u := range o.Units {
		c.Units[i] = unitTally(u)
	}
	return c
}

func (a *API) mapOperations() {
	register(a, "get-map", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[Map], error) {
		m, err := a.options.Atlas.Map(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Map]{Body: mapOf(m)}, nil
	})
	register(a, "get-comparison", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[Comparison], error) {
		o, err := a.options.Progress.Overview(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Comparison]{Body: comparisonOf(o)}, nil
	})
}
