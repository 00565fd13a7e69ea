package identity_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service/identity"
	"luoshi/ledger"
)

// today is the day on which the clock of tests begins.
var today = calendar.Date{Year: 2026, Month: 3, Day: 2}

func days(from, to int) calendar.Period {
	return calendar.Period{From: today.AddDays(from), To: today.AddDays(to)}
}

// posts are what the holder of a session may stand for now.
func (v *town) posts(t *testing.T, name string) []access.Post {
	t.Helper()
	session, _ := v.signIn(t, name)
	return session.Actor.Posts
}

func TestTheFirstSecurityOfficerIsAppointedByTheAdministrator(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "administrator", "reporter", "reviewer")
		admin := v.AsAccount(t.Context(), ids[0], "administrator", "")
		_, err := v.Grant(admin, identity.Terms{Account: ids[0], Role: "security-officer"})
		wantCode(t, err, "account.oneself")
		_, err = v.Grant(admin, identity.Terms{Account: ids[1], Role: "auditor"})
		wantRefused(t, err)
		first, err := v.Grant(admin, identity.Terms{Account: ids[1], Role: "security-officer"})
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Entries(t, "appointments", first.ID); !slices.Equal(got, []string{"role.begin"}) {
			t.Errorf("the log has %v", got)
		}
		_, err = v.Grant(admin, identity.Terms{Account: ids[2], Role: "security-officer"})
		wantRefused(t, err)
		if err := v.Revoke(v.officer, first.ID); err != nil {
			t.Fatal(err)
		}
		_, err = v.Grant(admin, identity.Terms{Account: ids[2], Role: "security-officer"})
		wantRefused(t, err) // nor when there is none any more
	})
}

func TestWhatARoleMustBe(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "reporter", "auditor")
		cases := []struct {
			code  string
			terms identity.Terms
		}{
			{"role.unknown", identity.Terms{Account: ids[0], Role: "king", Unit: v.Bureau.ID}},
			{"role.unknown", identity.Terms{Account: ids[0], Role: "public", Unit: v.Bureau.ID}},
			{"role.unit", identity.Terms{Account: ids[0], Role: "leader"}},
			{"role.days", identity.Terms{Account: ids[0], Role: "leader", Unit: v.Bureau.ID, During: days(3, 1)}},
			{"role.held", identity.Terms{Account: ids[0], Role: "reporter", Unit: v.Bureau.ID, During: days(1, 3)}},
			{"account.unit.unknown", identity.Terms{Account: ids[0], Role: "leader", Unit: "nowhere"}},
			{"role.apart", identity.Terms{Account: ids[1], Role: "administrator"}},
		}
		for _, c := range cases {
			_, err := v.Grant(v.officer, c.terms)
			wantCode(t, err, c.code)
		}
		if _, err := v.Grant(v.officer, identity.Terms{Account: "nobody", Role: "leader", Unit: v.Bureau.ID}); err == nil {
			t.Error("granted to nobody")
		}
	})
}

func TestRolesCountOnTheirDays(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		granted, err := v.Grant(v.officer, identity.Terms{Account: id, Role: "unit-head", Unit: v.Street.ID, During: days(1, 2)})
		if err != nil {
			t.Fatal(err)
		}
		for day, want := range []int{1, 2, 2, 1} {
			if got := v.posts(t, "reporter"); len(got) != want {
				t.Errorf("on day %d: %v", day, got)
			}
			v.clock.pass(24 * time.Hour)
		}
		if err := v.Revoke(v.officer, granted.ID); err != nil {
			t.Fatal(err)
		}
		wantCode(t, v.Revoke(v.officer, granted.ID), "role.gone")
	})
}

func TestARevocationActsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		_, cookie := v.signIn(t, "reporter")
		held, err := v.Appointments(v.officer, id)
		if err != nil {
			t.Fatal(err)
		}
		if err := v.Revoke(v.officer, held[0].ID); err != nil {
			t.Fatal(err)
		}
		if session, err := v.Resume(t.Context(), cookie); err != nil || len(session.Actor.Posts) != 0 {
			t.Errorf("%+v, %v", session, err)
		}
	})
}

func TestTwoGrantsAtOnceKeepTheOfficersApart(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		var wg sync.WaitGroup
		var mu sync.Mutex
		granted := 0
		for _, role := range []access.Role{"administrator", "auditor", "security-officer"} {
			wg.Go(func() {
				// There was a security officer before, so that the officer may grant all three.
				if _, err := v.Grant(v.officer, identity.Terms{Account: id, Role: role}); err == nil {
					mu.Lock()
					granted++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if granted != 1 {
			t.Errorf("%d of three that are kept apart were granted", granted)
		}
	})
}

func TestDelegation(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "unit-head", "reviewer", "auditor")
		head := v.AsAccount(t.Context(), ids[0], "unit-head", v.Bureau.ID)
		terms := func(change func(*identity.DelegationTerms)) identity.DelegationTerms {
			d := identity.DelegationTerms{To: "reviewer", Role: "unit-head", Unit: v.Bureau.ID, During: days(0, 6), Reason: "出差"}
			change(&d)
			return d
		}
		cases := map[string]func(*identity.DelegationTerms){
			"delegation.self":   func(d *identity.DelegationTerms) { d.To = "unit-head" },
			"delegation.days":   func(d *identity.DelegationTerms) { d.During.To = calendar.Date{} },
			"delegation.reason": func(d *identity.DelegationTerms) { d.Reason = " " },
			"delegation.held":   func(d *identity.DelegationTerms) { d.Role = "leader" },
			"delegation.action": func(d *identity.DelegationTerms) { d.Only = []access.Action{"order.issue"} },
		}
		for code, change := range cases {
			_, err := v.Delegate(head, terms(change))
			wantCode(t, err, code)
		}
		_, err := v.Delegate(head, terms(func(d *identity.DelegationTerms) { d.During = days(-5, -1) }))
		wantCode(t, err, "delegation.days")
		_, err = v.Delegate(head, terms(func(d *identity.DelegationTerms) { d.Unit = v.Street.ID }))
		wantRefused(t, err)

		made, err := v.Delegate(head, terms(func(d *identity.DelegationTerms) { d.Only = []access.Action{"submission.approve"} }))
		if err != nil {
			t.Fatal(err)
		}
		session, _ := v.signIn(t, "reviewer")
		want := access.Post{Role: "unit-head", Unit: v.Bureau.ID, For: ids[0], Only: []access.Action{"submission.approve"}}
		if got := session.Actor.Posts; len(got) != 2 || got[1].For != want.For || !slices.Equal(got[1].Only, want.Only) {
			t.Errorf("%+v", got)
		}
		_, err = v.Delegate(v.as(t, session), identity.DelegationTerms{
			To: "auditor", Role: "unit-head", Unit: v.Bureau.ID, During: days(0, 1), Reason: "转交",
		})
		wantCode(t, err, "delegation.held") // what was handed over cannot be handed on
		wantRefused(t, v.EndDelegation(v.as(t, session), made.ID))
		if err := v.EndDelegation(head, made.ID); err != nil {
			t.Fatal(err)
		}
		wantCode(t, v.EndDelegation(head, made.ID), "delegation.gone")
		if got := v.posts(t, "reviewer"); len(got) != 1 {
			t.Errorf("after its end: %v", got)
		}
	})
}

func TestADelegationEndsWithThePostOfWhoGaveIt(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		for name, end := range map[string]func(giver ledger.AccountID) error{
			"the role is revoked": func(giver ledger.AccountID) error {
				held, err := v.Appointments(v.officer, giver)
				if err != nil {
					return err
				}
				return v.Revoke(v.officer, held[0].ID)
			},
			"the account is disabled": func(giver ledger.AccountID) error { _, err := v.Disable(v.admin, giver); return err },
			"the days are over":       func(ledger.AccountID) error { v.clock.pass(3 * 24 * time.Hour); return nil },
			"the officer ends it": func(giver ledger.AccountID) error {
				given, err := v.Delegations(v.officer, giver)
				if err != nil {
					return err
				}
				return v.EndDelegation(v.officer, given[0].ID)
			},
		} {
			t.Run(name, func(t *testing.T) {
				giver, taker := v.person(t, "head"), v.person(t, "deputy")
				on := v.Today()
				ctx := v.AsAccount(t.Context(), giver.ID, "unit-head", v.Bureau.ID)
				terms := identity.DelegationTerms{
					To: taker.Name, Role: "unit-head", Unit: v.Bureau.ID, During: calendar.Period{From: on, To: on.AddDays(1)}, Reason: "休假",
				}
				if _, err := v.Delegate(ctx, terms); err != nil {
					t.Fatal(err)
				}
				if got := v.posts(t, taker.Name); len(got) != 2 {
					t.Fatalf("%v", got)
				}
				if err := end(giver.ID); err != nil {
					t.Fatal(err)
				}
				if got := v.posts(t, taker.Name); len(got) != 1 {
					t.Errorf("%v", got)
				}
			})
		}
	})
}

func TestWhoSeesWhomOneMayHandAPostTo(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "unit-head", "reporter", "leader")
		if _, err := v.Disable(v.admin, ids[2]); err != nil {
			t.Fatal(err)
		}
		head := v.AsAccount(t.Context(), ids[0], "unit-head", v.Bureau.ID)
		got, err := v.Colleagues(head, v.Bureau.ID)
		if err != nil || len(got) != 1 || got[0].Name != "reporter" {
			t.Errorf("%v, %v", got, err)
		}
		_, err = v.Colleagues(head, v.Street.ID)
		wantRefused(t, err)
		if posts := v.Delegable(head); len(posts) != 1 || posts[0].Unit != v.Bureau.ID {
			t.Errorf("%v", posts)
		}
		if posts := v.Delegable(v.officer); len(posts) != 0 {
			t.Errorf("%v", posts)
		}
	})
}

func TestWhoHoldsWhichRole(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "unit-head", "reporter")
		if _, err := v.Grant(v.officer, identity.Terms{Account: ids[1], Role: "leader", Unit: v.Street.ID, During: days(2, 3)}); err != nil {
			t.Fatal(err)
		}
		cases := []struct {
			name string
			on   calendar.Date
			unit ledger.UnitID
			role access.Role
			want []access.Role
		}{
			{"today", today, "", "", []access.Role{"reporter", "unit-head"}},
			{"later", today.AddDays(2), v.Street.ID, "", []access.Role{"leader"}},
			{"too late", today.AddDays(4), v.Street.ID, "", nil},
			{"of a role", today, v.Bureau.ID, "unit-head", []access.Role{"unit-head"}},
		}
		for _, c := range cases {
			posts, err := v.Posts(v.officer, c.on, c.unit, c.role)
			var got []access.Role
			for _, p := range posts {
				got = append(got, p.Role)
			}
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, %v", c.name, got, err)
			}
		}
		_, err := v.Posts(v.AsAccount(t.Context(), ids[1], "reporter", v.Bureau.ID), today, "", "")
		wantRefused(t, err)
	})
}
