package web_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// district is a small district in SQLite: the shell asks no question of a database by itself.
func district(t *testing.T) *servicetest.Fixture {
	t.Helper()
	s := storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms()})
	return servicetest.Settle(t, s)
}

// entries are routes of tests with who may come by them.
func entries(t *testing.T, lines string) *access.Routes {
	t.Helper()
	routes, err := access.Rights().ParseRoutes("test", lines)
	if err != nil {
		t.Fatal(err)
	}
	return routes
}

// fails is a handler that fails.
func fails(err error) web.Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func works(w http.ResponseWriter, r *http.Request) error {
	return web.Show(w, r, page.Empty("home", "works", ""))
}

// serve serves one route at /here for GET and POST.
func serve(t *testing.T, f *servicetest.Fixture, asks string, route web.Route, options web.Options) *webtest.Site {
	t.Helper()
	options.Entries = entries(t, "GET /here "+asks+"\nPOST /here "+asks)
	get, post := route, route
	get.Pattern, post.Pattern = "GET /here", "POST /here"
	options.Routes = []web.Route{get, post}
	return webtest.ServeWith(t, f, options)
}

func TestRouteWithoutAnEntryDoesNotStart(t *testing.T) {
	f := district(t)
	_, err := web.New(web.Options{Core: f.Core, Routes: []web.Route{{Pattern: "GET /nobody-said", Handler: works}}})
	if err == nil || !strings.Contains(err.Error(), "GET /nobody-said") {
		t.Errorf("got %v, want an error that names the route", err)
	}
}

func TestWhoIsLetInByAnEntry(t *testing.T) {
	f := district(t)
	t.Run("anyone", func(t *testing.T) {
		site := serve(t, f, "anyone", web.Route{Handler: works}, web.Options{})
		site.Public().Get("/here").Want(http.StatusOK, "works")
	})
	t.Run("signed-in", func(t *testing.T) {
		site := serve(t, f, "signed-in", web.Route{Handler: works}, web.Options{})
		site.As("auditor", f.Government.ID).Get("/here").Want(http.StatusOK, "works")
		if at := site.Public().Get("/here?a=b").Path; at != "/sign-in?next=%2Fhere%3Fa%3Db" {
			t.Errorf("the public is sent to %s", at)
		}
		site.Public().Post("/here", nil).Want(http.StatusUnauthorized, "请先登录")
	})
	t.Run("action", func(t *testing.T) {
		site := serve(t, f, "plan.publish", web.Route{Handler: works}, web.Options{})
		site.Office().Post("/here", nil).Want(http.StatusOK, "works")
		site.As("reporter", f.Bureau.ID).Post("/here", nil).Want(http.StatusForbidden, "填报员", "印发计划", "督查室")
		site.As("reporter", f.Bureau.ID).Get("/here?lang=en").Want(http.StatusForbidden, "reporter", "publish a plan")
		if log := f.Entries(t, "accounts", "reporter"); len(log) != 2 || log[0] != string(service.Refuse) {
			t.Errorf("the log has %v of the refusals", log)
		}
	})
	t.Run("unknown cookie", func(t *testing.T) {
		site := serve(t, f, "signed-in", web.Route{Handler: works}, web.Options{})
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+"/here", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Cookie", "luoshi=forged")
		site.Public().Do(r).Want(http.StatusUnauthorized)
	})
}

func TestFirstThingsFirst(t *testing.T) {
	f := district(t)
	actor := service.CallerOf(f.Office(t.Context())).Actor
	for name, c := range map[string]struct {
		visitor web.Visitor
		to      string
	}{
		"a first password": {web.Visitor{Actor: actor, MustChange: true}, web.PasswordPath},
		"a code due":       {web.Visitor{SecondFactorDue: true, Session: name36}, web.FactorPath},
	} {
		site := serve(t, f, "signed-in", web.Route{Handler: works}, web.Options{})
		if at := site.Visit(c.visitor).Get("/here").Path; at != c.to {
			t.Errorf("%s leads to %s, want %s", name, at, c.to)
		}
		site = serve(t, f, "anyone", web.Route{Handler: works, First: true}, web.Options{})
		site.Visit(c.visitor).Get("/here").Want(http.StatusOK, "works")
	}
}

const name36 = "due"

func TestErrorsBecomePages(t *testing.T) {
	f := district(t)
	form := url.Values{"title": {"区政府工作报告"}, "password": {"correct horse"}}
	for name, c := range map[string]struct {
		err    error
		status int
		zh, en string
	}{
		"not found": {&store.NotFound{Kind: "plans", ID: "x"}, http.StatusNotFound, "没有这条记录", "no such record"},
		"exists":    {&store.Exists{Kind: "documents", ID: "x"}, http.StatusConflict, "已经有这条记录", "exists already"},
		"conflict":  {&store.Conflict[ledger.Plan]{Kind: "plans"}, http.StatusConflict, "已被他人修改", "else has changed"},
		"fault": {
			&service.Fault{Code: "x", Words: ledger.Wording{ZH: "文件是空的。", EN: "The file is empty."}},
			http.StatusUnprocessableEntity, "文件是空的。", "The file is empty.",
		},
		"problems": {ledger.Unit{}.Validate(), http.StatusUnprocessableEntity, "没有保存", "Not saved"},
		"form":     {fmt.Errorf("%w: no number", web.ErrForm), http.StatusBadRequest, "无法识别", "cannot be read"},
		"slow":     {context.DeadlineExceeded, http.StatusServiceUnavailable, "超时", "too long"},
		"other":    {errors.New("secret of the database"), http.StatusInternalServerError, "系统出错", "went wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			site := serve(t, f, "signed-in", web.Route{Handler: fails(c.err)}, web.Options{})
			site.Office().Post("/here", form).Want(c.status, c.zh, "区政府工作报告").Lacks("correct horse", "secret of the database")
			site.Office().Post("/here?lang=en", form).Want(c.status, c.en)
		})
	}
}

func TestPlaceInAListThatIsNoneIsSaid(t *testing.T) {
	f := district(t)
	list := func(_ http.ResponseWriter, r *http.Request) error {
		_, err := f.Core.Store().Plans().List(r.Context(), page.ListOf(r).Page())
		return err
	}
	site := serve(t, f, "signed-in", web.Route{Handler: list}, web.Options{})
	site.Office().Get("/here?after=x").Want(http.StatusUnprocessableEntity, "无法从这里接着翻页", "从第一页重新开始")
	site.Office().Get("/here?after=x&lang=en").Want(http.StatusUnprocessableEntity, "cannot go on from here")
}

func TestFieldsAreCalledByLabelsThatThereAre(t *testing.T) {
	fields, err := os.ReadFile("fields.txt")
	if err != nil {
		t.Fatal(err)
	}
	var words strings.Builder
	files, err := filepath.Glob("*/words.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		words.WriteString("\n" + string(text))
	}
	for line := range strings.Lines(string(fields)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] != "#" && !strings.Contains(words.String(), "\n"+f[2]+" ") {
			t.Errorf("the label of the field %s has no words: %s", f[1], f[2])
		}
	}
}

func TestWhatWasTypedIsCalledAsTheFormCallsIt(t *testing.T) {
	f := district(t)
	site := webtest.ServeWith(t, f, web.Options{
		Entries: entries(t, "POST /views anyone"), Routes: []web.Route{{Pattern: "POST /views", Handler: fails(&store.NotFound{})}},
	})
	typed := url.Values{"name": {"逾期的"}, "other": {"别的"}}
	site.Office().Post("/views", typed).Want(http.StatusNotFound, page.View{Lang: page.Chinese}.T("list.views.name")+" 逾期的", "other 别的")
}

func TestPagesAreCompressedWhereNoSecretIs(t *testing.T) {
	f := district(t)
	long := func(w http.ResponseWriter, r *http.Request) error {
		return web.Show(w, r, html(strings.Repeat("落实", 1000)))
	}
	var routes []web.Route
	lines := ""
	for _, path := range []string{"/plans", "/account/tokens", "/accounts/{id}", "/sign-in"} {
		lines += "GET " + path + " anyone\n"
		routes = append(routes, web.Route{Pattern: "GET " + path, Handler: long})
	}
	site := webtest.ServeWith(t, f, web.Options{Entries: entries(t, lines), Routes: routes})
	for path, want := range map[string]string{"/plans": "gzip", "/account/tokens": "", "/accounts/x": "", "/sign-in": ""} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip")
		p := site.Public().Do(r).Want(http.StatusOK)
		if got := p.Header.Get("Content-Encoding"); got != want || want == "gzip" && len(p.Body) > 1000 {
			t.Errorf("%s comes as %q in %d bytes", path, got, len(p.Body))
		}
	}
	site.Public().Get("/plans").Want(http.StatusOK, "落实落实")
}

func TestPagesThatAreNotThere(t *testing.T) {
	f := district(t)
	site := webtest.ServeWith(t, f, web.Options{
		Entries: entries(t, "GET /here anyone"), Routes: []web.Route{{Pattern: "GET /here", Handler: works}},
	})
	site.Office().Get("/nowhere").Want(http.StatusNotFound, "没有这个页面", "督查室")
	site.Office().Post("/here", nil).Want(http.StatusMethodNotAllowed, "不能这样打开")
	if allow := site.Office().Post("/here", nil).Header.Get("Allow"); allow != "GET, HEAD" {
		t.Errorf("Allow is %q", allow)
	}
}

func TestErrorWithinAPageIsAFragment(t *testing.T) {
	f := district(t)
	site := serve(t, f, "signed-in", web.Route{Handler: fails(&store.NotFound{})}, web.Options{})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+"/here", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("HX-Request", "true")
	p := site.Office().Do(r).Want(http.StatusNotFound, "没有这条记录")
	if strings.Contains(p.Body, "<html") || p.Header.Get("HX-Retarget") != "#messages" {
		t.Errorf("it is a whole page, or aims elsewhere: %s", p.Body)
	}
}

func TestPanicEndsOneRequestOnly(t *testing.T) {
	f := district(t)
	var log bytes.Buffer
	site := serve(t, f, "anyone", web.Route{Handler: func(http.ResponseWriter, *http.Request) error { panic("boom") }},
		web.Options{Logger: slog.New(slog.NewJSONHandler(&log, nil))})
	p := site.Public().Get("/here").Want(http.StatusInternalServerError, "系统出错")
	if id := p.Header.Get("X-Request-Id"); !strings.Contains(p.Body, id) || !strings.Contains(log.String(), id) || !strings.Contains(log.String(), "boom") {
		t.Errorf("page and log do not share the request %s: %s", id, log.String())
	}
}

func TestLogHasNoSecrets(t *testing.T) {
	f := district(t)
	var log bytes.Buffer
	site := serve(t, f, "anyone", web.Route{Handler: works},
		web.Options{Logger: slog.New(slog.NewJSONHandler(&log, nil))})
	site.Office().Post("/here?token=query-secret", url.Values{"password": {"form-secret"}})
	if !strings.Contains(log.String(), `"path":"/here"`) || !strings.Contains(log.String(), `"account":"supervising-office"`) {
		t.Errorf("the log lacks the request: %s", log.String())
	}
	for _, secret := range []string{"query-secret", "form-secret", "session-"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %s", secret)
		}
	}
}

func TestBodyHasALimit(t *testing.T) {
	f := district(t)
	reads := func(_ http.ResponseWriter, r *http.Request) error { return r.ParseForm() }
	site := serve(t, f, "anyone", web.Route{Handler: reads, Body: 100}, web.Options{})
	site.Public().Post("/here", url.Values{"a": {strings.Repeat("x", 200)}}).Want(http.StatusRequestEntityTooLarge, "太大")
}

func TestMenuLeadsToOnesOwnWork(t *testing.T) {
	f := district(t)
	frame := func(w http.ResponseWriter, r *http.Request) error { return web.Show(w, r, page.Layout("标题")) }
	site := webtest.ServeWith(t, f, web.Options{
		Entries: entries(t, "GET /plans plan.read\nGET /audit audit.read"),
		Routes:  []web.Route{{Pattern: "GET /plans", Handler: frame}, {Pattern: "GET /audit", Handler: frame}},
	})
	site.Office().Get("/plans").Want(http.StatusOK, "计划与任务").Lacks("审计日志", "责任单位")
	site.As("auditor", f.Government.ID).Get("/audit").Want(http.StatusOK, "审计日志").Lacks("计划与任务")
	site.As("auditor", f.Government.ID).Get("/plans").Want(http.StatusOK).Lacks("计划与任务")
	site.Public().Get("/plans").Want(http.StatusOK, "计划与任务").Lacks("审计日志")
}
