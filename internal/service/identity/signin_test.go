package identity_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/audit"
	"luoshi/internal/service/identity"
)

func TestTheFirstStartCreatesTheAdministratorOnce(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		first, err := v.Begin(t.Context())
		if err != nil || first == nil {
			t.Fatalf("%v, %v", first, err)
		}
		again, err := v.Begin(t.Context())
		if err != nil || again != nil {
			t.Errorf("a second start: %v, %v", again, err)
		}
		session, cookie, err := v.try(t, first.Name, first.Password.Reveal())
		if err != nil || !session.MustChange || len(session.Actor.Posts) != 0 {
			t.Fatalf("%+v, %v", session, err)
		}
		if _, _, err := v.Create(v.as(t, session), identity.NewAccount{Name: "lisi", Person: "李四"}); err == nil {
			t.Error("a first password opens more than the page on which it is changed")
		}
		fresh, err := v.ChangePassword(v.as(t, session), cookie, first.Password, credential.NewSecret(secret))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Resume(t.Context(), cookie); !identity.IsSignedOut(err) {
			t.Errorf("the old cookie still opens: %v", err)
		}
		session, err = v.Resume(t.Context(), fresh)
		if err != nil || session.MustChange || session.Actor.Posts[0].Role != "administrator" {
			t.Errorf("%+v, %v", session, err)
		}
		if _, _, err := v.Create(v.as(t, session), identity.NewAccount{Name: "lisi", Person: "李四"}); err != nil {
			t.Error(err)
		}
	})
}

func TestSignIn(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		session, cookie := v.signIn(t, " RePorter ")
		if session.Account != id || session.Name != "张三" || session.Actor.Posts[0].Role != "reporter" {
			t.Errorf("%+v", session)
		}
		if resumed, err := v.Resume(t.Context(), cookie); err != nil || resumed.ID != session.ID {
			t.Errorf("%+v, %v", resumed, err)
		}
		_, _, wrong := v.try(t, "reporter", "another password")
		_, _, nobody := v.try(t, "nobody", secret)
		wantCode(t, wrong, "sign-in.wrong")
		if wrong.Error() != nobody.Error() {
			t.Errorf("who does not exist is told %v", nobody)
		}
		entries := v.Entries(t, "accounts", string(id))
		if !slices.Equal(entries, []string{"user.create", "session.begin", "session.refuse"}) {
			t.Errorf("the log has %v", entries)
		}
		if err := v.SignOut(t.Context(), cookie); err != nil {
			t.Error(err)
		}
		if _, err := v.Resume(t.Context(), cookie); !identity.IsSignedOut(err) {
			t.Errorf("%v", err)
		}
		if err := v.SignOut(t.Context(), cookie); err != nil {
			t.Errorf("signing out twice: %v", err)
		}
	})
}

func TestTheLogHasNoSecrets(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		_, cookie := v.signIn(t, "reporter")
		_, _, _ = v.try(t, "reporter", "a wrong password")
		_, _, _ = v.try(t, "typed-into-the-wrong-field", secret)
		entries, err := audit.Entries(t.Context(), v.Store().View(t.Context()), 0, 100)
		if err != nil || len(entries) < 4 {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		for _, e := range entries {
			line, _ := e.Encode()
			for _, word := range []string{secret, "a wrong password", "typed-into-the-wrong-field", cookie.Reveal(), credential.StoredSession(cookie)} {
				if strings.Contains(string(line), word) {
					t.Errorf("entry %d tells %q", e.Sequence, word)
				}
			}
		}
	})
}

func TestLockoutOfAnAccount(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		for range credential.AccountLockout.Free + 1 {
			_, _, err := v.try(t, "reporter", "wrong")
			wantCode(t, err, "sign-in.wrong")
		}
		var locked *identity.Locked
		if _, _, err := v.try(t, "reporter", secret); !errors.As(err, &locked) || locked.Wait != time.Minute {
			t.Fatalf("the right password after too many wrong ones: %v", err)
		}
		wantCode(t, locked, "sign-in.wait")
		if one, err := v.One(v.officer, id); err != nil || one.LockedFor != time.Minute {
			t.Errorf("the officer sees %v, %v", one.LockedFor, err)
		}
		v.clock.pass(time.Minute)
		v.signIn(t, "reporter")
		for range credential.AccountLockout.Free + 1 {
			_, _, _ = v.try(t, "reporter", "wrong")
		}
		wantRefused(t, v.Unlock(v.admin, id))
		if err := v.Unlock(v.officer, id); err != nil {
			t.Fatal(err)
		}
		v.signIn(t, "reporter")
	})
}

func TestWhoDoesNotExistIsLockedOutAlike(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		for range credential.AccountLockout.Free + 1 {
			_, _, err := v.try(t, "nobody", "wrong")
			wantCode(t, err, "sign-in.wrong")
		}
		_, _, err := v.try(t, "Nobody", "wrong")
		wantCode(t, err, "sign-in.wait")
	})
}

func TestLockoutOfAnAddress(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		from := func(address, name, password string) error {
			_, _, err := v.SignIn(t.Context(), identity.SignInRequest{Name: name, Password: credential.NewSecret(password), Address: address})
			return err
		}
		for i := range credential.AddressLockout.Free + 1 {
			wantCode(t, from("2001:db8::1", "guess"+string(rune('a'+i%26))+string(rune('a'+i/26)), "wrong"), "sign-in.wrong")
		}
		wantCode(t, from("2001:db8::beef", "reporter", secret), "sign-in.wait") // of the same network
		if err := from("2001:db8:0:1::1", "reporter", secret); err != nil {
			t.Errorf("from elsewhere: %v", err)
		}
		v.clock.pass(10 * time.Second)
		if err := from("2001:db8::1", "reporter", secret); err != nil {
			t.Errorf("after waiting: %v", err)
		}
		if err := from("2001:db8::1", "reporter", secret); err != nil {
			t.Errorf("who proves himself does not lock his office out: %v", err)
		}
	})
}

func TestFailuresCannotFillTheLog(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		const most, guesses = 300, 330
		for i := range guesses {
			_, _, err := v.SignIn(t.Context(), identity.SignInRequest{
				Name: fmt.Sprint("guess", i), Password: credential.NewSecret("x"), Address: fmt.Sprint("10.0.0.", i%20),
			})
			wantCode(t, err, "sign-in.wrong")
		}
		refused := v.Entries(t, "accounts", "")
		if len(refused) != most {
			t.Errorf("%d entries of %d guesses", len(refused), guesses)
		}
		v.clock.pass(time.Hour)
		_, _, _ = v.try(t, "guess", "x")
		entries, err := audit.ByActor(t.Context(), v.Store().View(t.Context()), "sign-in", 0, 1000)
		if err != nil || len(entries) != most+1 || !strings.Contains(string(entries[most].Change), `"left_out":30`) {
			t.Errorf("%d entries, the last %s, %v", len(entries), entries[len(entries)-1].Change, err)
		}
	})
}

func TestFirstPasswordsExpire(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		_, first, err := v.Create(v.admin, identity.NewAccount{Name: "lisi", Person: "李四", Unit: v.Bureau.ID})
		if err != nil {
			t.Fatal(err)
		}
		v.clock.pass(8 * 24 * time.Hour)
		_, _, err = v.try(t, "lisi", first.Reveal())
		wantCode(t, err, "sign-in.expired")
		_, _, err = v.try(t, "lisi", "guess")
		wantCode(t, err, "sign-in.wrong")
	})
}

func TestHashesOfAnotherCostAreMadeAnew(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		hash := func() (stored string) {
			_ = v.Store().View(t.Context()).NewRaw("SELECT hash FROM identity_passwords").Scan(t.Context(), &stored)
			return stored
		}
		before := hash()
		dearer := identity.New(v.Core, identity.Options{Cost: credential.Cost{Memory: 128, Passes: 1, Lanes: 1}})
		request := identity.SignInRequest{Name: "reporter", Password: credential.NewSecret(secret)}
		if _, _, err := dearer.SignIn(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		if after := hash(); after == before || !strings.Contains(after, "m=128") {
			t.Errorf("%s after %s", after, before)
		}
		if _, _, err := dearer.SignIn(t.Context(), request); err != nil {
			t.Error(err)
		}
	})
}
