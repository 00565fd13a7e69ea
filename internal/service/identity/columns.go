package identity

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/ledger"
)

type accountID = ledger.AccountID

// stamp is a time as a column holds it, NULL where it is zero.
type stamp struct{ time.Time }

// Value is the text form.
func (t stamp) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.UTC().Format(store.TimeForm), nil
}

// Scan reads the text form.
func (t *stamp) Scan(src any) (err error) {
	switch src := src.(type) {
	case nil:
		t.Time = time.Time{}
	case string:
		t.Time, err = time.Parse(store.TimeForm, src)
	case []byte:
		t.Time, err = time.Parse(store.TimeForm, string(src))
	default:
		err = fmt.Errorf("identity: a time cannot be read from %T", src)
	}
	return err
}

// day is a civil date as a column holds it, empty where it is open.
type day struct{ calendar.Date }

// Value is the text form.
func (d day) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads the text form.
func (d *day) Scan(src any) error {
	switch src := src.(type) {
	case string:
		return d.UnmarshalText([]byte(src))
	case []byte:
		return d.UnmarshalText(src)
	}
	return fmt.Errorf("identity: a date cannot be read from %T", src)
}

// list is a list that is kept whole in a column, as no query asks for its parts.
type list[T any] []T

// Value is the list in JSON.
func (l list[T]) Value() (driver.Value, error) {
	data, err := json.Marshal([]T(l))
	return string(data), err
}

// Scan reads JSON.
func (l *list[T]) Scan(src any) error {
	switch src := src.(type) {
	case string:
		return json.Unmarshal([]byte(src), (*[]T)(l))
	case []byte:
		return json.Unmarshal(src, (*[]T)(l))
	}
	return fmt.Errorf("identity: a list cannot be read from %T", src)
}
