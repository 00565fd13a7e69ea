// Package intake brings a document into a plan. What was read becomes a proposal of items, people
// review them, and only what they accepted becomes commitments.
//
// A review is a list of events over a proposal that never changes. Its state is what replaying the
// events gives; undoing is an event like any other, so that the whole work can be shown afterwards. It
// is pure: no I/O, no clock.
package intake

import (
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
)

// ItemID names an item within its review: p17 was proposed, e12.1 was made by event 12.
type ItemID string

// Status is what the review has decided of an item.
type Status string

const (
	Pending  Status = "pending"  // not decided yet
	Accepted Status = "accepted" // becomes a commitment
	Rejected Status = "rejected" // is no promise, with a reason
)

// Proposal is what a document offers to a plan. It is kept as it was made, because a later version of
// the reader might propose something else.
type Proposal struct {
	Source  ledger.Source    `json:"source"`
	Year    int              `json:"year"` // the plan year that the document states; 0 for none
	Outline []ledger.Section `json:"outline,omitempty"`
	Items   []Item           `json:"items,omitempty"` // in the order of the document
}

// Item is one proposed commitment.
type Item struct {
	ID      ItemID                `json:"id"`
	Source  []ledger.Passage      `json:"source"` // in the order of the document
	Section int                   `json:"section,omitempty"`
	Kind    ledger.CommitmentKind `json:"kind"`
	Title   string                `json:"title"`
	Targets []ledger.Target       `json:"targets,omitempty"`
	By      calendar.Date         `json:"by"`
	Firm    bool                  `json:"firm"`
	Owner   string                `json:"owner,omitempty"` // the unit as the text names it; often empty
	Status  Status                `json:"status"`
	Reason  string                `json:"reason,omitempty"` // why it was rejected
	From    []ItemID              `json:"from,omitempty"`   // the items that it was split or merged from
}

// clone is a copy that shares no list with the original.
func (i Item) clone() Item {
	i.Source = slices.Clone(i.Source)
	i.Targets = slices.Clone(i.Targets)
	i.From = slices.Clone(i.From)
	return i
}
