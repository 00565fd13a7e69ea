package service

import (
	"errors"

	"luoshi/internal/access"
	"luoshi/ledger"
)

// Refused is the error of a caller who may not do what he asked for. Refusal.Text says it to users.
type Refused struct {
	access.Refusal
	Action access.Action
}

// Error says it in English.
func (r *Refused) Error() string { return string(r.Action) + ": " + r.Refusal.Error() }

// Unwrap is the refusal of the table of rights.
func (r *Refused) Unwrap() error { return r.Refusal }

// Fault is something that keeps a use case from being done and that the user can mend, beyond the rules of the
// ledger, which are ledger.Problems: a file that cannot be read, a session that has ended. Code is stable, Words are for the user.
type Fault struct {
	Code  string
	Words ledger.Wording
	Cause error
}

// Error says it in English, with the cause.
func (f *Fault) Error() string {
	if f.Cause != nil {
		return f.Words.EN + ": " + f.Cause.Error()
	}
	return f.Words.EN
}

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.Cause }

// HasCode tells whether an error is, or is caused by, the fault with a code.
func HasCode(err error, code string) bool {
	var f *Fault
	return errors.As(err, &f) && f.Code == code
}
