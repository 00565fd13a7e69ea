package workflow

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/flow"
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
}

func (r stepRow) step() (Step, error) {
	step := Step{Account: ledger.AccountID(r.Account), At: timeOf(r.AtTime), Step: flow.Step{
		Action: r.Action, Role: r.Role, Actor: r.Account, On: dateOf(r.OnDay), Reason: r.Reason, Days: r.Days,
	}}
	if err := json.Unmarshal([]byte(r.Facts), &step.Facts); err != nil {
		return Step{}, fmt.Errorf("reading step %d of %s %s: %w", r.Number, r.Kind, r.Object, err)
	}
	return step, nil
}

// stamp is a time as tables keep it.
const stamp = "2006-01-02T15:04:05.000000Z"

func timeOf(text string) time.Time {
	t, _ := time.Parse(stamp, text) // written with stamp
	return t
}

func dateOf(text string) calendar.Date {
	d, _ := calendar.ParseDate(text) // written by Date.String
	return d
}
