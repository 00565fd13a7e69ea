// Package openid lets an identity provider vouch for somebody: OpenID Connect's code flow with PKCE, state and nonce.
// It keeps nothing but the provider's own description and keys; what one sign-in needs travels in a Ticket that the
// browser holds.
package openid

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Settings say which provider, and as whom this system is registered there.
type Settings struct {
	// Issuer is the provider's address: its description stands beneath it.
	Issuer, ClientID, ClientSecret string
	// Redirect is the page of this system to which the provider sends the browser back.
	Redirect string
	// Client asks the provider; one with a time limit where it is nil.
	Client *http.Client
	// Now is the clock; time.Now where it is nil.
	Now func() time.Time
}

// ErrAway tells that the provider cannot be reached or does not describe itself as it should.
var ErrAway = errors.New("the identity provider cannot be reached")

// Provider is an identity provider. It is safe for concurrent use.
type Provider struct {
	settings Settings

	mu          sync.Mutex
	description description
	described   time.Time
	keys        keySet
	fetched     time.Time
}

const (
	patience = 10 * time.Second
	// goodFor is how long the provider's description is taken for true.
	goodFor = time.Hour
	// longestAnswer bounds what the provider may say at once, in bytes.
	longestAnswer = 1 << 20
	secretBytes   = 32
)

// New makes a provider of its settings. It is not asked before somebody signs in, so that this system starts without it.
func New(settings Settings) (*Provider, error) {
	issuer, err := url.Parse(settings.Issuer)
	if err != nil || issuer.Host == "" || issuer.Scheme != "https" && !loopback(issuer.Hostname()) {
		return nil, fmt.Errorf("openid: the issuer %q is no https address", settings.Issuer)
	}
	if settings.ClientID == "" || settings.Redirect == "" {
		return nil, errors.New("openid: the client's name or the address to come back to is missing")
	}
	if settings.Client == nil {
		settings.Client = &http.Client{Timeout: patience}
	}
	if settings.Now == nil {
		settings.Now = time.Now
	}
	return &Provider{settings: settings}, nil
}

func loopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// description is what a provider says of itself.
type description struct {
	Issuer        string   `json:"issuer"`
	Authorization string   `json:"authorization_endpoint"`
	Token         string   `json:"token_endpoint"`
	Keys          string   `json:"jwks_uri"`
	Methods       []string `json:"token_endpoint_auth_methods_supported"`
}

// Ticket is what one sign-in needs to come back to: the browser that began it holds it, and no other.
type Ticket struct {
	State    string `json:"s"`
	Nonce    string `json:"n"`
	Verifier string `json:"v"`
}

// Begin is where to send the browser, and the ticket with which it comes back.
func (p *Provider) Begin(ctx context.Context, random io.Reader) (address string, ticket Ticket, err error) {
	d, err := p.describe(ctx)
	if err != nil {
		return "", ticket, err
	}
	for _, secret := range []*string{&ticket.State, &ticket.Nonce, &ticket.Verifier} {
		raw := make([]byte, secretBytes)
		if _, err := io.ReadFull(random, raw); err != nil {
			return "", ticket, fmt.Errorf("draw random bytes: %w", err)
		}
		*secret = base64.RawURLEncoding.EncodeToString(raw)
	}
	challenge := sha256.Sum256([]byte(ticket.Verifier))
	u, err := url.Parse(d.Authorization)
	if err != nil {
		return "", ticket, fmt.Errorf("%w: its address of sign-in: %w", ErrAway, err)
	}
	query := u.Query()
	for key, value := range map[string]string{
		"response_type": "code", "scope": "openid profile", "client_id": p.settings.ClientID, "redirect_uri": p.settings.Redirect,
		"state": ticket.State, "nonce": ticket.Nonce, "code_challenge_method": "S256",
		"code_challenge": base64.RawURLEncoding.EncodeToString(challenge[:]),
	} {
		query.Set(key, value)
	}
	u.RawQuery = query.Encode()
	return u.String(), ticket, nil
}

// Finish exchanges the code with which the browser came back, and returns what the provider vouches for.
func (p *Provider) Finish(ctx context.Context, ticket Ticket, state, code string) (Claims, error) {
	if ticket.State == "" || !same(ticket.State, state) {
		return nil, errors.New("openid: the browser did not begin this sign-in")
	}
	if code == "" {
		return nil, errors.New("openid: the provider sent no code")
	}
	d, err := p.describe(ctx)
	if err != nil {
		return nil, err
	}
	token, err := p.exchange(ctx, d, code, ticket.Verifier)
	if err != nil {
		return nil, err
	}
	return p.verify(ctx, d, token, ticket.Nonce)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// describe is the provider's description, asked for from time to time.
func (p *Provider) describe(ctx context.Context) (description, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := p.settings.Now(); !p.described.IsZero() && now.Sub(p.described) < goodFor {
		return p.description, nil
	}
	var d description
	if err := p.get(ctx, strings.TrimSuffix(p.settings.Issuer, "/")+"/.well-known/openid-configuration", &d); err != nil {
		return d, err
	}
	if d.Issuer != p.settings.Issuer {
		return d, fmt.Errorf("%w: it calls itself %q and not %q", ErrAway, d.Issuer, p.settings.Issuer)
	}
	if d.Authorization == "" || d.Token == "" || d.Keys == "" {
		return d, fmt.Errorf("%w: its description lacks an address", ErrAway)
	}
	p.description, p.described = d, p.settings.Now()
	return d, nil
}

func (p *Provider) get(ctx context.Context, address string, into any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return p.ask(request, into)
}

// ask sends a request and reads the JSON of its answer.
func (p *Provider) ask(request *http.Request, into any) error {
	answer, err := p.settings.Client.Do(request)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	if answer.StatusCode >= http.StatusInternalServerError {
		return fmt.Errorf("%w: it answers %s", ErrAway, answer.Status)
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("openid: the provider answers %s", answer.Status)
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("openid: read the provider's answer: %w", err)
	}
	return nil
}

// exchange gives the code for the token that vouches for somebody.
func (p *Provider) exchange(ctx context.Context, d description, code, verifier string) (string, error) {
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.settings.Redirect}, "code_verifier": {verifier},
		"client_id": {p.settings.ClientID},
	}
	inForm := len(d.Methods) > 0 && !slices.Contains(d.Methods, "client_secret_basic")
	if inForm && p.settings.ClientSecret != "" {
		form.Set("client_secret", p.settings.ClientSecret)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Token, strings.NewReader(form.Encode()))
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrAway, err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if !inForm && p.settings.ClientSecret != "" {
		request.SetBasicAuth(url.QueryEscape(p.settings.ClientID), url.QueryEscape(p.settings.ClientSecret))
	}
	var answer struct {
		Token string `json:"id_token"`
	}
	if err := p.ask(request, &answer); err != nil {
		return "", fmt.Errorf("exchange the code: %w", err)
	}
	if answer.Token == "" {
		return "", errors.New("openid: the provider sent no id token")
	}
	return answer.Token, nil
}
