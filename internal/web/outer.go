package web

import (
	"crypto/rand"
	"encoding/hex"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"context"

	"luoshi/internal/web/assets"
)

// chain is what every request goes through before it meets its route, the outermost first.
func (s *Server) chain() http.Handler {
	var h http.Handler = http.HandlerFunc(s.dispatch)
	h = s.protect(h)
	h = s.headers(h)
	h = s.observe(h)
	return s.identify(h)
}

// requestID is what a proxy may call a request.
var requestID = regexp.MustCompile(`^[A-Za-z0-9-]{8,64}$`)

// identify gives a request its identifier and finds out from where it comes.
func (s *Server) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f := &facts{server: s, secure: s.options.Secure || r.TLS != nil, address: s.address(r)}
		f.request = r.Header.Get("X-Request-Id")
		if s.options.Proxies == 0 || !requestID.MatchString(f.request) {
			var random [10]byte
			_, _ = rand.Read(random[:]) // it never fails
			f.request = hex.EncodeToString(random[:])
		}
		w.Header().Set("X-Request-Id", f.request)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), factsKey{}, f)))
	})
}

// address is from where a request comes: from the peer, or as the outermost of our own proxies says.
func (s *Server) address(r *http.Request) string {
	peer, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		peer = r.RemoteAddr
	}
	if s.options.Proxies > 0 {
		said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if at := len(said) - s.options.Proxies; at >= 0 {
			if ip := net.ParseIP(strings.TrimSpace(said[at])); ip != nil {
				return ip.String()
			}
		}
	}
	return peer
}

// observe logs each request and keeps a handler that panics from ending more than its own. The query of an address
// may hold what was searched for, so the log has the path alone.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, recorded := now(), &recorder{ResponseWriter: w}
		f := factsOf(r.Context())
		defer func() {
			if cause := recover(); cause != nil {
				if cause == http.ErrAbortHandler { //nolint:errorlint // net/http asks for this very value
					panic(cause)
				}
				s.log.Error("panic", "request", f.request, "cause", cause, "stack", string(debug.Stack()))
				s.answer(recorded, r, errPanic)
			}
			s.logRequest(r, f, recorded, now().Sub(begun))
		}()
		next.ServeHTTP(recorded, r)
	})
}

func (s *Server) logRequest(r *http.Request, f *facts, recorded *recorder, took time.Duration) {
	level := slog.LevelInfo
	switch {
	case strings.HasPrefix(r.URL.Path, assets.Prefix):
		level = slog.LevelDebug
	case recorded.status >= 500:
		level = slog.LevelError
	}
	s.log.LogAttrs(r.Context(), level, "request",
		slog.String("request", f.request), slog.String("method", r.Method),
		slog.String("path", s.loggedPath(r, f.route)), slog.Int("status", recorded.status), slog.Int64("bytes", recorded.bytes), slog.Duration("took", took),
		slog.String("address", f.address), slog.String("account", string(f.visitor.Actor.Account)))
}

// policy keeps a page to what this server sends: no script or style of another's, and none within the page.
const policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// headers sets what browsers are to hold to. Pages are nobody's to keep; assets say otherwise themselves.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if factsOf(r.Context()).secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		next.ServeHTTP(w, r)
	})
}

// protect refuses what a page of another site lets a browser send here.
func (s *Server) protect(next http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, errCrossOrigin)
	}))
	return protection.Handler(next)
}

// recorder remembers what was answered, for the log.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader remembers the status.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
