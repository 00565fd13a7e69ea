package reporting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// FormView is a form with all that was said in it, and what the caller may do with it.
type FormView struct {
	Submission Submission
	Round      reporting.Round
	Plan       ledger.Plan
	UnitName   string
	Rows       []RowView
	Case       workflow.Case
	Offers     []workflow.Offer
	MayFill    bool
	MayAttach  bool
	DaysLeft   int
	Returned   string // why it was returned; empty where it was not, or was sent in again
	Burden     reporting.Burden
}

// RowView is a row of a form.
type RowView struct {
	reporting.Row
	Observation reporting.Observation // what was said; empty where nothing was yet
	ID          reporting.ObservationID
	Revision    int64 // of the row; 0 where nothing was said yet
	By          ledger.AccountID
	At          time.Time
	// Offered is the row as far as it can be filled without asking, and Hints where that and more is from.
	Offered  reporting.Observation
	Hints    []reporting.Hint
	Point    reporting.Point   // what was said in both views; zero where nothing was
	Earlier  []reporting.Point // of the year, in order; those that are not locked say so
	Findings reporting.Findings
	Evidence []Evidence
	// Gone tells that the unit is no longer asked for it: the commitment has gone to another one since.
	Gone bool
}

// desk is a submission with all that a use case needs of it.
type desk struct {
	*material
	round reporting.Round
	row   submissionRow // without an identifier where there is none yet
	rows  []reporting.Row
	said  map[reporting.Subject]observationRow
}

func (d *desk) owned() service.Owned { return service.Owned{Lead: ledger.UnitID(d.row.Unit)} }

func (d *desk) begun() bool { return d.row.ID != "" }

// filling tells whether the form is with its unit.
func (d *desk) filling() bool {
	return d.row.State == string(reporting.Drafted) || d.row.State == string(reporting.Returned)
}

// deskOf is the form of a unit in a round, whoever asks.
func (s *Service) deskOf(ctx context.Context, round reporting.RoundID, unit ledger.UnitID) (*desk, error) {
	row, err := s.round(ctx, round)
	if err != nil {
		return nil, err
	}
	d := &desk{round: row.round()}
	if d.material, err = s.material(ctx, d.round.Plan); err != nil {
		return nil, err
	}
	err = s.core.Store().View(ctx).NewSelect().Model(&d.row).Where("round = ?", round).Where("unit = ?", unit).Scan(ctx)
	if noRows(err) {
		form := d.form(d.round, unit)
		d.row = s.blank(d.round, unit, form)
		d.row.ID, d.row.Revision = "", 0
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the submission of unit %s in round %s: %w", unit, round, err)
	}
	return d, s.lay(ctx, d)
}

// deskBy is the form of a submission, whoever asks.
func (s *Service) deskBy(ctx context.Context, id reporting.SubmissionID) (*desk, error) {
	d := &desk{}
	err := s.core.Store().View(ctx).NewSelect().Model(&d.row).Where("id = ?", id).Scan(ctx)
	if noRows(err) {
		return nil, &store.NotFound{Kind: SubmissionKind, ID: string(id)}
	}
	if err != nil {
		return nil, fmt.Errorf("reading submission %s: %w", id, err)
	}
	row, err := s.round(ctx, reporting.RoundID(d.row.Round))
	if err != nil {
		return nil, err
	}
	d.round = row.round()
	if d.material, err = s.material(ctx, d.round.Plan); err != nil {
		return nil, err
	}
	return d, s.lay(ctx, d)
}

// lay puts the rows of a form on the desk: as they are asked now while it is being filled, as they were asked once it
// was sent in.
func (s *Service) lay(ctx context.Context, d *desk) error {
	if d.filling() {
		d.rows = d.form(d.round, ledger.UnitID(d.row.Unit)).Rows
	} else if err := json.Unmarshal([]byte(d.row.Form), &d.rows); err != nil {
		return fmt.Errorf("reading the form of submission %s: %w", d.row.ID, err)
	}
	d.said = map[reporting.Subject]observationRow{}
	if !d.begun() {
		return nil
	}
	var rows []observationRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("submission = ?", d.row.ID).Order("id").Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading the rows of submission %s: %w", d.row.ID, err)
	}
	for _, row := range rows {
		d.said[subjectOf(row.Subject)] = row
	}
	return nil
}

// asked is the row of the form on a subject.
func (d *desk) asked(subject reporting.Subject) (reporting.Row, bool) {
	for _, row := range d.rows {
		if row.Subject == subject {
			return row, true
		}
	}
	return reporting.Row{}, false
}

// mayRead fails where the caller may not read a submission. The statistics office may, once it is to have its word.
func (s *Service) mayRead(ctx context.Context, d *desk) error {
	filled := reporting.State(d.row.State) != reporting.Drafted && reporting.State(d.row.State) != reporting.Returned
	if d.row.Statistics && filled && s.core.Can(ctx, confirmSubmission, d.statistics()) {
		return nil
	}
	return s.core.Check(ctx, readSubmission, d.owned())
}

// Form is what a unit is asked in a round, with what it has said.
func (s *Service) Form(ctx context.Context, round reporting.RoundID, unit ledger.UnitID) (FormView, error) {
	d, err := s.deskOf(ctx, round, unit)
	if err != nil {
		return FormView{}, err
	}
	return s.view(ctx, d)
}

// Rows are some rows of a form, as Form has them; what is said of a form as a whole, its burden and what may be done with
// it, is left out.
func (s *Service) Rows(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, subjects ...reporting.Subject) (FormView, error) {
	d, err := s.deskOf(ctx, round, unit)
	if err != nil {
		return FormView{}, err
	}
	view, err := s.heading(ctx, d)
	if err != nil || len(subjects) == 0 {
		return view, err
	}
	rows := slices.DeleteFunc(d.listed(), func(row RowView) bool { return !slices.Contains(subjects, row.Subject) })
	if view.Rows, err = s.rowsOf(ctx, d, rows, subjects...); err != nil {
		return view, err
	}
	return view, s.evidenceFor(ctx, &view)
}

// Submission is the form of a submission.
func (s *Service) Submission(ctx context.Context, id reporting.SubmissionID) (FormView, error) {
	d, err := s.deskBy(ctx, id)
	if err != nil {
		return FormView{}, err
	}
	return s.view(ctx, d)
}

// view is a form for the caller.
func (s *Service) view(ctx context.Context, d *desk) (FormView, error) {
	view, err := s.heading(ctx, d)
	if err != nil {
		return view, err
	}
	if view.Rows, err = s.rowsOf(ctx, d, d.listed()); err != nil {
		return view, err
	}
	view.Submission.Warnings = 0
	view.Burden.Unit = view.Submission.Unit
	for _, row := range view.Rows {
		if !row.Gone {
			view.Burden.Count(row.Row, row.Hints)
		}
		view.Submission.Warnings += len(row.Findings)
	}
	if err := s.evidenceFor(ctx, &view); err != nil {
		return view, err
	}
	if view.Case, err = s.caseOf(ctx, d); err != nil {
		return view, err
	}
	who, err := s.cases.Desk(ctx)
	view.Offers = s.offers(who, d, view.Case, view.Rows)
	return view, err
}

// heading is a form without its rows.
func (s *Service) heading(ctx context.Context, d *desk) (FormView, error) {
	view := FormView{
		Submission: d.row.submission(), Round: d.round, Plan: d.plan, UnitName: d.name(ledger.UnitID(d.row.Unit), d.round.Period),
		DaysLeft: s.core.Today().DaysTo(d.round.Due), Returned: d.row.Returned,
	}
	view.Submission.Asked = len(d.rows)
	open := d.filling() && d.round.State != reporting.Planned
	view.MayFill = open && s.core.Can(ctx, fillObservation, d.owned())
	view.MayAttach = open && s.core.Can(ctx, attachEvidence, d.owned())
	return view, s.mayRead(ctx, d)
}

// rowsOf fills in what was said in rows on a desk and what is to be known of them.
func (s *Service) rowsOf(ctx context.Context, d *desk, rows []RowView, subjects ...reporting.Subject) ([]RowView, error) {
	around, err := s.contextOf(ctx, d, subjects...)
	if err != nil {
		return nil, err
	}
	shown := make([]RowView, len(rows))
	for i, row := range rows {
		if shown[i], err = around.view(row); err != nil {
			return nil, err
		}
	}
	return shown, nil
}

// listed are the rows of the form, and behind them those of which something was said and that are asked no more.
func (d *desk) listed() []RowView {
	var rows []RowView
	for _, row := range d.rows {
		rows = append(rows, RowView{Row: row})
	}
	for subject, said := range d.said {
		if _, asked := d.asked(subject); asked {
			continue
		}
		if o, err := said.observation(); err == nil && !o.IsEmpty() {
			rows = append(rows, RowView{Row: reporting.Row{Subject: subject, Title: d.title(subject)}, Gone: true})
		}
	}
	return rows
}

// title is what a subject is called that is in no form.
func (m *material) title(subject reporting.Subject) string {
	if i, known := m.indicators[ledger.IndicatorID(subject.ID)]; known && subject.Kind == reporting.OfIndicator {
		return i.Name
	}
	m.titles.once.Do(m.entitle)
	if title, known := m.titles.of[subject.ID]; known {
		return title
	}
	return subject.String()
}

// entitle notes what projects and commitments are called, by their identifiers.
func (m *material) entitle() {
	m.titles.of = map[string]string{}
	for _, projects := range m.parts.projects {
		for _, p := range projects {
			m.titles.of[string(p.ID)] = p.Name
		}
	}
	for _, commitments := range m.parts.commitments {
		for _, c := range commitments {
			m.titles.of[string(c.ID)] = c.Title
		}
	}
}
