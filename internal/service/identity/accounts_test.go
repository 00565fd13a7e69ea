package identity_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/store"
)

// Every use case on accounts of others, held against the table of rights for every role.
func TestWhoMayDoWhatToAccounts(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		cases := map[access.Action]func(ctx context.Context) error{
			"user.create": func(ctx context.Context) error {
				_, _, err := v.Create(ctx, identity.NewAccount{Name: "x"})
				return err
			},
			"user.read":     func(ctx context.Context) error { _, err := v.Accounts(ctx, identity.Query{}); return err },
			"user.edit":     func(ctx context.Context) error { _, err := v.Edit(ctx, id, "", "", 1); return err },
			"user.disable":  func(ctx context.Context) error { _, err := v.Enable(ctx, id); return err },
			"user.unlock":   func(ctx context.Context) error { return v.Unlock(ctx, id) },
			"user.reset":    func(ctx context.Context) error { _, err := v.Reset(ctx, id); return err },
			"user.factor":   func(ctx context.Context) error { return v.RemoveFactorOf(ctx, id) },
			"user.sessions": func(ctx context.Context) error { return v.EndSessions(ctx, id) },
			"role.read":     func(ctx context.Context) error { _, err := v.Appointments(ctx, id); return err },
			"role.grant":    func(ctx context.Context) error { _, err := v.Grant(ctx, identity.Terms{Account: id}); return err },
			"token.create":  func(ctx context.Context) error { _, err := v.Issue(ctx, identity.TokenTerms{Account: id}); return err },
			"token.read":    func(ctx context.Context) error { _, err := v.Tokens(ctx, id); return err },
		}
		for _, role := range v.Rights().Roles() {
			for action, do := range cases {
				ctx := v.As(t.Context(), role, v.Government.ID)
				err := do(ctx)
				var refused *service.Refused
				if may := v.Rights().May(service.CallerOf(ctx).Actor, action); may == errors.As(err, &refused) {
					t.Errorf("%s, %s: may %t, got %v", role, action, may, err)
				}
			}
		}
	})
}

func TestWhatAnAccountMustBe(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		cases := map[string]identity.NewAccount{
			"account.name.form":    {Name: "a b", Person: "李四"},
			"account.name.taken":   {Name: "\uff32eporter", Person: "李四"},
			"account.person.form":  {Name: "lisi", Person: "  "},
			"account.unit.unknown": {Name: "lisi", Person: "李四", Unit: "nowhere"},
		}
		for code, n := range cases {
			_, _, err := v.Create(v.admin, n)
			wantCode(t, err, code)
		}
		account, first, err := v.Create(v.admin, identity.NewAccount{Name: "李四.LS", Person: "李四", Unit: v.Bureau.ID})
		if err != nil || account.Name != "李四.ls" || first.Reveal() == "" {
			t.Errorf("%+v, %v", account, err)
		}
	})
}

func TestTwoWhoEditAnAccount(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		edited, err := v.Edit(v.admin, id, "王五", v.Street.ID, 1)
		if err != nil || edited.Person != "王五" || edited.Unit != v.Street.ID || edited.Revision != 2 {
			t.Fatalf("%+v, %v", edited, err)
		}
		_, err = v.Edit(v.admin, id, "赵六", v.Street.ID, 1)
		var conflict *store.Conflict[identity.Account]
		if !errors.As(err, &conflict) || conflict.Current.Value.Person != "王五" {
			t.Errorf("%v", err)
		}
	})
}

func TestWhoIsDisabledStaysOut(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		if _, err := v.Disable(v.admin, id); err != nil {
			t.Fatal(err)
		}
		_, _, err := v.try(t, "reporter", secret)
		wantCode(t, err, "sign-in.disabled")
		_, _, err = v.try(t, "reporter", "wrong")
		wantCode(t, err, "sign-in.wrong")
		if _, err := v.Enable(v.admin, id); err != nil {
			t.Fatal(err)
		}
		v.signIn(t, "reporter")
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "administrator", "reporter")
		_, err := v.Disable(v.admin, ids[0])
		wantCode(t, err, "account.last")
		held, err := v.Appointments(v.officer, ids[0])
		if err != nil || len(held) != 1 {
			t.Fatalf("%+v, %v", held, err)
		}
		wantCode(t, v.Revoke(v.officer, held[0].ID), "account.last")
		if _, err := v.Grant(v.officer, identity.Terms{Account: ids[1], Role: "administrator"}); err != nil {
			t.Fatal(err)
		}
		if err := v.Revoke(v.officer, held[0].ID); err != nil {
			t.Error(err)
		}
		_, err = v.Disable(v.admin, ids[1])
		wantCode(t, err, "account.last")
	})
}

func TestNobodyResetsOrDisablesHimself(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "administrator", "security-officer")
		admin := v.AsAccount(t.Context(), ids[0], "administrator", "")
		officer := v.AsAccount(t.Context(), ids[1], "security-officer", "")
		_, err := v.Disable(admin, ids[0])
		wantCode(t, err, "account.oneself")
		_, err = v.Reset(officer, ids[1])
		wantCode(t, err, "account.oneself")
		wantCode(t, v.RemoveFactorOf(officer, ids[1]), "account.oneself")
	})
}

func TestResetGivesAFirstPassword(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		first, err := v.Reset(v.officer, id)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = v.try(t, "reporter", secret)
		wantCode(t, err, "sign-in.wrong")
		if session, _, err := v.try(t, "reporter", first.Reveal()); err != nil || !session.MustChange {
			t.Errorf("%+v, %v", session, err)
		}
		if one, err := v.One(v.officer, id); err != nil || !one.First {
			t.Errorf("%+v, %v", one, err)
		}
		if got := v.Entries(t, "accounts", string(id)); !slices.Contains(got, "user.reset") {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestChangingOnesPassword(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		session, cookie := v.signIn(t, "reporter")
		_, elsewhere := v.signIn(t, "reporter")
		me := v.as(t, session)
		change := func(present, next string) error {
			_, err := v.ChangePassword(me, cookie, credential.NewSecret(present), credential.NewSecret(next))
			return err
		}
		wantCode(t, change("wrong", "spoon under granite"), "password.wrong")
		wantCode(t, change(secret, secret), "password.same")
		wantCode(t, change(secret, "short"), "password.rules")
		wantCode(t, change(secret, "reporter-in-the-rain"), "password.rules")
		if _, err := v.Resume(t.Context(), elsewhere); err != nil {
			t.Fatal(err)
		}
		if err := change(secret, "spoon under granite"); err != nil {
			t.Fatal(err)
		}
		for _, old := range []credential.Secret{cookie, elsewhere} {
			if _, err := v.Resume(t.Context(), old); !identity.IsSignedOut(err) {
				t.Errorf("%v", err)
			}
		}
		if _, _, err := v.try(t, "reporter", "spoon under granite"); err != nil {
			t.Error(err)
		}
		_, err := v.ChangePassword(t.Context(), cookie, credential.NewSecret(secret), credential.NewSecret("x"))
		wantRefused(t, err)
	})
}

func TestAStolenSessionIsNoWayToGuess(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		session, cookie := v.signIn(t, "reporter")
		guess := func() error {
			_, err := v.ChangePassword(v.as(t, session), cookie, credential.NewSecret("guess"), credential.NewSecret("spoon under granite"))
			return err
		}
		for range credential.AccountLockout.Free + 1 {
			wantCode(t, guess(), "password.wrong")
		}
		wantCode(t, guess(), "sign-in.wait")
	})
}

func TestListsOfAccounts(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "reporter", "reviewer", "leader", "unit-head")
		if _, err := v.Disable(v.admin, ids[2]); err != nil {
			t.Fatal(err)
		}
		v.signIn(t, "reviewer")
		for range credential.AccountLockout.Free + 1 {
			_, _, _ = v.try(t, "unit-head", "wrong")
		}
		names := func(q identity.Query) (got []string) {
			for {
				part, err := v.Accounts(v.admin, q)
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range part.Accounts {
					got = append(got, a.Name)
				}
				if q.After = part.Next; q.After == "" {
					return got
				}
			}
		}
		cases := []struct {
			name string
			q    identity.Query
			want []string
		}{
			{"all, in parts", identity.Query{Limit: 3}, []string{"leader", "reporter", "reviewer", "unit-head"}},
			{"downwards", identity.Query{Limit: 3, Descending: true}, []string{"unit-head", "reviewer", "reporter", "leader"}},
			{"by person, all the same", identity.Query{Limit: 1, Order: "person"}, []string{"leader", "reporter", "reviewer", "unit-head"}},
			{"the youngest first", identity.Query{Limit: 1, Order: "created", Descending: true}, []string{"unit-head", "reviewer", "reporter", "leader"}},
			{"by what there is not", identity.Query{Order: "password"}, []string{"leader", "reporter", "reviewer", "unit-head"}},
			{"by name", identity.Query{Text: " Re"}, []string{"reporter", "reviewer"}},
			{"a sign that means something to databases", identity.Query{Text: "%"}, nil},
			{"by person", identity.Query{Text: "张", Limit: 2}, []string{"leader", "reporter", "reviewer", "unit-head"}},
			{"by role", identity.Query{Role: "unit-head"}, []string{"unit-head"}},
			{"disabled", identity.Query{State: identity.Disabled}, []string{"leader"}},
			{"working", identity.Query{State: identity.Working, Limit: 1}, []string{"reporter", "reviewer", "unit-head"}},
			{"locked out", identity.Query{State: identity.LockedOut}, []string{"unit-head"}},
			{"by unit", identity.Query{Unit: v.Street.ID}, nil},
		}
		for _, c := range cases {
			if got := names(c.q); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v", c.name, got)
			}
		}
		one, err := v.One(v.admin, ids[1])
		if err != nil || len(one.Roles) != 1 || one.Seen.IsZero() || one.First || one.HasFactor {
			t.Errorf("%+v, %v", one, err)
		}
		persons, err := v.Persons(t.Context(), ids...)
		if err != nil || len(persons) != 4 || persons[ids[0]] != "张三" {
			t.Errorf("%v, %v", persons, err)
		}
	})
}

func TestSeedingIsTheProgramsAlone(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		seeds := []identity.SeedAccount{{NewAccount: identity.NewAccount{Name: "lisi", Person: "李四"}, Password: credential.NewSecret("x")}}
		wantCode(t, v.Seed(v.admin, seeds), "seed.system")
		program := service.Caller{System: "test", May: []access.Action{"role.grant"}}
		wantRefused(t, v.Seed(service.As(t.Context(), program), seeds))
		program.May = append(program.May, "user.create")
		seeds = append(seeds, seeds[0])
		wantCode(t, v.Seed(service.As(t.Context(), program), seeds), "account.name.taken")
		if _, err := v.Named(v.admin, "lisi"); err == nil {
			t.Error("half of the accounts were added")
		}
	})
}

// An account's standing is the same whether it is read or kept in memory, by this process or another.
func TestOtherProcessesNoticeARevocation(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		_, cookie := v.signIn(t, "reporter")
		other := identity.New(v.Core, identity.Options{Cost: quick})
		held, err := v.Appointments(v.officer, id)
		if err != nil {
			t.Fatal(err)
		}
		if session, err := other.Resume(t.Context(), cookie); err != nil || len(session.Actor.Posts) != 1 {
			t.Fatalf("%+v, %v", session, err)
		}
		if err := v.Revoke(v.officer, held[0].ID); err != nil {
			t.Fatal(err)
		}
		if session, err := other.Resume(t.Context(), cookie); err != nil || len(session.Actor.Posts) != 0 {
			t.Errorf("%+v, %v", session, err)
		}
	})
}

func TestTheHistoryOfAnAccount(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		v.signIn(t, "reporter")
		v.issue(t, id, "plan.read")
		_, err := v.History(v.admin, id)
		wantRefused(t, err)
		entries, err := v.History(v.As(t.Context(), "auditor", ""), id)
		if err != nil {
			t.Fatal(err)
		}
		var actions []string
		for _, e := range entries {
			actions = append(actions, e.Action)
		}
		if want := []string{"token.create", "session.begin", "role.grant", "user.create"}; !slices.Equal(actions, want) {
			t.Errorf("%v, want %v", actions, want)
		}
	})
}
