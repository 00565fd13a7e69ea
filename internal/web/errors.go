package web

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// Errors of the shell itself.
var (
	errNoPage      = errors.New("web: there is no such page")
	errMethod      = errors.New("web: the page does not take this method")
	errSignIn      = errors.New("web: sign in first")
	errCrossOrigin = errors.New("web: a page of another site sent this")
	errPanic       = errors.New("web: a handler panicked")
)

// ErrForm says that a form, or a part of an address, cannot be read at all.
var ErrForm = errors.New("web: this cannot be read as the form that was expected")

// tooMany is the error of too many requests.
type tooMany struct{ wait time.Duration }

func (t *tooMany) Error() string { return fmt.Sprintf("web: too many requests, wait %s", t.wait) }

// first is the error of an account that must yet do something on another page.
type first struct{ path string }

func (f *first) Error() string { return "web: first go to " + f.path }

func isFault(err error) bool {
	var fault *service.Fault
	return errors.As(err, &fault)
}

// trouble is an error as a page says it.
type trouble struct {
	status int
	// key finds the words: trouble.KEY.title, .text and .do.
	key string
	// said are sentences that the error brings itself, instead of .text.
	said []string
	// keep tells that the answer repeats what was typed, so that it is not lost.
	keep bool
}

// kinds are the errors that have a page of their own, in the order in which they are looked for.
var kinds = []struct {
	is func(error) bool
	trouble
}{
	{is(errNoPage), trouble{status: http.StatusNotFound, key: "missing"}},
	{is(errMethod), trouble{status: http.StatusMethodNotAllowed, key: "method", keep: true}},
	{is(errCrossOrigin), trouble{status: http.StatusForbidden, key: "foreign"}},
	{is(errSignIn), trouble{status: http.StatusUnauthorized, key: "session", keep: true}},
	{is(ErrGarbled), trouble{status: http.StatusBadRequest, key: "garbled"}},
	{is(ErrForm), trouble{status: http.StatusBadRequest, key: "form", keep: true}},
	{as1[*store.NotFound], trouble{status: http.StatusNotFound, key: "gone", keep: true}},
	{as1[*store.Exists], trouble{status: http.StatusConflict, key: "exists", keep: true}},
	{is1("page.cursor"), trouble{status: http.StatusUnprocessableEntity, key: "place"}},
	{store.IsConflict, trouble{status: http.StatusConflict, key: "conflict", keep: true}},
	{as1[*http.MaxBytesError], trouble{status: http.StatusRequestEntityTooLarge, key: "large"}},
	{as1[*tooMany], trouble{status: http.StatusTooManyRequests, key: "often", keep: true}},
	{is(context.DeadlineExceeded), trouble{status: http.StatusServiceUnavailable, key: "slow", keep: true}},
}

func is(target error) func(error) bool { return func(err error) bool { return errors.Is(err, target) } }

func is1(fault string) func(error) bool {
	return func(err error) bool { return store.HasFault(err, fault) }
}

func as1[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}

// troubleOf says an error to a user.
func troubleOf(v page.View, err error) trouble {
	var refused *service.Refused
	if errors.As(err, &refused) {
		if refused.Why == access.NotSignedIn {
			return trouble{status: http.StatusUnauthorized, key: "session", keep: true}
		}
		return trouble{status: http.StatusForbidden, key: "refused", said: []string{v.Text(refused.Text())}, keep: true}
	}
	var problems ledger.Problems
	if errors.As(err, &problems) || isFault(err) {
		e, _ := v.ErrorsOf(err)
		return trouble{status: http.StatusUnprocessableEntity, key: "invalid", said: e.All(), keep: true}
	}
	for _, kind := range kinds {
		if kind.is(err) {
			return kind.trouble
		}
	}
	return trouble{status: http.StatusInternalServerError, key: "broken", keep: true}
}

// answer turns an error into a page, or into a fragment where htmx asked.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // nobody listens any more
	}
	f := factsOf(r.Context())
	if path, ok := elsewhere(r, err, f); ok {
		if Redirect(w, r, path) == nil {
			return
		}
	}
	ctx := r.Context()
	if _, ok := viewIn(ctx); !ok {
		ctx = page.With(ctx, page.View{Lang: language(w, r), URL: pageURL(r), Request: f.request})
	}
	v := page.Of(ctx)
	t := troubleOf(v, err)
	if t.status >= http.StatusInternalServerError {
		s.log.ErrorContext(ctx, "a request failed", "request", f.request, "path", f.route.Pattern, "error", err)
	}
	var many *tooMany
	if errors.As(err, &many) {
		w.Header().Set("Retry-After", fmt.Sprint(int(math.Ceil(many.wait.Seconds()))))
	}
	component := troublePage(t, typed(r, t, f))
	if v.Fragment {
		w.Header().Set("HX-Retarget", "#messages")
		w.Header().Set("HX-Reswap", "innerHTML")
		component = troubleFragment(t)
	}
	if err := ShowStatus(w, r.WithContext(context.WithoutCancel(ctx)), t.status, component); err != nil {
		s.log.ErrorContext(ctx, "the page of an error failed", "request", f.request, "error", err)
		http.Error(w, http.StatusText(t.status), t.status)
	}
}

// elsewhere is where a visitor is sent who must do something else first: sign in, and then come back.
func elsewhere(r *http.Request, err error, f *facts) (string, bool) {
	var to *first
	if errors.As(err, &to) {
		return to.path, true
	}
	var refused *service.Refused
	out := errors.Is(err, errSignIn) || errors.As(err, &refused) && refused.Why == access.NotSignedIn
	if !out || f.visitor.SignedIn() || r.Method != http.MethodGet {
		return "", false
	}
	return SignInPath + "?next=" + url.QueryEscape(r.URL.RequestURI()), true
}

func viewIn(ctx context.Context) (page.View, bool) {
	v := page.Of(ctx)
	return v, v.Request != ""
}
