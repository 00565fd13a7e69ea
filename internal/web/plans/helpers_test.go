package plans_test

import (
	"regexp"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
)

// actor is somebody with a name of his own.
func (s *site) actor(account ledger.AccountID, role access.Role, unit ledger.UnitID) access.Actor {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	return s.Rights().Standing(account, s.Today(), []access.Appointment{appointment}, nil)
}

// picks finds the boxes of a list that can be ticked.
var picks = regexp.MustCompile(`name="pick" value="([^"]+)"`)

// amendFields are the fields of the form of an amendment that hold what is there now.
var amendFields = []string{
	"revision", "by", "lead", "post", "state", "target.number", "target.code", "target.indicator", "target.subject",
	"target.measure", "target.cmp", "target.value", "target.upper", "target.unit", "target.words", "target.by", "target.scope",
	"target.basis", "target.firm",
}
