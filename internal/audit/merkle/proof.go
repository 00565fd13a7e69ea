package merkle

import (
	"errors"
	"fmt"
)

// ErrProof is the error of every proof that does not hold.
var ErrProof = errors.New("the proof does not hold")

// Root is the hash of the first size records of a stored tree.
func (h Hashing) Root(size int64, read Reader) (Hash, error) {
	if size < 0 {
		return Hash{}, fmt.Errorf("a tree cannot have %d records", size)
	}
	roots, err := h.roots([]span{{0, size}}, read)
	if err != nil {
		return Hash{}, err
	}
	return roots[0], nil
}

// ProveInclusion is the path from a record up to the root of the tree of the size, nearest hash first.
func (h Hashing) ProveInclusion(record, size int64, read Reader) ([]Hash, error) {
	if record < 0 || record >= size {
		return nil, fmt.Errorf("prove record %d in a tree of %d: no such record", record, size)
	}
	return h.roots(inclusionPath(span{0, size}, record), read)
}

func inclusionPath(within span, record int64) []span {
	if within.length() == 1 {
		return nil
	}
	left, right := within.split()
	if record < left.to {
		return append(inclusionPath(left, record), right)
	}
	return append(inclusionPath(right, record), left)
}

// VerifyInclusion reports an error wrapping ErrProof unless the path shows that the tree of the size and root
// has the leaf as its record of that number.
func (h Hashing) VerifyInclusion(record, size int64, leaf, root Hash, path []Hash) error {
	if record < 0 || record >= size {
		return fmt.Errorf("record %d in a tree of %d: %w", record, size, ErrProof)
	}
	reached, ok := h.climb(span{0, size}, record, leaf, path)
	if !ok || reached != root {
		return fmt.Errorf("record %d in a tree of %d: %w", record, size, ErrProof)
	}
	return nil
}

func (h Hashing) climb(within span, record int64, leaf Hash, path []Hash) (Hash, bool) {
	if within.length() == 1 {
		return leaf, len(path) == 0
	}
	if len(path) == 0 {
		return Hash{}, false
	}
	left, right := within.split()
	below, beside := path[:len(path)-1], path[len(path)-1]
	if record < left.to {
		hash, ok := h.climb(left, record, leaf, below)
		return h.Node(hash, beside), ok
	}
	hash, ok := h.climb(right, record, leaf, below)
	return h.Node(beside, hash), ok
}

// ProveConsistency is the proof that the first from records of the tree of to records are the tree of from
// records. From nothing, and from a tree to itself, there is nothing to prove and the proof is empty.
func (h Hashing) ProveConsistency(from, to int64, read Reader) ([]Hash, error) {
	if from < 0 || from > to {
		return nil, fmt.Errorf("prove that %d records grew to %d: not a growth", from, to)
	}
	if from == 0 {
		return []Hash{}, nil
	}
	return h.roots(consistencyPath(span{0, to}, from), read)
}

func consistencyPath(within span, from int64) []span {
	if from == within.to {
		if within.from == 0 {
			return nil // the verifier knows the old root
		}
		return []span{within}
	}
	left, right := within.split()
	if from <= left.to {
		return append(consistencyPath(left, from), right)
	}
	return append(consistencyPath(right, from), left)
}

// VerifyConsistency reports an error wrapping ErrProof unless the path shows that the tree of to records begins
// with the tree of from records.
func (h Hashing) VerifyConsistency(from, to int64, fromRoot, toRoot Hash, path []Hash) error {
	failed := fmt.Errorf("from %d to %d records: %w", from, to, ErrProof)
	switch {
	case from < 0 || from > to:
		return failed
	case from == 0:
		if len(path) != 0 || fromRoot != h.Empty() || (to == 0 && toRoot != fromRoot) {
			return failed
		}
		return nil
	}
	older, newer, ok := h.regrow(span{0, to}, from, fromRoot, path)
	if !ok || older != fromRoot || newer != toRoot {
		return failed
	}
	return nil
}

// regrow computes from the path what the roots of the old and of the new tree are within the span.
func (h Hashing) regrow(within span, from int64, fromRoot Hash, path []Hash) (older, newer Hash, ok bool) {
	if from == within.to {
		if within.from == 0 {
			return fromRoot, fromRoot, len(path) == 0
		}
		if len(path) != 1 {
			return Hash{}, Hash{}, false
		}
		return path[0], path[0], true
	}
	if len(path) == 0 {
		return Hash{}, Hash{}, false
	}
	left, right := within.split()
	below, beside := path[:len(path)-1], path[len(path)-1]
	if from <= left.to {
		older, newer, ok = h.regrow(left, from, fromRoot, below)
		return older, h.Node(newer, beside), ok
	}
	older, newer, ok = h.regrow(right, from, fromRoot, below)
	return h.Node(beside, older), h.Node(beside, newer), ok
}
