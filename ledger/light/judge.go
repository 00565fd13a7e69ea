package light

import "luoshi/calendar"

// Judge gives a matter its light by a rule on a day.
func Judge(m Matter, rule Rule, on calendar.Date) Light {
	return Light{Colour: Grey, Rule: rule.Name, Target: m.Target.Number, Why: []Step{step("nothing")}}
}
