package intake

import (
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

// moment is a time as a column holds it, empty where there is none.
type moment struct{ time.Time }

const momentForm = "2006-01-02T15:04:05.000000Z"

// Value is the text form.
func (m moment) Value() (driver.Value, error) {
	if m.IsZero() {
		return "", nil
	}
	return m.UTC().Format(momentForm), nil
}

// Scan reads the text form.
func (m *moment) Scan(src any) (err error) {
	text, err := columnText(src)
	if err != nil || text == "" {
		m.Time = time.Time{}
		return err
	}
	if m.Time, err = time.Parse(momentForm, text); err != nil {
		return fmt.Errorf("reading a time: %w", err)
	}
	return nil
}

func columnText(src any) (string, error) {
	switch text := src.(type) {
	case string:
		return text, nil
	case []byte:
		return string(text), nil
	}
	return "", fmt.Errorf("a column of text holds a %T", src)
}

type readingRow struct {
	bun.BaseModel `bun:"table:intake_readings,alias:intake_readings"`
	Document      string `bun:"document,pk"`
	Unit          string `bun:"unit,nullzero"`
	Account       string `bun:"account"`
	Format        string `bun:"format"`
	Kind          string `bun:"kind"`
	PlanYear      int    `bun:"plan_year"`
	State         string `bun:"state"`
	Attempt       int    `bun:"attempt"`
	Percent       int    `bun:"percent"`
	Asked         moment `bun:"asked"`
	Started       moment `bun:"started"`
	Ended         moment `bun:"ended"`
	FaultCode     string `bun:"fault_code"`
	FaultZH       string `bun:"fault_zh"`
	FaultEN       string `bun:"fault_en"`
	Promises      int    `bun:"promises"`
	Figures       int    `bun:"figures"`
	Errors        int    `bun:"errors"`
	Warnings      int    `bun:"warnings"`
}

type resultRow struct {
	bun.BaseModel `bun:"table:intake_results,alias:intake_results"`
	Document      string `bun:"document,pk"`
	Result        string `bun:"result"`
	Proposal      string `bun:"proposal"`
}

type reviewRow struct {
	bun.BaseModel `bun:"table:intake_reviews,alias:intake_reviews"`
	Plan          string `bun:"plan,pk"`
	Document      string `bun:"document,pk"`
	Opened        moment `bun:"opened"`
	OpenedBy      string `bun:"opened_by"`
	Steps         int    `bun:"steps"`
	Pending       int    `bun:"pending"`
	Accepted      int    `bun:"accepted"`
	Rejected      int    `bun:"rejected"`
	Entered       moment `bun:"entered"`
	EnteredBy     string `bun:"entered_by"`
	Commitments   int    `bun:"commitments"`
}
