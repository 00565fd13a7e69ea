package reports

import (
	"fmt"
	"hash/fnv"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// entry is a row of the form with everything that is known of it.
type entry struct {
	Row        reporting.Row
	Now        reporting.Observation
	Revision   int64
	Point      reporting.Point // of this period, with what is derived
	Last       reporting.Point // of the period before; zero where there is none
	YearBefore reporting.Point // of the same period of the year before
	Hints      []reporting.Hint
	Findings   reporting.Findings
	Evidence   int
	Said       reporting.Observation // what stands in the ledger; Now holds what the form came with where nothing does
	Offered    bool                  // the form came with it, and nobody has said it yet
	Retyped    bool                  // the fields hold what was typed and could not be taken
}

// filled tells whether something stands in the row.
func (e entry) filled() bool { return !e.Now.IsEmpty() }

// Names of fields of the grid beside those of reporting. A figure that can be stated in two ways has a field for each;
// which of them counts is said by the field given.
const (
	given      = "given"
	period     = "period"
	cumulative = "cumulative"
	revision   = "revision"
	was        = "was"
	title      = "title"
	target     = "target"
	last       = "last"
	planned    = "planned"
	yearBefore = "year_before"
	evidence   = "evidence"
)

// kind is how a cell is shown and read.
type kind string

const (
	fixed   kind = "fixed" // only to be read
	figure  kind = "figure"
	percent kind = "percent"
	choice  kind = "choice"
	text    kind = "text"
	papers  kind = "papers"
)

// column is a column of a section. Its width is a class of grid.css.
type column struct {
	Name  string
	Kind  kind
	asked reporting.Field // the field of a row for which it is there; empty for what every row has
}

// section is a table of the grid: rows of which the same is asked, in columns.
type section struct {
	Name    string // figures, rates, tasks, projects
	Columns []column
	Lines   []line
}

// line is an entry as a line of its section.
type line struct {
	entry
	ID    string // of its elements
	Cells []cell
	units forms.Names
}

// cell is one place of a line.
type cell struct {
	column
	Field   string // what the form calls it; empty where nothing can be filled in
	Value   string
	Text    string // of a cell that is only read
	Hint    string
	Unit    string
	Basis   reporting.Basis // of the two fields that state a figure in two ways
	Derived bool
	Options []page.Option
	Worst   reporting.Severity
	Says    []string // the elements that say something of it
}

// layouts are the columns that each section may have, in order. A column that none of its rows asks for is left out.
var layouts = []struct {
	name    string
	columns []column
}{
	{"figures", []column{
		{target, fixed, ""}, {last, fixed, ""}, {given, choice, reporting.FieldValue}, {period, figure, reporting.FieldValue},
		{cumulative, figure, reporting.FieldValue}, {yearBefore, figure, ""}, {"growth", percent, reporting.FieldGrowth},
	}},
	{"rates", []column{
		{target, fixed, ""}, {last, fixed, ""}, {given, choice, reporting.FieldNumerator}, {"numerator", figure, reporting.FieldNumerator},
		{"denominator", figure, reporting.FieldDenominator}, {period, fixed, reporting.FieldNumerator}, {cumulative, fixed, reporting.FieldNumerator},
		{yearBefore, figure, reporting.FieldBase}, {"growth", percent, reporting.FieldGrowth},
	}},
	{"tasks", []column{
		{target, fixed, ""}, {last, fixed, ""}, {"said", choice, reporting.FieldSaid}, {"percent", percent, reporting.FieldPercent},
	}},
	{"projects", []column{
		{planned, fixed, ""}, {last, fixed, ""}, {given, choice, reporting.FieldValue}, {period, figure, reporting.FieldValue},
		{cumulative, figure, reporting.FieldValue}, {"arrived", figure, reporting.FieldArrived}, {"paid", figure, reporting.FieldPaid},
		{"percent", percent, reporting.FieldPercent},
	}},
}

// common are the columns behind those of every layout.
var common = []column{{"said", choice, reporting.FieldSaid}, {"note", text, reporting.FieldNote}, {"reason", text, reporting.FieldReason}, {evidence, papers, ""}}

func sectionOf(row reporting.Row) string {
	switch {
	case row.Subject.Kind == reporting.OfProject:
		return "projects"
	case row.Subject.Kind == reporting.OfTask:
		return "tasks"
	case row.Terms.Rate:
		return "rates"
	default:
		return "figures"
	}
}

// sections are the entries of a form as tables.
func sections(v page.View, units forms.Names, entries []entry) []section {
	var all []section
	for _, layout := range layouts {
		of := slices.DeleteFunc(slices.Clone(entries), func(e entry) bool { return sectionOf(e.Row) != layout.name })
		if len(of) == 0 {
			continue
		}
		s := section{Name: layout.name, Columns: columnsFor(append(slices.Clone(layout.columns), common...), of)}
		for _, e := range of {
			s.Lines = append(s.Lines, lineOf(v, units, e, s.Columns))
		}
		all = append(all, s)
	}
	return all
}

func columnsFor(candidates []column, entries []entry) []column {
	var kept []column
	for _, c := range candidates {
		again := slices.ContainsFunc(kept, func(k column) bool { return k.Name == c.Name })
		asks := func(e entry) bool { return c.asked == "" || slices.Contains(e.Row.Fields, c.asked) }
		if !again && slices.ContainsFunc(entries, asks) {
			kept = append(kept, c)
		}
	}
	return kept
}

// lineOf is an entry under some columns.
func lineOf(v page.View, units forms.Names, e entry, columns []column) line {
	l := line{entry: e, ID: "row-" + strings.ReplaceAll(e.Row.Subject.String(), ":", "-"), units: units}
	for _, c := range columns {
		l.Cells = append(l.Cells, l.cell(v, c))
	}
	return l
}

func (l line) cell(v page.View, c column) cell {
	made := cell{column: c}
	switch c.Name {
	case target:
		made.Text = l.target(v)
	case planned:
		made.Text = l.shown(v, l.Row.Planned)
	case last:
		made.Text = l.last(v)
	case yearBefore:
		l.fillYearBefore(v, &made)
	case evidence:
		made.Text = v.Number(int64(l.Evidence))
	case given:
		l.fillGiven(v, &made)
	case period, cumulative:
		l.fillView(v, &made)
	default:
		l.fill(v, &made)
	}
	if made.Field == "" && made.Kind != papers {
		made.Kind = fixed
	}
	made.Worst, made.Says = l.said(made.Field)
	return made
}

func (l line) target(v page.View) string {
	if l.Row.Subject.Kind == reporting.OfTask {
		return v.Date(l.Row.By)
	}
	texts := make([]string, 0, len(l.Row.Targets))
	for _, t := range l.Row.Targets {
		if text := v.Target(l.Row.Aim(t.Target)); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, " / ")
}

func (l line) last(v page.View) string {
	p := l.Last
	known := firstKnown(p.Cumulative, p.OfPeriod)
	switch {
	case l.Row.Terms.Rate:
		return v.Decimal(reporting.Rounded(exactly(known), rateDecimals))
	case l.Row.Subject.Kind != reporting.OfTask:
		return l.shown(v, known)
	}
	if p.Said == "" {
		return ""
	}
	text := v.Wording(p.Said.Label())
	if p.Percent.Known() {
		text += " " + v.Decimal(p.Percent) + "%"
	}
	return text
}

func firstKnown(figures ...ledger.Decimal) ledger.Decimal {
	for _, d := range figures {
		if d.Known() {
			return d
		}
	}
	return ledger.Decimal{}
}

func (l line) fillYearBefore(v page.View, c *cell) {
	known := firstKnown(l.YearBefore.In(l.basis()), l.YearBefore.Cumulative)
	if l.Row.Asks(reporting.FieldBase) {
		c.Field, c.Value, c.Hint = string(reporting.FieldBase), l.typed(l.Now.Base), l.typed(known)
		return
	}
	c.Text = l.shown(v, known)
}

// oneView tells whether both views of the row's figures are always the same, so that nobody has to choose.
func (l line) oneView() bool { return l.Row.Terms.Aggregation == ledger.AsLatest && !l.Row.Terms.Rate }

func (l line) basis() reporting.Basis {
	switch {
	case l.oneView():
		return reporting.Cumulative
	case l.Now.Given != "":
		return l.Now.Given
	case l.Last.Given != "":
		return l.Last.Given
	default:
		return reporting.Cumulative
	}
}

func (l line) fillGiven(v page.View, c *cell) {
	if !l.Row.Asks(c.asked) || l.oneView() {
		return
	}
	c.Field, c.Value = given, string(l.basis())
	for _, b := range []reporting.Basis{reporting.OfPeriod, reporting.Cumulative} {
		c.Options = append(c.Options, page.Option{Value: string(b), Label: v.T("reports.given." + string(b))})
	}
}

func (l line) fillView(v page.View, c *cell) {
	basis := reporting.Basis(c.Name)
	known := l.Point.In(basis)
	c.Derived = basis != l.basis()
	switch {
	case !l.Row.Asks(c.asked):
	case l.Row.Terms.Rate:
		c.Text, c.Derived = v.Decimal(reporting.Rounded(exactly(known), rateDecimals)), true
	case l.oneView() && c.Derived:
		c.Text = l.shown(v, known)
	case c.Derived:
		c.Field, c.Basis, c.Value = c.Name, basis, l.typed(known)
		if !known.Known() && l.filled() && l.Point.Lacks != "" {
			c.Hint = v.Wording(l.Point.Lacks.Label())
		}
	default:
		c.Field, c.Basis, c.Value = c.Name, basis, l.typed(l.Now.Value)
	}
	if l.Row.Terms.Unit == "%" && c.Kind == figure {
		c.Kind = percent
	}
}

// rateDecimals is how many decimals of a rate are shown.
const rateDecimals = 2

// exactly is a figure as Rounded takes it.
func exactly(d ledger.Decimal) *big.Rat {
	if !d.Known() {
		return nil
	}
	return d.Rat()
}

func (l line) fill(v page.View, c *cell) {
	if !l.Row.Asks(c.asked) {
		return
	}
	c.Field = c.Name
	o := l.Now
	switch reporting.Field(c.Name) {
	case reporting.FieldSaid:
		c.Value, c.Options = string(o.Said), []page.Option{{}}
		for _, s := range reporting.SaidAll() {
			c.Options = append(c.Options, page.Option{Value: string(s), Label: v.Wording(s.Label())})
		}
	case reporting.FieldNote:
		c.Value = o.Note
	case reporting.FieldReason:
		c.Value = o.Reason
	case reporting.FieldGrowth:
		c.Value = o.Growth.Plain()
	case reporting.FieldPercent:
		c.Value = o.Percent.Plain()
	case reporting.FieldNumerator:
		c.Value, c.Unit = o.Numerator.Plain(), l.Row.Numerator
	case reporting.FieldDenominator:
		c.Value, c.Unit = o.Denominator.Plain(), l.Row.Denominator
	case reporting.FieldArrived:
		c.Value = l.typed(o.Arrived)
	case reporting.FieldPaid:
		c.Value = l.typed(o.Paid)
	}
}

// said is the worst that is said of a field, and the elements that say it.
func (l line) said(field string) (worst reporting.Severity, ids []string) {
	for i, f := range l.Findings {
		if field == "" || l.fieldOf(f) != field {
			continue
		}
		ids = append(ids, l.finding(i))
		if worst != reporting.Fault {
			worst = f.Severity
		}
	}
	return worst, ids
}

// finding is the element that says a finding.
func (l line) finding(i int) string { return fmt.Sprint(l.ID, "-said-", i) }

// fieldOf is the field of the form that a finding is about.
func (l line) fieldOf(f reporting.Finding) string {
	if f.Field == reporting.FieldValue {
		return string(l.basis())
	}
	return string(f.Field)
}

// needsOverride tells whether a warning asks for a reason, or one was given.
func (l line) needsOverride() bool {
	warns := slices.ContainsFunc(l.Findings, func(f reporting.Finding) bool { return f.Severity == reporting.Warning })
	return warns || l.Now.Override != ""
}

// shown is a figure of the row as it is read, typed as a field holds it.
func (l line) shown(v page.View, d ledger.Decimal) string { return v.Decimal(l.scaled(d)) }
func (l line) typed(d ledger.Decimal) string              { return l.scaled(d).Plain() }

// scaled is a figure in the magnitude of the row.
func (l line) scaled(d ledger.Decimal) ledger.Decimal { return reporting.Shown(d, l.Row.Scale) }

// name is what the form calls a field of a row.
func name(s reporting.Subject, field string) string { return s.String() + "|" + field }

// digest tells whether a row that comes back is as it was shown: the values of its fields, in order.
func digest(values []string) string {
	h := fnv.New64a()
	for _, v := range values {
		_, _ = h.Write([]byte(v)) // a hash takes everything
		_, _ = h.Write([]byte{0})
	}
	return strconv.FormatUint(h.Sum64(), 36)
}
