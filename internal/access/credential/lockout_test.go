package credential_test

import (
	"testing"
	"time"

	"luoshi/internal/access/credential"
)

func TestDelayGrows(t *testing.T) {
	l := credential.Lockout{Free: 3, First: time.Minute, Longest: 5 * time.Minute, Forget: 24 * time.Hour}
	var a credential.Attempts
	now := noon
	for i, want := range []time.Duration{0, 0, 0, time.Minute, 2 * time.Minute, 4 * time.Minute, 5 * time.Minute, 5 * time.Minute} {
		a = l.Failed(a, now)
		if got := l.Wait(a, now); got != want {
			t.Errorf("after failure %d: wait %s, want %s", i+1, got, want)
		}
		now = now.Add(want)
		if got := l.Wait(a, now); got != 0 {
			t.Errorf("after failure %d and its delay: wait %s", i+1, got)
		}
	}
	if a = l.Failed(a, now.Add(24*time.Hour)); a.Failures != 1 {
		t.Errorf("a day later: %d failures", a.Failures)
	}
}

// However many guesses are tried, a day lets only few of them be heard.
func TestGuessesInADay(t *testing.T) {
	var logins credential.Logins
	heard := 0
	for second := range 24 * 3600 {
		now := noon.Add(time.Duration(second) * time.Second)
		if logins.Wait(now) == 0 {
			heard++
			logins = logins.Failed(now)
		}
	}
	if heard < 20 || heard > 40 {
		t.Errorf("%d guesses at one account were heard in a day", heard)
	}
}

// One address that guesses at many accounts is slowed down too, even with one account of its own.
func TestGuessesFromOneAddress(t *testing.T) {
	var address credential.Attempts
	heard := 0
	for second := range 24 * 3600 {
		now := noon.Add(time.Duration(second) * time.Second)
		logins := credential.Logins{Address: address} // another account each time
		if logins.Wait(now) > 0 {
			continue
		}
		heard++
		address = logins.Failed(now).Address
		if heard%3 == 0 {
			address = credential.Logins{Address: address}.Succeeded().Address
		}
	}
	if heard < 150 || heard > 300 {
		t.Errorf("%d guesses from one address were heard in a day", heard)
	}
}

func TestSuccessForgetsTheAccountOnly(t *testing.T) {
	var logins credential.Logins
	for range 4 {
		logins = logins.Failed(noon)
	}
	logins = logins.Succeeded()
	if logins.Account.Failures != 0 || logins.Address.Failures != 4 {
		t.Errorf("got %+v", logins)
	}
}
