// Package atlas is the map of a plan: the boundaries that an administrator loads, and what of lights, projects and
// investment lies where.
package atlas

import (
	"context"
	"database/sql"
	_ "embed" // the faults
	"errors"
	"fmt"
	"io"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/atlas/migrations"
	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/atlas"
)

// Room is the tables of maps.
func Room() store.Room { return store.Room{Name: "atlas", Files: migrations.Files} }

// Service is the use cases of maps. It is safe for concurrent use.
type Service struct {
	core     *service.Core
	progress *progress.Service
}

// New makes the use cases of a core, on the lights and figures of progress.
func New(core *service.Core, progress *progress.Service) *Service {
	return &Service{core: core, progress: progress}
}

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

// Kind is what the log calls boundaries; they are named by their government.
const Kind = "atlas_sheets"

const (
	read access.Action = "atlas.read"
	load access.Action = "atlas.load"
)

// longestName bounds the name of a file.
const longestName = 200

// Boundaries are those that were loaded for a government.
type Boundaries struct {
	Government ledger.UnitID
	Revision   int64 // 0 where nobody loaded any
	Name       string
	Areas      int
	By         ledger.AccountID
	At         time.Time
	Sheet      atlas.Sheet
}

type sheetRow struct {
	bun.BaseModel `bun:"table:atlas_sheets,alias:atlas_sheets"`
	Government    string `bun:"government,pk"`
	Revision      int64  `bun:"revision"`
	Name          string `bun:"name"`
	Areas         int    `bun:"areas"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Body          string `bun:"body"`
}

// Boundaries are those of a government, for who loads them.
func (s *Service) Boundaries(ctx context.Context, government ledger.UnitID) (Boundaries, error) {
	if err := s.core.Check(ctx, load, service.Owned{Lead: government}); err != nil {
		return Boundaries{}, err
	}
	return s.boundaries(ctx, government)
}

func (s *Service) boundaries(ctx context.Context, government ledger.UnitID) (Boundaries, error) {
	row := sheetRow{Government: string(government)}
	err := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Boundaries{Government: government}, nil
	}
	if err != nil {
		return Boundaries{}, fmt.Errorf("atlas: reading the boundaries of %s: %w", government, err)
	}
	b := Boundaries{
		Government: government, Revision: row.Revision, Name: row.Name, Areas: row.Areas, By: ledger.AccountID(row.Account),
		At: store.TimeOf(row.AtTime),
	}
	if row.Body != "" {
		if b.Sheet, err = atlas.Read([]byte(row.Body)); err != nil {
			return b, fmt.Errorf("atlas: reading the boundaries of %s: %w", government, err)
		}
	}
	return b, nil
}

// Load puts the boundaries of a file in place of those that a government has.
func (s *Service) Load(ctx context.Context, government ledger.UnitID, name string, content io.Reader, seen int64) (Boundaries, error) {
	if err := s.core.Check(ctx, load, service.Owned{Lead: government}); err != nil {
		return Boundaries{}, err
	}
	if utf8.RuneCountInString(name) > longestName {
		return Boundaries{}, faults.New("boundaries.name.long")
	}
	// One byte more than is allowed tells that the file is too large without reading all of it.
	data, err := io.ReadAll(io.LimitReader(content, atlas.MaxBytes+1))
	if err != nil {
		return Boundaries{}, fmt.Errorf("atlas: reading a file of boundaries: %w", err)
	}
	sheet, err := atlas.Read(data)
	var wrong *atlas.Fault
	if errors.As(err, &wrong) {
		return Boundaries{}, faults.New("boundaries."+wrong.Code, wrong.Where)
	}
	if err != nil {
		return Boundaries{}, err
	}
	body, err := sheet.Bytes()
	if err != nil {
		return Boundaries{}, err
	}
	return s.keep(ctx, sheetRow{Government: string(government), Revision: seen + 1, Name: name, Areas: len(sheet.Areas), Body: string(body)})
}

// Remove takes the boundaries of a government away. Its map is a table then.
func (s *Service) Remove(ctx context.Context, government ledger.UnitID, seen int64) (Boundaries, error) {
	return s.keep(ctx, sheetRow{Government: string(government), Revision: seen + 1})
}

// keep writes the boundaries of a government unless somebody else has meanwhile.
func (s *Service) keep(ctx context.Context, row sheetRow) (Boundaries, error) {
	government := ledger.UnitID(row.Government)
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, load, service.Owned{Lead: government}); err != nil {
			return err
		}
		tree, err := s.core.Tree(ctx)
		if err != nil {
			return err
		}
		if unit, known := tree.Unit(government); !known || unit.Kind != ledger.Government {
			return faults.New("government.unknown")
		}
		before, err := s.boundaries(ctx, government)
		if err != nil {
			return err
		}
		conflict := &store.Conflict[Boundaries]{
			Kind: Kind, ID: row.Government, Seen: row.Revision - 1, Current: store.Record[Boundaries]{Value: before, Revision: before.Revision},
		}
		if before.Revision != row.Revision-1 {
			return conflict
		}
		row.Account, row.AtTime = string(service.CallerOf(ctx).Account()), s.core.Store().NowText()
		query := w.Tx().NewInsert().Model(&row).On("CONFLICT (government) DO UPDATE")
		for _, column := range []string{"revision", "name", "areas", "account", "at_time", "body"} {
			query = query.Set("? = excluded.?", bun.Ident(column), bun.Ident(column))
		}
		result, err := query.Where("atlas_sheets.revision = ?", row.Revision-1).Exec(ctx)
		if err != nil {
			return fmt.Errorf("atlas: writing the boundaries of %s: %w", row.Government, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return conflict
		}
		w.Record(load, Kind, row.Government, said(before), said(Boundaries{Name: row.Name, Areas: row.Areas}), nil)
		return nil
	})
	if err != nil {
		return Boundaries{}, err
	}
	return s.boundaries(ctx, government)
}

// said is what the log keeps of boundaries; nothing where there are none.
func said(b Boundaries) any {
	if b.Areas == 0 {
		return nil
	}
	return map[string]any{"file": b.Name, "areas": b.Areas}
}

// Governments are the governments that boundaries can be loaded for, for who loads them.
func (s *Service) Governments(ctx context.Context) ([]ledger.Unit, error) {
	if err := s.core.Check(ctx, load, service.Owned{}); err != nil {
		return nil, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(tree.Units(), func(u ledger.Unit) bool {
		return u.Kind != ledger.Government || !tree.Exists(u.ID, s.core.Today())
	}), nil
}
