// Package credential proves who somebody is: passwords, one-time codes, recovery codes, API tokens and
// session ids, and the delays that failed attempts earn. It keeps nothing: times and randomness are passed
// in, and what must be stored is returned. Secrets do not print.
package credential

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

// readable is Crockford's alphabet in small letters: no i, l, o or u to mistake.
var readable = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// randomText is so many random bytes in letters and digits.
func randomText(random io.Reader, bytes int) (string, error) {
	raw := make([]byte, bytes)
	if _, err := io.ReadFull(random, raw); err != nil {
		return "", fmt.Errorf("draw random bytes: %w", err)
	}
	return readable.EncodeToString(raw), nil
}

// digest is how secrets of full entropy are stored. Passwords are not: see Hasher.
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// same compares without telling by its time how much agrees.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// grouped sets hyphens between groups, so that a code can be read aloud.
func grouped(code string, size int) string {
	var b strings.Builder
	for i, r := range code {
		if i > 0 && i%size == 0 {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// asTyped undoes what people do to codes: capitals, spaces, hyphens, and letters that look like digits.
func asTyped(code string) string {
	return strings.NewReplacer("-", "", " ", "", "o", "0", "i", "1", "l", "1").Replace(strings.ToLower(strings.TrimSpace(code)))
}
