package reporting

import (
	"luoshi/calendar"
	"luoshi/ledger/reporting"
)

// Settings say when and how often the units of a plan are asked, and what.
type Settings struct {
	Schedules []reporting.Schedule `json:"schedules"` // one for each frequency that is asked
	Asking    reporting.Asking     `json:"asking"`
	// From is the first day of reporting: periods that end before it are not asked. The whole year where it is zero.
	From calendar.Date `json:"from,omitzero"`
}

// UsualSettings are what holds until the office says otherwise; nothing is asked before it has saved some.
func UsualSettings() Settings {
	return Settings{Schedules: reporting.Usual(), Asking: reporting.UsualAsking()}
}
