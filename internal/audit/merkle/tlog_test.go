package merkle_test

import (
	"fmt"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"luoshi/internal/audit/merkle"
)

const largest = 300

// memory stores the nodes of a tree in the order of their positions.
type memory []merkle.Hash

func (m memory) read(positions []int64) ([]merkle.Hash, error) {
	hashes := make([]merkle.Hash, len(positions))
	for i, position := range positions {
		if position >= int64(len(m)) {
			return nil, fmt.Errorf("no node at %d", position)
		}
		hashes[i] = m[position]
	}
	return hashes, nil
}

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	read, err := m.read(indexes)
	hashes := make([]tlog.Hash, len(read))
	for i, hash := range read {
		hashes[i] = tlog.Hash(hash)
	}
	return hashes, err
}

func record(n int) []byte { return fmt.Appendf(nil, "第 %d 条", n) }

// grown is a tree of the largest size with its root at every size.
func grown(t *testing.T, hashing merkle.Hashing) (stored memory, roots []merkle.Hash) {
	t.Helper()
	edge := merkle.NewFrontier(hashing)
	roots = append(roots, edge.Root())
	for n := range largest {
		if got, want := int64(len(stored)), merkle.Position(0, int64(n)); got != want {
			t.Fatalf("record %d would be stored at %d, want %d", n, got, want)
		}
		stored = append(stored, edge.Push(hashing.Leaf(record(n)))...)
		roots = append(roots, edge.Root())
	}
	return stored, roots
}

func TestEveryRootEqualsThatOfTlog(t *testing.T) {
	stored, roots := grown(t, merkle.SHA256)
	var reference memory
	for n := range largest {
		hashes, err := tlog.StoredHashes(int64(n), record(n), reference)
		if err != nil {
			t.Fatal(err)
		}
		for _, hash := range hashes {
			reference = append(reference, merkle.Hash(hash))
		}
	}
	if !slices.Equal(stored, reference) {
		t.Fatal("the stored nodes differ from those of tlog")
	}
	for size := range int64(largest + 1) {
		want, err := tlog.TreeHash(size, stored)
		if err != nil {
			t.Fatal(err)
		}
		got, err := merkle.SHA256.Root(size, stored.read)
		if err != nil || got != merkle.Hash(want) || roots[size] != got {
			t.Fatalf("root of %d records: %v and %v (%v), want %v", size, got, roots[size], err, want)
		}
		loaded, err := merkle.LoadFrontier(merkle.SHA256, size, stored.read)
		if err != nil || loaded.Root() != got || loaded.Size() != size {
			t.Fatalf("the edge loaded at %d records has root %v (%v), want %v", size, loaded.Root(), err, got)
		}
	}
}

func TestEveryInclusionProofEqualsThatOfTlog(t *testing.T) {
	stored, roots := grown(t, merkle.SHA256)
	for size := int64(1); size <= largest; size++ {
		for n := range size {
			want, err := tlog.ProveRecord(size, n, stored)
			if err != nil {
				t.Fatal(err)
			}
			got, err := merkle.SHA256.ProveInclusion(n, size, stored.read)
			if err != nil || !sameHashes(got, want) {
				t.Fatalf("record %d of %d: proof %v (%v), want %v", n, size, got, err, want)
			}
			leaf := merkle.SHA256.Leaf(record(int(n)))
			if err := merkle.SHA256.VerifyInclusion(n, size, leaf, roots[size], got); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestEveryConsistencyProofEqualsThatOfTlog(t *testing.T) {
	stored, roots := grown(t, merkle.SHA256)
	for to := int64(1); to <= largest; to++ {
		for from := int64(1); from <= to; from++ {
			want, err := tlog.ProveTree(to, from, stored)
			if err != nil {
				t.Fatal(err)
			}
			got, err := merkle.SHA256.ProveConsistency(from, to, stored.read)
			if err != nil || !sameHashes(got, want) {
				t.Fatalf("from %d to %d: proof %v (%v), want %v", from, to, got, err, want)
			}
			if err := merkle.SHA256.VerifyConsistency(from, to, roots[from], roots[to], got); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func sameHashes[T ~[32]byte](got []merkle.Hash, want []T) bool {
	return slices.EqualFunc(got, want, func(a merkle.Hash, b T) bool { return a == merkle.Hash(b) })
}
