// Package signing makes and checks the signed heads of a log: who says that a tree of this size had this root at
// this time. Heads are signed notes (golang.org/x/mod/sumdb/note) whose text is a checkpoint as transparency
// logs publish it.
//
// A suite names the hash function of the tree together with the signature: SHA-256 with Ed25519, or the
// commercial cryptography of GB/T 32905 and GB/T 32918, SM3 with SM2.
package signing

import (
	"fmt"

	"luoshi/internal/audit/merkle"
)

// Suite is the choice of a hash function and a signature. It is made once, before the first entry.
type Suite string

// The suites.
const (
	SHA256Ed25519 Suite = "sha256-ed25519"
	SM3SM2        Suite = "sm3-sm2"
)

// Suites are all suites, the default first.
var Suites = []Suite{SHA256Ed25519, SM3SM2}

// ParseSuite reads the name of a suite; the empty name is the default.
func ParseSuite(name string) (Suite, error) {
	if name == "" {
		return Suites[0], nil
	}
	for _, suite := range Suites {
		if string(suite) == name {
			return suite, nil
		}
	}
	return "", fmt.Errorf("suite %.40q is none of %v", name, Suites)
}

// Hashing is the hash function of the suite's tree.
func (s Suite) Hashing() merkle.Hashing {
	if s == SM3SM2 {
		return merkle.SM3
	}
	return merkle.SHA256
}
