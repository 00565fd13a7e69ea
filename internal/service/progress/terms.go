package progress

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// Terms are by what the lights of a plan are computed: a rule, and the usual path of each kind of commitment, which is
// the linear one where none is set.
type Terms struct {
	Rule  string                               `json:"rule"`
	Paths map[ledger.CommitmentKind]light.Path `json:"paths,omitempty"`
}

func (t Terms) rule() light.Rule {
	if r, known := light.RuleByName(t.Rule); known {
		return r
	}
	return light.Usual()
}

// OwnTerms are what differs for one commitment. What is empty is as usual.
type OwnTerms struct {
	Path   light.Path    `json:"path,omitzero"`
	Begins calendar.Date `json:"begins,omitzero"` // from when elapsed time counts; from the beginning of the year where it is zero
	// References are the figures with which targets in words are compared, by their numbers: 全省平均水平.
	References map[int]ledger.Decimal `json:"references,omitempty"`
}

// IsEmpty tells whether nothing differs.
func (o OwnTerms) IsEmpty() bool {
	return o.Path == light.Path{} && o.Begins.IsZero() && len(o.References) == 0
}

type termsRow struct {
	bun.BaseModel `bun:"table:light_rules,alias:light_rules"`
	Plan          string `bun:"plan,pk"`
	Revision      int64  `bun:"revision"`
	Rule          string `bun:"rule"`
	Paths         string `bun:"paths"`
}

func (r termsRow) record() (store.Record[Terms], error) {
	record := store.Record[Terms]{Revision: r.Revision, Value: Terms{Rule: r.Rule}}
	if r.Paths != "" {
		if err := json.Unmarshal([]byte(r.Paths), &record.Value.Paths); err != nil {
			return record, fmt.Errorf("progress: reading the paths of plan %s: %w", r.Plan, err)
		}
	}
	if record.Value.Rule == "" {
		record.Value.Rule = light.Usual().Name
	}
	return record, nil
}

type ownRow struct {
	bun.BaseModel `bun:"table:light_paths,alias:light_paths"`
	Commitment    string `bun:"commitment,pk"`
	Plan          string `bun:"plan"`
	Revision      int64  `bun:"revision"`
	Terms         string `bun:"terms"`
}

func (r ownRow) record() (store.Record[OwnTerms], error) {
	record := store.Record[OwnTerms]{Revision: r.Revision}
	if r.Terms != "" {
		if err := json.Unmarshal([]byte(r.Terms), &record.Value); err != nil {
			return record, fmt.Errorf("progress: reading the path of commitment %s: %w", r.Commitment, err)
		}
	}
	return record, nil
}

// Terms are by what the lights of a plan are computed. Their revision is 0 until they are set.
func (s *Service) Terms(ctx context.Context, plan ledger.PlanID) (store.Record[Terms], error) {
	if _, err := s.plan(ctx, plan); err != nil {
		return store.Record[Terms]{}, err
	}
	return s.terms(ctx, plan)
}

func (s *Service) terms(ctx context.Context, plan ledger.PlanID) (store.Record[Terms], error) {
	row := termsRow{Plan: string(plan)}
	if err := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx); err != nil && !noRows(err) {
		return store.Record[Terms]{}, fmt.Errorf("progress: reading the rule of plan %s: %w", plan, err)
	}
	return row.record()
}

// SetTerms sets by what the lights of a plan are computed, from now on and for the whole year.
func (s *Service) SetTerms(ctx context.Context, plan ledger.PlanID, terms Terms, seen int64) (store.Record[Terms], error) {
	var set store.Record[Terms]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		p, err := s.core.Store().Plans().Get(ctx, string(plan))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "config.rules", ofPlan(p.Value)); err != nil {
			return err
		}
		if err := terms.check(); err != nil {
			return err
		}
		before, err := s.terms(ctx, plan)
		if err != nil || before.Revision != seen {
			return errors.Join(err, fresh(RuleKind, string(plan), seen, before))
		}
		paths, _ := json.Marshal(terms.Paths) // kinds and decimals
		row := termsRow{Plan: string(plan), Revision: seen + 1, Rule: terms.Rule, Paths: string(paths)}
		result, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (plan) DO UPDATE").Set("revision = EXCLUDED.revision").
			Set("rule = EXCLUDED.rule").Set("paths = EXCLUDED.paths").Where("light_rules.revision = ?", seen).Exec(ctx)
		if err := one(RuleKind, string(plan), seen, before, result, err); err != nil {
			return err
		}
		set = store.Record[Terms]{Value: terms, Revision: row.Revision}
		w.Record("config.rules", RuleKind, string(plan), unless(before.Revision == 0, before.Value), terms, nil)
		return nil
	})
	return set, err
}

func (t Terms) check() error {
	if _, known := light.RuleByName(t.Rule); !known {
		return faults.New("light.rule", t.Rule)
	}
	for _, path := range t.Paths {
		if err := checkPath(path); err != nil {
			return err
		}
	}
	return nil
}

func checkPath(p light.Path) error {
	code := p.Validate()
	if code == "" {
		return nil
	}
	words := light.Step{Code: code}.Words()
	fault := faults.New("light.path")
	fault.Words.ZH, fault.Words.EN = replaced(fault.Words.ZH, words.ZH), replaced(fault.Words.EN, words.EN)
	return fault
}

// OwnTerms are what differs for a commitment, at revision 0 until something is set.
func (s *Service) OwnTerms(ctx context.Context, id ledger.CommitmentID) (store.Record[OwnTerms], error) {
	if _, err := s.commitment(ctx, id); err != nil {
		return store.Record[OwnTerms]{}, err
	}
	return s.ownTerms(ctx, id)
}

func (s *Service) ownTerms(ctx context.Context, id ledger.CommitmentID) (store.Record[OwnTerms], error) {
	row := ownRow{Commitment: string(id)}
	if err := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx); err != nil && !noRows(err) {
		return store.Record[OwnTerms]{}, fmt.Errorf("progress: reading the path of commitment %s: %w", id, err)
	}
	return row.record()
}

// SetOwnTerms sets what differs for a commitment; nothing any more where the terms are empty.
func (s *Service) SetOwnTerms(ctx context.Context, id ledger.CommitmentID, own OwnTerms, seen int64) (store.Record[OwnTerms], error) {
	var set store.Record[OwnTerms]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		c, err := s.core.Store().Commitments().Get(ctx, string(id))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "config.rules", ofCommitment(c.Value)); err != nil {
			return err
		}
		if err := checkPath(own.Path); err != nil {
			return err
		}
		before, err := s.ownTerms(ctx, id)
		if err != nil || before.Revision != seen {
			return errors.Join(err, fresh(PathKind, string(id), seen, before))
		}
		row := ownRow{Commitment: string(id), Plan: string(c.Value.Plan), Revision: seen + 1}
		if !own.IsEmpty() {
			terms, _ := json.Marshal(own) // dates and decimals
			row.Terms = string(terms)
		}
		result, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (commitment) DO UPDATE").Set("revision = EXCLUDED.revision").
			Set("terms = EXCLUDED.terms").Where("light_paths.revision = ?", seen).Exec(ctx)
		if err := one(PathKind, string(id), seen, before, result, err); err != nil {
			return err
		}
		set = store.Record[OwnTerms]{Value: own, Revision: row.Revision}
		w.Record("config.rules", PathKind, string(id), unless(before.Revision == 0, before.Value), own, nil)
		return nil
	})
	return set, err
}

func (s *Service) readTerms(ctx context.Context, g *ground, _ narrow) error {
	terms, err := s.terms(ctx, g.plan.ID)
	if err != nil {
		return err
	}
	g.terms, g.own = terms.Value, map[ledger.CommitmentID]OwnTerms{}
	var rows []ownRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ?", g.plan.ID).Scan(ctx); err != nil {
		return fmt.Errorf("progress: reading the paths of plan %s: %w", g.plan.ID, err)
	}
	for _, r := range rows {
		own, err := r.record()
		if err != nil {
			return err
		}
		g.own[ledger.CommitmentID(r.Commitment)] = own.Value
	}
	return nil
}
