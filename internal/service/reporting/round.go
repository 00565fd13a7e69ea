package reporting

import (
	"luoshi/calendar"
	"luoshi/ledger/reporting"
)

// RoundView is a round with how far its units are.
type RoundView struct {
	reporting.Round
	Revision int64
	// States are how many submissions are in each state. They are there once the round was opened.
	States map[reporting.State]int
	// Reported are the submissions that were sent in, and Late those of them that were sent after the due day.
	Units, Reported, Late int
}

// RoundDates are other dates for a round than its schedule gives.
type RoundDates struct {
	Opens, Due, Closes calendar.Date
}
