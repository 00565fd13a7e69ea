package identity_test

import (
	"net/http"
	"net/url"
	"testing"

	"luoshi/internal/access/credential"
	"luoshi/internal/access/credential/credentialtest"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/identity/openid/openidtest"
)

// vouched runs a test in a town with an identity provider.
func vouched(t *testing.T, test func(t *testing.T, v *town, p *openidtest.Provider)) {
	t.Helper()
	p := openidtest.Start(t)
	options := identity.Options{OIDC: &identity.OIDC{
		Issuer: p.URL, ClientID: openidtest.Client, ClientSecret: credential.NewSecret(openidtest.Secret),
		Redirect: "https://luoshi.example/sign-in/provider/return", Claim: "employee", Title: "统一登录",
	}}
	eachWith(t, options, func(t *testing.T, v *town) {
		p.Now, p.Who, p.Change, p.Down = v.clock.Now, map[string]any{"employee": "Reporter"}, nil, false
		test(t, v, p)
	})
}

// travel goes to the provider and back as a browser does.
func (v *town) travel(t *testing.T) identity.Arrival {
	t.Helper()
	departure, err := v.Depart(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, departure.Address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	back, err := url.Parse(answer.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	return identity.Arrival{
		Ticket: departure.Ticket, State: back.Query().Get("state"), Code: back.Query().Get("code"), Address: "10.1.2.3", Agent: "test",
	}
}

func TestSigningInByTheIdentityProvider(t *testing.T) {
	vouched(t, func(t *testing.T, v *town, _ *openidtest.Provider) {
		id := v.seed(t, "reporter")[0]
		arrival := v.travel(t)
		session, cookie, err := v.Arrive(t.Context(), arrival)
		if err != nil || session.Account != id || session.Actor.Posts[0].Role != "reporter" {
			t.Fatalf("%+v, %v", session, err)
		}
		if _, err := v.Resume(t.Context(), cookie); err != nil {
			t.Error(err)
		}
		visits, err := v.Visits(v.as(t, session), id)
		if err != nil || len(visits) != 1 || visits[0].Method != "oidc" {
			t.Errorf("%+v, %v", visits, err)
		}
		_, _, err = v.Arrive(t.Context(), arrival)
		wantCode(t, err, "oidc.failed") // a code is good once
	})
}

func TestWhomTheProviderCannotLetIn(t *testing.T) {
	vouched(t, func(t *testing.T, v *town, p *openidtest.Provider) {
		id := v.seed(t, "reporter")[0]
		try := func(change func(*identity.Arrival)) error {
			arrival := v.travel(t)
			change(&arrival)
			_, _, err := v.Arrive(t.Context(), arrival)
			return err
		}
		as := func(*identity.Arrival) {}
		wantCode(t, try(func(a *identity.Arrival) { a.Ticket = credential.Secret{} }), "oidc.failed")
		wantCode(t, try(func(a *identity.Arrival) { a.Ticket = v.travel(t).Ticket }), "oidc.failed")
		wantCode(t, try(func(a *identity.Arrival) { a.State = "" }), "oidc.failed")
		p.Change = func(_, claims map[string]any) { claims["nonce"] = "other" }
		wantCode(t, try(as), "oidc.failed")
		p.Change = nil
		for _, who := range []map[string]any{{"employee": "nobody"}, {"preferred_username": "reporter"}, {"employee": 7}, {}} {
			p.Who = who
			wantCode(t, try(as), "oidc.nobody")
		}
		p.Who = map[string]any{"employee": "reporter"}
		if _, err := v.Disable(v.admin, id); err != nil {
			t.Fatal(err)
		}
		wantCode(t, try(as), "sign-in.disabled")
		wantCode(t, try(func(*identity.Arrival) { p.Down = true }), "oidc.away")
		_, err := v.Depart(t.Context())
		if p.Down = false; err != nil {
			t.Errorf("the description is kept for a while: %v", err)
		}
	})
}

func TestAFirstPasswordIsNoMatterOfTheProvider(t *testing.T) {
	vouched(t, func(t *testing.T, v *town, _ *openidtest.Provider) {
		if _, _, err := v.Create(v.admin, identity.NewAccount{Name: "reporter", Person: "李四"}); err != nil {
			t.Fatal(err)
		}
		if session, _, err := v.Arrive(t.Context(), v.travel(t)); err != nil || session.MustChange {
			t.Errorf("%+v, %v", session, err)
		}
	})
}

func TestOneTimeCodesAreAskedForHereToo(t *testing.T) {
	vouched(t, func(t *testing.T, v *town, _ *openidtest.Provider) {
		v.seed(t, "reporter")
		session, _ := v.signIn(t, "reporter")
		key, _ := v.enrol(t, session)
		due, cookie, err := v.Arrive(t.Context(), v.travel(t))
		if err != nil || !due.SecondFactorDue || due.Actor.Account != "" {
			t.Fatalf("%+v, %v", due, err)
		}
		v.clock.pass(30e9)
		proved, _, err := v.Prove(t.Context(), cookie, credentialtest.Code(t, key, v.clock.Now()), "10.1.2.3")
		if err != nil || proved.SecondFactorDue {
			t.Errorf("%+v, %v", proved, err)
		}
	})
}

func TestWithoutAnIdentityProvider(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		if _, has := v.Provider(); has {
			t.Error("a button leads nowhere")
		}
		_, err := v.Depart(t.Context())
		wantCode(t, err, "oidc.absent")
		_, _, err = v.Arrive(t.Context(), identity.Arrival{})
		wantCode(t, err, "oidc.absent")
	})
}
