package planning

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// assign is the right to say who answers for a commitment.
const assign = "assignment.edit"

// Owners are who answers for a commitment.
type Owners struct {
	Lead        ledger.UnitID   `json:"lead,omitempty"`
	Cooperating []ledger.UnitID `json:"cooperating,omitempty"`
	Post        ledger.PostID   `json:"post,omitempty"`
}

func ownersOf(c ledger.Commitment) Owners {
	return Owners{Lead: c.Lead, Cooperating: c.Cooperating, Post: c.Post}
}

func (o Owners) same(other Owners) bool {
	return o.Lead == other.Lead && o.Post == other.Post && slices.Equal(o.Cooperating, other.Cooperating)
}

// Give is what an assignment gives. What is nil stays as it is.
type Give struct {
	Lead        *ledger.UnitID
	Cooperating *[]ledger.UnitID
	Post        *ledger.PostID
}

// to is a commitment with what was given. Whoever leads does not take part besides.
func (g Give) to(c ledger.Commitment) ledger.Commitment {
	set(&c.Lead, g.Lead)
	set(&c.Post, g.Post)
	set(&c.Cooperating, g.Cooperating)
	c.Cooperating = slices.DeleteFunc(slices.Clone(c.Cooperating), func(unit ledger.UnitID) bool { return unit == c.Lead })
	return c
}

// Bulk is what was assigned at once.
type Bulk struct {
	ID      string
	Plan    ledger.PlanID
	Account ledger.AccountID
	At      time.Time
	Changes []OwnerChange
	Undone  bool
}

// OwnerChange is who answered for a commitment before and after.
type OwnerChange struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Before     Owners              `json:"before"`
	After      Owners              `json:"after"`
}

type bulkRow struct {
	bun.BaseModel `bun:"table:bulk_assignments,alias:bulk_assignments"`
	ID            string `bun:"id,pk"`
	Plan          string `bun:"plan"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Changes       string `bun:"changes"`
	Undone        bool   `bun:"undone"`
}

// Assign gives commitments of a draft to units and posts, all of them or none.
func (s *Service) Assign(ctx context.Context, plan ledger.PlanID, picked []Chosen, give Give) (Bulk, error) {
	if give.Lead == nil && give.Cooperating == nil && give.Post == nil {
		return Bulk{}, fault("owner.nothing")
	}
	return s.assigned(ctx, plan, func(ctx context.Context, w *service.Work, _ ledger.Plan) ([]given, error) {
		records, err := s.chosen(ctx, w, assign, plan, picked)
		list := make([]given, len(records))
		for i, r := range records {
			list[i] = given{r, give.to(r.Value)}
		}
		return list, err
	})
}

// given is a commitment before and after it was assigned.
type given struct {
	before store.Record[ledger.Commitment]
	after  ledger.Commitment
}

// assigned does what an assignment says, and remembers it so that it can be taken back.
func (s *Service) assigned(ctx context.Context, plan ledger.PlanID, what func(context.Context, *service.Work, ledger.Plan) ([]given, error)) (Bulk, error) {
	var done Bulk
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		draft, err := s.draft(ctx, w, plan)
		if err != nil {
			return err
		}
		list, err := what(ctx, w, draft)
		if err != nil {
			return err
		}
		done = Bulk{
			ID: store.NewID[string](s.core.Store()), Plan: plan, Account: service.CallerOf(ctx).Account(), At: store.TimeOf(s.core.Store().NowText()),
		}
		for _, g := range list {
			change := OwnerChange{g.before.Value.ID, ownersOf(g.before.Value), ownersOf(g.after)}
			if change.Before.same(change.After) {
				continue
			}
			if err := s.hand(ctx, w, g, done.ID); err != nil {
				return err
			}
			done.Changes = append(done.Changes, change)
		}
		if len(done.Changes) == 0 {
			return fault("owner.nothing")
		}
		return s.remember(ctx, w, done)
	})
	return done, err
}

// hand gives one commitment to whoever is to answer for it.
func (s *Service) hand(ctx context.Context, w *service.Work, g given, bulk string) error {
	if err := w.AllowFor(ctx, assign, ofCommitment(g.before.Value)); err != nil {
		return err
	}
	if err := s.present(ctx, ownersOf(g.before.Value), ownersOf(g.after)); err != nil {
		return err
	}
	right := actionOf{action: assign, detail: map[string]string{"bulk": bulk}}
	_, err := s.change(ctx, w, right, g.before, g.after, g.before.Revision)
	return err
}

// present tells whether the units that are given something are there today. Those that had it already are let be.
func (s *Service) present(ctx context.Context, before, after Owners) error {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	units := slices.Clone(after.Cooperating)
	if after.Lead != "" {
		units = append(units, after.Lead)
	}
	for _, unit := range units {
		had := unit == before.Lead || slices.Contains(before.Cooperating, unit)
		if !had && !tree.Exists(unit, s.core.Today()) {
			return fault("owner.unknown", said(tree.Name(unit, s.core.Today())))
		}
	}
	return nil
}

func (s *Service) remember(ctx context.Context, w *service.Work, b Bulk) error {
	changes, err := json.Marshal(b.Changes)
	if err != nil {
		return fmt.Errorf("writing an assignment: %w", err)
	}
	return store.Insert(ctx, w.Tx(), bulkRow{
		ID: b.ID, Plan: string(b.Plan), Account: string(b.Account), AtTime: store.TimeText(b.At), Changes: string(changes),
	})
}

// LastAssignment is what was assigned last in a plan and could be taken back; ok is false where there is nothing.
func (s *Service) LastAssignment(ctx context.Context, plan ledger.PlanID) (b Bulk, ok bool, err error) {
	if _, err := s.Plan(ctx, plan); err != nil {
		return Bulk{}, false, err
	}
	return s.lastAssignment(ctx, plan)
}

func (s *Service) lastAssignment(ctx context.Context, plan ledger.PlanID) (b Bulk, ok bool, err error) {
	var row bulkRow
	err = s.core.Store().View(ctx).NewSelect().Model(&row).Where("plan = ?", plan).Where("NOT undone").Order("id DESC").Limit(1).Scan(ctx)
	if noRows(err) {
		return Bulk{}, false, nil
	}
	if err != nil {
		return Bulk{}, false, fmt.Errorf("reading the last assignment of plan %s: %w", plan, err)
	}
	b = Bulk{ID: row.ID, Plan: plan, Account: ledger.AccountID(row.Account), At: store.TimeOf(row.AtTime)}
	if err := json.Unmarshal([]byte(row.Changes), &b.Changes); err != nil {
		return Bulk{}, false, fmt.Errorf("reading assignment %s: %w", row.ID, err)
	}
	return b, true, nil
}

// UndoAssignment takes back what was assigned last in a draft. It is refused where an owner was changed since.
func (s *Service) UndoAssignment(ctx context.Context, plan ledger.PlanID) (Bulk, error) {
	var undone Bulk
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if _, err := s.draft(ctx, w, plan); err != nil {
			return err
		}
		last, there, err := s.lastAssignment(ctx, plan)
		if err != nil {
			return err
		}
		if !there {
			return fault("bulk.none")
		}
		list, err := s.backwards(ctx, last)
		if err != nil {
			return err
		}
		for _, g := range list {
			if err := s.hand(ctx, w, g, last.ID); err != nil {
				return err
			}
		}
		last.Undone = true
		undone = last
		_, err = w.Tx().NewUpdate().Model((*bulkRow)(nil)).Set("undone = ?", true).Where("id = ?", last.ID).Exec(ctx)
		return err
	})
	return undone, err
}

// backwards is what taking an assignment back would do.
func (s *Service) backwards(ctx context.Context, b Bulk) ([]given, error) {
	ids := make([]string, len(b.Changes))
	changes := map[ledger.CommitmentID]OwnerChange{}
	for i, change := range b.Changes {
		ids[i], changes[change.Commitment] = string(change.Commitment), change
	}
	records, err := s.core.Store().Commitments().Some(ctx, ids...)
	if err != nil {
		return nil, err
	}
	var list []given
	var touched []string
	for _, r := range records {
		change := changes[r.Value.ID]
		if !ownersOf(r.Value).same(change.After) || r.Value.State == ledger.Withdrawn {
			touched = append(touched, r.Value.Title)
			continue
		}
		after := r.Value
		after.Lead, after.Cooperating, after.Post = change.Before.Lead, change.Before.Cooperating, change.Before.Post
		list = append(list, given{r, after})
	}
	if len(touched) > 0 {
		return nil, fault("bulk.changed", said(touched[0]), count(len(touched)))
	}
	return list, nil
}
