package identity

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/identity/openid"
	"luoshi/internal/store"
)

// byProvider is how the method of sessions begins that the identity provider vouches for.
const byProvider = "oidc"

// usualClaim is the claim that names an account where nothing else is said.
const usualClaim = "preferred_username"

// OIDC is an identity provider with which accounts may sign in. It vouches for accounts that are there; it makes none.
type OIDC struct {
	Issuer, ClientID string
	ClientSecret     credential.Secret
	// Redirect is the address of this system's page to which the provider sends the browser back.
	Redirect string
	// Claim is the claim that is the name of an account here; preferred_username where it is empty.
	Claim string
	// Title is what the button says.
	Title string
	// Client asks the provider; one with a time limit where it is nil.
	Client *http.Client
}

// provider is the identity provider of the settings; openid is nil where there is none.
type provider struct {
	settings *OIDC
	openid   *openid.Provider
	fault    error // of the settings, told to who wants to sign in by them
}

func newProvider(settings *OIDC, now func() time.Time) provider {
	if settings == nil {
		return provider{}
	}
	made, err := openid.New(openid.Settings{
		Issuer: settings.Issuer, ClientID: settings.ClientID, ClientSecret: settings.ClientSecret.Reveal(),
		Redirect: settings.Redirect, Client: settings.Client, Now: now,
	})
	return provider{settings: settings, openid: made, fault: err}
}

// Provider is what the button says that leads to the identity provider; false where there is none.
func (s *Service) Provider() (title string, ok bool) {
	if s.provider.settings == nil {
		return "", false
	}
	return s.provider.settings.Title, true
}

// Departure is the way to the identity provider. The browser keeps the ticket until it comes back.
type Departure struct {
	Address string
	Ticket  credential.Secret
	// Secure tells that the browser comes back by TLS, so that it may keep the ticket for that alone.
	Secure bool
}

// Depart is the way to the identity provider.
func (s *Service) Depart(ctx context.Context) (Departure, error) {
	if err := s.provider.check(); err != nil {
		return Departure{}, err
	}
	address, ticket, err := s.provider.openid.Begin(ctx, s.options.Random)
	if err != nil {
		s.options.Logger.ErrorContext(ctx, "identity provider", "error", err)
		return Departure{}, fault("oidc.away", err)
	}
	data, err := json.Marshal(ticket)
	if err != nil {
		return Departure{}, fmt.Errorf("writing the ticket: %w", err)
	}
	return Departure{
		Address: address, Ticket: credential.NewSecret(base64.RawURLEncoding.EncodeToString(data)),
		Secure: strings.HasPrefix(s.provider.settings.Redirect, "https:"),
	}, nil
}

func (p provider) check() error {
	if p.settings == nil {
		return fault("oidc.absent", nil)
	}
	if p.fault != nil {
		return fault("oidc.away", p.fault)
	}
	return nil
}

// Arrival is somebody who comes back from the identity provider.
type Arrival struct {
	Ticket         credential.Secret
	State, Code    string
	Address, Agent string
}

// Arrive begins the session of somebody for whom the identity provider vouches, where there is an account of the name.
// The session is like one of a password; one-time codes that the account has here are asked for here.
func (s *Service) Arrive(ctx context.Context, a Arrival) (Session, credential.Secret, error) {
	if err := s.provider.check(); err != nil {
		return Session{}, credential.Secret{}, err
	}
	claims, err := s.provider.openid.Finish(ctx, readTicket(a.Ticket), a.State, a.Code)
	if err != nil {
		s.options.Logger.WarnContext(ctx, "identity provider", "error", err)
		if errors.Is(err, openid.ErrAway) {
			return Session{}, credential.Secret{}, fault("oidc.away", err)
		}
		s.keepFailure(ctx, failure{why: "provider", address: a.Address})
		return Session{}, credential.Secret{}, fault("oidc.failed", err)
	}
	claim := s.provider.settings.Claim
	if claim == "" {
		claim = usualClaim
	}
	row, err := s.named(ctx, claims.Text(claim))
	var absent *store.NotFound
	if errors.As(err, &absent) {
		s.keepFailure(ctx, failure{why: "unknown", address: a.Address})
		return Session{}, credential.Secret{}, fault("oidc.nobody", nil)
	}
	if err != nil {
		return Session{}, credential.Secret{}, err
	}
	e := entrance{account: accountID(row.ID), name: row.Name, method: byProvider, address: a.Address, agent: a.Agent}
	if row.Disabled {
		return Session{}, credential.Secret{}, s.turnAway(ctx, e, "disabled")
	}
	return s.enter(ctx, e)
}

// readTicket is the ticket that a browser brings; an empty one, which opens nothing, where it cannot be read.
func readTicket(brought credential.Secret) openid.Ticket {
	var ticket openid.Ticket
	data, err := base64.RawURLEncoding.DecodeString(brought.Reveal())
	if err != nil || json.Unmarshal(data, &ticket) != nil {
		return openid.Ticket{}
	}
	return ticket
}
