package accounting

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"luoshi/internal/account"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
)

// The guards of the workflow.
const (
	isCurrent = "current"
	isSound   = "sound"
)

const freezing = "freeze"

// Step takes a step of a report: submit, recall, pass, return, approve, freeze, drop.
func (s *Service) Step(ctx context.Context, id ID, action, reason string, seen int64) (View, error) {
	right, ours := s.cases.Right(s.flow, action)
	if !ours {
		return View{}, faults.New("step.unknown", action)
	}
	r, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.core.Check(ctx, right, r.owned()); err != nil {
		return View{}, err
	}
	moved, err := s.moved(ctx, r)
	if err != nil {
		return View{}, err
	}
	held := guards(r, moved)
	var ready *frozen
	if action == freezing && r.State == Approved && slices.Contains(held, isSound) {
		if ready, err = s.prepare(ctx, r); err != nil {
			return View{}, err
		}
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.hold(ctx, w.Tx(), id, seen)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, right, r.owned()); err != nil {
			return err
		}
		step, err := s.cases.StepBy(ctx, s.flow, action, r.owned())
		if err != nil {
			return err
		}
		step.Reason, step.Facts = strings.TrimSpace(reason), held
		kase, err := s.caseOf(ctx, r)
		if err != nil {
			return err
		}
		if kase, err = s.cases.Take(ctx, w, kase, Kind, string(id), step); err != nil {
			return err
		}
		earlier := logged(r)
		r.State = State(kase.State)
		if r.State == Frozen {
			if err := s.freeze(ctx, w, &r, ready); err != nil {
				return err
			}
		}
		w.Record(right, Kind, string(id), earlier, logged(r), map[string]any{"step": action, "reason": step.Reason, "files": r.Files})
		if err := s.tell(ctx, w, r, step.Reason); err != nil {
			return err
		}
		return s.keep(ctx, w.Tx(), &r)
	})
	if err != nil {
		return View{}, err
	}
	return s.Report(ctx, id)
}

func (s *Service) caseOf(ctx context.Context, r Report) (workflow.Case, error) {
	return s.cases.Case(ctx, s.flow, Kind, string(r.ID), s.core.Today())
}

// guards are those that hold of a report. What is said of lights and orders holds for the day that the report names, so
// that only what lasts has to be that of the ledger.
func guards(r Report, moved []Moved) []string {
	var held []string
	if !slices.ContainsFunc(moved, func(m Moved) bool { return m.Lasting }) {
		held = append(held, isCurrent)
	}
	if _, found := r.Printed(); len(grave(found)) == 0 {
		held = append(held, isSound)
	}
	return held
}

// moved are the figures that the ledger no longer says as a report does.
func (s *Service) moved(ctx context.Context, r Report) ([]Moved, error) {
	if r.State == Frozen || r.State == Dropped {
		return nil, nil
	}
	now, err := s.compose(ctx, r.subject())
	if err != nil {
		return nil, err
	}
	return Compare(said(r.Content), now), nil
}

// frozen is a report that is ready to be frozen: its number, what it says, and its files.
type frozen struct {
	number bulletin.Number
	paper  account.Content
	files  []File
	head   string
}

// prepare makes a report ready to be frozen: with the number that is the next one it is written, read back, and where
// nothing differs from the ledger kept in every format.
func (s *Service) prepare(ctx context.Context, r Report) (*frozen, error) {
	settings, err := s.settings(ctx, r.Owner)
	if err != nil {
		return nil, err
	}
	today := s.core.Today()
	ready := &frozen{number: bulletin.Number{Sign: settings.Value.Sign, Year: int(today.Year)}}
	if ready.number.N, err = s.last(ctx, r.Owner, ready.number.Year); err != nil {
		return nil, err
	}
	ready.number.N++
	ready.paper, _ = r.Printed()
	ready.paper.Paper.Head.Number = ready.number.String()
	ready.paper.Paper.Date = dated(today)
	now, err := s.compose(ctx, r.subject())
	if err != nil {
		return nil, err
	}
	found, err := s.readBack(ctx, ready.paper, now)
	if err != nil {
		return nil, err
	}
	if len(found.Differences) > 0 {
		return nil, differing(found)
	}
	if ready.files, err = s.keepFiles(ctx, ready.paper.Paper); err != nil {
		return nil, err
	}
	ready.head, err = s.signed(ctx)
	return ready, err
}

// signed is the signed head of the log as it is now; empty where nobody signs it.
func (s *Service) signed(ctx context.Context) (string, error) {
	if s.options.Sign != nil {
		if err := s.options.Sign(ctx); err != nil {
			return "", err
		}
	}
	head, err := audit.LastHead(ctx, s.core.Store().View(ctx))
	if errors.Is(err, audit.ErrNoHead) {
		return "", nil
	}
	return head, err
}

// last is the last number that an owner's reports of a year were given.
func (s *Service) last(ctx context.Context, owner ledger.UnitID, year int) (int, error) {
	var n int
	err := s.core.Store().View(ctx).NewSelect().Table("paper_numbers").Column("last").Where("owner = ?", owner).Where("year = ?", year).Scan(ctx, &n)
	if err != nil && !noRows(err) {
		return 0, fmt.Errorf("accounting: reading the number of %d: %w", year, err)
	}
	return n, nil
}

// freeze gives a report its number and makes it what it was made ready for. Where somebody else has taken the number
// meanwhile it is to be tried again.
func (s *Service) freeze(ctx context.Context, w *service.Work, r *Report, ready *frozen) error {
	if ready == nil {
		return faults.New("freeze.again")
	}
	_, err := w.Tx().NewRaw(`INSERT INTO paper_numbers (owner, year, last) VALUES (?, ?, 1)
		ON CONFLICT (owner, year) DO UPDATE SET last = paper_numbers.last + 1`, r.Owner, ready.number.Year).Exec(ctx)
	if err != nil {
		return fmt.Errorf("accounting: taking a number of %d: %w", ready.number.Year, err)
	}
	last, err := s.last(ctx, r.Owner, ready.number.Year)
	if err != nil {
		return err
	}
	if last != ready.number.N {
		return faults.New("freeze.again")
	}
	r.Number, r.Paper, r.Files, r.Head, r.Frozen = ready.number, ready.paper, ready.files, ready.head, s.core.Store().Now()
	if r.Digest, err = digest(r.Paper); err != nil {
		return err
	}
	rows := make([]fileRow, len(r.Files))
	for i, f := range r.Files {
		rows[i] = fileRow{Paper: string(r.ID), Format: f.Format, Size: f.Size, Digest: string(f.Digest)}
	}
	return store.Insert(ctx, w.Tx(), rows...)
}

// Disclose makes a frozen report public, or takes it back from the public.
func (s *Service) Disclose(ctx context.Context, id ID, public bool, seen int64) (View, error) {
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		r, err := s.hold(ctx, w.Tx(), id, seen)
		if r.ID == "" {
			return err
		}
		if err := w.AllowFor(ctx, publish, r.owned()); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		if r.State != Frozen {
			return faults.New("disclose.frozen")
		}
		before := logged(r)
		r.Public = public
		w.Record(publish, Kind, string(id), before, logged(r), nil)
		return s.keep(ctx, w.Tx(), &r)
	})
	if err != nil {
		return View{}, err
	}
	return s.Report(ctx, id)
}
