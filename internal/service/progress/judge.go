package progress

import (
	"cmp"
	"math/big"
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Judged is the light of a commitment with those of all that is measured of it: targets, its project, or itself as a
// task. It is what is stored.
type Judged struct {
	Light light.Light `json:"light"` // the worst of the parts
	Parts []Part      `json:"parts"`
	// Said is where the unit says that the commitment stands, and SaidIn when it said so; Reason is why it differs.
	Said   reporting.Said   `json:"said,omitempty"`
	SaidIn reporting.Period `json:"said_in,omitzero"`
	Reason string           `json:"reason,omitempty"`
	// Evidence is how many files are locked for it.
	Evidence int `json:"evidence,omitempty"`
}

// Part is what is measured of a commitment, with its light.
type Part struct {
	Subject reporting.Subject `json:"subject"`
	Unit    ledger.UnitID     `json:"unit,omitempty"` // whose figures were judged
	Title   string            `json:"title"`
	Light   light.Light       `json:"light"`
}

// measured is a part of a commitment before it is judged.
type measured struct {
	subject reporting.Subject
	title   string
	unit    ledger.UnitID
	matter  light.Matter
}

// judge gives a commitment its light.
func (g *ground) judge(c ledger.Commitment) Judged {
	rule := g.terms.rule()
	var j Judged
	var lights []light.Light
	for _, m := range g.measure(c) {
		l := light.Judge(m.matter, rule, g.on)
		j.Parts = append(j.Parts, Part{m.subject, m.unit, m.title, l})
		lights = append(lights, l)
		j.Evidence += m.matter.Evidence
		j.hear(m.matter.Points)
	}
	j.Light = light.Worst(lights)
	return j
}

// hear takes what the unit said last: of several parts the least that it says of any.
func (j *Judged) hear(points []reporting.Point) {
	for i := len(points) - 1; i >= 0; i-- {
		p := points[i]
		if p.Said == "" {
			continue
		}
		if j.Said == "" || slices.Index(reporting.SaidAll(), p.Said) < slices.Index(reporting.SaidAll(), j.Said) {
			j.Said, j.SaidIn, j.Reason = p.Said, p.Period, p.Reason
		}
		return
	}
}

// measure is what is measured of a commitment: each of its targets, and its project; itself where there is neither.
func (g *ground) measure(c ledger.Commitment) []measured {
	var all []measured
	for _, t := range c.Targets {
		all = append(all, g.ofTarget(c, t))
	}
	if p, known := g.projects[c.Project]; known {
		all = append(all, g.ofProject(c, p))
	}
	if len(all) == 0 {
		all = append(all, g.ofTask(c))
	}
	for i := range all {
		g.complete(c, &all[i])
	}
	return all
}

func (g *ground) ofTarget(c ledger.Commitment, t ledger.Target) measured {
	m := measured{subject: reporting.SubjectOf(c.ID, t), title: t.Subject}
	var follows *ledger.Indicator
	if i, known := g.indicators[t.Indicator]; known {
		follows = &i
	}
	m.matter = light.MatterOfTarget(c, t, follows, nil)
	m.matter.Points = g.points(&m, c.Lead)
	m.matter.Reference = g.own[c.ID].References[t.Number]
	return m
}

func (g *ground) ofProject(c ledger.Commitment, p ledger.Project) measured {
	m := measured{subject: reporting.ProjectSubject(p.ID), title: p.Name}
	m.matter = light.MatterOfProject(p, g.plan.Year, nil)
	m.matter = light.MatterOfProject(p, g.plan.Year, g.points(&m, cmp.Or(p.Lead, c.Lead)))
	m.matter.Fulfilled = c.State == ledger.Fulfilled
	return m
}

func (g *ground) ofTask(c ledger.Commitment) measured {
	m := measured{subject: reporting.TaskSubject(c.ID), title: c.Title}
	m.matter = light.MatterOfTask(c, g.points(&m, c.Lead))
	return m
}

// complete adds what is the same for everything that is measured of a commitment.
func (g *ground) complete(c ledger.Commitment, m *measured) {
	own := g.own[c.ID]
	m.matter.Path = g.terms.Paths[c.Kind]
	if own.Path.Kind != "" {
		m.matter.Path = own.Path
	}
	if !own.Begins.IsZero() {
		m.matter.Begin = own.Begins
	}
	if m.matter.Begin.IsZero() {
		m.matter.Begin = calendar.Date{Year: int16(g.plan.Year), Month: 1, Day: 1}
	}
	if m.matter.By.IsZero() {
		m.matter.By = calendar.LastDay(g.plan.Year, 12)
	}
	m.matter.Due = g.due[g.asking.Of(m.subject)]
	m.matter.Evidence = g.evidence[about{m.subject, m.unit}]
	if m.subject.Kind != reporting.OfProject && len(m.matter.Milestones) == 0 {
		for _, s := range c.Milestones {
			m.matter.Milestones = append(m.matter.Milestones, light.Milestone{Number: s.Number, Title: s.Title, By: s.By, Weight: s.Weight})
		}
	}
	g.reach(c, m)
}

// reach says which milestones were reached: marked so by the unit, or reported in a figure that is locked.
func (g *ground) reach(c ledger.Commitment, m *measured) {
	marks := g.marks[c.ID]
	if m.subject.Kind == reporting.OfProject {
		marks = nil // nodes of a project have numbers of their own
	}
	for i, s := range m.matter.Milestones {
		for _, on := range []calendar.Date{marks[s.Number], g.reached[m.subject][s.Number]} {
			if s.Reached.IsZero() && !on.IsZero() && !g.on.Before(on) {
				m.matter.Milestones[i].Reached = on
				break
			}
		}
	}
}

// points are the figures by which a part is judged. Of an indicator these are those of the unit that leads, with those
// of the units that it took over from; where it says nothing, what all units together say, as far as their figures add
// up. On anything else one unit reports after another, and all of them speak of the same.
func (g *ground) points(m *measured, lead ledger.UnitID) []reporting.Point {
	m.unit = lead
	if m.subject.Kind != reporting.OfIndicator {
		return g.oneAfterAnother(m.subject, lead)
	}
	if own := g.inherited(m.subject, m.matter.Terms, lead); len(own) > 0 {
		return own
	}
	if below := g.beneath(m.subject, lead); len(below) > 0 {
		return g.together(m, below)
	}
	return nil
}

// beneath are the figures of the units beneath one, and all of them where nobody leads. What its neighbours say is no
// word of a unit that is silent.
func (g *ground) beneath(subject reporting.Subject, lead ledger.UnitID) map[ledger.UnitID][]reporting.Point {
	below := map[ledger.UnitID][]reporting.Point{}
	for _, unit := range g.figures.units(subject) {
		if lead == "" || g.tree.Within(unit, lead, g.on) {
			below[unit] = g.figures.points(subject, unit)
		}
	}
	return below
}

// oneAfterAnother are the figures of all units, each period once; where two speak of one, the one that leads now counts.
func (g *ground) oneAfterAnother(subject reporting.Subject, lead ledger.UnitID) []reporting.Point {
	points := g.figures.points(subject, lead)
	for _, unit := range g.figures.units(subject) {
		if unit == lead {
			continue
		}
		for _, p := range g.figures.points(subject, unit) {
			if !slices.ContainsFunc(points, func(q reporting.Point) bool { return q.Period == p.Period }) {
				points = append(points, p)
			}
		}
	}
	slices.SortStableFunc(points, inTime)
	return points
}

// together are the totals of all units by period.
func (g *ground) together(m *measured, byUnit map[ledger.UnitID][]reporting.Point) []reporting.Point {
	for only := range byUnit {
		if m.unit = only; len(byUnit) == 1 {
			return byUnit[only]
		}
	}
	m.unit = ""
	i := g.indicators[ledger.IndicatorID(m.subject.ID)]
	parts := map[reporting.Period][]reporting.Part{}
	for _, unit := range sortedKeys(byUnit) {
		for _, p := range byUnit[unit] {
			parts[p.Period] = append(parts[p.Period], reporting.Part{Unit: unit, Point: p})
		}
	}
	var points []reporting.Point
	for period, some := range parts {
		if len(some) == len(byUnit) {
			total := reporting.RollUp(reporting.TermsOf(i), period, some).Point
			total.State = reporting.Locked
			points = append(points, total)
		}
	}
	slices.SortStableFunc(points, inTime)
	return points
}

func sortedKeys[V any](m map[ledger.UnitID]V) []ledger.UnitID {
	keys := make([]ledger.UnitID, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// percents is a share in per cent.
func percents(share *big.Rat) *big.Rat { return new(big.Rat).Mul(share, big.NewRat(100, 1)) }

// gapOf is how far behind its path a light is, in hundredths of points; 0 where it is not.
func gapOf(l light.Light) int64 {
	if !l.Gap.Known() || l.Gap.Sign() >= 0 {
		return 0
	}
	hundredths := new(big.Rat).Mul(l.Gap.Rat(), big.NewRat(-100, 1))
	return new(big.Int).Quo(hundredths.Num(), hundredths.Denom()).Int64()
}

// stale is how many periods are due and not locked, of the part that lacks most.
func (j Judged) stale() int {
	most := 0
	for _, p := range j.Parts {
		most = max(most, p.Light.Stale)
	}
	return most
}
