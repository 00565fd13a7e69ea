package credential

import (
	"io"
	"time"
)

const sessionBytes = 32

// NewSession draws the id of a session, 256 bits: for the cookie, and its digest for the store, so that who
// reads the store cannot take over a session.
func NewSession(random io.Reader) (id Secret, stored string, err error) {
	text, err := randomText(random, sessionBytes)
	if err != nil {
		return Secret{}, "", err
	}
	return Secret{text}, StoredSession(Secret{text}), nil
}

// StoredSession is the digest under which a session is stored.
func StoredSession(id Secret) string { return digest(id.text) }

// SessionTerms say when a session ends by itself.
type SessionTerms struct{ Idle, Longest time.Duration }

// DefaultSessionTerms suit an office: a lunch break ends a session, and so does the working day.
var DefaultSessionTerms = SessionTerms{Idle: 30 * time.Minute, Longest: 12 * time.Hour}

// Ended tells whether a session that was begun and last seen at these times has ended.
func (t SessionTerms) Ended(begun, seen, now time.Time) bool {
	return now.Sub(seen) >= t.Idle || now.Sub(begun) >= t.Longest
}
