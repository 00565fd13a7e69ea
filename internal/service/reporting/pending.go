package reporting

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

var errPending = errors.New("reporting: not there yet")

type cache struct{}

var stepLines string

// Settings are the settings of a plan; the usual ones, at revision 0, until the office saves some.
func (s *Service) Settings(ctx context.Context, plan ledger.PlanID) (store.Record[Settings], error) {
	return store.Record[Settings]{}, errPending
}

// SaveSettings sets when and what the units of a plan are asked, and plans its rounds. Rounds that were opened stay as
// they are.
func (s *Service) SaveSettings(ctx context.Context, plan ledger.PlanID, settings Settings, seen int64) (store.Record[Settings], error) {
	return store.Record[Settings]{}, errPending
}

// Rounds are the rounds of a plan, in time.
func (s *Service) Rounds(ctx context.Context, plan ledger.PlanID) ([]RoundView, error) {
	return nil, errPending
}

// Round is a round.
func (s *Service) Round(ctx context.Context, id reporting.RoundID) (RoundView, error) {
	return RoundView{}, errPending
}

// ChangeRound gives a round other dates. One that was closed is open again where it now closes later than today.
func (s *Service) ChangeRound(ctx context.Context, id reporting.RoundID, dates RoundDates, seen int64) (RoundView, error) {
	return RoundView{}, errPending
}

// OpenRound opens a round before its day.
func (s *Service) OpenRound(ctx context.Context, id reporting.RoundID, seen int64) (RoundView, error) {
	return RoundView{}, errPending
}

// CloseRound closes a round before its day, and locks what was reviewed.
func (s *Service) CloseRound(ctx context.Context, id reporting.RoundID, seen int64) (RoundView, error) {
	return RoundView{}, errPending
}

// Tick opens, reminds, closes and locks what is due by the date of the district. It may run as often as anybody likes,
// on any number of servers: each round is opened and closed once, and each unit reminded once a day.
func (s *Service) Tick(ctx context.Context, args json.RawMessage) error { return errPending }

// Due is what the units of the caller are to fill, the most urgent first.
func (s *Service) Due(ctx context.Context) ([]DueItem, error) { return nil, errPending }

// Board is who has reported in a round, of the units that the caller may see.
func (s *Service) Board(ctx context.Context, id reporting.RoundID) (Board, error) {
	return Board{}, errPending
}

// Waiting is what the caller may sign, confirm, review, lock or decide now.
func (s *Service) Waiting(ctx context.Context) (Waiting, error) { return Waiting{}, errPending }

// Form is what a unit is asked in a round, with what it has said.
func (s *Service) Form(ctx context.Context, round reporting.RoundID, unit ledger.UnitID) (FormView, error) {
	return FormView{}, errPending
}

// Submission is the form of a submission.
func (s *Service) Submission(ctx context.Context, id reporting.SubmissionID) (FormView, error) {
	return FormView{}, errPending
}

// Save saves rows of a form that is a draft or was returned. A row that somebody else has changed since it was seen is
// left as it is, and both are handed back; the others are saved.
func (s *Service) Save(ctx context.Context, filling Filling) (Saved, error) {
	return Saved{}, errPending
}

// Submit sends a form in. Findings that stop it are the cause of the fault. A head who submits has signed as well.
func (s *Service) Submit(ctx context.Context, id reporting.SubmissionID, seen int64) (Submission, error) {
	return Submission{}, errPending
}

// Take takes a step of several submissions: approve, confirm, review, lock, return. Each is a change of its own, so that
// one that cannot be taken holds up no other.
func (s *Service) Take(ctx context.Context, step string, ids []reporting.SubmissionID, reason string) []Outcome {
	return nil
}

// Attach keeps a file as evidence of a row.
func (s *Service) Attach(ctx context.Context, id reporting.SubmissionID, subject reporting.Subject, name string, content io.Reader) (Evidence, error) {
	return Evidence{}, errPending
}

// OpenEvidence opens a file of evidence, or its small picture.
func (s *Service) OpenEvidence(ctx context.Context, id reporting.EvidenceID, preview bool) (Evidence, io.ReadCloser, error) {
	return Evidence{}, nil, errPending
}

// RemoveEvidence takes a file back while its form is being filled.
func (s *Service) RemoveEvidence(ctx context.Context, id reporting.EvidenceID) error {
	return errPending
}

// ProposeCorrection proposes to correct a locked figure.
func (s *Service) ProposeCorrection(ctx context.Context, p Proposal) (CorrectionView, error) {
	return CorrectionView{}, errPending
}

// DecideCorrection takes a correction a step on: approve, refuse, withdraw. Approving it corrects the figure and derives
// those of later periods anew.
func (s *Service) DecideCorrection(ctx context.Context, id reporting.CorrectionID, step, reason string, seen int64) (CorrectionView, error) {
	return CorrectionView{}, errPending
}

// Corrections are the corrections that the caller may see, the youngest first.
func (s *Service) Corrections(ctx context.Context, query CorrectionQuery) ([]CorrectionView, error) {
	return nil, errPending
}

// Correction is a correction.
func (s *Service) Correction(ctx context.Context, id reporting.CorrectionID) (CorrectionView, error) {
	return CorrectionView{}, errPending
}

// Figures are the locked figures of a plan that the caller may see, by subject, unit and period.
func (s *Service) Figures(ctx context.Context, plan ledger.PlanID, filter FigureFilter) ([]Figure, error) {
	return nil, errPending
}

// Series is what a unit said on a subject through the year.
func (s *Service) Series(ctx context.Context, plan ledger.PlanID, subject reporting.Subject, unit ledger.UnitID) (Series, error) {
	return Series{}, errPending
}

// Totals are what the locked figures of units make together for a period.
func (s *Service) Totals(ctx context.Context, plan ledger.PlanID, query TotalQuery) ([]SubjectTotal, error) {
	return nil, errPending
}

// Burden is what each unit was asked in a round, counted in cells.
func (s *Service) Burden(ctx context.Context, round reporting.RoundID) ([]reporting.Burden, error) {
	return nil, errPending
}

// Recompute is the figures of a plan computed from what was said and corrected alone: what has to stand in the table.
func (s *Service) Recompute(ctx context.Context, plan ledger.PlanID) ([]Figure, error) {
	return nil, errPending
}

// Reminders are the notices to units of the caller's about forms that are still waited for, the youngest first.
func (s *Service) Reminders(ctx context.Context) ([]Reminder, error) { return nil, errPending }

// RemindNow reminds units of a round that have not sent in their forms, all of them where none is named, and tells how
// many it were. A unit is reminded once a day.
func (s *Service) RemindNow(ctx context.Context, round reporting.RoundID, units []ledger.UnitID) (int, error) {
	return 0, errPending
}

// Grants are what other systems may deliver for a plan.
func (s *Service) Grants(ctx context.Context, plan ledger.PlanID) ([]store.Record[Grant], error) {
	return nil, errPending
}

// SaveGrant sets what the holder of a token may deliver; nothing any more where there are no subjects.
func (s *Service) SaveGrant(ctx context.Context, grant Grant, seen int64) (store.Record[Grant], error) {
	return store.Record[Grant]{}, errPending
}
