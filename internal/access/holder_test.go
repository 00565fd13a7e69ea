package access_test

import (
	"testing"

	"luoshi/internal/access"
)

func TestWhatEverybodyMayDoToHisOwnAccount(t *testing.T) {
	signed := access.Actor{Account: "a"}
	limited := access.Actor{Account: "a", Limit: []access.Action{"plan.read"}}
	cases := []struct {
		name   string
		actor  access.Actor
		action access.Action
		why    access.Why
	}{
		{"who has signed in", signed, "self.password", ""},
		{"a stranger", access.Actor{}, "self.password", access.NotSignedIn},
		{"a token", limited, "self.password", access.BeyondToken},
		{"what roles are needed for", signed, "user.reset", access.UnknownAction},
		{"what the program does", signed, "session.refuse", access.UnknownAction},
		{"what there is not", signed, "self.promote", access.UnknownAction},
	}
	for _, c := range cases {
		got := access.Rights().MayOwn(c.actor, c.action)
		if got.Allowed != (c.why == "") || got.Refusal.Why != c.why {
			t.Errorf("%s: %t, %s", c.name, got.Allowed, got.Refusal.Why)
		}
	}
}

func TestNoRoleHasWhatIsOnesOwnOrThePrograms(t *testing.T) {
	for _, action := range access.Rights().Actions() {
		if access.Rights().HolderOf(action) == access.ByRole {
			continue
		}
		for _, role := range access.Rights().Roles() {
			actor := access.Actor{Account: "a", Posts: []access.Post{{Role: role, Unit: "u"}}}
			if access.Rights().May(actor, action) {
				t.Errorf("%s may %s", role, action)
			}
		}
	}
}
