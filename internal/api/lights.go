package api

import (
	"context"
	"net/http"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Light is the light of a commitment. What figures show, what the unit says and what the calendar says stand apart.
type Light struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Number     string              `json:"number,omitempty"`
	Title      string              `json:"title"`
	Unit       ledger.UnitID       `json:"unit,omitempty" doc:"That leads it"`
	Colour     light.Colour        `json:"colour" enum:"red,yellow,grey,green,blue" doc:"As it is shown; grey: it cannot be judged, blue: done"`
	Computed   light.Colour        `json:"computed" enum:"red,yellow,grey,green,blue" doc:"What figures show; differs where it was set by hand"`
	Since      calendar.Date       `json:"since" doc:"From this day it shows its colour"`
	Earlier    light.Colour        `json:"earlier,omitempty" doc:"The colour before"`
	ByHand     *progress.Hand      `json:"by_hand,omitempty" doc:"Who set it by hand, and why"`
	Said       reporting.Said      `json:"said" doc:"What the unit says"`
	SaidIn     reporting.Period    `json:"said_in"`
	Differs    bool                `json:"differs" doc:"What the unit says is not what figures show"`
	Calendar   LightCalendar       `json:"calendar" doc:"What the date says"`
	Evidence   int                 `json:"evidence" doc:"Files that are locked"`
	Parts      []LightPart         `json:"parts" doc:"Of each thing that is measured; the worst decides"`
}

// LightCalendar is where a day lies in the time of a commitment.
type LightCalendar struct {
	State light.StandingState `json:"state" enum:"not_begun,running,due,overdue,open_ended"`
	Days  int                 `json:"days" doc:"Left until the beginning or the deadline, or gone since the deadline"`
}

// LightPart is the light of one thing that is measured of a commitment, with the computation.
type LightPart struct {
	Subject  reporting.Subject `json:"subject"`
	Title    string            `json:"title"`
	Unit     ledger.UnitID     `json:"unit,omitempty" doc:"Whose figures were judged"`
	Colour   light.Colour      `json:"colour" enum:"red,yellow,grey,green,blue"`
	Measure  string            `json:"measure" doc:"Unit of the figures"`
	Actual   ledger.Decimal    `json:"actual" doc:"As locked"`
	Expected ledger.Decimal    `json:"expected" doc:"By the end of as_of"`
	Bound    ledger.Decimal    `json:"bound" doc:"What is promised"`
	Progress ledger.Decimal    `json:"progress" doc:"Per cent of the promise that is done"`
	Due      ledger.Decimal    `json:"due" doc:"Per cent of it that should be done"`
	Elapsed  ledger.Decimal    `json:"elapsed" doc:"Per cent of the time that is over"`
	Gap      ledger.Decimal    `json:"gap" doc:"Progress less due, in points; negative is behind"`
	AsOf     reporting.Period  `json:"as_of" doc:"Whose figure was judged"`
	Stale    int               `json:"stale" doc:"Periods that are due and not locked"`
	Person   bool              `json:"person" doc:"The figures cannot decide; a person has to"`
	Rule     string            `json:"rule"`
	Why      []string          `json:"why" doc:"The computation, in sentences"`
}

func lightOf(x *exchange, l progress.CommitmentLight) Light {
	shows := Light{
		Commitment: l.Commitment.ID, Number: l.Commitment.Number, Title: l.Commitment.Title, Unit: l.Commitment.Lead, Colour: l.Colour, Computed: l.Computed,
		Since: l.Since, Earlier: l.Earlier, ByHand: l.Hand, Said: l.Said, SaidIn: l.SaidIn, Differs: l.Differs(), Calendar: LightCalendar(l.Calendar),
		Evidence: l.Evidence, Parts: []LightPart{},
	}
	for _, p := range l.Parts {
		shows.Parts = append(shows.Parts, partOf(x, p))
	}
	return shows
}

func partOf(x *exchange, p progress.Part) LightPart {
	l := p.Light
	part := LightPart{
		Subject: p.Subject, Title: p.Title, Unit: p.Unit, Colour: l.Colour, Measure: l.Unit, Actual: l.Actual, Expected: l.Expected, Bound: l.Bound,
		Progress: l.Progress, Due: l.Due, Elapsed: l.Elapsed, Gap: l.Gap, AsOf: l.AsOf, Stale: l.Stale, Person: l.Person, Rule: l.Rule, Why: []string{},
	}
	for _, why := range light.Explain(l.Why) {
		part.Why = append(part.Why, x.in(why))
	}
	return part
}

// LightTurn is that a light turned to another colour.
type LightTurn struct {
	On      calendar.Date    `json:"on"`
	At      time.Time        `json:"at"`
	Earlier light.Colour     `json:"earlier,omitempty"`
	Colour  light.Colour     `json:"colour,omitempty"`
	Cause   progress.Cause   `json:"cause" enum:"computed,set,lifted,ended"`
	Reason  string           `json:"reason,omitempty"`
	Account ledger.AccountID `json:"account,omitempty"`
	Why     []string         `json:"why" doc:"What was computed then"`
}

// LightWithHistory is a light with how it came to be what it is.
type LightWithHistory struct {
	Light
	History []LightTurn `json:"history" doc:"The last first"`
	Courses []Course    `json:"courses" doc:"What should be and what is through the year, of each part"`
	Proof   string      `json:"proof" doc:"Where the proof is found of who set it by hand"`
}

// LightByHand sets a light by hand.
type LightByHand struct {
	Colour string        `json:"colour" enum:"red,yellow,green,blue"`
	Reason string        `json:"reason" minLength:"1" maxLength:"2000"`
	Until  calendar.Date `json:"until,omitzero" doc:"The last day; for good where absent"`
}

// LightLifted lets a light show again what is computed.
type LightLifted struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
}

func (a *API) lightOperations() {
	p := a.options.Progress
	type query struct {
		Paged
		ByID[ledger.PlanID]
		Colours []string      `query:"colour,explode" maxItems:"5" enum:"red,yellow,grey,green,blue"`
		Unit    ledger.UnitID `query:"unit" maxLength:"100" doc:"That leads"`
		Below   bool          `query:"below" doc:"Or a unit beneath it"`
		Section int           `query:"section" minimum:"0" doc:"Of the outline, with all beneath it"`
		Kind    string        `query:"kind" enum:"indicator,task,project,livelihood"`
		Text    string        `query:"text" maxLength:"200" doc:"In the title or the number"`
		ByHand  bool          `query:"by_hand" doc:"Set by hand"`
		Differs bool          `query:"differs" doc:"What the unit says is not what figures show"`
		Overdue bool          `query:"overdue" doc:"The deadline is over, and it is not done"`
		Turned  time.Time     `query:"turned" doc:"Turned since"`
	}
	register(a, "list-lights", func(ctx context.Context, in *query) (*many[Light], error) {
		asked := progress.LightQuery{
			Plan: in.ID, Unit: in.Unit, Below: in.Below, Section: in.Section, Kind: ledger.CommitmentKind(in.Kind), Words: in.Text,
			ByHand: in.ByHand, Differs: in.Differs, Overdue: in.Overdue, Turned: in.Turned,
		}
		for _, c := range in.Colours {
			asked.Colours = append(asked.Colours, light.Colour(c))
		}
		list, err := p.Lights(ctx, asked, in.page())
		if err != nil {
			return nil, err
		}
		items := make([]Light, len(list.Lights))
		for i, l := range list.Lights {
			items[i] = lightOf(exchangeOf(ctx), l)
		}
		return listed(&in.Paged, list.Next, items), nil
	})
	a.orders("list-lights", bothWays(progress.Severity, "number", "title", "by", "section", "weight")...)
	register(a, "get-light", func(ctx context.Context, in *ByID[ledger.CommitmentID]) (*plain[LightWithHistory], error) {
		return a.light(ctx, in.ID)
	})
	register(a, "set-light", func(ctx context.Context, in *Doing[ledger.CommitmentID, LightByHand]) (*plain[LightWithHistory], error) {
		set := progress.ByHand{Commitment: in.ID, Colour: light.Colour(in.Body.Colour), Reason: in.Body.Reason, Until: in.Body.Until}
		if err := p.SetByHand(ctx, set); err != nil {
			return nil, err
		}
		return a.light(ctx, in.ID)
	})
	register(a, "lift-light", func(ctx context.Context, in *Doing[ledger.CommitmentID, LightLifted]) (*plain[LightWithHistory], error) {
		if err := p.Lift(ctx, in.ID, in.Body.Reason); err != nil {
			return nil, err
		}
		return a.light(ctx, in.ID)
	})
	register(a, "compute-lights", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[progress.Run], error) {
		run, err := p.ComputeNow(ctx, in.ID)
		return &plain[progress.Run]{Body: run}, err
	})
	a.lightTermOperations()
}

// light is a light with its history, as the answer.
func (a *API) light(ctx context.Context, id ledger.CommitmentID) (*plain[LightWithHistory], error) {
	v, err := a.options.Progress.Light(ctx, id)
	if err != nil {
		return nil, err
	}
	x := exchangeOf(ctx)
	shows := LightWithHistory{Light: lightOf(x, v.CommitmentLight), History: []LightTurn{}, Courses: []Course{}, Proof: proofPath(progress.LightKind, string(id))}
	for _, t := range v.History {
		turn := LightTurn{
			On: t.On, At: t.At, Earlier: t.Earlier, Colour: t.Colour, Cause: t.Cause, Reason: t.Reason, Account: t.Account, Why: []string{},
		}
		for _, why := range light.Explain(t.Light.Why) {
			turn.Why = append(turn.Why, x.in(why))
		}
		shows.History = append(shows.History, turn)
	}
	for _, c := range v.Courses {
		shows.Courses = append(shows.Courses, courseOf(x, c))
	}
	return &plain[LightWithHistory]{Body: shows}, nil
}

// LightPath is how a promise is to be kept over its time.
type LightPath struct {
	Kind    light.PathKind   `json:"kind,omitempty" enum:"linear,quarters,milestones,end"`
	Weights []ledger.Decimal `json:"weights,omitempty" maxItems:"4" doc:"Of the four quarters, for quarters"`
}

func (p LightPath) path() light.Path {
	path := light.Path{Kind: p.Kind}
	copy(path.Weights[:], p.Weights)
	return path
}

func pathOf(p light.Path) LightPath {
	shows := LightPath{Kind: p.Kind}
	if p.Kind == light.ByQuarters {
		shows.Weights = p.Weights[:]
	}
	return shows
}

// LightTerms are by what the lights of a plan are computed.
type LightTerms struct {
	Rule  string               `json:"rule" minLength:"1" maxLength:"100" doc:"One of list-light-rules"`
	Paths map[string]LightPath `json:"paths,omitempty" doc:"The usual path by kind of commitment; linear where absent"`
}

// OwnLightTerms are what differs for one commitment.
type OwnLightTerms struct {
	Path       LightPath              `json:"path,omitzero"`
	Begins     calendar.Date          `json:"begins,omitzero" doc:"From when its time counts; from the beginning of the year where absent"`
	References map[int]ledger.Decimal `json:"references,omitempty" doc:"Figures that targets in words refer to, by the number of the target"`
}

// LightRule is a rule of lights that comes with the program, with the local rule that it puts into figures.
type LightRule struct {
	Name   string `json:"name"`
	Title  string `json:"title"`
	Quote  string `json:"quote" doc:"The rule in its own words"`
	Source string `json:"source"`
}

func (a *API) lightTermOperations() {
	p := a.options.Progress
	shown := func(r store.Record[progress.Terms]) *one[LightTerms] {
		body := LightTerms{Rule: r.Value.Rule, Paths: map[string]LightPath{}}
		for kind, path := range r.Value.Paths {
			body.Paths[string(kind)] = pathOf(path)
		}
		return changed(r.Revision, body)
	}
	register(a, "get-light-terms", func(ctx context.Context, in *ByID[ledger.PlanID]) (*one[LightTerms], error) {
		r, err := p.Terms(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return shown(r), nil
	})
	register(a, "set-light-terms", func(ctx context.Context, in *Writing[ledger.PlanID, LightTerms]) (*one[LightTerms], error) {
		seen, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		terms := progress.Terms{Rule: in.Body.Rule, Paths: map[ledger.CommitmentKind]light.Path{}}
		for kind, path := range in.Body.Paths {
			terms.Paths[ledger.CommitmentKind(kind)] = path.path()
		}
		r, err := p.SetTerms(ctx, in.ID, terms, seen)
		if err != nil {
			return nil, err
		}
		return shown(r), nil
	})
	a.ownTermOperations()
	register(a, "list-light-rules", func(ctx context.Context, _ *struct{}) (*plain[List[LightRule]], error) {
		rules := List[LightRule]{Items: []LightRule{}}
		for _, r := range light.Rules() {
			rules.Items = append(rules.Items, LightRule{Name: r.Name, Title: exchangeOf(ctx).in(r.Title), Quote: r.Quote, Source: r.Source})
		}
		return &plain[List[LightRule]]{Body: rules}, nil
	})
}

func (a *API) ownTermOperations() {
	p := a.options.Progress
	shown := func(r store.Record[progress.OwnTerms]) *one[OwnLightTerms] {
		body := OwnLightTerms{Path: pathOf(r.Value.Path), Begins: r.Value.Begins, References: r.Value.References}
		return &one[OwnLightTerms]{Status: http.StatusOK, ETag: tagOf(r.Revision), Body: body}
	}
	register(a, "get-own-light-terms", func(ctx context.Context, in *ByID[ledger.CommitmentID]) (*one[OwnLightTerms], error) {
		r, err := p.OwnTerms(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return shown(r), nil
	})
	register(a, "set-own-light-terms", func(ctx context.Context, in *Writing[ledger.CommitmentID, OwnLightTerms]) (*one[OwnLightTerms], error) {
		seen, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		own := progress.OwnTerms{Path: in.Body.Path.path(), Begins: in.Body.Begins, References: in.Body.References}
		r, err := p.SetOwnTerms(ctx, in.ID, own, seen)
		if err != nil {
			return nil, err
		}
		return shown(r), nil
	})
}
