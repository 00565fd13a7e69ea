package light

// threshold says from where to where a grade holds. The unit is points, level or periods.
func (r *Rule) threshold(grades []Grade, at int, unit string) Step {
	g := grades[at]
	title := gradeFact + r.Name + "/" + g.Name
	switch {
	case len(grades) == 1:
		return step("grade.only", title)
	case at == len(grades)-1 && grades[at-1].Limit.Sign() == 0:
		return step("grade.late."+unit, title)
	case at == len(grades)-1 && grades[at-1].Under:
		return step("grade.from."+unit, title, plain(grades[at-1].Limit))
	case at == len(grades)-1:
		return step("grade.beyond."+unit, title, plain(grades[at-1].Limit))
	case g.Under:
		return step("grade.under."+unit, title, plain(g.Limit))
	case g.Limit.Sign() == 0:
		return step("grade.none."+unit, title)
	}
	return step("grade.upto."+unit, title, plain(g.Limit))
}

// Terms are what the rule makes of gaps, levels and delays, sentence by sentence, as it is applied.
func (r *Rule) Terms() []Step {
	unit, level := "points", "level"
	if r.Measured == ByPeriods {
		unit, level = "periods", "periods"
	}
	var all []Step
	for i := range r.Grades {
		all = append(all, r.threshold(r.Grades, i, unit))
	}
	if r.Measured == ByGap {
		for i := range r.Levels {
			all = append(all, r.threshold(r.Levels, i, level))
		}
	}
	if r.Recovers != "" {
		all = append(all, step("rule.recovers", named("colour", r.Recovers)))
	}
	for _, d := range r.Start {
		all = append(all, step("rule.start", number(d.From), named("colour", d.Colour)))
	}
	for _, d := range r.Register {
		all = append(all, step("rule.register", number(d.From), named("colour", d.Colour)))
	}
	for _, d := range r.Deadline {
		if d.From < 0 {
			all = append(all, step("rule.overdue", named("colour", d.Colour)))
		} else {
			all = append(all, step("rule.deadline", number(d.From), named("colour", d.Colour)))
		}
	}
	all = append(all, step("rule.approx", plain(r.Approx[0]), plain(r.Approx[1])))
	if r.Stale > 0 {
		all = append(all, step("stale.colour", number(r.Stale), named("colour", Yellow)))
	}
	return all
}
