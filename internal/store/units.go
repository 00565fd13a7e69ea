package store

import (
	"context"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Units are the units as they were founded; their changes are kept beside them.
type Units struct {
	Records[ledger.Unit, unitRow, *unitRow]
}

// Units gives access to the units.
func (s *Store) Units() Units {
	return Units{Records[ledger.Unit, unitRow, *unitRow]{s, &unitShape}}
}

type unitRow struct {
	bun.BaseModel `bun:"table:units,alias:units"`
	head
	Parent  string           `bun:"parent,nullzero"`
	Kind    string           `bun:"kind"`
	Name    string           `bun:"name"`
	Aliases inJSON[[]string] `bun:"aliases"`
	Since   day              `bun:"since"`
	Place   int              `bun:"place"`
}

var unitShape = shape[ledger.Unit, unitRow]{
	table: "units",
	row: func(u ledger.Unit) unitRow {
		return unitRow{
			head: head{ID: string(u.ID)}, Parent: string(u.Parent), Kind: string(u.Kind), Name: u.Name,
			Aliases: inJSON[[]string]{u.Aliases}, Since: day{u.Since}, Place: u.Order,
		}
	},
	values: func(_ context.Context, _ bun.IDB, rows []unitRow) ([]ledger.Unit, error) {
		return mapped(rows, func(_ int, r unitRow) ledger.Unit {
			return ledger.Unit{
				ID: ledger.UnitID(r.ID), Parent: ledger.UnitID(r.Parent), Kind: ledger.UnitKind(r.Kind), Name: r.Name,
				Aliases: r.Aliases.Of, Since: r.Since.Date, Order: r.Place,
			}
		}), nil
	},
	orders: map[string]order[unitRow]{
		"name":  byColumn("name", func(r *unitRow) any { return r.Name }),
		"place": byColumn("place", func(r *unitRow) any { return r.Place }),
	},
}

type unitChangeRow struct {
	bun.BaseModel `bun:"table:unit_changes,alias:unit_changes"`
	Unit          string                  `bun:"unit,pk"`
	Number        int                     `bun:"number,pk"`
	OnDay         day                     `bun:"on_day"`
	Kind          string                  `bun:"kind"`
	Name          string                  `bun:"name"`
	Aliases       inJSON[[]string]        `bun:"aliases"`
	Parent        string                  `bun:"parent,nullzero"`
	TakenOver     inJSON[[]ledger.UnitID] `bun:"taken_over"`
	Basis         string                  `bun:"basis"`
}

// Changed adds a dated change of a unit. The unit must be at the revision that was seen, and is at the
// next one afterwards, so that two who change it at once notice each other.
func (u Units) Changed(ctx context.Context, change ledger.UnitChange, seen int64) error {
	return u.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		unit, err := u.Get(ctx, string(change.Unit))
		if err != nil {
			return err
		}
		if _, err := u.Change(ctx, unit.Value, seen); err != nil {
			return err
		}
		earlier, err := tx.NewSelect().Model((*unitChangeRow)(nil)).Where("unit = ?", change.Unit).Count(ctx)
		if err != nil {
			return err
		}
		return insert(ctx, tx, []unitChangeRow{{
			Unit: string(change.Unit), Number: int(earlier) + 1, OnDay: day{change.On}, Kind: string(change.Kind),
			Name: change.Name, Aliases: inJSON[[]string]{change.Aliases}, Parent: string(change.Parent),
			TakenOver: inJSON[[]ledger.UnitID]{change.Into}, Basis: change.Basis,
		}})
	})
}

// Changes are all changes of units, by day.
func (u Units) Changes(ctx context.Context) ([]ledger.UnitChange, error) {
	var rows []unitChangeRow
	if err := u.store.View(ctx).NewSelect().Model(&rows).Order("on_day", "unit", "number").Scan(ctx); err != nil {
		return nil, err
	}
	return mapped(rows, func(_ int, r unitChangeRow) ledger.UnitChange {
		return ledger.UnitChange{
			Unit: ledger.UnitID(r.Unit), On: r.OnDay.Date, Kind: ledger.UnitChangeKind(r.Kind), Name: r.Name,
			Aliases: r.Aliases.Of, Parent: ledger.UnitID(r.Parent), Into: r.TakenOver.Of, Basis: r.Basis,
		}
	}), nil
}
