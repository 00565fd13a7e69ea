package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Plans are the plans with their sources, outlines and versions.
type Plans struct {
	Records[ledger.Plan, planRow, *planRow]
}

// Plans gives access to the plans.
func (s *Store) Plans() Plans {
	return Plans{Records[ledger.Plan, planRow, *planRow]{s, &planShape}}
}

type planRow struct {
	bun.BaseModel `bun:"table:plans,alias:plans"`
	head
	Government string `bun:"government"`
	Year       int    `bun:"year"`
	Title      string `bun:"title"`
	State      string `bun:"state"`
}

type planSourceRow struct {
	bun.BaseModel `bun:"table:plan_sources,alias:plan_sources"`
	Plan          string `bun:"plan,pk"`
	Number        int    `bun:"number,pk"`
	Document      string `bun:"document"`
	Name          string `bun:"name"`
	Title         string `bun:"title"`
	Issued        day    `bun:"issued"`
}

type planSectionRow struct {
	bun.BaseModel `bun:"table:plan_sections,alias:plan_sections"`
	Plan          string `bun:"plan,pk"`
	Number        int    `bun:"number,pk"`
	Parent        int    `bun:"parent"`
	Level         int    `bun:"level"`
	Marker        string `bun:"marker"`
	Title         string `bun:"title"`
}

type planVersionRow struct {
	bun.BaseModel `bun:"table:plan_versions,alias:plan_versions"`
	Plan          string                       `bun:"plan,pk"`
	Number        int                          `bun:"number,pk"`
	OnDay         day                          `bun:"on_day"`
	Basis         string                       `bun:"basis"`
	Amendments    inJSON[[]ledger.AmendmentID] `bun:"amendments"`
}

var planShape = shape[ledger.Plan, planRow]{
	table: "plans",
	row: func(p ledger.Plan) planRow {
		return planRow{
			head: head{ID: string(p.ID)}, Government: string(p.Government), Year: p.Year, Title: p.Title, State: string(p.State),
		}
	},
	values: plansOf,
	parts:  writePlanParts,
	orders: map[string]order[planRow]{
		"year": byColumn("year", func(r *planRow) any { return r.Year }),
	},
}

// writePlanParts writes what a plan consists of. Versions are only ever added.
func writePlanParts(ctx context.Context, tx bun.Tx, p ledger.Plan) error {
	id := string(p.ID)
	return errors.Join(
		replace(ctx, tx, "plan", id, "number", mapped(p.Sources, func(i int, s ledger.Source) planSourceRow {
			return planSourceRow{
				Plan: id, Number: i + 1, Document: string(s.Document), Name: s.Name, Title: s.Title, Issued: day{s.Date},
			}
		})),
		replace(ctx, tx, "plan", id, "number", mapped(p.Outline, func(_ int, s ledger.Section) planSectionRow {
			return planSectionRow{Plan: id, Number: s.Number, Parent: s.Parent, Level: s.Level, Marker: s.Marker, Title: s.Title}
		})),
		appendNew(ctx, tx, "plan", id, mapped(p.Versions, func(_ int, v ledger.Version) planVersionRow {
			return planVersionRow{
				Plan: id, Number: v.Number, OnDay: day{v.On}, Basis: v.Basis, Amendments: inJSON[[]ledger.AmendmentID]{v.Amendments},
			}
		})),
	)
}

func plansOf(ctx context.Context, db bun.IDB, rows []planRow) ([]ledger.Plan, error) {
	owners, at := ids[planRow](rows)
	plans := mapped(rows, func(_ int, r planRow) ledger.Plan {
		return ledger.Plan{
			ID: ledger.PlanID(r.ID), Government: ledger.UnitID(r.Government), Year: r.Year, Title: r.Title,
			State: ledger.PlanState(r.State),
		}
	})
	return plans, errors.Join(
		parts(ctx, db, "plan", owners, "number", func(r *planSourceRow) {
			p := &plans[at[r.Plan]]
			p.Sources = append(p.Sources, ledger.Source{
				Document: ledger.Digest(r.Document), Name: r.Name, Title: r.Title, Date: r.Issued.Date,
			})
		}),
		parts(ctx, db, "plan", owners, "number", func(r *planSectionRow) {
			p := &plans[at[r.Plan]]
			p.Outline = append(p.Outline, ledger.Section{
				Number: r.Number, Parent: r.Parent, Level: r.Level, Marker: r.Marker, Title: r.Title,
			})
		}),
		parts(ctx, db, "plan", owners, "number", func(r *planVersionRow) {
			p := &plans[at[r.Plan]]
			p.Versions = append(p.Versions, ledger.Version{
				Number: r.Number, On: r.OnDay.Date, Basis: r.Basis, Amendments: r.Amendments.Of,
			})
		}),
	)
}
