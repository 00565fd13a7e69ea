package reporting

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/service/reporting/sheet"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// FromSheet is what came of a file with figures.
type FromSheet struct {
	// Imported tells whether its rows stand in the form; either all of them do or none.
	Imported bool
	Saved    Saved
	// Problems are what stands against it, each with its cell. Where the rows were imported they are warnings.
	Problems []sheet.Problem
	// Marked is the workbook with the problems marked; nil where there are none, and for tables of other make.
	Marked []byte
	// Table is the table of other make as it was read.
	Table sheet.Table
}

// WriteSheet writes the form of a unit as a workbook to be filled, in a language: "zh" or "en". The name is what the
// file is to be called.
func (s *Service) WriteSheet(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang string, w io.Writer) (name string, err error) {
	template, err := s.template(ctx, round, unit, lang)
	if err != nil {
		return "", err
	}
	return template.FileName(), template.Write(w)
}

// FillFromSheet fills the form of a unit from its workbook. Where anything in it is wrong nothing is filled, and the
// workbook comes back with that marked.
func (s *Service) FillFromSheet(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte) (FromSheet, error) {
	template, err := s.importing(ctx, round, unit, lang)
	if err != nil {
		return FromSheet{}, err
	}
	filled, err := template.Read(shortened(name), data)
	if err != nil {
		return FromSheet{}, err
	}
	result := FromSheet{Problems: filled.Problems}
	if len(result.Problems) == 0 {
		if result, err = s.fillAll(ctx, template, filled.Rows); err != nil {
			return FromSheet{}, err
		}
	}
	if len(result.Problems) == 0 {
		return result, nil
	}
	if result.Imported {
		// The form as it stands now, so that it can be filled on.
		if template, err = s.template(ctx, round, unit, lang); err != nil {
			return FromSheet{}, err
		}
		filled = sheet.Filled{}
	}
	result.Problems = template.Located(result.Problems)
	var marked bytes.Buffer
	if err := template.Mark(&marked, filled, result.Problems); err != nil {
		return FromSheet{}, err
	}
	result.Marked = marked.Bytes()
	return result, nil
}

// PreviewTable shows what a table of other make would fill, with its columns taken as a mapping says, and what the checks
// find in that. Nothing is kept. Where the column that names the rows is not found, the columns come with the error.
func (s *Service) PreviewTable(
	ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte, mapping sheet.Mapping,
) (sheet.Table, error) {
	template, err := s.importing(ctx, round, unit, lang)
	if err != nil {
		return sheet.Table{}, err
	}
	return s.readTable(ctx, template, shortened(name), data, mapping)
}

// readTable reads a table of other make and holds its rows against the checks.
func (s *Service) readTable(
	ctx context.Context, template sheet.Template, name string, data []byte, mapping sheet.Mapping,
) (sheet.Table, error) {
	table, err := template.ReadTable(name, data, mapping)
	if refused := (*service.Fault)(nil); errors.As(err, &refused) && refused.Code == "table.headings" {
		columns, unread := template.Columns(name, data, mapping)
		return sheet.Table{Columns: columns}, cmp.Or(unread, err)
	}
	if err != nil {
		return table, err
	}
	d, err := s.deskOf(ctx, template.Round, template.Unit)
	if err != nil {
		return table, err
	}
	around, err := s.contextOf(ctx, d)
	if err != nil {
		return table, err
	}
	for i, row := range table.Rows {
		if asked, known := d.asked(row.Subject); known && row.Sound() {
			for _, f := range reporting.Check(asked, row.Observation, around.known(asked)).Stopping(row.Observation) {
				problem := sheet.ProblemOf(f)
				problem.Title = row.Title
				table.Rows[i].Problems = append(table.Rows[i].Problems, problem)
			}
		}
	}
	return table, nil
}

// FillFromTable fills the form of a unit from a table of other make: all of its rows that are the unit's or none; with
// soundOnly those without errors.
func (s *Service) FillFromTable(
	ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte, mapping sheet.Mapping, soundOnly bool,
) (FromSheet, error) {
	template, err := s.importing(ctx, round, unit, lang)
	if err != nil {
		return FromSheet{}, err
	}
	table, err := s.readTable(ctx, template, shortened(name), data, mapping)
	if err != nil {
		return FromSheet{}, err
	}
	if faulty := table.Faulty(); len(faulty) > 0 && !soundOnly {
		return FromSheet{Table: table, Problems: problemsOf(faulty)}, nil
	}
	result, err := s.fillAll(ctx, template, table.Sound())
	result.Table = table
	return result, err
}

// shortened is the name of a file as a row can name it as its source.
func shortened(name string) string {
	if long := []rune(name); len(long) > evidence.LongestName {
		return string(long[len(long)-evidence.LongestName:])
	}
	return name
}

func problemsOf(rows []sheet.TableRow) []sheet.Problem {
	var all []sheet.Problem
	for _, r := range rows {
		all = append(all, r.Problems...)
	}
	return all
}

// importing is the template of a form that the caller may fill from a file. It is asked before the file is looked at.
func (s *Service) importing(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang string) (sheet.Template, error) {
	if err := s.core.Check(ctx, importObservation, service.Owned{Lead: unit}); err != nil {
		return sheet.Template{}, err
	}
	return s.template(ctx, round, unit, lang)
}

// errKeptOut undoes what was saved of a file that is not to come in.
var errKeptOut = errors.New("reporting: the file has errors")

// fillAll saves rows, all of them or none: not where one of them was changed by somebody else meanwhile, and not where
// the checks find an error. Warnings let them in.
func (s *Service) fillAll(ctx context.Context, template sheet.Template, rows []sheet.Said) (FromSheet, error) {
	if len(rows) == 0 {
		return FromSheet{Imported: true}, nil
	}
	filling := Filling{Round: template.Round, Unit: template.Unit, Import: true, Token: service.CallerOf(ctx).Token}
	for _, r := range rows {
		filling.Rows = append(filling.Rows, Filled{Observation: r.Observation, Seen: r.Seen})
	}
	var result FromSheet
	err := s.core.Store().Within(ctx, func(ctx context.Context, _ bun.Tx) error {
		saved, err := s.Save(ctx, filling)
		if err != nil {
			return err
		}
		result = FromSheet{Imported: true, Saved: saved, Problems: against(template, saved, rows)}
		if slices.ContainsFunc(result.Problems, func(p sheet.Problem) bool { return !p.Warning }) {
			return errKeptOut
		}
		return nil
	})
	if errors.Is(err, errKeptOut) {
		result.Imported, result.Saved = false, Saved{}
		return result, nil
	}
	return result, err
}

// against is what stands against rows that were saved from a file.
func against(template sheet.Template, saved Saved, rows []sheet.Said) []sheet.Problem {
	var problems []sheet.Problem
	for _, c := range saved.Conflicts {
		now := sheet.Row{Now: c.Theirs}
		for _, r := range template.Rows {
			if r.Subject == c.Subject {
				now.Row = r.Row
			}
		}
		problems = append(problems, template.Changed(now, c.At.In(service.Zone()).Format("2006-01-02 15:04")))
	}
	for _, r := range saved.Rows {
		if !slices.ContainsFunc(rows, func(s sheet.Said) bool { return s.Observation.Subject == r.Subject }) {
			continue
		}
		for _, f := range r.Findings.Stopping(r.Observation) {
			problems = append(problems, sheet.ProblemOf(f))
		}
	}
	return problems
}

// template is the form of a unit as a workbook shows it.
func (s *Service) template(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang string) (sheet.Template, error) {
	view, err := s.Form(ctx, round, unit)
	if err != nil {
		return sheet.Template{}, err
	}
	t := sheet.Template{
		Lang: lang, Plan: view.Plan.Title, Round: round, Period: view.Round.Period, Due: view.Round.Due, Unit: unit, Name: view.UnitName,
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return t, err
	}
	for _, u := range tree.Units() {
		if tree.Exists(u.ID, s.core.Today()) {
			t.Units = append(t.Units, sheet.Unit{ID: u.ID, Name: tree.Name(u.ID, s.core.Today())})
		}
	}
	for _, r := range view.Rows {
		if !r.Gone {
			t.Rows = append(t.Rows, rowOf(r, lang))
		}
	}
	return t, nil
}

// rowOf is a row as a workbook shows it.
func rowOf(r RowView, lang string) sheet.Row {
	row := sheet.Row{Row: r.Row, Now: r.Observation, Revision: r.Revision, Offered: r.Offered, Target: sheet.Target(r.Row, lang)}
	row.Basis = reporting.Cumulative
	for _, p := range r.Earlier {
		if p.Cumulative.Known() {
			row.Last = p.Cumulative
		}
		if p.Given != "" {
			row.Basis = p.Given
		}
	}
	if r.Terms.Aggregation == ledger.AsLatest { // a stock is the same in both views
		row.Basis, row.Fixed = reporting.Cumulative, true
	}
	return row
}
