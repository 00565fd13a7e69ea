package api

import (
	"context"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/internal/service"
	reports "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// LockedFigure is a locked figure, with what is derived from it.
type LockedFigure struct {
	reports.Figure
	Proof string `json:"proof" doc:"Where the proof of the submission's history is found"`
}

// Series is what was said on a subject through the year.
type Series struct {
	Subject     reporting.Subject  `json:"subject"`
	Unit        ledger.UnitID      `json:"unit"`
	Terms       reporting.Terms    `json:"terms"`
	Points      []reporting.Point  `json:"points" doc:"Of the period and cumulative; those that are not locked say so by their state and count in no total"`
	Corrections []FigureCorrection `json:"corrections"`
	Before      []ledger.UnitID    `json:"before" doc:"Units that have ended and with whose figures this one goes on; they are in the points"`
	Heirs       []ledger.UnitID    `json:"heirs" doc:"Of a unit that has ended: those that took over from it"`
	GoesOn      ledger.UnitID      `json:"goes_on,omitempty" doc:"The heir that goes on with these figures; absent where the unit was split and what they are of was not given to one of its heirs"`
}

// Total is what the locked figures of units on a subject make together.
type Total struct {
	Subject reporting.Subject `json:"subject"`
	Terms   reporting.Terms   `json:"terms"`
	Point   reporting.Point   `json:"point"`
	Counted []ledger.UnitID   `json:"counted"`
	Left    []reporting.Left  `json:"left" doc:"Units that are left out, and why"`
}

func (a *API) figureOperations() {
	r := a.options.Reporting
	register(a, "list-figures", func(ctx context.Context, in *struct {
		ByID[ledger.PlanID]
		Paged
		Subjects []string        `query:"subject,explode" maxItems:"100" doc:"indicator:ID, target:ID:2, task:ID or project:ID; all where absent"`
		Units    []ledger.UnitID `query:"unit,explode" maxItems:"100"`
		Period   string          `query:"period" maxLength:"10" doc:"2026-M03, 2026-Q1, 2026-H1, 2026-Y1, 2026-T07"`
		Upto     string          `query:"upto" maxLength:"10" doc:"Periods that end no later than this one"`
	},
	) (*many[LockedFigure], error) {
		filter := reports.FigureFilter{Units: in.Units}
		var err error
		if filter.Subjects, err = subjectsOf(ctx, in.Subjects); err != nil {
			return nil, err
		}
		if filter.Period, err = periodOf(ctx, "/query/period", in.Period); err != nil {
			return nil, err
		}
		if filter.Upto, err = periodOf(ctx, "/query/upto", in.Upto); err != nil {
			return nil, err
		}
		part, err := r.FigurePage(ctx, in.ID, filter, in.page())
		if err != nil {
			return nil, err
		}
		items := make([]LockedFigure, len(part.Figures))
		for i, f := range part.Figures {
			items[i] = LockedFigure{Figure: f, Proof: proofPath(reports.SubmissionKind, string(f.Submission))}
		}
		return listed(&in.Paged, part.Next, items), nil
	})
	a.orders("list-figures")
	register(a, "get-series", func(ctx context.Context, in *struct {
		ByID[ledger.PlanID]
		Subject string        `query:"subject" required:"true" maxLength:"300"`
		Unit    ledger.UnitID `query:"unit" required:"true" maxLength:"100"`
	},
	) (*plain[Series], error) {
		subject, err := subjectOf(ctx, in.Subject)
		if err != nil {
			return nil, err
		}
		s, err := r.Series(ctx, in.ID, subject, in.Unit)
		if err != nil {
			return nil, err
		}
		out := Series{Subject: s.Subject, Unit: s.Unit, Terms: s.Terms, Points: filled(s.Points), Corrections: []FigureCorrection{}}
		out.Before, out.Heirs, out.GoesOn = filled(s.Before), filled(s.Heirs), s.GoesOn
		for _, c := range s.Corrections {
			out.Corrections = append(out.Corrections, correctionOf(ctx, c))
		}
		return &plain[Series]{Body: out}, nil
	})
	a.totalOperations()
}

func (a *API) totalOperations() {
	r := a.options.Reporting
	register(a, "list-totals", func(ctx context.Context, in *struct {
		ByID[ledger.PlanID]
		Paged
		Period   string        `query:"period" required:"true" maxLength:"10"`
		Subjects []string      `query:"subject,explode" maxItems:"100" doc:"All indicators of the plan where absent"`
		Under    ledger.UnitID `query:"under" maxLength:"100" doc:"Of this unit and those beneath it alone"`
	},
	) (*many[Total], error) {
		query := reports.TotalQuery{Under: in.Under}
		var err error
		if query.Subjects, err = subjectsOf(ctx, in.Subjects); err != nil {
			return nil, err
		}
		if query.Period, err = periodOf(ctx, "/query/period", in.Period); err != nil {
			return nil, err
		}
		part, err := r.Totals(ctx, in.ID, query, in.page())
		if err != nil {
			return nil, err
		}
		items := make([]Total, len(part.Totals))
		for i, t := range part.Totals {
			items[i] = Total{Subject: t.Subject, Terms: t.Terms, Point: t.Total.Point, Counted: filled(t.Total.Counted), Left: filled(t.Total.Left)}
		}
		return listed(&in.Paged, part.Next, items), nil
	})
	a.orders("list-totals")
}

// tokenOf is the token that a request came with.
func tokenOf(ctx context.Context) string { return service.CallerOf(ctx).Token }

// subjectOf reads the subject of a query.
func subjectOf(ctx context.Context, text string) (reporting.Subject, error) {
	subject, err := reporting.ParseSubject(text)
	if err != nil {
		return subject, illWritten(ctx, "/query/subject", "indicator:ID, target:ID:2, task:ID, project:ID")
	}
	return subject, nil
}

func subjectsOf(ctx context.Context, texts []string) ([]reporting.Subject, error) {
	var all []reporting.Subject
	for _, text := range slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return t == "" }) {
		subject, err := subjectOf(ctx, text)
		if err != nil {
			return nil, err
		}
		all = append(all, subject)
	}
	return all, nil
}

// periodOf reads a period of a query; none where it is empty.
func periodOf(ctx context.Context, place, key string) (reporting.Period, error) {
	var p reporting.Period
	if err := p.UnmarshalText([]byte(key)); err != nil {
		return p, illWritten(ctx, place, "2026-M03, 2026-T07, 2026-Q1, 2026-H1, 2026-Y1")
	}
	return p, nil
}

// illWritten says how something is to be written.
func illWritten(ctx context.Context, place, form string) *Problem {
	x, p := exchangeOf(ctx), problemOf(ctx, kindInvalid)
	wrong := x.wrongOf(&huma.ErrorDetail{Location: strings.ReplaceAll(strings.TrimPrefix(place, "/"), "/", "."), Message: "expected string to be " + form})
	p.Errors = []Wrong{wrong}
	return p
}
