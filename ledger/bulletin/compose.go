package bulletin

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// named is how many units a sentence names.
const named = 3

// Compose makes a bulletin of what the ledger says. The same material always gives the same bulletin.
func Compose(m Material) Content {
	c := &composer{Material: m, facts: facts{parts: map[string]Sentence{}, count: map[string]int{}}, tables: map[Kind][]Table{}}
	c.text("on", dateText(m.On), &Source{Kind: FromDay})
	c.text("plan", m.Title, &Source{Kind: FromPlan, ID: string(m.Plan)})
	c.text("period", m.Period.Title().ZH, &Source{Kind: FromDay})
	for _, part := range []func(){c.overview, c.units, c.paces, c.late, c.items, c.reports, c.orders} {
		part()
	}
	content := Content{Plan: m.Plan, Period: m.Period, On: m.On}
	for _, kind := range Kinds() {
		if kind == Ordered && m.Orders == nil || kind == Served && len(m.Items) == 0 {
			continue
		}
		content.Sections = append(content.Sections, Section{
			Kind: kind, Title: kind.Label().ZH, Sentences: c.facts.say(kind), Tables: c.tables[kind],
		})
	}
	return content
}

type composer struct {
	Material
	facts  facts
	tables map[Kind][]Table
}

// text is a fact of words.
func (c *composer) text(name, text string, from *Source) {
	c.facts.parts[name] = Sentence{{Text: text, From: from}}
}

// figure is a fact of one figure.
func (c *composer) figure(name string, value ledger.Decimal, from Source) {
	c.facts.parts[name] = Sentence{figure("", value, from)}
}

// number is a fact that is counted, and that decides which sentences there are.
func (c *composer) number(name string, n int, from Source) {
	c.facts.count[name] = n
	c.figure(name, ledger.Int(int64(n)), from)
}

// figure is a part that is a figure.
func figure(key string, value ledger.Decimal, from Source) Part {
	return Part{Text: value.Plain(), Key: key, Value: value, From: &from}
}

func dateText(d calendar.Date) string { return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day) }

// tally counts matters by their lights.
type tally struct {
	unit    ledger.UnitID
	all     int
	colours map[light.Colour]int
	overdue int
}

func (t *tally) add(m Matter) {
	if t.colours == nil {
		t.colours = map[light.Colour]int{}
	}
	t.all++
	t.colours[m.Colour]++
	if m.Overdue {
		t.overdue++
	}
}

// share is how many of a hundred have a colour, or have not.
func (t tally) share(n int) ledger.Decimal {
	return reporting.Rounded(reporting.Share(ledger.Int(int64(n)), ledger.Int(int64(t.all))), 0)
}

func (c *composer) total() tally {
	var all tally
	for _, m := range c.Matters {
		all.add(m)
	}
	return all
}

func (c *composer) overview() {
	all := c.total()
	done := all.colours[light.Blue]
	c.number("all", all.all, Source{Kind: FromLights})
	c.number("done", done, Source{Kind: FromLights, Colour: light.Blue})
	c.number("open", all.all-done, Source{Kind: FromLights})
	c.figure("done_share", all.share(done), Source{Kind: FromNumbers})
	c.figure("open_share", all.share(all.all-done), Source{Kind: FromNumbers})
	for _, colour := range []light.Colour{light.Green, light.Yellow, light.Red, light.Grey} {
		c.number(string(colour), all.colours[colour], Source{Kind: FromLights, Colour: colour})
	}
	c.number("overdue", all.overdue, Source{Kind: FromLights, Overdue: true})
}

// units compares the units: those that have done the largest share first.
func (c *composer) units() {
	byUnit := map[ledger.UnitID]*tally{}
	var all []*tally
	for _, m := range c.Matters {
		if m.Unit == "" {
			continue
		}
		if byUnit[m.Unit] == nil {
			byUnit[m.Unit] = &tally{unit: m.Unit}
			all = append(all, byUnit[m.Unit])
		}
		byUnit[m.Unit].add(m)
	}
	slices.SortStableFunc(all, func(a, b *tally) int {
		return cmp.Or(cmp.Compare(b.colours[light.Blue]*a.all, a.colours[light.Blue]*b.all),
			cmp.Compare(a.colours[light.Red]*b.all, b.colours[light.Red]*a.all), cmp.Compare(b.all, a.all), cmp.Compare(a.unit, b.unit))
	})
	c.number("units", len(all), Source{Kind: FromLights})
	c.best(all)
	c.worst(all)
	if len(all) > 0 {
		c.unitTable(all)
	}
}

// best are the units of which most is done.
func (c *composer) best(all []*tally) {
	var s Sentence
	for i, t := range all {
		if done := t.colours[light.Blue]; done == 0 || i == named {
			break
		}
		s = c.listed(s, ":"+string(t.unit), t.unit, t.share(t.colours[light.Blue]), "%", Source{Kind: FromLights, Unit: t.unit, Colour: light.Blue})
		c.facts.count["leading"]++
	}
	c.facts.parts["leaders"] = s
}

// worst are the units with most red lights.
func (c *composer) worst(all []*tally) {
	reds := slices.Clone(all)
	slices.SortStableFunc(reds, func(a, b *tally) int { return cmp.Compare(b.colours[light.Red], a.colours[light.Red]) })
	var s Sentence
	for i, t := range reds {
		red := t.colours[light.Red]
		if red == 0 || i == named {
			break
		}
		s = c.listed(s, ":"+string(t.unit), t.unit, ledger.Int(int64(red)), "项", Source{Kind: FromLights, Unit: t.unit, Colour: light.Red})
		c.facts.count["reds"]++
	}
	c.facts.parts["reddest"] = s
}

// listed adds a unit with a figure to a list of them.
func (c *composer) listed(s Sentence, key string, unit ledger.UnitID, value ledger.Decimal, measure string, from Source) Sentence {
	if len(s) > 0 {
		s = append(s, Part{Text: "、"})
	}
	return append(s, c.unit(unit), Part{Text: "\uff08"}, figure(key, value, from), Part{Text: measure + "\uff09"})
}

// unit is the name of a unit.
func (c *composer) unit(id ledger.UnitID) Part {
	if id == "" {
		return Part{Text: "（未明确责任单位）"}
	}
	return Part{Text: cmp.Or(c.Names[id], string(id)), From: &Source{Kind: FromUnit, ID: string(id)}}
}

func (c *composer) unitTable(all []*tally) {
	t := newTable("lights")
	for _, u := range all {
		t.Rows = append(t.Rows, tallyRow(*u, "lights/"+string(u.unit), c.unit(u.unit)))
	}
	total := tally{colours: map[light.Colour]int{}}
	for _, u := range all {
		total.all += u.all
		total.overdue += u.overdue
		for colour, n := range u.colours {
			total.colours[colour] += n
		}
	}
	t.Rows, t.Total = append(t.Rows, tallyRow(total, "lights/total", Part{Text: "合计"})), true
	c.tables[Lights] = []Table{t}
}

// tallyRow is a row of the table of units. The total is that of the rows, as not all matters need have a unit.
func tallyRow(t tally, key string, head Part) []Part {
	row := []Part{head}
	from := func(colour light.Colour, overdue bool) Source {
		if t.unit == "" {
			return Source{Kind: FromNumbers}
		}
		return Source{Kind: FromLights, Unit: t.unit, Colour: colour, Overdue: overdue}
	}
	row = append(row, count(key+".all", t.all, from("", false)), count(key+".done", t.colours[light.Blue], from(light.Blue, false)),
		figure(key+".share", t.share(t.colours[light.Blue]), Source{Kind: FromNumbers}))
	for _, colour := range []light.Colour{light.Green, light.Yellow, light.Red, light.Grey} {
		row = append(row, count(key+"."+string(colour), t.colours[colour], from(colour, false)))
	}
	return append(row, count(key+".overdue", t.overdue, from("", true)))
}

func count(key string, n int, from Source) Part { return figure(key, ledger.Int(int64(n)), from) }

func newTable(name string) Table {
	return Table{Name: name, Title: tables[name].ZH, Columns: columns[name]}
}

// points are a figure without its sign, to one decimal.
func points(d ledger.Decimal) ledger.Decimal {
	if !d.Known() {
		return d
	}
	rounded := reporting.Rounded(new(big.Rat).Abs(d.Rat()), 1)
	shortest, _ := ledger.ParseDecimal(rounded.Number().String()) // 12.0 points are 12
	return shortest
}
