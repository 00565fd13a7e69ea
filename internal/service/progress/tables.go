package progress

import (
	"cmp"
	"context"
	"slices"
	"strconv"

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
	return t, s.account(ctx, &t)
}

// account makes the tables of a plan for a period: of what is locked, which is kept, and of what was sent in since.
func (s *Service) account(ctx context.Context, t *Tables) error {
	key := accountKey{t.Plan.ID, t.Period}
	made, err := keep(ctx, s, key, t.Plan.ID, func(ctx context.Context) (keptAccount, error) { return s.lockedAccount(ctx, t.Plan, t.Period) })
	if err != nil {
		return err
	}
	open, err := s.open(ctx, t.Plan.ID, t.Period)
	if err != nil {
		return err
	}
	indicators := slices.Clone(made.indicators)
	for _, m := range made.missing {
		said, sent := open[about{m.subject, m.unit}]
		t.Open = append(t.Open, OpenFigure{Subject: m.subject, Title: m.title, Unit: m.unit, UnitName: m.unitName, State: said.State})
		if sent && m.subject.Kind == reporting.OfIndicator && indicators[m.line].Point.Period.IsZero() {
			points := reporting.Derive(reporting.TermsOf(indicators[m.line].Indicator), append(slices.Clone(m.before), said))
			indicators[m.line].Point, _ = ending(points, t.Period)
		}
	}
	t.Indicators, t.Projects = reporting.IndicatorTable(indicators), made.projects
	return nil
}

// accountKey is of what an account is.
type accountKey struct {
	plan   ledger.PlanID
	period reporting.Period
}

// keptAccount is what the locked figures give for the tables of a period.
type keptAccount struct {
	indicators []reporting.IndicatorAccount
	projects   []reporting.ProjectLine
	missing    []missing
}

// missing is a figure of a period that is not locked.
type missing struct {
	subject  reporting.Subject
	title    string
	unit     ledger.UnitID
	unitName string
	line     int                // of the indicator
	before   []reporting.Stated // what the unit stated of the indicator and is locked
}

// lockedAccount reads what the tables of a plan for a period rest on.
func (s *Service) lockedAccount(ctx context.Context, plan ledger.Plan, period reporting.Period) (keptAccount, error) {
	g, err := s.ground(ctx, plan, narrow{accounts: true, kinds: accountedKinds})
	if err != nil {
		return keptAccount{}, err
	}
	a := accounting{ground: g, period: period}
	a.ofIndicators()
	a.ofProjects()
	return a.keptAccount, nil
}

// accounting makes what the locked figures give for a period.
type accounting struct {
	*ground
	keptAccount
	period reporting.Period
}

// ofIndicators accounts for the indicators, in the order in which the plan promises them.
func (a *accounting) ofIndicators() {
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
		a.keptAccount.indicators = append(a.keptAccount.indicators, account)
	}
}

// wholesFirst puts what is a part of something behind what is not.
func wholesFirst(commitments []ledger.Commitment) {
	slices.SortStableFunc(commitments, func(x, y ledger.Commitment) int {
		part := func(c ledger.Commitment) int { return min(len(c.Parent), 1) }
		return part(x) - part(y)
	})
}

// of is the figure of an indicator for the period: that of the first unit that leads a commitment with it and has one,
// or else what all units together say. Where there is none, it is missing from each unit that leads one.
func (a *accounting) of(i ledger.Indicator, following []ledger.Commitment) reporting.Point {
	subject, terms := reporting.IndicatorSubject(i.ID), reporting.TermsOf(i)
	m := measured{subject: subject}
	m.matter.Terms = terms
	for _, c := range following {
		if p, there := ending(a.inherited(subject, terms, c.Lead), a.period); there {
			return p
		}
	}
	if p, there := ending(a.points(&m, following[0].Lead), a.period); there {
		return p
	}
	for _, c := range following {
		m := a.without(subject, i.Name, c.Lead)
		m.line, m.before = len(a.keptAccount.indicators), stated(a.inherited(subject, terms, c.Lead))
		a.missing = append(a.missing, m)
	}
	return reporting.Point{}
}

// ending is the point that ends with a period; of a month and a quarter that end together the quarter's.
func ending(points []reporting.Point, period reporting.Period) (reporting.Point, bool) {
	for i := len(points) - 1; i >= 0; i-- {
		if points[i].Period.Span().To == period.Span().To {
			return points[i], true
		}
	}
	return reporting.Point{}, false
}

// ofProjects makes the table of projects. Of a project without a figure of the period the last one before it counts.
func (a *accounting) ofProjects() {
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
		if _, there := ending(points, a.period); !there && asksFor(p) {
			a.missing = append(a.missing, a.without(m.subject, p.Name, p.Lead))
		}
		for _, point := range points {
			if !a.period.Before(point.Period) {
				accounts[i].Point = point
			}
		}
	}
	a.keptAccount.projects = reporting.ProjectTable(a.period, accounts)
}

// asksFor tells whether figures of a project are asked for: those in reserve and those given up stand in no table.
func asksFor(p ledger.Project) bool { return p.Stage != ledger.Reserve && p.Stage != ledger.Exited }

// without says that a figure of a unit is missing.
func (a *accounting) without(subject reporting.Subject, title string, unit ledger.UnitID) missing {
	return missing{subject: subject, title: title, unit: unit, unitName: a.tree.Name(unit, a.on)}
}
