package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Commitments are the commitments with their source, targets, milestones and units. The passages that
// promise a commitment are written when it is added; changing it leaves them as they are.
type Commitments struct {
	Records[ledger.Commitment, commitmentRow, *commitmentRow]
}

// Commitments gives access to the commitments.
func (s *Store) Commitments() Commitments {
	return Commitments{Records[ledger.Commitment, commitmentRow, *commitmentRow]{s, &commitmentShape}}
}

type commitmentRow struct {
	bun.BaseModel `bun:"table:commitments,alias:commitments"`
	head
	Plan     string  `bun:"plan"`
	Number   string  `bun:"number"`
	Title    string  `bun:"title"`
	Section  int     `bun:"section"`
	Kind     string  `bun:"kind"`
	State    string  `bun:"state"`
	ByDay    day     `bun:"by_day"`
	Firm     bool    `bun:"firm"`
	LeadUnit string  `bun:"lead_unit,nullzero"`
	Post     string  `bun:"post,nullzero"`
	Project  string  `bun:"project,nullzero"`
	Weight   decimal `bun:"weight"`
	Parent   string  `bun:"parent,nullzero"`
}

var commitmentShape = shape[ledger.Commitment, commitmentRow]{
	table: "commitments",
	row: func(c ledger.Commitment) commitmentRow {
		return commitmentRow{
			head: head{ID: string(c.ID)}, Plan: string(c.Plan), Number: c.Number, Title: c.Title, Section: c.Section,
			Kind: string(c.Kind), State: string(c.State), ByDay: day{c.By}, Firm: c.Firm, LeadUnit: string(c.Lead), Post: string(c.Post),
			Project: string(c.Project), Weight: decimal{c.Weight}, Parent: string(c.Parent),
		}
	},
	values: commitmentsOf,
	before: writePassages,
	parts:  writeCommitmentParts,
	words:  func(c ledger.Commitment) []string { return []string{c.Number, c.Title, c.Wording()} },
	orders: map[string]order[commitmentRow]{
		"number":  byColumn("number", func(r *commitmentRow) any { return r.Number }),
		"title":   byColumn("title", func(r *commitmentRow) any { return r.Title }),
		"by":      byColumn("by_day", func(r *commitmentRow) any { return r.ByDay.String() }),
		"section": byColumn("section", func(r *commitmentRow) any { return r.Section }),
		"weight":  byFigure("weight", func(r *commitmentRow) decimal { return r.Weight }),
	},
}

// InOrder are at most limit of the commitments that all filters let through, behind so many others, in the order of
// ledger.InOrder, and how many the filters let through in all.
func (c Commitments) InOrder(ctx context.Context, before, limit int, filters ...Filter) ([]Record[ledger.Commitment], int, error) {
	within, skipped, total, err := c.sections(ctx, before, limit, filters)
	if err != nil || len(within) == 0 {
		return nil, total, err
	}
	var found []string
	query := c.store.View(ctx).NewSelect().Model((*commitmentRow)(nil)).Column("id").
		Join("LEFT JOIN commitment_passages AS opening ON opening.commitment = commitments.id AND opening.number = 1").
		Where("commitments.section IN (?)", bun.List(within)).
		OrderExpr("commitments.section, coalesce(opening.starts_at, 0), commitments.id").Offset(int64(before - skipped)).Limit(int64(limit))
	if err := filtered(query, filters).Scan(ctx, &found); err != nil {
		return nil, total, fmt.Errorf("store: order commitments: %w", err)
	}
	records, err := c.Some(ctx, found...)
	slices.SortFunc(records, func(a, b Record[ledger.Commitment]) int { return ledger.InOrder(a.Value, b.Value) })
	return records, total, err
}

// sections are those in which a stretch of the commitments in order lies, how many commitments stand before them, and how
// many there are in all. Only they are put in order: a whole plan takes a hundred times as long as a page of it.
func (c Commitments) sections(ctx context.Context, before, limit int, filters []Filter) (within []int, skipped, total int, err error) {
	var counts []struct{ Section, Number int }
	query := c.store.View(ctx).NewSelect().Model((*commitmentRow)(nil)).ColumnExpr("commitments.section, count(*) AS number").
		GroupExpr("commitments.section").OrderExpr("commitments.section")
	if err := filtered(query, filters).Scan(ctx, &counts); err != nil {
		return nil, 0, 0, fmt.Errorf("store: count commitments by section: %w", err)
	}
	for _, n := range counts {
		switch {
		case total+n.Number <= before:
			skipped += n.Number
		case total < before+limit:
			within = append(within, n.Section)
		}
		total += n.Number
	}
	return within, skipped, total, nil
}

// InPlan are the records of a plan.
func InPlan(plan ledger.PlanID) Filter { return Where("plan", plan) }

// LedBy are the commitments and projects that a unit leads. They are found first and put in order then: a unit leads few
// of very many.
func LedBy(unit ledger.UnitID) Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.id IN (SELECT id FROM ?TableName WHERE lead_unit = ?)", unit)
	}
}

// WithUnit are the commitments that a unit leads or takes part in.
func WithUnit(unit ledger.UnitID) Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("commitments.id IN (SELECT id FROM commitments WHERE lead_unit = ?0 UNION SELECT commitment FROM cooperating_units WHERE unit = ?0)", unit)
	}
}

// Unassigned are the commitments and projects that no unit leads.
func Unassigned(q *bun.SelectQuery) *bun.SelectQuery { return q.Where("?TableAlias.lead_unit IS NULL") }

// PromisedIn are the commitments that a document promises.
func PromisedIn(document ledger.Digest) Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("commitments.id IN (SELECT commitment FROM commitment_passages WHERE document = ?)", document)
	}
}

func commitmentsOf(ctx context.Context, db bun.IDB, rows []commitmentRow) ([]ledger.Commitment, error) {
	owners, at := ids[commitmentRow](rows)
	terms := mapped(rows, func(_ int, r commitmentRow) ledger.CommitmentTerms {
		return ledger.CommitmentTerms{
			ID: ledger.CommitmentID(r.ID), Plan: ledger.PlanID(r.Plan), Number: r.Number, Title: r.Title,
			Section: r.Section, Kind: ledger.CommitmentKind(r.Kind), State: ledger.CommitmentState(r.State),
			By: r.ByDay.Date, Firm: r.Firm, Lead: ledger.UnitID(r.LeadUnit), Post: ledger.PostID(r.Post), Project: ledger.ProjectID(r.Project),
			Weight: r.Weight.Decimal, Parent: ledger.CommitmentID(r.Parent),
		}
	})
	sources, err := readPassages(ctx, db, owners, at)
	err = errors.Join(err, readCommitmentParts(ctx, db, owners, func(id string) *ledger.CommitmentTerms { return &terms[at[id]] }))
	return mapped(terms, func(i int, t ledger.CommitmentTerms) ledger.Commitment {
		return ledger.NewCommitment(t, sources[i]...)
	}), err
}
