package credential

import (
	"errors"
	"io"
	"regexp"
	"slices"
	"time"
)

// Token is what is stored of an API token.
type Token struct {
	// ID finds the token; it is part of what is presented and no secret.
	ID     string
	Digest string
	// Scopes are the actions for which it may be used.
	Scopes  []string
	Created time.Time
	// Expires is when it stops working; every token has an end.
	Expires time.Time
	// Revoked is when it was taken back; zero where it was not.
	Revoked time.Time
}

const (
	tokenIDBytes = 5
	tokenBytes   = 32
	longestLife  = 366 * 24 * time.Hour
)

// tokenForm begins with a word by which tools find tokens that leaked: luoshi_ID_SECRET.
var tokenForm = regexp.MustCompile(`^luoshi_([0-9a-hjkmnp-tv-z]{8})_([0-9a-hjkmnp-tv-z]{52})$`)

// What is wrong with a token. Clients learn only that it is not accepted; the log says which.
var (
	ErrNoToken      = errors.New("not a token of this system")
	ErrWrongToken   = errors.New("token with a wrong secret")
	ErrExpiredToken = errors.New("token has expired")
	ErrRevokedToken = errors.New("token was revoked")
	ErrTokenTerms   = errors.New("a token has scopes, and an end within a year")
)

// NewToken draws a token of 256 bits: to be shown once, and what is to be stored.
func NewToken(random io.Reader, scopes []string, now, expires time.Time) (Secret, Token, error) {
	if len(scopes) == 0 || !expires.After(now) || expires.Sub(now) > longestLife {
		return Secret{}, Token{}, ErrTokenTerms
	}
	id, err := randomText(random, tokenIDBytes)
	if err != nil {
		return Secret{}, Token{}, err
	}
	secret, err := randomText(random, tokenBytes)
	if err != nil {
		return Secret{}, Token{}, err
	}
	stored := Token{ID: id, Digest: digest(secret), Scopes: slices.Clone(scopes), Created: now, Expires: expires}
	return Secret{"luoshi_" + id + "_" + secret}, stored, nil
}

// TokenID is the part of a presented token by which the stored one is found.
func TokenID(presented Secret) (string, error) {
	f := tokenForm.FindStringSubmatch(presented.text)
	if f == nil {
		return "", ErrNoToken
	}
	return f[1], nil
}

// Verify tells what is wrong with a presented token; nil where nothing is.
func (t Token) Verify(presented Secret, now time.Time) error {
	f := tokenForm.FindStringSubmatch(presented.text)
	switch {
	case f == nil:
		return ErrNoToken
	case f[1] != t.ID || !same(digest(f[2]), t.Digest):
		return ErrWrongToken
	case !t.Revoked.IsZero():
		return ErrRevokedToken
	case !now.Before(t.Expires):
		return ErrExpiredToken
	}
	return nil
}
