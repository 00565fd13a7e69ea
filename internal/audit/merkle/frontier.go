package merkle

import "fmt"

// Frontier is the right edge of a tree: all that is needed to append to it and to know its root. It holds at
// most one hash for each bit of the size.
type Frontier struct {
	hashing Hashing
	size    int64
	peaks   []Hash
}

// NewFrontier is the edge of the empty tree.
func NewFrontier(hashing Hashing) *Frontier { return &Frontier{hashing: hashing} }

// LoadFrontier reads the edge of a stored tree of the size.
func LoadFrontier(hashing Hashing, size int64, read Reader) (*Frontier, error) {
	if size < 0 {
		return nil, fmt.Errorf("a tree cannot have %d records", size)
	}
	peaks, err := readAll(span{0, size}.peaks(), read)
	if err != nil {
		return nil, err
	}
	return &Frontier{hashing: hashing, size: size, peaks: append([]Hash(nil), peaks...)}, nil
}

// Size is the number of records so far.
func (f *Frontier) Size() int64 { return f.size }

// Root is the hash of the whole tree.
func (f *Frontier) Root() Hash { return f.hashing.fold(f.peaks) }

// Push appends a record by its leaf hash and returns the nodes it completes, the leaf first. They are to be
// stored from Position(0, n) on, where n is the record's number.
func (f *Frontier) Push(leaf Hash) []Hash {
	nodes := []Hash{leaf}
	top := leaf
	for rest := f.size; rest&1 == 1; rest >>= 1 {
		last := len(f.peaks) - 1
		top = f.hashing.Node(f.peaks[last], top)
		f.peaks = f.peaks[:last]
		nodes = append(nodes, top)
	}
	f.peaks = append(f.peaks, top)
	f.size++
	return nodes
}
