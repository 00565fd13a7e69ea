package merkle

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Reader returns the stored nodes at the positions, in their order, or an error.
type Reader func(positions []int64) ([]Hash, error)

// Position is the place among the stored nodes of the n-th perfect subtree of 2^level records. The nodes that
// one record completes stand next to each other, and nothing stored ever moves or changes.
func Position(level int, n int64) int64 { return tlog.StoredHashIndex(level, n) }

// Covered is the half-open range of records below the node at the position.
func Covered(position int64) (from, to int64) {
	level, n := tlog.SplitStoredHashIndex(position)
	return n << level, (n + 1) << level
}

// StoredCount is the number of nodes stored for a tree of the size.
func StoredCount(size int64) int64 { return tlog.StoredHashCount(size) }

// span is a half-open range of records that is a subtree: its start is a multiple of the power of two at
// or above its length.
type span struct{ from, to int64 }

func (s span) length() int64 { return s.to - s.from }

// split divides a span of two or more records where RFC 6962 does: at the largest power of two below its length.
func (s span) split() (left, right span) {
	half := int64(1) << (bits.Len64(uint64(s.length()-1)) - 1)
	return span{s.from, s.from + half}, span{s.from + half, s.to}
}

// peaks are the positions of the perfect subtrees that make up the span, largest first.
func (s span) peaks() []int64 {
	var positions []int64
	for from := s.from; from < s.to; {
		level := bits.Len64(uint64(s.to-from)) - 1
		positions = append(positions, Position(level, from>>level))
		from += 1 << level
	}
	return positions
}

// roots reads the nodes of all spans at once and returns the hash of each span.
func (h Hashing) roots(spans []span, read Reader) ([]Hash, error) {
	var positions []int64
	counts := make([]int, len(spans))
	for i, s := range spans {
		peaks := s.peaks()
		counts[i] = len(peaks)
		positions = append(positions, peaks...)
	}
	nodes, err := readAll(positions, read)
	if err != nil {
		return nil, err
	}
	hashes := make([]Hash, len(spans))
	for i, count := range counts {
		hashes[i] = h.fold(nodes[:count])
		nodes = nodes[count:]
	}
	return hashes, nil
}

func readAll(positions []int64, read Reader) ([]Hash, error) {
	if len(positions) == 0 {
		return nil, nil
	}
	nodes, err := read(positions)
	if err != nil {
		return nil, fmt.Errorf("read %d nodes: %w", len(positions), err)
	}
	if len(nodes) != len(positions) {
		return nil, fmt.Errorf("read %d nodes, got %d", len(positions), len(nodes))
	}
	return nodes, nil
}

// fold is the hash over neighbouring perfect subtrees, largest first.
func (h Hashing) fold(peaks []Hash) Hash {
	if len(peaks) == 0 {
		return h.Empty()
	}
	root := peaks[len(peaks)-1]
	for i := len(peaks) - 2; i >= 0; i-- {
		root = h.Node(peaks[i], root)
	}
	return root
}
