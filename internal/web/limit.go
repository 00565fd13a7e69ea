package web

import "luoshi/internal/access/rate"

// Limits are how many requests are taken of one address and of one account, and of one address at routes where secrets
// can be guessed.
type Limits struct{ Address, Account, Guarded rate.Rate }

// Usual are limits that nobody meets at work: a whole office may come from one address.
var Usual = Limits{
	Address: rate.Rate{Burst: 600, Second: 100},
	Account: rate.Rate{Burst: 200, Second: 30},
	Guarded: rate.Rate{Burst: 30, Second: 0.5},
}
