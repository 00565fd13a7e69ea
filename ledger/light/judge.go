package light

import (
	"math/big"

	"luoshi/calendar"
	"luoshi/ledger/reporting"
)

// Judge gives a matter its light by a rule on a day. Figures that are not locked, and those of periods that have not
// begun on the day, are as if they were not there.
func Judge(m Matter, rule Rule, on calendar.Date) Light {
	j := judging{m: &m, rule: &rule, on: on, points: locked(m.Points, on)}
	j.light = Light{Colour: Grey, Rule: rule.Name, Target: m.Target.Number, Why: make([]Step, 0, 8)}
	switch m.Kind {
	case reporting.OfProject:
		j.project()
	case reporting.OfTask:
		j.task()
	default:
		j.target()
	}
	j.mind()
	return j.light
}

// judging is one matter under judgement.
type judging struct {
	m      *Matter
	rule   *Rule
	on     calendar.Date
	points []reporting.Point // locked, in order
	light  Light
}

// locked are the points that count on a day.
func locked(points []reporting.Point, on calendar.Date) []reporting.Point {
	counts := func(p *reporting.Point) bool {
		return p.State == reporting.Locked && !on.Before(p.Period.Span().From)
	}
	for i := range points {
		if counts(&points[i]) {
			continue
		}
		kept := append(make([]reporting.Point, 0, len(points)), points[:i]...)
		for _, p := range points[i+1:] {
			if counts(&p) {
				kept = append(kept, p)
			}
		}
		return kept
	}
	return points
}

// say adds a step to the computation.
func (j *judging) say(code string, facts ...string) {
	j.light.Why = append(j.light.Why, step(code, facts...))
}

// person leaves the light to a person; it is false, for demand.
func (j *judging) person(code string, facts ...string) bool {
	j.light.Person = true
	j.say(code, facts...)
	return false
}

// atLeast makes the light no better than a colour.
func (j *judging) atLeast(c Colour) {
	if c.Worse(j.light.Colour) {
		j.light.Colour, j.light.Grade = c, ""
	}
}

// give sets the colour of a grade and says its threshold.
func (j *judging) give(grades []Grade, at int, unit string) {
	j.light.Colour, j.light.Grade = grades[at].Colour, grades[at].Name
	j.light.Why = append(j.light.Why, j.rule.threshold(grades, at, unit))
}

// pick is the first grade whose limit is not passed.
func pick(grades []Grade, behind *big.Rat) int {
	for i, g := range grades {
		if !g.Limit.Known() {
			return i
		}
		if sign := behind.Cmp(g.Limit.Rat()); sign < 0 || sign == 0 && !g.Under {
			return i
		}
	}
	return len(grades) - 1
}

// mind adds what the rule says of the days that are left and of figures that are missing.
func (j *judging) mind() {
	task := j.m.Kind == reporting.OfTask
	if j.light.Colour == Blue || j.light.Final || j.light.Person && !task {
		return
	}
	if !j.m.By.IsZero() {
		j.deadline(j.on.DaysTo(j.m.By))
	}
	if task || j.m.Due.IsZero() {
		return
	}
	if j.light.Stale = j.missing(); j.light.Stale == 0 {
		return
	}
	j.say("stale", number(j.light.Stale), inPeriod(j.m.Due))
	if j.rule.Stale > 0 && j.light.Stale >= j.rule.Stale && (j.light.Colour == Green || j.light.Colour == Grey) {
		j.light.Colour, j.light.Grade = Yellow, ""
		j.say("stale.colour", number(j.rule.Stale), named("colour", Yellow))
	}
}

// deadline applies the rule's terms on the days that are left.
func (j *judging) deadline(left int) {
	if left < 0 && j.light.AsOf != (reporting.Period{}) {
		j.say("overdue.lag", j.m.By.String(), inPeriod(j.light.AsOf))
	}
	for i := len(j.rule.Deadline) - 1; i >= 0; i-- {
		d := j.rule.Deadline[i]
		if left > d.From {
			continue
		}
		j.atLeast(d.Colour)
		if left < 0 {
			j.say("deadline.over", number(-left), named("colour", d.Colour))
		} else {
			j.say("deadline.left", number(left), number(d.From), named("colour", d.Colour))
		}
		return
	}
}

// missing is how many periods are due and have no locked figure behind the one that was judged. What lies before the
// matter's beginning is not missing.
func (j *judging) missing() int {
	n := 0
	for p := j.m.Due; n < 36 && !p.IsZero() && !p.Span().To.Before(j.m.Begin); p = p.Previous() {
		if !j.light.AsOf.IsZero() && !j.light.AsOf.Before(p) {
			break
		}
		n++
	}
	return n
}

// lacking says that there is no figure to judge.
func (j *judging) lacking() {
	switch {
	case len(j.points) > 0:
		last := j.points[len(j.points)-1]
		j.say("lacking.view", inPeriod(last.Period))
	case j.m.Due.IsZero():
		j.say("lacking.early")
	default:
		j.say("lacking")
	}
}

// bounded notes the bound that the light was judged by.
func (j *judging) bounded(d *demand) {
	j.light.Bound, j.light.Unit = d.bound, d.unit
	j.light.Why = append(j.light.Why, d.why)
}
