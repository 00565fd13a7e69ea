package assessment

import (
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger/assessment"
)

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

// fault is what keeps a use case from being done, in words of faults.txt.
func fault(code string, facts ...string) *service.Fault { return faults.New(code, facts...) }

// unsound is a fault whose cause is what is wrong, nil where nothing is.
func unsound(code string, found assessment.Problems) error {
	if len(found) == 0 {
		return nil
	}
	f := fault(code, strconv.Itoa(len(found)))
	f.Cause = found
	return f
}

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// read is what a query failed with: that there is no such record, or what kept it from being read.
func read(kind, id string, err error) error {
	switch {
	case err == nil:
		return nil
	case noRows(err):
		return &store.NotFound{Kind: kind, ID: id}
	}
	return fmt.Errorf("reading %s %s: %w", kind, id, err)
}

// written is a value as a column of text holds it.
func written(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // the program's own types
	}
	return string(text)
}

// parsed reads what written has written.
func parsed[T any](text string) (T, error) {
	var value T
	if text == "" {
		return value, nil
	}
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return value, fmt.Errorf("reading a %T: %w", value, err)
	}
	return value, nil
}
