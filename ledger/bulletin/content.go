package bulletin

import (
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Kind is what a section is about.
type Kind string

const (
	Overview Kind = "overview" // 总体情况
	Lights   Kind = "lights"   // 各单位进展
	Behind   Kind = "behind"   // 慢序时
	Ahead    Kind = "ahead"    // 超序时
	Overdue  Kind = "overdue"  // 逾期未完成
	Served   Kind = "items"    // 民生实事
	Filed    Kind = "reports"  // 数据报送
	Ordered  Kind = "orders"   // 督办
)

// Corrected is what a bulletin puts right that corrects an earlier one. It stands before all other sections.
const Corrected Kind = "corrected"

// Kinds are the sections in the order in which every bulletin has them.
func Kinds() []Kind { return []Kind{Overview, Lights, Behind, Ahead, Overdue, Served, Filed, Ordered} }

// Content is what is generated of a bulletin.
type Content struct {
	Plan     ledger.PlanID    `json:"plan"`
	Period   reporting.Period `json:"period"`
	On       calendar.Date    `json:"on"` // the day for which its figures hold
	Sections []Section        `json:"sections"`
}

// Section is a part of a bulletin.
type Section struct {
	Kind      Kind       `json:"kind"`
	Title     string     `json:"title"`
	Sentences []Sentence `json:"sentences"`
	Tables    []Table    `json:"tables,omitempty"`
}

// Sentence is a sentence in its parts.
type Sentence []Part

// Part is words, a figure, or what is quoted from a record.
type Part struct {
	Text  string         `json:"text"`
	Key   string         `json:"key,omitempty"` // of a figure: the same for as long as it means the same
	Value ledger.Decimal `json:"value,omitzero"`
	From  *Source        `json:"from,omitempty"` // of a figure and of what is quoted
}

// IsFigure tells whether it is a figure.
func (p Part) IsFigure() bool { return p.Key != "" }

// Table is a table of a section. The last row is a total where it says so.
type Table struct {
	Name    string   `json:"name"`
	Title   string   `json:"title"`
	Columns []Column `json:"columns"`
	Rows    [][]Part `json:"rows"`
	Total   bool     `json:"total,omitempty"`
	Left    int      `json:"left,omitempty"` // rows that there would be besides
}

// Column is a column of a table.
type Column struct {
	Name   string `json:"name"`
	Title  string `json:"title"`
	Number bool   `json:"number,omitempty"`
}

// SourceKind is what a source is.
type SourceKind string

const (
	FromLights  SourceKind = "lights"  // the lights of the plan, as far as the rest of the source narrows them
	FromLight   SourceKind = "light"   // that of one commitment
	FromRounds  SourceKind = "rounds"  // who has reported
	FromOrders  SourceKind = "orders"  // the orders, as far as the rest of the source narrows them
	FromOrder   SourceKind = "order"   // one of them
	FromItems   SourceKind = "items"   // the livelihood items of the plan
	FromItem    SourceKind = "item"    // one of them
	FromUnit    SourceKind = "unit"    // a unit
	FromPlan    SourceKind = "plan"    // a plan
	FromDay     SourceKind = "day"     // the calendar
	FromNumbers SourceKind = "numbers" // other figures of the bulletin
	FromEarlier SourceKind = "earlier" // an earlier bulletin
)

// Source is where a figure or a quotation is from.
type Source struct {
	Kind    SourceKind    `json:"kind"`
	ID      string        `json:"id,omitempty"` // of the record
	Unit    ledger.UnitID `json:"unit,omitempty"`
	Colour  light.Colour  `json:"colour,omitempty"`
	Overdue bool          `json:"overdue,omitempty"`
}

// Without is the content without some of its sections.
func (c Content) Without(left []Kind) Content {
	c.Sections = slices.DeleteFunc(slices.Clone(c.Sections), func(s Section) bool { return slices.Contains(left, s.Kind) })
	return c
}

// Figures are all figures in their order, in the sentences and the tables.
func (c Content) Figures() []Part {
	var all []Part
	c.each(func(_ Section, _ *Table, p Part) {
		if p.IsFigure() {
			all = append(all, p)
		}
	})
	return all
}

func (c Content) each(do func(s Section, t *Table, p Part)) {
	for _, s := range c.Sections {
		for _, sentence := range s.Sentences {
			for _, p := range sentence {
				do(s, nil, p)
			}
		}
		for i := range s.Tables {
			for _, row := range s.Tables[i].Rows {
				for _, p := range row {
					do(s, &s.Tables[i], p)
				}
			}
		}
	}
}

// String is the sentence as it is printed.
func (s Sentence) String() string {
	text := ""
	for _, p := range s {
		text += p.Text
	}
	return text
}
