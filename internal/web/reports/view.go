package reports

import (
	"context"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// gridView is the form of a unit as its page shows it.
type gridView struct {
	page.Errors
	Round    reporting.Round
	Unit     ledger.UnitID
	UnitName string
	Plan     string
	Account  string
	State    reporting.State
	Revision int64
	Days     int // to the day on which it is due
	MayFill  bool
	Ways     []way
	Returned string // why it was returned; empty where it was not
	Burden   reporting.Burden
	Filled   int
	Rows     int
	Sections []section
	Units    []string // the names of those that can be asked to clear an obstacle
	Bad      map[reporting.Subject][]bad
	Clashes  map[reporting.Subject]clash
	Sheet    bool // templates can be had
	Signers  []string
	Printed  calendar.Date
}

// way is a step that the caller can take with the form.
type way struct {
	Step, Title string
	Forward     bool
}

// bad is a field that cannot be read.
type bad struct{ Field, Text string }

// clash is a row that somebody else changed meanwhile.
type clash struct {
	page.Clash
	Revision int64
	Values   string // what stands there, by the names of the fields, as JSON
}

func (g gridView) isClash(l line) bool {
	_, ok := g.Clashes[l.Row.Subject]
	return ok
}

// lines are those of all sections.
func (g gridView) lines() []line {
	var all []line
	for _, s := range g.Sections {
		all = append(all, s.Lines...)
	}
	return all
}

// asksUnits tells whether a row asks other units for something.
func (g gridView) asksUnits() bool {
	return slices.ContainsFunc(g.lines(), func(l line) bool { return l.places() > 0 })
}

// head is the element of a column's heading.
func (s section) head(column string) string { return "head-" + s.Name + "-" + column }

// heading is what a column of the section is called.
func (s section) heading(ctx context.Context, column string) string {
	return page.T(ctx, headingKey(s.Name, column))
}

func headingKey(section, column string) string {
	if key := "reports.col." + section + "." + column; page.Has(key) {
		return key
	}
	return "reports.col." + column
}

// isNumber tells whether a column is set flush right.
func (s section) isNumber(c column) bool {
	return c.Kind == figure || c.Kind == percent || slices.Contains([]string{period, cumulative, planned, yearBefore}, c.Name) || c.Name == last && s.Name != "tasks"
}

// read is what a cell holds, for those who only read.
func (c cell) read() string {
	for _, o := range c.Options {
		if o.Value == c.Value {
			return o.Label
		}
	}
	return c.Value
}

// yuan is the unit of money, figures of which may be typed with 万 and 亿.
const yuan = "元"

// figureKind tells grid.js how figures of a cell are typed.
func (l line) figureKind(c cell) string {
	switch {
	case c.Kind == percent:
		return "percent"
	case l.Row.Terms.Unit == yuan && c.Name != "numerator" && c.Name != "denominator":
		return "money"
	default:
		return "number"
	}
}

// about says under the title of a row in what it is counted, and where it is from.
func (l line) about(ctx context.Context) string {
	var parts []string
	if u := l.Row.Measure(); u != "" {
		parts = append(parts, u)
	}
	if l.Row.Terms.Scope != "" {
		parts = append(parts, l.Row.Terms.Scope)
	}
	if n := len(l.Row.Commitments); n > 1 {
		parts = append(parts, page.T(ctx, "reports.serves", n))
	}
	if l.Row.Statistics {
		parts = append(parts, page.T(ctx, "reports.statistics"))
	}
	return strings.Join(parts, " · ")
}

// label is what a field of the row is called.
func (l line) label(ctx context.Context, field string) string {
	for _, prefix := range []string{"node.", "obstacle.", "ask."} {
		if strings.HasPrefix(field, prefix) {
			return page.T(ctx, "reports.field."+strings.TrimSuffix(prefix, "."))
		}
	}
	if field == string(reporting.FieldBase) {
		field = yearBefore
	}
	return page.T(ctx, headingKey(sectionOf(l.Row), field))
}

// held says what others already hold of the row, so that it need not be asked again.
func (l line) held(ctx context.Context) string {
	v := page.Of(ctx)
	var texts []string
	for _, h := range l.Hints {
		if h.Kind != reporting.HintHeld && h.Kind != reporting.HintSum && !h.Filled {
			continue
		}
		key := "reports.hint"
		if h.Filled {
			key = "reports.hint.filled"
		}
		figure := l.shown(v, h.Value)
		if h.Given != "" {
			figure = v.Wording(h.Given.Label()) + " " + figure
		}
		source := h.Source
		if source == "" {
			source = v.Wording(h.Period.Title())
		}
		texts = append(texts, v.T(key, v.Wording(h.Field.Label()), figure, v.Wording(h.Kind.Label()), source))
	}
	return strings.Join(texts, " ")
}

// prefilled tells whether a cell came filled in, and nobody has looked at it yet.
func (l line) prefilled(c cell) bool {
	return l.Offered && c.Value != "" && c.Name != given && !c.Derived
}

// hasMore tells whether there is something beneath the row that is worth showing at once.
func (l line) hasMore() bool { return len(l.Now.Nodes) > 0 || len(l.Now.Obstacles) > 0 }

// more names what can be unfolded beneath the row.
func (l line) more(ctx context.Context) string {
	switch {
	case len(l.Row.Nodes) == 0:
		return page.T(ctx, "reports.more.obstacles", len(l.Now.Obstacles))
	case l.places() == 0:
		return page.T(ctx, "reports.more.nodes", len(l.Now.Nodes), len(l.Row.Nodes))
	default:
		return page.T(ctx, "reports.more", len(l.Now.Nodes), len(l.Row.Nodes), len(l.Now.Obstacles))
	}
}

// hasUnder tells whether anything stands beneath the row.
func (l line) hasUnder(ctx context.Context) bool {
	return len(l.Findings) > 0 || l.needsOverride() || len(l.Row.Nodes) > 0 || l.places() > 0 || l.held(ctx) != ""
}

func (l line) obstacleName(i int) string {
	what, _ := obstacleFields(i)
	return name(l.Row.Subject, what)
}

func (l line) askName(i int) string {
	_, ask := obstacleFields(i)
	return name(l.Row.Subject, ask)
}

// values are the values of a row's fields by their names.
func (l line) values() map[string]string {
	values := map[string]string{}
	for _, f := range l.fields() {
		values[f.name] = f.value
	}
	return values
}

func findingIcon(s reporting.Severity) string {
	if s == reporting.Fault {
		return "error"
	}
	return "warning"
}

// listCrumb leads back to the forms of whoever fills some, and to the round of the form for those who only read it.
func listCrumb(ctx context.Context, round reporting.Round) page.Crumb {
	if v := page.Of(ctx); !v.Can("observation.fill") {
		return page.Crumb{Title: v.Wording(round.Period.Title()), URL: "/rounds/" + string(round.ID)}
	}
	return page.Crumb{Title: page.T(ctx, "reports.title"), URL: "/reports"}
}
