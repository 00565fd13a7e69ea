package demo

import (
	"sync"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service"
)

// Clock is led through the year of the story. Once it is released it goes on: with the real time where that lies in the
// days after the story, and otherwise from the story's end, so that the demonstration always finds a round of reporting
// open. It is safe for concurrent use.
type Clock struct {
	mu       sync.Mutex
	released bool
	ahead    time.Duration // of the real time, once it is released
	now      time.Time
}

// NewClock is a clock that stands at the beginning of the story.
func NewClock() *Clock {
	c := &Clock{}
	c.lead(calendar.Date{Year: year, Month: 1, Day: 4}, 9, 0)
	return c
}

// Now is the time of the story. It goes on a little whenever somebody looks, so that what is made later bears a later
// time and identifiers stay in their order.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.released {
		return time.Now().Add(c.ahead)
	}
	c.now = c.now.Add(tick)
	return c.now
}

// tick is by how much the clock goes on at a look.
const tick = time.Millisecond

// lead sets the clock to a time of a day in the district. It never goes back: two things of one hour happen one after the
// other.
func (c *Clock) lead(day calendar.Date, hour, minute int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if then := time.Date(int(day.Year), time.Month(day.Month), int(day.Day), hour, minute, 0, 0, service.Zone()); then.After(c.now) {
		c.now = then
	}
}

// Release lets the clock go on by itself, from no earlier than a moment at which something has happened already.
func (c *Clock) Release(happened time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.released = true
	end := time.Date(year, time.Month(lastDay.Month), int(lastDay.Day), 17, 0, 0, 0, service.Zone())
	if happened.After(end) {
		end = happened
	}
	if now := time.Now(); now.Before(end) || now.After(end.AddDate(0, 0, epilogue)) {
		c.ahead = end.Sub(now)
	}
}

// epilogue is for how many days after the story the real time goes on with it.
const epilogue = 4
