package reporting

import (
	"context"
	"fmt"
	"time"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Observed is what somebody said in a row of a form, with all that bears it out.
type Observed struct {
	ID          reporting.ObservationID
	Submission  Submission
	UnitName    string
	Subject     reporting.Subject
	Title       string                // of the row
	Said        reporting.Observation // as it was said
	Point       reporting.Point       // as it stands after corrections; zero while it is not locked
	By          ledger.AccountID
	At          time.Time
	Evidence    []Evidence
	Corrections []CorrectionView // of it, those that were approved
}

// Observed is what was said under an identifier, for whoever may read the form in which it stands.
func (s *Service) Observed(ctx context.Context, id reporting.ObservationID) (Observed, error) {
	var row observationRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	if noRows(err) {
		return Observed{}, &store.NotFound{Kind: "observations", ID: string(id)}
	}
	if err != nil {
		return Observed{}, fmt.Errorf("reading observation %s: %w", id, err)
	}
	d, err := s.deskBy(ctx, reporting.SubmissionID(row.Submission))
	if err != nil {
		return Observed{}, err
	}
	if err := s.mayRead(ctx, d); err != nil {
		return Observed{}, err
	}
	o := Observed{
		ID: id, Submission: d.row.submission(), Subject: subjectOf(row.Subject), By: ledger.AccountID(row.Account), At: store.TimeOf(row.AtTime),
	}
	o.Title, o.UnitName = d.title(o.Subject), d.name(o.Submission.Unit, o.Submission.Period)
	if o.Said, err = row.observation(); err != nil {
		return o, err
	}
	return o, s.borneOut(ctx, &o)
}

// borneOut adds what bears an observation out: how it stands, its files, and what was corrected.
func (s *Service) borneOut(ctx context.Context, o *Observed) error {
	var files []evidenceRow
	err := s.core.Store().View(ctx).NewSelect().Model(&files).Where("submission = ?", o.Submission.ID).
		Where("subject = ?", o.Subject.String()).Where("removed IS NULL").Order("id").Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading the evidence of observation %s: %w", o.ID, err)
	}
	for _, f := range files {
		o.Evidence = append(o.Evidence, f.evidence())
	}
	of := FigureFilter{Subjects: []reporting.Subject{o.Subject}, Units: []ledger.UnitID{o.Submission.Unit}, Period: o.Submission.Period}
	found, err := s.figures(ctx, o.Submission.Plan, of, everything)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		o.Point = found[0].Point
	}
	corrections, err := s.Corrections(ctx, CorrectionQuery{Plan: o.Submission.Plan, State: Agreed, Subject: o.Subject, Unit: o.Submission.Unit})
	if err != nil {
		return err
	}
	for _, c := range corrections {
		if c.Period == o.Submission.Period {
			o.Corrections = append(o.Corrections, c)
		}
	}
	return nil
}
