package merkle_test

import (
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"luoshi/internal/audit/merkle"
)

// The empty tree's root is the hash of nothing: for SM3 the value that every implementation of GB/T 32905 gives.
func TestTheEmptyRoot(t *testing.T) {
	for _, tt := range []struct {
		hashing merkle.Hashing
		want    string
	}{
		{merkle.SHA256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{merkle.SM3, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"},
	} {
		empty := tt.hashing.Empty()
		if got := hex.EncodeToString(empty[:]); got != tt.want {
			t.Errorf("%v: %s, want %s", tt.hashing, got, tt.want)
		}
	}
}

// GB/T 32905 gives this digest for "abc" in its annex A.
func TestSM3IsTheStandardsFunction(t *testing.T) {
	sum := merkle.SM3.Sum([]byte("abc"))
	if got := hex.EncodeToString(sum[:]); got != "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0" {
		t.Errorf("SM3 of abc is %s", got)
	}
}

func TestProofsHoldForNothingElse(t *testing.T) {
	for _, hashing := range []merkle.Hashing{merkle.SHA256, merkle.SM3} {
		t.Run(hashing.String(), func(t *testing.T) {
			stored, roots := grown(t, hashing)
			for _, size := range []int64{1, 2, 3, 7, 8, 100, 255, 256, 257, largest} {
				for n := range size {
					refuseOtherInclusions(t, hashing, stored, roots, n, size)
				}
				for from := int64(1); from < size; from++ {
					refuseOtherGrowths(t, hashing, stored, roots, from, size)
				}
			}
		})
	}
}

func refuseOtherInclusions(t *testing.T, hashing merkle.Hashing, stored memory, roots []merkle.Hash, n, size int64) {
	t.Helper()
	path, err := hashing.ProveInclusion(n, size, stored.read)
	if err != nil {
		t.Fatal(err)
	}
	leaf := hashing.Leaf(record(int(n)))
	if err := hashing.VerifyInclusion(n, size, leaf, roots[size], path); err != nil {
		t.Fatal(err)
	}
	refused := func(what string, err error) {
		if !errors.Is(err, merkle.ErrProof) {
			t.Fatalf("record %d of %d with %s: %v", n, size, what, err)
		}
	}
	refused("another leaf", hashing.VerifyInclusion(n, size, hashing.Leaf([]byte("x")), roots[size], path))
	refused("another root", hashing.VerifyInclusion(n, size, leaf, roots[size-1], path))
	refused("a longer path", hashing.VerifyInclusion(n, size, leaf, roots[size], append(slices.Clone(path), leaf)))
	refused("a number outside", hashing.VerifyInclusion(size, size, leaf, roots[size], path))
	if size > 1 {
		refused("another number", hashing.VerifyInclusion((n+1)%size, size, leaf, roots[size], path))
		refused("a shorter path", hashing.VerifyInclusion(n, size, leaf, roots[size], path[1:]))
	}
	for i := range path {
		altered := slices.Clone(path)
		altered[i][i%merkle.Size] ^= 1
		refused("an altered path", hashing.VerifyInclusion(n, size, leaf, roots[size], altered))
	}
}

func refuseOtherGrowths(t *testing.T, hashing merkle.Hashing, stored memory, roots []merkle.Hash, from, to int64) {
	t.Helper()
	path, err := hashing.ProveConsistency(from, to, stored.read)
	if err != nil {
		t.Fatal(err)
	}
	if err := hashing.VerifyConsistency(from, to, roots[from], roots[to], path); err != nil {
		t.Fatal(err)
	}
	refused := func(what string, err error) {
		if !errors.Is(err, merkle.ErrProof) {
			t.Fatalf("from %d to %d with %s: %v", from, to, what, err)
		}
	}
	refused("another old root", hashing.VerifyConsistency(from, to, roots[from-1], roots[to], path))
	refused("another new root", hashing.VerifyConsistency(from, to, roots[from], roots[to-1], path))
	refused("a shorter path", hashing.VerifyConsistency(from, to, roots[from], roots[to], path[1:]))
	refused("a longer path", hashing.VerifyConsistency(from, to, roots[from], roots[to], append(slices.Clone(path), path[0])))
	for i := range path {
		altered := slices.Clone(path)
		altered[i][i%merkle.Size] ^= 1
		refused("an altered path", hashing.VerifyConsistency(from, to, roots[from], roots[to], altered))
	}
}

func TestGrowthFromNothing(t *testing.T) {
	_, roots := grown(t, merkle.SM3)
	for _, tt := range []struct {
		name     string
		to       int64
		from, at merkle.Hash
		holds    bool
	}{
		{"to something", 3, roots[0], roots[3], true},
		{"to nothing", 0, roots[0], roots[0], true},
		{"from a root that is not the empty one", 3, roots[1], roots[3], false},
		{"to a root that nothing has", 0, roots[0], roots[1], false},
	} {
		if err := merkle.SM3.VerifyConsistency(0, tt.to, tt.from, tt.at, nil); (err == nil) != tt.holds {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestWhatCannotBeProved(t *testing.T) {
	stored, _ := grown(t, merkle.SHA256)
	for name, prove := range map[string]func() error{
		"a record beyond the tree": func() error { _, err := merkle.SHA256.ProveInclusion(5, 5, stored.read); return err },
		"a record before it":       func() error { _, err := merkle.SHA256.ProveInclusion(-1, 5, stored.read); return err },
		"a tree that shrank":       func() error { _, err := merkle.SHA256.ProveConsistency(6, 5, stored.read); return err },
		"nodes that are missing":   func() error { _, err := merkle.SHA256.Root(400, stored.read); return err },
		"a negative tree":          func() error { _, err := merkle.SHA256.Root(-1, stored.read); return err },
	} {
		if prove() == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
