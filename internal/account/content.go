package account

import (
	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
	"luoshi/office/paper"
)

// Content is a report as it was made of facts: a paper, with what its figures are. The blocks of its body have keys that
// are the same whenever the same template says the same of the same thing.
type Content struct {
	Template string            `json:"template"`
	Plan     ledger.PlanID     `json:"plan"`
	Period   reporting.Period  `json:"period"`
	On       calendar.Date     `json:"on"`
	Paper    paper.Document    `json:"paper"`
	Figures  map[string]Figure `json:"figures"` // by key; the paper's runs, cells and series name them
	Lacks    []Lack            `json:"lacks,omitempty"`
	Cut      bool              `json:"cut,omitempty"`    // the template's lists within lists would have told too much
	Edited   map[string]bool   `json:"edited,omitempty"` // the blocks that people wrote or changed, by their keys
	Passed   []Pass            `json:"passed,omitempty"` // contradictions that people found to be none
}

// Figure is a number of a report: what it is, how it is printed, and where it is from.
type Figure struct {
	Key     string         `json:"key"`
	Name    string         `json:"name"`             // what it says: 地区生产总值，增长
	Text    string         `json:"text"`             // the digits as printed: 747.7
	Measure string         `json:"measure,omitzero"` // printed behind it, above its column or beside it: 亿元
	Value   ledger.Decimal `json:"value"`            // what is printed says: 747.7亿元 are 7477e7
	Unit    string         `json:"unit,omitempty"`   // of Value: 元
	Exact   ledger.Decimal `json:"exact,omitzero"`   // what the ledger holds, where print has rounded it
	Quoted  bool           `json:"quoted,omitempty"` // it stands in the words of a unit or of the plan
	Sources []Source       `json:"sources"`
}

// SourceKind is what a source is.
type SourceKind string

// The kinds of sources. ID names a record of what is said beside them.
const (
	FromPromise     SourceKind = "promise"     // a commitment; Target is the number of its target, 0 for the whole
	FromObservation SourceKind = "observation" // what a unit reported and was locked
	FromLight       SourceKind = "light"       // the light of a commitment
	FromIndicator   SourceKind = "indicator"   // an indicator of the plan
	FromProject     SourceKind = "project"     // a project of the plan
	FromCount       SourceKind = "count"       // how many of the plan's records are so; ID is what was counted
	FromFigures     SourceKind = "figures"     // other figures of the report; Of are their keys
	FromOrders      SourceKind = "orders"      // the supervision orders of the period
	FromItem        SourceKind = "item"        // the livelihood item of a commitment: votes, satisfaction
	FromPeer        SourceKind = "peer"        // another government's paper; ID is its name
	FromCalendar    SourceKind = "calendar"    // the period itself
	FromPerson      SourceKind = "person"      // typed by a person, who names the basis; ID is the basis
)

// Source is where a figure is from.
type Source struct {
	Kind    SourceKind    `json:"kind"`
	ID      string        `json:"id,omitempty"`
	Target  int           `json:"target,omitempty"`
	Unit    ledger.UnitID `json:"unit,omitempty"`    // whose records were counted, where it is one unit's
	Section int           `json:"section,omitempty"` // of the plan, where its records alone were counted
	Of      []string      `json:"of,omitempty"`
}
