// Package reading turns a document into quantities, clauses and their sources. It is pure: no I/O,
// no clock, no global state that changes; the same document always gives the same records.
package reading

import (
	"encoding/json"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading/numeral"
)

// Comparator is how a number bounds what it measures.
type Comparator uint8

const (
	Equal         Comparator = iota // plain
	AtLeast                         // 以上, 不少于, 不低于, 至少
	MoreThan                        // 突破, 超过, 余, 多
	AtMost                          // 以内, 不超过, 以下
	LessThan                        // 低于, 不到, 少于
	Approximately                   // 左右, 约, 近, 上下
	Between                         // a range; Quantity.Upper is its upper end
)

// Measure is what kind of figure a number is.
type Measure uint8

const (
	Level   Measure = iota // an amount, a count or a rate
	Growth                 // an increase over an earlier period
	Decline                // a decrease; the value stays positive
	Share                  // a part of a whole
)

// Kind is what a passage does with what it states.
type Kind uint8

const (
	Target  Kind = iota // promised, planned, required
	Result              // reported as done or observed
	Context             // any other stated fact
)

var (
	comparatorNames = [...]string{"eq", "ge", "gt", "le", "lt", "approx", "between"}
	measureNames    = [...]string{"level", "growth", "decline", "share"}
	kindNames       = [...]string{"target", "result", "context"}
)

func (c Comparator) String() string { return comparatorNames[c] }
func (m Measure) String() string    { return measureNames[m] }
func (k Kind) String() string       { return kindNames[k] }

// MarshalText writes the record format's short names.
func (c Comparator) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
func (m Measure) MarshalText() ([]byte, error)    { return []byte(m.String()), nil }
func (k Kind) MarshalText() ([]byte, error)       { return []byte(k.String()), nil }

// Quantity is one number that a document states, with everything the sentence says of it.
type Quantity struct {
	At      int           // code points from the start of the text
	Span    document.Span // the surface, in bytes of Document.Text
	Surface string        // from the number to the end of its unit, verbatim
	Value   numeral.Decimal
	Upper   numeral.Decimal // upper end of a range; meaningful when Cmp is Between
	Unit    string          // without its magnitude, verbatim; "" when the number has none
	Cmp     Comparator
	Measure Measure
	Kind    Kind
	Firm    bool   // false where a promise is softened: 力争, 争取, 有望, 预计
	Subject string // what is measured
	By      calendar.Date
	Clause  int32 // index into Reading.Clauses; -1 for a table's cell
	Cell    int32 // index into the cells of Table; -1 outside tables
	Table   int32 // index into Document.Tables; -1 outside tables
}

// quantityJSON has the fields of the record format in its order.
type quantityJSON struct {
	Doc     string           `json:"doc,omitempty"`
	At      int              `json:"at"`
	Surface string           `json:"surface"`
	Value   numeral.Decimal  `json:"value"`
	Value2  *numeral.Decimal `json:"value2,omitempty"`
	Unit    string           `json:"unit"`
	Cmp     Comparator       `json:"cmp"`
	Measure Measure          `json:"measure"`
	Subject string           `json:"subject"`
	By      calendar.Date    `json:"by"`
	Kind    Kind             `json:"kind"`
	Firm    *bool            `json:"firm,omitempty"`
}

// JSON is the record as one JSON object; doc is left out when empty.
func (q *Quantity) JSON(doc string) ([]byte, error) {
	record := quantityJSON{
		Doc: doc, At: q.At, Surface: q.Surface, Value: q.Value, Unit: q.Unit, Cmp: q.Cmp,
		Measure: q.Measure, Subject: q.Subject, By: q.By, Kind: q.Kind,
	}
	if q.Cmp == Between {
		record.Value2 = &q.Upper
	}
	if q.Kind == Target {
		record.Firm = &q.Firm
	}
	return json.Marshal(record)
}

// Clause is the smallest passage that promises or reports one action.
type Clause struct {
	At, End    int           // code points
	Span       document.Span // bytes of Document.Text
	Text       string
	Section    int32  // index into Document.Outline; -1 at the top
	Verb       string // the action: 完成, 建成, 推进
	Object     string // what the action is done to
	Owner      string // the unit that the text names as responsible; often empty
	By         calendar.Date
	Kind       Kind
	Firm       bool
	Quantities [2]int32 // half-open range into Reading.Quantities
}

// clauseJSON is the record format of clauses.
type clauseJSON struct {
	Doc        string        `json:"doc,omitempty"`
	At         int           `json:"at"`
	End        int           `json:"end"`
	Text       string        `json:"text"`
	Path       []string      `json:"path"`
	Verb       string        `json:"verb"`
	Object     string        `json:"object"`
	Owner      string        `json:"owner,omitempty"`
	By         calendar.Date `json:"by"`
	Kind       Kind          `json:"kind"`
	Firm       *bool         `json:"firm,omitempty"`
	Quantities []int         `json:"quantities"` // their "at"
}

// Reading is everything read from one document, in the order of its text.
type Reading struct {
	Document   *document.Document
	Quantities []Quantity
	Clauses    []Clause
}

// ClauseJSON is clause i as one JSON object; doc is left out when empty.
func (r *Reading) ClauseJSON(i int, doc string) ([]byte, error) {
	c := &r.Clauses[i]
	record := clauseJSON{
		Doc: doc, At: c.At, End: c.End, Text: c.Text, Path: r.Path(c.Section), Verb: c.Verb,
		Object: c.Object, Owner: c.Owner, By: c.By, Kind: c.Kind, Quantities: []int{},
	}
	if c.Kind == Target {
		record.Firm = &c.Firm
	}
	for _, q := range r.Quantities[c.Quantities[0]:c.Quantities[1]] {
		record.Quantities = append(record.Quantities, q.At)
	}
	return json.Marshal(record)
}

// Path names the sections from the highest down to the given one: marker and title together.
func (r *Reading) Path(section int32) []string {
	path := []string{}
	for section >= 0 {
		s := &r.Document.Outline[section]
		path = append(path, s.Marker.In(r.Document.Text)+s.Title.In(r.Document.Text))
		section = s.Parent
	}
	for i, j := 0, len(path)-1; i < j; i, j = i+1, j-1 {
		path[i], path[j] = path[j], path[i]
	}
	return path
}
