package planning

import (
	"context"
	"fmt"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// Overview is a plan at a glance.
type Overview struct {
	store.Record[ledger.Plan]
	Case     Case
	Offers   []Offer
	Sections []SectionCount // the outline; what stands in no section is in Loose
	Loose    Count
	Total    Count
	Kinds    map[ledger.CommitmentKind]int
	// Blocking is how many gaps keep the plan from being published.
	Blocking int
	// Objections is how many objections of units wait for a reply.
	Objections int
	Amendments map[ledger.AmendmentState]int
}

// SectionCount is a section of the outline with what stands in it and beneath it.
type SectionCount struct {
	ledger.Section
	Count
}

// Count is how many commitments there are, and how far they are broken down.
type Count struct {
	All      int
	Owned    int // have a lead unit
	Dated    int // have a deadline
	Accepted int // by their lead unit
}

func (c *Count) add(other Count) {
	c.All += other.All
	c.Owned += other.Owned
	c.Dated += other.Dated
	c.Accepted += other.Accepted
}

// Overview is a plan at a glance, as far as the caller may see.
func (s *Service) Overview(ctx context.Context, id ledger.PlanID) (Overview, error) {
	var o Overview
	var err error
	if o.Record, err = s.Plan(ctx, id); err != nil {
		return o, err
	}
	if o.Case, err = s.casePlan(ctx, o.Record); err != nil {
		return o, err
	}
	facts, gaps, err := s.facts(ctx, o.Value)
	if err != nil {
		return o, err
	}
	o.Blocking = gaps
	if to, _ := ledger.PlanStateIn(o.Case.State); to == o.Value.State {
		if o.Offers, err = s.cases.Offers(ctx, o.Case, ofPlan(o.Value), facts); err != nil {
			return o, err
		}
	}
	if o.Objections, err = s.openObjections(ctx, id); err != nil {
		return o, err
	}
	if err := s.count(ctx, &o); err != nil {
		return o, err
	}
	o.Amendments, err = s.countAmendments(ctx, id)
	return o, err
}

// count counts the commitments of a plan by section, each with all beneath it.
func (s *Service) count(ctx context.Context, o *Overview) error {
	scope, err := s.core.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return err
	}
	var rows []struct {
		Section                    int
		Kind                       string
		Number, Led, Due, Accepted int
	}
	query := s.core.Store().View(ctx).NewSelect().Table(commitmentKind).ColumnExpr("section, kind, count(*) AS number").
		ColumnExpr("sum(CASE WHEN lead_unit IS NULL THEN 0 ELSE 1 END) AS led").
		ColumnExpr("sum(CASE WHEN by_day = '' THEN 0 ELSE 1 END) AS due").
		ColumnExpr("sum(CASE WHEN (id, lead_unit) IN (SELECT commitment, unit FROM assignment_answers WHERE accepted) THEN 1 ELSE 0 END) AS accepted").
		Where("plan = ?", o.Value.ID).GroupExpr("section, kind")
	if err := scope(notWithdrawn(query)).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("counting the commitments of plan %s: %w", o.Value.ID, err)
	}
	o.Kinds = map[ledger.CommitmentKind]int{}
	o.Sections = make([]SectionCount, len(o.Value.Outline))
	for i, section := range o.Value.Outline {
		o.Sections[i].Section = section
	}
	for _, row := range rows {
		part := Count{All: row.Number, Owned: row.Led, Dated: row.Due, Accepted: row.Accepted}
		o.Total.add(part)
		o.Kinds[ledger.CommitmentKind(row.Kind)] += row.Number
		path := o.Value.Path(row.Section)
		if len(path) == 0 {
			o.Loose.add(part)
		}
		for _, above := range path {
			o.Sections[above.Number-1].add(part)
		}
	}
	return nil
}

func (s *Service) countAmendments(ctx context.Context, id ledger.PlanID) (map[ledger.AmendmentState]int, error) {
	scope, err := s.core.Scope(ctx, "amendment.read", amendmentColumns)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		State  string
		Number int
	}
	query := s.core.Store().View(ctx).NewSelect().Table(amendmentKind).ColumnExpr("state, count(*) AS number").
		Where("plan = ?", id).GroupExpr("state")
	if err := scope(query).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("counting the amendments of plan %s: %w", id, err)
	}
	counts := map[ledger.AmendmentState]int{}
	for _, row := range rows {
		counts[ledger.AmendmentState(row.State)] = row.Number
	}
	return counts, nil
}

// Loads are how many commitments of a plan each unit leads, as far as the caller may see; those that nobody leads are
// under the empty unit.
func (s *Service) Loads(ctx context.Context, id ledger.PlanID) (map[ledger.UnitID]int, error) {
	if _, err := s.Plan(ctx, id); err != nil {
		return nil, err
	}
	scope, err := s.core.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return nil, err
	}
	var rows []struct {
		Unit   string
		Number int
	}
	query := s.core.Store().View(ctx).NewSelect().Table(commitmentKind).ColumnExpr("coalesce(lead_unit, '') AS unit, count(*) AS number").
		Where("plan = ?", id).GroupExpr("lead_unit")
	if err := scope(notWithdrawn(query)).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("counting what the units of plan %s lead: %w", id, err)
	}
	loads := map[ledger.UnitID]int{}
	for _, row := range rows {
		loads[ledger.UnitID(row.Unit)] = row.Number
	}
	return loads, nil
}
