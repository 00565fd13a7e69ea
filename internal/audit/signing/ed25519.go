package signing

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// publicOfEd25519 derives the text of the public key; note.NewSigner has checked the private one already.
func publicOfEd25519(private string) (string, error) {
	fields := strings.SplitN(strings.TrimPrefix(private, privatePrefix), "+", 3)
	if len(fields) != 3 {
		return "", errors.New("private key: not of the form PRIVATE+KEY+name+id+data")
	}
	data, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil || len(data) != 1+ed25519.SeedSize {
		return "", errors.New("private key: its data are not an Ed25519 seed")
	}
	public := ed25519.NewKeyFromSeed(data[1:])[ed25519.SeedSize:]
	return note.NewEd25519VerifierKey(fields[0], ed25519.PublicKey(public))
}
