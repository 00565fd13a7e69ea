package web

import (
	"context"
	_ "embed" // the routes
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/access/rate"
	"luoshi/internal/service"
	"luoshi/internal/web/assets"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// Handler answers a request. What it returns becomes the page of that error; then it has written nothing itself.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is a page or a form's target. Routes.txt says which action it asks for.
type Route struct {
	// Pattern is as net/http writes it: “GET /plans/{id}”.
	Pattern string
	Handler Handler
	// Body is how many bytes a request may bring; DefaultBody where 0.
	Body int64
	// Time is how long it may take; DefaultTime where 0.
	Time time.Duration
	// Guarded routes take few requests from one address: those at which secrets can be guessed.
	Guarded bool
	// Private routes have addresses and forms with secrets in them, which neither the log nor an error page repeats.
	Private bool
	// Streams routes read their form part by part themselves, and see to it that it is text; see Legible.
	Streams bool
	// First is open to an account that must yet change its password or show its second factor.
	First bool
}

// What a route may take that says nothing of it.
const (
	DefaultBody = 1 << 20
	DefaultTime = 30 * time.Second
)

// Options say of what a server is made.
type Options struct {
	Core     *service.Core
	Sessions Sessions
	// Routes are those of all pages.
	Routes []Route
	// Entries say who may come by the routes; those of routes.txt where nil.
	Entries *access.Routes
	// Beside are further handlers by their pattern, such as "/api/": they share request ids, log and headers with the
	// pages, and see to everything else themselves.
	Beside map[string]http.Handler
	// Private begin addresses beside the pages that are secrets themselves, of which the log has no more than that.
	Private []string
	// Secure tells that browsers come by TLS, though it may end before this server.
	Secure bool
	// Proxies is how many proxies stand before the server, whose X-Forwarded-For is believed.
	Proxies int
	// Notice is said above every page: of a demonstration that it is one.
	Notice ledger.Wording
	// Unread counts what is unread in the inbox of a context's account; there is no inbox where it is nil.
	Unread func(ctx context.Context) (int, error)
	// Limits are those of Usual where nil.
	Limits *Limits
	Logger *slog.Logger
}

// Server is the pages as an http.Handler.
type Server struct {
	options Options
	core    *service.Core
	log     *slog.Logger
	entries *access.Routes
	mux     *http.ServeMux
	routes  map[string]Route
	menu    []page.MenuGroup
	limits  Limits
	limiter *rate.Limiter
	outer   http.Handler
}

//go:embed routes.txt
var routesFile string

// New makes a server. A route without an entry in routes.txt is an error: nobody said who may come by it.
func New(options Options) (*Server, error) {
	s := &Server{
		options: options, core: options.Core, log: options.Logger, mux: http.NewServeMux(), routes: map[string]Route{},
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.limits = Usual; options.Limits != nil {
		s.limits = *options.Limits
	}
	s.limiter = rate.New(time.Now)
	if s.entries = options.Entries; s.entries == nil {
		entries, err := Entries(s.core.Rights())
		if err != nil {
			return nil, err
		}
		s.entries = entries
	}
	if err := s.register(); err != nil {
		return nil, err
	}
	if err := s.makeMenu(); err != nil {
		return nil, err
	}
	if err := assets.Missing(); err != nil {
		s.log.Error(err.Error())
	}
	s.outer = s.chain()
	return s, nil
}

// Entries are the entries of routes.txt.
func Entries(rights *access.Table) (*access.Routes, error) {
	return rights.ParseRoutes("internal/web/routes.txt", routesFile)
}

func (s *Server) register() error {
	for _, route := range s.options.Routes {
		if _, ok := s.entries.Entry(route.Pattern); !ok {
			return fmt.Errorf("web: %s has no line in internal/web/routes.txt: say there which action it asks for", route.Pattern)
		}
		if _, twice := s.routes[route.Pattern]; twice {
			return fmt.Errorf("web: the route %s is given twice", route.Pattern)
		}
		s.routes[route.Pattern] = route
		s.mux.Handle(route.Pattern, s.inner(route))
	}
	s.mux.Handle("GET "+assets.Prefix, assets.Handler())
	for pattern, handler := range s.options.Beside {
		s.mux.Handle(pattern, handler)
	}
	return nil
}

// makeMenu leaves out of the menu what this server has no page for.
func (s *Server) makeMenu() error {
	menu, err := page.Menu()
	if err != nil {
		return err
	}
	s.menu = page.Only(menu, func(item page.MenuItem) bool {
		_, at := s.routes["GET "+item.Path]
		_, home := s.routes["GET "+item.Path+"{$}"]
		return at || home
	})
	return nil
}

// Patterns are the patterns of all routes.
func (s *Server) Patterns() []string {
	var patterns []string
	for _, route := range s.options.Routes {
		patterns = append(patterns, route.Pattern)
	}
	return patterns
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.outer.ServeHTTP(w, r) }

// method is the method of a pattern.
func method(pattern string) string {
	m, _, _ := strings.Cut(pattern, " ")
	return m
}

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)
