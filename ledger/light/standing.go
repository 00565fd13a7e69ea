package light

import (
	"luoshi/calendar"
	"luoshi/ledger"
)

// StandingState is what the calendar alone says of a matter.
type StandingState string

const (
	NotBegun  StandingState = "not_begun"
	Running   StandingState = "running"
	DueSoon   StandingState = "due"     // within thirty days
	Overdue   StandingState = "overdue" // the deadline has passed; whether it was kept is not said here
	OpenEnded StandingState = "open_ended"
)

// soon is how many days before its deadline a matter is called due.
const soon = 30

// Standing is a state with its days: left until the beginning or the deadline, or gone since the deadline.
type Standing struct {
	State StandingState `json:"state"`
	Days  int           `json:"days"`
}

// Calendar says where a day lies in the time of a matter. The deadline itself still belongs to it.
func Calendar(begin, by, on calendar.Date) Standing {
	switch {
	case on.Before(begin):
		return Standing{NotBegun, on.DaysTo(begin)}
	case by.IsZero():
		return Standing{State: OpenEnded}
	case by.Before(on):
		return Standing{Overdue, by.DaysTo(on)}
	case on.DaysTo(by) <= soon:
		return Standing{DueSoon, on.DaysTo(by)}
	}
	return Standing{Running, on.DaysTo(by)}
}

// Label is what pages call the state.
func (s StandingState) Label() ledger.Wording { return label("standing", s) }

// Words are the state with its days.
func (s Standing) Words() ledger.Wording {
	return step("standing."+string(s.State), number(s.Days)).Words()
}
