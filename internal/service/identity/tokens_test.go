package identity_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/ledger"
)

// issue issues a token of a day to an account.
func (v *town) issue(t *testing.T, account ledger.AccountID, scopes ...access.Action) identity.Token {
	t.Helper()
	token, err := v.Issue(v.officer, identity.TokenTerms{
		Account: account, Purpose: "数据中台", Scopes: scopes, Expires: v.clock.Now().Add(24 * time.Hour),
	})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestATokenOpensItsScopesAndNoMoreThanItsOwner(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		token := v.issue(t, id, "commitment.read", "order.issue")
		me := v.AsAccount(t.Context(), id, "reporter", v.Bureau.ID)
		drawn, err := v.Draw(me, token.ID)
		if err != nil {
			t.Fatal(err)
		}
		caller, err := v.TokenCaller(service.As(t.Context(), service.Caller{Request: "r1", Address: "10.9.9.9"}), drawn)
		if err != nil || caller.Account() != id || caller.Request != "r1" || caller.Address != "10.9.9.9" || caller.Token != token.ID {
			t.Fatalf("%+v, %v", caller, err)
		}
		ctx, bureau := service.As(t.Context(), caller), service.Owned{Lead: v.Bureau.ID}
		for action, want := range map[access.Action]bool{
			"commitment.read":  true,  // in its scopes, and the owner's
			"order.issue":      false, // in its scopes, but not the owner's
			"observation.fill": false, // the owner's, but not in its scopes
		} {
			if got := v.Can(ctx, action, bureau); got != want {
				t.Errorf("%s: %t", action, got)
			}
		}
		_, err = v.ChangePassword(ctx, credential.Secret{}, credential.NewSecret(secret), credential.NewSecret("spoon under granite"))
		wantRefused(t, err)
		_, err = v.Draw(ctx, token.ID)
		wantRefused(t, err)
		_, err = v.PendingFactor(ctx)
		wantRefused(t, err)
		_, err = v.Visits(ctx, id)
		wantRefused(t, err)
		_, err = v.Tokens(ctx, id)
		wantRefused(t, err)
		if got := v.Entries(t, "tokens", token.ID); !slices.Equal(got, []string{"token.create", "token.draw"}) {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestOnlyTheOwnerDrawsATokenAndOnce(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "reporter", "reviewer")
		token := v.issue(t, ids[0], "commitment.read")
		_, err := v.Draw(v.officer, token.ID)
		wantCode(t, err, "token.gone")
		_, err = v.Draw(v.AsAccount(t.Context(), ids[1], "reviewer", v.Bureau.ID), token.ID)
		wantCode(t, err, "token.gone")
		me := v.AsAccount(t.Context(), ids[0], "reporter", v.Bureau.ID)
		var wg sync.WaitGroup
		var mu sync.Mutex
		drawn := 0
		for range 4 {
			wg.Go(func() {
				if _, err := v.Draw(me, token.ID); err == nil {
					mu.Lock()
					drawn++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if drawn != 1 {
			t.Errorf("drawn %d times", drawn)
		}
	})
}

func TestTokensThatOpenNothing(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		draw := func(name string) (identity.Account, identity.Token, credential.Secret) {
			account := v.person(t, name)
			token := v.issue(t, account.ID, "commitment.read")
			drawn, err := v.Draw(v.AsAccount(t.Context(), account.ID, "unit-head", v.Bureau.ID), token.ID)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := v.TokenCaller(t.Context(), drawn); err != nil {
				t.Fatal(err)
			}
			return account, token, drawn
		}
		_, revoked, one := draw("one")
		wantRefused(t, v.RevokeToken(v.admin, revoked.ID))
		if err := v.RevokeToken(v.officer, revoked.ID); err != nil {
			t.Fatal(err)
		}
		disabled, _, two := draw("two")
		if _, err := v.Disable(v.admin, disabled.ID); err != nil {
			t.Fatal(err)
		}
		_, _, three := draw("three")
		v.clock.pass(24 * time.Hour)
		for name, presented := range map[string]credential.Secret{
			"revoked": one, "of a disabled account": two, "expired": three, "empty": {}, "made up": credential.NewSecret("luoshi_00000000_" + three.Reveal()[16:]),
		} {
			if _, err := v.TokenCaller(t.Context(), presented); !service.HasCode(err, "token.refused") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestWhatATokenMustBe(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		good := identity.TokenTerms{Account: id, Purpose: "x", Scopes: []access.Action{"plan.read"}, Expires: v.clock.Now().Add(time.Hour)}
		cases := []struct {
			code   string
			change func(*identity.TokenTerms)
		}{
			{"token.purpose", func(t *identity.TokenTerms) { t.Purpose = "" }},
			{"token.scopes", func(t *identity.TokenTerms) { t.Scopes = nil }},
			{"token.scopes", func(t *identity.TokenTerms) { t.Scopes = []access.Action{"plan.read", "role.grant"} }},
			{"token.scopes", func(t *identity.TokenTerms) { t.Scopes = []access.Action{"self.password"} }},
			{"token.expires", func(t *identity.TokenTerms) { t.Expires = v.clock.Now() }},
			{"token.expires", func(t *identity.TokenTerms) { t.Expires = v.clock.Now().Add(400 * 24 * time.Hour) }},
		}
		for _, c := range cases {
			terms := good
			c.change(&terms)
			_, err := v.Issue(v.officer, terms)
			wantCode(t, err, c.code)
		}
	})
}
