package intake

import (
	"slices"
	"strings"

	"luoshi/ledger"
)

// Made is what a plan needs besides the commitments that enter it.
type Made struct {
	Commitments []ledger.Commitment // following the projects and indicators
	Projects    []ledger.Project
	Indicators  []ledger.Indicator
}

// Make makes the projects and indicators that commitments are of and a plan does not have yet, and lets the
// commitments follow them. Those of the same name that the plan has are taken as they are.
func Make(plan ledger.Plan, commitments []ledger.Commitment, projects []ledger.Project, indicators []ledger.Indicator, newID func() string) Made {
	m := maker{plan: plan, projects: slices.Clone(projects), indicators: slices.Clone(indicators), newID: newID}
	haveProjects, haveIndicators := len(projects), len(indicators)
	m.takeIndicators(commitments)
	made := Made{}
	for _, c := range commitments {
		terms := c.CommitmentTerms
		terms.Targets = m.following(terms)
		if project, ok := m.projectOf(terms, c.Wording()); ok {
			terms.Project = project
		}
		made.Commitments = append(made.Commitments, ledger.NewCommitment(terms, c.Source()...))
	}
	made.Projects, made.Indicators = m.projects[haveProjects:], m.indicators[haveIndicators:]
	return made
}

// maker is a plan to which projects and indicators are added.
type maker struct {
	plan       ledger.Plan
	projects   []ledger.Project
	indicators []ledger.Indicator
	newID      func() string
}

// takeIndicators takes the indicators of the dictionary that targets name, and indicators of the plan's own
// for what commitments of that kind measure besides.
func (m *maker) takeIndicators(commitments []ledger.Commitment) {
	var targets []ledger.Target
	for _, c := range commitments {
		targets = append(targets, c.Targets...)
	}
	for _, entry := range ledger.IndicatorsFor(targets, m.indicators) {
		m.addIndicator(entry)
	}
	for _, c := range commitments {
		for _, t := range c.Targets {
			if c.Kind == ledger.KindIndicator && m.needsOwn(t) && m.own(t) < 0 {
				m.addIndicator(ownIndicator(t))
			}
		}
	}
}

// needsOwn tells whether a target is of an indicator of the plan's own: the dictionary does not know it, or knows something
// near it that is counted otherwise.
func (m *maker) needsOwn(t ledger.Target) bool {
	return t.Indicator == "" && (t.Code == "" || t.Strange(m.indicators))
}

func (m *maker) addIndicator(i ledger.Indicator) {
	i.ID, i.Plan = ledger.IndicatorID(m.newID()), m.plan.ID
	m.indicators = append(m.indicators, i)
}

// own is the position of the plan's own indicator that a target is of.
func (m *maker) own(t ledger.Target) int {
	return slices.IndexFunc(m.indicators, func(i ledger.Indicator) bool {
		return i.Own() && i.Name == t.Subject && i.Unit == t.Unit && i.Scope == t.Scope
	})
}

// ownIndicator is an indicator that the dictionary does not know, as far as its target tells.
func ownIndicator(t ledger.Target) ledger.Indicator {
	i := ledger.Indicator{Name: t.Subject, Unit: t.Unit, Scope: t.Scope, Direction: ledger.Neither, Aggregation: ledger.AsLatest}
	switch t.Cmp {
	case ledger.AtLeast, ledger.MoreThan:
		i.Direction = ledger.More
	case ledger.AtMost, ledger.LessThan:
		i.Direction = ledger.Less
	}
	if t.Measure == ledger.Growth || t.Measure == ledger.Decline {
		i.Aggregation = ledger.AsGrowth
	}
	return i
}

// following are the targets of a commitment with the indicators that they follow.
func (m *maker) following(terms ledger.CommitmentTerms) []ledger.Target {
	targets := slices.Clone(terms.Targets)
	for n, t := range targets {
		targets[n] = t.Follow(m.indicators)
		if terms.Kind != ledger.KindIndicator || !m.needsOwn(t) {
			continue
		}
		if own := m.own(t); own >= 0 {
			targets[n].Indicator = m.indicators[own].ID
		}
	}
	return targets
}

// projectOf is the project that a commitment is of.
func (m *maker) projectOf(terms ledger.CommitmentTerms, wording string) (ledger.ProjectID, bool) {
	if terms.Kind != ledger.KindProject || terms.Project != "" || !namesProject(wording, terms.Targets) {
		return "", false
	}
	for _, p := range m.projects {
		if p.Name == terms.Title {
			return p.ID, true
		}
	}
	p := ledger.Project{
		ID: ledger.ProjectID(m.newID()), Plan: m.plan.ID, Name: terms.Title, Category: categoryOf(wording),
		Stage: stageOf(wording), Lead: terms.Lead, Content: wording,
	}
	if holds("project_finish", wording) {
		p.Completion = terms.By
	}
	p.Total, p.Years = m.money(terms.Targets)
	m.projects = append(m.projects, p)
	return p.ID, true
}

// namesProject tells whether a promise is of one project: it names what is built, and neither counts projects nor
// speaks of them in general.
func namesProject(wording string, targets []ledger.Target) bool {
	return holds("project", wording) && !holds("project_general", wording) && !slices.ContainsFunc(targets, countsProjects)
}

// countsProjects tells whether a target is a number of projects.
func countsProjects(t ledger.Target) bool {
	return isOne("project_count", t.Unit) && holds("project_countable", t.Subject)
}

// money is the total of a project and its investment in the plan's year, where targets state them.
func (m *maker) money(targets []ledger.Target) (total ledger.Decimal, years []ledger.Investment) {
	for _, t := range targets {
		if t.Unit != "元" || !t.Value.Known() || t.Value.Sign() < 0 || t.Measure != ledger.Level {
			continue
		}
		switch {
		case holds("project_total", t.Subject) && !total.Known():
			total = t.Value
		case holds("project_year", t.Subject) && len(years) == 0:
			years = []ledger.Investment{{Year: m.plan.Year, Planned: t.Value}}
		}
	}
	if total.Known() && len(years) > 0 && total.Cmp(years[0].Planned) < 0 {
		return ledger.Decimal{}, years // the figures are not of the same thing
	}
	return total, years
}

// stageOf is how far a project has come, as far as its words alone tell: from the beginning of the works on the
// day is needed, which people give.
func stageOf(wording string) ledger.Stage {
	if holds("stage_reserve", wording) {
		return ledger.Reserve
	}
	return ledger.Preparing
}

// categoryOf is what a project builds by its words; the first category that has one of them.
func categoryOf(wording string) ledger.ProjectCategory {
	for _, category := range ledger.ProjectCategories() {
		if holds("category_"+string(category), wording) {
			return category
		}
	}
	return ledger.OtherProject
}

// isOne tells whether a text is a word of the list.
func isOne(list, text string) bool {
	return slices.Contains(vocabulary()[list], strings.TrimSpace(text))
}
