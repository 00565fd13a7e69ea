package identity_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/access/credential/credentialtest"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
)

// enrol turns the second factor of a session's account on.
func (v *town) enrol(t *testing.T, session identity.Session) (key credential.Secret, recovery []credential.Secret) {
	t.Helper()
	me := v.as(t, session)
	enrolment, err := v.BeginFactor(me)
	if err != nil || !strings.HasPrefix(enrolment.URI.Reveal(), "otpauth://totp/") {
		t.Fatalf("%v", err)
	}
	if pending, err := v.PendingFactor(me); err != nil || pending != enrolment {
		t.Errorf("the page of the key shows another, %v", err)
	}
	if has, err := v.HasFactor(me); err != nil || has {
		t.Errorf("turned on before a code was typed: %t, %v", has, err)
	}
	_, err = v.ConfirmFactor(me, "000000")
	wantCode(t, err, "factor.code")
	recovery, err = v.ConfirmFactor(me, credentialtest.Code(t, enrolment.Typed, v.clock.Now()))
	if err != nil || len(recovery) != 10 {
		t.Fatalf("%d recovery codes, %v", len(recovery), err)
	}
	return enrolment.Typed, recovery
}

func TestSecondFactor(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		session, _ := v.signIn(t, "reporter")
		key, _ := v.enrol(t, session)
		_, err := v.BeginFactor(v.as(t, session))
		wantCode(t, err, "factor.present")

		due, cookie := v.signIn(t, "reporter")
		if !due.SecondFactorDue || due.Actor.Account != "" {
			t.Fatalf("%+v", due)
		}
		_, _, err = v.Prove(t.Context(), cookie, credentialtest.Code(t, key, v.clock.Now()), "10.1.2.3")
		wantCode(t, err, "sign-in.code") // it confirmed the enrolment, and no code is good twice
		_, _, err = v.Prove(t.Context(), cookie, "", "10.1.2.3")
		wantCode(t, err, "sign-in.code")
		v.clock.pass(30 * time.Second)
		proved, fresh, err := v.Prove(t.Context(), cookie, credentialtest.Code(t, key, v.clock.Now()), "10.1.2.3")
		if err != nil || proved.SecondFactorDue || proved.Actor.Posts[0].Role != "reporter" {
			t.Fatalf("%+v, %v", proved, err)
		}
		if _, err := v.Resume(t.Context(), cookie); !identity.IsSignedOut(err) {
			t.Errorf("the cookie of the first step still opens: %v", err)
		}
		if _, err := v.Resume(t.Context(), fresh); err != nil {
			t.Error(err)
		}
		if err := v.RemoveFactor(v.as(t, proved), credential.NewSecret("wrong")); !service.HasCode(err, "password.wrong") {
			t.Errorf("%v", err)
		}
		if err := v.RemoveFactor(v.as(t, proved), credential.NewSecret(secret)); err != nil {
			t.Fatal(err)
		}
		if plain, _ := v.signIn(t, "reporter"); plain.SecondFactorDue {
			t.Error("it is still asked for")
		}
	})
}

func TestTheSecondStepDoesNotWait(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		session, _ := v.signIn(t, "reporter")
		key, _ := v.enrol(t, session)
		_, cookie := v.signIn(t, "reporter")
		v.clock.pass(5 * time.Minute)
		_, _, err := v.Prove(t.Context(), cookie, credentialtest.Code(t, key, v.clock.Now()), "10.1.2.3")
		wantCode(t, err, "session.none")
	})
}

func TestGuessingCodesIsLockedOut(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		session, _ := v.signIn(t, "reporter")
		key, _ := v.enrol(t, session)
		_, cookie := v.signIn(t, "reporter")
		v.clock.pass(30 * time.Second)
		for range credential.AccountLockout.Free + 1 {
			_, _, err := v.Prove(t.Context(), cookie, "123456", "10.1.2.3")
			wantCode(t, err, "sign-in.code")
		}
		_, _, err := v.Prove(t.Context(), cookie, credentialtest.Code(t, key, v.clock.Now()), "10.1.2.3")
		wantCode(t, err, "sign-in.wait")
		// Who knows the password cannot wash the guesses away by signing in anew.
		_, _, err = v.try(t, "reporter", secret)
		wantCode(t, err, "sign-in.wait")
		v.clock.pass(time.Minute)
		_, again := v.signIn(t, "reporter")
		_, _, err = v.Prove(t.Context(), again, "123456", "10.1.2.3")
		wantCode(t, err, "sign-in.code")
		_, _, err = v.try(t, "reporter", secret)
		wantCode(t, err, "sign-in.wait")
	})
}

func TestACodeOpensOnce(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		v.seed(t, "reporter")
		session, _ := v.signIn(t, "reporter")
		key, recovery := v.enrol(t, session)
		v.clock.pass(time.Minute)
		for name, code := range map[string]string{"of the app": credentialtest.Code(t, key, v.clock.Now()), "of recovery": recovery[3].Reveal()} {
			var wg sync.WaitGroup
			var mu sync.Mutex
			entered := 0
			for range 4 {
				wg.Go(func() {
					request := identity.SignInRequest{Name: "reporter", Password: credential.NewSecret(secret), Code: code}
					if _, _, err := v.SignIn(t.Context(), request); err == nil {
						mu.Lock()
						entered++
						mu.Unlock()
					}
				})
			}
			wg.Wait()
			if entered != 1 {
				t.Errorf("a code %s opened %d times", name, entered)
			}
		}
	})
}

func TestALostTelephone(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		session, _ := v.signIn(t, "reporter")
		v.enrol(t, session)
		wantRefused(t, v.RemoveFactorOf(v.admin, id))
		if err := v.RemoveFactorOf(v.officer, id); err != nil {
			t.Fatal(err)
		}
		if plain, _ := v.signIn(t, "reporter"); plain.SecondFactorDue {
			t.Error("it is still asked for")
		}
	})
}
