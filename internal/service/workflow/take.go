package workflow

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/flow"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Open keeps that records begin their way through a workflow, before any step is taken.
func (k *Keeper) Open(ctx context.Context, w *service.Work, d *flow.Definition, kind string, ids ...string) error {
	begun := make([]caseRow, len(ids))
	for i, id := range ids {
		begun[i] = caseRow{
			Kind: kind, Object: id, Flow: d.Name, Version: d.Version, Begun: k.core.Today().String(), State: d.States[0].Name,
		}
	}
	return store.Insert(ctx, w.Tx(), begun...)
}

// Move is a step of a case that is to be taken.
type Move struct {
	Case Case
	ID   string // of the record
	Step flow.Step
}

// Take does a step of a case and keeps it. The record that the case is of has to be changed in the same transaction.
// A step that the workflow does not allow is a *service.Fault.
func (k *Keeper) Take(ctx context.Context, w *service.Work, c Case, kind, id string, step flow.Step) (Case, error) {
	taken, err := k.TakeAll(ctx, w, kind, Move{c, id, step})
	if err != nil {
		return c, err
	}
	return taken[0], nil
}

// TakeAll takes several steps at once, of a case each, all or none.
func (k *Keeper) TakeAll(ctx context.Context, w *service.Work, kind string, moves ...Move) ([]Case, error) {
	at := store.TimeText(k.core.Store().Now())
	var begun []caseRow
	var steps []stepRow
	moved := map[string][]string{}
	taken := make([]Case, len(moves))
	for i, m := range moves {
		next, _, err := m.Case.Definition.Apply(m.Case.Case, m.Step, k.days())
		if err != nil {
			return nil, refused(err)
		}
		facts, err := json.Marshal(m.Step.Facts)
		if err != nil {
			return nil, fmt.Errorf("writing the facts of a step: %w", err)
		}
		steps = append(steps, stepRow{
			Kind: kind, Object: m.ID, Number: len(m.Case.Steps) + 1, Action: m.Step.Action, Role: m.Step.Role,
			Account: m.Step.Actor, OnDay: m.Step.On.String(), AtTime: at, Facts: string(facts), Reason: m.Step.Reason, Days: m.Step.Days,
			UntilDay: m.Step.Until.String(),
		})
		if m.Case.kept {
			moved[next.State] = append(moved[next.State], m.ID)
		} else {
			d := m.Case.Definition
			begun = append(begun, caseRow{
				Kind: kind, Object: m.ID, Flow: d.Name, Version: d.Version, Begun: m.Case.Begun.String(), State: next.State,
			})
		}
		taken[i] = m.Case
		taken[i].Case, taken[i].kept = next, true
		taken[i].Steps = append(taken[i].Steps[:len(taken[i].Steps):len(taken[i].Steps)],
			Step{Step: m.Step, Account: ledger.AccountID(m.Step.Actor), At: store.TimeOf(at)})
	}
	if err := store.Insert(ctx, w.Tx(), begun...); err != nil {
		return nil, err
	}
	for state, ids := range moved {
		_, err := w.Tx().NewUpdate().Table("flow_cases").Set("state = ?", state).
			Where("kind = ?", kind).Where("object IN (?)", bun.List(ids)).Exec(ctx)
		if err != nil {
			return nil, fmt.Errorf("writing the state of %s: %w", kind, err)
		}
	}
	return taken, store.Insert(ctx, w.Tx(), steps...)
}

// refused is a step that a workflow does not allow, as a fault.
func refused(err error) error {
	var refusal *flow.Refusal
	if !errors.As(err, &refusal) {
		return err
	}
	text := refusal.Text()
	return &service.Fault{
		Code: "flow." + string(refusal.Why), Words: ledger.Wording{ZH: text.Chinese, EN: text.English}, Cause: refusal,
	}
}
