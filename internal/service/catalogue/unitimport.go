package catalogue

import (
	"context"
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/store"
	"luoshi/ledger"
)

//go:embed unitcolumns.txt
var unitFieldLines string

var unitFields = sync.OnceValue(func() []table.Field { return table.ParseFields(unitFieldLines) })

//go:embed unitwords.txt
var unitWordLines string

var unitWords = sync.OnceValue(func() []table.Field { return table.ParseFields(unitWordLines) })

// unitImport is the kind of tables of units.
const unitImport = "units"

// PrepareUnits reads a table of units and puts it aside. PreviewUnits shows it, and ImportUnits brings it in.
func (s *Service) PrepareUnits(ctx context.Context, name string, data []byte) (string, error) {
	if err := s.Check(ctx, "unit.edit", service.Owned{}); err != nil {
		return "", err
	}
	t, err := table.Read(name, data, unitFields())
	if err != nil {
		return "", err
	}
	return s.putAside(ctx, aside{kind: unitImport, action: "unit.edit", name: name, table: t})
}

// PreviewUnits shows a table that was put aside, row by row with what is wrong.
func (s *Service) PreviewUnits(ctx context.Context, id string) (Preview, error) {
	preview, _, err := s.unitPreview(ctx, id)
	return preview, err
}

// ImportUnits brings in a table that was put aside: every row or none; with soundOnly the rows without faults.
func (s *Service) ImportUnits(ctx context.Context, id string, soundOnly bool) (int, error) {
	added := 0
	err := s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		added = 0
		if err := w.AllowFor(ctx, "unit.edit", service.Owned{}); err != nil {
			return err
		}
		row, _, err := s.kept(ctx, unitImport, id)
		if err != nil {
			return err
		}
		preview, units, err := s.unitPreview(ctx, id)
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
			if _, err := s.Store().Units().Add(ctx, units[i]); err != nil {
				return fmt.Errorf("row %d: %w", r.Number, err)
			}
			w.Record("unit.edit", unitKind, string(units[i].ID), nil, units[i], map[string]any{"file": row.Name, "row": r.Number})
			added++
		}
		return s.forget(ctx, w, row)
	})
	return added, err
}

func (s *Service) unitPreview(ctx context.Context, id string) (Preview, []ledger.Unit, error) {
	if err := s.Check(ctx, "unit.edit", service.Owned{}); err != nil {
		return Preview{}, nil, err
	}
	row, t, err := s.kept(ctx, unitImport, id)
	if err != nil {
		return Preview{}, nil, err
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		return Preview{}, nil, err
	}
	preview := Preview{ID: row.ID, Name: row.Name, Unknown: t.Unknown}
	for _, f := range unitFields() {
		if _, there := t.Headings[f.Key]; there {
			preview.Columns = append(preview.Columns, f.Key)
		}
	}
	reader := &unitReader{service: s, tree: tree, above: map[string]ledger.UnitID{}}
	for _, unit := range tree.Units() {
		reader.place = max(reader.place, unit.Order)
	}
	units := make([]ledger.Unit, len(t.Rows))
	for i, r := range t.Rows {
		shown := ImportRow{Number: r.Number}
		for _, key := range preview.Columns {
			shown.Cells = append(shown.Cells, r.Cells[key])
		}
		units[i] = reader.read(r, &shown)
		if shown.Sound() {
			reader.above[units[i].Name] = units[i].ID
		}
		preview.Rows = append(preview.Rows, shown)
	}
	return preview, units, nil
}

// unitReader makes units of rows, each of which may stand under one of an earlier row.
type unitReader struct {
	service *Service
	tree    *ledger.Tree
	above   map[string]ledger.UnitID // of earlier rows, by name
	place   int
}

func (r *unitReader) read(row table.Row, shown *ImportRow) ledger.Unit {
	r.place++
	u := ledger.Unit{
		ID: store.NewID[ledger.UnitID](r.service.Store()), Name: row.Cells["name"], Order: r.place,
		Aliases: strings.FieldsFunc(row.Cells["aliases"], func(c rune) bool { return strings.ContainsRune("、,，;； /\n", c) }),
	}
	today := r.service.Today()
	if _, there := r.tree.Find(u.Name, today); there {
		shown.Known = true
		return u
	}
	if _, twice := r.above[u.Name]; twice {
		shown.Faults = append(shown.Faults, fault("import.twice"))
	}
	if parent := row.Cells["parent"]; parent != "" {
		u.Parent = r.above[parent]
		if u.Parent == "" {
			u.Parent, _ = r.tree.Find(parent, today)
		}
		if u.Parent == "" {
			shown.Faults = append(shown.Faults, fault("import.parent", parent))
		}
	} else if roots := r.tree.Children("", today); len(roots) > 0 {
		// A table of a government's units need not repeat the government in every row.
		u.Parent = roots[0]
	}
	if order, err := strconv.Atoi(row.Cells["order"]); err == nil {
		u.Order = order
	}
	u.Kind = r.kind(shown, row.Cells["kind"], u.Name)
	since, ok := table.Span(row.Cells["since"])
	if !ok {
		shown.Faults = append(shown.Faults, fault("import.date", row.Cells["since"]))
	}
	u.Since = since.From
	shown.Problems = u.Validate()
	return u
}

// kind is what a cell calls the unit, or where it is empty what the end of its name says.
func (r *unitReader) kind(shown *ImportRow, cell, name string) ledger.UnitKind {
	words := cell
	if words == "" {
		words = name
	}
	kind, nearest := ledger.UnitKind(""), -1
	for _, f := range unitWords() {
		for _, word := range f.Names {
			at := strings.LastIndex(words, word)
			if at >= 0 && at+len(word) > nearest {
				kind, nearest = ledger.UnitKind(strings.TrimPrefix(f.Key, "kind.")), at+len(word)
			}
		}
	}
	if kind == "" {
		if cell != "" {
			shown.Faults = append(shown.Faults, fault("import.kind", cell))
		}
		return ledger.Department
	}
	return kind
}
