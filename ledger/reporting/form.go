package reporting

import (
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Field is one thing that a row asks for.
type Field string

const (
	FieldValue       Field = "value"
	FieldGrowth      Field = "growth"
	FieldBase        Field = "base"
	FieldNumerator   Field = "numerator"
	FieldDenominator Field = "denominator"
	FieldArrived     Field = "arrived"
	FieldPaid        Field = "paid"
	FieldPercent     Field = "percent"
	FieldSaid        Field = "said"
	FieldNote        Field = "note"
	FieldReason      Field = "reason"
	FieldNodes       Field = "nodes"
	FieldObstacles   Field = "obstacles"
	FieldOverride    Field = "override" // asked only where a warning stands
)

// Fields are all fields in the order in which a form shows them.
func Fields() []Field {
	return []Field{
		FieldNumerator, FieldDenominator, FieldValue, FieldGrowth, FieldBase, FieldArrived, FieldPaid, FieldPercent, FieldSaid,
		FieldNodes, FieldNote, FieldReason, FieldObstacles, FieldOverride,
	}
}

// Form is what one unit is asked in one round.
type Form struct {
	Round Round         `json:"round"`
	Unit  ledger.UnitID `json:"unit"`
	Rows  []Row         `json:"rows"`
}

// Without is the form without milestones that are known to be reached, by their numbers.
func (f Form) Without(reached map[ledger.CommitmentID][]int) Form {
	f.Rows = slices.Clone(f.Rows)
	for i := range f.Rows {
		row := &f.Rows[i]
		numbers := reached[ledger.CommitmentID(row.Subject.ID)]
		if row.Subject.Kind != OfTask || len(numbers) == 0 {
			continue
		}
		row.Nodes = slices.DeleteFunc(slices.Clone(row.Nodes), func(n OpenNode) bool { return slices.Contains(numbers, n.Number) })
		row.Reached = slices.Clone(numbers)
		row.Fields = row.fields()
	}
	return f
}

// RowTarget is a target that a row's figures are held against.
type RowTarget struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Target     ledger.Target       `json:"target"`
}

// OpenNode is a node of a project, or a milestone of a commitment, that may be reported as reached.
type OpenNode struct {
	Number int           `json:"number"`
	Title  string        `json:"title"`
	By     calendar.Date `json:"by"`
}

// Row is one line of a form: everything there is to know for filling it.
type Row struct {
	Subject     Subject               `json:"subject"`
	Title       string                `json:"title"`
	Terms       Terms                 `json:"terms"`           // how its figures are computed with; of a row without figures zero
	Scale       int                   `json:"scale,omitempty"` // the power of ten in which its figures are entered and shown: 8 for 亿元
	Numerator   string                `json:"numerator,omitempty"`
	Denominator string                `json:"denominator,omitempty"`
	Commitments []ledger.CommitmentID `json:"commitments,omitempty"` // that are reported with it
	Promise     string                `json:"promise,omitempty"`     // the title of the one commitment, where the row's own is another
	Targets     []RowTarget           `json:"targets,omitempty"`
	Statistics  bool                  `json:"statistics,omitempty"` // needs the word of the statistics office
	Fields      []Field               `json:"fields"`
	Nodes       []OpenNode            `json:"nodes,omitempty"`
	Reached     []int                 `json:"reached,omitempty"` // the numbers of nodes that are known to be reached
	By          calendar.Date         `json:"by,omitzero"`       // the deadline

	Base     ledger.Decimal `json:"base,omitzero"` // of an indicator: the level of BaseYear
	BaseYear int            `json:"base_year,omitzero"`
	Planned  ledger.Decimal `json:"planned,omitzero"` // of a project: investment planned for the year
	Total    ledger.Decimal `json:"total,omitzero"`   // of a project: its whole investment
	Before   ledger.Decimal `json:"before,omitzero"`  // of a project: investment done in earlier years
	Funds    ledger.Decimal `json:"funds,omitzero"`   // of a project: funds planned from all sources
}

// Asks tells whether the row asks for a field.
func (r Row) Asks(f Field) bool { return slices.Contains(r.Fields, f) }

// Measure is the unit in which figures of the row are entered and shown, with its magnitude: 亿元.
func (r Row) Measure() string { return magnitudes()[r.Scale] + r.Terms.Unit }

// Filled tells whether an observation answers what the row asks above all: a figure of a measure, where it stands of a
// task, either of a project. Who has no figure yet answers with the reason.
func (r Row) Filled(o Observation) bool {
	figure := o.Value.Known() || o.Growth.Known() || o.Numerator.Known() && o.Denominator.Known()
	switch r.Subject.Kind {
	case OfTask:
		return o.Said != ""
	case OfProject:
		return figure || o.Said != ""
	}
	return figure || o.Reason != "" || r.Asks(FieldSaid) && o.Said != ""
}

// hasNode tells whether the row has a node, open or known to be reached: what was said of one that was marked meanwhile is
// no error.
func (r Row) hasNode(number int) bool {
	open := slices.ContainsFunc(r.Nodes, func(n OpenNode) bool { return n.Number == number })
	return open || slices.Contains(r.Reached, number)
}
