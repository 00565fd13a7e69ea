package bulletin

import (
	"cmp"
	"slices"

	"luoshi/ledger"
	"luoshi/ledger/light"
)

// paces are the matters that are slower or faster than the calendar. What is done is neither.
func (c *composer) paces() {
	var behind, ahead []Matter
	for _, m := range c.Matters {
		gap := points(m.Gap)
		switch {
		case m.Colour == light.Blue || !gap.Known() || gap.Sign() == 0:
		case m.Gap.Sign() < 0:
			behind = append(behind, m)
		default:
			ahead = append(ahead, m)
		}
	}
	slices.SortStableFunc(behind, func(a, b Matter) int { return a.Gap.Cmp(b.Gap) })
	slices.SortStableFunc(ahead, func(a, b Matter) int { return b.Gap.Cmp(a.Gap) })
	c.pace(Behind, behind)
	c.pace(Ahead, ahead)
}

// pace tells of the matters on one side of the calendar, those farthest from it first.
func (c *composer) pace(kind Kind, all []Matter) {
	c.number(string(kind), len(all), Source{Kind: FromLights})
	if len(all) == 0 {
		return
	}
	first := all[0]
	c.facts.parts["unit_"+string(kind)] = Sentence{c.unit(first.Unit)}
	c.facts.parts["most_"+string(kind)] = Sentence{quoted(first)}
	c.figure("points_"+string(kind), points(first.Gap), ofLight(first))
	t := newTable(string(kind))
	for _, m := range c.cut(&t, all) {
		key := string(kind) + "/" + string(m.ID)
		t.Rows = append(t.Rows, []Part{
			quoted(m), c.unit(m.Unit), orDash(key+".due", points(m.Due), ofLight(m)),
			orDash(key+".done", points(m.Done), ofLight(m)), figure(key+".gap", points(m.Gap), ofLight(m)),
		})
	}
	c.tables[kind] = []Table{t}
}

// orDash is a figure, or a dash where there is none.
func orDash(key string, value ledger.Decimal, from Source) Part {
	if !value.Known() {
		return Part{Text: "—"}
	}
	return figure(key, value, from)
}

// cut leaves as many matters as a table may have.
func (c *composer) cut(t *Table, all []Matter) []Matter {
	if c.Most > 0 && len(all) > c.Most {
		t.Left = len(all) - c.Most
		return all[:c.Most]
	}
	return all
}

func quoted(m Matter) Part {
	return Part{Text: m.Title, From: new(ofLight(m))}
}

func ofLight(m Matter) Source { return Source{Kind: FromLight, ID: string(m.ID), Unit: m.Unit} }

// late are the matters whose deadline is over, those longest overdue first.
func (c *composer) late() {
	var all []Matter
	for _, m := range c.Matters {
		if m.Overdue {
			all = append(all, m)
		}
	}
	if len(all) == 0 {
		return
	}
	slices.SortStableFunc(all, func(a, b Matter) int { return b.By.DaysTo(a.By) })
	first := all[0]
	c.facts.parts["unit_overdue"] = Sentence{c.unit(first.Unit)}
	c.facts.parts["most_overdue"] = Sentence{quoted(first)}
	c.figure("days_overdue", ledger.Int(int64(first.By.DaysTo(c.On))), ofLight(first))
	t := newTable("overdue")
	for _, m := range c.cut(&t, all) {
		t.Rows = append(t.Rows, []Part{
			quoted(m), c.unit(m.Unit), {Text: dateText(m.By), From: new(ofLight(m))},
			count("overdue/"+string(m.ID)+".days", m.By.DaysTo(c.On), ofLight(m)),
		})
	}
	c.tables[Overdue] = []Table{t}
}

// reports tells who reported late, not at all, or wrongly.
func (c *composer) reports() {
	var asked, late, missing, returned int
	t := newTable("reports")
	for _, r := range c.Reports {
		asked, late, missing, returned = asked+r.Asked, late+r.Late, missing+r.Missing, returned+r.Returned
		if r.Late+r.Missing+r.Returned == 0 {
			continue
		}
		key, from := "reports/"+string(r.Unit), Source{Kind: FromRounds, Unit: r.Unit}
		t.Rows = append(t.Rows, []Part{
			c.unit(r.Unit), count(key+".asked", r.Asked, from), count(key+".late", r.Late, from),
			count(key+".missing", r.Missing, from), count(key+".returned", r.Returned, from),
		})
	}
	from := Source{Kind: FromRounds}
	c.number("asked", asked, from)
	c.number("late", late, from)
	c.number("missing", missing, from)
	c.number("returned", returned, from)
	c.facts.count["faulty"] = late + missing + returned
	if len(t.Rows) > 0 {
		c.tables[Filed] = []Table{t}
	}
}

// orders tells how the orders of the period went, and which are overdue.
func (c *composer) orders() {
	if c.Orders == nil {
		return
	}
	var sum UnitOrders
	t := newTable("orders")
	for _, u := range c.Orders.Units {
		sum.Issued, sum.Closed, sum.Returned, sum.Overdue, sum.Sheets =
			sum.Issued+u.Issued, sum.Closed+u.Closed, sum.Returned+u.Returned, sum.Overdue+u.Overdue, sum.Sheets+u.Sheets
		if u.Issued+u.Closed+u.Returned+u.Overdue == 0 {
			continue
		}
		key, from := "orders/"+string(u.Unit), Source{Kind: FromOrders, Unit: u.Unit}
		t.Rows = append(t.Rows, []Part{
			c.unit(u.Unit), count(key+".issued", u.Issued, from), count(key+".closed", u.Closed, from), count(key+".returned", u.Returned, from),
			count(key+".overdue", u.Overdue, Source{Kind: FromOrders, Unit: u.Unit, Overdue: true}), count(key+".sheets", u.Sheets, from),
		})
	}
	from := Source{Kind: FromOrders}
	c.number("issued", sum.Issued, from)
	c.number("closed", sum.Closed, from)
	c.number("sent_back", sum.Returned, from)
	c.number("sheets", sum.Sheets, from)
	c.number("orders_overdue", sum.Overdue, Source{Kind: FromOrders, Overdue: true})
	if len(t.Rows) > 0 {
		c.tables[Ordered] = append(c.tables[Ordered], t)
	}
	c.lateOrders()
}

func (c *composer) lateOrders() {
	all := slices.Clone(c.Orders.Overdue)
	slices.SortStableFunc(all, func(a, b Order) int { return cmp.Or(b.Due.DaysTo(a.Due), cmp.Compare(a.Number, b.Number)) })
	t := newTable("late_orders")
	if c.Most > 0 && len(all) > c.Most {
		t.Left, all = len(all)-c.Most, all[:c.Most]
	}
	for _, o := range all {
		from := Source{Kind: FromOrder, ID: o.ID, Unit: o.Unit}
		t.Rows = append(t.Rows, []Part{
			{Text: o.Number, From: &from}, {Text: o.Title, From: &from}, c.unit(o.Unit), {Text: dateText(o.Due), From: &from},
			count("late_orders/"+o.ID+".days", o.Due.DaysTo(c.On), from),
		})
	}
	if len(t.Rows) > 0 {
		c.tables[Ordered] = append(c.tables[Ordered], t)
	}
}
