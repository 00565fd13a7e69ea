package score

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"luoshi/reading"
)

// Record is one line of a file of records. A nil field is one that the line leaves out, which is not the
// same as an empty one: a reader that says nothing of a unit has not said that there is none.
type Record struct {
	At      int      `json:"at"` // code points from the start of the text
	Surface string   `json:"surface"`
	Value   *float64 `json:"value"` // in base units, or the lower end of a range
	Value2  *float64 `json:"value2"`
	Unit    *string  `json:"unit"`
	Cmp     *string  `json:"cmp"`
	Measure *string  `json:"measure"`
	Subject string   `json:"subject"` // leaving it out and leaving it empty are the same
	By      *string  `json:"by"`      // YYYY-MM-DD
	Kind    *string  `json:"kind"`
	Firm    *bool    `json:"firm"` // true where it is left out
}

// nowhere is the place of a record that does not say where it stands.
const nowhere = -1

// LineError is what is wrong with a line of a file of records.
type LineError struct {
	Line int // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("read record on line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

var errNowhere = errors.New("it does not say where it stands (at)")

// Parse reads records from JSON lines: one object a line, blank lines between them allowed, unknown fields
// ignored. Of records at the same place the last one counts, and takes the place of the first. Every error is
// a *LineError.
func Parse(data []byte) ([]Record, error) {
	var list records
	number := 0
	for line := range bytes.Lines(data) {
		number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		record := Record{At: nowhere}
		if err := json.Unmarshal(line, &record); err != nil {
			return nil, &LineError{number, err}
		}
		if record.At < 0 {
			return nil, &LineError{number, errNowhere}
		}
		list.add(record)
	}
	return list.all, nil
}

// Of lists what was read from a document as it would be written to a file of records, so that what is scored
// is what is given away.
func Of(r *reading.Reading) ([]Record, error) {
	var list records
	for i := range r.Quantities {
		line, err := r.Quantities[i].JSON("")
		if err != nil {
			return nil, fmt.Errorf("write quantity at %d: %w", r.Quantities[i].At, err)
		}
		var record Record
		if err := json.Unmarshal(line, &record); err != nil {
			return nil, fmt.Errorf("read quantity at %d: %w", r.Quantities[i].At, err)
		}
		list.add(record)
	}
	return list.all, nil
}

// records is a list with at most one record at each place.
type records struct {
	all []Record
	at  map[int]int // from a place to the index of its record
}

func (l *records) add(r Record) {
	if l.at == nil {
		l.at = map[int]int{}
	}
	if i, ok := l.at[r.At]; ok {
		l.all[i] = r
		return
	}
	l.at[r.At] = len(l.all)
	l.all = append(l.all, r)
}

// Text is one field of the record for people to read; "" where it is left out.
func (r *Record) Text(f Field) string { return fields[f].text(r) }

func valueText(r *Record) string {
	if r.Value2 == nil {
		return numberText(r.Value)
	}
	return numberText(r.Value) + "–" + numberText(r.Value2)
}

func numberText(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func wordText(word *string) string {
	if word == nil {
		return ""
	}
	return *word
}

func firmText(r *Record) string { return strconv.FormatBool(r.firm()) }

func (r *Record) firm() bool { return r.Firm == nil || *r.Firm }
