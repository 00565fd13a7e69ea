package account

import (
	"strconv"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Powers of ten in which money is printed.
const (
	inTenThousands = 4
	inHundredMills = 8
)

// projects are the categories of projects with their total, and the projects one by one.
func (c *composer) projects(t *thing) {
	byCategory := map[ledger.ProjectCategory][]Work{}
	for _, w := range c.facts.Works {
		byCategory[w.Category] = append(byCategory[w.Category], w)
		byCategory[""] = append(byCategory[""], w)
	}
	power := inTenThousands
	if lines := c.facts.Projects; len(lines) > 0 && lines[0].Planned.Cmp(ledger.Int(100_000_000)) >= 0 {
		power = inHundredMills
	}
	works := map[ledger.ProjectID]*thing{}
	for n, w := range c.facts.Works {
		works[w.ID] = c.work(w)
		works[w.ID].word("serial", strconv.Itoa(n+1))
		t.add("works", works[w.ID])
	}
	for n, line := range c.facts.Projects {
		one := c.category(line, n, power, byCategory[line.Category])
		for _, w := range byCategory[line.Category] {
			one.add("works", works[w.ID])
			if list := stateOf(w); list != "" {
				one.add(list, works[w.ID])
			}
		}
		if line.Category != "" {
			t.add("categories", one)
			continue
		}
		t.add("total", one)
		for _, list := range []string{"works_finished", "works_stalled", "works_slow"} {
			t.lists[list] = one.lists[list]
		}
	}
}

// stateOf is the list that a project stands in besides that of all.
func stateOf(w Work) string {
	switch {
	case w.Finished:
		return "works_finished"
	case w.Miss == reporting.MissStart:
		return "works_stalled"
	case w.Miss == reporting.MissPace:
		return "works_slow"
	}
	return ""
}

// money is an amount in yuan as it is printed.
func money(yuan ledger.Decimal, power int) printed {
	p := printed{power: power, measure: "万元", unit: "元", exact: yuan}
	decimals := 0
	if power == inHundredMills {
		p.measure, decimals = "亿元", 2
	}
	if yuan.Known() {
		p.value = reporting.Rounded(yuan.Shifted(-power).Rat(), decimals)
	}
	return p
}

// category is a line of the table of projects.
func (c *composer) category(line reporting.ProjectLine, place, power int, works []Work) *thing {
	id := string(line.Category)
	if id == "" {
		id = "total"
	}
	t := newThing("category", id)
	planned, invested := []Source{}, []Source{}
	for _, w := range works {
		planned = append(planned, Source{Kind: FromProject, ID: string(w.ID)})
		invested = append(invested, Source{Kind: FromObservation, ID: string(w.Observation)})
	}
	if len(works) == 0 {
		planned = []Source{{Kind: FromCount, ID: "projects:" + id}}
		invested = planned
	}
	t.word("name", line.Category.Label().ZH)
	t.word("measure", money(ledger.Int(0), power).measure)
	c.figure(t, "planned", money(line.Planned, power), planned...)
	for name, n := range map[string]int{
		"count": line.Count, "to_start": line.ToStart, "ongoing": line.Ongoing, "unlocked": line.Unlocked,
	} {
		c.number(t, name, n, planned...)
	}
	if line.Unlocked < line.Count {
		c.achieved(t, line, power, invested)
	}
	t.flag("silent", line.Count > 0 && line.Unlocked == line.Count)
	if line.Unlocked < line.Count {
		c.continued(t, works, planned)
		c.paced(t, works, planned)
	}
	c.labelled(t, line, place)
	return t
}

// achieved is what a line tells of locked figures.
func (c *composer) achieved(t *thing, line reporting.ProjectLine, power int, from []Source) {
	c.figure(t, "invested", money(line.Done, power), from...)
	for name, n := range map[string]int{
		"started": line.Started, "unstarted": line.ToStart - line.Started, "finished": line.Finished, "slow": missed(line, reporting.MissPace),
	} {
		c.number(t, name, n, from...)
	}
	c.share(t, "share", line.Share, "invested", "planned")
	c.share(t, "start_rate", line.StartRate, "started", "to_start")
	t.word("pace", pace(line.Share, c.elapsed))
	if line.Share.Known() {
		c.figure(t, "gap", of(distance(line.Share, c.elapsed), "个百分点"), Source{Kind: FromFigures, Of: []string{t.key + ".share", "report.elapsed"}})
	}
}

// labelled gives a line its name in the table: 一、产业项目（50项）
func (c *composer) labelled(t *thing, line reporting.ProjectLine, place int) {
	head := headingNumber(1, place) + line.Category.Label().ZH + "\uff08"
	tail := "项\uff09"
	if line.Category == "" {
		head, tail = "合计", "项"
	}
	t.says["label"] = append(append(append(t.says["label"], wordsOf(head)...), t.says["count"]...), wordsOf(tail)...)
}

func missed(line reporting.ProjectLine, kind reporting.MissKind) int {
	n := 0
	for _, m := range line.Misses {
		if m.Kind == kind {
			n++
		}
	}
	return n
}

// share is a part of a whole in per cent, as the ledger has rounded it.
func (c *composer) share(t *thing, name string, value ledger.Decimal, part, whole string) {
	c.figure(t, name, of(value, "%"), Source{Kind: FromFigures, Of: []string{t.key + "." + part, t.key + "." + whole}})
}

// continued are the projects that were begun in earlier years, by where they stand.
func (c *composer) continued(t *thing, works []Work, from []Source) {
	counts := map[string]int{}
	for _, w := range works {
		switch {
		case w.Begins:
		case !w.Done.Known() && !w.Finished:
			counts["ongoing_silent"]++
		case w.Finished:
			counts["ongoing_done"]++
		case w.Miss == reporting.MissPace:
			counts["ongoing_slow"]++
		default:
			counts["ongoing_kept"]++
		}
	}
	for _, name := range []string{"ongoing_done", "ongoing_slow", "ongoing_kept", "ongoing_silent"} {
		c.number(t, name, counts[name], from...)
	}
}

// paced are the projects whose share of the year's investment is that of the time, or more.
func (c *composer) paced(t *thing, works []Work, from []Source) {
	n := 0
	for _, w := range works {
		if p := pace(shareOf(w), c.dueOf(w)); p == "ahead" || p == "even" {
			n++
		}
	}
	if len(works) == 0 {
		return
	}
	c.number(t, "paced", n, from...)
	c.share(t, "paced_share", percent(n, len(works)), "paced", "count")
}

// percent is a share of things counted, with two decimals.
func percent(n, all int) ledger.Decimal {
	return reporting.Rounded(reporting.Share(ledger.Int(int64(n)), ledger.Int(int64(all))), 2)
}

func shareOf(w Work) ledger.Decimal { return reporting.Rounded(reporting.Share(w.Done, w.Planned), 2) }

// dueOf is the share of a project's investment that should be done by now.
func (c *composer) dueOf(w Work) ledger.Decimal {
	if w.Due.Known() {
		return w.Due
	}
	return c.elapsed
}

// work is a project.
func (c *composer) work(w Work) *thing {
	t := newThing("work", string(w.ID))
	project, seen := Source{Kind: FromProject, ID: string(w.ID)}, Source{Kind: FromObservation, ID: string(w.Observation)}
	t.quote("name", w.Name, project)
	t.quote("lead", w.Lead.Name, project)
	t.word("category", w.Category.Label().ZH)
	t.word("number", w.Number)
	t.word("measure", "万元")
	c.figure(t, "total", money(w.Total, inTenThousands), project)
	c.figure(t, "planned", money(w.Planned, inTenThousands), project)
	c.figure(t, "invested", money(w.Done, inTenThousands), seen)
	c.share(t, "share", shareOf(w), "invested", "planned")
	t.word("pace", pace(shareOf(w), c.dueOf(w)))
	if shareOf(w).Known() {
		c.figure(t, "gap", of(distance(shareOf(w), c.dueOf(w)), "个百分点"), project, seen)
	}
	t.flag("finished", w.Finished)
	t.word("miss", string(w.Miss))
	t.word("stage", stageOf(w))
	t.quote("reason", w.Reason, seen)
	t.quote("note", w.Note, seen)
	return t
}

func stageOf(w Work) string {
	switch {
	case w.Finished:
		return ledger.Finished.Label().ZH
	case w.Miss != "":
		return w.Miss.Label().ZH
	case w.Begins && !w.Started:
		return "未到开工时间"
	case w.Begins:
		return "已开工"
	}
	return ledger.Ongoing.Label().ZH
}
