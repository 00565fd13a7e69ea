package planning

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// CommitmentQuery narrows a list of commitments. What is empty narrows nothing; withdrawn ones are left out unless
// asked for.
type CommitmentQuery struct {
	Plan     ledger.PlanID
	Section  int // and the sections below it
	Kind     ledger.CommitmentKind
	State    ledger.CommitmentState
	Unit     ledger.UnitID // leads or takes part
	Lead     ledger.UnitID
	Post     ledger.PostID
	Parent   ledger.CommitmentID
	Text     string        // in the number, the title or the wording
	From, To calendar.Date // the deadline, both days included
	Lacks    Lack
}

// Lack is what a commitment may lack, for lists.
type Lack string

// What a commitment may lack.
const (
	LacksOwner      Lack = "owner"
	LacksDeadline   Lack = "deadline"
	LacksPost       Lack = "post"
	LacksTarget     Lack = "target"     // an indicator without a target
	LacksAcceptance Lack = "acceptance" // of its lead unit
	LacksReply      Lack = "reply"      // to an objection
)

// Lacks are all that a list can be narrowed to, in the order in which they are offered.
func Lacks() []Lack {
	return []Lack{LacksOwner, LacksDeadline, LacksPost, LacksTarget, LacksAcceptance, LacksReply}
}

// lacks are the conditions in SQL of what a commitment may lack.
var lacks = map[Lack]string{
	LacksOwner:    "commitments.lead_unit IS NULL",
	LacksDeadline: "commitments.by_day = ''",
	LacksPost:     "commitments.post IS NULL",
	LacksTarget: "commitments.kind = 'indicator' AND NOT EXISTS " +
		"(SELECT 1 FROM commitment_targets WHERE commitment_targets.commitment = commitments.id)",
	LacksAcceptance: "commitments.lead_unit IS NOT NULL AND NOT EXISTS (SELECT 1 FROM assignment_answers " +
		"WHERE assignment_answers.commitment = commitments.id AND assignment_answers.unit = commitments.lead_unit AND assignment_answers.accepted)",
	LacksReply: "commitments.id IN (SELECT commitment FROM assignment_answers WHERE NOT accepted AND reply = '') AND " +
		"EXISTS (SELECT 1 FROM assignment_answers WHERE assignment_answers.commitment = commitments.id AND " + openObjection + ")",
}

// Commitments are the commitments that the caller may see, a page of them in an order: number, title, by, section,
// weight.
func (s *Service) Commitments(ctx context.Context, query CommitmentQuery, page store.Page) (store.Listing[ledger.Commitment], error) {
	filters, err := s.filters(ctx, query)
	if err != nil {
		return store.Listing[ledger.Commitment]{}, err
	}
	return s.core.Store().Commitments().List(ctx, page, filters...)
}

// CountCommitments is how many commitments of a list the caller may see.
func (s *Service) CountCommitments(ctx context.Context, query CommitmentQuery) (int, error) {
	filters, err := s.filters(ctx, query)
	if err != nil {
		return 0, err
	}
	n, err := s.core.Store().Commitments().Count(ctx, filters...)
	return int(n), err
}

func (s *Service) filters(ctx context.Context, query CommitmentQuery) ([]store.Filter, error) {
	scope, err := s.core.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return nil, err
	}
	filters := []store.Filter{scope, query.units, query.words, query.days}
	for column, value := range map[string]string{
		"plan": string(query.Plan), "kind": string(query.Kind), "state": string(query.State),
		"post": string(query.Post), "parent": string(query.Parent),
	} {
		if value != "" {
			filters = append(filters, store.Where(column, value))
		}
	}
	if query.State == "" {
		filters = append(filters, notWithdrawn)
	}
	if query.Section > 0 && query.Plan != "" {
		plan, err := s.core.Store().Plans().Get(ctx, string(query.Plan))
		if err != nil {
			return nil, err
		}
		within := plan.Value.Below(query.Section)
		filters = append(filters, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("commitments.section IN (?)", bun.List(within))
		})
	}
	return filters, nil
}

func (query CommitmentQuery) units(q *bun.SelectQuery) *bun.SelectQuery {
	if query.Unit != "" {
		q = store.WithUnit(query.Unit)(q)
	}
	if query.Lead != "" {
		q = store.LedBy(query.Lead)(q)
	}
	if condition, ok := lacks[query.Lacks]; ok {
		q = q.Where("(" + condition + ")")
	}
	return q
}

func (query CommitmentQuery) words(q *bun.SelectQuery) *bun.SelectQuery {
	for _, word := range strings.Fields(query.Text) {
		q = q.Where(`(lower(commitments.number) LIKE ? ESCAPE '\' OR lower(commitments.title) LIKE ? ESCAPE '\' OR EXISTS (SELECT 1 FROM commitment_passages `+
			`WHERE commitment_passages.commitment = commitments.id AND lower(commitment_passages.wording) LIKE ? ESCAPE '\'))`,
			holding(word), holding(word), holding(word))
	}
	return q
}

func (query CommitmentQuery) days(q *bun.SelectQuery) *bun.SelectQuery {
	if !query.From.IsZero() {
		q = q.Where("commitments.by_day >= ?", query.From.String())
	}
	if !query.To.IsZero() {
		q = q.Where("commitments.by_day <> '' AND commitments.by_day <= ?", query.To.String())
	}
	return q
}

// Commitment is a commitment.
func (s *Service) Commitment(ctx context.Context, id ledger.CommitmentID) (store.Record[ledger.Commitment], error) {
	record, err := s.core.Store().Commitments().Get(ctx, string(id))
	if err != nil {
		return record, err
	}
	if err := s.core.Check(ctx, "commitment.read", ofCommitment(record.Value)); err != nil {
		return store.Record[ledger.Commitment]{}, err
	}
	return record, nil
}

// change changes one commitment of a plan that its caller holds: it asks for the right before and after, so that
// nobody works on a record of others or gives one away, checks the rules, and writes the log.
func (s *Service) change(ctx context.Context, w *service.Work, right actionOf, before store.Record[ledger.Commitment],
	after ledger.Commitment, seen int64,
) (store.Record[ledger.Commitment], error) {
	var none store.Record[ledger.Commitment]
	if before.Value.State == ledger.Withdrawn {
		return none, fault("commitment.settled", said(before.Value.Title))
	}
	problems := append(ledger.CheckKept(before.Value, after), after.Validate()...)
	if err := problems.Err(); err != nil {
		return none, err
	}
	if err := w.AllowFor(ctx, right.action, ofCommitment(after)); err != nil {
		return none, err
	}
	changed, err := s.core.Store().Commitments().Change(ctx, after, seen)
	if err != nil {
		return none, err
	}
	w.Record(right.action, commitmentKind, string(after.ID), before.Value, after, right.detail)
	return changed, nil
}

// open is a commitment that the caller may do something to.
func (s *Service) open(ctx context.Context, w *service.Work, right actionOf, id ledger.CommitmentID) (store.Record[ledger.Commitment], error) {
	record, err := s.core.Store().Commitments().Get(ctx, string(id))
	if err != nil {
		return record, err
	}
	if err := w.AllowFor(ctx, right.action, ofCommitment(record.Value)); err != nil {
		return record, err
	}
	return record, nil
}

// chosen are the commitments of a plan that were picked from a list, each at the revision that was seen there. The
// right to them is asked first: a conflict shows the record.
func (s *Service) chosen(ctx context.Context, w *service.Work, right access.Action, plan ledger.PlanID, picked []Chosen) ([]store.Record[ledger.Commitment], error) {
	if len(picked) == 0 {
		return nil, fault("owner.none")
	}
	ids := make([]string, len(picked))
	seen := map[ledger.CommitmentID]int64{}
	for i, p := range picked {
		ids[i], seen[p.ID] = string(p.ID), p.Seen
	}
	records, err := s.core.Store().Commitments().Some(ctx, ids...)
	if err != nil {
		return nil, fmt.Errorf("reading the chosen commitments: %w", err)
	}
	foreign := len(seen) - len(records)
	for _, r := range records {
		if r.Value.Plan != plan {
			foreign++
		}
	}
	if foreign > 0 {
		return nil, fault("commitment.not_here", count(foreign))
	}
	for _, r := range records {
		if err := w.AllowFor(ctx, right, ofCommitment(r.Value)); err != nil {
			return nil, err
		}
		if at := seen[r.Value.ID]; at != 0 {
			if err := fresh(commitmentKind, string(r.Value.ID), r, at); err != nil {
				return nil, err
			}
		}
	}
	return records, nil
}

// Chosen is a commitment that was picked from a list.
type Chosen struct {
	ID   ledger.CommitmentID
	Seen int64 // its revision in the list; 0 where whatever it is now is meant
}

// EachCommitment is all commitments of a list that the caller may see and take out of the house, part by part.
func (s *Service) EachCommitment(ctx context.Context, query CommitmentQuery, page store.Page) iter.Seq2[store.Record[ledger.Commitment], error] {
	return func(yield func(store.Record[ledger.Commitment], error) bool) {
		filters, err := s.filters(ctx, query)
		if err != nil {
			yield(store.Record[ledger.Commitment]{}, err)
			return
		}
		out, err := s.core.Scope(ctx, "export.run", commitmentColumns)
		if err != nil {
			yield(store.Record[ledger.Commitment]{}, err)
			return
		}
		page.Limit, page.After = store.MaxLimit, ""
		for more := true; more; {
			part, err := s.core.Store().Commitments().List(ctx, page, append(filters, out)...)
			if err != nil {
				yield(store.Record[ledger.Commitment]{}, err)
				return
			}
			for _, record := range part.Records {
				if !yield(record, nil) {
					return
				}
			}
			page.After, more = part.Next, part.Next != ""
		}
	}
}
