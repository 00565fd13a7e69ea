package present

import (
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/present/source"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// field is one column of a view: its name in the record format, and its value in record i.
type field struct {
	key   string
	value func(m *material, i int) cell
}

// heading is the column's title.
func (f field) heading(lang wording.Lang) string { return wording.Records.Say(lang, "field."+f.key) }

// view is a part of a reading as rows and columns.
type view struct {
	what   What
	fields []field
	count  func(m *material) int
	kind   func(m *material, i int) reading.Kind // nil where records have no kind
}

// views holds the view of every What.
var views = map[What]view{
	Quantities: {
		what: Quantities, fields: quantityFields,
		count: func(m *material) int { return len(m.Quantities) },
		kind:  func(m *material, i int) reading.Kind { return m.Quantities[i].Kind },
	},
	Clauses: {
		what: Clauses, fields: clauseFields,
		count: func(m *material) int { return len(m.Clauses) },
		kind:  func(m *material, i int) reading.Kind { return m.Clauses[i].Kind },
	},
	Outline: {
		what: Outline, fields: outlineFields,
		count: func(m *material) int { return len(m.Document.Outline) },
	},
	Meta: {
		what: Meta, fields: metaFields,
		count: func(*material) int { return 1 },
	},
}

// rows are the numbers of the records that are shown.
func (v view) rows(m *material, kinds KindSet) []int {
	rows := make([]int, 0, v.count(m))
	for i := range v.count(m) {
		if v.kind == nil || kinds.Has(v.kind(m, i)) {
			rows = append(rows, i)
		}
	}
	return rows
}

// pick is the view with only the named columns, in the order of the names.
func (v view) pick(keys ...string) view {
	picked := make([]field, 0, len(keys))
	for _, key := range keys {
		for _, f := range v.fields {
			if f.key == key {
				picked = append(picked, f)
			}
		}
	}
	v.fields = picked
	return v
}

func onQuantity(value func(q *reading.Quantity) cell) func(*material, int) cell {
	return func(m *material, i int) cell { return value(&m.Quantities[i]) }
}

func onClause(value func(c *reading.Clause) cell) func(*material, int) cell {
	return func(m *material, i int) cell { return value(&m.Clauses[i]) }
}

func docName(m *material, _ int) cell { return textCell(m.Document.Name) }

var quantityFields = []field{
	{"doc", docName},
	{"at", onQuantity(func(q *reading.Quantity) cell { return wholeCell(q.At) })},
	{"surface", onQuantity(func(q *reading.Quantity) cell { return textCell(q.Surface) })},
	{"value", onQuantity(func(q *reading.Quantity) cell { return numberCell(q.Value) })},
	{"value2", onQuantity(upperCell)},
	{"unit", onQuantity(func(q *reading.Quantity) cell { return textCell(q.Unit) })},
	{"cmp", onQuantity(func(q *reading.Quantity) cell { return codeCell("cmp", q.Cmp.String()) })},
	{"measure", onQuantity(func(q *reading.Quantity) cell { return codeCell("measure", q.Measure.String()) })},
	{"subject", onQuantity(func(q *reading.Quantity) cell { return textCell(q.Subject) })},
	{"by", onQuantity(func(q *reading.Quantity) cell { return dateCell(q.By) })},
	{"kind", onQuantity(func(q *reading.Quantity) cell { return codeCell("kind", q.Kind.String()) })},
	{"firm", onQuantity(func(q *reading.Quantity) cell { return firmCell(q.Kind, q.Firm) })},
	{"sentence", func(m *material, i int) cell { return textCell(source.Passage(m.Reading, &m.Quantities[i])) }},
	{"path", func(m *material, i int) cell { return pathCell(m.Path(source.Section(m.Reading, &m.Quantities[i]))) }},
}

var clauseFields = []field{
	{"doc", docName},
	{"at", onClause(func(c *reading.Clause) cell { return wholeCell(c.At) })},
	{"end", onClause(func(c *reading.Clause) cell { return wholeCell(c.End) })},
	{"text", onClause(func(c *reading.Clause) cell { return textCell(c.Text) })},
	{"verb", onClause(func(c *reading.Clause) cell { return textCell(c.Verb) })},
	{"object", onClause(func(c *reading.Clause) cell { return textCell(c.Object) })},
	{"owner", onClause(func(c *reading.Clause) cell { return textCell(c.Owner) })},
	{"by", onClause(func(c *reading.Clause) cell { return dateCell(c.By) })},
	{"kind", onClause(func(c *reading.Clause) cell { return codeCell("kind", c.Kind.String()) })},
	{"firm", onClause(func(c *reading.Clause) cell { return firmCell(c.Kind, c.Firm) })},
	{"quantities", clauseQuantities},
	{"path", func(m *material, i int) cell { return pathCell(m.Path(m.Clauses[i].Section)) }},
}

var outlineFields = []field{
	{"doc", docName},
	{"at", func(m *material, i int) cell { return wholeCell(m.sections()[i].At) }},
	{"end", func(m *material, i int) cell { return wholeCell(m.sections()[i].End) }},
	{"level", func(m *material, i int) cell { return wholeCell(int(m.Document.Outline[i].Level)) }},
	{"marker", func(m *material, i int) cell {
		return textCell(m.Document.Outline[i].Marker.In(m.Document.Text))
	}},
	{"title", func(m *material, i int) cell {
		return textCell(m.Document.Outline[i].Title.In(m.Document.Text))
	}},
	{"path", func(m *material, i int) cell { return pathCell(m.Path(int32(i))) }},
}

func onMeta(value func(r *metaRecord) cell) func(*material, int) cell {
	return func(m *material, _ int) cell { return value(m.meta()) }
}

var metaFields = []field{
	{"doc", docName},
	{"title", onMeta(func(r *metaRecord) cell { return textCell(r.Title) })},
	{"issuer", onMeta(func(r *metaRecord) cell { return textCell(r.Issuer) })},
	{"region", onMeta(func(r *metaRecord) cell { return textCell(r.Region) })},
	{"date", onMeta(func(r *metaRecord) cell { return readDateCell(r.Date) })},
	{"document_kind", onMeta(func(r *metaRecord) cell { return codeCell("document", r.Kind) })},
	{"plan_year", onMeta(func(r *metaRecord) cell { return yearCell(r.PlanYear) })},
	{"report_from", onMeta(func(r *metaRecord) cell { return dateCell(r.ReportFrom) })},
	{"report_to", onMeta(func(r *metaRecord) cell { return dateCell(r.ReportTo) })},
	{"format", func(m *material, _ int) cell { return textCell(string(m.Document.Format)) }},
	{"digest", func(m *material, _ int) cell { return textCell(m.Document.Digest) }},
}

// readDateCell is a date where the words are one in full, and text where they are not.
func readDateCell(s string) cell {
	var d calendar.Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		return textCell(s)
	}
	return dateCell(d)
}

// upperCell is the upper end of a range, and empty for any other quantity.
func upperCell(q *reading.Quantity) cell {
	if q.Cmp != reading.Between {
		return cell{}
	}
	return numberCell(q.Upper)
}

// firmCell is empty where nothing is promised.
func firmCell(kind reading.Kind, firm bool) cell {
	if kind != reading.Target {
		return cell{}
	}
	return codeCell("firm", strconv.FormatBool(firm))
}

// clauseQuantities names the quantities of a clause as the document writes them.
func clauseQuantities(m *material, i int) cell {
	span := m.Clauses[i].Quantities
	surfaces := make([]string, 0, span[1]-span[0])
	for _, q := range m.Quantities[span[0]:span[1]] {
		surfaces = append(surfaces, q.Surface)
	}
	return textCell(strings.Join(surfaces, ";"))
}
