package public

import (
	"path"
	"slices"
	"strings"

	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// targetText is a target in one line.
func targetText(v page.View, t disclosed.Target) string {
	separator := "\uff1a"
	if v.Lang == page.English {
		separator = ": "
	}
	return t.Subject + separator + v.Target(t.Ledger())
}

// enumerated are names one after another.
func enumerated(names []string) string { return strings.Join(names, "\u3001") }

// heldText is what a field held.
func heldText(v page.View, h disclosed.Held) string {
	switch {
	case h.Target != nil:
		return targetText(v, *h.Target)
	case !h.Date.IsZero():
		return v.Date(h.Date)
	case h.State != "":
		return v.Wording(h.State.Label())
	case h.Step != nil:
		return v.T("public.held.step", h.Step.Title, h.Step.By)
	}
	return enumerated(h.Units)
}

// last is the latest figure of what is measured; there is one.
func last(m disclosed.Measured) disclosed.Figure { return m.Figures[len(m.Figures)-1] }

// backwards are figures with the latest first.
func backwards(figures []disclosed.Figure) []disclosed.Figure {
	all := slices.Clone(figures)
	slices.Reverse(all)
	return all
}

// column is a column of the table of figures.
type column struct {
	name string
	of   func(disclosed.Figure) ledger.Decimal
	unit func(disclosed.Measured) string
}

func inUnit(m disclosed.Measured) string           { return m.Unit }
func inPercent(disclosed.Measured) string          { return "%" }
func cumulative(f disclosed.Figure) ledger.Decimal { return f.Cumulative }

// allColumns are the columns that figures may have.
var allColumns = []column{
	{"cumulative", cumulative, inUnit},
	{"of-period", func(f disclosed.Figure) ledger.Decimal { return f.OfPeriod }, inUnit},
	{"growth", func(f disclosed.Figure) ledger.Decimal { return f.Growth }, inPercent},
	{"percent", func(f disclosed.Figure) ledger.Decimal { return f.Percent }, inPercent},
}

// columns are those of which there is any figure. A level that stands has no figure of the period of its own.
func columns(m disclosed.Measured) []column {
	var some []column
	for _, c := range allColumns {
		if c.name == "of-period" && !slices.ContainsFunc(m.Figures, func(f disclosed.Figure) bool { return f.OfPeriod.Known() && !f.OfPeriod.Same(f.Cumulative) }) {
			continue
		}
		if slices.ContainsFunc(m.Figures, func(f disclosed.Figure) bool { return c.of(f).Known() }) {
			some = append(some, c)
		}
	}
	return some
}

// shown is a cell of the table.
func (c column) shown(v page.View, m disclosed.Measured, f disclosed.Figure) string {
	if d := c.of(f); d.Known() {
		return v.Amount(d, c.unit(m))
	}
	return ""
}

// spoken is a figure in words: what it came to, or how much is done.
func spoken(v page.View, m disclosed.Measured, f disclosed.Figure) string {
	switch {
	case f.Cumulative.Known():
		return v.Amount(f.Cumulative, m.Unit)
	case f.OfPeriod.Known():
		return v.Amount(f.OfPeriod, m.Unit)
	case f.Percent.Known() && m.Kind == reporting.OfTask:
		return v.Amount(f.Percent, "%")
	case f.Said != "":
		return v.Wording(f.Said.Label())
	}
	return ""
}

// documentFile is where the file of a document is. On a file server it has the ending of its name, so that browsers know
// what it is.
func documentFile(s site, o publication.Opened, d disclosed.Document) string {
	name := o.Address + "/documents/" + string(d.Digest)
	if s.static {
		name += strings.ToLower(path.Ext(d.Name))
	}
	return name
}

// colourOptions are the choices of a light.
func colourOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("public.all")}}
	for _, c := range light.Colours() {
		options = append(options, page.Option{Value: string(c), Label: v.T("light." + string(c))})
	}
	return options
}

// unitOptions are the choices of a unit.
func unitOptions(v page.View, units []string) []page.Option {
	options := []page.Option{{Label: v.T("public.all")}}
	for _, unit := range units {
		options = append(options, page.Option{Value: unit, Label: unit})
	}
	return options
}
