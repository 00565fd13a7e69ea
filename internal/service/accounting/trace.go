package accounting

import (
	"context"
	"errors"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/account"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Trace is a figure of a report with all that it rests on.
type Trace struct {
	Report
	Figure account.Figure
	Places []Place // where it stands, in the order of the report
	From   []Traced
}

// Place is where a figure stands in a report.
type Place struct {
	Block string // its key
	Text  string // the paragraph, or the caption of the table or chart
}

// Traced is a source of a figure, as far as the caller may see it. Of the pointers those are set that the kind of the
// source asks for; none where the caller may not see what it leads to.
type Traced struct {
	account.Source
	Commitment *ledger.Commitment
	Promises   []ledger.Commitment // that an indicator or a project serves
	Target     *ledger.Target      // of the commitment; nil where the whole promises it
	Indicator  *ledger.Indicator
	Project    *ledger.Project
	Observed   *figures.Observed
	Figures    []account.Figure // of which it is made
	Object     audit.Object     // of which the log speaks; zero where it does not
	Entries    []audit.Entry    // in which it does, the last first
	MayProve   bool             // the caller may have the proof of that
}

// mostEntries is how many entries of the log are shown of a source.
const mostEntries = 20

// Figure traces a figure of a report to where it is from.
func (s *Service) Figure(ctx context.Context, id ID, key string) (Trace, error) {
	r, err := s.readable(ctx, id)
	if err != nil {
		return Trace{}, err
	}
	shown, _ := r.Printed()
	f, there := shown.Figures[key]
	if !there {
		return Trace{}, &store.NotFound{Kind: "figures", ID: key}
	}
	t := Trace{Report: r, Figure: f, Places: places(shown, key)}
	for i, source := range f.Sources {
		if slices.ContainsFunc(f.Sources[:i], func(told account.Source) bool { return sameSource(told, source) }) {
			continue
		}
		traced, err := s.trace(ctx, shown, source)
		if err != nil {
			return t, err
		}
		t.From = append(t.From, traced)
	}
	return t, nil
}

// sameSource tells whether two sources lead to the same.
func sameSource(a, b account.Source) bool {
	return a.Kind == b.Kind && a.ID == b.ID && a.Target == b.Target && a.Unit == b.Unit && a.Section == b.Section && slices.Equal(a.Of, b.Of)
}

// trace looks up a source. One that names no record is all records of its kind.
func (s *Service) trace(ctx context.Context, c account.Content, source account.Source) (Traced, error) {
	t := Traced{Source: source}
	signedIn := service.CallerOf(ctx).Account() != "" || service.CallerOf(ctx).System != ""
	if (source.ID == "" || !signedIn) && source.Kind != account.FromFigures {
		return t, nil // the public reads what a report says, and not the records behind it
	}
	var err error
	switch source.Kind {
	case account.FromPromise, account.FromLight, account.FromItem:
		err = s.tracePromise(ctx, &t)
	case account.FromObservation:
		err = s.traceObservation(ctx, &t)
	case account.FromIndicator:
		record, failed := s.core.Store().Indicators().Get(ctx, source.ID)
		if err = failed; err == nil {
			t.Indicator, t.Object = &record.Value, audit.Object{Kind: "indicators", ID: source.ID}
			t.MayProve = s.core.Can(ctx, prove, service.Owned{})
			t.Promises, err = s.promises(ctx, "commitments.id IN (SELECT commitment FROM commitment_targets WHERE indicator = ?)", source.ID)
		}
	case account.FromProject:
		record, failed := s.core.Store().Projects().Get(ctx, source.ID)
		if err = failed; err == nil && s.core.Can(ctx, "project.read", service.Owned{Lead: record.Value.Lead}) {
			t.Project, t.Object = &record.Value, audit.Object{Kind: "projects", ID: source.ID}
			t.MayProve = s.core.Can(ctx, prove, service.Owned{Lead: record.Value.Lead})
			t.Promises, err = s.promises(ctx, "commitments.project = ?", source.ID)
		}
	case account.FromFigures:
		for _, key := range source.Of {
			if f, there := c.Figures[key]; there {
				t.Figures = append(t.Figures, f)
			}
		}
	case account.FromCount, account.FromOrders, account.FromPeer, account.FromCalendar, account.FromPerson:
	}
	var gone *store.NotFound
	if errors.As(err, &gone) {
		return Traced{Source: source}, nil // it was there when the report was made
	}
	if err != nil {
		return t, err
	}
	return t, s.entries(ctx, &t)
}

// promises are the commitments of which a condition holds, as far as the caller may read them.
func (s *Service) promises(ctx context.Context, where, id string) ([]ledger.Commitment, error) {
	records, err := service.All(ctx, s.core.Store().Commitments().List, func(q *bun.SelectQuery) *bun.SelectQuery { return q.Where(where, id) })
	if err != nil {
		return nil, err
	}
	var all []ledger.Commitment
	for _, c := range store.Values(records) {
		if s.core.Can(ctx, "commitment.read", service.Owned{Lead: c.Lead, Cooperating: c.Cooperating}) {
			all = append(all, c)
		}
	}
	return all, nil
}

// tracePromise looks up the promise that a source names.
func (s *Service) tracePromise(ctx context.Context, t *Traced) error {
	record, err := s.core.Store().Commitments().Get(ctx, t.ID)
	if err != nil {
		return err
	}
	c := record.Value
	if !s.core.Can(ctx, "commitment.read", service.Owned{Lead: c.Lead, Cooperating: c.Cooperating}) {
		return nil
	}
	t.Commitment, t.Object = &c, audit.Object{Kind: "commitments", ID: t.ID}
	t.MayProve = s.core.Can(ctx, prove, service.Owned{Lead: c.Lead, Cooperating: c.Cooperating})
	if i := slices.IndexFunc(c.Targets, func(target ledger.Target) bool { return target.Number == t.Source.Target }); i >= 0 {
		t.Target = &c.Targets[i]
	}
	return nil
}

// traceObservation looks up what a unit said.
func (s *Service) traceObservation(ctx context.Context, t *Traced) error {
	found, err := s.reporting.Observed(service.As(ctx, reader), reporting.ObservationID(t.ID))
	if err != nil {
		return err
	}
	if s.core.Can(ctx, "submission.read", service.Owned{Lead: found.Submission.Unit}) {
		t.Observed, t.Object = &found, audit.Object{Kind: figures.SubmissionKind, ID: string(found.Submission.ID)}
		t.MayProve = s.core.Can(ctx, prove, service.Owned{Lead: found.Submission.Unit})
	}
	return nil
}

// entries adds what the log says of a source, the last first.
func (s *Service) entries(ctx context.Context, t *Traced) error {
	if t.Object.Kind == "" {
		return nil
	}
	all, err := audit.History(ctx, s.core.Store().View(ctx), t.Object, 0, store.MaxLimit)
	if err != nil {
		return err
	}
	slices.Reverse(all)
	t.Entries = all[:min(len(all), mostEntries)]
	return nil
}

// places are where a figure stands.
func places(c account.Content, key string) []Place {
	var all []Place
	for _, b := range c.Paper.Body {
		switch {
		case b.Table != nil:
			for _, row := range slices.Concat(b.Table.Header, b.Table.Rows) {
				for _, cell := range row {
					for _, run := range cell.Runs {
						if run.Figure == key {
							all = append(all, Place{b.Key, b.Table.Caption})
						}
					}
				}
			}
		case b.Chart != nil:
			for _, series := range b.Chart.Series {
				if slices.Contains(series.Keys, key) {
					all = append(all, Place{b.Key, b.Chart.Caption})
				}
			}
		default:
			for _, run := range b.Runs {
				if run.Figure == key {
					all = append(all, Place{b.Key, b.String()})
				}
			}
		}
	}
	return slices.Compact(all)
}
