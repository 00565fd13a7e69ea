package intake

import (
	"context"
	"fmt"
	"slices"

	"luoshi/document"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/tasktable"
)

// Import is how a document with task tables is to be brought into a plan.
type Import struct {
	Document ledger.Digest
	Plan     ledger.PlanID     // of a draft; empty where a plan is to be made
	Title    string            // of the plan that is to be made
	Year     int               // of the plan that is to be made
	Sheet    int               // which table of the document, from 0
	Mapping  tasktable.Mapping // guessed where nil
}

// Preview is what an import would do.
type Preview struct {
	Import  // with what was left open filled in
	Name    string
	Sheets  []tasktable.Sheet
	Rows    []tasktable.Row
	Good    int // rows that would be imported
	Refused int // rows that would not
}

// Preview reads the tables of a document and changes nothing.
func (s *Service) Preview(ctx context.Context, i Import) (Preview, error) {
	if err := s.core.Check(ctx, readDocument, service.Owned{}); err != nil {
		return Preview{}, err
	}
	record, err := s.core.Store().Documents().Get(ctx, string(i.Document))
	if err != nil {
		return Preview{}, err
	}
	opened, err := s.reopen(ctx, record.Value)
	if err != nil {
		return Preview{}, err
	}
	if i.Plan != "" {
		plan, _, err := s.plan(ctx, i.Plan)
		if err != nil {
			return Preview{}, err
		}
		i.Title, i.Year = plan.Value.Title, plan.Value.Year
	}
	if i.Title == "" {
		i.Title = record.Value.Title
	}
	if i.Year == 0 {
		i.Year = opened.Meta.PlanYear
	}
	if i.Year == 0 {
		i.Year = int(s.core.Today().Year)
	}
	return s.preview(ctx, i, opened)
}

func (s *Service) preview(ctx context.Context, i Import, opened *document.Document) (Preview, error) {
	p := Preview{Import: i, Name: opened.Name, Sheets: tasktable.Sheets(opened)}
	if p.Sheet < 0 || p.Sheet >= len(p.Sheets) {
		return p, newFault("table.none", nil)
	}
	sheet := p.Sheets[p.Sheet]
	if p.Mapping == nil || len(p.Mapping) != len(sheet.Headings) {
		p.Mapping = tasktable.Guess(sheet)
	}
	setting, err := s.setting(ctx)
	if err != nil {
		return p, err
	}
	setting.Document, setting.Year = i.Document, p.Year
	p.Rows = tasktable.Read(sheet, p.Mapping, setting)
	for _, row := range p.Rows {
		if row.Good() {
			p.Good++
		} else {
			p.Refused++
		}
	}
	return p, nil
}

// setting is in what tables are read and written: the units and posts as they are today.
func (s *Service) setting(ctx context.Context) (tasktable.Setting, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return tasktable.Setting{}, err
	}
	posts, err := service.All(ctx, s.core.Store().Posts().List)
	if err != nil {
		return tasktable.Setting{}, fmt.Errorf("reading the posts: %w", err)
	}
	return tasktable.Setting{Tree: tree, On: s.core.Today(), Posts: store.Values(posts)}, nil
}

// Import brings the good rows of a task table into a plan, all in one change. Rows with errors stay out; the
// preview has named them.
func (s *Service) Import(ctx context.Context, i Import) (ledger.PlanID, Entered, error) {
	p, err := s.Preview(ctx, i)
	if err != nil {
		return "", Entered{}, err
	}
	if !slices.Contains(p.Mapping, tasktable.Task) && !slices.Contains(p.Mapping, tasktable.Title) {
		return "", Entered{}, newFault("table.no_task", nil)
	}
	if p.Good == 0 {
		return "", Entered{}, newFault("table.no_rows", nil)
	}
	var id ledger.PlanID
	var entered Entered
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) (err error) {
		id, entered, err = s.importRows(ctx, w, p)
		return err
	})
	return id, entered, err
}

func (s *Service) importRows(ctx context.Context, w *service.Work, p Preview) (ledger.PlanID, Entered, error) {
	plan, err := s.target(ctx, w, p)
	if err != nil {
		return "", Entered{}, err
	}
	if err := w.AllowFor(ctx, importTable, service.Owned{Lead: plan.Value.Government}); err != nil {
		return "", Entered{}, err
	}
	if err := w.AllowFor(ctx, createCommitment, service.Owned{Lead: plan.Value.Government}); err != nil {
		return "", Entered{}, err
	}
	for _, source := range plan.Value.Sources {
		if source.Document == p.Document {
			return "", Entered{}, newFault("table.imported", nil)
		}
	}
	good := slices.DeleteFunc(slices.Clone(p.Rows), func(r tasktable.Row) bool { return !r.Good() })
	outline, sections := tasktable.Outline(good)
	source := ledger.Source{Document: p.Document, Name: p.Name, Title: p.Title}
	added, offset, err := s.addSource(ctx, w, plan, source, outline)
	if err != nil {
		return "", Entered{}, err
	}
	commitments := tasktable.Commitments(good, sections, offset, added.ID, s.ascending(len(good)))
	entered, err := s.enter(ctx, w, added, commitments)
	if err != nil {
		return "", Entered{}, err
	}
	w.Record(importTable, "plans", string(added.ID), nil, nil, map[string]any{
		"document": p.Document, "rows": entered.Commitments, "refused": p.Refused,
	})
	return added.ID, entered, nil
}

// target is the draft that an import goes into, or a new one.
func (s *Service) target(ctx context.Context, w *service.Work, p Preview) (store.Record[ledger.Plan], error) {
	if p.Plan != "" {
		plan, _, err := s.plan(ctx, p.Plan)
		return plan, err
	}
	made, err := s.newPlan(ctx, w, p.Title, p.Year)
	if err != nil {
		return store.Record[ledger.Plan]{}, err
	}
	return s.core.Store().Plans().Get(ctx, string(made.ID))
}
