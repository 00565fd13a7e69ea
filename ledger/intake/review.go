package intake

import (
	"cmp"
	"slices"
	"strconv"
	"unicode/utf8"

	"luoshi/ledger"
)

// Review is a proposal with what people have decided of it. It is not safe for concurrent use.
type Review struct {
	proposal Proposal
	events   []Event // all of them, in order
	holding  []Event // those that hold: neither undone nor an undoing
	undone   []Event // what Redo brings back, the next one last
	items    []Item  // in the order of the document
}

// NewReview is a review in which nothing has been decided.
func NewReview(p Proposal) *Review {
	r := &Review{proposal: p}
	r.restart()
	return r
}

// Replay is the review that a list of events makes of a proposal.
func Replay(p Proposal, events []Event) (*Review, error) {
	r := NewReview(p)
	for _, e := range events {
		if found := r.Apply(e); len(found) > 0 {
			return nil, found
		}
	}
	return r, nil
}

// Events are all events so far, for storage. What is stored of an earlier state is a beginning of them.
func (r *Review) Events() []Event { return slices.Clone(r.events) }

// Items are the items as they stand now, in the order of the document.
func (r *Review) Items() []Item {
	items := make([]Item, len(r.items))
	for i, item := range r.items {
		items[i] = item.clone()
	}
	return items
}

// Item is one item as it stands now.
func (r *Review) Item(id ItemID) (Item, bool) {
	if i := r.position(id); i >= 0 {
		return r.items[i].clone(), true
	}
	return Item{}, false
}

// Count is the number of items with a status.
func (r *Review) Count(s Status) int {
	n := 0
	for _, item := range r.items {
		if item.Status == s {
			n++
		}
	}
	return n
}

// CanUndo tells whether there is an event that Undo would take back.
func (r *Review) CanUndo() bool { return len(r.holding) > 0 }

// CanRedo tells whether there is an event that Redo would bring back.
func (r *Review) CanRedo() bool { return len(r.undone) > 0 }

// Apply takes one step. A step with problems is not taken and leaves the review as it was.
func (r *Review) Apply(e Event) ledger.Problems {
	if e.Number != len(r.events)+1 {
		return refuse("review.turn", "number", strconv.Itoa(e.Number), strconv.Itoa(len(r.events)+1))
	}
	switch e.Op {
	case Undo:
		last := len(r.holding) - 1
		if last < 0 {
			return refuse("review.nothing_to_undo", "op")
		}
		r.undone = append(r.undone, r.holding[last])
		r.holding = r.holding[:last]
		r.restart()
	case Redo:
		last := len(r.undone) - 1
		if last < 0 {
			return refuse("review.nothing_to_redo", "op")
		}
		again := r.undone[last]
		if found := r.take(again); len(found) > 0 {
			return found
		}
		r.undone = r.undone[:last]
		r.holding = append(r.holding, again)
	default:
		if found := r.take(e); len(found) > 0 {
			return found
		}
		r.holding = append(r.holding, e)
		r.undone = nil
	}
	r.events = append(r.events, e)
	return nil
}

// restart makes the items anew from the proposal and the events that hold.
func (r *Review) restart() {
	r.items = make([]Item, len(r.proposal.Items))
	for i, item := range r.proposal.Items {
		r.items[i] = item.clone()
	}
	for _, e := range r.holding {
		_ = r.take(e) // it was taken before from the same state, without a problem
	}
}

// take does what an event says to the items, or nothing where it cannot be done.
func (r *Review) take(e Event) ledger.Problems {
	if found := r.addressed(e); len(found) > 0 {
		return found
	}
	switch e.Op {
	case Accept:
		return r.accept(e)
	case Reject:
		if e.Reason == "" {
			return refuse("review.reason", "reason")
		}
		r.mark(e, Rejected)
	case Reopen:
		r.mark(e, Pending)
	case Correct:
		return r.correct(e)
	case Split:
		return r.split(e)
	case Merge:
		return r.merge(e)
	case Add:
		return r.addItem(e)
	default:
		return refuse("review.op", "op", string(e.Op))
	}
	return nil
}

// addressed tells whether the items that an event names are there, each named once.
func (r *Review) addressed(e Event) ledger.Problems {
	var found ledger.Problems
	fewest := map[Op]int{Add: 0, Merge: 2}
	least, special := fewest[e.Op]
	if !special {
		least = 1
	}
	if len(e.Items) < least {
		found = append(found, refuse("review.items", "items", strconv.Itoa(least))...)
	}
	seen := map[ItemID]bool{}
	for _, id := range e.Items {
		if r.position(id) < 0 || seen[id] {
			found = append(found, refuse("review.item", "items", string(id))...)
		}
		seen[id] = true
	}
	return found
}

// accept marks items as accepted, if all of them can be commitments.
func (r *Review) accept(e Event) ledger.Problems {
	var found ledger.Problems
	for _, id := range e.Items {
		for _, problem := range r.items[r.position(id)].Validate() {
			problem.Where = "items/" + string(id) + "/" + problem.Where
			found = append(found, problem)
		}
	}
	if len(found) > 0 {
		return found
	}
	r.mark(e, Accepted)
	return nil
}

// mark gives a status to the items of an event.
func (r *Review) mark(e Event, s Status) {
	for _, id := range e.Items {
		item := &r.items[r.position(id)]
		item.Status, item.Reason = s, ""
		if s == Rejected {
			item.Reason = e.Reason
		}
	}
}

// addItem puts an item in that reading did not propose, at its place in the document.
func (r *Review) addItem(e Event) ledger.Problems {
	if e.Added == nil {
		return refuse("review.added", "added")
	}
	item := e.Added.clone()
	item.ID, item.Status, item.Reason, item.From = made(e, 0), Pending, "", nil
	number(item.Targets)
	if item.Title == "" && len(item.Source) > 0 {
		item.Title = shorten(item.Source[0].Wording())
	}
	if found := item.Validate(); len(found) > 0 {
		return found
	}
	for _, passage := range item.Source {
		if passage.Document() != r.proposal.Source.Document {
			return refuse("review.other_document", "added/source")
		}
	}
	r.insert(item)
	return nil
}

// insert puts an item behind all that begin no later in the document.
func (r *Review) insert(item Item) {
	place, _ := slices.BinarySearchFunc(r.items, item.begin()+1, func(i Item, begin int) int {
		return cmp.Compare(i.begin(), begin)
	})
	r.items = slices.Insert(r.items, place, item)
}

// begin is the code point where an item begins.
func (i Item) begin() int {
	if len(i.Source) == 0 {
		return 0
	}
	return i.Source[0].At()
}

func (r *Review) position(id ItemID) int {
	return slices.IndexFunc(r.items, func(i Item) bool { return i.ID == id })
}

// made names item n that an event made.
func made(e Event, n int) ItemID {
	return ItemID("e" + strconv.Itoa(e.Number) + "." + strconv.Itoa(n+1))
}

// number counts targets from 1.
func number(targets []ledger.Target) {
	for i := range targets {
		targets[i].Number = i + 1
	}
}

// longest is the length of a title in characters: what is longer is cut.
const longest = 40

// shorten is a title for a wording: its words, cut where they are many.
func shorten(wording string) string {
	if utf8.RuneCountInString(wording) <= longest {
		return wording
	}
	return string([]rune(wording)[:longest-1]) + "…"
}

func refuse(code, where string, facts ...string) ledger.Problems {
	return ledger.Problems{{Code: code, Where: where, Facts: facts}}
}

// Validate tells what keeps an item from becoming a commitment.
func (i Item) Validate() ledger.Problems {
	trial := i.commitment(ledger.NewUUID(0, [10]byte{}), ledger.PlanID(ledger.NewUUID(0, [10]byte{})))
	return trial.Validate()
}

// commitment is the item as a commitment.
func (i Item) commitment(id string, plan ledger.PlanID) ledger.Commitment {
	return ledger.NewCommitment(ledger.CommitmentTerms{
		ID: ledger.CommitmentID(id), Plan: plan, Title: i.Title, Section: i.Section, Kind: i.Kind,
		State: ledger.Prepared, Targets: slices.Clone(i.Targets), By: i.By, Firm: i.Firm,
	}, i.Source...)
}
