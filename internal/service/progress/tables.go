package progress

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/uptrace/bun"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Tables are the two tables by which a plan accounts for a period: its indicators, and its projects by category.
type Tables struct {
	Plan       ledger.Plan               `json:"-"`
	Period     reporting.Period          `json:"period"`
	Indicators []reporting.IndicatorLine `json:"indicators"`
	Projects   []reporting.ProjectLine   `json:"projects"` // the total first
	// Open is what does not count yet: figures of the period that are missing or not locked.
	Open []OpenFigure `json:"open"`
}

// OpenFigure is a figure of a table that is not locked.
type OpenFigure struct {
	Subject  reporting.Subject `json:"subject"`
	Title    string            `json:"title"`
	Unit     ledger.UnitID     `json:"unit,omitempty"`
	UnitName string            `json:"unit_name,omitempty"`
	State    reporting.State   `json:"state,omitempty"` // how far it is; empty where nothing was reported
}

// Periods are the periods for which the tables of a plan may be asked, the longest first.
func Periods(plan ledger.Plan) []reporting.Period {
	year := reporting.Period{Frequency: reporting.Yearly, Year: plan.Year, Number: 1}
	var all []reporting.Period
	for _, f := range []reporting.Frequency{reporting.Yearly, reporting.HalfYearly, reporting.Quarterly, reporting.Monthly} {
		all = append(all, year.Through(f)...)
	}
	return all
}

// Tables are the two tables of a plan for a period of its year. Figures are cumulative from the beginning of the year;
// one that is not locked is shown with that remark in the table of indicators, and never enters a total.
func (s *Service) Tables(ctx context.Context, id ledger.PlanID, period reporting.Period) (Tables, error) {
	t := Tables{Period: period, Open: []OpenFigure{}}
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return t, err
	}
	if err := s.core.Check(ctx, "account.read", ofPlan(plan.Value)); err != nil {
		return t, err
	}
	t.Plan = plan.Value
	if !slices.Contains(Periods(t.Plan), period) {
		return t, faults.New("table.period", period.Key(), strconv.Itoa(t.Plan.Year))
	}
	state, err := s.accountState(ctx, t.Plan.ID)
	if err != nil {
		return t, err
	}
	key := accountKey{t.Plan.ID, period}
	if found, ok := s.accounts.Load(key); ok {
		if kept, ok := found.(keptAccount); ok && kept.state == state {
			return kept.tables, nil
		}
	}
	if err := s.account(ctx, &t); err != nil {
		return t, err
	}
	s.accounts.Store(key, keptAccount{state, t})
	return t, nil
}

// account reads what the tables of a plan for a period rest on, and makes them.
func (s *Service) account(ctx context.Context, t *Tables) error {
	return s.core.Store().Snapshot(ctx, func(ctx context.Context, _ bun.Tx) error {
		g, err := s.ground(ctx, t.Plan, narrow{accounts: true})
		if err != nil {
			return err
		}
		open, err := s.open(ctx, t.Plan.ID, t.Period)
		if err != nil {
			return err
		}
		a := &accounting{ground: g, open: open, tables: t}
		a.indicators()
		a.projects()
		return nil
	})
}

// accounting makes the tables of a period.
type accounting struct {
	*ground
	open   map[about]reporting.Stated // what was sent in for the period and is not locked
	tables *Tables
}

// indicators makes the table of indicators, in the order in which the plan promises them.
func (a *accounting) indicators() {
	following := map[ledger.IndicatorID][]ledger.Commitment{}
	var order []ledger.IndicatorID
	for _, c := range a.commitments {
		for _, t := range c.Targets {
			if len(following[t.Indicator]) == 0 {
				order = append(order, t.Indicator)
			}
			following[t.Indicator] = append(following[t.Indicator], c)
		}
	}
	var accounts []reporting.IndicatorAccount
	for _, id := range order {
		i, known := a.ground.indicators[id]
		if !known {
			continue
		}
		account := reporting.IndicatorAccount{Indicator: i}
		wholesFirst(following[id])
		for _, c := range following[id] {
			for _, t := range c.Targets {
				if t.Indicator == id {
					account.Targets = append(account.Targets, t)
				}
			}
		}
		account.Point = a.of(i, following[id])
		accounts = append(accounts, account)
	}
	a.tables.Indicators = reporting.IndicatorTable(accounts)
}

// wholesFirst puts what is a part of something behind what is not.
func wholesFirst(commitments []ledger.Commitment) {
	slices.SortStableFunc(commitments, func(x, y ledger.Commitment) int {
		part := func(c ledger.Commitment) int { return min(len(c.Parent), 1) }
		return part(x) - part(y)
	})
}

// of is the figure of an indicator for the period: that of the first unit that leads a commitment with it and has one,
// or else what all units together say; one that is not locked only where none is.
func (a *accounting) of(i ledger.Indicator, following []ledger.Commitment) reporting.Point {
	subject, terms := reporting.IndicatorSubject(i.ID), reporting.TermsOf(i)
	m := measured{subject: subject}
	m.matter.Terms = terms
	for _, c := range following {
		if p, there := a.ending(a.inherited(subject, terms, c.Lead)); there {
			return p
		}
	}
	if p, there := a.ending(a.points(&m, following[0].Lead)); there {
		return p
	}
	var found reporting.Point
	for _, c := range following {
		key := about{subject, c.Lead}
		said, sent := a.open[key]
		a.note(subject, i.Name, c.Lead, said.State)
		if sent && found.Period.IsZero() {
			found, _ = a.ending(reporting.Derive(terms, append(stated(a.inherited(subject, terms, c.Lead)), said)))
		}
	}
	return found
}

// ending is the point that ends with the period; of a month and a quarter that end together the quarter's.
func (a *accounting) ending(points []reporting.Point) (reporting.Point, bool) {
	for i := len(points) - 1; i >= 0; i-- {
		if points[i].Period.Span().To == a.tables.Period.Span().To {
			return points[i], true
		}
	}
	return reporting.Point{}, false
}

// projects makes the table of projects. Of a project without a figure of the period the last one before it counts.
func (a *accounting) projects() {
	var accounts []reporting.ProjectAccount
	for _, p := range a.ground.projects {
		accounts = append(accounts, reporting.ProjectAccount{Project: p})
	}
	slices.SortFunc(accounts, func(x, y reporting.ProjectAccount) int {
		return cmp.Or(cmp.Compare(x.Project.Number, y.Project.Number), cmp.Compare(x.Project.ID, y.Project.ID))
	})
	for i := range accounts {
		p := accounts[i].Project
		m := measured{subject: reporting.ProjectSubject(p.ID)}
		points := a.points(&m, p.Lead)
		if _, there := a.ending(points); !there && asksFor(p) {
			a.note(m.subject, p.Name, p.Lead, a.open[about{m.subject, p.Lead}].State)
		}
		for _, point := range points {
			if !a.tables.Period.Before(point.Period) {
				accounts[i].Point = point
			}
		}
	}
	a.tables.Projects = reporting.ProjectTable(a.tables.Period, accounts)
}

// asksFor tells whether figures of a project are asked for: those in reserve and those given up stand in no table.
func asksFor(p ledger.Project) bool { return p.Stage != ledger.Reserve && p.Stage != ledger.Exited }

// note says that a figure of the tables does not count yet.
func (a *accounting) note(subject reporting.Subject, title string, unit ledger.UnitID, state reporting.State) {
	a.tables.Open = append(a.tables.Open, OpenFigure{
		Subject: subject, Title: title, Unit: unit, UnitName: a.tree.Name(unit, a.on), State: state,
	})
}
