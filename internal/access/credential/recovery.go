package credential

import (
	"io"
	"slices"
)

const (
	recoveryCodes = 10
	recoveryBytes = 10 // 80 bits: too many to try, so a plain digest is enough
)

// NewRecoveryCodes are codes for the day when the telephone is lost, each good for once: to be shown once,
// and their digests to be stored.
func NewRecoveryCodes(random io.Reader) (shown []Secret, stored []string, err error) {
	for range recoveryCodes {
		text, err := randomText(random, recoveryBytes)
		if err != nil {
			return nil, nil, err
		}
		shown = append(shown, Secret{grouped(text, 4)})
		stored = append(stored, digest(text))
	}
	return shown, stored, nil
}

// Redeem uses up a code. What is left is to be stored before anything is granted.
func Redeem(stored []string, typed string) (left []string, ok bool) {
	wanted, found := digest(asTyped(typed)), -1
	for i := range stored {
		if same(stored[i], wanted) {
			found = i
		}
	}
	if found < 0 {
		return stored, false
	}
	return slices.Delete(slices.Clone(stored), found, found+1), true
}
