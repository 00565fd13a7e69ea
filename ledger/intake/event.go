package intake

import (
	"luoshi/calendar"
	"luoshi/ledger"
)

// Op is what an event does.
type Op string

const (
	Accept  Op = "accept"  // 采纳
	Reject  Op = "reject"  // 不采纳, with a reason
	Reopen  Op = "reopen"  // back to pending
	Correct Op = "correct" // 更正 of fields and targets
	Split   Op = "split"   // 拆分 of one item at code points of the document
	Merge   Op = "merge"   // 合并 of two or more items
	Add     Op = "add"     // 补充: an item that reading did not propose
	Undo    Op = "undo"    // takes back the last event that holds
	Redo    Op = "redo"    // brings back the last event that was taken back
)

// Event is one step of a review. Who took it and when is kept beside it.
type Event struct {
	Number     int         `json:"number"` // 1, 2, 3 …: an event out of turn is refused, so that two reviewers notice each other
	Op         Op          `json:"op"`
	Items      []ItemID    `json:"items,omitempty"`  // what it is done to: many at once for accept, reject, reopen, correct
	Reason     string      `json:"reason,omitempty"` // of reject
	Correction *Correction `json:"correction,omitempty"`
	Cuts       []int       `json:"cuts,omitempty"`  // of split: where the second and later parts begin
	Added      *Item       `json:"added,omitempty"` // of add; its identifier and status are given by the review
}

// Correction is what a correction sets. What is nil stays as it is.
type Correction struct {
	Title   *string                `json:"title,omitempty"`
	Kind    *ledger.CommitmentKind `json:"kind,omitempty"`
	Section *int                   `json:"section,omitempty"`
	By      *calendar.Date         `json:"by,omitempty"`
	Firm    *bool                  `json:"firm,omitempty"`
	Owner   *string                `json:"owner,omitempty"`
	Targets []ledger.Target        `json:"targets,omitempty"` // each replaces the target of its number; number 0 adds one
	Drop    []int                  `json:"drop,omitempty"`    // numbers of targets that are none
}
