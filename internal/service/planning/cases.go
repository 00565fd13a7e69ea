package planning

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

//go:embed steps.txt
var stepLines string

// rights reads steps.txt: for each workflow what the table of rights calls its actions.
var rights = sync.OnceValue(func() map[string]access.Action {
	all := map[string]access.Action{}
	for line := range strings.Lines(stepLines) {
		fields := strings.Fields(line)
		if len(fields) == 3 && !strings.HasPrefix(line, "#") {
			all[fields[0]+"/"+fields[1]] = access.Action(fields[2])
		}
	}
	return all
})

// Case is how far a plan or an amendment is in its workflow, and by which steps.
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

// caseOf is the run of a record through a workflow. One of which no step was taken yet began on the given day.
func (s *Service) caseOf(ctx context.Context, d *flow.Definition, kind, id string, begun calendar.Date) (Case, error) {
	c := Case{Definition: d, Begun: begun}
	db := s.core.Store().View(ctx)
	var row caseRow
	err := db.NewSelect().Model(&row).Where("kind = ?", kind).Where("object = ?", id).Scan(ctx)
	if err != nil && !noRows(err) {
		return c, fmt.Errorf("reading how far %s %s is: %w", kind, id, err)
	}
	if err == nil {
		c.kept, c.Begun = true, dateOf(row.Begun)
	}
	var rows []stepRow
	if err := db.NewSelect().Model(&rows).Where("kind = ?", kind).Where("object = ?", id).Order("number").Scan(ctx); err != nil {
		return c, fmt.Errorf("reading the steps of %s %s: %w", kind, id, err)
	}
	steps := make([]flow.Step, len(rows))
	for i, row := range rows {
		step, err := row.step()
		if err != nil {
			return c, err
		}
		c.Steps, steps[i] = append(c.Steps, step), step.Step
	}
	if c.Case, _, err = d.Replay(c.Begun, steps, s.days()); err != nil {
		return c, fmt.Errorf("replaying the steps of %s %s: %w", kind, id, err)
	}
	return c, nil
}

// take does a step of a case and keeps it. The record that the case is of has to be changed in the same
// transaction: its revision keeps two people from taking a step at once.
func (s *Service) take(ctx context.Context, w *service.Work, c Case, kind, id string, step flow.Step) (Case, error) {
	next, _, err := c.Definition.Apply(c.Case, step, s.days())
	if err != nil {
		return c, refused(err)
	}
	if err := s.keep(ctx, w, c, next.State, kind, id); err != nil {
		return c, err
	}
	facts, err := json.Marshal(step.Facts)
	if err != nil {
		return c, fmt.Errorf("writing the facts of a step: %w", err)
	}
	at := s.now()
	row := stepRow{
		Kind: kind, Object: id, Number: len(c.Steps) + 1, Action: step.Action, Role: step.Role, Account: step.Actor,
		OnDay: step.On.String(), AtTime: at, Facts: string(facts), Reason: step.Reason, Days: step.Days,
	}
	if err := insert(ctx, w.Tx(), row); err != nil {
		return c, err
	}
	c.Case, c.kept = next, true
	c.Steps = append(c.Steps, Step{Step: step, Account: ledger.AccountID(step.Actor), At: timeOf(at)})
	return c, nil
}

// keep writes in which state a case is.
func (s *Service) keep(ctx context.Context, w *service.Work, c Case, state, kind, id string) error {
	row := caseRow{
		Kind: kind, Object: id, Flow: c.Definition.Name, Version: c.Definition.Version, Begun: c.Begun.String(), State: state,
	}
	if !c.kept {
		return insert(ctx, w.Tx(), row)
	}
	if _, err := w.Tx().NewUpdate().Model(&row).Column("state").WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("writing the state of %s %s: %w", kind, id, err)
	}
	return nil
}

// stepBy is a step as its actor takes it: in the role that the table of rights allows it to.
func (s *Service) stepBy(ctx context.Context, d *flow.Definition, action string, owned service.Owned) (flow.Step, error) {
	step := flow.Step{Action: action, On: s.core.Today()}
	caller := service.CallerOf(ctx)
	if caller.System != "" {
		step.Actor = caller.System
		if a := d.Action(action); a != nil {
			step.Role = a.Roles[0]
		}
		return step, nil
	}
	units, err := s.core.Units(ctx)
	if err != nil {
		return step, err
	}
	decision := s.core.Rights().Can(caller.Actor, rights()[d.Name+"/"+action], units.Object(owned.Lead, owned.Cooperating, owned.Published))
	step.Actor, step.Role = string(caller.Account()), string(decision.By.Role)
	return step, nil
}

// Offer is a step that the caller may take now.
type Offer struct {
	Action *flow.Action
	// Against says what still stands in the way; empty where nothing does.
	Against ledger.Wording
}

// offers are the steps of a case that the caller may take, as far as the table of rights goes.
func (s *Service) offers(ctx context.Context, c Case, owned service.Owned, facts []string) ([]Offer, error) {
	var offers []Offer
	for _, action := range c.Definition.Actions {
		right, ours := rights()[c.Definition.Name+"/"+action.Name]
		if !ours || !s.core.Can(ctx, right, owned) {
			continue
		}
		step, err := s.stepBy(ctx, c.Definition, action.Name, owned)
		if err != nil {
			return nil, err
		}
		step.Facts = facts
		for _, offer := range c.Definition.Offers(c.Case, []string{step.Role}, step) {
			if offer.Action.Name != action.Name {
				continue
			}
			o := Offer{Action: offer.Action}
			if offer.Against != nil {
				text := offer.Against.Text()
				o.Against = ledger.Wording{ZH: text.Chinese, EN: text.English}
			}
			offers = append(offers, o)
		}
	}
	return offers, nil
}
