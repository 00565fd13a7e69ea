// Package openidtest is an identity provider for tests: it lets anybody in whom a test names, and lies where a test
// tells it to.
package openidtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// Client and Secret are as whom the system under test is registered.
const (
	Client = "luoshi"
	Secret = "s3cret/with?signs"
)

// Provider is an identity provider.
type Provider struct {
	URL string
	// Now is the clock of the provider.
	Now func() time.Time
	// Who are the claims of whoever signs in next, besides those of every token.
	Who map[string]any
	// Change may change header and claims of the next token before it is signed; the token is sent as Sign makes it.
	Change func(header, claims map[string]any)
	// Sign replaces the signing of a token; nil for the provider's own.
	Sign func(header map[string]any, message string) []byte
	// Down lets it answer nothing.
	Down bool

	mu      sync.Mutex
	rsa     *rsa.PrivateKey
	ec      *ecdsa.PrivateKey
	pending map[string]url.Values // by code
}

// Start starts a provider until the test ends.
func Start(tb testing.TB) *Provider {
	tb.Helper()
	p := &Provider{Now: time.Now, pending: map[string]url.Values{}}
	var err error
	if p.rsa, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
		tb.Fatal(err)
	}
	if p.ec, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		tb.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.describe)
	mux.HandleFunc("GET /keys", p.keys)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.Down {
			http.Error(w, "down", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	tb.Cleanup(server.Close)
	p.URL = server.URL
	return p
}

func write(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

func (p *Provider) describe(w http.ResponseWriter, _ *http.Request) {
	write(w, map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
	})
}

func text(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (p *Provider) keys(w http.ResponseWriter, _ *http.Request) {
	point, err := p.ec.PublicKey.Bytes()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	write(w, map[string]any{"keys": []map[string]string{
		{"kty": "RSA", "kid": "r", "use": "sig", "n": text(p.rsa.N.Bytes()), "e": text(big.NewInt(int64(p.rsa.E)).Bytes())},
		{"kty": "EC", "kid": "e", "crv": "P-256", "x": text(point[1:33]), "y": text(point[33:])},
	}})
}

// authorize lets whoever comes in, and sends the browser back with a code.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	code := rand.Text()
	p.mu.Lock()
	p.pending[code] = query
	p.mu.Unlock()
	back := query.Get("redirect_uri") + "?" + url.Values{"code": {code}, "state": {query.Get("state")}}.Encode()
	http.Redirect(w, r, back, http.StatusFound)
}

// token gives a token for a code, once, to the client that asked for it and knows the verifier.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	code := r.PostFormValue("code")
	p.mu.Lock()
	asked, known := p.pending[code]
	delete(p.pending, code)
	p.mu.Unlock()
	user, password, _ := r.BasicAuth()
	challenge := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !known || user != Client || password != url.QueryEscape(Secret) || asked.Get("code_challenge") != text(challenge[:]) ||
		asked.Get("redirect_uri") != r.PostFormValue("redirect_uri") {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	header := map[string]any{"alg": "RS256", "kid": "r", "typ": "JWT"}
	claims := map[string]any{
		"iss": p.URL, "aud": Client, "sub": "17", "nonce": asked.Get("nonce"), "iat": p.Now().Unix(), "exp": p.Now().Add(5 * time.Minute).Unix(),
	}
	for name, value := range p.Who {
		claims[name] = value
	}
	if p.Change != nil {
		p.Change(header, claims)
	}
	write(w, map[string]any{"id_token": p.signed(header, claims), "access_token": "x", "token_type": "Bearer"})
}

func (p *Provider) signed(header, claims map[string]any) string {
	h, _ := json.Marshal(header) // texts and numbers
	c, _ := json.Marshal(claims)
	message := text(h) + "." + text(c)
	sign := p.Sign
	if sign == nil {
		sign = p.sign
	}
	return message + "." + text(sign(header, message))
}

func (p *Provider) sign(header map[string]any, message string) []byte {
	digest := sha256.Sum256([]byte(message))
	if header["alg"] == "ES256" {
		r, s, err := ecdsa.Sign(rand.Reader, p.ec, digest[:])
		if err != nil {
			panic(err) // a generated key signs
		}
		signature := make([]byte, 64)
		r.FillBytes(signature[:32])
		s.FillBytes(signature[32:])
		return signature
	}
	signature, err := rsa.SignPKCS1v15(rand.Reader, p.rsa, crypto.SHA256, digest[:])
	if err != nil {
		panic(err) // a generated key signs
	}
	return signature
}

// Modulus is what everybody knows of the provider's key of RSA.
func (p *Provider) Modulus() []byte { return p.rsa.N.Bytes() }
