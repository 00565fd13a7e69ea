package demo

import (
	"fmt"
	"slices"
	"strings"

	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// decision is what the officers did with a proposed item, besides accepting it.
type decision struct {
	row
	op           intake.Op
	words, other string
}

// decisions are those of the data files.
func decisions() ([]decision, error) {
	all, err := rows("review", 3, 3)
	if err != nil {
		return nil, err
	}
	operations := map[string]intake.Op{"reject": intake.Reject, "title": intake.Correct, "kind": intake.Correct, "cut": intake.Split, "join": intake.Merge}
	list := make([]decision, len(all))
	for i, r := range all {
		op, known := operations[r.columns[0]]
		if !known {
			return nil, r.fault(fmt.Errorf("nobody does %q to an item", r.columns[0]))
		}
		list[i] = decision{row: r, op: op, words: r.columns[1], other: r.columns[2]}
	}
	return list, nil
}

// event is the decision as a step of the review of some items. Its number is left to whoever takes the step.
func (d decision) event(items []intake.Item) (intake.Event, error) {
	item, err := beginning(items, d.words)
	if err != nil {
		return intake.Event{}, d.fault(err)
	}
	event := intake.Event{Op: d.op, Items: []intake.ItemID{item.ID}}
	switch d.op {
	case intake.Reject:
		event.Reason = d.other
	case intake.Correct:
		event.Correction = d.correction()
	case intake.Split:
		cut, err := within(item, d.other)
		if err != nil {
			return event, d.fault(err)
		}
		event.Cuts = []int{cut}
	case intake.Merge:
		other, err := beginning(items, d.other)
		if err != nil {
			return event, d.fault(err)
		}
		event.Items = append(event.Items, other.ID)
	}
	return event, nil
}

func (d decision) correction() *intake.Correction {
	if d.columns[0] == "kind" {
		kind := ledger.CommitmentKind(d.other)
		return &intake.Correction{Kind: &kind}
	}
	return &intake.Correction{Title: &d.other}
}

// beginning is the item whose words begin with some.
func beginning(items []intake.Item, words string) (intake.Item, error) {
	i := slices.IndexFunc(items, func(item intake.Item) bool {
		return strings.HasPrefix(item.Source[0].Wording(), words)
	})
	if i < 0 {
		return intake.Item{}, fmt.Errorf("no item begins with %q", words)
	}
	return items[i], nil
}

// within is the code point of the document at which words stand in an item.
func within(item intake.Item, words string) (int, error) {
	passage := item.Source[0]
	before, _, found := strings.Cut(passage.Wording(), words)
	if !found {
		return 0, fmt.Errorf("%q does not stand in %q", words, passage.Wording())
	}
	return passage.At() + len([]rune(before)), nil
}

// pending are the items that nobody has decided on.
func pending(items []intake.Item) []intake.ItemID {
	var ids []intake.ItemID
	for _, item := range items {
		if item.Status == intake.Pending {
			ids = append(ids, item.ID)
		}
	}
	return ids
}
