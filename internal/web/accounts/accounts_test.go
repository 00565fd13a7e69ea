package accounts_test

import (
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/access/credential/credentialtest"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/accounts"
	"luoshi/internal/web/page"
	"luoshi/internal/web/signin"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

const secret = "kettle over marble"

// house is a site with accounts of several roles, at which one really signs in.
type house struct {
	*webtest.Site
	accounts *identity.Service
	ids      map[access.Role]ledger.AccountID
	now      time.Time
}

// open opens the house over SQLite: what both databases do alike, the tests of identity show.
func open(t *testing.T, roles ...access.Role) *house {
	t.Helper()
	h := &house{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), ids: map[access.Role]ledger.AccountID{}}
	s := storetest.Open(t, storetest.SQLite(t), store.Options{
		Now: func() time.Time { return h.now }, Rooms: servicetest.Rooms(identity.Room()),
	})
	f := servicetest.Settle(t, s)
	h.accounts = identity.New(f.Core, identity.Options{
		Cost: credential.Cost{Memory: 64, Passes: 1, Lanes: 1}, Logger: slog.New(slog.DiscardHandler),
	})
	program := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"user.create", "role.grant", "user.read"}})
	for i, role := range roles {
		name := []string{"王建国", "李秀英", "陈思远", "赵敏", "孙立"}[i]
		err := h.accounts.Seed(program, []identity.SeedAccount{{
			NewAccount: identity.NewAccount{Name: string(role), Person: name, Unit: f.Bureau.ID},
			Password:   credential.NewSecret(secret), Roles: []identity.SeedRole{{Role: role, Unit: f.Bureau.ID}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		account, err := h.accounts.Named(program, string(role))
		if err != nil {
			t.Fatal(err)
		}
		h.ids[role] = account.ID
	}
	routes := append(accounts.New(f.Core, h.accounts, nil, "").Routes(), signin.New(h.accounts, signin.Options{}).Routes()...)
	routes = append(routes, web.Route{Pattern: "GET /{$}", Handler: func(w http.ResponseWriter, r *http.Request) error {
		return web.Show(w, r, page.Layout("里面"))
	}})
	h.Site = webtest.ServeWith(t, f, web.Options{Routes: routes, Sessions: web.Known(h.accounts)})
	return h
}

// in is a client of who signed in.
func (h *house) in(role access.Role) *webtest.Client {
	c := h.Public()
	c.Post("/sign-in", form("name", string(role), "password", secret)).Want(http.StatusOK, "里面")
	return c
}

// at is the page of the account of a role.
func (h *house) at(role access.Role, further ...string) string {
	return "/accounts/" + string(h.ids[role]) + strings.Join(further, "")
}

func form(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

func TestFromANewAccountToItsFirstDay(t *testing.T) {
	h := open(t, "administrator")
	admin := h.in("administrator")
	admin.Get("/accounts").Want(http.StatusOK, "账号", "新建账号", "王建国")
	admin.Get("/accounts/new").Want(http.StatusOK, "一次性初始口令", "望溪区民政局")
	admin.Post("/accounts", form("name", "a b", "person", "周明")).Want(http.StatusUnprocessableEntity, "账号名须为", "周明")
	admin.Post("/accounts", form("name", "administrator", "person", "周明")).Want(http.StatusUnprocessableEntity, "已被使用")
	made := admin.Post("/accounts", form("name", "zhouming", "person", "周明", "unit", string(h.Bureau.ID))).Want(http.StatusOK, "只显示这一次")
	first := regexp.MustCompile(`<code[^>]*>([0-9a-z-]+)</code>`).FindStringSubmatch(made.Body)
	if first == nil {
		t.Fatalf("no first password on %s", made.Text())
	}
	new := h.Public()
	new.Post("/sign-in", form("name", "zhouming", "password", first[1])).Want(http.StatusOK, "修改初始口令")
	if at := new.Get("/account").Path; at != "/account/password" {
		t.Errorf("before the change at %s", at)
	}
	changed := form("present", first[1], "next-password", "spoon under granite", "repeated", "spoon under granite")
	new.Post("/account/password", changed).Want(http.StatusOK, "口令已修改")
	new.Get("/account").Want(http.StatusOK, "周明", "望溪区民政局", "暂无角色")

	// There is no security officer yet, so the administrator appoints the first, and no further one.
	account, err := h.accounts.Named(h.Fixture.As(t.Context(), "administrator", ""), "zhouming")
	if err != nil {
		t.Fatal(err)
	}
	admin.Get("/accounts/"+string(account.ID)).Want(http.StatusOK, "任命首任安全保密员").Lacks("授予角色", "重置口令")
	admin.Post("/accounts/"+string(account.ID)+"/officer", form("role", "auditor")).Want(http.StatusForbidden)
	admin.Post("/accounts/"+string(account.ID)+"/officer", form("role", "security-officer")).Want(http.StatusOK, "角色已授予", "安全保密员").
		Lacks("任命首任安全保密员")
	new.Get(h.at("administrator")).Want(http.StatusOK, "授予角色", "重置口令").Lacks("停用账号", "修改信息")
}

func TestWhatEachOfficerIsOffered(t *testing.T) {
	h := open(t, "administrator", "security-officer", "auditor", "reporter")
	cases := map[access.Role]struct{ offered, not []string }{
		"administrator":    {[]string{"停用账号", "修改信息"}, []string{"重置口令", "授予角色", "操作记录", "签发令牌"}},
		"security-officer": {[]string{"重置口令", "授予角色", "签发令牌", "收回"}, []string{"停用账号", "修改信息", "操作记录"}},
		"auditor":          {[]string{"操作记录", "新建账号"}, []string{"停用账号", "重置口令", "不填则长期有效", "签发令牌", "收回"}},
	}
	for role, c := range cases {
		text := h.in(role).Get(h.at("reporter")).Want(http.StatusOK, c.offered...)
		text.Lacks(c.not...)
	}
	h.in("reporter").Get("/accounts").Want(http.StatusForbidden)
	h.in("reporter").Get(h.at("administrator")).Want(http.StatusForbidden)
}

// Whoever asks for what is another officer's work is refused, whatever the page offered.
func TestForgedFormsOfOfficers(t *testing.T) {
	h := open(t, "administrator", "security-officer", "auditor", "reporter")
	forged := map[string][]access.Role{
		h.at("reporter", "/disable"):        {"security-officer", "auditor", "reporter"},
		h.at("reporter", "/enable"):         {"security-officer", "auditor", "reporter"},
		h.at("reporter"):                    {"security-officer", "auditor", "reporter"},
		h.at("reporter", "/reset"):          {"administrator", "auditor", "reporter"},
		h.at("reporter", "/unlock"):         {"administrator", "auditor", "reporter"},
		h.at("reporter", "/sessions/end"):   {"administrator", "auditor", "reporter"},
		h.at("reporter", "/factor/remove"):  {"administrator", "auditor", "reporter"},
		h.at("reporter", "/roles"):          {"administrator", "auditor", "reporter"},
		h.at("reporter", "/roles/x/revoke"): {"administrator", "auditor", "reporter"},
		h.at("reporter", "/tokens"):         {"administrator", "auditor", "reporter"},
	}
	for path, roles := range forged {
		for _, role := range roles {
			h.in(role).Post(path, form("role", "administrator", "revision", "1")).Want(http.StatusForbidden)
		}
	}
}

func TestEditingAnAccount(t *testing.T) {
	h := open(t, "administrator", "reporter")
	admin := h.in("administrator")
	mine := admin.Get(h.at("reporter", "/edit")).Want(http.StatusOK, "李秀英")
	save := func(person, revision string) *webtest.Page {
		return admin.Post(h.at("reporter"), form("person", person, "unit", string(h.Street.ID), "revision", revision))
	}
	save("李秀兰", mine.Field("revision")).Want(http.StatusOK, "已保存", "李秀兰", "清河街道办事处")
	clash := save("李秀芝", mine.Field("revision")).Want(http.StatusConflict, "李秀兰", "李秀芝", "王建国在")
	save("李秀芝", clash.Field("revision")).Want(http.StatusOK, "李秀芝")
	save("", "3").Want(http.StatusUnprocessableEntity, "请填写姓名")
	save("李秀芝", "x").Want(http.StatusBadRequest)
}

func TestDisablingUnlockingResetting(t *testing.T) {
	h := open(t, "administrator", "security-officer", "reporter")
	admin, officer, reporter := h.in("administrator"), h.in("security-officer"), h.in("reporter")
	admin.Post(h.at("reporter", "/disable"), nil).Want(http.StatusOK, "已停用")
	if at := reporter.Get("/account").Path; !strings.HasPrefix(at, "/sign-in") {
		t.Errorf("who is disabled is at %s", at)
	}
	h.Public().Post("/sign-in", form("name", "reporter", "password", secret)).Want(http.StatusUnprocessableEntity, "账号已停用")
	admin.Get("/accounts?state=disabled").Want(http.StatusOK, "陈思远").Lacks("李秀英")
	admin.Post(h.at("reporter", "/enable"), nil).Want(http.StatusOK, "账号已启用")
	admin.Post(h.at("administrator", "/disable"), nil).Want(http.StatusUnprocessableEntity, "不能对自己的账号")
	for range credential.AccountLockout.Free + 1 {
		h.Public().Post("/sign-in", form("name", "reporter", "password", "wrong"))
	}
	officer.Get("/accounts?state=locked").Want(http.StatusOK, "陈思远", "锁定")
	officer.Post(h.at("reporter", "/unlock"), nil).Want(http.StatusOK, "锁定已解除")
	h.in("reporter")
	officer.Post(h.at("reporter", "/sessions/end"), nil).Want(http.StatusOK, "全部会话已结束")
	officer.Post(h.at("reporter", "/reset"), nil).Want(http.StatusOK, "只显示这一次").Lacks("下一步")
	h.Public().Post("/sign-in", form("name", "reporter", "password", secret)).Want(http.StatusUnprocessableEntity)
	admin.Get("/accounts/nobody").Want(http.StatusNotFound)
}

func TestGrantingAndRevokingARole(t *testing.T) {
	h := open(t, "administrator", "security-officer", "reporter")
	officer := h.in("security-officer")
	grant := func(pairs ...string) *webtest.Page {
		return officer.Post(h.at("reporter", "/roles"), form(pairs...))
	}
	grant("role", "leader").Want(http.StatusUnprocessableEntity, "该角色须指定单位")
	again := grant("role", "leader", "unit", string(h.Street.ID), "from", "someday").Want(http.StatusUnprocessableEntity, "日期无法识别")
	if again.Field("role") != "leader" || again.Field("unit") != string(h.Street.ID) || again.Field("from") != "someday" {
		t.Error("what was typed is lost")
	}
	grant("role", "leader", "unit", string(h.Street.ID), "from", "2026-04-01", "until", "2026-03-01").Want(http.StatusUnprocessableEntity, "截止日期不能早于起始日期")
	page := grant("role", "unit-head", "unit", string(h.Street.ID), "until", "2026-12-31").Want(http.StatusOK, "角色已授予", "至2026年12月31日")
	revoke := regexp.MustCompile(`action="([^"]*/revoke)"`).FindAllStringSubmatch(page.Body, -1)
	if len(revoke) != 2 {
		t.Fatalf("%d roles can be revoked", len(revoke))
	}
	officer.Post(revoke[1][1], nil).Want(http.StatusOK, "角色已收回", "已收回")
	officer.Post(revoke[1][1], nil).Want(http.StatusUnprocessableEntity, "该角色已收回")
	officer.Post(h.at("security-officer", "/roles"), form("role", "auditor")).Want(http.StatusUnprocessableEntity, "不能对自己的账号")
	officer.Post(h.at("administrator", "/roles"), form("role", "auditor")).Want(http.StatusUnprocessableEntity, "三员分立")
}

func TestWhoHoldsWhat(t *testing.T) {
	h := open(t, "auditor", "unit-head", "reporter")
	auditor := h.in("auditor")
	auditor.Get("/accounts/roles").Want(http.StatusOK, "任职一览", "李秀英", "陈思远", "单位负责人")
	auditor.Get("/accounts/roles?role=reporter&on=2027-01-01").Want(http.StatusOK, "陈思远", "2027年1月1日").Lacks("李秀英")
	auditor.Get("/accounts/roles?unit="+string(h.Street.ID)).Want(http.StatusOK, "没有符合条件的任职")
	h.in("unit-head").Get("/accounts/roles").Want(http.StatusForbidden)
}

func TestSortingAndPagingTheList(t *testing.T) {
	h := open(t, "administrator", "unit-head", "reporter")
	admin := h.in("administrator")
	first := admin.Get("/accounts?sort=name&desc=1&limit=2").Want(http.StatusOK, "unit-head", "reporter").Lacks("王建国 administrator")
	next := regexp.MustCompile(`href="(/accounts\?after=[^"]*)"`).FindStringSubmatch(first.Body)
	if next == nil {
		t.Fatal("there is no next page")
	}
	admin.Get(html.UnescapeString(next[1])).Want(http.StatusOK, "administrator").Lacks("李秀英", "陈思远")
}

func TestOnesOwnOneTimeCodes(t *testing.T) {
	h := open(t, "reporter")
	c := h.in("reporter")
	key := c.Post("/account/factor", nil).Want(http.StatusOK, "输入应用显示的6位数字")
	typed := regexp.MustCompile(`<code[^>]*>([A-Z2-7 ]+)</code>`).FindStringSubmatch(key.Body)
	if typed == nil || !strings.Contains(key.Body, "otpauth://totp/") {
		t.Fatalf("no key on %s", key.Text())
	}
	if !strings.Contains(key.Body, `role="img" aria-label="动态口令密钥的二维码`) {
		t.Errorf("no QR code on %s", key.Text())
	}
	c.Post("/account/factor/confirm", form("code", "000000")).Want(http.StatusUnprocessableEntity, "动态口令不正确")
	code := credentialtest.Code(t, credential.NewSecret(strings.ReplaceAll(typed[1], " ", "")), h.now)
	c.Post("/account/factor/confirm", form("code", code)).Want(http.StatusOK, "备用恢复码", "只显示这一次")
	c.Get("/account").Want(http.StatusOK, "停用动态口令")
	if at := c.Get("/account/factor").Path; at != "/account" {
		t.Errorf("the key can be looked at again at %s", at)
	}
	h.Public().Post("/sign-in", form("name", "reporter", "password", secret)).Want(http.StatusOK, "输入动态口令")
	c.Post("/account/factor/remove", form("password", "wrong")).Want(http.StatusUnprocessableEntity, "当前口令不正确")
	c.Post("/account/factor/remove", form("password", secret)).Want(http.StatusOK, "动态口令已停用")
}

func TestOnesOwnSessions(t *testing.T) {
	h := open(t, "reporter", "reviewer")
	here, there, third := h.in("reporter"), h.in("reporter"), h.in("reporter")
	shown := here.Get("/account/sessions").Want(http.StatusOK, "当前会话", "127.0.0.1", "结束其他全部会话")
	end := regexp.MustCompile(`action="(/account/sessions/[^"]*/end)"`).FindAllStringSubmatch(shown.Body, -1)
	if len(end) != 3 { // two others one by one, and all others
		t.Fatalf("%v", end)
	}
	h.in("reviewer").Post(end[0][1], nil)
	h.in("reviewer").Post(end[1][1], nil)
	there.Get("/account").Want(http.StatusOK, "reporter")
	third.Get("/account").Want(http.StatusOK, "reporter")
	here.Post("/account/sessions/others/end", nil).Want(http.StatusOK, "其他会话已全部结束").Lacks("结束其他全部会话")
	for _, other := range []*webtest.Client{there, third} {
		if at := other.Get("/account").Path; !strings.HasPrefix(at, "/sign-in") {
			t.Errorf("an ended session is at %s", at)
		}
	}
}

func TestDelegatingByPage(t *testing.T) {
	h := open(t, "unit-head", "reporter", "security-officer")
	head := h.in("unit-head")
	post := "unit-head " + string(h.Bureau.ID)
	head.Get("/account/delegations").Want(http.StatusOK, "新的委托", "李秀英 (reporter)")
	delegate := func(pairs ...string) *webtest.Page { return head.Post("/account/delegations", form(pairs...)) }
	again := delegate("post", post, "to", "reporter", "from", "2026-03-02", "until", "2026-03-01", "reason", "出差").Want(http.StatusUnprocessableEntity, "委托须有起止日期")
	if again.Field("reason") != "出差" {
		t.Error("what was typed is lost")
	}
	delegate("post", post, "to", "reporter", "from", "2026-03-02", "until", "2026-03-06", "reason", "").Want(http.StatusUnprocessableEntity, "请填写委托事由")
	made := delegate("post", post, "to", "reporter", "from", "2026-03-02", "until", "2026-03-06", "reason", "出差").Want(http.StatusOK, "委托已生效", "有效")
	reporter := h.in("reporter")
	reporter.Get("/account").Want(http.StatusOK, "代王建国办理")
	reporter.Get("/account/delegations").Want(http.StatusOK, "王建国").Lacks("结束委托")
	h.in("security-officer").Get(h.at("unit-head")).Want(http.StatusOK, "委托办理", "结束委托")
	end := regexp.MustCompile(`action="(/account/delegations/[^"]*/end)"`).FindStringSubmatch(made.Body)
	reporter.Post(end[1], nil).Want(http.StatusForbidden)
	head.Post(end[1], nil).Want(http.StatusOK, "委托已结束")
	reporter.Get("/account").Want(http.StatusOK).Lacks("代王建国办理")
}

func TestATokenFromIssueToRevocation(t *testing.T) {
	h := open(t, "reporter", "security-officer")
	officer, reporter := h.in("security-officer"), h.in("reporter")
	issue := func(pairs ...string) *webtest.Page {
		return officer.Post(h.at("reporter", "/tokens"), form(pairs...))
	}
	issue("purpose", "数据中台", "expires", "2026-06-01").Want(http.StatusUnprocessableEntity, "请至少选择一项", "数据中台")
	issue("purpose", "数据中台", "expires", "2030-06-01", "scopes", "plan.read").Want(http.StatusUnprocessableEntity, "有效期须在一年以内")
	issue("purpose", "数据中台", "expires", "2026-06-01", "scopes", "plan.read", "scopes", "commitment.read").Want(http.StatusOK, "令牌已签发", "待领取", "查看计划、查看承诺事项")
	draw := regexp.MustCompile(`action="(/account/tokens/[^"]*/draw)"`).FindStringSubmatch(reporter.Get("/account/tokens").Want(http.StatusOK, "待领取").Body)
	officer.Post(draw[1], nil).Want(http.StatusUnprocessableEntity)
	drawn := reporter.Post(draw[1], nil).Want(http.StatusOK, "只显示这一次")
	token := regexp.MustCompile(`luoshi_[0-9a-z]+_[0-9a-z]+`).FindString(drawn.Body)
	if _, err := h.accounts.TokenCaller(t.Context(), credential.NewSecret(token)); err != nil {
		t.Error(err)
	}
	reporter.Post(draw[1], nil).Want(http.StatusUnprocessableEntity, "没有可领取的令牌")
	revoke := regexp.MustCompile(`action="([^"]*/tokens/[^"]*/revoke)"`).FindStringSubmatch(officer.Get(h.at("reporter")).Body)
	officer.Post(revoke[1], nil).Want(http.StatusOK, "令牌已吊销", "已吊销")
	if _, err := h.accounts.TokenCaller(t.Context(), credential.NewSecret(token)); err == nil {
		t.Error("a revoked token opens")
	}
}

func TestNobodyComesInUnsigned(t *testing.T) {
	h := open(t, "reporter")
	for _, path := range []string{"/account", "/account/sessions", "/account/delegations", "/account/tokens", "/accounts", h.at("reporter")} {
		if at := h.Public().Get(path).Path; !strings.HasPrefix(at, "/sign-in") {
			t.Errorf("%s shows the public %s", path, at)
		}
	}
}

func TestPicturesOfAccounts(t *testing.T) {
	h := open(t, "administrator", "security-officer", "auditor", "unit-head", "reporter")
	officer := h.Fixture.As(t.Context(), "security-officer", "")
	head := h.AsAccount(t.Context(), h.ids["unit-head"], "unit-head", h.Bureau.ID)
	delegation := identity.DelegationTerms{
		To: "reporter", Role: "unit-head", Unit: h.Bureau.ID, Reason: "赴省里参加培训",
		During: calendar.Period{From: h.Today(), To: h.Today().AddDays(4)},
	}
	if _, err := h.accounts.Delegate(head, delegation); err != nil {
		t.Fatal(err)
	}
	terms := identity.TokenTerms{
		Account: h.ids["reporter"], Purpose: "市数据中台", Scopes: []access.Action{"commitment.read", "observation.fill"}, Expires: h.now.AddDate(0, 3, 0),
	}
	if _, err := h.accounts.Issue(officer, terms); err != nil {
		t.Fatal(err)
	}
	if _, err := h.accounts.BeginFactor(h.AsAccount(t.Context(), h.ids["reporter"], "reporter", h.Bureau.ID)); err != nil {
		t.Fatal(err)
	}
	look := func(role access.Role, pages map[string]string) {
		tab := h.Public().Browse(t)
		tab.Open("/sign-in")
		tab.Type("#name", string(role))
		tab.Type("#password", secret)
		tab.Click("main form button[type=submit]")
		tab.Do(chromedp.WaitVisible(".account-name"))
		for name, path := range pages {
			for _, lang := range []string{"zh-CN", "en"} {
				tab.Wide()
				tab.Open(path + "?lang=" + lang)
				tab.Fits()
				tab.Axe()
				tab.Picture(name + "-" + lang)
				if webtest.Value[bool](tab, `document.querySelector("td details") !== null`) {
					tab.Click("td details > summary")
					tab.Fits()
					tab.Picture(name + "-asking-" + lang)
				}
				tab.Narrow()
				tab.Fits()
				tab.Picture(name + "-narrow-" + lang)
			}
		}
	}
	look("administrator", map[string]string{"list": "/accounts", "new": "/accounts/new", "administrator": h.at("reporter")})
	look("security-officer", map[string]string{"officer": h.at("reporter")})
	look("auditor", map[string]string{"auditor": h.at("reporter"), "posts": "/accounts/roles"})
	look("reporter", map[string]string{"own": "/account", "tokens": "/account/tokens", "sessions": "/account/sessions", "factor": "/account/factor"})
	look("unit-head", map[string]string{"delegations": "/account/delegations"})
}
