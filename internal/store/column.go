package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"luoshi/calendar"
)

// stamp is a time as a column holds it: UTC, of one width, so that its text sorts as the time does.
type stamp struct{ time.Time }

// Value is the text form.
func (t stamp) Value() (driver.Value, error) { return TimeText(t.Time), nil }

// Scan reads the text form.
func (t *stamp) Scan(src any) error {
	text, err := asText(src)
	if err != nil {
		return err
	}
	if t.Time, err = time.Parse(TimeForm, text); err != nil {
		return fmt.Errorf("store: read time: %w", err)
	}
	return nil
}

// day is a civil date as a column holds it, empty where unknown.
type day struct{ calendar.Date }

// Value is the text form.
func (d day) Value() (driver.Value, error) { return d.String(), nil }

// Scan reads the text form.
func (d *day) Scan(src any) error {
	text, err := asText(src)
	if err != nil {
		return err
	}
	return d.UnmarshalText([]byte(text))
}

// inJSON is a value that is kept whole in a column, because no query asks for its parts.
type inJSON[T any] struct{ Of T }

// Value is the value in JSON.
func (j inJSON[T]) Value() (driver.Value, error) {
	data, err := json.Marshal(j.Of)
	return string(data), err
}

// Scan reads JSON.
func (j *inJSON[T]) Scan(src any) error {
	text, err := asText(src)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(text), &j.Of); err != nil {
		return fmt.Errorf("store: read column: %w", err)
	}
	return nil
}
