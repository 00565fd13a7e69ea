package ledger

import (
	"encoding/hex"
	"strings"
)

// UnitID names a unit. All identifiers are UUIDs of version 7 in their usual text form, one Go type for
// each thing so that a unit cannot stand where a post is meant. They begin with the time of their
// making: rows made one after another lie beside each other in an index, and a list can be paged by
// identifier. As text they are the same in both databases, in files and in addresses of pages.
type UnitID string

// PostID names a post in a unit.
type PostID string

// AccountID names a person's account; of accounts themselves the ledger knows nothing.
type AccountID string

// PlanID names a plan.
type PlanID string

// CommitmentID names a commitment.
type CommitmentID string

// IndicatorID names an indicator of a plan.
type IndicatorID string

// ProjectID names a project.
type ProjectID string

// AmendmentID names an amendment.
type AmendmentID string

// NewUUID makes the text of a UUID of version 7 out of the time in milliseconds since 1970 and ten
// random bytes. Both come from the caller, because the ledger has neither clock nor chance.
func NewUUID(milliseconds int64, random [10]byte) string {
	var raw [16]byte
	for i := range 6 {
		raw[i] = byte(milliseconds >> (40 - 8*i))
	}
	copy(raw[6:], random[:])
	raw[6] = raw[6]&0x0f | 0x70
	raw[8] = raw[8]&0x3f | 0x80
	digits := hex.EncodeToString(raw[:])
	return strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}

// wellFormed tells whether an identifier is a UUID of version 7 as NewUUID writes it.
func wellFormed[ID ~string](id ID) bool {
	s := string(id)
	if len(s) != 36 || s[14] != '7' || !strings.ContainsRune("89ab", rune(s[19])) {
		return false
	}
	for i := range len(s) {
		hyphen := i == 8 || i == 13 || i == 18 || i == 23
		if hyphen != (s[i] == '-') || !hyphen && !lowerHex(s[i]) {
			return false
		}
	}
	return true
}

func lowerHex(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' }

// Digest is the digest of a document's bytes, 64 hexadecimal digits in lower case: SHA-256 or SM3.
type Digest string

// wellFormed tells whether the digest has the form of one.
func (d Digest) wellFormed() bool {
	if len(d) != 64 {
		return false
	}
	for i := range len(d) {
		if !lowerHex(d[i]) {
			return false
		}
	}
	return true
}
