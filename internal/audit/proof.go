package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// Proof shows that entries about an object are in the log that a signed head is of. Its JSON stands by itself:
// whoever has the public key can check it, now or in years, without the server.
//
// It shows that these entries are in the log as they are written here. That there are no others about the
// object only the whole log shows.
type Proof struct {
	Object  Object        `json:"object"`
	Head    string        `json:"head"` // a signed note
	Entries []ProvedEntry `json:"entries"`
	Pending []int64       `json:"pending"` // sequence numbers of entries that no head covers yet
}

// ProvedEntry is an entry with its path to the root of the head.
type ProvedEntry struct {
	Entry string        `json:"entry"` // its encoding; a string, so that no program on the way respells it
	Path  []merkle.Hash `json:"path"`  // nearest hash first, in base64
}

// ErrNoHead is the error of proving something while no head is signed.
var ErrNoHead = errors.New("the audit log has no signed head yet")

// Prove makes the inclusion proof of the entries about an object that come after a sequence number, at most limit
// of them. Entries after the last signed head are only named; sign a head to prove them.
//
// The database is to be a transaction that sees one moment, as for Verify.
func Prove(ctx context.Context, db bun.IDB, object Object, after int64, limit int) (*Proof, error) {
	proof, err := prove(ctx, db, object, after, limit)
	if err != nil {
		return nil, fmt.Errorf("prove the history of %s %s: %w", object.Kind, object.ID, err)
	}
	return proof, nil
}

func prove(ctx context.Context, db bun.IDB, object Object, after int64, limit int) (*Proof, error) {
	found, err := state(ctx, db)
	if err != nil {
		return nil, err
	}
	suite, err := signing.ParseSuite(found.suite)
	if err != nil {
		return nil, err
	}
	last, err := headsAfter(ctx, db, "number DESC", 0, 1)
	if err != nil {
		return nil, err
	}
	if len(last) == 0 {
		return nil, ErrNoHead
	}
	history, err := History(ctx, db, object, after, limit)
	if err != nil {
		return nil, err
	}
	proof := &Proof{Object: object, Head: last[0].Note, Entries: []ProvedEntry{}, Pending: []int64{}}
	for _, entry := range history {
		if entry.Sequence > last[0].Size {
			proof.Pending = append(proof.Pending, entry.Sequence)
			continue
		}
		encoded, err := entry.Encode()
		if err != nil {
			return nil, err
		}
		path, err := suite.Hashing().ProveInclusion(entry.Sequence-1, last[0].Size, nodeReader(ctx, db))
		if err != nil {
			return nil, err
		}
		proof.Entries = append(proof.Entries, ProvedEntry{Entry: string(encoded), Path: path})
	}
	return proof, nil
}

// Verify checks the proof with the public keys of the log and returns the head and the entries that are proved. An
// error says which part does not hold.
func (p *Proof) Verify(keys signing.Keyring) (signing.Head, []Entry, error) {
	head, err := keys.Open(p.Head)
	if err != nil {
		return signing.Head{}, nil, fmt.Errorf("verify a proof: %w", err)
	}
	hashing := keys[0].Suite().Hashing()
	var entries []Entry
	for i, proved := range p.Entries {
		entry, err := DecodeEntry([]byte(proved.Entry))
		if err != nil {
			return signing.Head{}, nil, fmt.Errorf("verify a proof: %w", err)
		}
		if entry.Object != p.Object || (i > 0 && entry.Sequence <= entries[i-1].Sequence) {
			return signing.Head{}, nil, fmt.Errorf("verify a proof: entry %d is out of place in it", entry.Sequence)
		}
		if err := hashing.VerifyInclusion(entry.Sequence-1, head.Size, hashing.Leaf([]byte(proved.Entry)), head.Root, proved.Path); err != nil {
			return signing.Head{}, nil, fmt.Errorf("verify a proof: entry %d: %w", entry.Sequence, err)
		}
		entries = append(entries, entry)
	}
	return head, entries, nil
}

// maxProof bounds the JSON of a proof that is read from outside.
const maxProof = 64 << 20

// ParseProof reads the JSON of a proof.
func ParseProof(data []byte) (*Proof, error) {
	if len(data) > maxProof {
		return nil, fmt.Errorf("a proof of %d bytes: at most %d", len(data), maxProof)
	}
	var proof Proof
	if err := json.Unmarshal(data, &proof); err != nil {
		return nil, fmt.Errorf("read a proof: %w", err)
	}
	return &proof, nil
}
