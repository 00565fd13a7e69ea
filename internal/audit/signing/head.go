package signing

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"luoshi/internal/audit/merkle"
)

// Head is what is signed: at a time, the log of the origin had the size and the root. Heads are numbered from 1,
// and each names the digest of the one before, so that none can be taken out from between two others.
//
// Its text has six lines:
//
//	luoshi.example.gov.cn/audit
//	1024
//	<root in base64>
//	number 7
//	time 2026-03-01T02:00:00Z
//	previous <digest of the signed head before, in base64; of nothing for the first>
type Head struct {
	Origin   string
	Size     int64
	Root     merkle.Hash
	Number   int64
	Time     time.Time // UTC, whole seconds
	Previous merkle.Hash
}

// maxNote is more than a head with its signature ever needs.
const maxNote = 4 << 10

func (h Head) text() string {
	return fmt.Sprintf("%s\n%d\n%v\nnumber %d\ntime %s\nprevious %v\n",
		h.Origin, h.Size, h.Root, h.Number, h.Time.UTC().Format(time.RFC3339), h.Previous)
}

// Digest is how the next head names a signed one.
func Digest(suite Suite, signed string) merkle.Hash { return suite.Hashing().Sum([]byte(signed)) }

// Sign returns the head as a signed note. The head's origin is the key's.
func (k *Key) Sign(h Head) (string, error) {
	h.Origin = k.public.Origin()
	signed, err := note.Sign(&note.Note{Text: h.text()}, k.signer)
	if err != nil {
		return "", fmt.Errorf("sign head %d: %w", h.Number, err)
	}
	return string(signed), nil
}

// Keyring holds the public keys of one log: the present one and those before it.
type Keyring []*PublicKey

// ErrSignature is the error of a head that none of the keys has signed.
var ErrSignature = errors.New("no known key has signed this head")

// Open checks a signed head and returns what it says. A signature by none of the keys is ErrSignature.
func (r Keyring) Open(signed string) (Head, error) {
	if len(signed) > maxNote {
		return Head{}, fmt.Errorf("a signed head of %d bytes: at most %d", len(signed), maxNote)
	}
	verifiers := make([]note.Verifier, len(r))
	for i, key := range r {
		verifiers[i] = key.verifier
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(verifiers...))
	if err != nil {
		return Head{}, fmt.Errorf("%w (%w)", ErrSignature, err)
	}
	if len(opened.Sigs) != 1 || len(opened.UnverifiedSigs) != 0 {
		return Head{}, errors.New("a head has one signature")
	}
	if _, err := base64.StdEncoding.Strict().DecodeString(opened.Sigs[0].Base64); err != nil {
		return Head{}, fmt.Errorf("the signature has a second spelling: %w", err)
	}
	head, err := parseHead(opened.Text)
	if err == nil && head.Origin != opened.Sigs[0].Name {
		return Head{}, fmt.Errorf("a head of %s signed in the name of %s", head.Origin, opened.Sigs[0].Name)
	}
	return head, err
}

// parseHead reads the text of a head and accepts only the spelling that text writes.
func parseHead(text string) (Head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 7 {
		return Head{}, fmt.Errorf("a head has six lines, not %d", len(lines)-1)
	}
	head := Head{Origin: lines[0]}
	var errs [5]error
	head.Size, errs[0] = strconv.ParseInt(lines[1], 10, 64)
	head.Root, errs[1] = merkle.ParseHash(lines[2])
	head.Number, errs[2] = strconv.ParseInt(strings.TrimPrefix(lines[3], "number "), 10, 64)
	head.Time, errs[3] = time.Parse(time.RFC3339, strings.TrimPrefix(lines[4], "time "))
	head.Previous, errs[4] = merkle.ParseHash(strings.TrimPrefix(lines[5], "previous "))
	if err := errors.Join(errs[:]...); err != nil {
		return Head{}, fmt.Errorf("read a head: %w", err)
	}
	if head.text() != text || head.Size < 0 || head.Number < 1 {
		return Head{}, errors.New("read a head: it is not in the form heads have")
	}
	return head, nil
}
