// Package webtest lets tests ask for pages as people of every role do: over HTTP, or in a real browser.
package webtest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// Site is a server with some pages over a small district.
type Site struct {
	*servicetest.Fixture
	URL    string
	Server *web.Server

	tb       testing.TB
	sessions *Sessions
}

// Serve starts a server with the routes of a package.
func Serve(tb testing.TB, f *servicetest.Fixture, routes ...web.Route) *Site {
	tb.Helper()
	return ServeWith(tb, f, web.Options{Routes: routes})
}

// ServeWith is Serve with options; core, sessions and log are filled in where they are not given.
func ServeWith(tb testing.TB, f *servicetest.Fixture, options web.Options) *Site {
	tb.Helper()
	s := &Site{Fixture: f, tb: tb, sessions: &Sessions{visitors: map[string]web.Visitor{}}}
	options.Core = f.Core
	if options.Sessions == nil {
		options.Sessions = s.sessions
	}
	if options.Logger == nil {
		options.Logger = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.Server, err = web.New(options); err != nil {
		tb.Fatal(err)
	}
	server := httptest.NewServer(s.Server)
	tb.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Sessions are sessions that tests begin without a password.
type Sessions struct {
	mu       sync.Mutex
	visitors map[string]web.Visitor
}

// Resume is the visitor of a cookie.
func (s *Sessions) Resume(_ context.Context, cookie credential.Secret) (web.Visitor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	visitor, ok := s.visitors[cookie.Reveal()]
	if !ok {
		return web.Visitor{}, &service.Fault{
			Code: "session.ended", Words: ledger.Wording{ZH: "会话已结束。", EN: "The session has ended."},
		}
	}
	return visitor, nil
}

// As is a client of somebody who holds a role in a unit; the account is named after the role.
func (s *Site) As(role access.Role, unit ledger.UnitID) *Client {
	s.tb.Helper()
	caller := service.CallerOf(s.Fixture.As(s.tb.Context(), role, unit))
	return s.Visit(web.Visitor{Session: string(role), Name: s.Rights().Title(role).Chinese, Actor: caller.Actor})
}

// Office is a client of the supervising office of the government.
func (s *Site) Office() *Client { s.tb.Helper(); return s.As("supervising-office", s.Government.ID) }

// Public is a client that has not signed in.
func (s *Site) Public() *Client { s.tb.Helper(); return s.client("") }

// Visit is a client of a visitor.
func (s *Site) Visit(v web.Visitor) *Client {
	s.tb.Helper()
	cookie := "session-" + string(v.Actor.Account) + "-" + v.Session
	s.sessions.mu.Lock()
	s.sessions.visitors[cookie] = v
	s.sessions.mu.Unlock()
	return s.client(cookie)
}

// Client is a person at a browser without scripts.
type Client struct {
	site   *Site
	cookie string
	http   *http.Client
}

func (s *Site) client(cookie string) *Client {
	s.tb.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.tb.Fatal(err)
	}
	if cookie != "" {
		u, err := url.Parse(s.URL)
		if err != nil {
			s.tb.Fatal(err)
		}
		jar.SetCookies(u, []*http.Cookie{{Name: web.CookieName(false), Value: cookie, Path: "/"}})
	}
	return &Client{site: s, cookie: cookie, http: &http.Client{Jar: jar}}
}

// Get asks for a page, and follows where it is sent.
func (c *Client) Get(path string) *Page {
	c.site.tb.Helper()
	return c.send(http.MethodGet, path, "", nil)
}

// Post sends a form, and follows where it is sent.
func (c *Client) Post(path string, form url.Values) *Page {
	c.site.tb.Helper()
	return c.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// Send sends a body of a type: a form with a file in it.
func (c *Client) Send(path, kind string, body io.Reader) *Page {
	c.site.tb.Helper()
	return c.send(http.MethodPost, path, kind, body)
}

func (c *Client) send(method, path, kind string, body io.Reader) *Page {
	c.site.tb.Helper()
	r, err := http.NewRequestWithContext(c.site.tb.Context(), method, c.site.URL+path, body)
	if err != nil {
		c.site.tb.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return c.Do(r)
}

// Do sends a request made elsewhere.
func (c *Client) Do(r *http.Request) *Page {
	c.site.tb.Helper()
	answer, err := c.http.Do(r)
	if err != nil {
		c.site.tb.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.site.tb.Fatal(err)
	}
	p := &Page{tb: c.site.tb, Status: answer.StatusCode, Header: answer.Header, Body: string(body), Path: answer.Request.URL.RequestURI()}
	if strings.Contains(p.Body, page.Missing) {
		at := strings.Index(p.Body, page.Missing)
		c.site.tb.Errorf("%s lacks words: %.80s", p.Path, p.Body[at:])
	}
	if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
		if inline := p.Inline(); len(inline) > 0 {
			c.site.tb.Errorf("%s has scripts or styles within it: %s", p.Path, strings.Join(inline, " "))
		}
	}
	return p
}

// Page is an answer.
type Page struct {
	tb     testing.TB
	Status int
	Header http.Header
	Body   string
	// Path is the address after all redirects, with its query.
	Path string
}

// Want fails the test unless the answer has a status and holds some texts.
func (p *Page) Want(status int, texts ...string) *Page {
	p.tb.Helper()
	if p.Status != status {
		p.tb.Fatalf("%s answers %d, want %d: %s", p.Path, p.Status, status, p.Text())
	}
	for _, text := range texts {
		if !strings.Contains(p.Text(), text) && !strings.Contains(p.Body, text) {
			p.tb.Errorf("%s lacks %q: %s", p.Path, text, p.Text())
		}
	}
	return p
}

// Lacks fails the test where the answer holds one of some texts.
func (p *Page) Lacks(texts ...string) *Page {
	p.tb.Helper()
	for _, text := range texts {
		if strings.Contains(p.Text(), text) {
			p.tb.Errorf("%s holds %q", p.Path, text)
		}
	}
	return p
}
