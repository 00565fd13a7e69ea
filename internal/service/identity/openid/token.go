package openid

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Claims are what a provider vouches for.
type Claims map[string]any

// Text is a claim that is a text; empty where there is none.
func (c Claims) Text(name string) string {
	text, _ := c[name].(string)
	return text
}

// drift is by how much the provider's clock may be wrong.
const drift = time.Minute

// verify takes a token for true only where the provider has signed it, for this system, for this sign-in, and lately.
// Signature, issuer, audience and end are the verifier's to look at; what it leaves to its caller is looked at here.
func (p *Provider) verify(ctx context.Context, d *described, token, nonce string) (Claims, error) {
	id, err := d.verifier.Verify(p.asking(ctx), token)
	if err != nil {
		return nil, fmt.Errorf("openid: %w", err)
	}
	var claims Claims
	if err := id.Claims(&claims); err != nil {
		return nil, fmt.Errorf("openid: read the id token: %w", err)
	}
	switch {
	case len(id.Audience) > 1 && claims.Text("azp") != p.settings.ClientID, claims["azp"] != nil && claims.Text("azp") != p.settings.ClientID:
		return nil, fmt.Errorf("openid: the id token was given to %q", claims.Text("azp"))
	case nonce == "" || !same(id.Nonce, nonce):
		return nil, errors.New("openid: the id token is of another sign-in")
	case id.IssuedAt.After(p.settings.Now().Add(drift)):
		return nil, errors.New("openid: the id token is of the future")
	case id.Subject == "":
		return nil, errors.New("openid: the id token says of nobody who it is")
	}
	return claims, nil
}
