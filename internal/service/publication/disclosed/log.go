package disclosed

import (
	"errors"
	"fmt"
	"slices"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// Log is what the public can see of the log itself: its signed heads, each with the proof that it continues the one
// before.
type Log struct {
	Origin string        `json:"origin"`
	Suite  signing.Suite `json:"suite"`
	Key    string        `json:"key"`   // public
	Heads  []SignedHead  `json:"heads"` // the oldest first
}

// SignedHead is a signed head with the way to it from the one before.
type SignedHead struct {
	Note string        `json:"note"`
	Path []merkle.Hash `json:"path"` // from the head before it in the list; empty for the first
}

// The errors of logs that do not hold.
var (
	ErrNoHeads   = errors.New("no head is signed")
	ErrUnordered = errors.New("the heads are not in their order")
	ErrForked    = errors.New("the log does not continue a head that was kept elsewhere")
	ErrUnknown   = errors.New("the head is not among those that are shown")
)

// Verify checks the signatures of all heads and that each continues the one before. It returns the last one.
func (l *Log) Verify(keys signing.Keyring) (signing.Head, error) {
	var last signing.Head
	if len(l.Heads) == 0 {
		return last, ErrNoHeads
	}
	hashing := keys[0].Suite().Hashing()
	for i, h := range l.Heads {
		head, err := keys.Open(h.Note)
		if err != nil {
			return last, err
		}
		if i > 0 {
			if head.Number <= last.Number || head.Size < last.Size {
				return last, fmt.Errorf("head %d: %w", head.Number, ErrUnordered)
			}
			if err := hashing.VerifyConsistency(last.Size, head.Size, last.Root, head.Root, h.Path); err != nil {
				return last, fmt.Errorf("head %d: %w", head.Number, err)
			}
		}
		last = head
	}
	return last, nil
}

// Knows checks a signed head that was kept elsewhere against the list: it has to stand in it as it is.
func (l *Log) Knows(keys signing.Keyring, note string) (signing.Head, error) {
	kept, err := keys.Open(note)
	if err != nil {
		return kept, err
	}
	if slices.ContainsFunc(l.Heads, func(h SignedHead) bool { return h.Note == note }) {
		return kept, nil
	}
	for _, h := range l.Heads {
		if head, err := keys.Open(h.Note); err == nil && (head.Number == kept.Number || head.Size == kept.Size) && head.Root != kept.Root {
			return kept, fmt.Errorf("head %d: %w", kept.Number, ErrForked)
		}
	}
	return kept, fmt.Errorf("head %d: %w", kept.Number, ErrUnknown)
}

// Site is what a public site has, for whoever checks it or takes its data.
type Site struct {
	Plans []SitePlan `json:"plans"`
}

// SitePlan is a plan of a public site, with where its files are, relative to the site.
type SitePlan struct {
	Address string `json:"address"`
	Title   string `json:"title"`
	Year    int    `json:"year"`
	Edition int64  `json:"edition"`
	Proof   string `json:"proof"`   // edition.json
	Records string `json:"records"` // records.jsonl
}
