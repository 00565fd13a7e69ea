package accounts

import (
	"context"
	"net/http"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/web"
)

// Calendars keep the secret address under which a calendar program finds the deadlines of an account.
type Calendars interface {
	// Calendar tells since when there is an address; the zero time where there is none.
	Calendar(ctx context.Context) (time.Time, error)
	// NewCalendar makes one, in the place of that before: its path on this server.
	NewCalendar(ctx context.Context) (credential.Secret, error)
	// DropCalendar ends it.
	DropCalendar(ctx context.Context) error
}

// calendarURL is the page of one's own calendar.
const calendarURL = "/account/calendar"

func (p *Pages) calendarRoutes() []web.Route {
	return []web.Route{
		{Pattern: "GET /account/calendar", Handler: p.calendar},
		{Pattern: "POST /account/calendar", Handler: p.newCalendar},
		{Pattern: "POST /account/calendar/drop", Handler: p.dropCalendar},
	}
}

func (p *Pages) calendar(w http.ResponseWriter, r *http.Request) error {
	since, err := p.calendars.Calendar(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, calendarPage(since))
}

func (p *Pages) newCalendar(w http.ResponseWriter, r *http.Request) error {
	path, err := p.calendars.NewCalendar(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, calendarAddressPage(credential.NewSecret(p.origin+path.Reveal())))
}

func (p *Pages) dropCalendar(w http.ResponseWriter, r *http.Request) error {
	if err := p.calendars.DropCalendar(r.Context()); err != nil {
		return err
	}
	return done(w, r, calendarURL, "account.calendar.dropped")
}
