package page

import (
	"luoshi/calendar"
	"luoshi/document"
	"luoshi/internal/present/source"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// entry is a document as the script of the page knows it: everything but the text, which stands in the
// page itself.
type entry struct {
	Name       string     `json:"name"`
	Title      string     `json:"title"`
	Facts      []fact     `json:"facts"`
	Quantities []quantity `json:"quantities"`
	Clauses    []clause   `json:"clauses"`
	Sections   []section  `json:"sections"`
}

// label is what a person calls the document.
func (e *entry) label() string {
	if e.Title != "" {
		return e.Title
	}
	return e.Name
}

// fact is one line of what the document says of itself. Code takes the place of Value where the
// catalogue has the word.
type fact struct {
	Field string `json:"field"`
	Value string `json:"value,omitempty"`
	Code  string `json:"code,omitempty"`
	Block int    `json:"block"` // where it is said; -1 where it was inferred
}

// quantity is a quantity in words of the record format. Decimals are strings: a page need not lose
// digits to a float.
type quantity struct {
	At      int           `json:"at"`
	Surface string        `json:"surface"`
	Value   string        `json:"value"`
	Value2  string        `json:"value2,omitempty"`
	Unit    string        `json:"unit"`
	Cmp     string        `json:"cmp"`
	Measure string        `json:"measure"`
	Subject string        `json:"subject"`
	By      calendar.Date `json:"by"`
	Kind    string        `json:"kind"`
	Firm    bool          `json:"firm"`
	Clause  int           `json:"clause"` // index into Clauses; -1 for none that is shown
	Section int32         `json:"section"`
}

// clause is a clause in words of the record format.
type clause struct {
	At      int           `json:"at"`
	End     int           `json:"end"`
	Text    string        `json:"text"`
	Verb    string        `json:"verb"`
	Object  string        `json:"object"`
	Owner   string        `json:"owner,omitempty"`
	By      calendar.Date `json:"by"`
	Kind    string        `json:"kind"`
	Firm    bool          `json:"firm"`
	Section int32         `json:"section"`
}

// section is a node of the outline, enough to name the path that leads to it.
type section struct {
	Title  string `json:"title"`
	Parent int32  `json:"parent"`
}

// newEntry gathers the records that are shown. It also gives the marks of both layers, whose numbers
// are indices into Quantities and Clauses.
func newEntry(r *reading.Reading, opts Options) (e *entry, clauses, quantities []mark) {
	doc := r.Document
	e = &entry{
		Name: doc.Name, Title: doc.Meta.Title.Value, Facts: facts(doc),
		Quantities: []quantity{}, Clauses: []clause{}, Sections: []section{},
	}
	shown := make(map[int32]int, len(r.Clauses))
	for i := range r.Clauses {
		c := &r.Clauses[i]
		if !opts.shows(c.Kind) {
			continue
		}
		shown[int32(i)] = len(e.Clauses)
		clauses = append(clauses, mark{Span: c.Span, number: len(e.Clauses), class: c.Kind.String()})
		e.Clauses = append(e.Clauses, clause{
			At: c.At, End: c.End, Text: c.Text, Verb: c.Verb, Object: c.Object, Owner: c.Owner, By: c.By,
			Kind: c.Kind.String(), Firm: c.Firm, Section: c.Section,
		})
	}
	for i := range r.Quantities {
		q := &r.Quantities[i]
		if !opts.shows(q.Kind) {
			continue
		}
		within, ok := shown[q.Clause]
		if !ok {
			within = -1
		}
		quantities = append(quantities, mark{Span: q.Span, number: len(e.Quantities), class: q.Kind.String()})
		e.Quantities = append(e.Quantities, quantity{
			At: q.At, Surface: q.Surface, Value: q.Value.String(), Value2: upper(q), Unit: q.Unit,
			Cmp: q.Cmp.String(), Measure: q.Measure.String(), Subject: q.Subject, By: q.By,
			Kind: q.Kind.String(), Firm: q.Firm, Clause: within, Section: source.Section(r, q),
		})
	}
	for _, s := range doc.Outline {
		e.Sections = append(e.Sections, section{Title: s.Marker.In(doc.Text) + s.Title.In(doc.Text), Parent: s.Parent})
	}
	return e, clauses, quantities
}

func upper(q *reading.Quantity) string {
	if q.Cmp != reading.Between {
		return ""
	}
	return q.Upper.String()
}

// facts lists what is known of the document, leaving out what is not.
func facts(doc *document.Document) []fact {
	m := &doc.Meta
	list := []fact{{Field: "doc", Value: doc.Name, Block: -1}}
	add := func(field, value string, at document.Span) {
		if value != "" {
			list = append(list, fact{Field: field, Value: value, Block: blockAt(doc, at)})
		}
	}
	add("title", m.Title.Value, m.Title.Span)
	add("issuer", m.Issuer.Value, m.Issuer.Span)
	add("region", m.Region.Value, m.Region.Span)
	add("date", m.Date.Value, m.Date.Span)
	if m.Kind != "" {
		list = append(list, fact{Field: "document_kind", Code: "document." + string(m.Kind), Block: -1})
	}
	if m.PlanYear != 0 {
		add("plan_year", numeral.Int(int64(m.PlanYear)).String(), m.PlanYearAt)
	}
	if !m.ReportPeriod.IsZero() {
		add("report_period", m.ReportPeriod.From.String()+" – "+m.ReportPeriod.To.String(), m.ReportAt)
	}
	return list
}
