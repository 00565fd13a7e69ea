package store

import (
	"errors"
	"fmt"

	"luoshi/ledger"
)

// Fault is something that keeps the program from its database or its files, in words for the person who
// runs it.
type Fault struct {
	Code  string // stable: "database.newer"
	Words ledger.Wording
	cause error
}

// Error says it in English, with the cause.
func (f *Fault) Error() string {
	if f.cause == nil {
		return f.Words.EN
	}
	return f.Words.EN + " (" + f.cause.Error() + ")"
}

// Unwrap is the cause.
func (f *Fault) Unwrap() error { return f.cause }

// HasFault tells whether an error is, or is caused by, the fault with a code.
func HasFault(err error, code string) bool {
	var f *Fault
	return errors.As(err, &f) && f.Code == code
}

func fault(code string, cause error, zh, en string) error {
	return &Fault{Code: code, Words: ledger.Wording{ZH: zh, EN: en}, cause: cause}
}

// NotFound says that there is no such record.
type NotFound struct {
	Kind string // of record, by its table: "units"
	ID   string
}

func (e *NotFound) Error() string { return fmt.Sprintf("store: no %s with id %s", e.Kind, e.ID) }

// Exists says that there is a record with the identifier already, such as a document with the same bytes.
// The transaction can do nothing more then.
type Exists struct {
	Kind string
	ID   string
}

func (e *Exists) Error() string { return fmt.Sprintf("store: %s has id %s already", e.Kind, e.ID) }

// Conflict says that a record was changed by somebody else after it was read.
type Conflict[T any] struct {
	Kind    string
	ID      string
	Seen    int64     // the revision that the change was made from
	Current Record[T] // as it is now, for the page that shows the difference
}

func (e *Conflict[T]) Error() string {
	return fmt.Sprintf("store: %s %s is at revision %d, the change was made from %d", e.Kind, e.ID, e.Current.Revision, e.Seen)
}

// IsConflict tells whether an error is a conflict, of whatever kind of record. HTTP answers it with 412.
func IsConflict(err error) bool {
	var c interface{ conflict() }
	return errors.As(err, &c)
}

func (e *Conflict[T]) conflict() {}

// Changed is the record that was changed by somebody else, as a conflict of whatever kind of record says.
func Changed(err error) (kind, id string, ok bool) {
	var c interface{ of() (kind, id string) }
	if !errors.As(err, &c) {
		return "", "", false
	}
	kind, id = c.of()
	return kind, id, true
}

func (e *Conflict[T]) of() (kind, id string) { return e.Kind, e.ID }
