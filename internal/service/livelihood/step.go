package livelihood

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/ledger/livelihood"
)

// stepped is what the log keeps beside a record whose step was taken.
type stepped struct {
	Step   string `json:"step"`
	Reason string `json:"reason,omitempty"`
}

// guards are what holds of a round.
func (s *Service) guards(ctx context.Context, r Round) ([]string, error) {
	var facts []string
	add := func(holds bool, name string) {
		if holds {
			facts = append(facts, name)
		}
	}
	add(r.Call != "" && !r.Until.IsZero() && !r.Until.Before(s.core.Today()), "called")
	listed, err := s.listed(ctx, r.ID)
	if err != nil {
		return nil, err
	}
	add(r.Rule.Enough(len(listed)), "choice")
	if len(r.Turns) == 0 {
		return facts, nil
	}
	ballots, err := s.ballots(ctx, r)
	if err != nil {
		return nil, err
	}
	add(r.Rule.Quorate(ballots[len(ballots)-1]), "quorum")
	result := r.Rule.Decide(r.Turns, ballots)
	add(result.Settled(), "settled")
	add(!result.Settled(), "tied")
	return facts, nil
}

// StepRound takes a step of a round: call, screen, propose, approve, count, decide, and the ways back.
func (s *Service) StepRound(ctx context.Context, id RoundID, action, reason string, seen int64) (Round, error) {
	right, ours := s.cases.Right(s.round, action)
	if !ours {
		return Round{}, faults.New("step.unknown", action)
	}
	var after Round
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.held(ctx, w, id, right, seen)
		if err != nil {
			return err
		}
		c, err := s.caseOf(ctx, before)
		if err != nil {
			return err
		}
		step, err := s.cases.StepBy(ctx, s.round, action, before.owned())
		if err != nil {
			return err
		}
		step.Reason = strings.TrimSpace(reason)
		if step.Facts, err = s.guards(ctx, before); err != nil {
			return err
		}
		if c, err = s.cases.Take(ctx, w, c, RoundKind, string(id), step); err != nil {
			return err
		}
		after = before
		after.State = c.State
		if err := s.entered(ctx, w, before, &after); err != nil {
			return err
		}
		w.Record(right, RoundKind, string(id), before, after, stepped{action, step.Reason})
		return s.keep(ctx, w, &after)
	})
	return after, err
}

// entered does what belongs to the state that a round has come to.
func (s *Service) entered(ctx context.Context, w *service.Work, before Round, after *Round) error {
	switch after.State {
	case Voting:
		if err := s.openVote(ctx, before, after); err != nil {
			return err
		}
		return s.tellDeputies(ctx, w, *after)
	case Decided:
		return s.settle(ctx, w, *after)
	}
	return nil
}

// openVote adds the next turn: the first is on all candidates of the ballot.
func (s *Service) openVote(ctx context.Context, before Round, after *Round) error {
	if len(before.Turns) == 0 {
		listed, err := s.listed(ctx, before.ID)
		if err != nil {
			return err
		}
		turn := livelihood.Turn{Seats: before.Rule.Seats}
		for _, c := range listed {
			turn.On = append(turn.On, c.ID)
		}
		after.Turns = []livelihood.Turn{turn}
		return nil
	}
	ballots, err := s.ballots(ctx, before)
	if err != nil {
		return err
	}
	after.Turns = append(after.Turns[:len(after.Turns):len(after.Turns)], *before.Rule.Decide(before.Turns, ballots).Next)
	return nil
}

// settle writes down what became of the candidates.
func (s *Service) settle(ctx context.Context, w *service.Work, r Round) error {
	ballots, err := s.ballots(ctx, r)
	if err != nil {
		return err
	}
	fates := map[livelihood.State][]livelihood.Candidate{}
	for _, o := range r.Rule.Decide(r.Turns, ballots).Outcomes {
		state := livelihood.Defeated
		if o.Fate == livelihood.Chosen {
			state = livelihood.Elected
		}
		fates[state] = append(fates[state], o.Candidate)
	}
	for state, all := range fates {
		_, err := w.Tx().NewUpdate().Table(CandidateKind).Set("state = ?", string(state)).Set("revision = revision + 1").Where("round = ?", r.ID).
			Where("id IN (?)", bun.List(all)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("livelihood: writing the result of round %s: %w", r.ID, err)
		}
	}
	return nil
}
