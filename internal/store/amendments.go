package store

import (
	"context"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Amendments are the amendments of published plans, with the old content and the new.
type Amendments struct {
	Records[ledger.Amendment, amendmentRow, *amendmentRow]
}

// Amendments gives access to the amendments.
func (s *Store) Amendments() Amendments {
	return Amendments{Records[ledger.Amendment, amendmentRow, *amendmentRow]{s, &amendmentShape}}
}

type amendmentRow struct {
	bun.BaseModel `bun:"table:amendments,alias:amendments"`
	head
	Plan       string                  `bun:"plan"`
	Commitment string                  `bun:"commitment"`
	Changes    inJSON[[]ledger.Change] `bun:"changes"`
	Reason     string                  `bun:"reason"`
	Basis      inJSON[ledger.Basis]    `bun:"basis"`
	Effective  day                     `bun:"effective"`
	State      string                  `bun:"state"`
	Version    int                     `bun:"version"`
}

var amendmentShape = shape[ledger.Amendment, amendmentRow]{
	table: "amendments",
	row: func(a ledger.Amendment) amendmentRow {
		return amendmentRow{
			head: head{ID: string(a.ID)}, Plan: string(a.Plan), Commitment: string(a.Commitment),
			Changes: inJSON[[]ledger.Change]{a.Changes}, Reason: a.Reason, Basis: inJSON[ledger.Basis]{a.Basis},
			Effective: day{a.Effective}, State: string(a.State), Version: a.Version,
		}
	},
	values: func(_ context.Context, _ bun.IDB, rows []amendmentRow) ([]ledger.Amendment, error) {
		return mapped(rows, func(_ int, r amendmentRow) ledger.Amendment {
			return ledger.Amendment{
				ID: ledger.AmendmentID(r.ID), Plan: ledger.PlanID(r.Plan), Commitment: ledger.CommitmentID(r.Commitment),
				Changes: r.Changes.Of, Reason: r.Reason, Basis: r.Basis.Of, Effective: r.Effective.Date,
				State: ledger.AmendmentState(r.State), Version: r.Version,
			}
		}), nil
	},
	orders: map[string]order[amendmentRow]{
		"effective": byColumn("effective", func(r *amendmentRow) any { return r.Effective.String() }),
	},
}
