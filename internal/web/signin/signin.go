// Package signin is the pages by which somebody comes in and goes out: the password, the one-time code, the change of a
// first password, and the way out.
package signin

import (
	_ "embed" // the words
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service/identity"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Shown is an account of a demonstration that the page of signing in shows with its password.
type Shown struct {
	Name, Person string
	Unit         string
	Role         access.Text
	Password     credential.Secret
}

// Options are what the pages may be told.
type Options struct {
	// Demo are accounts that anyone may sign in with: in a demonstration alone.
	Demo []Shown
}

// Pages are the pages of signing in.
type Pages struct {
	accounts *identity.Service
	options  Options
}

// New makes the pages.
func New(accounts *identity.Service, options Options) *Pages {
	return &Pages{accounts: accounts, options: options}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /sign-in", Handler: p.form, First: true},
		{Pattern: "POST /sign-in", Handler: p.signIn, Guarded: true, Private: true, First: true},
		{Pattern: "GET /sign-in/code", Handler: p.codeForm, First: true},
		{Pattern: "POST /sign-in/code", Handler: p.code, Guarded: true, Private: true, First: true},
		{Pattern: "GET " + providerPath, Handler: p.depart, First: true},
		{Pattern: "GET " + ReturnPath, Handler: p.arrive, Private: true, First: true},
		{Pattern: "POST /sign-out", Handler: p.signOut, First: true},
		{Pattern: "GET /account/password", Handler: p.passwordForm, First: true},
		{Pattern: "POST /account/password", Handler: p.password, Guarded: true, Private: true, First: true},
	}
}

// entry is what the page of signing in shows.
type entry struct {
	name     string
	password credential.Secret // of a demonstration
	next     string
	errors   page.Errors
	demo     []Shown
	provider string // what the button to the identity provider says; empty where there is none
}

// chose tells whether one of some accounts was chosen.
func (e entry) chose(shown []Shown) bool {
	return slices.ContainsFunc(shown, func(s Shown) bool { return s.Name == e.name })
}

func (p *Pages) entry(name, next string) entry {
	e := entry{name: name, next: next, demo: p.options.Demo}
	if title, has := p.accounts.Provider(); has {
		e.provider = title
	}
	return e
}

// next is the page to which somebody wanted to go who had to sign in first.
func next(r *http.Request) string {
	if to := r.FormValue("next"); web.Local(to) {
		return to
	}
	return "/"
}

func (p *Pages) form(w http.ResponseWriter, r *http.Request) error {
	visitor := web.VisitorOf(r.Context())
	if visitor.SecondFactorDue {
		return web.Redirect(w, r, along(web.FactorPath, next(r)))
	}
	if visitor.SignedIn() {
		return web.Redirect(w, r, next(r))
	}
	e := p.entry("", next(r))
	for _, shown := range p.options.Demo {
		if shown.Name == r.URL.Query().Get("as") {
			e.name, e.password = shown.Name, shown.Password
		}
	}
	return web.Show(w, r, entrance(e))
}

// along is an address that remembers where somebody wanted to go.
func along(path, next string) string {
	if next == "/" {
		return path
	}
	return path + "?" + url.Values{"next": {next}}.Encode()
}

func (p *Pages) signIn(w http.ResponseWriter, r *http.Request) error {
	session, cookie, err := p.accounts.SignIn(r.Context(), identity.SignInRequest{
		Name: r.PostFormValue("name"), Password: credential.NewSecret(r.PostFormValue("password")),
		Address: web.Address(r.Context()), Agent: r.UserAgent(),
	})
	if err != nil {
		e := p.entry(r.PostFormValue("name"), next(r))
		return again(r, err, func(errors page.Errors) error {
			e.errors = errors
			return web.ShowStatus(w, r, status(err), entrance(e))
		})
	}
	web.Grant(w, r, cookie)
	return p.onward(w, r, session)
}

// onward leads to what a session is good for.
func (p *Pages) onward(w http.ResponseWriter, r *http.Request, session identity.Session) error {
	switch {
	case session.SecondFactorDue:
		return web.Redirect(w, r, along(web.FactorPath, next(r)))
	case session.MustChange:
		return web.Redirect(w, r, along(web.PasswordPath, next(r)))
	}
	return web.Redirect(w, r, next(r))
}

// again shows a form again where the user can mend what is wrong.
func again(r *http.Request, err error, show func(page.Errors) error) error {
	if wrong, ok := page.Of(r.Context()).ErrorsOf(err); ok {
		return show(wrong)
	}
	return err
}

// status is that of a form which is shown again.
func status(err error) int {
	var locked *identity.Locked
	if errors.As(err, &locked) {
		return http.StatusTooManyRequests
	}
	return http.StatusUnprocessableEntity
}

func (p *Pages) codeForm(w http.ResponseWriter, r *http.Request) error {
	if !web.VisitorOf(r.Context()).SecondFactorDue {
		return web.Redirect(w, r, along(web.SignInPath, next(r)))
	}
	return web.Show(w, r, secondStep(next(r), page.Errors{}))
}

func (p *Pages) code(w http.ResponseWriter, r *http.Request) error {
	session, cookie, err := p.accounts.Prove(r.Context(), web.Cookie(r), strings.TrimSpace(r.PostFormValue("code")), web.Address(r.Context()))
	if identity.IsSignedOut(err) {
		web.Forget(w, r)
		web.Flash(w, r, page.Warning, "sign-in.again")
		return web.Redirect(w, r, along(web.SignInPath, next(r)))
	}
	if err != nil {
		return again(r, err, func(errors page.Errors) error {
			return web.ShowStatus(w, r, status(err), secondStep(next(r), errors))
		})
	}
	web.Grant(w, r, cookie)
	return p.onward(w, r, session)
}

func (p *Pages) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := p.accounts.SignOut(r.Context(), web.Cookie(r)); err != nil {
		return err
	}
	web.Forget(w, r)
	web.Flash(w, r, page.Success, "sign-in.out")
	return web.Redirect(w, r, web.SignInPath)
}

func (p *Pages) passwordForm(w http.ResponseWriter, r *http.Request) error {
	return web.Show(w, r, newPassword(next(r), web.VisitorOf(r.Context()).MustChange, page.Errors{}))
}

func (p *Pages) password(w http.ResponseWriter, r *http.Request) error {
	must := web.VisitorOf(r.Context()).MustChange
	show := func(wrong page.Errors) error {
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPassword(next(r), must, wrong))
	}
	if r.PostFormValue("next-password") != r.PostFormValue("repeated") {
		var wrong page.Errors
		wrong.Add("repeated", page.T(r.Context(), "password.differs"))
		return show(wrong)
	}
	cookie, err := p.accounts.ChangePassword(r.Context(), web.Cookie(r),
		credential.NewSecret(r.PostFormValue("present")), credential.NewSecret(r.PostFormValue("next-password")))
	if err != nil {
		return again(r, err, show)
	}
	web.Grant(w, r, cookie)
	web.Flash(w, r, page.Success, "password.changed")
	if to := next(r); must || to != "/" {
		return web.Redirect(w, r, to)
	}
	return web.Redirect(w, r, "/account")
}
