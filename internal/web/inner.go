package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// dispatch hands a request to its route, or says that there is none.
func (s *Server) dispatch(w http.ResponseWriter, r *http.Request) {
	if err := legibleAddress(r); err != nil {
		s.turnAway(w, r, err)
		return
	}
	handler, pattern := s.mux.Handler(r)
	if pattern != "" {
		s.mux.ServeHTTP(w, r)
		return
	}
	// The mux knows whether the path is there for other methods.
	said := &deaf{header: http.Header{}}
	handler.ServeHTTP(said, r)
	if said.status != http.StatusMethodNotAllowed {
		s.turnAway(w, r, errNoPage)
		return
	}
	w.Header().Set("Allow", said.header.Get("Allow"))
	s.turnAway(w, r, errMethod)
}

// turnAway answers a request that meets no route, with a page for whoever sent it.
func (s *Server) turnAway(w http.ResponseWriter, r *http.Request, why error) {
	f := factsOf(r.Context())
	if wait := s.limiter.Take("address "+f.address, s.limits.Address); wait > 0 {
		s.answer(w, r, &tooMany{wait})
		return
	}
	ctx, err := s.enter(w, r)
	if err == nil {
		err = why
	}
	s.answer(w, r.WithContext(ctx), err)
}

// deaf hears a status and lets the rest go.
type deaf struct {
	header http.Header
	status int
}

// Header is what is heard.
func (d *deaf) Header() http.Header { return d.header }

// Write lets bytes go.
func (d *deaf) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader hears the status.
func (d *deaf) WriteHeader(status int) { d.status = status }

// inner is a route within what the shell sees to: how much and how often, who, and whether he may.
func (s *Server) inner(route Route) http.Handler {
	body, limit := route.Body, route.Time
	if body == 0 {
		body = DefaultBody
	}
	if limit == 0 {
		limit = DefaultTime
	}
	entry, _ := s.entries.Entry(route.Pattern)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		factsOf(r.Context()).route = route
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, body)
		if err := s.admit(w, &r, entry, route); err != nil {
			s.answer(w, r, err)
			return
		}
		if err := readForm(r, route, body); err != nil {
			s.answer(w, r, err)
			return
		}
		if err := route.Handler(w, r); err != nil {
			s.answer(w, r, err)
		}
	})
}

// admit finds out who sends a request, and refuses what may not come by its route.
func (s *Server) admit(w http.ResponseWriter, r **http.Request, entry access.Entry, route Route) error {
	f := factsOf((*r).Context())
	if err := s.count(f, route); err != nil {
		return err
	}
	ctx, err := s.enter(w, *r)
	*r = (*r).WithContext(ctx)
	if err != nil {
		return err
	}
	if account := f.visitor.Actor.Account; account != "" {
		if wait := s.limiter.Take("account "+string(account), s.limits.Account); wait > 0 {
			return &tooMany{wait}
		}
	}
	return s.check(ctx, f, entry, route)
}

// count holds the address to its limits.
func (s *Server) count(f *facts, route Route) error {
	if wait := s.limiter.Take("address "+f.address, s.limits.Address); wait > 0 {
		return &tooMany{wait}
	}
	if !route.Guarded || method(route.Pattern) == http.MethodGet {
		return nil
	}
	if wait := s.limiter.Take("guarded "+f.address, s.limits.Guarded); wait > 0 {
		return &tooMany{wait}
	}
	return nil
}

// check holds a visitor to the entry of a route: whether he may do its action to anything at all. For the object that
// he asks for, the use case decides.
func (s *Server) check(ctx context.Context, f *facts, entry access.Entry, route Route) error {
	if entry.Anyone {
		return nil
	}
	if !route.First {
		switch {
		case f.visitor.SecondFactorDue:
			return &first{FactorPath}
		case f.visitor.MustChange:
			return &first{PasswordPath}
		}
	}
	if entry.SignedIn && !f.visitor.SignedIn() {
		return errSignIn
	}
	if entry.SignedIn || s.may(ctx, entry.Action) {
		return nil
	}
	return s.core.Check(ctx, entry.Action, service.Owned{})
}

// may tells whether the visitor may do an action to anything, or to his own account.
func (s *Server) may(ctx context.Context, action access.Action) bool {
	return s.core.May(ctx, action) || s.core.Rights().MayOwn(service.CallerOf(ctx).Actor, action).Allowed
}

// concerns tells whether the menu leads to an action: who has signed in is led to his own work, and not to what he may
// look at like everybody.
func (s *Server) concerns(ctx context.Context, action access.Action) bool {
	actor := service.CallerOf(ctx).Actor
	scope := s.core.Rights().Scope(actor, action)
	if actor.Account != "" {
		scope.Published = false
	}
	return !scope.IsEmpty()
}

// enter makes the context of a request: who sends it, and how its page is to be shown.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) (context.Context, error) {
	f := factsOf(r.Context())
	visitor, err := s.resume(r.Context(), r)
	f.visitor = visitor
	ctx := as(r.Context(), f)
	return page.With(ctx, s.view(ctx, w, r, f)), err
}

func (s *Server) view(ctx context.Context, w http.ResponseWriter, r *http.Request, f *facts) page.View {
	v := page.View{
		Lang: language(w, r), Account: f.visitor.Name, URL: pageURL(r), Request: f.request, Notice: s.options.Notice,
		May: func(action access.Action) bool { return s.may(ctx, action) },
		MayOf: func(action access.Action, unit ledger.UnitID) bool {
			return s.core.Can(ctx, action, service.Owned{Lead: unit})
		},
		Fragment: r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Boosted") != "true",
	}
	if f.visitor.SignedIn() {
		v.Roles = s.roles(f.visitor.Actor)
	}
	if !f.visitor.MustChange && !f.visitor.SecondFactorDue {
		v.Menu = page.Only(s.menu, func(item page.MenuItem) bool {
			return item.Action == "" && f.visitor.SignedIn() || item.Action != "" && s.concerns(ctx, item.Action)
		})
	}
	s.ring(ctx, f, &v)
	v.Flash = takeFlash(w, r, v)
	return v
}

// ring tells the frame of a page what is unread. Parts of pages have no frame.
func (s *Server) ring(ctx context.Context, f *facts, v *page.View) {
	if s.options.Unread == nil || v.Fragment || !f.visitor.SignedIn() || f.visitor.MustChange || f.visitor.SecondFactorDue {
		return
	}
	unread, err := s.options.Unread(ctx)
	if err != nil {
		s.log.ErrorContext(ctx, "counting unread messages", "error", err, "request", f.request)
	}
	v.Inbox, v.Unread = true, unread
}

// pageURL is the address of the page on which links of the frame lead back: of a form's target that of the form.
func pageURL(r *http.Request) *url.URL {
	u := *r.URL
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		u.RawQuery = ""
	}
	return &u
}

// roles names the roles that an actor holds.
func (s *Server) roles(actor access.Actor) access.Text {
	var zh, en []string
	seen := map[access.Role]bool{}
	for _, post := range actor.Posts {
		if seen[post.Role] {
			continue
		}
		seen[post.Role] = true
		title := s.core.Rights().Title(post.Role)
		zh, en = append(zh, title.Chinese), append(en, title.English)
	}
	return access.Text{Chinese: strings.Join(zh, "、"), English: strings.Join(en, ", ")}
}

// languageCookie keeps the language that somebody chose.
const languageCookie = "luoshi-lang"

// language is the language in which a page is shown: the one that its address asks for, which is kept, or else the one
// that was kept.
func language(w http.ResponseWriter, r *http.Request) page.Lang {
	asked := page.Lang(r.URL.Query().Get("lang"))
	if asked == page.Chinese || asked == page.English {
		setCookie(w, r, languageCookie, string(asked), 365*24*60*60)
		return asked
	}
	if c, err := r.Cookie(languageCookie); err == nil && c.Value == string(page.English) {
		return page.English
	}
	return page.Chinese
}
