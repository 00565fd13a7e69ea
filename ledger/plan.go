package ledger

import "luoshi/calendar"

// PlanState is how far a plan is on its way to being in force.
type PlanState string

const (
	Draft     PlanState = "draft"     // 起草
	Reviewed  PlanState = "reviewed"  // 已审核: every sentence was seen
	Approved  PlanState = "approved"  // 已批准
	Published PlanState = "published" // 已发布: changes only by amendments from here on
	Abandoned PlanState = "abandoned" // 已终止: given up before it was published
)

var planMoves = moves[PlanState]{
	Draft:     {Reviewed, Abandoned},
	Reviewed:  {Approved, Draft, Abandoned},
	Approved:  {Published, Reviewed, Abandoned},
	Published: {},
	Abandoned: {},
}

// Next is what may follow the state.
func (s PlanState) Next() []PlanState { return planMoves.next(s) }

// Plan is a year's promises of one government. Its commitments are kept beside it.
type Plan struct {
	ID         PlanID    `json:"id"`
	Government UnitID    `json:"government"`
	Year       int       `json:"year"`
	Title      string    `json:"title"`
	State      PlanState `json:"state"`
	Sources    []Source  `json:"sources"`
	Outline    []Section `json:"outline"`            // in the order of the documents; a later source adds, nothing is renumbered
	Versions   []Version `json:"versions,omitempty"` // 1, 2, 3 …; empty until the plan is published
}

// Source is a document that a plan was read from.
type Source struct {
	Document Digest        `json:"document"`
	Name     string        `json:"name"`          // of the file as it came
	Title    string        `json:"title"`         // what the document calls itself
	Date     calendar.Date `json:"date,omitzero"` // of issue; zero where unknown
}

// Section is a heading of a plan's outline. Sections are numbered from 1 in their order, so that the
// number 0 means no section.
type Section struct {
	Number int    `json:"number"`
	Parent int    `json:"parent,omitempty"` // 0 at the top
	Level  int    `json:"level"`            // 1 is the highest
	Marker string `json:"marker,omitempty"` // “（一）”; empty where a style alone makes the heading
	Title  string `json:"title"`
}

// Version is a state of a published plan. Version 1 is the break-down as approved; each later one is
// the one before it with amendments applied.
type Version struct {
	Number     int           `json:"number"`
	On         calendar.Date `json:"on"`                   // from this day it holds
	Basis      string        `json:"basis,omitempty"`      // the paper that publishes it
	Amendments []AmendmentID `json:"amendments,omitempty"` // none in version 1
}
