package plans_test

import (
	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
)

// actor is somebody with a name of his own.
func (s *site) actor(account ledger.AccountID, role access.Role, unit ledger.UnitID) access.Actor {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	return s.Rights().Standing(account, s.Today(), []access.Appointment{appointment}, nil)
}
