package reporting

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Figure is a locked figure with what is derived from it: what totals, lights and reports read.
type Figure struct {
	Plan        ledger.PlanID          `json:"plan"`
	Subject     reporting.Subject      `json:"subject"`
	Unit        ledger.UnitID          `json:"unit"`
	Submission  reporting.SubmissionID `json:"submission"`
	Point       reporting.Point        `json:"point"`
	Observation reporting.Observation  `json:"observation"` // as it stands after corrections
}

// FigureFilter narrows figures. What is empty narrows nothing.
type FigureFilter struct {
	Subjects []reporting.Subject
	Units    []ledger.UnitID
	Upto     reporting.Period // those that end no later
	Period   reporting.Period // those of one period
	bare     bool             // without what was said, for who needs the points alone
}

// figureColumns is where lists of figures find whose they are.
var figureColumns = access.Columns{Unit: "figures.unit"}

// Figures are the locked figures of a plan that the caller may see, by subject, unit and period.
func (s *Service) Figures(ctx context.Context, plan ledger.PlanID, filter FigureFilter) ([]Figure, error) {
	scope, err := s.core.Scope(ctx, readObservation, figureColumns)
	if err != nil {
		return nil, err
	}
	return s.figures(ctx, plan, filter, scope)
}

// FigurePage is a part of the figures of a plan.
type FigurePage struct {
	Figures []Figure
	Next    string // behind which the next part begins; empty at the end
}

// FigurePage is a part of the locked figures of a plan that the caller may see, by subject, unit and period. Of the page
// limit and place count; figures have one order. A unit that took over from others goes on with what those said.
func (s *Service) FigurePage(ctx context.Context, plan ledger.PlanID, filter FigureFilter, page store.Page) (FigurePage, error) {
	var part FigurePage
	scope, err := s.core.Scope(ctx, readObservation, figureColumns)
	if err != nil {
		return part, err
	}
	var rows []figureRow
	query := scope(s.figureQuery(ctx, &rows, plan, filter)).Order("subject", "unit", "period").Limit(int64(page.Limit) + 1)
	if page.After != "" {
		place := strings.Fields(page.After)
		if len(place) != 3 {
			return part, fault("page.place")
		}
		query = query.Where("(subject, unit, period) > (?, ?, ?)", place[0], place[1], place[2])
	}
	if err := query.Scan(ctx); err != nil {
		return part, fmt.Errorf("reading figures of plan %s: %w", plan, err)
	}
	if len(rows) > page.Limit {
		rows = rows[:page.Limit]
		last := rows[page.Limit-1]
		part.Next = strings.Join([]string{last.Subject, last.Unit, last.Period}, " ")
	}
	if part.Figures, err = figuresIn(rows); err != nil || len(rows) == 0 {
		return part, err
	}
	m, err := s.material(ctx, plan)
	if err != nil {
		return part, err
	}
	return part, s.goingOn(ctx, m, part.Figures)
}

// figures are locked figures within a scope.
func (s *Service) figures(ctx context.Context, plan ledger.PlanID, filter FigureFilter, scope func(*bun.SelectQuery) *bun.SelectQuery) ([]Figure, error) {
	var rows []figureRow
	if err := scope(s.figureQuery(ctx, &rows, plan, filter)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the figures of plan %s: %w", plan, err)
	}
	// Ordered here: for the sake of an order SQLite reads all figures of a plan along the one index that has it.
	slices.SortFunc(rows, func(a, b figureRow) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Ends, b.Ends), cmp.Compare(a.Period, b.Period))
	})
	return figuresIn(rows)
}

// figureQuery asks for figures of a plan.
func (s *Service) figureQuery(ctx context.Context, rows *[]figureRow, plan ledger.PlanID, filter FigureFilter) *bun.SelectQuery {
	query := s.core.Store().View(ctx).NewSelect().Model(rows).Where("plan = ?", plan)
	if filter.bare {
		query = query.Column("plan", "subject", "unit", "submission", "point", "ends", "period")
	}
	if len(filter.Subjects) > 0 {
		subjects := make([]string, len(filter.Subjects))
		for i, subject := range filter.Subjects {
			subjects[i] = subject.String()
		}
		query = query.Where("subject IN (?)", bun.List(subjects))
	}
	if len(filter.Units) > 0 {
		query = query.Where("unit IN (?)", bun.List(filter.Units))
	}
	if !filter.Upto.IsZero() {
		query = query.Where("ends <= ?", filter.Upto.Span().To.String())
	}
	if !filter.Period.IsZero() {
		query = query.Where("period = ?", filter.Period.Key())
		if len(filter.Subjects) == 0 || len(filter.Units) == 0 { // otherwise all of the key is known
			// By its end figures are found, whatever the databases know of how many there are.
			query = query.Where("ends = ?", filter.Period.Span().To.String())
		}
	}
	return query
}

// figuresIn are the figures of rows.
func figuresIn(rows []figureRow) ([]Figure, error) {
	figures := make([]Figure, len(rows))
	for i, row := range rows {
		figure, err := row.figure()
		if err != nil {
			return nil, err
		}
		figures[i] = figure
	}
	return figures, nil
}

func (r figureRow) figure() (Figure, error) {
	f := Figure{
		Plan: ledger.PlanID(r.Plan), Subject: subjectOf(r.Subject), Unit: ledger.UnitID(r.Unit), Submission: reporting.SubmissionID(r.Submission),
	}
	if err := json.Unmarshal([]byte(r.Point), &f.Point); err != nil {
		return f, fmt.Errorf("reading a figure on %s: %w", r.Subject, err)
	}
	if r.Body == "" {
		return f, nil
	}
	if err := json.Unmarshal([]byte(r.Body), &f.Observation); err != nil {
		return f, fmt.Errorf("reading a figure on %s: %w", r.Subject, err)
	}
	return f, nil
}

func rowOfFigure(f Figure) figureRow {
	return figureRow{
		Plan: string(f.Plan), Subject: f.Subject.String(), Unit: string(f.Unit), Period: f.Point.Period.Key(),
		Ends: f.Point.Period.Span().To.String(), Submission: string(f.Submission), OfPeriod: f.Point.OfPeriod.String(),
		Cumulative: f.Point.Cumulative.String(), Corrected: f.Point.Corrected, Point: written(f.Point), Body: written(f.Observation),
	}
}

// figuresOf are the figures that a history of locked remarks makes of the periods that do not end before a day.
func figuresOf(plan ledger.PlanID, h history, from calendar.Date) []Figure {
	var all []Figure
	for _, remarks := range h {
		derived := points(remarks)
		// Points come in time, as remarks do; of one period and lane there is more than one only of different units.
		taken := make([]bool, len(remarks))
		for _, point := range derived {
			if point.Period.Span().To.Before(from) {
				continue
			}
			for i := range remarks {
				r := &remarks[i]
				if r.Stated.Observation != point.Observation || r.Period != point.Period {
					continue
				}
				if !taken[i] {
					taken[i] = true
					all = append(all, Figure{
						Plan: plan, Subject: r.Observation.Subject, Unit: r.Unit, Submission: r.Submission, Point: point, Observation: r.Observation,
					})
				}
				break
			}
		}
	}
	slices.SortFunc(all, inOrder)
	return all
}

// inOrder orders figures by subject, unit and period.
func inOrder(a, b Figure) int {
	if a.Subject != b.Subject {
		return cmp.Compare(a.Subject.String(), b.Subject.String())
	}
	p, q := a.Point.Period, b.Point.Period
	return cmp.Or(cmp.Compare(a.Unit, b.Unit), q.Span().To.DaysTo(p.Span().To), cmp.Compare(p.Key(), q.Key()))
}

// Recompute is the figures of a plan computed from what was said and corrected alone: what has to stand in the table.
func (s *Service) Recompute(ctx context.Context, plan ledger.PlanID) ([]Figure, error) {
	if err := s.checkPlan(ctx, readObservation, plan); err != nil {
		return nil, err
	}
	h, err := s.history(ctx, span{plan: plan, locked: true})
	if err != nil {
		return nil, err
	}
	return figuresOf(plan, h, calendar.Date{}), nil
}

// lock makes figures of the submission on a desk, and derives those of later periods anew. What it says was reached is
// reached from now on.
func (s *Service) lock(ctx context.Context, w *service.Work, d *desk, detail *told) error {
	if err := s.write(ctx, w.Tx(), d); err != nil {
		return err
	}
	if err := s.reach(ctx, w, d); err != nil {
		return err
	}
	var subjects []reporting.Subject
	for subject := range d.said {
		subjects = append(subjects, subject)
	}
	if len(subjects) == 0 {
		return nil
	}
	changed, err := s.derive(ctx, w, span{
		plan: d.round.Plan, unit: ledger.UnitID(d.row.Unit), subjects: subjects, from: d.round.Period.Span().To,
	})
	detail.Figures = map[string]reporting.Point{}
	for _, f := range changed {
		if f.after.Submission == reporting.SubmissionID(d.row.ID) {
			detail.Figures[f.after.Subject.String()] = f.after.Point
		}
	}
	return err
}

// change is a figure before and after.
type change struct {
	before *reporting.Point
	after  Figure
}

// derive computes the lanes of some subjects anew and writes the figures that differ.
func (s *Service) derive(ctx context.Context, w *service.Work, of span) ([]change, error) {
	of.locked = true
	h, err := s.history(ctx, of)
	if err != nil {
		return nil, err
	}
	if !h.uniform() {
		of.from = calendar.Date{}
	}
	stand, err := s.standingFigures(ctx, w.Tx(), of)
	if err != nil {
		return nil, err
	}
	var changes []change
	var rows []figureRow
	for _, f := range figuresOf(of.plan, h, of.from) {
		row := rowOfFigure(f)
		was, there := stand[figureKey{row.Subject, row.Unit, row.Period}]
		if there && was.Point == row.Point && was.Body == row.Body && was.Submission == row.Submission {
			continue
		}
		c := change{after: f}
		if there {
			before, err := was.figure()
			if err != nil {
				return nil, err
			}
			c.before = &before.Point
		}
		changes, rows = append(changes, c), append(rows, row)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	query := w.Tx().NewInsert().Model(&rows).On("CONFLICT (plan, subject, unit, period) DO UPDATE")
	for _, column := range []string{"submission", "of_period", "cumulative", "corrected", "point", "body"} {
		query = query.Set("? = excluded.?", bun.Ident(column), bun.Ident(column))
	}
	if _, err := query.Exec(ctx); err != nil {
		return nil, fmt.Errorf("writing figures: %w", err)
	}
	return changes, nil
}

// standingFigures are the figures of some lanes as they stand.
func (s *Service) standingFigures(ctx context.Context, tx bun.Tx, of span) (map[figureKey]figureRow, error) {
	stand := map[figureKey]figureRow{}
	texts := make([]string, len(of.subjects))
	for i, subject := range of.subjects {
		texts[i] = subject.String()
	}
	for part := range slices.Chunk(texts, atOnce) {
		var rows []figureRow
		err := tx.NewSelect().Model(&rows).Where("plan = ?", of.plan).Where("subject IN (?)", bun.List(part)).Where("ends >= ?", of.from.String()).
			Where("(unit = ? OR subject NOT LIKE 'indicator:%')", of.unit).Scan(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading figures: %w", err)
		}
		for _, row := range rows {
			stand[figureKey{row.Subject, row.Unit, row.Period}] = row
		}
	}
	return stand, nil
}
