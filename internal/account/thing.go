package account

import (
	"cmp"

	"luoshi/ledger"
	"luoshi/office/paper"
)

// thing is what a report speaks of: an indicator, a unit, the report itself. It has words and figures by the names of
// vocabulary.txt, and lists of other things.
type thing struct {
	scope, key string
	says       map[string][]paper.Run
	quotes     map[string]quotation // of what people wrote; its numbers are bound when it is printed
	nothing    map[string]bool      // counts of nothing and flags that do not hold
	lists      map[string][]*thing
}

// quotation is text that people wrote.
type quotation struct {
	text string
	from Source
}

func newThing(scope, id string) *thing {
	key := scope
	if id != "" {
		key += ":" + id
	}
	return &thing{
		scope: scope, key: key, says: map[string][]paper.Run{}, quotes: map[string]quotation{},
		nothing: map[string]bool{}, lists: map[string][]*thing{},
	}
}

// word is text that comes from no record with a number in it.
func (t *thing) word(name, text string) {
	if text != "" {
		t.says[name] = []paper.Run{{Text: text}}
	}
}

// quote is text that people wrote.
func (t *thing) quote(name, text string, from Source) {
	if text = tidy(text); text != "" {
		t.quotes[name] = quotation{text, from}
	}
}

// flag is what holds or does not.
func (t *thing) flag(name string, holds bool) {
	if holds {
		t.word(name, "1")
	}
}

// printed is a number as it is printed.
type printed struct {
	value   ledger.Decimal // the digits
	power   int            // of ten in the measure: 8 of 亿元
	measure string         // 亿元
	unit    string         // 元
	exact   ledger.Decimal // what the digits are rounded from; absent where they are exact
}

// of is a number that is printed as it is.
func of(value ledger.Decimal, measure string) printed {
	return printed{value: value, measure: measure, unit: measure}
}

// figure puts a number under a name of a thing. A number that is not known is none.
func (c *composer) figure(t *thing, name string, p printed, from ...Source) {
	if !p.value.Known() {
		return
	}
	key := t.key + "." + name
	f := Figure{
		Key: key, Name: c.called(t, name), Text: p.value.Plain(), Measure: p.measure,
		Value: p.value.Shifted(p.power), Unit: p.unit, Sources: from,
	}
	if p.exact.Known() && !p.exact.Same(f.Value) {
		f.Exact = p.exact
	}
	c.figures[key] = f
	t.says[name] = []paper.Run{{Text: f.Text, Figure: key}}
}

// counters are what things are counted in that are not counted in 项.
var counters = map[string]string{
	"issued": "件", "closed": "件", "orders_late": "件", "sheets": "件", "returned": "次", "unit_count": "家",
}

// number counts things. A condition on it fails where there are none.
func (c *composer) number(t *thing, name string, n int, from ...Source) {
	c.figure(t, name, of(ledger.Int(int64(n)), cmp.Or(counters[name], "项")), from...)
	t.nothing[name] = n == 0
}

// again puts a figure that is there already under another name.
func (t *thing) again(name, as string) {
	if runs, there := t.says[as]; there {
		t.says[name] = runs
	}
}

// called is the name of a figure: that of the thing, and what vocabulary.txt calls it.
func (c *composer) called(t *thing, name string) string {
	label := byName[t.scope+"."+name].Label.ZH
	for _, title := range []string{"name", "title"} {
		if q, quoted := t.quotes[title]; quoted {
			return q.text + "\uff1a" + label
		}
		if runs, there := t.says[title]; there {
			return textOf(runs) + "\uff1a" + label
		}
	}
	return label
}

func textOf(runs []paper.Run) string { return paper.Block{Runs: runs}.String() }
