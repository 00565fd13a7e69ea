package openid_test

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"luoshi/internal/service/identity/openid"
	"luoshi/internal/service/identity/openid/openidtest"
)

const back = "https://luoshi.example/sign-in/provider/return"

func provider(t *testing.T, p *openidtest.Provider) *openid.Provider {
	t.Helper()
	made, err := openid.New(openid.Settings{Issuer: p.URL, ClientID: openidtest.Client, ClientSecret: openidtest.Secret, Redirect: back})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// visit goes to the provider as a browser does, and returns with what it sends along.
func visit(t *testing.T, o *openid.Provider) (ticket openid.Ticket, state, code string) {
	t.Helper()
	address, ticket, err := o.Begin(t.Context(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	to, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || !strings.HasPrefix(to.String(), back) {
		t.Fatalf("sent to %s, %v", to, err)
	}
	return ticket, to.Query().Get("state"), to.Query().Get("code")
}

func TestWhomTheProviderVouchesFor(t *testing.T) {
	p := openidtest.Start(t)
	o := provider(t, p)
	for _, algorithm := range []struct{ name, key string }{{"RS256", "r"}, {"ES256", "e"}} {
		p.Who = map[string]any{"preferred_username": "zhangsan"}
		p.Change = func(header, _ map[string]any) { header["alg"], header["kid"] = algorithm.name, algorithm.key }
		ticket, state, code := visit(t, o)
		claims, err := o.Finish(t.Context(), ticket, state, code)
		if err != nil || claims.Text("preferred_username") != "zhangsan" {
			t.Errorf("%s: %v, %v", algorithm.name, claims, err)
		}
		if _, err := o.Finish(t.Context(), ticket, state, code); err == nil {
			t.Errorf("%s: a code is good twice", algorithm.name)
		}
	}
}

func TestTokensThatAreNotBelieved(t *testing.T) {
	p := openidtest.Start(t)
	o := provider(t, p)
	set := func(name string, value any) func(header, claims map[string]any) {
		return func(_, claims map[string]any) { claims[name] = value }
	}
	cases := map[string]struct {
		change func(header, claims map[string]any)
		sign   func(header map[string]any, message string) []byte
	}{
		"of another issuer":        {change: set("iss", "https://evil.example")},
		"for another system":       {change: set("aud", "other")},
		"for two, given to other":  {change: func(_, c map[string]any) { c["aud"], c["azp"] = []string{openidtest.Client, "other"}, "other" }},
		"for two, given to nobody": {change: set("aud", []string{openidtest.Client, "other"})},
		"of another sign-in":       {change: set("nonce", "other")},
		"of no sign-in":            {change: func(_, c map[string]any) { delete(c, "nonce") }},
		"expired":                  {change: set("exp", time.Now().Add(-2*time.Minute).Unix())},
		"without an end":           {change: func(_, c map[string]any) { delete(c, "exp") }},
		"of the future":            {change: set("iat", time.Now().Add(time.Hour).Unix())},
		"of nobody":                {change: set("sub", "")},
		"unsigned": {
			change: func(h, _ map[string]any) { h["alg"] = "none" },
			sign:   func(map[string]any, string) []byte { return nil },
		},
		"signed with what everybody knows": {
			change: func(h, _ map[string]any) { h["alg"] = "HS256" },
			sign: func(_ map[string]any, message string) []byte {
				mac := hmac.New(sha256.New, p.Modulus())
				mac.Write([]byte(message))
				return mac.Sum(nil)
			},
		},
		"signed with another key":      {sign: func(map[string]any, string) []byte { return make([]byte, 256) }},
		"signed with an unknown key":   {change: func(h, _ map[string]any) { h["kid"] = "x" }},
		"a key of another kind":        {change: func(h, _ map[string]any) { h["alg"] = "ES256" }},
		"a short signature":            {change: func(h, _ map[string]any) { h["alg"], h["kid"] = "ES256", "e" }, sign: func(map[string]any, string) []byte { return []byte{1} }},
		"something critical, unknown":  {change: func(h, _ map[string]any) { h["crit"] = []string{"x"} }},
		"changed after it was signed":  {sign: func(map[string]any, string) []byte { return []byte("x") }},
		"for nothing that can be read": {change: set("aud", 7)},
	}
	for name, c := range cases {
		p.Change, p.Sign = c.change, c.sign
		ticket, state, code := visit(t, o)
		if claims, err := o.Finish(t.Context(), ticket, state, code); err == nil {
			t.Errorf("%s: believed: %v", name, claims)
		}
	}
}

func TestAnswersThatWereNotAskedFor(t *testing.T) {
	p := openidtest.Start(t)
	o := provider(t, p)
	ticket, state, code := visit(t, o)
	other, _, _ := visit(t, o)
	for name, c := range map[string]struct {
		ticket      openid.Ticket
		state, code string
	}{
		"another browser":  {other, state, code},
		"no browser":       {openid.Ticket{}, "", code},
		"another state":    {ticket, "other", code},
		"no code":          {ticket, state, ""},
		"another code":     {ticket, state, "other"},
		"another verifier": {openid.Ticket{State: ticket.State, Nonce: ticket.Nonce, Verifier: other.Verifier}, state, code},
	} {
		if _, err := o.Finish(t.Context(), c.ticket, c.state, c.code); err == nil {
			t.Errorf("%s: believed", name)
		}
	}
}

func TestAProviderThatIsAway(t *testing.T) {
	p := openidtest.Start(t)
	o := provider(t, p)
	p.Down = true
	if _, _, err := o.Begin(t.Context(), rand.Reader); !errors.Is(err, openid.ErrAway) {
		t.Errorf("%v", err)
	}
	p.Down = false
	ticket, state, code := visit(t, o)
	p.Down = true
	if _, err := o.Finish(t.Context(), ticket, state, code); !errors.Is(err, openid.ErrAway) {
		t.Errorf("%v", err)
	}
}

func TestAProviderThatCallsItselfOtherwise(t *testing.T) {
	p := openidtest.Start(t)
	o, err := openid.New(openid.Settings{Issuer: p.URL + "/", ClientID: "x", Redirect: back})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Begin(t.Context(), rand.Reader); !errors.Is(err, openid.ErrAway) {
		t.Errorf("%v", err)
	}
}

func TestSettingsThatCannotBe(t *testing.T) {
	for _, s := range []openid.Settings{
		{Issuer: "http://idp.example", ClientID: "x", Redirect: back}, {Issuer: "idp", ClientID: "x", Redirect: back},
		{Issuer: "https://idp.example", Redirect: back}, {Issuer: "https://idp.example", ClientID: "x"},
	} {
		if _, err := openid.New(s); err == nil {
			t.Errorf("%+v is accepted", s)
		}
	}
}
