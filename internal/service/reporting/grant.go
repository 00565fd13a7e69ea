package reporting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Grant lets another system deliver some figures of a unit with its token, and no others.
type Grant struct {
	Token    string              `json:"token"` // its identifier
	Plan     ledger.PlanID       `json:"plan"`
	Unit     ledger.UnitID       `json:"unit"`
	Subjects []reporting.Subject `json:"subjects"`
}

// Grants are what other systems may deliver for a plan.
func (s *Service) Grants(ctx context.Context, plan ledger.PlanID) ([]store.Record[Grant], error) {
	if err := s.checkPlan(ctx, grantDelivery, plan); err != nil {
		return nil, err
	}
	var rows []grantRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ?", plan).Order("token", "unit").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the grants of plan %s: %w", plan, err)
	}
	records := make([]store.Record[Grant], len(rows))
	for i, row := range rows {
		if records[i], err = row.record(); err != nil {
			return nil, err
		}
	}
	return records, nil
}

func (r grantRow) record() (store.Record[Grant], error) {
	record := store.Record[Grant]{Revision: r.Revision}
	record.Value = Grant{Token: r.Token, Plan: ledger.PlanID(r.Plan), Unit: ledger.UnitID(r.Unit)}
	if err := json.Unmarshal([]byte(r.Subjects), &record.Value.Subjects); err != nil {
		return record, fmt.Errorf("reading the grant of token %s: %w", r.Token, err)
	}
	return record, nil
}

// grant is what a token may deliver of a unit; nothing, at revision 0, where nobody granted anything.
func (s *Service) grant(ctx context.Context, token string, plan ledger.PlanID, unit ledger.UnitID) (store.Record[Grant], error) {
	var row grantRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("token = ?", token).Where("plan = ?", plan).
		Where("unit = ?", unit).Scan(ctx)
	if noRows(err) {
		return store.Record[Grant]{Value: Grant{Token: token, Plan: plan, Unit: unit}}, nil
	}
	if err != nil {
		return store.Record[Grant]{}, fmt.Errorf("reading the grant of token %s: %w", token, err)
	}
	return row.record()
}

// SaveGrant sets what the holder of a token may deliver of a unit; nothing any more where there are no subjects.
func (s *Service) SaveGrant(ctx context.Context, grant Grant, seen int64) (store.Record[Grant], error) {
	saved := store.Record[Grant]{Value: grant, Revision: seen + 1}
	if grant.Token = strings.TrimSpace(grant.Token); grant.Token == "" {
		return saved, fault("grant.token")
	}
	if grant.Subjects == nil {
		grant.Subjects = []reporting.Subject{}
	}
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		plan, err := s.core.Store().Plans().Get(ctx, string(grant.Plan))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, grantDelivery, service.Owned{Lead: plan.Value.Government}); err != nil {
			return err
		}
		before, err := s.grant(ctx, grant.Token, grant.Plan, grant.Unit)
		if err != nil {
			return err
		}
		conflict := &store.Conflict[Grant]{Kind: GrantKind, ID: grant.Token, Seen: seen, Current: before}
		if before.Revision != seen {
			return conflict
		}
		row := grantRow{
			Token: grant.Token, Plan: string(grant.Plan), Unit: string(grant.Unit), Revision: saved.Revision, Subjects: written(grant.Subjects),
		}
		result, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (token, plan, unit) DO UPDATE").Set("revision = excluded.revision").
			Set("subjects = excluded.subjects").Where("delivery_grants.revision = ?", seen).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the grant of token %s: %w", grant.Token, err)
		}
		if changed, err := result.RowsAffected(); err != nil || changed == 0 {
			return conflict
		}
		w.Record(grantDelivery, GrantKind, grant.Token, was(before), grant, nil)
		return nil
	})
	return saved, err
}

// granted fails where rows are delivered with a token that was not granted them.
func (s *Service) granted(ctx context.Context, d *desk, filling Filling) error {
	if filling.Token == "" {
		return nil
	}
	grant, err := s.grant(ctx, filling.Token, d.round.Plan, filling.Unit)
	if err != nil {
		return err
	}
	for _, row := range filling.Rows {
		if !slices.Contains(grant.Value.Subjects, row.Subject) {
			return fault("grant.missing", said(d.title(row.Subject)))
		}
	}
	return nil
}
