package api

import (
	"net"
	"net/http"
	"strings"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
)

// recognised finds out for whom a request comes: by its token, or else by the cookie of a session. One that brings
// neither comes for the public. What is brought and good for nothing is refused, never taken for the public.
func (a *API) recognised(next http.Handler) http.Handler {
	crossing := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := service.As(r.Context(), service.Caller{Request: exchangeOf(r.Context()).id, Address: a.address(r)})
		caller, known := service.CallerOf(ctx), true
		switch header, cookie := r.Header.Get("Authorization"), a.cookie(r); {
		case header != "":
			presented, isToken := bearer(header)
			known = isToken && a.options.Token != nil
			if known {
				var err error
				caller, err = a.options.Token(ctx, presented)
				known = a.believed(r, err)
			}
		case cookie != "":
			// A browser sends the cookie whoever made the page; a token is never sent unasked.
			if err := crossing.Check(r); err != nil {
				writeProblem(w, problemOf(ctx, kindCrossSite))
				return
			}
			var err error
			caller, err = a.options.Session(ctx, credential.NewSecret(cookie))
			known = a.believed(r, err)
		}
		if !known {
			if after := a.limiter.Take("stranger "+a.address(r), a.options.Rate); after > 0 {
				writeProblem(w, tooMany(ctx, after))
				return
			}
			writeProblem(w, problemOf(ctx, kindSignedOut).with("WWW-Authenticate", `Bearer error="invalid_token"`))
			return
		}
		caller.Request, caller.Address = exchangeOf(ctx).id, a.address(r)
		next.ServeHTTP(w, r.WithContext(service.As(ctx, caller)))
	})
}

func (a *API) cookie(r *http.Request) string {
	if a.options.Cookie == "" || a.options.Session == nil {
		return ""
	}
	c, err := r.Cookie(a.options.Cookie)
	if err != nil {
		return ""
	}
	return c.Value
}

// believed tells whether somebody was recognised. Why not is told to the log only.
func (a *API) believed(r *http.Request, err error) bool {
	if err == nil {
		return true
	}
	a.logger.WarnContext(r.Context(), "not recognised", "request", exchangeOf(r.Context()).id, "address", a.address(r), "error", err)
	return false
}

// bearer is the token in a header.
func bearer(header string) (credential.Secret, bool) {
	scheme, token, _ := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return credential.Secret{}, false
	}
	return credential.NewSecret(token), true
}

// address is from where a request comes: from the peer, or as the outermost of our own proxies says.
func (a *API) address(r *http.Request) string {
	said := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	if at := len(said) - a.options.Proxies; a.options.Proxies > 0 && at >= 0 {
		if ip := net.ParseIP(strings.TrimSpace(said[at])); ip != nil {
			return ip.String()
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
