package web

import (
	"context"
	"net/http"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
)

// Visitor is who sends a request. The zero Visitor is the public.
type Visitor struct {
	// Session identifies the session, and is no secret.
	Session string
	// Name is how the person is addressed.
	Name  string
	Actor access.Actor
	// MustChange tells of a first password, which opens only the page on which it is changed.
	MustChange bool
	// SecondFactorDue tells that the password was right and the one-time code has yet to come.
	SecondFactorDue bool
}

// SignedIn tells that it is not the public.
func (v Visitor) SignedIn() bool { return v.Actor.Account != "" }

// Sessions know by a cookie who sends a request.
type Sessions interface {
	// Resume is the session of a cookie. Where it has ended, or never was, the error is a *service.Fault.
	Resume(ctx context.Context, cookie credential.Secret) (Visitor, error)
}

// Where an account is sent that must yet do something before anything else is open to it.
const (
	SignInPath   = "/sign-in"
	PasswordPath = "/account/password"
	FactorPath   = "/sign-in/code"
)

// facts is what the shell knows of a request.
type facts struct {
	server  *Server
	visitor Visitor
	request string
	address string
	route   Route
	secure  bool
}

type factsKey struct{}

func factsOf(ctx context.Context) *facts {
	f, ok := ctx.Value(factsKey{}).(*facts)
	if !ok {
		return &facts{}
	}
	return f
}

// VisitorOf is who sends the request of a context.
func VisitorOf(ctx context.Context) Visitor { return factsOf(ctx).visitor }

// Address is from where the request of a context came.
func Address(ctx context.Context) string { return factsOf(ctx).address }

// CookieName is that of the session. A browser takes a cookie of this first name by TLS only, and from no other host.
func CookieName(secure bool) string {
	if secure {
		return "__Host-luoshi"
	}
	return "luoshi"
}

// Cookie is the session cookie that a request brought; empty where it brought none.
func Cookie(r *http.Request) credential.Secret {
	c, err := r.Cookie(CookieName(factsOf(r.Context()).secure))
	if err != nil {
		return credential.Secret{}
	}
	return credential.NewSecret(c.Value)
}

// Grant gives the browser a session.
func Grant(w http.ResponseWriter, r *http.Request, cookie credential.Secret) {
	setCookie(w, r, CookieName(factsOf(r.Context()).secure), cookie.Reveal(), 0)
}

// Forget takes the session away from the browser.
func Forget(w http.ResponseWriter, r *http.Request) {
	setCookie(w, r, CookieName(factsOf(r.Context()).secure), "", -1)
}

// setCookie sets a cookie that scripts do not see; one that lives as long as the browser where seconds is 0.
func setCookie(w http.ResponseWriter, r *http.Request, name, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: seconds, HttpOnly: true,
		Secure: factsOf(r.Context()).secure, SameSite: http.SameSiteLaxMode,
	})
}

// resume finds out who sends a request.
func (s *Server) resume(ctx context.Context, r *http.Request) (Visitor, error) {
	cookie := Cookie(r)
	if cookie.Reveal() == "" || s.options.Sessions == nil {
		return Visitor{}, nil
	}
	visitor, err := s.options.Sessions.Resume(ctx, cookie)
	if isFault(err) {
		return Visitor{}, nil // the session has ended; the page asks to sign in where it must
	}
	return visitor, err
}

// as is a context in which use cases run for a visitor.
func as(ctx context.Context, f *facts) context.Context {
	return service.As(ctx, service.Caller{Actor: f.visitor.Actor, Request: f.request, Address: f.address})
}

// now is the server's clock, for what is measured and not recorded.
func now() time.Time { return time.Now() }
