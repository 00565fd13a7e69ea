package reporting

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// CorrectionState is how far a correction is. The names are those of flow/definitions/correction.txt.
type CorrectionState string

const (
	Proposed  CorrectionState = "proposed"
	Agreed    CorrectionState = "approved"
	Rejected  CorrectionState = "refused"
	Withdrawn CorrectionState = "withdrawn"
)

// Proposal is a correction of a locked figure that somebody wishes.
type Proposal struct {
	Plan     ledger.PlanID
	Subject  reporting.Subject
	Unit     ledger.UnitID
	Period   reporting.Period
	After    reporting.Observation
	Reason   string
	Basis    string        // the paper that it rests on
	Document ledger.Digest // where that is kept, if it is here
	Paper    Paper         // the paper itself, if it comes along
}

// CorrectionView is a correction with what became of it.
type CorrectionView struct {
	reporting.Correction
	Plan     ledger.PlanID
	Title    string // of the row
	UnitName string
	Document ledger.Digest
	// PaperName is that of the file of the document; empty where none came along.
	PaperName string
	State     CorrectionState
	Revision  int64
	Proposer  ledger.AccountID
	Proposed  time.Time
	Decider   ledger.AccountID
	Decided   time.Time
	Answer    string // the reason of a refusal
	// Derived are the periods whose figures changed with it, its own among them.
	Derived []reporting.Derived
	Offers  []workflow.Offer
}

// CorrectionQuery narrows a list of corrections. What is empty narrows nothing.
type CorrectionQuery struct {
	Plan    ledger.PlanID
	State   CorrectionState
	Subject reporting.Subject
	Unit    ledger.UnitID
}

// correctionColumns is where lists of corrections find whose they are.
var correctionColumns = access.Columns{Unit: "corrections.unit"}

// ProposeCorrection proposes to correct a locked figure. Nothing changes until another person has approved it.
func (s *Service) ProposeCorrection(ctx context.Context, p Proposal) (CorrectionView, error) {
	id := store.NewID[reporting.CorrectionID](s.core.Store())
	paper, err := s.takePaper(ctx, p)
	if err != nil {
		return CorrectionView{}, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		owned := service.Owned{Lead: p.Unit}
		if err := w.AllowFor(ctx, amendObservation, owned); err != nil {
			return err
		}
		wanted, err := s.wanted(ctx, id, p)
		if err != nil {
			return err
		}
		if err := s.undecided(ctx, p); err != nil {
			return err
		}
		row := correctionRow{
			ID: string(id), Revision: 1, Plan: string(p.Plan), Subject: p.Subject.String(), Unit: string(p.Unit), Period: p.Period.Key(),
			State: string(Proposed), Before: written(wanted.Before), After: written(wanted.After), Reason: wanted.Reason,
			Basis: wanted.Basis, Document: string(paper.Digest), PaperName: paper.Name, PaperType: paper.MediaType, Proposer: string(service.CallerOf(ctx).Account()), Proposed: s.core.Store().NowText(),
			Derived: "[]",
		}
		if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("writing a correction: %w", err)
		}
		step, err := s.cases.StepBy(ctx, s.correction, "propose", owned)
		if err != nil {
			return err
		}
		step.Reason, step.Facts = wanted.Reason, basisFacts(wanted.Basis)
		if _, err := s.cases.Take(ctx, w, s.cases.Begin(s.correction, s.core.Today()), CorrectionKind, row.ID, step); err != nil {
			return err
		}
		w.Record(amendObservation, CorrectionKind, row.ID, nil, wanted, paperDetail(paper))
		return nil
	})
	if err != nil {
		return CorrectionView{}, err
	}
	return s.Correction(ctx, id)
}

func basisFacts(basis string) []string {
	if basis == "" {
		return nil
	}
	return []string{"has-basis"}
}

// wanted is a proposal as a correction of what stands now.
func (s *Service) wanted(ctx context.Context, id reporting.CorrectionID, p Proposal) (reporting.Correction, error) {
	stands, row, err := s.locked(ctx, p.Plan, p.Subject, p.Unit, p.Period)
	if err != nil {
		return reporting.Correction{}, err
	}
	after, err := tidied(row, p.After)
	if err != nil {
		return reporting.Correction{}, err
	}
	c := reporting.Correction{
		ID: id, Subject: p.Subject, Unit: p.Unit, Period: p.Period, Before: stands.Observation, After: after,
		Reason: strings.TrimSpace(p.Reason), Basis: strings.TrimSpace(p.Basis),
	}
	if found := c.Validate(); len(found) > 0 {
		return c, because(found, "correction.unsound", found[0].What())
	}
	return c, s.plausible(ctx, stands.Submission, row, after)
}

// plausible fails where the checks find a fault in what is to stand in a row.
func (s *Service) plausible(ctx context.Context, id reporting.SubmissionID, row reporting.Row, after reporting.Observation) error {
	d, err := s.deskBy(ctx, id)
	if err != nil {
		return err
	}
	around, err := s.contextOf(ctx, d, row.Subject)
	if err != nil {
		return err
	}
	found := slices.DeleteFunc(reporting.Check(row, after, around.known(row)), func(f reporting.Finding) bool {
		return f.Severity != reporting.Fault
	})
	if len(found) > 0 {
		return because(found, "correction.unsound", found[0].What())
	}
	return nil
}

// locked is a figure as it stands, with its row as it was asked.
func (s *Service) locked(ctx context.Context, plan ledger.PlanID, subject reporting.Subject, unit ledger.UnitID, p reporting.Period) (Figure, reporting.Row, error) {
	found, err := s.figures(ctx, plan, FigureFilter{Subjects: []reporting.Subject{subject}, Units: []ledger.UnitID{unit}, Period: p}, everything)
	if err != nil {
		return Figure{}, reporting.Row{}, err
	}
	if len(found) == 0 {
		return Figure{}, reporting.Row{}, fault("correction.absent")
	}
	d, err := s.deskBy(ctx, found[0].Submission)
	if err != nil {
		return found[0], reporting.Row{}, err
	}
	row, known := d.asked(subject)
	if !known {
		row = reporting.Row{Subject: subject, Title: d.title(subject)}
	}
	return found[0], row, nil
}

// undecided fails where a correction of a figure waits for its decision. The database sees to it that no second one
// slips in.
func (s *Service) undecided(ctx context.Context, p Proposal) error {
	pending, err := s.core.Store().View(ctx).NewSelect().Table("corrections").Where("plan = ?", p.Plan).
		Where("subject = ?", p.Subject.String()).Where("unit = ?", p.Unit).Where("period = ?", p.Period.Key()).
		Where("state = ?", string(Proposed)).Exists(ctx)
	if err != nil {
		return fmt.Errorf("looking for corrections: %w", err)
	}
	if pending {
		return fault("correction.pending")
	}
	return nil
}

// DecideCorrection takes a correction a step on: approve, refuse, withdraw. Approving it corrects the figure and derives
// those of later periods anew.
func (s *Service) DecideCorrection(ctx context.Context, id reporting.CorrectionID, step, reason string, seen int64) (CorrectionView, error) {
	right, ours := s.cases.Right(s.correction, step)
	if !ours || step == "propose" {
		return CorrectionView{}, fault("correction.step", said(step))
	}
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), CorrectionKind, string(id)); err != nil {
			return err
		}
		row, err := s.correctionRow(ctx, id)
		if err != nil {
			return err
		}
		owned := service.Owned{Lead: ledger.UnitID(row.Unit)}
		if err := w.AllowFor(ctx, right, owned); err != nil {
			return err
		}
		before, err := row.correction()
		if err != nil {
			return err
		}
		if row.Revision != seen {
			current := store.Record[reporting.Correction]{Value: before, Revision: row.Revision}
			return &store.Conflict[reporting.Correction]{Kind: CorrectionKind, ID: row.ID, Seen: seen, Current: current}
		}
		return s.decide(ctx, w, row, before, owned, step, reason)
	})
	if err != nil {
		return CorrectionView{}, err
	}
	return s.Correction(ctx, id)
}

// decide takes a step of a correction.
func (s *Service) decide(ctx context.Context, w *service.Work, row correctionRow, c reporting.Correction, owned service.Owned, action, reason string) error {
	kase, err := s.caseOfCorrection(ctx, row)
	if err != nil {
		return err
	}
	step, err := s.cases.StepBy(ctx, s.correction, action, owned)
	if err != nil {
		return err
	}
	step.Reason, step.Facts = reason, basisFacts(row.Basis)
	if kase, err = s.cases.Take(ctx, w, kase, CorrectionKind, row.ID, step); err != nil {
		return err
	}
	right, _ := s.cases.Right(s.correction, action)
	now := s.core.Store().NowText()
	row.State, row.Decider, row.Decided, row.Answer = kase.State, string(service.CallerOf(ctx).Account()), &now, reason
	row.Revision++
	if row.State != string(Agreed) {
		w.Record(right, CorrectionKind, row.ID, map[string]string{"state": string(Proposed)}, map[string]string{"state": row.State}, told{Step: action, Reason: reason})
		return s.writeCorrection(ctx, w, row)
	}
	return s.correct(ctx, w, row, c, right)
}

// correct puts an approved correction in force.
func (s *Service) correct(ctx context.Context, w *service.Work, row correctionRow, c reporting.Correction, right access.Action) error {
	stands, _, err := s.locked(ctx, ledger.PlanID(row.Plan), c.Subject, c.Unit, c.Period)
	if err != nil {
		return err
	}
	if written(stands.Observation) != written(c.Before) {
		return fault("correction.overtaken")
	}
	changes, err := s.derive(ctx, w, span{
		plan: ledger.PlanID(row.Plan), unit: c.Unit, subjects: []reporting.Subject{c.Subject},
		also: map[figureKey]reporting.Observation{{row.Subject, row.Unit, row.Period}: c.After},
	})
	if err != nil {
		return err
	}
	derived := []reporting.Derived{}
	for _, f := range changes {
		d := reporting.Derived{Period: f.after.Point.Period, After: f.after.Point}
		if f.before != nil {
			d.Before = *f.before
		}
		derived = append(derived, d)
	}
	after := c.After
	after.Subject = c.Subject
	said := report{after, ledger.AccountID(row.Proposer), map[string]string{"correction": row.ID}}
	if err := s.takeBack(ctx, w, right, c.Before.Nodes, said); err != nil {
		return err
	}
	if err := s.reachBy(ctx, w, right, said); err != nil {
		return err
	}
	row.Derived = written(derived)
	w.Record(right, CorrectionKind, row.ID, c.Before, c.After, map[string]any{"reason": c.Reason, "basis": c.Basis, "derived": derived})
	return s.writeCorrection(ctx, w, row)
}

func (s *Service) writeCorrection(ctx context.Context, w *service.Work, row correctionRow) error {
	if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("writing correction %s: %w", row.ID, err)
	}
	return nil
}
