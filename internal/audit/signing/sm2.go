package signing

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/emmansun/gmsm/sm2"
	"golang.org/x/mod/sumdb/note"

	"luoshi/internal/audit/merkle"
)

// sm2Algorithm begins the data of an SM2 key where note has one byte for the algorithm. 0xff says that a longer
// name follows, because signed notes have no number for SM2.
var sm2Algorithm = []byte("\xffsm2-sm3\n")

type sm2Signer struct {
	sm2Verifier
	key *sm2.PrivateKey
}

type sm2Verifier struct {
	name string
	id   uint32
	key  *ecdsa.PublicKey
}

func (v *sm2Verifier) Name() string    { return v.name }
func (v *sm2Verifier) KeyHash() uint32 { return v.id }

// Sign makes the signature of GB/T 32918 over the message with the standard's default user identity.
func (s *sm2Signer) Sign(message []byte) ([]byte, error) {
	return s.key.SignWithSM2(rand.Reader, nil, message)
}

func (v *sm2Verifier) Verify(message, signature []byte) bool {
	return sm2.VerifyASN1WithSM2(v.key, nil, message, signature)
}

func generateSM2(origin string) (*Key, error) {
	key, err := sm2.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("generate a key for %q: %w", origin, err)
	}
	private, err := key.ECDH()
	if err != nil {
		return nil, fmt.Errorf("generate a key for %q: %w", origin, err)
	}
	return sm2Key(origin, key, private.Bytes())
}

func sm2Key(origin string, key *sm2.PrivateKey, private []byte) (*Key, error) {
	public, err := sm2Public(origin, &key.PublicKey)
	if err != nil {
		return nil, err
	}
	verifier := public.verifier.(*sm2Verifier) //nolint:errcheck // sm2Public makes no other
	data := base64.StdEncoding.EncodeToString(append(bytes.Clone(sm2Algorithm), private...))
	return &Key{
		signer:  &sm2Signer{sm2Verifier: *verifier, key: key},
		private: fmt.Sprintf("%s%s+%08x+%s", privatePrefix, origin, verifier.id, data),
		public:  public,
	}, nil
}

func sm2Public(origin string, key *ecdsa.PublicKey) (*PublicKey, error) {
	if origin == "" || strings.ContainsFunc(origin, func(r rune) bool { return r <= ' ' || r == '+' }) {
		return nil, fmt.Errorf("the origin %q must be a name without spaces and plus signs", origin)
	}
	point, err := sm2.PublicKeyToECDH(key)
	if err != nil {
		return nil, fmt.Errorf("public key of %q: %w", origin, err)
	}
	data := append(bytes.Clone(sm2Algorithm), point.Bytes()...) // the uncompressed form
	digest := merkle.SM3.Sum(append([]byte(origin+"\n"), data...))
	id := binary.BigEndian.Uint32(digest[:4])
	return &PublicKey{
		suite:    SM3SM2,
		verifier: &sm2Verifier{name: origin, id: id, key: key},
		text:     fmt.Sprintf("%s+%08x+%s", origin, id, base64.StdEncoding.EncodeToString(data)),
	}, nil
}

// isSM2 tells the text of an SM2 key, without its prefix, from that of a key that note knows.
func isSM2(text string) bool {
	_, _, data, err := splitKey(text)
	return err == nil && bytes.HasPrefix(data, sm2Algorithm)
}

func splitKey(text string) (origin string, id uint32, data []byte, err error) {
	fields := strings.SplitN(text, "+", 3)
	if len(fields) != 3 {
		return "", 0, nil, errors.New("a key has the form name+id+data")
	}
	number, err := strconv.ParseUint(fields[1], 16, 32)
	if err != nil || len(fields[1]) != 8 {
		return "", 0, nil, fmt.Errorf("the key's id %.20q is not eight hexadecimal digits", fields[1])
	}
	if data, err = base64.StdEncoding.DecodeString(fields[2]); err != nil {
		return "", 0, nil, fmt.Errorf("the key's data: %w", err)
	}
	return fields[0], uint32(number), data, nil
}

func parseSM2Key(text string) (*Key, error) {
	origin, id, data, err := splitKey(strings.TrimPrefix(text, privatePrefix))
	if err != nil {
		return nil, fmt.Errorf("private key: %w", err)
	}
	private := data[len(sm2Algorithm):]
	parsed, err := sm2.ParseRawPrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("private key: %w", err)
	}
	key, err := sm2Key(origin, parsed, private)
	if err != nil {
		return nil, err
	}
	if key.signer.KeyHash() != id {
		return nil, errors.New("private key: its id does not belong to its data")
	}
	return key, nil
}

func parseSM2PublicKey(text string) (*PublicKey, error) {
	origin, id, data, err := splitKey(text)
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	point, err := sm2.NewPublicKey(data[len(sm2Algorithm):])
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	key, err := sm2Public(origin, point)
	if err != nil {
		return nil, err
	}
	if key.verifier.KeyHash() != id {
		return nil, errors.New("public key: its id does not belong to its data")
	}
	return key, nil
}

var (
	_ note.Signer   = (*sm2Signer)(nil)
	_ note.Verifier = (*sm2Verifier)(nil)
)
