package signing

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Key signs heads. Its text form is secret: whoever has it can sign another history.
type Key struct {
	signer  note.Signer
	private string // PRIVATE+KEY+name+id+data
	public  *PublicKey
}

// PublicKey checks heads. Its text form is name+id+data, for anyone to keep.
type PublicKey struct {
	suite    Suite
	verifier note.Verifier
	text     string
}

const privatePrefix = "PRIVATE+KEY+"

// GenerateKey makes a key of the suite. The origin names the log, such as "luoshi.example.gov.cn/audit"; it has
// neither spaces nor plus signs and is part of every head.
func GenerateKey(suite Suite, origin string) (*Key, error) {
	if suite == SM3SM2 {
		return generateSM2(origin)
	}
	private, _, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, fmt.Errorf("generate a key for %q: %w", origin, err)
	}
	return ParseKey(private)
}

// ParseKey reads the text form of a key.
func ParseKey(text string) (*Key, error) {
	text = strings.TrimSpace(text)
	if isSM2(strings.TrimPrefix(text, privatePrefix)) {
		return parseSM2Key(text)
	}
	signer, err := note.NewSigner(text)
	if err != nil {
		return nil, fmt.Errorf("private key: %w", err)
	}
	verifier, err := publicOfEd25519(text)
	if err != nil {
		return nil, err
	}
	public, err := ParsePublicKey(verifier)
	if err != nil {
		return nil, err
	}
	return &Key{signer: signer, private: text, public: public}, nil
}

// ParsePublicKey reads the text form of a public key.
func ParsePublicKey(text string) (*PublicKey, error) {
	text = strings.TrimSpace(text)
	if isSM2(text) {
		return parseSM2PublicKey(text)
	}
	verifier, err := note.NewVerifier(text)
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	return &PublicKey{suite: SHA256Ed25519, verifier: verifier, text: text}, nil
}

// Public is the key that checks what this one signs.
func (k *Key) Public() *PublicKey { return k.public }

// Suite is what the key belongs to.
func (p *PublicKey) Suite() Suite { return p.suite }

// Origin is the name of the log whose heads the key checks.
func (p *PublicKey) Origin() string { return p.verifier.Name() }

// String is the text form of the key.
func (p *PublicKey) String() string { return p.text }

// ErrExposed is the error of a key file that others than its owner may read.
var ErrExposed = errors.New("the key file may be read by others than its owner; set its mode to 0600")

// Save writes the key to a new file that only its owner may read; an existing file is left alone and is an error.
func (k *Key) Save(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("save the signing key: %w", err)
	}
	_, err = file.WriteString(k.private + "\n")
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("save the signing key: %w", err)
	}
	return nil
}

// LoadKey reads a key that Save wrote and refuses one that others may read with ErrExposed.
func LoadKey(path string) (*Key, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("load the signing key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("load the signing key %s: %w", path, ErrExposed)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("load the signing key: %w", err)
	}
	key, err := ParseKey(string(text))
	if err != nil {
		return nil, fmt.Errorf("load the signing key %s: %w", path, err)
	}
	return key, nil
}

// LoadOrGenerate loads the key at the path or, where there is none yet, makes one and saves it there.
func LoadOrGenerate(path string, suite Suite, origin string) (*Key, error) {
	key, err := LoadKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, err
	}
	if key, err = GenerateKey(suite, origin); err != nil {
		return nil, err
	}
	return key, key.Save(path)
}
