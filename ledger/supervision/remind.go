package supervision

import (
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/flow"
)

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

// Remind is everything of which somebody is to be told on the working days of a span, by the clocks as they run now. It
// gives day by day what it gives for all days at once. Whoever asks again for days gone by gets the same keys, so that
// what was sent is not sent twice; a deadline that was moved has keys of its own.
func (u Urging) Remind(clocks []flow.Term, span calendar.Period, days *calendar.Workdays) []Reminder {
	var all []Reminder
	for day := span.From; !span.To.Before(day); day = day.AddDays(1) {
		if !days.Day(day).Working {
			continue
		}
		for _, clock := range clocks {
			if !clock.Paused {
				all = u.remind(all, clock, day, days.Between(clock.Due, day))
			}
		}
	}
	return all
}

// remind adds what a clock gives on a day that is so many working days after its last.
func (u Urging) remind(all []Reminder, clock flow.Term, day calendar.Date, late int) []Reminder {
	for _, r := range u {
		if r.Clock != clock.Clock || !r.falls(late) {
			continue
		}
		for _, to := range r.To {
			key := strings.Join([]string{r.Clock, clock.Due.String(), string(r.Kind), strconv.Itoa(late), string(to)}, "/")
			reminder := Reminder{Key: key, Kind: r.Kind, Clock: r.Clock, Due: clock.Due, Day: day, To: to, Late: late}
			if !slices.ContainsFunc(all, func(other Reminder) bool { return other.Key == key }) {
				all = append(all, reminder)
			}
		}
	}
	return all
}

// falls tells whether a rule reminds so many working days after the last one of a term.
func (r *UrgingRule) falls(late int) bool {
	over := late - r.At
	switch {
	case over < 0:
		return false
	case r.Every == 0:
		return over == 0
	}
	return over%r.Every == 0 && (r.Times == 0 || over/r.Every < r.Times)
}
