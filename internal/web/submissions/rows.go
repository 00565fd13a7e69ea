package submissions

import (
	"math/big"
	"slices"
	"strings"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// shownRow is a row of a form beside what was said for the period before.
type shownRow struct {
	uses.RowView
	Last reporting.Point
	Was  *reporting.Point // what was sent in, where it was corrected since
}

// rowsOf are the rows of a form.
func rowsOf(form uses.FormView) []shownRow {
	rows := make([]shownRow, len(form.Rows))
	for i, row := range form.Rows {
		rows[i] = shownRow{RowView: row}
		for _, point := range row.Earlier {
			if point.Period == form.Round.Period.Previous() {
				rows[i].Last = point
			}
		}
	}
	return rows
}

// correct puts what stands after corrections into rows that were sent in; what the unit had said stays beside it.
func correct(rows []shownRow, figures []uses.Figure) {
	for _, f := range figures {
		i := slices.IndexFunc(rows, func(row shownRow) bool { return row.Subject == f.Subject })
		if i < 0 || !f.Point.Corrected {
			continue
		}
		was := rows[i].Point
		rows[i].Was, rows[i].Point, rows[i].Observation = &was, f.Point, f.Observation
	}
}

// section is the rows of a form that are shown in one table.
type section struct {
	Name string
	Rows []shownRow
}

// sectionsOf are a form's indicators, projects and tasks.
func sectionsOf(rows []shownRow) []section {
	sections := []section{{Name: "figures"}, {Name: "projects"}, {Name: "tasks"}}
	at := map[reporting.SubjectKind]int{reporting.OfProject: 1, reporting.OfTask: 2}
	for _, row := range rows {
		s := &sections[at[row.Subject.Kind]]
		s.Rows = append(s.Rows, row)
	}
	return slices.DeleteFunc(sections, func(s section) bool { return len(s.Rows) == 0 })
}

// money are the fields that are counted in the row's unit with its magnitude.
var money = []reporting.Field{reporting.FieldValue, reporting.FieldBase, reporting.FieldArrived, reporting.FieldPaid}

// figure is a figure as people read it: in the row's unit, in groups of three digits.
func (r shownRow) figure(v page.View, field reporting.Field, d ledger.Decimal) string {
	if slices.Contains(money, field) {
		d = reporting.Shown(d, r.Scale)
	}
	return v.Decimal(d)
}

func (r shownRow) value(v page.View, d ledger.Decimal) string {
	return r.figure(v, reporting.FieldValue, d)
}

// absent says why a view of the row's figure is not there.
func (r shownRow) absent(v page.View) string {
	if r.Point.Lacks == "" || r.Point.Lacks == reporting.LacksFigure {
		return ""
	}
	return v.Wording(r.Point.Lacks.Label())
}

// basis is the view in which the row can be held against the period before; empty where it cannot.
func (r shownRow) basis() reporting.Basis {
	for _, b := range []reporting.Basis{reporting.OfPeriod, reporting.Cumulative} {
		if r.Point.In(b).Known() && r.Last.In(b).Known() {
			return b
		}
	}
	return ""
}

// change is by how much the row differs from the period before, and in per cent where that says something.
func (r shownRow) change(v page.View) string {
	b := r.basis()
	if b == "" {
		return ""
	}
	difference := reporting.Less(r.Point.In(b), r.Last.In(b))
	text := signed(r.value(v, difference), difference.Sign())
	share := reporting.Share(difference, r.Last.In(b))
	if share == nil || r.Terms.Rate || r.Terms.Aggregation == ledger.AsGrowth || strings.HasSuffix(r.Terms.Unit, "%") {
		return text
	}
	if r.Last.In(b).Sign() < 0 {
		share.Neg(share)
	}
	return v.T("submissions.change", text, signed(v.Decimal(reporting.Rounded(share, 1)), share.Sign()))
}

func signed(text string, sign int) string {
	if sign > 0 {
		return "+" + text
	}
	return text
}

// From where on a change against the period before is pointed out to who approves, in per cent.
var (
	doubled = big.NewRat(100, 1)
	halved  = big.NewRat(-50, 1)
)

// leaps tells whether the row has more than doubled, or come to less than half.
func (r shownRow) leaps() bool {
	b := r.basis()
	if b == "" {
		return false
	}
	share := reporting.Share(reporting.Less(r.Point.In(b), r.Last.In(b)), r.Last.In(b))
	return share != nil && (share.Cmp(doubled) > 0 || share.Cmp(halved) < 0)
}

// aim is what the row's targets demand, in the row's unit.
func (r shownRow) aim(v page.View) []string {
	var aims []string
	for _, t := range r.Targets {
		if text := v.Wording(reporting.Expected(t.Target, r.Terms, r.Scale)); text != "" && !slices.Contains(aims, text) {
			aims = append(aims, text)
		}
	}
	return aims
}

// beside are the further figures of a row, by their fields.
func (r shownRow) beside(v page.View) []string {
	var said []string
	for _, f := range []reporting.Field{
		reporting.FieldNumerator, reporting.FieldDenominator, reporting.FieldBase, reporting.FieldArrived, reporting.FieldPaid,
	} {
		if d := r.Observation.Figure(f); d.Known() {
			said = append(said, v.T("submissions.pair", v.Wording(r.label(f)), r.figure(v, f, d)))
		}
	}
	return said
}

// label is what a field of the row is called.
func (r shownRow) label(f reporting.Field) ledger.Wording {
	switch {
	case f == reporting.FieldNumerator && r.Numerator != "":
		return ledger.Wording{ZH: r.Numerator, EN: r.Numerator}
	case f == reporting.FieldDenominator && r.Denominator != "":
		return ledger.Wording{ZH: r.Denominator, EN: r.Denominator}
	}
	return f.Label()
}

// node is what a node of the row is called.
func (r shownRow) node(number int) string {
	for _, n := range r.Nodes {
		if n.Number == number {
			return n.Title
		}
	}
	return ""
}

// hasMore tells whether there is anything to say beneath the row.
func (r shownRow) hasMore() bool {
	o := r.Observation
	return o.Note != "" || o.Reason != "" || len(r.Findings) > 0 || o.Override != "" || len(o.Nodes) > 0 || len(o.Obstacles) > 0 ||
		o.Source != "" || r.Observation.Numerator.Known() || o.Base.Known() || o.Arrived.Known() || o.Paid.Known() || r.Gone || r.Was != nil
}

// locked tells whether the row counts.
func locked(s reporting.State) bool { return s == reporting.Locked }
