package signin_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/access/credential/credentialtest"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/identity/openid/openidtest"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/signin"
	"luoshi/internal/web/webtest"
)

const secret = "kettle over marble"

// house is a site at which one really signs in.
type house struct {
	*webtest.Site
	accounts *identity.Service
	clock    *clock
}

type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

var quick = credential.Cost{Memory: 64, Passes: 1, Lanes: 1}

// open opens the house over SQLite: what both databases do alike, the tests of identity show.
func open(t *testing.T, options signin.Options) *house {
	t.Helper()
	return openWith(t, options, identity.Options{})
}

func openWith(t *testing.T, options signin.Options, of identity.Options) *house {
	t.Helper()
	c := &clock{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)}
	s := storetest.Open(t, storetest.SQLite(t), store.Options{Now: c.Now, Rooms: servicetest.Rooms(identity.Room())})
	f := servicetest.Settle(t, s)
	of.Cost, of.Logger = quick, slog.New(slog.DiscardHandler)
	accounts := identity.New(f.Core, of)
	program := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"user.create", "role.grant"}})
	err := accounts.Seed(program, []identity.SeedAccount{{
		NewAccount: identity.NewAccount{Name: "zhangsan", Person: "张三", Unit: f.Bureau.ID},
		Password:   credential.NewSecret(secret), Roles: []identity.SeedRole{{Role: "reporter", Unit: f.Bureau.ID}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	routes := append(signin.New(accounts, options).Routes(), inside("GET /{$}"), inside("GET /about"), inside("GET /help"))
	site := webtest.ServeWith(t, f, web.Options{Routes: routes, Sessions: web.Known(accounts)})
	return &house{Site: site, accounts: accounts, clock: c}
}

// inside is a page that says who is in.
func inside(pattern string) web.Route {
	return web.Route{Pattern: pattern, Handler: func(w http.ResponseWriter, r *http.Request) error {
		return web.Show(w, r, page.Layout("里面"+page.Of(r.Context()).Account))
	}}
}

func form(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

func TestSigningInAndOut(t *testing.T) {
	h := open(t, signin.Options{})
	c := h.Public()
	door := c.Get("/").Want(http.StatusOK, "登录", "账号", "口令")
	if !strings.HasPrefix(door.Path, "/sign-in") {
		t.Errorf("the public is at %s", door.Path)
	}
	wrong := c.Post("/sign-in", form("name", "zhangsan", "password", "wrong")).Want(http.StatusUnprocessableEntity, "账号或口令不正确")
	if wrong.Field("name") != "zhangsan" || strings.Contains(wrong.Body, "wrong\"") {
		t.Error("the name is lost, or the password is repeated")
	}
	c.Post("/sign-in", form("name", "zhangsan", "password", secret)).Want(http.StatusOK, "张三")
	if at := c.Get("/sign-in").Path; at != "/" {
		t.Errorf("who is signed in is at %s", at)
	}
	c.Post("/sign-out", nil).Want(http.StatusOK, "已退出登录")
	if at := c.Get("/").Path; !strings.HasPrefix(at, "/sign-in") {
		t.Errorf("after signing out at %s", at)
	}
}

func TestWhereOneWantedToGo(t *testing.T) {
	h := open(t, signin.Options{})
	for next, want := range map[string]string{
		"/about": "/about", "/help?a=b": "/help?a=b", "https://evil.example/": "/", "//evil.example/": "/", "/\\evil.example": "/", "": "/",
	} {
		c := h.Public()
		if at := c.Post("/sign-in", form("name", "zhangsan", "password", secret, "next", next)).Path; at != want {
			t.Errorf("%q leads to %s", next, at)
		}
	}
}

func TestTheLockoutSaysHowLong(t *testing.T) {
	h := open(t, signin.Options{})
	c := h.Public()
	for range credential.AccountLockout.Free + 1 {
		c.Post("/sign-in", form("name", "zhangsan", "password", "wrong"))
	}
	c.Post("/sign-in", form("name", "zhangsan", "password", secret)).Want(http.StatusTooManyRequests, "请在60秒后再试")
	c.Post("/sign-in?lang=en", form("name", "zhangsan", "password", secret)).Want(http.StatusTooManyRequests, "try again in 60 s")
	h.clock.pass(time.Minute)
	c.Post("/sign-in", form("name", "zhangsan", "password", secret)).Want(http.StatusOK)
}

func TestAFirstPasswordOpensOnlyItsChange(t *testing.T) {
	h := open(t, signin.Options{})
	_, first, err := h.accounts.Create(h.Fixture.As(t.Context(), "administrator", ""), identity.NewAccount{Name: "lisi", Person: "李四"})
	if err != nil {
		t.Fatal(err)
	}
	c := h.Public()
	at := c.Post("/sign-in", form("name", "lisi", "password", first.Reveal())).Want(http.StatusOK, "修改初始口令")
	if at.Path != "/account/password" {
		t.Errorf("at %s", at.Path)
	}
	if at := c.Get("/").Path; at != "/account/password" {
		t.Errorf("the desk is at %s", at)
	}
	change := func(present, next, repeated string) *webtest.Page {
		return c.Post("/account/password", form("present", present, "next-password", next, "repeated", repeated))
	}
	change(first.Reveal(), "spoon under granite", "spoon under marble").Want(http.StatusUnprocessableEntity, "两次输入的新口令不一致")
	change("wrong", "spoon under granite", "spoon under granite").Want(http.StatusUnprocessableEntity, "当前口令不正确")
	change(first.Reveal(), "short", "short").Want(http.StatusUnprocessableEntity, "至少12位")
	if at := change(first.Reveal(), "spoon under granite", "spoon under granite").Want(http.StatusOK, "口令已修改", "李四").Path; at != "/" {
		t.Errorf("at %s", at)
	}
}

func TestTheSecondStep(t *testing.T) {
	h := open(t, signin.Options{})
	code := h.enrol(t)
	c := h.Public()
	at := c.Post("/sign-in", form("name", "zhangsan", "password", secret, "next", "/about")).Want(http.StatusOK, "动态口令")
	if at.Path != "/sign-in/code?next=%2Fabout" {
		t.Errorf("at %s", at.Path)
	}
	if at := c.Get("/").Path; strings.HasPrefix(at, "/?") || at == "/" {
		t.Error("half a sign-in opens the desk")
	}
	c.Post("/sign-in/code", form("code", "000000")).Want(http.StatusUnprocessableEntity, "动态口令不正确")
	if at := c.Post("/sign-in/code", form("code", code(), "next", "/about")).Path; at != "/about" {
		t.Errorf("at %s", at)
	}
	c.Get("/").Want(http.StatusOK, "张三")

	late := h.Public()
	late.Post("/sign-in", form("name", "zhangsan", "password", secret))
	h.clock.pass(10 * time.Minute)
	if at := late.Post("/sign-in/code", form("code", code())).Want(http.StatusOK, "请重新登录").Path; at != "/sign-in" {
		t.Errorf("too late at %s", at)
	}
	if at := h.Public().Get("/sign-in/code").Path; at != "/sign-in" {
		t.Errorf("without the first step at %s", at)
	}
}

func TestTheDemonstrationShowsItsAccounts(t *testing.T) {
	shown := signin.Shown{
		Name: "zhangsan", Person: "张三", Unit: "望溪区民政局", Role: access.Rights().Title("reporter"), Password: credential.NewSecret(secret),
	}
	h := open(t, signin.Options{Demo: []signin.Shown{shown}})
	offered := h.Public().Get("/sign-in").Want(http.StatusOK, "演示账号", "填报员", "望溪区民政局")
	if strings.Contains(offered.Body, secret) {
		t.Error("a password is filled in before an account is chosen")
	}
	filled := h.Public().Get("/sign-in?as=zhangsan")
	if filled.Field("name") != "zhangsan" || filled.Field("password") != secret {
		t.Error("choosing an account does not fill it in")
	}
	plain := open(t, signin.Options{}).Public().Get("/sign-in?as=zhangsan").Want(http.StatusOK).Lacks("演示账号")
	if plain.Field("password") != "" {
		t.Error("passwords are filled in outside of a demonstration")
	}
}

// enrol turns one-time codes on for Zhang San and returns what gives a fresh code.
func (h *house) enrol(t *testing.T) func() string {
	t.Helper()
	session, _, err := h.accounts.SignIn(t.Context(), identity.SignInRequest{Name: "zhangsan", Password: credential.NewSecret(secret)})
	if err != nil {
		t.Fatal(err)
	}
	me := service.As(t.Context(), service.Caller{Actor: session.Actor})
	if _, err := h.accounts.BeginFactor(me); err != nil {
		t.Fatal(err)
	}
	enrolment, err := h.accounts.PendingFactor(me)
	if err != nil {
		t.Fatal(err)
	}
	recovery, err := h.accounts.ConfirmFactor(me, credentialtest.Code(t, enrolment.Typed, h.clock.Now()))
	if err != nil {
		t.Fatal(err)
	}
	used := 0
	return func() string { used++; return recovery[used].Reveal() }
}

// traveller is a browser that does not follow where it is sent, so that a test can look at each step.
type traveller struct {
	*http.Client
	t *testing.T
}

func newTraveller(t *testing.T) traveller {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return traveller{&http.Client{Jar: jar, CheckRedirect: stay}, t}
}

// step asks for a page and returns where it sends to, and what it says.
func (v traveller) step(address string) (status int, to *url.URL, body string) {
	v.t.Helper()
	request, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		v.t.Fatal(err)
	}
	answer, err := v.Do(request)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if to, err = url.Parse(answer.Header.Get("Location")); err != nil {
		v.t.Fatal(err)
	}
	return answer.StatusCode, to, string(said)
}

func TestSigningInByTheIdentityProvider(t *testing.T) {
	p := openidtest.Start(t)
	h := openWith(t, signin.Options{}, identity.Options{OIDC: &identity.OIDC{
		Issuer: p.URL, ClientID: openidtest.Client, ClientSecret: credential.NewSecret(openidtest.Secret), Title: "望溪统一登录",
		Redirect: "http://luoshi.example/sign-in/provider/return",
	}})
	p.Now = h.clock.Now
	h.Public().Get("/sign-in").Want(http.StatusOK, "望溪统一登录")
	travel := func(v traveller, who string) (int, *url.URL, string) {
		p.Who = map[string]any{"preferred_username": who}
		_, away, _ := v.step(h.URL + "/sign-in/provider")
		_, back, _ := v.step(away.String())
		return v.step(h.URL + back.RequestURI())
	}
	browser := newTraveller(t)
	if status, to, _ := travel(browser, "zhangsan"); status != http.StatusSeeOther || to.Path != "/" {
		t.Errorf("%d, to %s", status, to)
	}
	if _, _, said := browser.step(h.URL + "/"); !strings.Contains(said, "张三") {
		t.Error("the browser is not signed in")
	}
	if status, _, said := travel(newTraveller(t), "nobody"); status != http.StatusUnprocessableEntity || !strings.Contains(said, "没有对应账号") {
		t.Errorf("%d: %s", status, said)
	}
	// A link that somebody else made leads nowhere: the browser holds no ticket for it.
	_, away, _ := newTraveller(t).step(h.URL + "/sign-in/provider")
	_, back, _ := newTraveller(t).step(away.String())
	if status, _, said := newTraveller(t).step(h.URL + back.RequestURI()); status != http.StatusUnprocessableEntity || !strings.Contains(said, "统一身份认证未通过") {
		t.Errorf("%d: %s", status, said)
	}
	h.Public().Get("/sign-in/provider/return?error=access_denied").Want(http.StatusUnprocessableEntity, "统一身份认证未通过")
	open(t, signin.Options{}).Public().Get("/sign-in/provider").Want(http.StatusUnprocessableEntity, "未配置统一身份认证")
}

func TestPicturesOfTheDoor(t *testing.T) {
	h := open(t, signin.Options{Demo: []signin.Shown{
		{Name: "zhangsan", Person: "张三", Unit: "望溪区民政局", Role: access.Rights().Title("reporter"), Password: credential.NewSecret(secret)},
		{Name: "wangwu", Person: "王五", Unit: "望溪区住房和城乡建设局", Role: access.Rights().Title("reporter")},
		{Name: "zhaoliu", Person: "赵六", Unit: "清河街道办事处", Role: access.Rights().Title("reporter")},
		{Name: "lisi", Person: "李四", Unit: "望溪区人民政府", Role: access.Rights().Title("leader"), Password: credential.NewSecret(secret)},
	}})
	tab := h.Public().Browse(t)
	for _, lang := range []string{"zh-CN", "en"} {
		tab.Wide()
		tab.Open("/sign-in?lang=" + lang)
		tab.Fits()
		tab.Axe()
		tab.Picture("sign-in-" + lang)
		tab.Narrow()
		tab.Fits()
		tab.Picture("sign-in-narrow-" + lang)
	}
	tab.Wide()
	tab.Open("/sign-in?lang=zh-CN&as=zhangsan")
	tab.Click("main form button[type=submit]")
	tab.Do(chromedp.WaitVisible(".account-name"))
	tab.Open("/account/password")
	tab.Fits()
	tab.Axe()
	tab.Picture("password")
}
