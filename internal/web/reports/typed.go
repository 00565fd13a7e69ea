package reports

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// spareObstacles is how many empty places a row offers for further obstacles.
const spareObstacles = 2

// filledIn is a row as it came back.
type filledIn struct {
	line     line
	Said     reporting.Observation
	Revision int64
	// Bad are the fields that cannot be read, with what is wrong.
	Bad map[string]string
	// Touched tells that it is not as the form showed it.
	Touched bool
}

// reader reads the rows of a form that came back.
type reader struct {
	v     page.View
	form  url.Values
	units map[string]ledger.UnitID // by their names
}

// rows are those of some lines that the form brought; a form may bring a part of them.
func (r reader) rows(lines []line) []filledIn {
	var came []filledIn
	for _, l := range lines {
		if _, ok := r.form[name(l.Row.Subject, revision)]; ok {
			came = append(came, r.row(l))
		}
	}
	return came
}

func (r reader) row(l line) filledIn {
	f := filledIn{line: l, Bad: map[string]string{}}
	f.Said = reporting.Observation{Subject: l.Row.Subject, Origin: reporting.Typed}
	f.Revision, _ = strconv.ParseInt(r.value(l, revision), 10, 64) // no row has the revision 0 of what is no number
	f.Touched = digest(r.values(l)) != r.value(l, was)
	f.Said.Figures = r.figures(l, f.Bad)
	f.Said.Said = reporting.Said(r.chosen(l, reporting.FieldSaid))
	f.Said.Note = r.value(l, string(reporting.FieldNote))
	f.Said.Reason = r.value(l, string(reporting.FieldReason))
	f.Said.Override = r.value(l, string(reporting.FieldOverride))
	f.Said.Nodes = r.nodes(l, f.Bad)
	f.Said.Obstacles = r.obstacles(l, f.Bad)
	return f
}

// value is what was typed into a field of a row, without the blanks around it.
func (r reader) value(l line, field string) string {
	return strings.TrimSpace(strings.ReplaceAll(r.form.Get(name(l.Row.Subject, field)), "\r\n", "\n"))
}

// values are what was typed into the fields of a row, in order.
func (r reader) values(l line) []string {
	var values []string
	for _, f := range l.fields() {
		values = append(values, r.value(l, f.name))
	}
	return values
}

func (r reader) chosen(l line, f reporting.Field) string {
	value := r.value(l, string(f))
	if f == reporting.FieldSaid && !slices.Contains(reporting.SaidAll(), reporting.Said(value)) {
		return ""
	}
	return value
}

// figures are the numbers of a row. Of the two ways to state a figure that one counts which was chosen; where only the
// other one was filled in, it was meant.
func (r reader) figures(l line, bad map[string]string) reporting.Figures {
	var f reporting.Figures
	read := func(field string) ledger.Decimal { return r.figure(l, field, bad) }
	if l.Row.Asks(reporting.FieldValue) || l.Row.Asks(reporting.FieldNumerator) {
		f.Given = l.basis()
		if b := reporting.Basis(r.value(l, given)); b == reporting.OfPeriod || b == reporting.Cumulative {
			f.Given = b
		}
	}
	if l.Row.Asks(reporting.FieldValue) && !l.Row.Terms.Rate {
		if r.value(l, string(f.Given)) == "" && r.value(l, string(other(f.Given))) != "" && !l.Now.Value.Known() {
			f.Given = other(f.Given)
		}
		f.Value = read(string(f.Given))
	}
	f.Numerator, f.Denominator = read(string(reporting.FieldNumerator)), read(string(reporting.FieldDenominator))
	f.Growth, f.Base = read(string(reporting.FieldGrowth)), read(string(reporting.FieldBase))
	f.Arrived, f.Paid, f.Percent = read(string(reporting.FieldArrived)), read(string(reporting.FieldPaid)), read(string(reporting.FieldPercent))
	if !f.Value.Known() && !f.Numerator.Known() && !f.Denominator.Known() && !f.Base.Known() {
		f.Given = ""
	}
	return f
}

func other(b reporting.Basis) reporting.Basis {
	if b == reporting.OfPeriod {
		return reporting.Cumulative
	}
	return reporting.OfPeriod
}

// figure reads a figure as people type it and tables hold it, in the unit of its row.
func (r reader) figure(l line, field string, bad map[string]string) ledger.Decimal {
	of := reporting.Field(field)
	if field == period || field == cumulative {
		of = reporting.FieldValue
	}
	d, wrong := l.Row.Read(of, r.value(l, field))
	for _, f := range wrong {
		bad[field] = r.v.Wording(f.What()) + " " + r.v.Wording(f.Do())
	}
	return d
}

// nodes are the nodes that were reached, each with its day.
func (r reader) nodes(l line, bad map[string]string) []reporting.NodeReached {
	var reached []reporting.NodeReached
	for _, n := range l.Row.Nodes {
		field := nodeField(n.Number)
		span, ok := table.Span(r.value(l, field))
		switch {
		case !ok || span.From != span.To:
			bad[field] = r.v.T("reports.bad.date", r.value(l, field))
		case !span.From.IsZero():
			reached = append(reached, reporting.NodeReached{Number: n.Number, On: span.From})
		}
	}
	return reached
}

func nodeField(number int) string { return "node." + strconv.Itoa(number) }

// obstacleFields are the fields of one obstacle: what it is, and who is asked.
func obstacleFields(i int) (what, ask string) {
	return "obstacle." + strconv.Itoa(i), "ask." + strconv.Itoa(i)
}

// obstacles are what stands in the way, and which units are asked to clear it.
func (r reader) obstacles(l line, bad map[string]string) []reporting.Obstacle {
	var all []reporting.Obstacle
	for i := range l.places() {
		what, ask := obstacleFields(i)
		o := reporting.Obstacle{Text: r.value(l, what)}
		if unit := r.value(l, ask); unit != "" {
			o.Ask = r.units[unit]
			if o.Ask == "" {
				bad[ask] = r.v.T("reports.bad.unit", unit)
			}
		}
		if o.Text == "" && o.Ask != "" {
			bad[what] = r.v.T("reports.bad.obstacle")
		}
		if o.Text != "" {
			all = append(all, o)
		}
	}
	return all
}

// places is how many obstacles the row has room for.
func (l line) places() int {
	if !l.Row.Asks(reporting.FieldObstacles) {
		return 0
	}
	return len(l.Now.Obstacles) + spareObstacles
}

// fieldValue is a field of a row with what it holds.
type fieldValue struct{ name, value string }

// fields are all fields of a row that can be filled in, with what they hold, in order.
func (l line) fields() []fieldValue {
	var all []fieldValue
	for _, c := range l.Cells {
		if c.Field != "" {
			all = append(all, fieldValue{c.Field, c.Value})
		}
	}
	all = append(all, fieldValue{string(reporting.FieldOverride), l.Now.Override})
	for _, n := range l.Row.Nodes {
		all = append(all, fieldValue{nodeField(n.Number), l.reached(n.Number)})
	}
	for i := range l.places() {
		what, ask := obstacleFields(i)
		o := l.obstacle(i)
		all = append(all, fieldValue{what, o.Text}, fieldValue{ask, l.units.Unit(o.Ask)})
	}
	return all
}

// reached is the day on which a node was reached, as a field for dates holds it.
func (l line) reached(number int) string {
	for _, n := range l.Now.Nodes {
		if n.Number == number {
			return n.On.String()
		}
	}
	return ""
}

func (l line) obstacle(i int) reporting.Obstacle {
	if i < len(l.Now.Obstacles) {
		return l.Now.Obstacles[i]
	}
	return reporting.Obstacle{}
}

// seen is the digest of the row as it is shown; none where what is shown stands nowhere yet, so that it is taken as typed.
func (l line) seen() string {
	if l.Offered || l.Retyped {
		return ""
	}
	var values []string
	for _, f := range l.fields() {
		values = append(values, strings.TrimSpace(f.value))
	}
	return digest(values)
}
