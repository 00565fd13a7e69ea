package transfer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"luoshi/internal/store/parts"
)

// PartOf is a part as a manifest lists it.
func PartOf(name, text string) parts.Part {
	sum := sha256.Sum256([]byte(text))
	return parts.Part{Name: name, Size: int64(len(text)), SHA256: hex.EncodeToString(sum[:])}
}

// Read is a parcel out of the bytes of a file.
func Read(data []byte, limits Limits) (*Parcel, error) {
	return read(bytes.NewReader(data), int64(len(data)), limits)
}

// Usual are the limits where nothing else is said.
var Usual = usual

// Stays tells whether a table stays at its server, and Carried whether it makes a plan.
var Stays = stays

// Carried tells whether a table makes a plan.
func Carried(name string) bool {
	for _, k := range kinds {
		for _, t := range k.tables {
			if t.name == name {
				return true
			}
		}
	}
	return false
}
