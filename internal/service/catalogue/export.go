package catalogue

import (
	"context"
	"iter"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// exportKind is what the log calls lists that were taken out.
const exportKind = "exports"

// NoteExport keeps in the log that the caller took a list out of the house: which one, narrowed how, and how many
// rows. What the public takes it could have read as well, and is not kept.
func (s *Service) NoteExport(ctx context.Context, page, query string, rows int) error {
	return s.noteExport(ctx, "export.run", page, query, rows)
}

// NoteUnitsExport is NoteExport of the tree of units, which whoever reads it may take out.
func (s *Service) NoteUnitsExport(ctx context.Context, query string, rows int) error {
	return s.noteExport(ctx, "unit.read", "/units", query, rows)
}

// NotePaper is NoteExport of one paper, such as an order as a Word file, which whoever reads it may take out.
func (s *Service) NotePaper(ctx context.Context, read access.Action, path string) error {
	return s.noteExport(ctx, read, path, "", 1)
}

func (s *Service) noteExport(ctx context.Context, action access.Action, page, query string, rows int) error {
	caller := service.CallerOf(ctx)
	if caller.Account() == "" {
		return nil
	}
	// Who works in no unit may take out what is published, like everybody.
	owned := service.Owned{Published: true}
	if units := unitsOf(caller); len(units) > 0 {
		owned.Lead = units[0]
	}
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, action, owned); err != nil {
			return err
		}
		w.Record(action, exportKind, page, nil, nil, map[string]any{"query": query, "rows": rows})
		return nil
	})
}

// exported is a filter for what the caller may take out of a list that he may see.
func (s *Service) exported(ctx context.Context, columns access.Columns) (store.Filter, error) {
	return s.Scope(ctx, "export.run", columns)
}

// EachProject is all projects of a list that the caller may see and take out, part by part.
func (s *Service) EachProject(ctx context.Context, q ProjectQuery, page store.Page) iter.Seq2[store.Record[ledger.Project], error] {
	return each(page, func(page store.Page) (store.Listing[ledger.Project], error) {
		filters, err := s.projectFilters(ctx, q)
		if err != nil {
			return store.Listing[ledger.Project]{}, err
		}
		out, err := s.exported(ctx, projectColumns)
		if err != nil {
			return store.Listing[ledger.Project]{}, err
		}
		return s.Store().Projects().List(ctx, page, append(filters, out)...)
	})
}

// EachIndicator is all indicators of a list that the caller may see and take out, part by part.
func (s *Service) EachIndicator(ctx context.Context, q IndicatorQuery, page store.Page) iter.Seq2[store.Record[ledger.Indicator], error] {
	return each(page, func(page store.Page) (store.Listing[ledger.Indicator], error) {
		scope, err := s.Scope(ctx, "indicator.read", indicatorColumns)
		if err != nil {
			return store.Listing[ledger.Indicator]{}, err
		}
		out, err := s.exported(ctx, indicatorColumns)
		if err != nil {
			return store.Listing[ledger.Indicator]{}, err
		}
		return s.Store().Indicators().List(ctx, page, append(q.filters(), scope, out)...)
	})
}

// each goes through a list from its beginning, as many records at a time as a part may hold.
func each[T any](page store.Page, list func(store.Page) (store.Listing[T], error)) iter.Seq2[store.Record[T], error] {
	return func(yield func(store.Record[T], error) bool) {
		page.Limit, page.After = store.MaxLimit, ""
		for {
			part, err := list(page)
			if err != nil {
				yield(store.Record[T]{}, err)
				return
			}
			for _, record := range part.Records {
				if !yield(record, nil) {
					return
				}
			}
			if page.After = part.Next; page.After == "" {
				return
			}
		}
	}
}
