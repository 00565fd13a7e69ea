package supervision

import "luoshi/calendar"

// Occasion is why somebody is reminded.
type Occasion string

// The occasions of reminders.
const (
	ToSign    Occasion = "sign"     // not signed for yet
	Before    Occasion = "before"   // the deadline comes near
	OnDue     Occasion = "due"      // the deadline is today
	Overdue   Occasion = "overdue"  // the deadline is over
	ToReport  Occasion = "interim"  // an interim report is due
	ToReview  Occasion = "review"   // a reply waits for the office
	ToResume  Occasion = "resume"   // a suspension comes to its end
	ToDecide  Occasion = "decide"   // a request waits for the leader
	Escalated Occasion = "escalate" // long overdue: the leader is told
)

// Recipient is to whom a reminder goes. Which account that is depends on the unit.
type Recipient string

// The recipients of reminders.
const (
	ToUnit   Recipient = "unit"   // who works on it in the unit that leads
	ToHead   Recipient = "head"   // the head of that unit
	ToLeader Recipient = "leader" // the leader of the government
	ToOffice Recipient = "office" // the supervising office
)

// Reminder is something that somebody is to be told on a day, once.
type Reminder struct {
	Key   string // the same whenever it is asked for: what was sent under it is not sent again
	Kind  Occasion
	Clock string        // of flow order
	Due   calendar.Date // of that clock
	Day   calendar.Date // on which it is to be sent, a working day
	To    Recipient
	Late  int // working days over the deadline; negative before it
}
