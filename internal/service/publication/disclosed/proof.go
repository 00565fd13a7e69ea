package disclosed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"luoshi/internal/audit"
	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// EditionKind is the kind of object under which the log keeps editions.
const EditionKind = "editions"

// EditionProof shows that an edition stands in the log of a signed head.
type EditionProof struct {
	Edition Edition      `json:"edition"`
	Log     *audit.Proof `json:"log"`
}

// Proof shows that a record belongs to an edition, and that the edition stands in the log.
type Proof struct {
	Record string        `json:"record"` // in its one spelling; a string, so that no program on the way respells it
	Leaf   int64         `json:"leaf"`   // its place among the leaves
	Path   []merkle.Hash `json:"path"`   // from it to the root, nearest hash first
	EditionProof
}

// The errors of proofs that do not hold.
var (
	ErrNotLogged = errors.New("the log does not say that there is this edition")
	ErrNotPart   = errors.New("the record is no part of the edition")
)

// Verify checks that the log says what the edition says, and returns the head that covers it and the entry.
func (p *EditionProof) Verify(keys signing.Keyring) (signing.Head, audit.Entry, error) {
	if p.Log == nil {
		return signing.Head{}, audit.Entry{}, ErrNotLogged
	}
	head, entries, err := p.Log.Verify(keys)
	if err != nil {
		return signing.Head{}, audit.Entry{}, err
	}
	object := audit.Object{Kind: EditionKind, ID: EditionID(p.Edition)}
	if len(entries) != 1 || entries[0].Object != object {
		return head, audit.Entry{}, ErrNotLogged
	}
	said, err := editionOf(entries[0])
	if err != nil {
		return head, entries[0], err
	}
	if said != p.Edition {
		return head, entries[0], fmt.Errorf("edition %d: %w", p.Edition.Number, ErrNotLogged)
	}
	return head, entries[0], nil
}

// Verify checks the whole proof.
func (p *Proof) Verify(keys signing.Keyring) (signing.Head, audit.Entry, error) {
	head, entry, err := p.EditionProof.Verify(keys)
	if err != nil {
		return head, entry, err
	}
	hashing := keys[0].Suite().Hashing()
	if err := hashing.VerifyInclusion(p.Leaf, p.Edition.Leaves, hashing.Leaf([]byte(p.Record)), p.Edition.Root, p.Path); err != nil {
		return head, entry, fmt.Errorf("%w: %w", ErrNotPart, err)
	}
	return head, entry, nil
}

// VerifyRecords checks that records, the heading first, are all of the edition and nothing else.
func (e Edition) VerifyRecords(hashing merkle.Hashing, records [][]byte) error {
	edge := merkle.NewFrontier(hashing)
	for _, record := range records {
		edge.Push(hashing.Leaf(record))
	}
	if edge.Size() != e.Leaves || edge.Root() != e.Root {
		return fmt.Errorf("%d records: %w", len(records), ErrNotPart)
	}
	return nil
}

// EditionID is how the log names an edition.
func EditionID(e Edition) string { return fmt.Sprintf("%s/%d", e.Plan, e.Number) }

// editionOf is the edition that an entry of the log is about.
func editionOf(entry audit.Entry) (Edition, error) {
	var change struct {
		Fields map[string]struct {
			To json.RawMessage `json:"to"`
		} `json:"fields"`
	}
	if err := json.Unmarshal(entry.Change, &change); err != nil {
		return Edition{}, fmt.Errorf("reading entry %d: %w", entry.Sequence, err)
	}
	fields := map[string]json.RawMessage{}
	for name, field := range change.Fields {
		fields[name] = field.To
	}
	whole, err := json.Marshal(fields)
	if err != nil {
		return Edition{}, fmt.Errorf("reading entry %d: %w", entry.Sequence, err)
	}
	var said Edition
	decoder := json.NewDecoder(bytes.NewReader(whole))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&said); err != nil {
		return Edition{}, fmt.Errorf("reading entry %d: %w", entry.Sequence, err)
	}
	return said, nil
}
