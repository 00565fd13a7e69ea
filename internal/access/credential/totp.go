package credential

import (
	"crypto/hmac"
	"crypto/sha1" // RFC 6238's default, and the only one that every authenticator app knows
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash"
	"io"
	"net/url"
	"strings"
	"time"
)

const (
	codeDigits = 6
	codeStep   = 30 * time.Second
	// codeDrift is by how many steps a telephone's clock may be wrong.
	codeDrift = 1
)

// TOTP is what is stored of an account's one-time codes (RFC 6238).
type TOTP struct {
	Key Secret
	// Used is the step of the last code that was accepted: no code is accepted twice, nor an older one.
	Used int64
}

var appAlphabet = base32.StdEncoding.WithPadding(base32.NoPadding)

// NewTOTP draws a key of 160 bits.
func NewTOTP(random io.Reader) (TOTP, error) {
	key := make([]byte, sha1.Size)
	if _, err := io.ReadFull(random, key); err != nil {
		return TOTP{}, fmt.Errorf("draw key of one-time codes: %w", err)
	}
	return TOTP{Key: Secret{string(key)}}, nil
}

// URI is the key as apps read it from a QR code.
func (t TOTP) URI(issuer, account string) Secret {
	query := url.Values{"secret": {t.Typed().text}, "issuer": {issuer}}
	return Secret{"otpauth://totp/" + url.PathEscape(issuer+":"+account) + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")}
}

// Typed is the key as it is typed where a QR code cannot be read.
func (t TOTP) Typed() Secret { return Secret{appAlphabet.EncodeToString([]byte(t.Key.text))} }

// Verify tells whether a code is right now, give or take a step, and not used before. What it returns is to
// be stored before anything is granted.
func (t TOTP) Verify(typed string, now time.Time) (TOTP, bool) {
	typed = strings.ReplaceAll(strings.TrimSpace(typed), " ", "")
	step, found := now.Unix()/int64(codeStep/time.Second), int64(-1)
	for at := step - codeDrift; at <= step+codeDrift; at++ {
		if same(typed, code(sha1.New, []byte(t.Key.text), at, codeDigits)) && at > t.Used {
			found = at
		}
	}
	if found < 0 {
		return t, false
	}
	return TOTP{Key: t.Key, Used: found}, true
}

// code is RFC 4226's truncation of the keyed hash of a step.
func code(algorithm func() hash.Hash, key []byte, step int64, digits int) string {
	mac := hmac.New(algorithm, key)
	_ = binary.Write(mac, binary.BigEndian, step) // a hash takes every write
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0xf
	number := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	power := uint32(1)
	for range digits {
		power *= 10
	}
	return fmt.Sprintf("%0*d", digits, number%power)
}
