package livelihood

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// Enter puts what was chosen into a draft of a plan: the result is taken in as one of the plan's documents, and each item
// becomes a commitment that stands in its words, with the units and the date that the office has named. Items that are
// commitments already stay what they are.
func (s *Service) Enter(ctx context.Context, id RoundID, plan ledger.PlanID) ([]ledger.CommitmentID, error) {
	v, err := s.Round(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := s.core.Check(ctx, edit, v.owned()); err != nil {
		return nil, err
	}
	if v.State != Decided {
		return nil, faults.New("enter.undecided")
	}
	if err := s.fitting(ctx, v.Round, plan); err != nil {
		return nil, err
	}
	text := s.paper(v)
	up, err := s.documents.Upload(ctx, v.Title+".txt", strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	var made []ledger.CommitmentID
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		made = nil
		before, err := s.held(ctx, w, id, edit, 0)
		if err != nil {
			return err
		}
		if err := s.addSource(ctx, w, plan, up.Document.Value); err != nil {
			return err
		}
		for _, c := range v.Elected() {
			commitment, err := s.commit(ctx, w, plan, up.Document.Value, c)
			if err != nil {
				return err
			}
			made = append(made, commitment)
		}
		after := before
		after.Plan = plan
		w.Record(edit, RoundKind, string(id), before, after, map[string]any{"commitments": made})
		return s.keep(ctx, w, &after)
	})
	return made, err
}

// fitting fails where a plan is not one of the round's government and year, or no draft.
func (s *Service) fitting(ctx context.Context, r Round, id ledger.PlanID) error {
	plan, err := s.planning.Plan(ctx, id)
	if err != nil {
		return err
	}
	switch {
	case plan.Value.Government != r.Government || plan.Value.Year != r.Year:
		return faults.New("enter.other")
	case plan.Value.State != ledger.Draft:
		return faults.New("enter.published")
	}
	return nil
}

// paper is the result as a text: a heading, and a line for each item.
func (s *Service) paper(v View) string {
	var b strings.Builder
	b.WriteString(v.Title + "\n")
	for i, c := range v.Elected() {
		fmt.Fprintf(&b, "%d.%s\n", i+1, c.Title)
	}
	return b.String()
}

// addSource makes a document one of those that a plan is made of.
func (s *Service) addSource(ctx context.Context, w *service.Work, id ledger.PlanID, d store.Document) error {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return err
	}
	if slices.ContainsFunc(plan.Value.Sources, func(source ledger.Source) bool { return source.Document == d.Digest }) {
		return nil
	}
	if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: plan.Value.Government}); err != nil {
		return err
	}
	added, _, problems := plan.Value.AddSource(ledger.Source{Document: d.Digest, Name: d.Name, Title: d.Title, Date: s.core.Today()}, nil)
	if err := problems.Err(); err != nil {
		return err
	}
	if _, err := s.core.Store().Plans().Change(ctx, added, plan.Revision); err != nil {
		return err
	}
	w.Record("plan.edit", "plans", string(id), plan.Value, added, nil)
	return nil
}

// commit makes a commitment of an item, or finds the one that it has become.
func (s *Service) commit(ctx context.Context, w *service.Work, plan ledger.PlanID, d store.Document, c Candidate) (ledger.CommitmentID, error) {
	if len(c.Commitments) > 0 {
		return c.Commitments[0], nil
	}
	before, _, found := strings.Cut(d.Text, "."+c.Title+"\n")
	if !found {
		if before, found = strings.CutSuffix(d.Text, "."+c.Title); !found {
			return "", faults.New("enter.words", c.Title)
		}
	}
	at := len([]rune(before)) + 1
	kind, title, firm := ledger.KindLivelihood, c.Title, true
	made, err := s.planning.AddCommitment(ctx, planning.NewCommitment{
		Plan: plan, Document: d.Digest, At: at, End: at + len([]rune(c.Title)),
		Correction: planning.Correction{Title: &title, Kind: &kind, By: &c.By, Firm: &firm},
	})
	if err != nil {
		return "", err
	}
	if c.Lead != "" {
		give := planning.Give{Lead: &c.Lead, Cooperating: &c.Cooperating}
		if _, err := s.planning.Assign(ctx, plan, []planning.Chosen{{ID: made.Value.ID, Seen: made.Revision}}, give); err != nil {
			return "", err
		}
	}
	return made.Value.ID, s.bind(ctx, w, c.ID, made.Value.ID)
}

// bind says that a commitment promises a candidate.
func (s *Service) bind(ctx context.Context, w *service.Work, c livelihood.Candidate, to ledger.CommitmentID) error {
	return store.Insert(ctx, w.Tx(), promiseRow{Commitment: string(to), Candidate: string(c)})
}

// Link says which commitment of a plan promises what was chosen, where the plan's own document does. It may be several.
func (s *Service) Link(ctx context.Context, id livelihood.Candidate, to ledger.CommitmentID) error {
	c, err := s.candidate(ctx, id)
	if err != nil {
		return err
	}
	commitment, err := s.planning.Commitment(ctx, to)
	if err != nil {
		return err
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.held(ctx, w, c.Round, edit, 0)
		if err != nil {
			return err
		}
		before, err := s.candidate(ctx, id)
		if err != nil {
			return err
		}
		if before.State != livelihood.Elected {
			return faults.New("enter.undecided")
		}
		if err := s.linkable(ctx, r, commitment.Value); err != nil {
			return err
		}
		after := before
		after.Commitments = append(slices.Clone(before.Commitments), to)
		if err := s.bind(ctx, w, id, to); err != nil {
			return err
		}
		w.Record(edit, CandidateKind, string(id), logged(before), logged(after), nil)
		r.Plan = commitment.Value.Plan
		return s.keep(ctx, w, &r)
	})
}

// linkable fails where a commitment is no livelihood item of the round's year, or promises a candidate already.
func (s *Service) linkable(ctx context.Context, r Round, to ledger.Commitment) error {
	plan, err := s.core.Store().Plans().Get(ctx, string(to.Plan))
	if err != nil {
		return err
	}
	if to.Kind != ledger.KindLivelihood || plan.Value.Government != r.Government || plan.Value.Year != r.Year {
		return faults.New("enter.other")
	}
	other, err := s.chosenFor(ctx, string(to.ID))
	if err != nil {
		return err
	}
	if len(other) > 0 {
		return faults.New("enter.twice", other[0].Title)
	}
	return nil
}
