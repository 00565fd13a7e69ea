// Package credentialtest stands in for an app for one-time codes in tests. It computes the codes by itself, so that a
// mistake of package credential is not repeated here.
package credentialtest

import (
	"crypto/hmac"
	"crypto/sha1" // RFC 6238's default
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"testing"
	"time"

	"luoshi/internal/access/credential"
)

// Code is what an app shows at a time that was told the key by typing.
func Code(tb testing.TB, typed credential.Secret, now time.Time) string {
	tb.Helper()
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(typed.Reveal())
	if err != nil {
		tb.Fatal(err)
	}
	mac := hmac.New(sha1.New, key)
	_ = binary.Write(mac, binary.BigEndian, now.Unix()/30) // a hash takes every write
	sum := mac.Sum(nil)
	number := binary.BigEndian.Uint32(sum[sum[19]&0xf:]) & 0x7fffffff
	return fmt.Sprintf("%06d", number%1000000)
}
