package identity_test

import (
	"slices"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service/identity"
	"luoshi/ledger"
)

func TestWhoHoldsAPost(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "unit-head", "reporter", "reviewer")
		head, reporter, deputy := ids[0], ids[1], ids[2]
		holding := func(posts ...access.Post) []ledger.AccountID {
			t.Helper()
			found, err := v.Holding(t.Context(), posts...)
			if err != nil {
				t.Fatal(err)
			}
			var accounts []ledger.AccountID
			for _, h := range found {
				accounts = append(accounts, h.Account)
			}
			slices.Sort(accounts)
			return accounts
		}
		want := func(what string, got []ledger.AccountID, want ...ledger.AccountID) {
			t.Helper()
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %v, not %v", what, got, want)
			}
		}
		heads := access.Post{Role: "unit-head", Unit: v.Bureau.ID}
		want("the head", holding(heads), head)
		want("two posts", holding(heads, access.Post{Role: "reporter", Unit: v.Bureau.ID}), head, reporter)
		want("all posts of a unit", holding(access.Post{Unit: v.Bureau.ID}), head, reporter, deputy)
		want("a unit without anybody", holding(access.Post{Unit: v.Street.ID}))
		on := v.Today()
		_, err := v.Delegate(v.AsAccount(t.Context(), head, "unit-head", v.Bureau.ID), identity.DelegationTerms{
			To: "reviewer", Role: "unit-head", Unit: v.Bureau.ID, During: calendar.Period{From: on, To: on.AddDays(1)}, Reason: "出差",
		})
		if err != nil {
			t.Fatal(err)
		}
		want("while he is stood in for", holding(heads), head, deputy)
		v.clock.pass(3 * 24 * time.Hour)
		want("when he is back", holding(heads), head)
		if _, err := v.Disable(v.admin, head); err != nil {
			t.Fatal(err)
		}
		want("after he has left", holding(heads))
		for account, works := range map[ledger.AccountID]bool{head: false, reporter: true, "nobody": false} {
			if got, err := v.Working(t.Context(), account); err != nil || got != works {
				t.Errorf("%s works: %v, %v", account, got, err)
			}
		}
	})
}
