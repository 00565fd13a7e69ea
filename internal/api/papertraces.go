package api

import (
	"context"

	"luoshi/internal/account"
	"luoshi/internal/audit"
	uses "luoshi/internal/service/accounting"
	reports "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// FigureTrace is a figure of a report with all that it rests on.
type FigureTrace struct {
	Figure account.Figure `json:"figure"`
	Places []FigurePlace  `json:"places" doc:"Where it stands, in the order of the report"`
	From   []TracedSource `json:"from"`
}

// FigurePlace is where a figure stands in a report.
type FigurePlace struct {
	Block string `json:"block"`
	Text  string `json:"text" doc:"The paragraph, or the caption of the table or chart"`
}

// TracedSource is a source of a figure, as far as the caller may see it.
type TracedSource struct {
	account.Source
	Promises    []Promised         `json:"promises" doc:"The sentences of the plan that it is of, or that an indicator or a project serves"`
	Indicator   string             `json:"indicator,omitempty" doc:"Its name"`
	Project     string             `json:"project,omitempty" doc:"Its name"`
	Observation *TracedObservation `json:"observation,omitempty" doc:"What the unit said"`
	Figures     []string           `json:"figures" doc:"Of the same report, of which it is made"`
	Entries     []Entry            `json:"entries" doc:"Of the log, the last first"`
	Proof       string             `json:"proof,omitempty" doc:"Where the proof of the record's history is found"`
}

// Promised is a promise as the plan words it.
type Promised struct {
	ID      ledger.CommitmentID `json:"id"`
	Number  string              `json:"number"`
	Title   string              `json:"title"`
	Wording string              `json:"wording"`
	Target  *ledger.Target      `json:"target,omitempty" doc:"The one that the figure is of"`
}

// TracedObservation is what a unit said, with its proof.
type TracedObservation struct {
	ID         reporting.ObservationID `json:"id"`
	Submission reporting.SubmissionID  `json:"submission"`
	UnitName   string                  `json:"unit_name"`
	Period     reporting.Period        `json:"period"`
	Said       reporting.Observation   `json:"said"`
	Point      reporting.Point         `json:"point" doc:"As it stands after corrections"`
	Evidence   []TracedEvidence        `json:"evidence"`
}

// TracedEvidence is a file that a unit gave with what it said.
type TracedEvidence struct {
	ID     reporting.EvidenceID `json:"id"`
	Name   string               `json:"name"`
	Digest ledger.Digest        `json:"digest"`
}

func traceOf(t uses.Trace) FigureTrace {
	trace := FigureTrace{Figure: t.Figure, Places: []FigurePlace{}, From: []TracedSource{}}
	for _, p := range t.Places {
		trace.Places = append(trace.Places, FigurePlace{p.Block, p.Text})
	}
	for _, from := range t.From {
		trace.From = append(trace.From, tracedOf(from))
	}
	return trace
}

func tracedOf(from uses.Traced) TracedSource {
	s := TracedSource{Source: from.Source, Promises: []Promised{}, Figures: []string{}, Entries: []Entry{}}
	if from.Commitment != nil {
		s.Promises = append(s.Promises, promisedOf(*from.Commitment, from.Target))
	}
	for _, c := range from.Promises {
		s.Promises = append(s.Promises, promisedOf(c, nil))
	}
	if from.Indicator != nil {
		s.Indicator = from.Indicator.Name
	}
	if from.Project != nil {
		s.Project = from.Project.Name
	}
	if from.Observed != nil {
		s.Observation = observedOf(*from.Observed)
	}
	for _, f := range from.Figures {
		s.Figures = append(s.Figures, f.Key)
	}
	for _, e := range from.Entries {
		s.Entries = append(s.Entries, entryOf(e))
	}
	if from.MayProve && from.Object != (audit.Object{}) {
		s.Proof = proofPath(from.Object.Kind, from.Object.ID)
	}
	return s
}

func promisedOf(c ledger.Commitment, target *ledger.Target) Promised {
	return Promised{ID: c.ID, Number: c.Number, Title: c.Title, Wording: c.Wording(), Target: target}
}

func observedOf(o reports.Observed) *TracedObservation {
	t := &TracedObservation{
		ID: o.ID, Submission: o.Submission.ID, UnitName: o.UnitName, Period: o.Submission.Period, Said: o.Said, Point: o.Point,
		Evidence: []TracedEvidence{},
	}
	for _, e := range o.Evidence {
		t.Evidence = append(t.Evidence, TracedEvidence{e.ID, e.Name, e.Digest})
	}
	return t
}

func (a *API) paperTraces() {
	s := a.options.Accounting
	register(a, "trace-paper-figure", func(ctx context.Context, in *struct {
		ByID[uses.ID]
		Key string `query:"key" required:"true" minLength:"1" maxLength:"300" doc:"The key of the figure, as get-paper names it"`
	},
	) (*plain[FigureTrace], error) {
		t, err := s.Figure(ctx, in.ID, in.Key)
		if err != nil {
			return nil, err
		}
		return &plain[FigureTrace]{Body: traceOf(t)}, nil
	})
}
