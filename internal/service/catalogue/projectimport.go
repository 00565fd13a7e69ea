package catalogue

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/store"
	"luoshi/ledger"
)

//go:embed projectcolumns.txt
var projectFieldLines string

var projectFields = sync.OnceValue(func() []table.Field { return table.ParseFields(projectFieldLines) })

//go:embed projectwords.txt
var projectWordLines string

// projectWords are what tables call categories and stages: “category.industry” → its words.
var projectWords = sync.OnceValue(func() []table.Field { return table.ParseFields(projectWordLines) })

// projectImport is the kind of tables of projects.
const projectImport = "projects"

// PrepareProjects reads a table of projects for a plan and puts it aside. PreviewProjects shows it, and
// ImportProjects brings it in.
func (s *Service) PrepareProjects(ctx context.Context, plan ledger.PlanID, name string, data []byte) (string, error) {
	if !s.May(ctx, "project.create") {
		return "", s.Check(ctx, "project.create", service.Owned{})
	}
	t, err := table.Read(name, data, projectFields())
	if err != nil {
		return "", err
	}
	// Whose the projects are is asked for each row; putting a table aside asks whether he adds any at all.
	return s.putAside(ctx, aside{kind: projectImport, action: "project.create", whose: s.ownUnit(ctx), name: name, plan: plan, table: t})
}

// ownUnit is a record of the caller's own unit.
func (s *Service) ownUnit(ctx context.Context) service.Owned {
	if units := unitsOf(service.CallerOf(ctx)); len(units) > 0 {
		return service.Owned{Lead: units[0]}
	}
	return service.Owned{}
}

// PreviewProjects shows a table that was put aside, row by row with what is wrong.
func (s *Service) PreviewProjects(ctx context.Context, id string) (Preview, error) {
	preview, _, err := s.projectPreview(ctx, id)
	return preview, err
}

// ImportProjects brings in a table that was put aside: every row or none; with soundOnly the rows without faults.
func (s *Service) ImportProjects(ctx context.Context, id string, soundOnly bool) (int, error) {
	added := 0
	err := s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		added = 0
		row, _, err := s.kept(ctx, projectImport, id)
		if err != nil {
			return err
		}
		preview, projects, err := s.projectPreview(ctx, id)
		if err != nil {
			return err
		}
		if err := confirmable(preview, soundOnly); err != nil {
			return err
		}
		for i, r := range preview.Rows {
			if !r.Sound() {
				continue
			}
			detail := map[string]any{"file": row.Name, "row": r.Number}
			if _, err := s.addProject(ctx, w, projects[i], detail); err != nil {
				return fmt.Errorf("row %d: %w", r.Number, err)
			}
			added++
		}
		return s.forget(ctx, w, row)
	})
	return added, err
}

func (s *Service) projectPreview(ctx context.Context, id string) (Preview, []ledger.Project, error) {
	row, t, err := s.kept(ctx, projectImport, id)
	if err != nil {
		return Preview{}, nil, err
	}
	reader, err := s.projectReader(ctx, ledger.PlanID(row.Plan), t)
	if err != nil {
		return Preview{}, nil, err
	}
	preview := Preview{ID: row.ID, Name: row.Name, Plan: ledger.PlanID(row.Plan), Unknown: t.Unknown}
	for _, f := range projectFields() {
		if _, there := t.Headings[f.Key]; there {
			preview.Columns = append(preview.Columns, f.Key)
		}
	}
	projects := make([]ledger.Project, len(t.Rows))
	for i, r := range t.Rows {
		shown := ImportRow{Number: r.Number}
		for _, key := range preview.Columns {
			shown.Cells = append(shown.Cells, r.Cells[key])
		}
		projects[i] = reader.read(ctx, r, &shown)
		preview.Rows = append(preview.Rows, shown)
	}
	return preview, projects, nil
}

// projectReader makes projects of rows.
type projectReader struct {
	service  *Service
	plan     ledger.Plan
	headings map[string]string
	tree     *ledger.Tree
	there    projectNames // of projects that are there
	above    projectNames // of sound rows above
}

// projectNames tell projects apart: by their number, or where they have none by their name and lead unit.
type projectNames map[[2]string]bool

func projectName(p ledger.Project) [2]string {
	if p.Number != "" {
		return [2]string{p.Number, ""}
	}
	return [2]string{p.Name, string(p.Lead) + "."}
}

// add remembers a project by its number and by its name, for those that have a number in one place and none in the other.
func (n projectNames) add(p ledger.Project) {
	n[projectName(p)] = true
	p.Number = ""
	n[projectName(p)] = true
}

func (s *Service) projectReader(ctx context.Context, plan ledger.PlanID, t table.Table) (*projectReader, error) {
	record, err := s.Store().Plans().Get(ctx, string(plan))
	if err != nil {
		return nil, err
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		return nil, err
	}
	reader := &projectReader{
		service: s, plan: record.Value, headings: t.Headings, tree: tree, there: projectNames{}, above: projectNames{},
	}
	there, err := service.All(ctx, s.Store().Projects().List, store.InPlan(plan))
	if err != nil {
		return nil, fmt.Errorf("reading the projects of plan %s: %w", plan, err)
	}
	for _, r := range there {
		reader.there.add(r.Value)
	}
	return reader, nil
}

func (r *projectReader) read(ctx context.Context, row table.Row, shown *ImportRow) ledger.Project {
	cell := func(key string) string { return row.Cells[key] }
	p := ledger.Project{
		ID: store.NewID[ledger.ProjectID](r.service.Store()), Plan: r.plan.ID,
		Number: cell("number"), Name: cell("name"), Content: cell("content"),
	}
	p.Place.Address = cell("place")
	p.Category = ledger.ProjectCategory(r.word(shown, "category", cell("category"), row.Group, string(ledger.OtherProject)))
	p.Stage = ledger.Stage(r.word(shown, "stage", cell("stage"), row.Group, string(ledger.Reserve)))
	p.Lead = r.unit(shown, cell("lead"))
	p.Place.Unit = r.unit(shown, cell("street"))
	p.Total = r.money(shown, "total", cell("total"))
	year := ledger.Investment{Year: r.plan.Year, Planned: r.money(shown, "planned", cell("planned")), Done: r.money(shown, "done", cell("done"))}
	if year.Planned.Known() || year.Done.Known() {
		p.Years = []ledger.Investment{year}
	}
	r.dates(shown, &p, cell("start"), cell("completion"))
	if r.there[projectName(p)] {
		shown.Known, shown.Faults = true, nil
		return p
	}
	shown.Problems = p.Validate()
	if r.above[projectName(p)] {
		shown.Faults = append(shown.Faults, fault("import.twice"))
	}
	if !r.service.Can(ctx, "project.create", service.Owned{Lead: p.Lead}) {
		shown.Faults = append(shown.Faults, fault("import.unit"))
	}
	if shown.Sound() {
		r.above.add(p)
	}
	return p
}

func (r *projectReader) dates(shown *ImportRow, p *ledger.Project, start, completion string) {
	// “2025.03—2026.12” in one column is both.
	if from, to, both := strings.Cut(ranged.ReplaceAllString(start, "~"), "~"); both && completion == "" {
		start, completion = from, to
	}
	from, ok := table.Span(start)
	if !ok {
		shown.Faults = append(shown.Faults, fault("import.date", start))
	}
	to, ok := table.Span(completion)
	if !ok {
		shown.Faults = append(shown.Faults, fault("import.date", completion))
	}
	p.Start, p.Completion = from.From, to.To
}

var ranged = regexp.MustCompile(`\s*(?:—+|–|~|～|至)\s*`)

func (r *projectReader) money(shown *ImportRow, key, cell string) ledger.Decimal {
	amount, ok := table.Money(cell, r.headings[key])
	if !ok {
		shown.Faults = append(shown.Faults, fault("import.money", cell))
	}
	return amount
}

// unit is the unit that a cell names; none where it is empty.
func (r *projectReader) unit(shown *ImportRow, cell string) ledger.UnitID {
	if cell == "" {
		return ""
	}
	// The first of several leads; whoever stands behind it is for people to enter.
	first, _, _ := strings.Cut(strings.NewReplacer("，", "、", ",", "、", "；", "、", ";", "、", "\n", "、").Replace(cell), "、")
	id, ok := r.tree.Find(first, r.service.Today())
	if !ok {
		shown.Faults = append(shown.Faults, fault("import.unknown_unit", first))
	}
	return id
}

// word is the category or the stage that a cell means, or the group that the row stands in; otherwise where neither
// says anything.
func (r *projectReader) word(shown *ImportRow, of, cell, group, otherwise string) string {
	if cell != "" {
		if found, ok := meant(of, cell); ok {
			return found
		}
		shown.Faults = append(shown.Faults, fault("import."+of, cell))
		return otherwise
	}
	if found, ok := meant(of, group); ok {
		return found
	}
	return otherwise
}

// meant is which category or stage words mean: the one whose word they hold, the longest where they hold several.
func meant(of, words string) (string, bool) {
	found, longest := "", 0
	for _, f := range projectWords() {
		value, ok := strings.CutPrefix(f.Key, of+".")
		if !ok {
			continue
		}
		for _, name := range f.Names {
			if strings.Contains(words, name) && len(name) > longest {
				found, longest = value, len(name)
			}
		}
	}
	return found, found != ""
}
