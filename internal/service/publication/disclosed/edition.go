package disclosed

import (
	"errors"
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/audit/merkle"
	"luoshi/ledger"
)

// Heading is what the public is told of the plan itself. It is the first leaf of each edition.
type Heading struct {
	Plan         ledger.PlanID `json:"plan"`
	Address      string        `json:"address"` // by which it is found: 2026
	Title        string        `json:"title"`
	Year         int           `json:"year"`
	Government   string        `json:"government"`
	Version      int           `json:"version"`
	VersionOn    calendar.Date `json:"version_on,omitzero"`
	Basis        string        `json:"basis,omitempty"` // the paper that publishes the version
	Outline      []Section     `json:"outline"`
	Documents    []Document    `json:"documents"`
	Shows        []Part        `json:"shows"`
	Withheld     int           `json:"withheld,omitempty"` // promises of the plan that are not public
	Introduction string        `json:"introduction,omitempty"`
	Contact      string        `json:"contact,omitempty"`
}

// Section is a heading of the plan's outline.
type Section struct {
	Number int    `json:"number"`
	Parent int    `json:"parent,omitempty"`
	Title  string `json:"title"`
}

// Document is a document that the plan was read from.
type Document struct {
	Title  string        `json:"title"`
	Name   string        `json:"name"` // of the file
	Date   calendar.Date `json:"date,omitzero"`
	Digest ledger.Digest `json:"digest"` // SHA-256 of the file
	Open   bool          `json:"open"`   // it can be downloaded
}

// Part is a part of what can be made public.
type Part string

// The parts. Corrections go with figures: who shows a figure shows how it was put right.
const (
	Units     Part = "units"
	Lights    Part = "lights"
	Figures   Part = "figures"
	History   Part = "history"
	Steps     Part = "steps"
	Reasons   Part = "reasons"
	Pictures  Part = "pictures" // of livelihood items, as far as each was marked
	Satisfied Part = "satisfaction"
	Data      Part = "data"
	Follow    Part = "follow"
	Feedback  Part = "feedback"
)

// Parts are all parts, in the order in which they are chosen.
func Parts() []Part {
	return []Part{Units, Lights, Figures, History, Steps, Reasons, Pictures, Satisfied, Data, Follow, Feedback}
}

// Edition is what the log says of an edition.
type Edition struct {
	Plan    ledger.PlanID `json:"plan"`
	Number  int64         `json:"number"`
	Leaves  int64         `json:"leaves"` // the heading and the promises
	Root    merkle.Hash   `json:"root"`   // of the tree over them, in the order of the promises' identifiers
	Added   int           `json:"added"`
	Changed int           `json:"changed"`
	Removed int           `json:"removed"`
}

// Tree is the tree over the leaves of an edition.
type Tree struct {
	hashing merkle.Hashing
	nodes   []merkle.Hash // as package merkle stores them
	edge    *merkle.Frontier
}

// NewTree is the tree over leaves.
func NewTree(hashing merkle.Hashing, leaves []merkle.Hash) *Tree {
	t := &Tree{hashing: hashing, edge: merkle.NewFrontier(hashing)}
	for _, leaf := range leaves {
		t.nodes = append(t.nodes, t.edge.Push(leaf)...)
	}
	return t
}

// Root is the hash of the whole.
func (t *Tree) Root() merkle.Hash { return t.edge.Root() }

// Size is the number of leaves.
func (t *Tree) Size() int64 { return t.edge.Size() }

var errNoNode = errors.New("the tree has no such node")

// Path leads from a leaf up to the root.
func (t *Tree) Path(leaf int64) ([]merkle.Hash, error) {
	return t.hashing.ProveInclusion(leaf, t.Size(), func(positions []int64) ([]merkle.Hash, error) {
		found := make([]merkle.Hash, len(positions))
		for i, p := range positions {
			if p < 0 || p >= int64(len(t.nodes)) {
				return nil, fmt.Errorf("node %d: %w", p, errNoNode)
			}
			found[i] = t.nodes[p]
		}
		return found, nil
	})
}
