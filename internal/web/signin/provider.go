package signin

import (
	"net/http"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/identity"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

const (
	providerPath = "/sign-in/provider"
	// ReturnPath is where the identity provider sends browsers back to; it is told so when this system is registered there.
	ReturnPath = providerPath + "/return"
	// ticketCookie is what a browser brings back from the identity provider.
	ticketCookie = "luoshi-ticket"
	ticketLife   = 10 * 60 // seconds
)

// depart sends the browser to the identity provider. It comes by a link, because a form may lead to no other host.
func (p *Pages) depart(w http.ResponseWriter, r *http.Request) error {
	departure, err := p.accounts.Depart(r.Context())
	if err != nil {
		return p.turnedAway(w, r, err)
	}
	// Lax, because the provider sends the browser back from another site.
	http.SetCookie(w, &http.Cookie{
		Name: ticketCookie, Value: departure.Ticket.Reveal(), Path: providerPath, MaxAge: ticketLife, HttpOnly: true,
		Secure: departure.Secure, SameSite: http.SameSiteLaxMode,
	})
	w.Header().Set("Location", departure.Address)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// arrive is where the identity provider sends the browser back to.
func (p *Pages) arrive(w http.ResponseWriter, r *http.Request) error {
	arrival := identity.Arrival{
		State: r.URL.Query().Get("state"), Code: r.URL.Query().Get("code"), Address: web.Address(r.Context()), Agent: r.UserAgent(),
	}
	if ticket, err := r.Cookie(ticketCookie); err == nil {
		arrival.Ticket = credential.NewSecret(ticket.Value)
	}
	http.SetCookie(w, &http.Cookie{Name: ticketCookie, Path: providerPath, MaxAge: -1, HttpOnly: true})
	session, cookie, err := p.accounts.Arrive(r.Context(), arrival)
	if err != nil {
		return p.turnedAway(w, r, err)
	}
	web.Grant(w, r, cookie)
	return p.onward(w, r, session)
}

// turnedAway shows the page of signing in with what the identity provider's way ended in.
func (p *Pages) turnedAway(w http.ResponseWriter, r *http.Request, err error) error {
	return again(r, err, func(wrong page.Errors) error {
		e := p.entry("", "/")
		e.errors = wrong
		return web.ShowStatus(w, r, status(err), entrance(e))
	})
}
