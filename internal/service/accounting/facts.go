package accounting

import (
	"cmp"
	"context"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/account"
	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// reader is the part of the program that reads what reports are made of. A report says the same whoever drafts, reviews or
// opens it: who may do that is asked before.
var reader = service.Caller{System: "accounting", May: []access.Action{
	"plan.read", "commitment.read", "indicator.read", "project.read", "period.read", "observation.read", "submission.read",
	"light.read", "account.read", "order.read",
}}

// gathering reads what the ledger says of a plan for a period.
type gathering struct {
	*Service
	plan   ledger.Plan
	period reporting.Period
	unit   ledger.UnitID // whose part of the plan alone is gathered; empty for all of it
	tree   *ledger.Tree

	lights   []progress.CommitmentLight // in the order of the plan
	closing  map[reporting.Subject][]figures.Figure
	latest   map[reporting.Subject]figures.Figure
	projects []ledger.Project
	defined  map[ledger.IndicatorID]ledger.Indicator
	lines    []reporting.IndicatorLine
	open     []progress.OpenFigure
	foreseen map[ledger.IndicatorID]progress.Foreseen
	peers    map[ledger.IndicatorID][]account.Peer // what other governments state
	facts    account.Facts
}

// facts are what the ledger says of a plan for a period, of one unit's part where a unit is named.
func (s *Service) facts(ctx context.Context, plan ledger.Plan, period reporting.Period, unit ledger.UnitID) (account.Facts, error) {
	ctx = service.As(ctx, reader)
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return account.Facts{}, err
	}
	g := &gathering{Service: s, plan: plan, period: period, tree: tree}
	if unit != plan.Government {
		g.unit = unit
	}
	on := s.core.Today()
	if end := period.Span().To; end.Before(on) {
		on = end // of a period that is over it is told how matters stood at its end
	}
	g.facts = account.Facts{
		Plan: plan.ID, PlanTitle: plan.Title, Period: period, On: on, Government: tree.Name(plan.Government, s.core.Today()),
	}
	g.facts.Region = regionOf(g.facts.Government)
	if g.unit != "" {
		g.facts.Unit = g.named(g.unit)
	}
	for _, read := range []func(context.Context) error{g.readLights, g.readFigures, g.readProjects, g.readTables, g.readForecasts, g.readPeers, g.readOrders} {
		if err := read(ctx); err != nil {
			return g.facts, err
		}
	}
	for _, say := range []func(){g.areas, g.commitments, g.indicators, g.works, g.units, g.problems, g.next, g.lacks} {
		say()
	}
	return g.facts, nil
}

// named is a unit with its name of today: a report is of those who are there to answer for it.
func (g *gathering) named(id ledger.UnitID) account.Unit {
	return account.Unit{ID: id, Name: g.tree.Name(id, g.core.Today())}
}

// ours tells whether what a unit leads belongs into the report.
func (g *gathering) ours(lead ledger.UnitID) bool {
	return g.unit == "" || g.tree.Within(lead, g.unit, g.core.Today())
}

// readLights reads the commitments with their lights.
func (g *gathering) readLights(ctx context.Context) error {
	query := progress.LightQuery{Plan: g.plan.ID, Unit: g.unit, Below: g.unit != ""}
	page := store.Page{Limit: store.MaxLimit, Order: "number"}
	for {
		part, err := g.progress.Lights(ctx, query, page)
		if err != nil {
			return err
		}
		g.lights = append(g.lights, part.Lights...)
		if part.Next == "" {
			break
		}
		page.After = part.Next
	}
	if err := g.backThen(ctx); err != nil {
		return err
	}
	slices.SortStableFunc(g.lights, func(a, b progress.CommitmentLight) int { return ledger.InOrder(a.Commitment, b.Commitment) })
	return nil
}

// backThen turns the lights to how they stood on the day of the facts, where that is over.
func (g *gathering) backThen(ctx context.Context) error {
	if !g.facts.On.Before(g.core.Today()) {
		return nil
	}
	then, err := g.progress.LightsOn(ctx, g.plan.ID, g.facts.On)
	if err != nil {
		return err
	}
	g.lights = slices.DeleteFunc(g.lights, func(l progress.CommitmentLight) bool {
		_, there := then[l.Commitment.ID]
		return !there
	})
	for i, l := range g.lights {
		g.lights[i].Shown = then[l.Commitment.ID]
	}
	return nil
}

// readFigures reads the locked figures that end with the period, and of projects the last ones up to it.
func (g *gathering) readFigures(ctx context.Context) error {
	g.closing, g.latest = map[reporting.Subject][]figures.Figure{}, map[reporting.Subject]figures.Figure{}
	for _, f := range reporting.Frequencies() {
		last := reporting.PeriodOf(f, g.period.Span().To)
		if last.Span().To != g.period.Span().To {
			continue
		}
		found, err := g.reporting.Figures(ctx, g.plan.ID, figures.FigureFilter{Period: last})
		if err != nil {
			return err
		}
		for _, f := range found {
			g.closing[f.Subject] = append(g.closing[f.Subject], f)
		}
	}
	return nil
}

// readProjects reads the projects of the plan with their last locked figures up to the end of the period.
func (g *gathering) readProjects(ctx context.Context) error {
	records, err := service.All(ctx, g.core.Store().Projects().List, store.InPlan(g.plan.ID))
	if err != nil {
		return err
	}
	var subjects []reporting.Subject
	for _, p := range store.Values(records) {
		if g.ours(p.Lead) {
			g.projects, subjects = append(g.projects, p), append(subjects, reporting.ProjectSubject(p.ID))
		}
	}
	slices.SortFunc(g.projects, func(a, b ledger.Project) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.ID, b.ID))
	})
	for some := range slices.Chunk(subjects, store.MaxLimit) {
		found, err := g.reporting.Figures(ctx, g.plan.ID, figures.FigureFilter{Subjects: some, Upto: g.period})
		if err != nil {
			return err
		}
		for _, f := range found { // of a subject those of one unit after those of another, each in time
			if last, there := g.latest[f.Subject]; !there || !f.Point.Period.Before(last.Point.Period) {
				g.latest[f.Subject] = f
			}
		}
	}
	return nil
}

// readTables reads the tables of the plan and what is open in them.
func (g *gathering) readTables(ctx context.Context) error {
	indicators, err := service.All(ctx, g.core.Store().Indicators().List, store.InPlan(g.plan.ID))
	if err != nil {
		return err
	}
	g.defined = map[ledger.IndicatorID]ledger.Indicator{}
	for _, i := range store.Values(indicators) {
		g.defined[i.ID] = i
	}
	tables, err := g.progress.Tables(ctx, g.plan.ID, g.period)
	g.lines, g.open, g.facts.Projects = tables.Indicators, tables.Open, tables.Projects
	return err
}

// readOrders counts the orders of the days of the period that are over.
func (g *gathering) readOrders(ctx context.Context) error {
	if g.options.Orders == nil {
		return nil
	}
	span := g.period.Span()
	counted, err := g.options.Orders.Statistics(ctx, g.plan.ID, span.From, span.To)
	if err != nil {
		return err
	}
	orders := &account.Orders{}
	for _, u := range counted {
		if !g.ours(u.Unit) {
			continue
		}
		orders.Issued, orders.Closed = orders.Issued+u.Issued, orders.Closed+u.Closed
		orders.Returned, orders.Overdue = orders.Returned+u.Returned, orders.Overdue+u.Overdue
	}
	g.facts.Orders = orders
	return nil
}

// areas are the highest headings of the plan that part its commitments.
func (g *gathering) areas() {
	sections := make([]int, len(g.lights))
	for i, l := range g.lights {
		sections[i] = l.Commitment.Section
	}
	tops := g.plan.Tops(sections)
	seen := map[int]bool{}
	for _, section := range sections {
		seen[tops[section].Number] = true
	}
	for _, s := range g.plan.Outline {
		if seen[s.Number] {
			g.facts.Areas = append(g.facts.Areas, account.Area{Section: s.Number, Title: s.Title})
		}
	}
	for i, l := range g.lights {
		g.lights[i].Commitment.Section = tops[l.Commitment.Section].Number
	}
}

// commitments are the promises with their lights and with what their units said of them for the period.
func (g *gathering) commitments() {
	for _, l := range g.lights {
		c := account.Commitment{
			ID: l.Commitment.ID, Number: l.Commitment.Number, Title: l.Commitment.Title, Wording: l.Commitment.Wording(), Kind: l.Commitment.Kind,
			Section: l.Commitment.Section, Lead: account.Unit{ID: l.Commitment.Lead, Name: l.UnitName}, By: l.Commitment.By, Colour: l.Colour,
			Overdue:  l.Calendar.State == light.Overdue && l.Colour != light.Blue,
			Progress: l.Light.Progress, Due: l.Light.Due,
		}
		if said, there := g.said(l.Commitment); there {
			c.Said, c.Note, c.Reason = said.Observation.Said, said.Observation.Note, said.Observation.Reason
			c.Observation = said.Point.Observation
		}
		g.facts.Commitments = append(g.facts.Commitments, c)
		if c.Kind == ledger.KindLivelihood {
			g.facts.Items = append(g.facts.Items, account.Item{Commitment: c, Closed: c.Colour == light.Blue})
		}
	}
}

// said is the locked figure of the period in which a unit speaks of a commitment: of the commitment itself, of a target of
// its own, of its project, or of the indicator that it follows.
func (g *gathering) said(c ledger.Commitment) (figures.Figure, bool) {
	subjects := []reporting.Subject{reporting.TaskSubject(c.ID)}
	for _, t := range c.Targets {
		subjects = append(subjects, reporting.SubjectOf(c.ID, t))
	}
	if c.Project != "" {
		subjects = append(subjects, reporting.ProjectSubject(c.Project))
	}
	for _, subject := range subjects {
		if f, there := g.of(subject, c.Lead); there {
			return f, true
		}
	}
	return figures.Figure{}, false
}

// of is the locked figure of the period on a subject: that of a unit, or the only one that there is.
func (g *gathering) of(subject reporting.Subject, unit ledger.UnitID) (figures.Figure, bool) {
	all := g.closing[subject]
	if i := slices.IndexFunc(all, func(f figures.Figure) bool { return f.Unit == unit }); i >= 0 {
		return all[i], true
	}
	if len(all) == 1 {
		return all[0], true
	}
	return figures.Figure{}, false
}
