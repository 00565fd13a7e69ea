package light

import (
	"math/big"

	"luoshi/calendar"
	"luoshi/ledger/reporting"
)

// task judges a commitment without a target in figures by its milestones and its evidence; where it has no milestones,
// by the share that its unit states. What is only said to be done is not done.
func (j *judging) task() {
	over := j.m.By.Before(j.on) && !j.m.By.IsZero()
	if j.m.Fulfilled {
		j.done("fulfilled")
		return
	}
	j.light.Elapsed = percent(j.m.elapsed(j.on))
	var done bool
	if len(j.m.Milestones) > 0 {
		done = j.byMilestones(over)
	} else {
		done = j.byPercent(over)
	}
	switch {
	case done && j.m.Evidence > 0:
		j.done("task.done")
	case done && over:
		j.light.Colour = Yellow
		j.say("task.unproved.over", j.m.By.String(), named("colour", Yellow))
	case done:
		j.light.Colour = Green
		j.say("task.unproved", named("colour", Green))
	case over:
		j.light.Colour, j.light.Grade = Red, ""
		j.say("task.overdue", j.m.By.String(), number(j.m.By.DaysTo(j.on)), named("colour", Red))
	}
	j.light.Final = over && done
}

// byMilestones compares what was reached with what should have been; it tells whether everything was.
func (j *judging) byMilestones(over bool) bool {
	reached := func(s Milestone) bool { return !s.Reached.IsZero() && !j.on.Before(s.Reached) }
	due := func(s Milestone) bool { return s.By.Before(j.on) || s.By == j.on }
	all := weigh(j.m.Milestones, func(Milestone) bool { return true })
	progress, expected := weigh(j.m.Milestones, reached), weigh(j.m.Milestones, due)
	done := progress.Cmp(all) == 0
	progress.Quo(progress, all)
	expected.Quo(expected, all)
	gap := percent(new(big.Rat).Sub(progress, expected)).Rat()
	j.light.Progress, j.light.Due, j.light.Gap = percent(progress), percent(expected), rounded(gap, 1, 2)
	j.say("milestones", number(count(j.m.Milestones, reached)), number(len(j.m.Milestones)), plain(j.light.Progress),
		j.on.String(), number(count(j.m.Milestones, due)), plain(j.light.Due))
	if done || over {
		return done
	}
	j.sayGap(gap, false)
	late := j.lateMilestone()
	j.gradeTask(gap, late)
	return false
}

// lateMilestone names the milestones whose date has passed unreached, and tells for how many months the first one is late,
// a begun month counted.
func (j *judging) lateMilestone() int {
	late := 0
	for _, s := range j.m.Milestones {
		if !s.By.Before(j.on) || !s.Reached.IsZero() && !j.on.Before(s.Reached) {
			continue
		}
		j.say("milestone.late", s.Title, s.By.String(), number(s.By.DaysTo(j.on)))
		late = max(late, monthsOver(s.By, j.on)+1)
	}
	return late
}

// gradeTask applies the rule to a task.
func (j *judging) gradeTask(gap *big.Rat, late int) {
	switch j.rule.Measured {
	case ByPeriods:
		j.give(j.rule.Grades, pick(j.rule.Grades, new(big.Rat).SetInt64(int64(late))), "periods")
	case ByDate:
		j.give(j.rule.Grades, 0, "points")
	default:
		j.give(j.rule.Grades, pick(j.rule.Grades, gap.Neg(gap)), "points")
	}
}

// byPercent compares the share that the unit states with the path; it tells whether the unit says that all is done.
func (j *judging) byPercent(over bool) bool {
	at := len(j.points) - 1
	for at >= 0 && !j.points[at].Percent.Known() && j.points[at].Said != reporting.Completed {
		at--
	}
	if at < 0 {
		j.say("task.nothing")
		j.light.Person = !over
		return false
	}
	j.light.AsOf = j.points[at].Period
	c := course{d: &demand{floor: hundred}, base: new(big.Rat), span: hundred}
	stated := j.stated(at)
	gap, progress, due := j.gap(&c, at, stated)
	j.light.Progress, j.light.Due, j.light.Gap = percent(progress), percent(due), rounded(gap, 1, 2)
	j.light.Elapsed = percent(j.m.elapsed(j.end(at)))
	j.say("task.percent", inPeriod(j.light.AsOf), plain(j.light.Progress))
	if stated.Cmp(hundred) >= 0 || over {
		return stated.Cmp(hundred) >= 0
	}
	j.say("path.share", plain(j.light.Elapsed), named("path", j.m.pathKind()), plain(j.light.Due))
	j.sayGap(gap, false)
	j.grade(gap, func(at int) bool {
		g, _, _ := j.gap(&c, at, j.stated(at))
		return g.Sign() < 0
	}, at)
	return false
}

// stated is how much a unit says is done, in per cent.
func (j *judging) stated(at int) *big.Rat {
	p := &j.points[at]
	if !p.Percent.Known() && p.Said == reporting.Completed {
		return hundred
	}
	return p.Percent.Rat()
}

// count is of how many milestones something holds.
func count(all []Milestone, holds func(Milestone) bool) int {
	n := 0
	for _, s := range all {
		if holds(s) {
			n++
		}
	}
	return n
}

// monthsOver is how many whole months lie between two days.
func monthsOver(from, to calendar.Date) int {
	n := int(to.Year-from.Year)*12 + int(to.Month-from.Month)
	if to.Day < from.Day && to != calendar.LastDay(int(to.Year), int(to.Month)) {
		n--
	}
	return n
}
