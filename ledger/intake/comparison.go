package intake

import "luoshi/ledger"

// Compare tells what a later version of a document changed, added and dropped of what the earlier one
// promised. Promises are paired by their words.
func Compare(earlier, later Proposal) []ledger.Difference {
	return ledger.Compare(earlier.promises(), later.promises())
}

// promises are the items of a proposal in the form that versions of plans are compared in: without
// identifiers, by which they could not be told apart.
func (p Proposal) promises() []ledger.Commitment {
	promises := make([]ledger.Commitment, len(p.Items))
	for i, item := range p.Items {
		promises[i] = item.commitment("", "")
	}
	return promises
}
