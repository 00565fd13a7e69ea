package reporting

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Filling is rows that somebody fills.
type Filling struct {
	Round  reporting.RoundID
	Unit   ledger.UnitID
	Rows   []Filled
	Import bool   // they come out of a file or from another system
	Token  string // the token by which another system delivers; what it was not granted is refused
}

// Filled is what is to stand in a row, and the revision of the row that was seen: 0 where nothing was said.
type Filled struct {
	reporting.Observation
	Seen int64
	// Over puts it there whatever was seen: the choice of somebody who saw both sides of a conflict.
	Over bool
}

// Saved is what came of saving rows: those without a conflict are saved.
type Saved struct {
	Submission Submission
	Rows       []RowView
	Conflicts  []RowConflict
}

// RowConflict is a row that somebody else has filled since it was read. Nothing of it was saved.
type RowConflict struct {
	Subject  reporting.Subject
	Mine     reporting.Observation // what was to be saved
	Theirs   reporting.Observation // what stands there
	Revision int64                 // of what stands there
	By       ledger.AccountID
	At       time.Time
}

// subjects are what rows are filled on, and those of which nothing is said.
func (f Filling) subjects() (all, blank []reporting.Subject) {
	all = make([]reporting.Subject, len(f.Rows))
	for i, filled := range f.Rows {
		all[i] = filled.Subject
		if filled.Observation.IsEmpty() {
			blank = append(blank, filled.Subject)
		}
	}
	return all, blank
}

func (f Filling) action() access.Action {
	if f.Import {
		return importObservation
	}
	return fillObservation
}

// Save saves rows of a form that is a draft or was returned. A row that somebody else has changed since it was seen is
// left as it is, and both are handed back; the others are saved. Faults that the checks find are no obstacle: they stop
// the form from being sent in, not from being written down.
func (s *Service) Save(ctx context.Context, filling Filling) (Saved, error) {
	var saved Saved
	ctx, err := s.warm(ctx, filling.Round)
	if err != nil {
		return saved, err
	}
	subjects, blank := filling.subjects()
	if ctx, err = s.ahead(ctx, filling.Round, filling.Unit, subjects, blank); err != nil {
		return saved, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		saved = Saved{}
		d, err := s.openDesk(ctx, w, filling)
		if err != nil {
			return err
		}
		if err := s.granted(ctx, d, filling); err != nil {
			return err
		}
		changed, before, err := s.put(d, filling, &saved)
		if err != nil {
			return err
		}
		if len(changed) == 0 {
			saved.Rows, err = s.shown(ctx, d, filling, saved.Conflicts)
			return errors.Join(err, errUnchanged)
		}
		s.signed(ctx, changed)
		for _, row := range changed {
			d.said[subjectOf(row.Subject)] = row
		}
		if saved.Rows, err = s.shown(ctx, d, filling, saved.Conflicts); err != nil {
			return err
		}
		d.note(changed, saved.Rows)
		if err := upsert(ctx, w.Tx(), changed); err != nil {
			return err
		}
		if err := s.count(ctx, w.Tx(), d); err != nil {
			return err
		}
		saved.Submission = d.row.submission()
		w.Record(filling.action(), SubmissionKind, d.row.ID, listed(before), listed(bodies(changed)), nil)
		return nil
	})
	if errors.Is(err, errUnchanged) {
		err = nil
		if d, lost := s.deskOf(ctx, filling.Round, filling.Unit); lost == nil {
			saved.Submission = d.row.submission()
		}
	}
	return saved, err
}

// errUnchanged ends a change in which nothing is to be changed.
var errUnchanged = errors.New("reporting: nothing was changed")

// warm reads what the forms of a round are made of before a transaction needs it, once for all of the use case.
func (s *Service) warm(ctx context.Context, round reporting.RoundID) (context.Context, error) {
	row, err := s.round(ctx, round)
	if err != nil || s.core.Store().Inside(ctx) {
		return ctx, err
	}
	ctx = once(ctx)
	_, err = s.material(ctx, ledger.PlanID(row.Plan))
	return ctx, err
}

// openDesk is the form of a unit that the caller may fill now, held until the end of the transaction.
func (s *Service) openDesk(ctx context.Context, w *service.Work, filling Filling) (*desk, error) {
	if err := w.AllowFor(ctx, filling.action(), service.Owned{Lead: filling.Unit}); err != nil {
		return nil, err
	}
	if err := s.holdForm(ctx, w.Tx(), filling); err != nil {
		return nil, err
	}
	d, err := s.deskOf(ctx, filling.Round, filling.Unit)
	if err != nil {
		return nil, err
	}
	if d.round.State == reporting.Planned {
		return nil, fault("round.not_open", said(d.round.Opens.String()))
	}
	if !d.begun() {
		if d, err = s.beginForm(ctx, w, d, filling); err != nil {
			return nil, err
		}
	}
	if !d.filling() {
		return nil, fault("submission.settled", reporting.State(d.row.State).Label())
	}
	return d, nil
}

// holdForm lets the form of a unit stay as it is until the end of the transaction, if there is one yet.
func (s *Service) holdForm(ctx context.Context, tx bun.Tx, filling Filling) error {
	if s.core.Store().Dialect() != store.Postgres {
		return nil
	}
	var found string
	err := tx.NewSelect().Table("submissions").Column("id").Where("round = ?", filling.Round).Where("unit = ?", filling.Unit).
		For("UPDATE").Scan(ctx, &found)
	if err != nil && !noRows(err) {
		return fmt.Errorf("holding the form of unit %s: %w", filling.Unit, err)
	}
	return nil
}

// beginForm gives a unit a form that was given something to report since the round was opened.
func (s *Service) beginForm(ctx context.Context, w *service.Work, d *desk, filling Filling) (*desk, error) {
	if len(d.rows) == 0 {
		return nil, fault("form.nothing")
	}
	if _, err := s.handOut(ctx, w.Tx(), d.material, d.round); err != nil {
		return nil, err
	}
	if err := s.holdForm(ctx, w.Tx(), filling); err != nil {
		return nil, err
	}
	return s.deskOf(ctx, filling.Round, filling.Unit)
}

// put puts what was filled on the desk, and tells which rows that changes and what stood in them.
func (s *Service) put(d *desk, filling Filling, saved *Saved) ([]observationRow, map[string]reporting.Observation, error) {
	var changed []observationRow
	before := map[string]reporting.Observation{}
	seen := map[reporting.Subject]bool{}
	for _, filled := range filling.Rows {
		asked, known := d.asked(filled.Subject)
		if !known {
			return nil, nil, fault("form.row", said(d.title(filled.Subject)))
		}
		if seen[filled.Subject] {
			return nil, nil, fault("form.twice", said(asked.Title))
		}
		seen[filled.Subject] = true
		mine, err := tidied(asked, filled.Observation)
		if err != nil {
			return nil, nil, err
		}
		there := d.said[filled.Subject]
		theirs, err := standing(there, filled.Subject)
		if err != nil {
			return nil, nil, err
		}
		if written(mine) == written(theirs) {
			continue
		}
		if there.Revision != filled.Seen && !filled.Over {
			saved.Conflicts = append(saved.Conflicts, RowConflict{
				Subject: filled.Subject, Mine: mine, Theirs: theirs, Revision: there.Revision,
				By: ledger.AccountID(there.Account), At: store.TimeOf(there.AtTime),
			})
			continue
		}
		if there.ID == "" {
			there.ID, there.Submission, there.Subject = store.NewID[string](s.core.Store()), d.row.ID, filled.Subject.String()
		} else {
			before[there.Subject] = theirs
		}
		there.Revision++
		there.Terms, there.Body = written(asked.Terms), written(mine)
		changed, d.said[filled.Subject] = append(changed, there), there
	}
	return changed, before, nil
}

// standing is what stands in a row; an empty observation where nothing does.
func standing(row observationRow, subject reporting.Subject) (reporting.Observation, error) {
	if row.ID == "" {
		return reporting.Observation{Subject: subject}, nil
	}
	return row.observation()
}

// signed are rows with who filled them and when.
func (s *Service) signed(ctx context.Context, rows []observationRow) {
	caller := service.CallerOf(ctx)
	for i := range rows {
		rows[i].Account, rows[i].AtTime = string(caller.Account()), s.core.Store().NowText()
	}
}

// note keeps with rows that were filled how much the checks have found in them.
func (d *desk) note(changed []observationRow, shown []RowView) {
	found := map[string]int{}
	for _, row := range shown {
		found[row.Subject.String()] = len(row.Findings)
	}
	for i := range changed {
		changed[i].Warnings = found[changed[i].Subject]
		d.said[subjectOf(changed[i].Subject)] = changed[i]
	}
}

// upsert writes rows, new ones and old.
func upsert(ctx context.Context, tx bun.Tx, rows []observationRow) error {
	_, err := tx.NewInsert().Model(&rows).On("CONFLICT (id) DO UPDATE").Set("revision = excluded.revision").
		Set("account = excluded.account").Set("at_time = excluded.at_time").Set("terms = excluded.terms").
		Set("body = excluded.body").Set("warnings = excluded.warnings").Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing rows: %w", err)
	}
	return nil
}

// shown are the rows that were filled, as they are now. What others hold is offered for those alone that were left blank.
func (s *Service) shown(ctx context.Context, d *desk, filling Filling, conflicts []RowConflict) ([]RowView, error) {
	var subjects, blank []reporting.Subject
	for _, filled := range filling.Rows {
		if slices.ContainsFunc(conflicts, func(c RowConflict) bool { return c.Subject == filled.Subject }) {
			continue
		}
		subjects = append(subjects, filled.Subject)
		if filled.Observation.IsEmpty() {
			blank = append(blank, filled.Subject)
		}
	}
	if len(subjects) == 0 {
		return nil, nil
	}
	around, err := s.surroundings(ctx, d, subjects, blank)
	if err != nil {
		return nil, err
	}
	rows := make([]RowView, len(subjects))
	for i, subject := range subjects {
		asked, _ := d.asked(subject)
		if rows[i], err = around.view(RowView{Row: asked}); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// count writes how much of a form is filled, and how much the checks have found in it.
func (s *Service) count(ctx context.Context, tx bun.Tx, d *desk) error {
	d.row.Asked, d.row.Statistics = len(d.rows), needsStatistics(d.rows)
	d.row.Filled, d.row.Warnings = 0, 0
	for _, row := range d.rows {
		o, err := standing(d.said[row.Subject], row.Subject)
		if err != nil {
			return err
		}
		if row.Filled(o) {
			d.row.Filled++
		}
		d.row.Warnings += d.said[row.Subject].Warnings
	}
	return s.write(ctx, tx, d)
}

// write writes the submission on a desk.
func (s *Service) write(ctx context.Context, tx bun.Tx, d *desk) error {
	d.row.Revision++
	d.row.Updated = s.core.Store().NowText()
	if _, err := tx.NewUpdate().Model(&d.row).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("writing submission %s: %w", d.row.ID, err)
	}
	return nil
}

// Bounds of what is written in a row.
const (
	longestText   = 4000
	mostNodes     = 200
	mostObstacles = 50
	longestSource = 200
)

// sourceField is where a figure came from, as pages call it.
var sourceField = ledger.Wording{ZH: "来源", EN: "source"}

// tidied is an observation as it is kept: texts without blanks at their ends, in bounds, with words that are known.
func tidied(row reporting.Row, o reporting.Observation) (reporting.Observation, error) {
	o.Subject = row.Subject
	o.Obstacles = slices.Clone(o.Obstacles)
	texts := map[reporting.Field]*string{
		reporting.FieldNote: &o.Note, reporting.FieldReason: &o.Reason, reporting.FieldOverride: &o.Override,
	}
	for i := range o.Obstacles {
		o.Obstacles[i].Text = strings.TrimSpace(o.Obstacles[i].Text)
		if utf8.RuneCountInString(o.Obstacles[i].Text) > longestText {
			return o, fault("form.field", said(row.Title), reporting.FieldObstacles.Label(), number(longestText))
		}
	}
	o.Obstacles = slices.DeleteFunc(o.Obstacles, func(b reporting.Obstacle) bool { return b.Text == "" })
	for field, text := range texts {
		*text = strings.TrimSpace(*text)
		if utf8.RuneCountInString(*text) > longestText {
			return o, fault("form.field", said(row.Title), field.Label(), number(longestText))
		}
	}
	switch {
	case len(o.Obstacles) > mostObstacles || len(o.Nodes) > mostNodes:
		return o, fault("form.field", said(row.Title), reporting.FieldObstacles.Label(), number(mostObstacles))
	case o.Said != "" && !slices.Contains(reporting.SaidAll(), o.Said):
		return o, fault("form.word", said(row.Title), said(string(o.Said)))
	case o.Given != "" && o.Given != reporting.OfPeriod && o.Given != reporting.Cumulative:
		return o, fault("form.word", said(row.Title), said(string(o.Given)))
	case utf8.RuneCountInString(o.Source) > longestSource:
		return o, fault("form.field", said(row.Title), sourceField, number(longestSource))
	}
	if len(o.Obstacles) == 0 {
		o.Obstacles = nil
	}
	if len(o.Nodes) == 0 {
		o.Nodes = nil
	}
	return o, nil
}

// bodies are rows by their subjects, as the log keeps them.
func bodies(rows []observationRow) map[string]reporting.Observation {
	found := map[string]reporting.Observation{}
	for _, row := range rows {
		if o, err := row.observation(); err == nil {
			found[row.Subject] = o
		}
	}
	return found
}

// listed is what the log keeps of rows, nothing where there are none.
func listed[T any](rows map[string]T) any {
	if len(rows) == 0 {
		return nil
	}
	return rows
}
