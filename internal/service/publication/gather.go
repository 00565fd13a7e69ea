package publication

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication/disclosed"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// gathering is what an edition of a plan is made from. Whatever is public is picked from it field by field.
type gathering struct {
	plan        ledger.Plan
	settings    Settings
	tree        *ledger.Tree
	on          calendar.Date
	indicators  map[ledger.IndicatorID]ledger.Indicator
	amendments  map[ledger.CommitmentID][]ledger.Amendment
	corrections map[reporting.Subject][]figures.CorrectionView
	items       map[ledger.CommitmentID]livelihood.Item
	keys        map[string]bool
}

// gather reads what an edition of a plan is made from, on behalf of the program.
func (s *Service) gather(ctx context.Context, plan ledger.Plan, settings Settings) (*gathering, []progress.Followed, error) {
	ctx = service.As(ctx, reader)
	g := &gathering{plan: plan, settings: settings, on: s.core.Today(), keys: map[string]bool{}}
	var err error
	if g.tree, err = s.core.Tree(ctx); err != nil {
		return nil, nil, err
	}
	followed, err := s.progress.Whole(ctx, plan.ID)
	if err != nil {
		return nil, nil, err
	}
	indicators, err := service.All(ctx, s.core.Store().Indicators().List, store.InPlan(plan.ID))
	if err != nil {
		return nil, nil, fmt.Errorf("publication: reading the indicators of plan %s: %w", plan.ID, err)
	}
	g.indicators = map[ledger.IndicatorID]ledger.Indicator{}
	for _, i := range store.Values(indicators) {
		g.indicators[i.ID] = i
	}
	amendments, err := service.All(ctx, s.core.Store().Amendments().List, store.InPlan(plan.ID), store.Where("state", string(ledger.Applied)))
	if err != nil {
		return nil, nil, fmt.Errorf("publication: reading the amendments of plan %s: %w", plan.ID, err)
	}
	g.amendments = map[ledger.CommitmentID][]ledger.Amendment{}
	for _, a := range store.Values(amendments) {
		g.amendments[a.Commitment] = append(g.amendments[a.Commitment], a)
	}
	corrected, err := s.reporting.Corrections(ctx, figures.CorrectionQuery{Plan: plan.ID, State: figures.Agreed})
	if err != nil {
		return nil, nil, err
	}
	g.corrections = map[reporting.Subject][]figures.CorrectionView{}
	for _, c := range slices.Backward(corrected) { // the oldest first
		g.corrections[c.Subject] = append(g.corrections[c.Subject], c)
	}
	g.items, err = s.items(ctx, plan.ID)
	return g, followed, err
}

// heading is what the public is told of the plan itself.
func (g *gathering) heading(withheld int) disclosed.Heading {
	h := disclosed.Heading{
		Plan: g.plan.ID, Address: g.settings.Address, Title: g.plan.Title, Year: g.plan.Year, Government: g.tree.Name(g.plan.Government, g.on),
		Outline: []disclosed.Section{}, Documents: []disclosed.Document{}, Shows: slices.Clone(g.settings.Shows), Withheld: withheld,
		Introduction: g.settings.Introduction, Contact: g.settings.Contact,
	}
	if n := len(g.plan.Versions); n > 0 {
		last := g.plan.Versions[n-1]
		h.Version, h.VersionOn, h.Basis = last.Number, last.On, last.Basis
	}
	for _, section := range g.plan.Outline {
		h.Outline = append(h.Outline, disclosed.Section{Number: section.Number, Parent: section.Parent, Title: section.Marker + section.Title})
	}
	for _, source := range g.plan.Sources {
		h.Documents = append(h.Documents, disclosed.Document{
			Title: source.Title, Name: source.Name, Date: source.Date, Digest: source.Document, Open: slices.Contains(g.settings.Documents, source.Document),
		})
	}
	return h
}

// promises are what the public is told of commitments, in the order of the plan, and how many are withheld.
func (g *gathering) promises(followed []progress.Followed) (told []disclosed.Promise, withheld int) {
	for _, f := range followed {
		switch {
		case f.Commitment.State == ledger.Prepared:
		case slices.Contains(g.settings.Withheld, f.Commitment.Number) && f.Commitment.Number != "":
			withheld++
		default:
			told = append(told, g.promise(f))
		}
	}
	return told, withheld
}

// keyForm is the form of numbers that can be parts of paths and of file names.
var keyForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9-]{0,39}$`)

// key is by which a promise is found: its number where that can be an address.
func (g *gathering) key(c ledger.Commitment) string {
	key := c.Number
	if !keyForm.MatchString(key) || g.keys[strings.ToLower(key)] {
		key = string(c.ID)
	}
	g.keys[strings.ToLower(key)] = true
	return key
}

// promise picks what is public of a commitment.
func (g *gathering) promise(f progress.Followed) disclosed.Promise {
	c := f.Commitment
	p := disclosed.Promise{
		Key: g.key(c), ID: c.ID, Number: c.Number, Title: c.Title, Wording: c.Wording(), Section: c.Section, Kind: c.Kind, State: c.State,
		By: c.By, Firm: c.Firm, Source: g.source(c), Amendments: g.amendmentsOf(c),
		Pictures: g.picturesOf(c), Satisfaction: g.satisfactionOf(c),
	}
	for _, t := range c.Targets {
		p.Targets = append(p.Targets, target(t))
	}
	if g.settings.show(disclosed.Units) {
		p.Lead, p.Cooperating = g.name(c.Lead), g.names(c.Cooperating)
	}
	if f.Lit && g.settings.show(disclosed.Lights) {
		p.Light = g.light(f)
		if g.settings.show(disclosed.History) {
			for _, t := range f.Turns {
				p.Turns = append(p.Turns, disclosed.Turn{On: t.On, Earlier: t.Earlier, Colour: t.Colour, ByHand: t.Cause == progress.Set})
			}
		}
	}
	for _, m := range f.Measured {
		if one, any := g.measured(m); any {
			p.Measured = append(p.Measured, one)
		}
		if g.settings.show(disclosed.Figures) {
			p.Corrections = append(p.Corrections, g.correctionsOf(m)...)
		}
	}
	return p
}

// source is the title of the document that promises it.
func (g *gathering) source(c ledger.Commitment) string {
	for _, passage := range c.Source() {
		for _, of := range g.plan.Sources {
			if of.Document == passage.Document() {
				return of.Title
			}
		}
	}
	return ""
}

func target(t ledger.Target) disclosed.Target {
	return disclosed.Target{
		Subject: t.Subject, Cmp: t.Cmp, Value: t.Value, Upper: t.Upper, Words: t.Words, Unit: t.Unit, Measure: t.Measure, Scope: t.Scope, By: t.By, Firm: t.Firm,
	}
}

// name is what a unit is called today.
func (g *gathering) name(unit ledger.UnitID) string {
	if unit == "" {
		return ""
	}
	return g.tree.Name(unit, g.on)
}

func (g *gathering) names(units []ledger.UnitID) []string {
	var all []string
	for _, unit := range units {
		all = append(all, g.name(unit))
	}
	return all
}

// light is how well it goes. Its computation speaks of figures, so it is told where these are.
func (g *gathering) light(f progress.Followed) *disclosed.Light {
	l := &disclosed.Light{Colour: f.Colour, Since: f.Since, ByHand: f.Hand != nil}
	if f.Hand != nil && g.settings.show(disclosed.Reasons) {
		l.Reason = masked(f.Hand.Reason)
	}
	if !g.settings.show(disclosed.Figures) || f.Hand != nil {
		return l
	}
	judged := f.Judged.Light
	l.AsOf, l.Progress, l.Due = judged.AsOf, judged.Progress, judged.Due
	for _, w := range light.Explain(judged.Why) {
		l.Why = append(l.Why, disclosed.Said(w))
	}
	return l
}

// measured is what is public of what is measured; false where nothing of it is.
func (g *gathering) measured(m progress.Measured) (disclosed.Measured, bool) {
	one := disclosed.Measured{Kind: m.Subject.Kind, ID: m.Subject.ID, Title: m.Title, Unit: m.Terms.Unit}
	if g.settings.show(disclosed.Figures) {
		one.Bound = m.Bound
		if g.settings.show(disclosed.Units) {
			one.By = g.name(m.Unit)
		}
		if i, known := g.indicators[ledger.IndicatorID(m.Subject.ID)]; known && m.Subject.Kind == reporting.OfIndicator {
			one.Title = i.Name
			one.Indicator = &disclosed.Indicator{Name: i.Name, Scope: i.Scope, Aggregation: i.Aggregation, Direction: i.Direction}
		}
		points := m.Points
		if n := len(points); n > 1 && !g.settings.show(disclosed.History) {
			points = points[n-1:]
		}
		for _, p := range points {
			one.Figures = append(one.Figures, g.figure(p))
		}
	}
	if g.settings.show(disclosed.Steps) {
		for _, step := range m.Milestones {
			one.Steps = append(one.Steps, disclosed.Step{Title: step.Title, By: step.By, Reached: step.Reached})
		}
	}
	return one, len(one.Figures)+len(one.Steps) > 0 || one.Bound.Known()
}

func (g *gathering) figure(p reporting.Point) disclosed.Figure {
	f := disclosed.Figure{
		Period: p.Period, Given: p.Given, OfPeriod: p.OfPeriod, Cumulative: p.Cumulative, Growth: p.Growth, Percent: p.Percent, Said: p.Said, Corrected: p.Corrected,
	}
	if g.settings.show(disclosed.Reasons) {
		f.Reason = masked(p.Reason)
	}
	return f
}

// amendmentsOf are the amendments of a commitment that are in force, in the order of their versions.
func (g *gathering) amendmentsOf(c ledger.Commitment) []disclosed.Amendment {
	all := slices.Clone(g.amendments[c.ID])
	slices.SortStableFunc(all, func(a, b ledger.Amendment) int { return a.Version - b.Version })
	var told []disclosed.Amendment
	for _, a := range all {
		one := disclosed.Amendment{On: a.Effective, Version: a.Version, Basis: strings.TrimSpace(a.Basis.Title + " " + a.Basis.Number), Reason: masked(a.Reason)}
		for _, change := range a.Changes {
			said := disclosed.Change{Field: change.Field, From: g.held(change.Field, change.Old), To: g.held(change.Field, change.New)}
			if !said.From.IsZero() || !said.To.IsZero() {
				one.Changes = append(one.Changes, said)
			}
		}
		if len(one.Changes) > 0 {
			told = append(told, one)
		}
	}
	return told
}

// held is what is public of what a field held. Posts are persons' business; units and milestones are shown where all are.
func (g *gathering) held(field ledger.Field, c ledger.Content) disclosed.Held {
	var h disclosed.Held
	switch field {
	case ledger.TargetField:
		if c.Target != nil {
			t := target(*c.Target)
			h.Target = &t
		}
	case ledger.DeadlineField:
		h.Date = c.Date
	case ledger.LeadField, ledger.CooperatingField:
		if g.settings.show(disclosed.Units) {
			h.Units = g.names(c.Units)
			if c.Unit != "" {
				h.Units = append(h.Units, g.name(c.Unit))
			}
		}
	case ledger.StateField:
		h.State = c.State
	case ledger.MilestoneField:
		if c.Milestone != nil && g.settings.show(disclosed.Steps) {
			h.Step = &disclosed.Step{Title: c.Milestone.Title, By: c.Milestone.By}
		}
	}
	return h
}

// correctionsOf are the corrections of what is measured, as far as its figures are shown.
func (g *gathering) correctionsOf(m progress.Measured) []disclosed.Correction {
	var told []disclosed.Correction
	for _, c := range g.corrections[m.Subject] {
		shown := slices.ContainsFunc(m.Points, func(p reporting.Point) bool { return p.Period == c.Period && (p.Unit == c.Unit || p.Unit == "") })
		if !shown {
			continue
		}
		told = append(told, disclosed.Correction{
			On: calendar.On(c.Decided.In(service.Zone())), Title: c.Title, Period: c.Period, Before: stated(c.Before), After: stated(c.After),
			Reason: masked(c.Reason), Basis: masked(c.Basis),
		})
	}
	return told
}

// stated is the figure that an observation is about.
func stated(o reporting.Observation) ledger.Decimal {
	for _, d := range []ledger.Decimal{o.Value, o.Percent, o.Growth, o.Numerator, o.Arrived, o.Paid} {
		if d.Known() {
			return d
		}
	}
	return ledger.Decimal{}
}
