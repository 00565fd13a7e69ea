package web_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/access/rate"
	"luoshi/internal/web"
	"luoshi/internal/web/assets"
	"luoshi/internal/web/page"
	"luoshi/internal/web/webtest"
)

func request(t *testing.T, site *webtest.Site, method, path string, header map[string]string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, site.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		r.Header.Set(name, value)
	}
	return r
}

func TestEveryAnswerHasItsHeaders(t *testing.T) {
	f := district(t)
	site := serve(t, f, "signed-in", web.Route{Handler: works}, web.Options{})
	for path, client := range map[string]*webtest.Client{"/here": site.Office(), "/nowhere": site.Public(), "/here?": site.Public()} {
		h := client.Get(path).Header
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'self';", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Permissions-Policy": "camera=()", "Cache-Control": "no-store",
			"X-Frame-Options": "DENY",
		} {
			if !strings.Contains(h.Get(name), want) {
				t.Errorf("%s: %s is %q, want %q in it", path, name, h.Get(name), want)
			}
		}
		if policy := h.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
		if h.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: promises TLS where there is none", path)
		}
	}
}

func TestByTLSTheCookieIsBoundToTheHost(t *testing.T) {
	f := district(t)
	server, err := web.New(web.Options{
		Core: f.Core, Entries: entries(t, "GET /here anyone"),
		Routes: []web.Route{{Pattern: "GET /here", Handler: func(w http.ResponseWriter, r *http.Request) error {
			web.Grant(w, r, credential.NewSecret("abc"))
			return works(w, r)
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, secure := range []bool{true, false} {
		r, w := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/here", nil), httptest.NewRecorder()
		if secure {
			r.TLS = &tls.ConnectionState{}
		}
		server.ServeHTTP(w, r)
		answer := w.Result()
		defer answer.Body.Close()
		c := answer.Cookies()[0]
		if strings.HasPrefix(c.Name, "__Host-") != secure || c.Secure != secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			t.Errorf("TLS %v: cookie %s", secure, c)
		}
		if (answer.Header.Get("Strict-Transport-Security") != "") != secure {
			t.Errorf("TLS %v: wrong promise of TLS", secure)
		}
	}
}

func TestPagesOfOtherSitesSendNothing(t *testing.T) {
	f := district(t)
	site := serve(t, f, "signed-in", web.Route{Handler: works}, web.Options{})
	for _, header := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"},
	} {
		site.Office().Do(request(t, site, http.MethodPost, "/here", header)).Want(http.StatusForbidden, "其他网站")
	}
	site.Office().Do(request(t, site, http.MethodPost, "/here", map[string]string{"Sec-Fetch-Site": "same-origin"})).Want(http.StatusOK)
	site.Office().Do(request(t, site, http.MethodGet, "/here", map[string]string{"Sec-Fetch-Site": "cross-site"})).Want(http.StatusOK)
}

func TestTooManyRequests(t *testing.T) {
	f := district(t)
	plenty := rate.Rate{Burst: 100, Second: 100}
	limits := &web.Limits{Address: plenty, Account: rate.Rate{Burst: 3, Second: 0.001}, Guarded: rate.Rate{Burst: 2, Second: 0.001}}
	t.Run("of an account", func(t *testing.T) {
		site := serve(t, f, "signed-in", web.Route{Handler: works}, web.Options{Limits: limits})
		for range 3 {
			site.Office().Get("/here").Want(http.StatusOK)
		}
		p := site.Office().Get("/here").Want(http.StatusTooManyRequests, "太频繁")
		if !regexp.MustCompile(`^[1-9]\d*$`).MatchString(p.Header.Get("Retry-After")) {
			t.Errorf("Retry-After is %q", p.Header.Get("Retry-After"))
		}
		site.As("leader", f.Government.ID).Get("/here").Want(http.StatusOK)
	})
	t.Run("where secrets are guessed", func(t *testing.T) {
		site := serve(t, f, "anyone", web.Route{Handler: works, Guarded: true}, web.Options{Limits: limits})
		for range 2 {
			site.Public().Post("/here", url.Values{"password": {"guess"}}).Want(http.StatusOK)
		}
		site.Public().Post("/here", url.Values{"password": {"guess"}}).Want(http.StatusTooManyRequests).Lacks("guess")
		site.Public().Get("/here").Want(http.StatusOK)
	})
	t.Run("of an address, wherever they go", func(t *testing.T) {
		few := &web.Limits{Address: rate.Rate{Burst: 2, Second: 0.001}, Account: plenty, Guarded: plenty}
		site := serve(t, f, "anyone", web.Route{Handler: works}, web.Options{Limits: few})
		site.Public().Get("/nowhere").Want(http.StatusNotFound)
		site.Public().Get("/here").Want(http.StatusOK)
		site.Public().Get("/here").Want(http.StatusTooManyRequests)
	})
}

func TestAddressBehindProxies(t *testing.T) {
	f := district(t)
	said := func(w http.ResponseWriter, r *http.Request) error {
		return web.Show(w, r, page.Empty("home", web.Address(r.Context()), ""))
	}
	forwarded := map[string]string{"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}
	for proxies, want := range map[int]string{0: "127.0.0.1", 1: "10.0.0.2", 2: "10.0.0.1", 3: "127.0.0.1"} {
		site := serve(t, f, "anyone", web.Route{Handler: said}, web.Options{Proxies: proxies})
		site.Public().Do(request(t, site, http.MethodGet, "/here", forwarded)).Want(http.StatusOK, want)
	}
}

func TestLanguageIsKept(t *testing.T) {
	f := district(t)
	site := serve(t, f, "plan.publish", web.Route{Handler: works}, web.Options{})
	client := site.As("reporter", f.Bureau.ID)
	client.Get("/here").Want(http.StatusForbidden, "您不能进行这项操作")
	client.Get("/here?lang=en").Want(http.StatusForbidden, "You may not do this")
	client.Get("/here").Want(http.StatusForbidden, "You may not do this")
	client.Get("/here?lang=klingon").Want(http.StatusForbidden, "You may not do this")
	client.Get("/here?lang=zh-CN").Want(http.StatusForbidden, "您不能进行这项操作")
}

func TestMessageIsShownOnce(t *testing.T) {
	f := district(t)
	done := func(w http.ResponseWriter, r *http.Request) error {
		if r.Method == http.MethodPost {
			web.Flash(w, r, page.Success, "list.views.delete", "<b>一季度</b>")
			return web.Redirect(w, r, "/here")
		}
		return web.Show(w, r, page.Layout("标题"))
	}
	site := serve(t, f, "signed-in", web.Route{Handler: done}, web.Options{})
	client := site.Office()
	p := client.Post("/here", nil).Want(http.StatusOK, "删除视图“<b>一季度</b>”")
	if strings.Contains(p.Body, "<b>一季度") || p.Path != "/here" {
		t.Errorf("the message is not escaped, or not on %s: %s", p.Path, p.Body)
	}
	client.Get("/here").Want(http.StatusOK).Lacks("删除视图")
}

func TestWhereARedirectMayLead(t *testing.T) {
	for to, want := range map[string]bool{
		"/": true, "/plans?x=//y": true, "": false, "plans": false, "//elsewhere.example": false, `/\elsewhere.example`: false,
		"https://elsewhere.example/": false, "/a\r\nSet-Cookie: x": false, "javascript:alert(1)": false, "/\t/elsewhere.example": false,
	} {
		if web.Local(to) != want {
			t.Errorf("Local(%q) is %v", to, !want)
		}
	}
}

func TestTimeOut(t *testing.T) {
	f := district(t)
	waits := func(_ http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return r.Context().Err()
	}
	site := serve(t, f, "anyone", web.Route{Handler: waits, Time: time.Millisecond}, web.Options{})
	site.Public().Get("/here").Want(http.StatusServiceUnavailable, "超时")
}

func TestAssetsMayBeKeptForEver(t *testing.T) {
	f := district(t)
	site := serve(t, f, "anyone", web.Route{Handler: works}, web.Options{})
	for _, name := range []string{"app.css", "app.js", "logo.svg"} {
		at := assets.URL(name)
		if !regexp.MustCompile(`^/assets/\w+\.[0-9a-f]{16}\.\w+$`).MatchString(at) {
			t.Errorf("%s is at %s, without a digest", name, at)
		}
		p := site.Public().Get(at).Want(http.StatusOK)
		if got := p.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("%s: Cache-Control %q", name, got)
		}
		zipped := site.Public().Do(request(t, site, http.MethodGet, at, map[string]string{"Accept-Encoding": "gzip"}))
		if zipped.Header.Get("Content-Encoding") != "gzip" || len(zipped.Body) >= len(p.Body) && name != "logo.svg" {
			t.Errorf("%s is not smaller: %d of %d bytes", name, len(zipped.Body), len(p.Body))
		}
	}
	site.Public().Get("/assets/app.css").Want(http.StatusNotFound)
	site.Public().Get("/assets/../routes.txt").Want(http.StatusNotFound)
}

func TestManyAtOnce(t *testing.T) {
	f := district(t)
	site := serve(t, f, "signed-in", web.Route{Handler: works}, web.Options{})
	var group sync.WaitGroup
	for range 8 {
		client := site.Office()
		group.Go(func() {
			for range 10 {
				client.Get("/here")
			}
		})
	}
	group.Wait()
	site.Office().Get("/here").Want(http.StatusOK)
}
