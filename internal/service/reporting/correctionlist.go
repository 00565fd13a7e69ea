package reporting

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Corrections are the corrections that the caller may see, the youngest first.
func (s *Service) Corrections(ctx context.Context, query CorrectionQuery) ([]CorrectionView, error) {
	part, err := s.CorrectionPage(ctx, query, store.Page{Limit: math.MaxInt32})
	return part.Corrections, err
}

// CorrectionPage is a part of the corrections that the caller may see, the youngest first. Of the page limit and place
// count; corrections have one order.
func (s *Service) CorrectionPage(ctx context.Context, query CorrectionQuery, page store.Page) (CorrectionPart, error) {
	var part CorrectionPart
	scope, err := s.core.Scope(ctx, readObservation, correctionColumns)
	if err != nil {
		return part, err
	}
	limit := cmp.Or(page.Limit, store.DefaultLimit)
	var rows []correctionRow
	list := query.narrow(s.core.Store().View(ctx).NewSelect().Model(&rows)).OrderExpr("proposed DESC, id DESC").Limit(int64(limit) + 1)
	if page.After != "" {
		proposed, id, found := strings.Cut(page.After, " ")
		if !found {
			return part, fault("page.place")
		}
		list = list.Where("(corrections.proposed, corrections.id) < (?, ?)", proposed, id)
	}
	if err := scope(list).Scan(ctx); err != nil {
		return part, fmt.Errorf("reading corrections: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		part.Next = rows[limit-1].Proposed + " " + rows[limit-1].ID
	}
	part.Corrections, err = s.correctionViews(ctx, rows)
	return part, err
}

// CorrectionPart is a part of a list of corrections.
type CorrectionPart struct {
	Corrections []CorrectionView
	Next        string // behind which the next part begins; empty at the end
}

func (query CorrectionQuery) narrow(list *bun.SelectQuery) *bun.SelectQuery {
	wanted := map[string]string{"plan": string(query.Plan), "state": string(query.State), "unit": string(query.Unit)}
	if query.Subject.Kind != "" {
		wanted["subject"] = query.Subject.String()
	}
	for column, value := range wanted {
		if value != "" {
			list = list.Where("? = ?", bun.Ident("corrections."+column), value)
		}
	}
	return list
}

// Correction is a correction.
func (s *Service) Correction(ctx context.Context, id reporting.CorrectionID) (CorrectionView, error) {
	row, err := s.correctionRow(ctx, id)
	if err != nil {
		return CorrectionView{}, err
	}
	if err := s.core.Check(ctx, readObservation, service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
		return CorrectionView{}, err
	}
	views, err := s.correctionViews(ctx, []correctionRow{row})
	if err != nil {
		return CorrectionView{}, err
	}
	return views[0], nil
}

func (s *Service) correctionRow(ctx context.Context, id reporting.CorrectionID) (correctionRow, error) {
	var row correctionRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	if noRows(err) {
		return row, &store.NotFound{Kind: CorrectionKind, ID: string(id)}
	}
	if err != nil {
		return row, fmt.Errorf("reading correction %s: %w", id, err)
	}
	return row, nil
}

func (r correctionRow) correction() (reporting.Correction, error) {
	c := reporting.Correction{
		ID: reporting.CorrectionID(r.ID), Subject: subjectOf(r.Subject), Unit: ledger.UnitID(r.Unit), Period: periodOf(r.Period),
		Reason: r.Reason, Basis: r.Basis,
	}
	if err := json.Unmarshal([]byte(r.Before), &c.Before); err != nil {
		return c, fmt.Errorf("reading correction %s: %w", r.ID, err)
	}
	if err := json.Unmarshal([]byte(r.After), &c.After); err != nil {
		return c, fmt.Errorf("reading correction %s: %w", r.ID, err)
	}
	return c, nil
}

func (s *Service) caseOfCorrection(ctx context.Context, row correctionRow) (workflow.Case, error) {
	return s.cases.Case(ctx, s.correction, CorrectionKind, row.ID, s.core.Today())
}

// correctionViews are corrections as the caller sees them.
func (s *Service) correctionViews(ctx context.Context, rows []correctionRow) ([]CorrectionView, error) {
	ctx = once(ctx)
	begun := map[string]calendar.Date{}
	for _, row := range rows {
		begun[row.ID] = s.core.Today()
	}
	cases, err := s.cases.Cases(ctx, s.correction, CorrectionKind, begun)
	if err != nil {
		return nil, err
	}
	who, err := s.cases.Desk(ctx)
	if err != nil {
		return nil, err
	}
	views := make([]CorrectionView, len(rows))
	for i, row := range rows {
		c, err := row.correction()
		if err != nil {
			return nil, err
		}
		m, err := s.material(ctx, ledger.PlanID(row.Plan))
		if err != nil {
			return nil, err
		}
		views[i] = CorrectionView{
			Correction: c, Plan: ledger.PlanID(row.Plan), Title: m.title(c.Subject), UnitName: m.name(c.Unit, c.Period),
			Document: ledger.Digest(row.Document), PaperName: row.PaperName, State: CorrectionState(row.State), Revision: row.Revision,
			Proposer: ledger.AccountID(row.Proposer), Proposed: store.TimeOf(row.Proposed), Decider: ledger.AccountID(row.Decider), Answer: row.Answer,
		}
		if row.Decided != nil {
			views[i].Decided = store.TimeOf(*row.Decided)
		}
		if err := json.Unmarshal([]byte(row.Derived), &views[i].Derived); err != nil {
			return nil, fmt.Errorf("reading correction %s: %w", row.ID, err)
		}
		views[i].Offers = who.Offers(cases[row.ID], func(string) service.Owned { return service.Owned{Lead: c.Unit} }, basisFacts(row.Basis))
	}
	return slices.Clip(views), nil
}
