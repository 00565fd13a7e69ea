package intake

import (
	"strconv"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Entry is where the accepted items of a review go.
type Entry struct {
	Plan   ledger.PlanID
	Offset int           // sections that the plan had before those of this document, see Plan.AddSource
	Tree   *ledger.Tree  // the units among which owners are looked up
	On     calendar.Date // the date on which their names hold
	NewID  func() string // makes the identifier of the next commitment
}

// Enter makes commitments of the accepted items, in the order of the document. It is refused while
// an item is pending: nothing enters a plan unseen, and nothing is left behind by oversight.
func (r *Review) Enter(e Entry) ([]ledger.Commitment, ledger.Problems) {
	if n := r.Count(Pending); n > 0 {
		return nil, refuse("review.pending", "items", strconv.Itoa(n))
	}
	var commitments []ledger.Commitment
	for _, item := range r.items {
		if item.Status != Accepted {
			continue
		}
		c := item.commitment(e.NewID(), e.Plan)
		if c.Section > 0 {
			c.Section += e.Offset
		}
		c.Lead, c.Cooperating = Owners(item.Owner, e.Tree, e.On)
		commitments = append(commitments, c)
	}
	return commitments, nil
}
