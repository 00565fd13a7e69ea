// Package openid lets an identity provider vouch for somebody: OpenID Connect's code flow with PKCE, state and nonce.
// It keeps nothing but the provider's own description and keys; what one sign-in needs travels in a Ticket that the
// browser holds.
package openid

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
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

	mu        sync.Mutex
	known     *described
	knownFrom time.Time
}

const (
	patience = 10 * time.Second
	// goodFor is how long the provider's description is taken for true.
	goodFor     = time.Hour
	secretBytes = 32
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
	settings.Client = bounded(settings.Client)
	if settings.Now == nil {
		settings.Now = time.Now
	}
	return &Provider{settings: settings}, nil
}

func loopback(host string) bool { return host == "localhost" || host == "127.0.0.1" || host == "::1" }

// described is what a provider says of itself, and what follows from it.
type described struct {
	oauth2   oauth2.Config
	verifier *oidc.IDTokenVerifier
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
	address = d.oauth2.AuthCodeURL(ticket.State, oidc.Nonce(ticket.Nonce), oauth2.S256ChallengeOption(ticket.Verifier))
	return address, ticket, nil
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
	answer, err := d.oauth2.Exchange(p.asking(ctx), code, oauth2.VerifierOption(ticket.Verifier))
	if err != nil {
		return nil, fmt.Errorf("openid: exchange the code: %w", err)
	}
	token, sent := answer.Extra("id_token").(string)
	if !sent {
		return nil, errors.New("openid: the provider sent no id token")
	}
	return p.verify(ctx, d, token, ticket.Nonce)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// asking is a context in which the provider is asked by the client of the settings.
func (p *Provider) asking(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.settings.Client)
}

// describe is the provider's description, asked for from time to time.
func (p *Provider) describe(ctx context.Context) (*described, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.settings.Now()
	if p.known != nil && now.Sub(p.knownFrom) < goodFor {
		return p.known, nil
	}
	found, err := oidc.NewProvider(p.asking(ctx), p.settings.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	d, err := p.prepare(found)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrAway, err)
	}
	p.known, p.knownFrom = d, now
	return d, nil
}

// prepare makes of a description what a sign-in needs.
func (p *Provider) prepare(found *oidc.Provider) (*described, error) {
	var said struct {
		Keys    string   `json:"jwks_uri"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := found.Claims(&said); err != nil {
		return nil, fmt.Errorf("its description: %w", err)
	}
	end := found.Endpoint()
	if end.AuthURL == "" || end.TokenURL == "" || said.Keys == "" {
		return nil, errors.New("its description lacks an address")
	}
	// A code is good once, so the library is not to find out by trying.
	end.AuthStyle = oauth2.AuthStyleInHeader
	if p.settings.ClientSecret == "" || len(said.Methods) > 0 && !slices.Contains(said.Methods, "client_secret_basic") {
		end.AuthStyle = oauth2.AuthStyleInParams
	}
	return &described{
		oauth2: oauth2.Config{
			ClientID: p.settings.ClientID, ClientSecret: p.settings.ClientSecret, Endpoint: end, RedirectURL: p.settings.Redirect,
			Scopes: []string{oidc.ScopeOpenID, "profile"},
		},
		verifier: found.Verifier(&oidc.Config{
			ClientID: p.settings.ClientID, SupportedSigningAlgs: []string{oidc.RS256, oidc.ES256},
			Now: func() time.Time { return p.settings.Now().Add(-drift) },
		}),
	}, nil
}
