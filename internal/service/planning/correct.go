package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// actionOf is by what right something is changed, and what the log keeps beside it.
type actionOf struct {
	action access.Action
	detail any
}

// Correction sets terms of a commitment. What is nil stays as it is. The wording is not among them.
type Correction struct {
	Number  *string
	Title   *string
	Kind    *ledger.CommitmentKind
	Section *int
	By      *calendar.Date
	Firm    *bool
	Project *ledger.ProjectID
	Parent  *ledger.CommitmentID
	Targets *[]ledger.Target // all of them; those without a number are given one
	Post    *ledger.PostID
}

// Correct changes terms of a commitment while its plan is a draft.
func (s *Service) Correct(ctx context.Context, id ledger.CommitmentID, correction Correction, seen int64) (store.Record[ledger.Commitment], error) {
	var changed store.Record[ledger.Commitment]
	right := actionOf{action: "commitment.correct"}
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.open(ctx, w, right, id)
		if err != nil {
			return err
		}
		plan, err := s.draft(ctx, w, before.Value.Plan)
		if err != nil {
			return err
		}
		after := correction.of(before.Value)
		if err := s.fits(ctx, plan, after); err != nil {
			return err
		}
		changed, err = s.change(ctx, w, right, before, after, seen)
		return err
	})
	return changed, err
}

// of is a commitment as corrected.
func (c Correction) of(commitment ledger.Commitment) ledger.Commitment {
	set(&commitment.Number, c.Number)
	set(&commitment.Title, c.Title)
	set(&commitment.Kind, c.Kind)
	set(&commitment.Section, c.Section)
	set(&commitment.By, c.By)
	set(&commitment.Firm, c.Firm)
	set(&commitment.Project, c.Project)
	set(&commitment.Parent, c.Parent)
	set(&commitment.Post, c.Post)
	commitment.Number, commitment.Title = strings.TrimSpace(commitment.Number), strings.TrimSpace(commitment.Title)
	if c.Targets != nil {
		commitment.Targets = withNumbers(*c.Targets, commitment.Targets)
	}
	return commitment
}

// set gives a field a value, where there is one.
func set[T any](field, value *T) {
	if value != nil {
		*field = *value
	}
}

// withNumbers are targets, those without a number numbered behind all that there are and were. A target keeps the
// words that it was read from, whatever is made of them: a correction is one of the reading.
func withNumbers(targets, before []ledger.Target) []ledger.Target {
	numbered := slices.Clone(targets)
	last := 0
	for _, t := range slices.Concat(targets, before) {
		last = max(last, t.Number)
	}
	for i := range numbered {
		if numbered[i].Number == 0 {
			last++
			numbered[i].Number = last
		}
		for _, old := range before {
			if old.Number == numbered[i].Number {
				numbered[i].Quoted = old.Quoted
			}
		}
	}
	slices.SortFunc(numbered, func(a, b ledger.Target) int { return a.Number - b.Number })
	return numbered
}

// fits tells whether a commitment fits into its plan: its section, its number, and the commitment it is a part of.
func (s *Service) fits(ctx context.Context, plan ledger.Plan, c ledger.Commitment) error {
	if c.Section < 0 || c.Section > len(plan.Outline) {
		return fault("plan.section", said(strconv.Itoa(c.Section)))
	}
	if c.Number != "" {
		same, err := s.core.Store().Commitments().List(ctx, store.Page{Limit: 2}, store.InPlan(plan.ID), store.Where("number", c.Number))
		if err != nil {
			return err
		}
		for _, other := range same.Records {
			if other.Value.ID != c.ID {
				return fault("commitment.number", said(c.Number), said(other.Value.Title))
			}
		}
	}
	return s.fitsBelow(ctx, plan, c)
}

// fitsBelow tells whether a commitment may be a part of the one that it names.
func (s *Service) fitsBelow(ctx context.Context, plan ledger.Plan, c ledger.Commitment) error {
	for above, steps := c.Parent, 0; above != ""; steps++ {
		var row struct{ Plan, Parent string }
		err := s.core.Store().View(ctx).NewSelect().Table(commitmentKind).ColumnExpr("plan, coalesce(parent, '') AS parent").
			Where("id = ?", above).Scan(ctx, &row)
		if err != nil && !noRows(err) {
			return fmt.Errorf("reading what commitment %s is a part of: %w", above, err)
		}
		if err != nil || row.Plan != string(plan.ID) || above == c.ID || steps > 100 {
			return fault("commitment.parent")
		}
		above = ledger.CommitmentID(row.Parent)
	}
	return nil
}

// NewCommitment is a commitment that is added by hand.
type NewCommitment struct {
	Plan     ledger.PlanID
	Document ledger.Digest // one of the plan's sources
	At, End  int           // the words that promise it, in code points of its text
	Parent   ledger.CommitmentID
	Correction
}

// AddCommitment adds a commitment to a draft, with the words that promise it. A part of another commitment may leave
// the words open: it stands in those of its whole.
func (s *Service) AddCommitment(ctx context.Context, asked NewCommitment) (store.Record[ledger.Commitment], error) {
	var made store.Record[ledger.Commitment]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		whose, err := s.core.Store().Plans().Get(ctx, string(asked.Plan))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "commitment.create", ofPlan(whose.Value)); err != nil {
			return err
		}
		plan, err := s.draft(ctx, w, asked.Plan)
		if err != nil {
			return err
		}
		terms, source, err := s.newTerms(ctx, plan, asked)
		if err != nil {
			return err
		}
		c := asked.of(ledger.NewCommitment(terms, source...))
		c.Parent = asked.Parent
		if c.Title == "" {
			c.Title = shorten(c.Wording())
		}
		if err := c.Validate().Err(); err != nil {
			return err
		}
		if err := s.fits(ctx, plan, c); err != nil {
			return err
		}
		if made, err = s.core.Store().Commitments().Add(ctx, c); err != nil {
			return err
		}
		w.Record("commitment.create", commitmentKind, string(c.ID), nil, c, nil)
		return nil
	})
	return made, err
}

// newTerms are what a new commitment begins with, and the words that promise it.
func (s *Service) newTerms(ctx context.Context, plan ledger.Plan, asked NewCommitment) (ledger.CommitmentTerms, []ledger.Passage, error) {
	terms := ledger.CommitmentTerms{
		ID: store.NewID[ledger.CommitmentID](s.core.Store()), Plan: plan.ID, Kind: ledger.KindTask, State: ledger.Prepared, Firm: true,
	}
	if asked.Parent != "" && asked.Document == "" {
		whole, err := s.core.Store().Commitments().Get(ctx, string(asked.Parent))
		if err != nil {
			return terms, nil, err
		}
		terms.Kind, terms.Section, terms.By, terms.Firm = whole.Value.Kind, whole.Value.Section, whole.Value.By, whole.Value.Firm
		return terms, whole.Value.Source(), nil
	}
	if !slices.ContainsFunc(plan.Sources, func(source ledger.Source) bool { return source.Document == asked.Document }) {
		return terms, nil, fault("commitment.document")
	}
	document, err := s.core.Store().Documents().Get(ctx, string(asked.Document))
	if err != nil {
		return terms, nil, err
	}
	passage, err := ledger.Quote(asked.Document, document.Value.Text, asked.At, asked.End)
	return terms, []ledger.Passage{passage}, err
}

// longest is the length of a title in characters that is made of words.
const longest = 40

func shorten(words string) string {
	if runes := []rune(words); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return words
}

// Weigh gives commitments of a draft a weight.
func (s *Service) Weigh(ctx context.Context, plan ledger.PlanID, picked []Chosen, weight ledger.Decimal) error {
	right := actionOf{action: "commitment.weigh"}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		records, err := s.chosen(ctx, w, right.action, plan, picked)
		if err != nil {
			return err
		}
		if _, err := s.draft(ctx, w, plan); err != nil {
			return err
		}
		for _, before := range records {
			after := before.Value
			after.Weight = weight
			if _, err := s.change(ctx, w, right, before, after, before.Revision); err != nil {
				return err
			}
		}
		return nil
	})
}

// Parts are the commitments that are parts of another one, and that the caller may see.
func (s *Service) Parts(ctx context.Context, whole ledger.CommitmentID) ([]store.Record[ledger.Commitment], error) {
	scope, err := s.core.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return nil, err
	}
	return service.All(ctx, s.core.Store().Commitments().List, scope, store.Where("parent", string(whole)))
}

// hasParts tells whether commitments are parts of one.
func (s *Service) hasParts(ctx context.Context, id ledger.CommitmentID) (bool, error) {
	n, err := s.core.Store().Commitments().Count(ctx, store.Where("parent", string(id)),
		notWithdrawn)
	return n > 0, err
}
