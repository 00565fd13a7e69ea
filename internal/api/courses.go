package api

import (
	"context"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Course is what should be and what is, through the year, for one thing that is measured.
type Course struct {
	Subject  reporting.Subject `json:"subject"`
	Title    string            `json:"title"`
	Unit     ledger.UnitID     `json:"unit,omitempty" doc:"Whose figures they are; empty where several units' are added"`
	Measure  string            `json:"measure" doc:"Unit of all figures"`
	Bound    ledger.Decimal    `json:"bound" doc:"What is promised for the end"`
	Expected []ExpectedFigure  `json:"expected" doc:"What should be at the end of each period"`
	Points   []reporting.Point `json:"points" doc:"What is; those that are not locked say so by their state and count in no light"`
	Before   []reporting.Point `json:"before" doc:"The same of the year before"`
	Forecast *Forecast         `json:"forecast,omitempty"`
}

// ExpectedFigure is what should be at the end of a period.
type ExpectedFigure struct {
	Period reporting.Period `json:"period"`
	On     calendar.Date    `json:"on" doc:"Its last day"`
	Value  ledger.Decimal   `json:"value"`
}

// Forecast is an estimate of the year's end.
type Forecast struct {
	Value   ledger.Decimal   `json:"value"`
	Low     ledger.Decimal   `json:"low"`
	High    ledger.Decimal   `json:"high"`
	Method  light.Method     `json:"method,omitempty"`
	Named   string           `json:"named" doc:"The method in words"`
	Error   ledger.Decimal   `json:"error" doc:"Mean error of the method on past years"`
	Points  bool             `json:"points" doc:"The error is in units of the measure and not in per cent"`
	Tests   int              `json:"tests" doc:"Past years on which it was tried"`
	Enough  bool             `json:"enough" doc:"Tried on enough of them"`
	AsOf    reporting.Period `json:"as_of"`
	Outlook light.Outlook    `json:"outlook,omitempty"`
	Why     []string         `json:"why"`
}

func courseOf(x *exchange, c progress.Course) Course {
	shows := Course{
		Subject: c.Subject, Title: c.Title, Unit: c.Unit, Measure: c.Measure, Bound: c.Bound, Expected: []ExpectedFigure{}, Points: filled(c.Points),
		Before: filled(c.Before),
	}
	for _, m := range c.Expected {
		shows.Expected = append(shows.Expected, ExpectedFigure(m))
	}
	if f := c.Forecast; f != nil {
		shows.Forecast = &Forecast{
			Value: f.Value, Low: f.Low, High: f.High, Method: f.Method, Named: x.in(f.Method.Label()), Error: f.Error, Points: f.Points, Tests: f.Tests,
			Enough: f.Enough, AsOf: f.AsOf, Outlook: f.Outlook, Why: []string{},
		}
		for _, why := range light.Explain(f.Why) {
			shows.Forecast.Why = append(shows.Forecast.Why, x.in(why))
		}
	}
	return shows
}

// Headway is how an indicator or a project goes.
type Headway struct {
	Courses []Course `json:"courses" doc:"One for each promise, in the order of the plan"`
	Lights  []Light  `json:"lights" doc:"Of the commitments, as far as one may see them"`
}

func headwayOf(x *exchange, courses []progress.Course, lights []progress.CommitmentLight) *plain[Headway] {
	h := Headway{Courses: []Course{}, Lights: []Light{}}
	for _, c := range courses {
		h.Courses = append(h.Courses, courseOf(x, c))
	}
	for _, l := range lights {
		h.Lights = append(h.Lights, lightOf(x, l))
	}
	return &plain[Headway]{Body: h}
}

// Overview is a plan's year at a glance.
type Overview struct {
	On        calendar.Date  `json:"on"`
	Elapsed   int            `json:"elapsed" doc:"Per cent of the year"`
	Run       progress.Run   `json:"run" doc:"When the lights were computed"`
	Total     progress.Tally `json:"total"`
	Areas     []AreaTally    `json:"areas" doc:"By highest section of the outline"`
	Units     []UnitTally    `json:"units" doc:"By lead unit, the one with the largest share of red first"`
	Overdue   []Light        `json:"overdue" doc:"The first ten"`
	Since     time.Time      `json:"since,omitzero" doc:"One's last visit by the pages"`
	Changed   []Light        `json:"changed" doc:"Turned since, the last ten"`
	Questions []Question     `json:"questions" doc:"Five things to ask about"`
}

// AreaTally counts the lights of a section.
type AreaTally struct {
	Section int            `json:"section" doc:"0 for what stands in none"`
	Title   string         `json:"title,omitempty"`
	Tally   progress.Tally `json:"tally"`
}

// UnitTally counts the lights of a lead unit.
type UnitTally struct {
	Unit     ledger.UnitID  `json:"unit,omitempty"`
	Name     string         `json:"name,omitempty"`
	Tally    progress.Tally `json:"tally"`
	OnCourse int            `json:"on_course" doc:"Per cent of the lights that are green or blue, rounded"`
}

func unitTally(t progress.UnitTally) UnitTally {
	return UnitTally{Unit: t.Unit, Name: t.Name, Tally: t.Tally, OnCourse: t.OnCourse()}
}

// Question is something to ask about, and why.
type Question struct {
	Code       string              `json:"code"`
	Commitment ledger.CommitmentID `json:"commitment,omitempty"`
	Title      string              `json:"title"`
	Unit       ledger.UnitID       `json:"unit,omitempty"`
	Why        string              `json:"why"`
}

// Contradiction is something that contradicts itself in the figures of a plan.
type Contradiction struct {
	Kind       progress.ContradictionKind `json:"kind"`
	Commitment ledger.CommitmentID        `json:"commitment"`
	Unit       ledger.UnitID              `json:"unit,omitempty"`
	Period     reporting.Period           `json:"period"`
	Figures    []string                   `json:"figures"`
	What       string                     `json:"what"`
	Do         string                     `json:"do"`
}

func (a *API) courseOperations() {
	p := a.options.Progress
	register(a, "get-overview", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[Overview], error) {
		o, err := p.Overview(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Overview]{Body: overviewOf(exchangeOf(ctx), o)}, nil
	})
	register(a, "list-contradictions", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[List[Contradiction]], error) {
		found, err := p.Contradictions(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		list, x := List[Contradiction]{Items: []Contradiction{}}, exchangeOf(ctx)
		for _, c := range found {
			list.Items = append(list.Items, Contradiction{c.Kind, c.Commitment, c.Unit, c.Period, filled(c.Figures), x.in(c.What()), x.in(c.Do())})
		}
		return &plain[List[Contradiction]]{Body: list}, nil
	})
	register(a, "get-indicator-progress", func(ctx context.Context, in *ByID[ledger.IndicatorID]) (*plain[Headway], error) {
		v, err := p.IndicatorView(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return headwayOf(exchangeOf(ctx), v.Courses, v.Lights), nil
	})
	register(a, "get-project-progress", func(ctx context.Context, in *ByID[ledger.ProjectID]) (*plain[Headway], error) {
		v, err := p.ProjectView(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return headwayOf(exchangeOf(ctx), []progress.Course{v.Course}, v.Lights), nil
	})
}

func overviewOf(x *exchange, o progress.Overview) Overview {
	shows := Overview{
		On: o.On, Elapsed: o.Elapsed, Run: o.Run, Total: o.Total, Since: o.Since,
		Areas: []AreaTally{}, Units: []UnitTally{}, Overdue: []Light{}, Changed: []Light{}, Questions: []Question{},
	}
	for _, t := range o.Areas {
		shows.Areas = append(shows.Areas, AreaTally{t.Section.Number, t.Section.Title, t.Tally})
	}
	for _, t := range o.Units {
		shows.Units = append(shows.Units, unitTally(t))
	}
	for _, l := range o.Overdue {
		shows.Overdue = append(shows.Overdue, lightOf(x, l))
	}
	for _, c := range o.Changed {
		shows.Changed = append(shows.Changed, lightOf(x, c.CommitmentLight))
	}
	for _, q := range o.Questions {
		shows.Questions = append(shows.Questions, Question{q.Code, q.Commitment, q.Title, q.Unit, x.in(q.Why)})
	}
	return shows
}
