package identity_test

import (
	"sync"
	"testing"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/ledger"
)

func TestSessionsEndByThemselves(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		_, idle := v.signIn(t, "reporter")
		v.clock.pass(29 * time.Minute)
		if _, err := v.Resume(t.Context(), idle); err != nil {
			t.Errorf("in use: %v", err)
		}
		v.clock.pass(29 * time.Minute)
		if _, err := v.Resume(t.Context(), idle); err != nil {
			t.Errorf("seen half an hour ago: %v", err)
		}
		v.clock.pass(30 * time.Minute)
		if _, err := v.Resume(t.Context(), idle); !identity.IsSignedOut(err) {
			t.Errorf("idle: %v", err)
		}
		_, long := v.signIn(t, "reporter")
		for range 11*4 + 3 {
			v.clock.pass(15 * time.Minute)
			if _, err := v.Resume(t.Context(), long); err != nil {
				t.Fatal(err)
			}
		}
		v.clock.pass(15 * time.Minute)
		if _, err := v.Resume(t.Context(), long); !identity.IsSignedOut(err) {
			t.Errorf("after a working day: %v", err)
		}
	})
}

func TestSignInNeverTakesOverACookie(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		_, one := v.signIn(t, "reporter")
		_, two := v.signIn(t, "reporter")
		if one == two {
			t.Error("two sessions have one cookie")
		}
		for _, planted := range []string{"", "0123456789", credential.StoredSession(one)} {
			if _, err := v.Resume(t.Context(), credential.NewSecret(planted)); !identity.IsSignedOut(err) {
				t.Errorf("%q: %v", planted, err)
			}
		}
	})
}

func TestOnesOwnSessions(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		ids := v.seed(t, "reporter", "reviewer")
		session, here := v.signIn(t, "reporter")
		v.clock.pass(time.Second)
		there, elsewhere := v.signIn(t, "reporter")
		_, third := v.signIn(t, "reporter")
		other, others := v.signIn(t, "reviewer")
		me := v.as(t, session)

		visits, err := v.Visits(me, ids[0])
		if err != nil || len(visits) != 3 || visits[2].ID != session.ID || visits[0].Address != "10.1.2.3" || visits[0].Agent != "test" {
			t.Fatalf("%+v, %v", visits, err)
		}
		_, err = v.Visits(me, ids[1])
		wantRefused(t, err)
		wantCode(t, v.EndVisit(me, other.ID), "session.unknown")
		if _, err := v.Resume(t.Context(), others); err != nil {
			t.Error("somebody ended the session of another")
		}
		if err := v.EndVisit(me, there.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Resume(t.Context(), elsewhere); !identity.IsSignedOut(err) {
			t.Errorf("%v", err)
		}
		if err := v.EndOthers(me, here); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Resume(t.Context(), third); !identity.IsSignedOut(err) {
			t.Errorf("%v", err)
		}
		if _, err := v.Resume(t.Context(), here); err != nil {
			t.Error("the present session ended too")
		}
		wantRefused(t, v.EndOthers(t.Context(), here))
	})
}

func TestWhatEndsSessionsAtOnce(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		for name, end := range map[string]func() error{
			"the officer ends them": func() error { return v.EndSessions(v.officer, id) },
			"a reset":               func() error { _, err := v.Reset(v.officer, id); return err },
			"disabling":             func() error { _, err := v.Disable(v.admin, id); return err },
		} {
			session, cookie, err := v.try(t, "reporter", secret)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if err := end(); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if _, err := v.Resume(t.Context(), cookie); !identity.IsSignedOut(err) {
				t.Errorf("%s: %v", name, err)
			}
			v.restore(t, session.Account)
		}
	})
}

// restore lets an account sign in with the password of seeded accounts again.
func (v *town) restore(t *testing.T, id ledger.AccountID) {
	t.Helper()
	if _, err := v.Enable(v.admin, id); err != nil {
		t.Fatal(err)
	}
	first, err := v.Reset(v.officer, id)
	if err != nil {
		t.Fatal(err)
	}
	one, err := v.One(v.admin, id)
	if err != nil {
		t.Fatal(err)
	}
	session, cookie, err := v.try(t, one.Name, first.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.ChangePassword(v.as(t, session), cookie, first, credential.NewSecret(secret)); err != nil {
		t.Fatal(err)
	}
}

func TestManyGuessesAtOnceAreNoWayRoundTheLockout(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		var wg sync.WaitGroup
		var mu sync.Mutex
		looked := 0
		for range 20 {
			wg.Go(func() {
				_, _, err := v.try(t, "reporter", "wrong")
				mu.Lock()
				defer mu.Unlock()
				if service.HasCode(err, "sign-in.wrong") {
					looked++
				} else if !service.HasCode(err, "sign-in.wait") {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if looked != credential.AccountLockout.Free+1 {
			t.Errorf("%d guesses were looked at", looked)
		}
	})
}

func TestTwoWhoSignInAtOnceBothGetIn(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if _, cookie, err := v.try(t, "reporter", secret); err != nil {
					t.Error(err)
				} else if _, err := v.Resume(t.Context(), cookie); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

func TestTidyLeavesWhatStillCounts(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		_, old := v.signIn(t, "reporter")
		v.clock.pass(100 * 24 * time.Hour)
		_, young := v.signIn(t, "reporter")
		for range credential.AccountLockout.Free + 1 {
			_, _, _ = v.try(t, "reporter", "wrong")
		}
		if err := v.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
		_, _, err := v.try(t, "reporter", secret)
		wantCode(t, err, "sign-in.wait")
		if _, err := v.Resume(t.Context(), old); !identity.IsSignedOut(err) {
			t.Error(err)
		}
		if _, err := v.Resume(t.Context(), young); err != nil {
			t.Error(err)
		}
		var sessions int
		if err := v.Store().View(t.Context()).NewRaw("SELECT count(*) FROM identity_sessions").Scan(t.Context(), &sessions); err != nil || sessions != 1 {
			t.Errorf("%d sessions are left, %v", sessions, err)
		}
	})
}
