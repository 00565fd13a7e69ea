// Package merkle is the tree of RFC 6962 over a growing list of records, with the hash function as a
// choice: SHA-256, where every hash and proof equals that of golang.org/x/mod/sumdb/tlog, or SM3.
//
// tlog fixes SHA-256 in its types, so the hashing is done here; the dense numbering of stored nodes, which
// knows nothing of hashes, is tlog's own.
package merkle

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"github.com/emmansun/gmsm/sm3"
)

// Size is the length in bytes of a hash; both functions have the same.
const Size = 32

// Hash is the hash of a record, of an inner node or of a whole tree.
type Hash [Size]byte

// String is the hash in standard base64.
func (h Hash) String() string { return base64.StdEncoding.EncodeToString(h[:]) }

// MarshalText writes the hash in standard base64.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what MarshalText writes, and no other spelling of it.
func (h *Hash) UnmarshalText(text []byte) error {
	parsed, err := ParseHash(string(text))
	if err != nil {
		return err
	}
	*h = parsed
	return nil
}

// ParseHash reads a hash in standard base64 and accepts no second spelling of the same bytes.
func ParseHash(text string) (Hash, error) {
	decoded, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return Hash{}, fmt.Errorf("hash %.60q: %w", text, err)
	}
	if len(decoded) != Size || len(text) != base64.StdEncoding.EncodedLen(Size) {
		return Hash{}, fmt.Errorf("hash %.60q is not %d bytes in base64", text, Size)
	}
	return Hash(decoded), nil
}

// Hashing is a hash function in the three uses a tree makes of it.
type Hashing struct {
	name string
	sum  func([]byte) Hash
}

// The hash functions a tree can be built with.
var (
	SHA256 = Hashing{name: "sha256", sum: func(data []byte) Hash { return sha256.Sum256(data) }}
	SM3    = Hashing{name: "sm3", sum: func(data []byte) Hash { return sm3.Sum(data) }}
)

// String is the name of the function: sha256 or sm3.
func (h Hashing) String() string { return h.name }

// Sum is the plain hash of the data, without the tree's prefixes.
func (h Hashing) Sum(data []byte) Hash { return h.sum(data) }

// Empty is the root of the tree without records.
func (h Hashing) Empty() Hash { return h.sum(nil) }

// The first byte keeps a record from being passed off as an inner node (RFC 6962, section 2.1).
const (
	leafPrefix = 0
	nodePrefix = 1
)

// Leaf is the hash of a record.
func (h Hashing) Leaf(record []byte) Hash {
	data := make([]byte, 0, 1+len(record))
	return h.sum(append(append(data, leafPrefix), record...))
}

// Node is the hash of an inner node.
func (h Hashing) Node(left, right Hash) Hash {
	var data [1 + 2*Size]byte
	data[0] = nodePrefix
	copy(data[1:], left[:])
	copy(data[1+Size:], right[:])
	return h.sum(data[:])
}
