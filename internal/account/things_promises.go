package account

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/account/template"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
	"luoshi/office/paper"
)

// most is how many units are named as leading or trailing.
const most = 3

// tally counts commitments by their lights.
type tally struct {
	all, late int
	colours   map[light.Colour]int
}

func (n *tally) add(p Commitment) {
	if n.colours == nil {
		n.colours = map[light.Colour]int{}
	}
	n.all++
	n.colours[p.Colour]++
	if p.Overdue {
		n.late++
	}
}

// commitments are the promises one by one, by area and by unit.
func (c *composer) commitments(t *thing) {
	whole, areas, units := tally{}, map[int]*tally{}, map[ledger.UnitID]*tally{}
	for _, p := range c.facts.Commitments {
		one := c.commitment("commitment", p)
		whole.add(p)
		counted(areas, p.Section).add(p)
		counted(units, p.Lead.ID).add(p)
		c.sort(t, p, one)
		c.bySection(p.Section, "commitments", one)
		c.sort(c.area(p.Section), p, one)
		c.byUnit(p, one)
	}
	c.tallied(t, whole, Source{Kind: FromCount, ID: "commitments"})
	for _, a := range c.facts.Areas {
		one := c.area(a.Section)
		c.tallied(one, *counted(areas, a.Section), Source{Kind: FromCount, ID: "commitments", Section: a.Section})
		t.add("areas", one)
	}
	c.units(t, units)
	reddest(t.lists["lagging"])
}

func counted[K comparable](all map[K]*tally, key K) *tally {
	if all[key] == nil {
		all[key] = &tally{}
	}
	return all[key]
}

// sort puts a commitment into the lists of the report or of an area.
func (c *composer) sort(t *thing, p Commitment, one *thing) {
	if t == nil {
		return
	}
	if t.scope == template.Report {
		t.add("commitments", one)
	}
	if p.Note != "" {
		t.add("told", one)
	}
	if p.Overdue {
		t.add("overdue", one)
	}
	switch p.Colour {
	case light.Blue:
		t.add("achieved", one)
	case light.Green:
		t.add("running", one)
	case light.Red, light.Yellow:
		t.add("lagging", one)
	}
}

// reddest puts red lights before yellow ones.
func reddest(all []*thing) {
	rank := func(t *thing) int {
		if textOf(t.says["light"]) == string(light.Red) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(all, func(a, b *thing) int { return cmp.Compare(rank(a), rank(b)) })
}

// commitment is a promise with its light.
func (c *composer) commitment(scope string, p Commitment) *thing {
	t := newThing(scope, string(p.ID))
	promise, seen := Source{Kind: FromPromise, ID: string(p.ID)}, Source{Kind: FromObservation, ID: string(p.Observation)}
	lit := Source{Kind: FromLight, ID: string(p.ID)}
	t.quote("title", p.Title, promise)
	t.quote("wording", p.Wording, promise)
	t.quote("lead", cmp.Or(p.Lead.Name, "未明确责任单位"), promise)
	t.word("number", p.Number)
	t.word("by", dayTitle(p.By, c.facts.Period.Year))
	t.word("light", string(p.Colour))
	t.word("colour", p.Colour.Label().ZH)
	t.word("said", string(p.Said))
	c.figure(t, "progress", of(trimmed(p.Progress), "%"), lit, seen)
	c.figure(t, "due", of(trimmed(p.Due), "%"), lit)
	if p.Progress.Known() && p.Due.Known() {
		t.word("pace", pace(p.Progress, p.Due))
		c.figure(t, "gap", of(distance(p.Progress, p.Due), "个百分点"), lit, seen)
	}
	t.flag("late", p.Overdue)
	t.quote("note", p.Note, seen)
	t.quote("reason", p.Reason, seen)
	if a := c.area(p.Section); a != nil {
		t.quotes["area"] = a.quotes["title"]
	}
	return t
}

// tallied are the counts of a report, an area or a unit.
func (c *composer) tallied(t *thing, n tally, from Source) {
	c.number(t, "all", n.all, from)
	for name, colour := range map[string]light.Colour{
		"done": light.Blue, "green": light.Green, "yellow": light.Yellow, "red": light.Red, "grey": light.Grey,
	} {
		of := from
		of.ID += ":" + string(colour)
		c.number(t, name, n.colours[colour], of)
	}
	c.number(t, "open", n.all-n.colours[light.Blue], from)
	late := from
	late.ID += ":overdue"
	c.number(t, "late", n.late, late)
	c.share(t, "done_share", trimmed(percent(n.colours[light.Blue], n.all)), "done", "all")
}

// area is the area of a section; nil where there is none.
func (c *composer) area(section int) *thing {
	if t, made := c.areas[section]; made {
		return t
	}
	at := slices.IndexFunc(c.facts.Areas, func(a Area) bool { return a.Section == section })
	if at < 0 {
		return nil
	}
	t := newThing("area", strconv.Itoa(section))
	from := Source{Kind: FromPromise, ID: string(c.facts.Plan), Section: section}
	title := c.facts.Areas[at].Title
	if title == c.facts.PlanTitle {
		title = "主要目标" // what a plan promises before its first heading
	}
	t.quote("title", title, from)
	t.quote("motto", c.mottoOf(title), from)
	c.areas[section] = t
	return t
}

// mottoOf is what a summary calls an area; each motto is used once, and an area without one goes by its title.
func (c *composer) mottoOf(title string) string {
	for _, m := range mottos {
		if strings.Contains(title, m[0]) && !c.mottos[m[1]] {
			c.mottos[m[1]] = true
			return m[1]
		}
	}
	return title
}

// bySection puts something into a list of its area.
func (c *composer) bySection(section int, list string, one *thing) {
	t := c.area(section)
	if t == nil {
		return
	}
	t.add(list, one)
}

// byUnit puts a commitment into the lists of the unit that leads it.
func (c *composer) byUnit(p Commitment, one *thing) {
	t := c.unit(p.Lead)
	t.add("commitments", one)
	if p.Colour == light.Red || p.Colour == light.Yellow {
		t.add("lagging", one)
	}
}

func (c *composer) unit(u Unit) *thing {
	if t, made := c.unitsByID[u.ID]; made {
		return t
	}
	t := newThing("unit", string(u.ID))
	t.quote("name", cmp.Or(u.Name, "未明确责任单位"), Source{Kind: FromCount, ID: "units", Unit: u.ID})
	c.unitsByID[u.ID] = t
	return t
}

// units compares those that lead something: those that have done the largest share first.
func (c *composer) units(t *thing, tallies map[ledger.UnitID]*tally) {
	var leading []Unit
	for _, u := range c.facts.Units {
		if tallies[u.ID] != nil {
			leading = append(leading, u)
		}
	}
	done := func(u Unit) int { return tallies[u.ID].colours[light.Blue] }
	red := func(u Unit) int { return tallies[u.ID].colours[light.Red] }
	slices.SortStableFunc(leading, func(a, b Unit) int {
		return cmp.Or(cmp.Compare(done(b)*tallies[a.ID].all, done(a)*tallies[b.ID].all), cmp.Compare(tallies[b.ID].all, tallies[a.ID].all))
	})
	for n, u := range leading {
		one := c.unit(u)
		c.tallied(one, *tallies[u.ID], Source{Kind: FromCount, ID: "commitments", Unit: u.ID})
		t.add("units", one)
		if n < most && done(u) > 0 {
			t.add("leading", one)
		}
	}
	slices.SortStableFunc(leading, func(a, b Unit) int { return cmp.Compare(red(b), red(a)) })
	for n, u := range leading {
		if n < most && red(u) > 0 {
			t.add("trailing", c.unit(u))
		}
	}
	c.number(t, "unit_count", len(leading), Source{Kind: FromCount, ID: "units"})
}

// items are the livelihood items.
func (c *composer) items(t *thing) {
	done := 0
	for n, i := range c.facts.Items {
		one := c.commitment("item", i.Commitment)
		from := Source{Kind: FromItem, ID: string(i.ID)}
		one.word("place", strconv.Itoa(n+1))
		c.figure(one, "votes", of(i.Votes, "票"), from)
		c.figure(one, "satisfaction", of(i.Satisfaction, "%"), from)
		c.figure(one, "surveyed", of(i.Surveyed, "人"), from)
		one.flag("closed", i.Closed)
		t.add("items", one)
		if i.Colour == light.Blue {
			done++
		}
	}
	from := Source{Kind: FromCount, ID: "items"}
	c.number(t, "item_count", len(c.facts.Items), from)
	c.number(t, "items_done", done, from)
	c.share(t, "items_done_share", trimmed(percent(done, len(c.facts.Items))), "items_done", "item_count")
}

// supervision is how orders went.
func (c *composer) supervision(t *thing) {
	o := c.facts.Orders
	if o == nil {
		return
	}
	t.flag("orders", true)
	from := Source{Kind: FromOrders, ID: c.facts.Period.Key()}
	c.number(t, "issued", o.Issued, from)
	c.number(t, "closed", o.Closed, from)
	c.number(t, "returned", o.Returned, from)
	c.number(t, "orders_late", o.Overdue, from)
	c.number(t, "sheets", o.Sheets, from)
}

// others are obstacles, what comes next, and what is lacking.
func (c *composer) others(t *thing) {
	for n, p := range c.facts.Problems {
		one := newThing("problem", strconv.Itoa(n+1))
		from := Source{Kind: FromObservation, ID: string(p.Observation)}
		one.quote("lead", p.Unit.Name, from)
		one.quote("ask", p.Ask.Name, from)
		one.quote("about", p.About, from)
		one.quote("text", p.Text, from)
		t.add("problems", one)
	}
	for n, k := range c.facts.Next {
		one := newThing("task", string(k.Commitment)+"-"+strconv.Itoa(n+1))
		from := Source{Kind: FromPromise, ID: string(k.Commitment)}
		one.quote("title", k.Title, from)
		one.quote("lead", k.Lead.Name, from)
		if k.By != (calendar.Date{Year: int16(c.facts.Period.Year), Month: 12, Day: 31}) {
			one.word("by", dayTitle(k.By, c.facts.Period.Year))
		}
		one.quote("milestone", k.Milestone, from)
		t.add("tasks", one)
		c.bySection(k.Section, "tasks", one)
	}
	for _, a := range t.lists["areas"] {
		c.number(a, "task_count", len(a.lists["tasks"]), Source{Kind: FromCount, ID: "tasks"})
	}
	c.number(t, "lack_count", len(c.facts.Open), Source{Kind: FromCount, ID: "lacks"})
	for n, l := range c.facts.Open {
		one := newThing("lack", strconv.Itoa(n+1))
		one.quote("title", l.Title, Source{Kind: FromCount, ID: "lacks"})
		one.quote("lead", cmp.Or(l.Name, "未明确责任单位"), Source{Kind: FromCount, ID: "lacks"})
		one.word("state", stateWords(l.State))
		t.add("lacks", one)
	}
}

// stateWords are how far a figure is that does not count yet.
func stateWords(s reporting.State) string {
	if s == "" {
		return "未报送"
	}
	return s.Label().ZH
}

func wordsOf(text string) []paper.Run { return []paper.Run{{Text: text}} }
