package openid

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// keySet is the keys that a provider signs with.
type keySet struct {
	Keys []jsonKey `json:"keys"`
}

// jsonKey is a key as RFC 7517 writes it.
type jsonKey struct {
	Kind      string `json:"kty"`
	ID        string `json:"kid"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	Modulus   string `json:"n"`
	Exponent  string `json:"e"`
	Curve     string `json:"crv"`
	X         string `json:"x"`
	Y         string `json:"y"`
}

const (
	// askAgain is how long the provider is not asked again for a key that it does not have.
	askAgain = time.Minute
	// fewestBits is below what a key of RSA is not taken for one.
	fewestBits = 2048
)

// key is the key that a token says it is signed with. The provider may have taken a new one since it was last asked.
func (p *Provider) key(ctx context.Context, d description, h header) (publicKey, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.settings.Now()
	if key, found := p.keys.find(h); found && now.Sub(p.fetched) < goodFor {
		return key.public()
	}
	if !p.fetched.IsZero() && now.Sub(p.fetched) < askAgain {
		return nil, fmt.Errorf("openid: the provider has no key %q", h.Key)
	}
	var keys keySet
	if err := p.get(ctx, d.Keys, &keys); err != nil {
		return nil, err
	}
	p.keys, p.fetched = keys, now
	key, found := keys.find(h)
	if !found {
		return nil, fmt.Errorf("openid: the provider has no key %q", h.Key)
	}
	return key.public()
}

// kindOf is the kind of key of each algorithm that is accepted. None of them takes a secret that others share.
var kindOf = map[string]string{"RS256": "RSA", "ES256": "EC"}

// find is the key of a token: of its name, and of the kind that its algorithm needs.
func (s keySet) find(h header) (jsonKey, bool) {
	for _, k := range s.Keys {
		if k.ID == h.Key && k.Kind != "" && k.Kind == kindOf[h.Algorithm] && (k.Use == "" || k.Use == "sig") &&
			(k.Algorithm == "" || k.Algorithm == h.Algorithm) {
			return k, true
		}
	}
	return jsonKey{}, false
}

// publicKey verifies signatures.
type publicKey interface {
	verify(algorithm string, message, signature []byte) error
}

func (k jsonKey) public() (publicKey, error) {
	switch k.Kind {
	case "RSA":
		modulus, exponent, err := numbers(k.Modulus, k.Exponent)
		if err != nil || modulus.BitLen() < fewestBits || !exponent.IsInt64() || exponent.Int64() < 3 || exponent.Int64() > 1<<31-1 {
			return nil, fmt.Errorf("openid: the key %q is no good key of RSA", k.ID)
		}
		return rsaKey{&rsa.PublicKey{N: modulus, E: int(exponent.Int64())}}, nil
	case "EC":
		return k.curve()
	}
	return nil, fmt.Errorf("openid: the key %q is of the unknown kind %q", k.ID, k.Kind)
}

func (k jsonKey) curve() (publicKey, error) {
	x, errX := base64.RawURLEncoding.DecodeString(k.X)
	y, errY := base64.RawURLEncoding.DecodeString(k.Y)
	const coordinate = 32
	if k.Curve != "P-256" || errors.Join(errX, errY) != nil || len(x) != coordinate || len(y) != coordinate {
		return nil, fmt.Errorf("openid: the key %q is no key of P-256", k.ID)
	}
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append(append([]byte{4}, x...), y...))
	if err != nil {
		return nil, fmt.Errorf("openid: the key %q: %w", k.ID, err)
	}
	return ecKey{key}, nil
}

func numbers(a, b string) (*big.Int, *big.Int, error) {
	x, errA := base64.RawURLEncoding.DecodeString(a)
	y, errB := base64.RawURLEncoding.DecodeString(b)
	return new(big.Int).SetBytes(x), new(big.Int).SetBytes(y), errors.Join(errA, errB)
}

type rsaKey struct{ *rsa.PublicKey }

func (k rsaKey) verify(algorithm string, message, signature []byte) error {
	digest := sha256.Sum256(message)
	if algorithm != "RS256" || rsa.VerifyPKCS1v15(k.PublicKey, crypto.SHA256, digest[:], signature) != nil {
		return errUnsigned
	}
	return nil
}

type ecKey struct{ *ecdsa.PublicKey }

func (k ecKey) verify(algorithm string, message, signature []byte) error {
	digest := sha256.Sum256(message)
	const half = 32
	if algorithm != "ES256" || len(signature) != 2*half {
		return errUnsigned
	}
	r, s := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
	if !ecdsa.Verify(k.PublicKey, digest[:], r, s) {
		return errUnsigned
	}
	return nil
}

var errUnsigned = errors.New("openid: the provider has not signed the id token")
