package reporting

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Punctuality is how a unit reported in the rounds of some time.
type Punctuality struct {
	Unit     ledger.UnitID
	Asked    int // forms
	Late     int // of those, sent in after the due day
	Missing  int // not sent in although the due day is over
	Returned int // how often one was sent back
}

// Punctuality tells by unit how the rounds went whose period lies in another one, as far as the caller may see.
func (s *Service) Punctuality(ctx context.Context, plan ledger.PlanID, in reporting.Period) ([]Punctuality, error) {
	if err := s.checkPlan(ctx, readRound, plan); err != nil {
		return nil, err
	}
	scope, err := s.core.Scope(ctx, readSubmission, submissionColumns)
	if err != nil {
		return nil, err
	}
	span := in.Span()
	var rows []struct {
		Unit, Period                   string
		Asked, Late, Missing, Returned int
	}
	query := s.core.Store().View(ctx).NewSelect().Table("submissions").Join("JOIN rounds ON rounds.id = submissions.round").
		Column("submissions.unit", "submissions.period").ColumnExpr("count(*) AS asked").
		ColumnExpr("sum(CASE WHEN submissions.late THEN 1 ELSE 0 END) AS late").
		ColumnExpr("sum(CASE WHEN submissions.state = ? AND rounds.due < ? THEN 1 ELSE 0 END) AS missing",
			string(reporting.Drafted), s.core.Today().String()).
		ColumnExpr("sum((SELECT count(*) FROM flow_steps AS t WHERE t.kind = ? AND t.object = submissions.id AND t.action IN (?))) AS returned",
			SubmissionKind, bun.List([]string{"return", "dispute"})).
		Where("submissions.plan = ? AND submissions.asked > 0", plan).
		Where("submissions.ends BETWEEN ? AND ?", span.From.String(), span.To.String()).
		Group("submissions.unit", "submissions.period")
	if err := scope(query).Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("counting how units of plan %s reported: %w", plan, err)
	}
	byUnit := map[string]*Punctuality{}
	for _, r := range rows {
		if p, err := reporting.ParsePeriod(r.Period); err != nil || !p.Within(in) {
			continue
		}
		u := byUnit[r.Unit]
		if u == nil {
			u = &Punctuality{Unit: ledger.UnitID(r.Unit)}
			byUnit[r.Unit] = u
		}
		u.Asked, u.Late, u.Missing, u.Returned = u.Asked+r.Asked, u.Late+r.Late, u.Missing+r.Missing, u.Returned+r.Returned
	}
	all := make([]Punctuality, 0, len(byUnit))
	for _, u := range byUnit {
		all = append(all, *u)
	}
	slices.SortFunc(all, func(a, b Punctuality) int { return cmp.Compare(a.Unit, b.Unit) })
	return all, nil
}
