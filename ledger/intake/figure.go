package intake

import (
	"slices"

	"luoshi/document"
	"luoshi/ledger"
	"luoshi/reading"
)

// Figure is a number that a document states, as the target that would be made of it. Whether it is promised
// at all says its kind.
type Figure struct {
	Kind   string        `json:"kind"` // as records of reading name it: target, result, context
	Target ledger.Target `json:"target"`
}

// Figures are all numbers of what was read, in the order of the document, for marks in its text and for items
// that people add.
func Figures(r *reading.Reading) []Figure {
	p := proposer{Reading: r, digest: ledger.Digest(r.Document.Digest), offsets: document.NewOffsets(r.Document.Text)}
	figures := make([]Figure, len(r.Quantities))
	for i := range r.Quantities {
		figures[i] = Figure{Kind: r.Quantities[i].Kind.String(), Target: p.target(&r.Quantities[i], 1)}
	}
	slices.SortStableFunc(figures, func(a, b Figure) int { return a.Target.Quoted.At() - b.Target.Quoted.At() })
	return figures
}

// Select is the item that people add by selecting words of the document: those words, trimmed, with the
// figures in them as targets. The review names and numbers it.
func Select(passage ledger.Passage, section int, figures []Figure) Item {
	item := Item{Section: section, Firm: true}
	if passage = passage.Trim(); passage.IsZero() {
		return item
	}
	item.Source, item.Title = []ledger.Passage{passage}, shorten(passage.Wording())
	for _, figure := range figures {
		if !passage.Holds(figure.Target.Quoted) {
			continue
		}
		target := figure.Target
		target.Number = len(item.Targets) + 1
		item.Targets = append(item.Targets, target)
		if item.By.Before(target.By) {
			item.By = target.By
		}
	}
	item.Kind = KindOf(passage.Wording(), item.Targets)
	return item
}
