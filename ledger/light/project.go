package light

import (
	"math/big"

	"luoshi/calendar"
	"luoshi/ledger/reporting"
)

// project judges a project by its investment against the year's plan, by its beginning, its registration and its nodes;
// the worst of them colours the light.
func (j *judging) project() {
	w := &j.m.Works
	if w.Finished {
		j.light.Elapsed = percent(j.m.elapsed(j.on))
		j.done("project.finished")
		return
	}
	j.investment()
	if !w.Started && !w.Start.IsZero() {
		j.notStarted()
	}
	if w.Started && w.Registers && w.Registered.IsZero() && !w.Start.IsZero() {
		j.notRegistered()
	}
	for _, s := range j.m.Milestones {
		if s.By.Before(j.on) && (s.Reached.IsZero() || j.on.Before(s.Reached)) {
			j.say("node.late", s.Title, s.By.String(), number(s.By.DaysTo(j.on)), named("colour", Yellow))
			j.atLeast(Yellow)
		}
	}
	if !w.Completion.IsZero() && w.Completion.Before(j.on) {
		j.say("completion.late", w.Completion.String(), number(w.Completion.DaysTo(j.on)), named("colour", Red))
		j.atLeast(Red)
	}
}

// investment compares what was invested with the year's plan.
func (j *judging) investment() {
	planned := j.m.Works.Planned
	if planned.Sign() <= 0 {
		j.say("project.unplanned")
		j.light.Colour = Grey
		if j.m.Works.Started || j.on.Before(j.m.Works.Start) {
			j.light.Person = true
		}
		return
	}
	d := j.m.investmentDemand()
	j.bounded(&d)
	if j.m.Begin.Month > 1 {
		j.say("project.from", inPeriod(reporting.PeriodOf(reporting.Monthly, j.m.Begin)))
	}
	last, figure := j.latest(d.view, j.within())
	if figure == nil {
		j.lacking()
		return
	}
	j.light.AsOf = j.points[last].Period
	j.light.Elapsed = percent(j.m.elapsed(j.end(last)))
	j.light.Actual = j.given(last, d.view, figure)
	j.light.Final = !j.end(last).Before(j.m.By)
	j.alongPath(&d, new(big.Rat), last, figure)
}

// investmentDemand is the year's planned investment as a demand.
func (m *Matter) investmentDemand() demand {
	planned := m.Works.Planned
	d := demand{view: levelView, floor: planned.Rat(), bound: planned, unit: m.Terms.Unit}
	d.why = step("project.planned", number(int(m.By.Year)), amount(planned, d.unit))
	return d
}

// notStarted counts the months in which construction should have begun, the planned one as the first.
func (j *judging) notStarted() {
	start := j.m.Works.Start
	month := calendar.Date{Year: start.Year, Month: start.Month, Day: 1}
	if j.on.Before(start) {
		j.say("start.ahead", start.String())
		if j.light.Colour == Grey {
			j.light.Colour = Green
		}
		return
	}
	late := monthsOver(month, j.on)
	for i := len(j.rule.Start) - 1; i >= 0; i-- {
		if d := j.rule.Start[i]; late >= d.From {
			j.say("start.late", start.String(), number(late), number(d.From), named("colour", d.Colour))
			j.atLeast(d.Colour)
			return
		}
	}
	j.say("start.now", start.String())
}

// notRegistered counts the months since construction began.
func (j *judging) notRegistered() {
	start := j.m.Works.Start
	for i := len(j.rule.Register) - 1; i >= 0; i-- {
		d := j.rule.Register[i]
		if since := monthsOver(start, j.on.AddDays(-1)); since >= d.From {
			j.say("register.late", start.String(), number(d.From), named("colour", d.Colour))
			j.atLeast(d.Colour)
			return
		}
	}
}
