package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Answer is what a unit says to a commitment that it was given.
type Answer struct {
	Unit     ledger.UnitID    `json:"unit"`
	Accepted bool             `json:"accepted"` // false: it objects
	Reason   string           `json:"reason,omitempty"`
	Account  ledger.AccountID `json:"account"`
	At       time.Time        `json:"at"`
	Reply    string           `json:"reply,omitempty"` // of the supervising office to an objection
}

// Open tells whether it is an objection that nobody has replied to.
func (a Answer) Open() bool { return !a.Accepted && a.Reply == "" }

type answerRow struct {
	bun.BaseModel `bun:"table:assignment_answers,alias:assignment_answers"`
	Commitment    string `bun:"commitment,pk"`
	Unit          string `bun:"unit,pk"`
	Accepted      bool   `bun:"accepted"`
	Reason        string `bun:"reason"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Reply         string `bun:"reply"`
}

// answers are what units said to a commitment.
func (s *Service) answers(ctx context.Context, id ledger.CommitmentID) ([]Answer, error) {
	var rows []answerRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment = ?", id).Order("unit").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading what units said to %s: %w", id, err)
	}
	answers := make([]Answer, len(rows))
	for i, r := range rows {
		answers[i] = Answer{ledger.UnitID(r.Unit), r.Accepted, r.Reason, ledger.AccountID(r.Account), store.TimeOf(r.AtTime), r.Reply}
	}
	return answers, nil
}

// Accept says for a unit that it takes a commitment which it leads.
func (s *Service) Accept(ctx context.Context, id ledger.CommitmentID) error {
	return s.answer(ctx, "assignment.accept", id, func(c ledger.Commitment) (answerRow, error) {
		if c.Lead == "" {
			return answerRow{}, fault("answer.not_asked", said(c.Title))
		}
		return answerRow{Unit: string(c.Lead), Accepted: true}, nil
	})
}

// Object says for a unit that it does not take a commitment, and why. A unit that is to take part may object as well.
func (s *Service) Object(ctx context.Context, id ledger.CommitmentID, unit ledger.UnitID, reason string) error {
	return s.answer(ctx, "assignment.object", id, func(c ledger.Commitment) (answerRow, error) {
		if unit == "" || unit != c.Lead && !slices.Contains(c.Cooperating, unit) {
			return answerRow{}, fault("answer.not_asked", said(c.Title))
		}
		if strings.TrimSpace(reason) == "" {
			return answerRow{}, fault("answer.reason")
		}
		return answerRow{Unit: string(unit), Reason: strings.TrimSpace(reason)}, nil
	})
}

// Reply answers an objection for the supervising office, which thereby is settled.
func (s *Service) Reply(ctx context.Context, id ledger.CommitmentID, unit ledger.UnitID, reply string) error {
	return s.answer(ctx, assign, id, func(ledger.Commitment) (answerRow, error) {
		if strings.TrimSpace(reply) == "" {
			return answerRow{}, fault("answer.reply")
		}
		answers, err := s.answers(ctx, id)
		if err != nil {
			return answerRow{}, err
		}
		i := slices.IndexFunc(answers, func(a Answer) bool { return a.Unit == unit && a.Open() })
		if i < 0 {
			return answerRow{}, fault("answer.none")
		}
		return answerRow{
			Unit: string(unit), Reason: answers[i].Reason, Account: string(answers[i].Account),
			AtTime: store.TimeText(answers[i].At), Reply: strings.TrimSpace(reply),
		}, nil
	})
}

// answer keeps what a unit says, in place of what it said before.
func (s *Service) answer(ctx context.Context, right access.Action, id ledger.CommitmentID, say func(ledger.Commitment) (answerRow, error)) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		c, err := s.core.Store().Commitments().Get(ctx, string(id))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, right, ofCommitment(c.Value)); err != nil {
			return err
		}
		if err := s.running(ctx, w, c.Value.Plan); err != nil {
			return err
		}
		before, err := s.answers(ctx, id)
		if err != nil {
			return err
		}
		row, err := say(c.Value)
		if err != nil {
			return err
		}
		row.Commitment = string(id)
		if row.AtTime == "" {
			row.Account, row.AtTime = string(service.CallerOf(ctx).Account()), s.core.Store().NowText()
		}
		if _, err := w.Tx().NewDelete().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("replacing what unit %s said to %s: %w", row.Unit, id, err)
		}
		if err := store.Insert(ctx, w.Tx(), row); err != nil {
			return err
		}
		after, err := s.answers(ctx, id)
		if err != nil {
			return err
		}
		w.Record(right, AnswersKind, string(id), listed(before), listed(after), nil)
		return nil
	})
}

// openObjection is the condition of an objection that nobody has replied to, of a unit that still has to do with the
// commitment.
const openObjection = "NOT assignment_answers.accepted AND assignment_answers.reply = '' AND " +
	"(assignment_answers.unit = commitments.lead_unit OR EXISTS (SELECT 1 FROM cooperating_units " +
	"WHERE cooperating_units.commitment = commitments.id AND cooperating_units.unit = assignment_answers.unit))"

// openObjections is to how many objections of units that still have to do with the commitment nobody has replied.
func (s *Service) openObjections(ctx context.Context, plan ledger.PlanID) (int, error) {
	n, err := s.core.Store().View(ctx).NewSelect().Table("assignment_answers").
		Where("EXISTS (SELECT 1 FROM commitments WHERE commitments.id = assignment_answers.commitment AND commitments.plan = ? "+
			"AND commitments.state <> ? AND "+openObjection+")", plan, string(ledger.Withdrawn)).
		Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("counting the objections to plan %s: %w", plan, err)
	}
	return int(n), nil
}
