package planning

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Rules are the rules by which a plan's commitments are given to units, the first that fits first.
type Rules struct {
	Plan  ledger.PlanID `json:"plan"`
	Rules []ledger.Rule `json:"rules"`
}

type rulesRow struct {
	bun.BaseModel `bun:"table:assignment_rules,alias:assignment_rules"`
	Plan          string `bun:"plan,pk"`
	Revision      int64  `bun:"revision"`
	Rules         string `bun:"rules"`
}

// Rules are the rules of a plan; there are none, at revision 0, until somebody writes one.
func (s *Service) Rules(ctx context.Context, plan ledger.PlanID) (store.Record[Rules], error) {
	if _, err := s.Plan(ctx, plan); err != nil {
		return store.Record[Rules]{}, err
	}
	return s.rules(ctx, plan)
}

func (s *Service) rules(ctx context.Context, plan ledger.PlanID) (store.Record[Rules], error) {
	record := store.Record[Rules]{Value: Rules{Plan: plan}}
	var row rulesRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("plan = ?", plan).Scan(ctx)
	if noRows(err) {
		return record, nil
	}
	if err != nil {
		return record, fmt.Errorf("reading the rules of plan %s: %w", plan, err)
	}
	record.Revision = row.Revision
	if err := json.Unmarshal([]byte(row.Rules), &record.Value.Rules); err != nil {
		return record, fmt.Errorf("reading the rules of plan %s: %w", plan, err)
	}
	return record, nil
}

// SaveRules keeps rules for a plan. They give nothing to anybody until AssignByRules is asked to.
func (s *Service) SaveRules(ctx context.Context, plan ledger.PlanID, rules []ledger.Rule, seen int64) (store.Record[Rules], error) {
	var saved store.Record[Rules]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		held, err := s.held(ctx, w, plan, "UPDATE")
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, assign, ofPlan(held.Value)); err != nil {
			return err
		}
		if err := soundRules(rules); err != nil {
			return err
		}
		before, err := s.rules(ctx, plan)
		if err != nil {
			return err
		}
		if err := fresh(rulesKind, string(plan), before, seen); err != nil {
			return err
		}
		saved = store.Record[Rules]{Value: Rules{plan, rules}, Revision: seen + 1}
		text, err := json.Marshal(rules)
		if err != nil {
			return fmt.Errorf("writing the rules of plan %s: %w", plan, err)
		}
		row := rulesRow{Plan: string(plan), Revision: saved.Revision, Rules: string(text)}
		_, err = w.Tx().NewInsert().Model(&row).On("CONFLICT (plan) DO UPDATE").
			Set("revision = EXCLUDED.revision").Set("rules = EXCLUDED.rules").Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the rules of plan %s: %w", plan, err)
		}
		var was any
		if before.Revision > 0 {
			was = before.Value
		}
		w.Record(assign, rulesKind, string(plan), was, saved.Value, nil)
		return nil
	})
	return saved, err
}

func soundRules(rules []ledger.Rule) error {
	for i, rule := range rules {
		if problems := rule.Validate(); len(problems) > 0 {
			what := problems[0].What()
			return fault("rule.wrong", count(i+1), what)
		}
	}
	return nil
}

// Preview is a commitment and what rules would give to it.
type Preview struct {
	ledger.Assignment
	Of store.Record[ledger.Commitment]
}

// PreviewRules tells what rules would do to the commitments of a plan that the caller may see.
func (s *Service) PreviewRules(ctx context.Context, plan ledger.PlanID, rules []ledger.Rule) ([]Preview, error) {
	if err := soundRules(rules); err != nil {
		return nil, err
	}
	record, err := s.Plan(ctx, plan)
	if err != nil {
		return nil, err
	}
	records, err := s.readable(ctx, plan)
	if err != nil {
		return nil, err
	}
	return preview(rules, record.Value, records), nil
}

func preview(rules []ledger.Rule, plan ledger.Plan, records []store.Record[ledger.Commitment]) []Preview {
	byID := make(map[ledger.CommitmentID]store.Record[ledger.Commitment], len(records))
	for _, r := range records {
		byID[r.Value.ID] = r
	}
	var list []Preview
	for _, a := range ledger.Assign(rules, plan, store.Values(records)) {
		list = append(list, Preview{a, byID[a.Commitment]})
	}
	return list
}

// AssignByRules does to commitments of a draft what rules say. Those that were picked in a preview have to be as they
// were there; where none was picked, all that the rules fit are assigned.
func (s *Service) AssignByRules(ctx context.Context, plan ledger.PlanID, rules []ledger.Rule, picked []Chosen) (Bulk, error) {
	if err := soundRules(rules); err != nil {
		return Bulk{}, err
	}
	return s.assigned(ctx, plan, func(ctx context.Context, w *service.Work, draft ledger.Plan) ([]given, error) {
		var records []store.Record[ledger.Commitment]
		var err error
		if len(picked) > 0 {
			records, err = s.chosen(ctx, w, assign, plan, picked)
		} else {
			records, err = s.readable(ctx, plan)
		}
		if err != nil {
			return nil, err
		}
		var list []given
		for _, p := range preview(rules, draft, records) {
			list = append(list, given{p.Of, p.To(p.Of.Value)})
		}
		return list, nil
	})
}
