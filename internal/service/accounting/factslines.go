package accounting

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/account"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// headlines is how many indicators are told of first: plans name the most important ones before all others.
const headlines = 6

// foretold is how many indicators are foreseen: as many as reports may tell of as the main ones.
const foretold = 24

// indicators are the lines of the table with the promises behind them. Of a unit's report these are the lines that it leads.
func (g *gathering) indicators() {
	for _, line := range g.lines {
		defined := g.defined[line.Indicator]
		if line.Scale == 0 {
			line.Scale = magnitudeOf(line.Unit)
		}
		i := account.Indicator{IndicatorLine: line, Direction: defined.Direction, Aggregation: defined.Aggregation}
		i.Peers = g.peers[line.Indicator]
		if f := g.foreseen[line.Indicator]; f.Method != "" {
			i.Forecast = account.Forecast{Value: f.Value, Measure: f.Target.Measure, Method: f.Method, Outlook: f.Outlook}
		}
		if !g.promised(&i) {
			continue
		}
		i.Headline = len(g.facts.Indicators) < headlines
		g.facts.Indicators = append(g.facts.Indicators, i)
	}
}

// magnitudes are the words with which units begin that count more than one.
var magnitudes = []struct {
	word  string
	power int
}{{"亿", 8}, {"万", 4}}

// magnitudeOf is the power of ten by which an indicator is counted whose own unit is a large one: 8 of 亿元.
func magnitudeOf(unit string) int {
	for _, m := range magnitudes {
		if rest, large := strings.CutPrefix(unit, m.word); large && rest != "" {
			return m.power
		}
	}
	return 0
}

// promised adds what promises an indicator; false where nothing of the report does.
func (g *gathering) promised(i *account.Indicator) bool {
	subject := reporting.IndicatorSubject(i.Indicator)
	for _, whole := range []bool{true, false} { // a part stands behind what is not
		for _, l := range g.lights {
			c := l.Commitment
			if (c.Parent == "") != whole {
				continue
			}
			follows := false
			for _, t := range c.Targets {
				if t.Indicator == i.Indicator {
					i.Targets, follows = append(i.Targets, t), true
				}
			}
			if !follows {
				continue
			}
			if len(i.Commitments) == 0 {
				i.Section = c.Section
			}
			i.Commitments = append(i.Commitments, c.ID)
			if f, there := g.of(subject, c.Lead); there && i.Observation == "" {
				i.Observation = f.Point.Observation
			}
		}
	}
	return len(i.Commitments) > 0
}

// works are the projects of the year one by one, and of a unit's report the lines of the table of its own projects.
func (g *gathering) works() {
	var accounts []reporting.ProjectAccount
	for _, p := range g.projects {
		f := g.latest[reporting.ProjectSubject(p.ID)]
		a := reporting.ProjectAccount{Project: p, Point: f.Point}
		accounts = append(accounts, a)
		alone := reporting.ProjectTable(g.period, []reporting.ProjectAccount{a})[0]
		if alone.Count == 0 {
			continue // in reserve, or given up
		}
		w := account.Work{
			ID: p.ID, Number: p.Number, Name: p.Name, Category: p.Category, Lead: g.named(p.Lead), Total: p.Total, Planned: alone.Planned,
			Begins: alone.ToStart > 0, Started: alone.Started > 0 || alone.Ongoing > 0, Finished: alone.Finished > 0,
		}
		if alone.Unlocked == 0 {
			w.Done, w.Note, w.Reason, w.Observation = alone.Done, f.Observation.Note, f.Observation.Reason, f.Point.Observation
		}
		for _, m := range alone.Misses {
			w.Miss = m.Kind
		}
		g.facts.Works = append(g.facts.Works, w)
	}
	if g.unit != "" {
		g.facts.Projects = reporting.ProjectTable(g.period, accounts)
	}
}

// units are those that lead something, in the order of the tree.
func (g *gathering) units() {
	lead := map[ledger.UnitID]bool{}
	for _, c := range g.facts.Commitments {
		lead[c.Lead.ID] = true
	}
	for _, unit := range g.tree.Units() {
		if lead[unit.ID] {
			g.facts.Units = append(g.facts.Units, g.named(unit.ID))
		}
	}
}

// problems are the obstacles that units reported for the period, in the order of what they are about.
func (g *gathering) problems() {
	say := func(subject reporting.Subject, about string) {
		for _, f := range g.closing[subject] {
			for _, o := range f.Observation.Obstacles {
				if !g.ours(f.Unit) {
					continue
				}
				p := account.Problem{Unit: g.named(f.Unit), About: about, Text: o.Text, Observation: f.Point.Observation}
				if o.Ask != "" {
					p.Ask = g.named(o.Ask)
				}
				g.facts.Problems = append(g.facts.Problems, p)
			}
		}
	}
	for _, l := range g.lights {
		say(reporting.TaskSubject(l.Commitment.ID), l.Commitment.Title)
		for _, t := range l.Commitment.Targets {
			if t.Indicator == "" {
				say(reporting.TargetSubject(l.Commitment.ID, t.Number), l.Commitment.Title)
			}
		}
	}
	for _, p := range g.projects {
		say(reporting.ProjectSubject(p.ID), p.Name)
	}
}

// next is what falls due after the period, within as long a time again.
func (g *gathering) next() {
	end := g.period.Span().To
	until := g.period.Next().Span().To
	due := func(on calendar.Date) bool { return end.Before(on) && !until.Before(on) }
	for _, l := range g.lights {
		c := l.Commitment
		t := account.Task{Commitment: c.ID, Section: c.Section, Title: c.Title, Lead: account.Unit{ID: c.Lead, Name: l.UnitName}}
		if due(c.By) && c.State == ledger.InForce {
			t.By = c.By
			g.facts.Next = append(g.facts.Next, t)
		}
		for _, m := range c.Milestones {
			if due(m.By) && m.By != c.By {
				t.By, t.Milestone = m.By, m.Title
				g.facts.Next = append(g.facts.Next, t)
			}
		}
	}
	slices.SortStableFunc(g.facts.Next, func(a, b account.Task) int { return strings.Compare(a.By.String(), b.By.String()) })
}

// lacks are the figures of the period that do not count yet.
func (g *gathering) lacks() {
	for _, o := range g.open {
		if o.Unit == "" && g.unit != "" || o.Unit != "" && !g.ours(o.Unit) {
			continue
		}
		g.facts.Open = append(g.facts.Open, account.Lack{Subject: o.Subject, Title: o.Title, Unit: o.Unit, Name: o.UnitName, State: o.State})
	}
}

// regionOf is the region that a government is of: 望溪区 of 望溪区人民政府.
func regionOf(government string) string { return strings.TrimSuffix(government, "人民政府") }
