package credential

import "time"

// Attempts is what is remembered of failed logins, of one account or one address.
type Attempts struct {
	Failures int
	// Last is the last failure; Until is when the next attempt is heard.
	Last, Until time.Time
}

// Lockout says what failures earn: after some free ones a delay that doubles with each further one.
type Lockout struct {
	Free           int
	First, Longest time.Duration
	// Forget is after how long without a failure all are forgotten.
	Forget time.Duration
}

// Many people of one office may come from one address, so it has more free failures than an account.
var (
	AccountLockout = Lockout{Free: 5, First: time.Minute, Longest: time.Hour, Forget: 24 * time.Hour}
	AddressLockout = Lockout{Free: 50, First: 10 * time.Second, Longest: 10 * time.Minute, Forget: 24 * time.Hour}
)

// Wait is how long an attempt has yet to wait; 0 where it is heard at once. An attempt that comes too early
// is refused without looking at the password, and is no failure.
func (l Lockout) Wait(a Attempts, now time.Time) time.Duration {
	return max(a.Until.Sub(now), 0)
}

// Failed is the record after one more failure.
func (l Lockout) Failed(a Attempts, now time.Time) Attempts {
	if now.Sub(a.Last) >= l.Forget {
		a = Attempts{}
	}
	a.Failures++
	a.Last = now
	if over := a.Failures - l.Free; over > 0 {
		a.Until = now.Add(l.delay(over))
	}
	return a
}

func (l Lockout) delay(over int) time.Duration {
	delay := l.First
	for ; over > 1 && delay < l.Longest; over-- {
		delay *= 2
	}
	return min(delay, l.Longest)
}

// Logins are the two records that bear on one login.
type Logins struct{ Account, Address Attempts }

// Wait is the longer of the two waits.
func (l Logins) Wait(now time.Time) time.Duration {
	return max(AccountLockout.Wait(l.Account, now), AddressLockout.Wait(l.Address, now))
}

// Failed counts a failure for both. Where there is no such account, its record is counted all the same: the
// answer must not tell.
func (l Logins) Failed(now time.Time) Logins {
	return Logins{AccountLockout.Failed(l.Account, now), AddressLockout.Failed(l.Address, now)}
}

// Succeeded forgets the failures of the account. Those of the address stay: one known account must not wash
// away the guesses at others.
func (l Logins) Succeeded() Logins { return Logins{Address: l.Address} }
