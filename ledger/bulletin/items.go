package bulletin

import (
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// items tells of the livelihood items: how many are done, and how satisfied people are. A plan without any says nothing.
func (c *composer) items() {
	if len(c.Items) == 0 {
		return
	}
	var closed, asked, answers, satisfied int
	for _, i := range c.Items {
		if i.Closed {
			closed++
		}
		if i.Answers > 0 {
			asked, answers, satisfied = asked+1, answers+i.Answers, satisfied+i.Satisfied
		}
	}
	from := Source{Kind: FromItems}
	c.number("items", len(c.Items), from)
	c.number("items_closed", closed, from)
	c.number("items_open", len(c.Items)-closed, from)
	c.number("items_asked", asked, from)
	c.number("answers", answers, from)
	c.figure("satisfaction", satisfaction(satisfied, answers), Source{Kind: FromNumbers})
	t := newTable("items")
	all := c.Items
	if c.Most > 0 && len(all) > c.Most {
		t.Left, all = len(all)-c.Most, all[:c.Most]
	}
	for _, i := range all {
		from, key := Source{Kind: FromItem, ID: string(i.ID), Unit: i.Unit}, "items/"+string(i.ID)
		row := []Part{{Text: i.Title, From: &from}, c.unit(i.Unit), {Text: i.State, From: &from}, {Text: "—"}, {Text: "—"}}
		if i.Answers > 0 {
			row[3], row[4] = count(key+".answers", i.Answers, from), figure(key+".satisfaction", satisfaction(i.Satisfied, i.Answers), from)
		}
		t.Rows = append(t.Rows, row)
	}
	c.tables[Served] = []Table{t}
}

// satisfaction is how many of a hundred answers are satisfied ones, to a tenth.
func satisfaction(satisfied, answers int) ledger.Decimal {
	return reporting.Rounded(reporting.Share(ledger.Int(int64(satisfied)), ledger.Int(int64(answers))), 1)
}
