package openid

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
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

// header is what a token says of its signature.
type header struct {
	Algorithm string   `json:"alg"`
	Key       string   `json:"kid"`
	Critical  []string `json:"crit"`
}

// verify takes a token for true only where the provider has signed it, for this system, for this sign-in, and lately.
func (p *Provider) verify(ctx context.Context, d description, token, nonce string) (Claims, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, errors.New("openid: the id token does not have three parts")
	}
	var h header
	if err := decode(parts[0], &h); err != nil {
		return nil, err
	}
	if len(h.Critical) > 0 {
		return nil, fmt.Errorf("openid: the id token asks for %v, which is not known here", h.Critical)
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, fmt.Errorf("openid: read the signature: %w", err)
	}
	key, err := p.key(ctx, d, h)
	if err != nil {
		return nil, err
	}
	if err := key.verify(h.Algorithm, []byte(parts[0]+"."+parts[1]), signature); err != nil {
		return nil, err
	}
	var claims Claims
	if err := decode(parts[1], &claims); err != nil {
		return nil, err
	}
	return claims, p.check(claims, nonce)
}

func decode(part string, into any) error {
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return fmt.Errorf("openid: read the id token: %w", err)
	}
	return nil
}

// check holds the claims of a token whose signature is right against what was asked for.
func (p *Provider) check(c Claims, nonce string) error {
	now := p.settings.Now()
	switch audience := c.audience(); {
	case c.Text("iss") != p.settings.Issuer:
		return fmt.Errorf("openid: the id token is of %q", c.Text("iss"))
	case !slices.Contains(audience, p.settings.ClientID):
		return fmt.Errorf("openid: the id token is for %v", audience)
	case len(audience) > 1 && c.Text("azp") != p.settings.ClientID, c["azp"] != nil && c.Text("azp") != p.settings.ClientID:
		return fmt.Errorf("openid: the id token was given to %q", c.Text("azp"))
	case nonce == "" || !same(c.Text("nonce"), nonce):
		return errors.New("openid: the id token is of another sign-in")
	case !now.Before(c.time("exp").Add(drift)):
		return errors.New("openid: the id token has expired")
	case c.time("iat").After(now.Add(drift)):
		return errors.New("openid: the id token is of the future")
	case c.Text("sub") == "":
		return errors.New("openid: the id token says of nobody who it is")
	}
	return nil
}

// audience are the systems that a token is for: a text or a list of texts.
func (c Claims) audience() []string {
	switch audience := c["aud"].(type) {
	case string:
		return []string{audience}
	case []any:
		var names []string
		for _, one := range audience {
			name, _ := one.(string)
			names = append(names, name)
		}
		return names
	}
	return nil
}

// time is a claim in seconds; the beginning of time where there is none, which lets a token have expired.
func (c Claims) time(name string) time.Time {
	seconds, _ := c[name].(float64)
	return time.Unix(int64(seconds), 0)
}
