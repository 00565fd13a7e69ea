package workflow

import (
	"slices"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow/migrations"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Room is the tables of cases. It stands behind the room of planning, which used to make them.
func Room() store.Room { return store.Room{Name: "workflow", Files: migrations.Files} }

// Keeper keeps cases. It is safe for concurrent use.
type Keeper struct {
	core   *service.Core
	days   func() *calendar.Workdays
	rights map[string]access.Action
}

// New makes a keeper. Steps has a line for each step that people take: workflow, action, and what the table of rights
// calls it. Terms run by the given working days; by those that come with the program where they are nil.
func New(core *service.Core, days func() *calendar.Workdays, steps string) *Keeper {
	if days == nil {
		days = calendar.ChineseWorkdays
	}
	return &Keeper{core: core, days: days, rights: ParseSteps(steps)}
}

// ParseSteps reads what the table of rights calls the steps of workflows, by “workflow/action”.
func ParseSteps(text string) map[string]access.Action {
	all := map[string]access.Action{}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 3 && !strings.HasPrefix(line, "#") {
			all[fields[0]+"/"+fields[1]] = access.Action(fields[2])
		}
	}
	return all
}

// Shipped is a workflow that comes with the program.
func Shipped(name string) *flow.Definition {
	definitions, err := flow.Shipped()
	if err != nil {
		panic(err) // the program's own files
	}
	i := slices.IndexFunc(definitions, func(d *flow.Definition) bool { return d.Name == name })
	return definitions[i]
}

// Right is what the table of rights calls a step; ours is false for a step that people do not take one by one.
func (k *Keeper) Right(d *flow.Definition, action string) (right access.Action, ours bool) {
	right, ours = k.rights[d.Name+"/"+action]
	return right, ours
}

// Days are the working days by which terms run.
func (k *Keeper) Days() *calendar.Workdays { return k.days() }

// Case is how far a record is in its workflow, and by which steps.
type Case struct {
	flow.Case
	Definition *flow.Definition
	Begun      calendar.Date
	Steps      []Step
	kept       bool // it has its row
}

// Step is a step that somebody took.
type Step struct {
	flow.Step
	Account ledger.AccountID
	At      time.Time
}

// Title is what pages call the state.
func (c Case) Title() ledger.Wording {
	state := c.Definition.State(c.State)
	return ledger.Wording{ZH: state.Title.Chinese, EN: state.Title.English}
}

// Begin is a case of which no step was taken yet.
func (k *Keeper) Begin(d *flow.Definition, on calendar.Date) Case {
	c := Case{Definition: d, Begun: on}
	c.Case, _ = d.Begin(on, k.days())
	return c
}
