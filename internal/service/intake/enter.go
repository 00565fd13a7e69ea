package intake

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// Entered is what came into a plan.
type Entered struct {
	Commitments, Projects, Indicators int
}

// Enter ends a review and puts what was accepted into its plan, with the projects and indicators that it is of.
// It is refused while an item is pending: nothing enters a plan unseen.
func (s *Service) Enter(ctx context.Context, plan ledger.PlanID, digest ledger.Digest) (Entered, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return Entered{}, err
	}
	var entered Entered
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		desk, err := s.desk(ctx, plan, digest, func(owned service.Owned) error { return w.AllowFor(ctx, createCommitment, owned) })
		if err != nil {
			return err
		}
		if desk.Closed() {
			return newFault("review.closed", nil)
		}
		added, offset, err := s.addSource(ctx, w, desk.Plan, desk.Proposal.Source, desk.Proposal.Outline)
		if err != nil {
			return err
		}
		commitments, problems := desk.Review.Enter(intake.Entry{
			Plan: plan, Offset: offset, Tree: tree, On: s.core.Today(), NewID: s.ascending(desk.Review.Count(intake.Accepted)),
		})
		if err := problems.Err(); err != nil {
			return err
		}
		if len(commitments) == 0 {
			return newFault("review.no_items", nil)
		}
		if entered, err = s.enter(ctx, w, added, commitments); err != nil {
			return err
		}
		desk.count()
		desk.Ref.Entered, desk.Ref.Commitments = s.core.Store().Now(), entered.Commitments
		w.Record(createCommitment, "reviews", reviewID(plan, digest), nil, nil, map[string]any{"step": "enter", "commitments": entered.Commitments})
		return s.setReview(ctx, w, desk.Ref)
	})
	return entered, err
}

func (s *Service) newID() string { return store.NewID[string](s.core.Store()) }

// ascending makes n identifiers that sort in the order in which they are handed out: those of one millisecond do not by
// themselves, and lists are in the order of identifiers.
func (s *Service) ascending(n int) func() string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = s.newID()
	}
	slices.Sort(ids)
	return func() string {
		next := ids[0]
		ids = ids[1:]
		return next
	}
}

// addSource puts a document into a plan, and tells where its sections begin. A document that the plan was made from
// is in it already.
func (s *Service) addSource(ctx context.Context, w *service.Work, plan store.Record[ledger.Plan], source ledger.Source,
	outline []ledger.Section,
) (ledger.Plan, int, error) {
	if err := w.AllowFor(ctx, editPlan, service.Owned{Lead: plan.Value.Government}); err != nil {
		return plan.Value, 0, err
	}
	there := slices.ContainsFunc(plan.Value.Sources, func(other ledger.Source) bool { return other.Document == source.Document })
	if offset := sectionsAt(plan.Value.Outline, outline); there && offset >= 0 && plan.Value.State == ledger.Draft {
		return plan.Value, offset, nil
	}
	added, offset, problems := plan.Value.AddSource(source, outline)
	if err := problems.Err(); err != nil {
		return plan.Value, 0, err
	}
	if _, err := s.core.Store().Plans().Change(ctx, added, plan.Revision); err != nil {
		return plan.Value, 0, err
	}
	w.Record(editPlan, "plans", string(added.ID), plan.Value, added, nil)
	return added, offset, nil
}

// sectionsAt is behind how many sections of an outline those of a document stand; -1 where they do not.
func sectionsAt(outline, sections []ledger.Section) int {
	for offset := range len(outline) - len(sections) + 1 {
		same := slices.EqualFunc(outline[offset:offset+len(sections)], sections, func(a, b ledger.Section) bool {
			return a.Marker == b.Marker && a.Title == b.Title && a.Level == b.Level
		})
		if same {
			return offset
		}
	}
	return -1
}

// enter stores commitments, with the projects and indicators that they are of.
func (s *Service) enter(ctx context.Context, w *service.Work, plan ledger.Plan, commitments []ledger.Commitment) (Entered, error) {
	have, err := s.contents(ctx, plan.ID)
	if err != nil {
		return Entered{}, err
	}
	made := intake.Make(plan, commitments, have.projects, have.indicators, s.newID)
	number(plan, have.commitments, made.Commitments)
	if err := ledger.ValidateCommitments(append(slices.Clone(have.commitments), made.Commitments...)).Err(); err != nil {
		return Entered{}, err
	}
	for _, i := range made.Indicators {
		if _, err := s.core.Store().Indicators().Add(ctx, i); err != nil {
			return Entered{}, err
		}
		w.Record(editPlan, "indicators", string(i.ID), nil, i, nil)
	}
	for _, p := range made.Projects {
		if _, err := s.core.Store().Projects().Add(ctx, p); err != nil {
			return Entered{}, err
		}
		w.Record(editPlan, "projects", string(p.ID), nil, p, nil)
	}
	for _, c := range parentsFirst(made.Commitments) {
		if _, err := s.core.Store().Commitments().Add(ctx, c); err != nil {
			return Entered{}, err
		}
		w.Record(createCommitment, "commitments", string(c.ID), nil, c, nil)
	}
	return Entered{len(made.Commitments), len(made.Projects), len(made.Indicators)}, nil
}

// contents are what a plan holds.
type contents struct {
	commitments []ledger.Commitment
	projects    []ledger.Project
	indicators  []ledger.Indicator
}

func (s *Service) contents(ctx context.Context, plan ledger.PlanID) (contents, error) {
	var have contents
	commitments, err := service.All(ctx, s.core.Store().Commitments().List, store.InPlan(plan))
	if err != nil {
		return have, fmt.Errorf("reading the commitments of the plan: %w", err)
	}
	projects, err := service.All(ctx, s.core.Store().Projects().List, store.InPlan(plan))
	if err != nil {
		return have, fmt.Errorf("reading the projects of the plan: %w", err)
	}
	indicators, err := service.All(ctx, s.core.Store().Indicators().List, store.InPlan(plan))
	if err != nil {
		return have, fmt.Errorf("reading the indicators of the plan: %w", err)
	}
	have.commitments, have.projects, have.indicators = store.Values(commitments), store.Values(projects), store.Values(indicators)
	return have, nil
}

// number gives the commitments that have none their numbers, for people: the plan's year and a running one behind
// the largest that the plan has.
func number(plan ledger.Plan, have, fresh []ledger.Commitment) {
	prefix := strconv.Itoa(plan.Year) + "-"
	largest := 0
	for _, c := range append(slices.Clone(have), fresh...) {
		if running, err := strconv.Atoi(strings.TrimPrefix(c.Number, prefix)); err == nil {
			largest = max(largest, running)
		}
	}
	for i := range fresh {
		if fresh[i].Number == "" {
			largest++
			fresh[i].Number = fmt.Sprintf("%s%03d", prefix, largest)
		}
	}
}

// parentsFirst are commitments in an order in which each can be stored: those that others are parts of first.
func parentsFirst(commitments []ledger.Commitment) []ledger.Commitment {
	waiting := map[ledger.CommitmentID]bool{}
	for _, c := range commitments {
		waiting[c.ID] = true
	}
	ordered := make([]ledger.Commitment, 0, len(commitments))
	for left := commitments; len(left) > 0; {
		var rest []ledger.Commitment
		for _, c := range left {
			if waiting[c.Parent] {
				rest = append(rest, c)
				continue
			}
			ordered = append(ordered, c)
			waiting[c.ID] = false
		}
		if len(rest) == len(left) {
			return append(ordered, rest...) // a circle, which validation has refused before
		}
		left = rest
	}
	return ordered
}
