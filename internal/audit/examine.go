package audit

import (
	"cmp"
	"errors"
	"slices"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// examiner recomputes a log from its entries as they come, with memory for the edge of the tree only. A
// database and an exported file go through the same examiner.
type examiner struct {
	report   *Report
	hashing  merkle.Hashing
	keys     signing.Keyring
	edge     *merkle.Frontier
	known    []signing.Head // kept elsewhere, by size
	fitted   int64          // the size up to which the entries agree with a head
	broken   bool           // an entry does not fit, so no later root can
	number   int64          // of the last head
	previous *merkle.Hash   // digest of the last head; nil where it was damaged itself
}

// newExaminer opens the heads that were kept elsewhere; one that none of the keys has signed is an error of the
// caller, not of the log.
func newExaminer(origin string, keys signing.Keyring, known []string) (*examiner, error) {
	if len(keys) == 0 {
		return nil, errors.New("verify the audit log: no public key given")
	}
	suite := keys[0].Suite()
	for _, key := range keys {
		if key.Suite() != suite || key.Origin() != keys[0].Origin() {
			return nil, errors.New("verify the audit log: the public keys belong to different logs")
		}
	}
	empty := signing.Digest(suite, "")
	x := &examiner{
		report:  &Report{Origin: origin, Suite: suite, Problems: []Problem{}},
		hashing: suite.Hashing(), keys: keys, edge: merkle.NewFrontier(suite.Hashing()), previous: &empty,
	}
	for _, signed := range known {
		head, err := keys.Open(signed)
		if err != nil {
			return nil, err
		}
		x.known = append(x.known, head)
	}
	slices.SortStableFunc(x.known, func(a, b signing.Head) int { return cmp.Compare(a.Size, b.Size) })
	x.compareKnown()
	return x, nil
}

// next is the sequence number that the next entry must have.
func (x *examiner) next() int64 { return x.edge.Size() + 1 }

// push takes the next entry in and returns the nodes that it completes.
func (x *examiner) push(leaf merkle.Hash) []merkle.Hash {
	nodes := x.edge.Push(leaf)
	x.compareKnown()
	return nodes
}

// fail reports what is wrong with an entry; the entries after it are not examined.
func (x *examiner) fail(problem Problem) {
	x.report.Problems = append(x.report.Problems, problem)
	x.broken = true
}

// compareKnown compares the heads that were kept elsewhere as the tree reaches their size.
func (x *examiner) compareKnown() {
	for len(x.known) > 0 && x.known[0].Size == x.edge.Size() {
		if x.known[0].Root != x.edge.Root() {
			x.unfitKnown(x.known[0])
		} else {
			x.fitted = x.edge.Size()
		}
		x.known = x.known[1:]
	}
}

func (x *examiner) unfitKnown(head signing.Head) {
	x.report.add(KnownUnfit, x.fitted+1, nil, x.fitted+1, head.Size)
}

// head takes the next stored head in. It comes after the entries that it covers.
func (x *examiner) head(row headRow) {
	opened, err := x.keys.Open(row.Note)
	if err != nil {
		x.report.add(HeadUnsigned, 0, err, row.Number)
		x.number, x.previous = row.Number, nil
		return
	}
	digest := signing.Digest(x.report.Suite, row.Note)
	switch {
	case opened.Number != row.Number || opened.Size != row.Size:
		x.report.add(HeadAltered, 0, nil, row.Number)
	case row.Number != x.number+1, x.previous != nil && *x.previous != opened.Previous:
		x.report.add(HeadMissing, 0, nil, row.Number)
	}
	x.number, x.previous = opened.Number, &digest
	x.report.Heads++
	x.report.Covered, x.report.LastHead = opened.Size, opened.Time
	if !x.broken {
		x.compare(opened)
	}
}

func (x *examiner) compare(head signing.Head) {
	switch {
	case head.Size > x.edge.Size():
		x.fail(Problem{Code: CutOff, Sequence: x.next(), Args: []any{x.next(), head.Size, head.Number}})
	case head.Size < x.edge.Size():
		// The heads stand out of their order, which their chain has shown already.
		if x.report.OK() {
			x.report.add(HeadMissing, 0, nil, head.Number)
		}
	case head.Root != x.edge.Root():
		x.fail(Problem{Code: Rewritten, Sequence: x.fitted + 1, Args: []any{x.fitted + 1, head.Size, head.Number}})
	default:
		x.fitted = head.Size
	}
}

// finish compares what is left and returns the report. The size is what the log says of itself.
func (x *examiner) finish(size int64) *Report {
	if !x.broken {
		for _, head := range x.known {
			x.unfitKnown(head)
		}
		if size != x.edge.Size() {
			first := min(size, x.edge.Size()) + 1
			x.report.add(SizeAltered, first, nil, size, x.edge.Size())
		}
	}
	x.report.Entries, x.report.Root = x.edge.Size(), x.edge.Root().String()
	return x.report
}
