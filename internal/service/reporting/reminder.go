package reporting

import (
	"time"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Reminder is a 催报: a notice to a unit that a form of it is waited for.
type Reminder struct {
	Round    reporting.Round
	Unit     ledger.UnitID
	UnitName string
	On       calendar.Date
	By       ledger.AccountID // who reminded; empty where the calendar did
	At       time.Time
}
