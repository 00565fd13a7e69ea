package workflow

import (
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/flow"
	"luoshi/internal/store"
	"luoshi/ledger"
)

type caseRow struct {
	bun.BaseModel `bun:"table:flow_cases,alias:flow_cases"`
	Kind          string `bun:"kind,pk"`
	Object        string `bun:"object,pk"`
	Flow          string `bun:"flow"`
	Version       int    `bun:"version"`
	Begun         string `bun:"begun"`
	State         string `bun:"state"`
}

type stepRow struct {
	bun.BaseModel `bun:"table:flow_steps,alias:flow_steps"`
	Kind          string `bun:"kind,pk"`
	Object        string `bun:"object,pk"`
	Number        int    `bun:"number,pk"`
	Action        string `bun:"action"`
	Role          string `bun:"role"`
	Account       string `bun:"account"`
	OnDay         string `bun:"on_day"`
	AtTime        string `bun:"at_time"`
	Facts         string `bun:"facts"`
	Reason        string `bun:"reason"`
	Days          int    `bun:"days"`
	UntilDay      string `bun:"until_day"`
}

func (r stepRow) step() (Step, error) {
	step := Step{Account: ledger.AccountID(r.Account), At: store.TimeOf(r.AtTime), Step: flow.Step{
		Action: r.Action, Role: r.Role, Actor: r.Account, On: store.DateOf(r.OnDay), Reason: r.Reason, Days: r.Days,
		Until: store.DateOf(r.UntilDay),
	}}
	if err := json.Unmarshal([]byte(r.Facts), &step.Facts); err != nil {
		return Step{}, fmt.Errorf("reading step %d of %s %s: %w", r.Number, r.Kind, r.Object, err)
	}
	return step, nil
}
