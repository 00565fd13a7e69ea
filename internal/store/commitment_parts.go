package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

type passageRow struct {
	bun.BaseModel `bun:"table:commitment_passages,alias:commitment_passages"`
	Commitment    string `bun:"commitment,pk"`
	Number        int    `bun:"number,pk"`
	Document      string `bun:"document"`
	StartsAt      int    `bun:"starts_at"`
	EndsAt        int    `bun:"ends_at"`
	Wording       string `bun:"wording"`
}

type targetRow struct {
	bun.BaseModel `bun:"table:commitment_targets,alias:commitment_targets"`
	Commitment    string                 `bun:"commitment,pk"`
	Number        int                    `bun:"number,pk"`
	Subject       string                 `bun:"subject"`
	Code          string                 `bun:"code"`
	Indicator     string                 `bun:"indicator,nullzero"`
	Comparator    string                 `bun:"comparator"`
	Value         decimal                `bun:"value"`
	Upper         decimal                `bun:"upper"`
	Words         string                 `bun:"words"`
	Unit          string                 `bun:"unit"`
	Measure       string                 `bun:"measure"`
	Basis         string                 `bun:"basis"`
	Scope         string                 `bun:"scope"`
	ByDay         day                    `bun:"by_day"`
	Firm          bool                   `bun:"firm"`
	Quoted        inJSON[ledger.Passage] `bun:"quoted"`
}

type milestoneRow struct {
	bun.BaseModel `bun:"table:commitment_milestones,alias:commitment_milestones"`
	Commitment    string  `bun:"commitment,pk"`
	Number        int     `bun:"number,pk"`
	Title         string  `bun:"title"`
	ByDay         day     `bun:"by_day"`
	Weight        decimal `bun:"weight"`
}

type cooperatingRow struct {
	bun.BaseModel `bun:"table:cooperating_units,alias:cooperating_units"`
	Commitment    string `bun:"commitment,pk"`
	Number        int    `bun:"number,pk"`
	Unit          string `bun:"unit"`
}

func writePassages(ctx context.Context, tx bun.Tx, c ledger.Commitment) error {
	return insert(ctx, tx, mapped(c.Source(), func(i int, p ledger.Passage) passageRow {
		return passageRow{
			Commitment: string(c.ID), Number: i + 1, Document: string(p.Document()),
			StartsAt: p.At(), EndsAt: p.End(), Wording: p.Wording(),
		}
	}))
}

func readPassages(ctx context.Context, db bun.IDB, owners []string, at map[string]int) ([][]ledger.Passage, error) {
	sources := make([][]ledger.Passage, len(owners))
	var broken error
	err := parts(ctx, db, "commitment", owners, "number", func(r *passageRow) {
		p, err := ledger.RestorePassage(ledger.Digest(r.Document), r.StartsAt, r.EndsAt, r.Wording)
		broken = errors.Join(broken, err)
		sources[at[r.Commitment]] = append(sources[at[r.Commitment]], p)
	})
	return sources, errors.Join(err, broken)
}

func writeCommitmentParts(ctx context.Context, tx bun.Tx, c ledger.Commitment) error {
	id := string(c.ID)
	return errors.Join(
		replace(ctx, tx, "commitment", id, "number", mapped(c.Targets, func(_ int, t ledger.Target) targetRow { return rowOfTarget(id, t) })),
		replace(ctx, tx, "commitment", id, "number", mapped(c.Milestones, func(_ int, m ledger.Milestone) milestoneRow {
			return milestoneRow{Commitment: id, Number: m.Number, Title: m.Title, ByDay: day{m.By}, Weight: decimal{m.Weight}}
		})),
		replace(ctx, tx, "commitment", id, "number", mapped(c.Cooperating, func(i int, unit ledger.UnitID) cooperatingRow {
			return cooperatingRow{Commitment: id, Number: i + 1, Unit: string(unit)}
		})),
	)
}

func rowOfTarget(commitment string, t ledger.Target) targetRow {
	return targetRow{
		Commitment: commitment, Number: t.Number, Subject: t.Subject, Code: t.Code, Indicator: string(t.Indicator),
		Comparator: string(t.Cmp), Value: decimal{t.Value}, Upper: decimal{t.Upper}, Words: t.Words, Unit: t.Unit,
		Measure: string(t.Measure), Basis: t.Basis, Scope: t.Scope, ByDay: day{t.By}, Firm: t.Firm,
		Quoted: inJSON[ledger.Passage]{t.Quoted},
	}
}

func (r *targetRow) target() ledger.Target {
	return ledger.Target{
		Number: r.Number, Subject: r.Subject, Code: r.Code, Indicator: ledger.IndicatorID(r.Indicator),
		Cmp: ledger.Comparator(r.Comparator), Value: r.Value.Decimal, Upper: r.Upper.Decimal, Words: r.Words,
		Unit: r.Unit, Measure: ledger.Measure(r.Measure), Basis: r.Basis, Scope: r.Scope, By: r.ByDay.Date,
		Firm: r.Firm, Quoted: r.Quoted.Of,
	}
}

func readCommitmentParts(ctx context.Context, db bun.IDB, owners []string, of func(id string) *ledger.CommitmentTerms) error {
	return errors.Join(
		parts(ctx, db, "commitment", owners, "number", func(r *targetRow) {
			of(r.Commitment).Targets = append(of(r.Commitment).Targets, r.target())
		}),
		parts(ctx, db, "commitment", owners, "number", func(r *milestoneRow) {
			c := of(r.Commitment)
			c.Milestones = append(c.Milestones, ledger.Milestone{
				Number: r.Number, Title: r.Title, By: r.ByDay.Date, Weight: r.Weight.Decimal,
			})
		}),
		parts(ctx, db, "commitment", owners, "number", func(r *cooperatingRow) {
			c := of(r.Commitment)
			c.Cooperating = append(c.Cooperating, ledger.UnitID(r.Unit))
		}),
	)
}
