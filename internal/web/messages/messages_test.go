package messages_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/message"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web"
	"luoshi/internal/web/messages"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// site is the pages with a group chat that takes what it is sent.
type site struct {
	*webtest.Site
	messages *message.Service
	group    *httptest.Server
	visitor  web.Visitor // the head of the bureau
	done     int         // tasks
}

// mail is a mail server that nobody reaches.
var mail = message.MailServer{Address: "127.0.0.1:1", From: "落实 <luoshi@wangxi.example>", Security: message.StartTLS}

func each(t *testing.T, test func(t *testing.T, s *site)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { test(t, serve(t, f, mail)) }, identity.Room(), message.Room())
}

func serve(t *testing.T, f *servicetest.Fixture, mail message.MailServer) *site {
	t.Helper()
	people := identity.New(f.Core, identity.Options{Cost: credential.Cost{Memory: 64, Passes: 1, Lanes: 1}})
	s := &site{messages: message.New(f.Core, people, message.Options{
		Origin: "https://luoshi.example", Mail: mail, Inside: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Logger: slog.New(slog.DiscardHandler),
	})}
	s.group = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"errcode":0}`)) }))
	t.Cleanup(s.group.Close)
	s.Site = webtest.ServeWith(t, f, web.Options{Routes: messages.New(f.Core, s.messages, people.Persons).Routes(), Unread: s.messages.Unread})
	s.settle(t, people)
	return s
}

// settle makes the account of the head of the bureau.
func (s *site) settle(t *testing.T, people *identity.Service) {
	t.Helper()
	program := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"user.create", "role.grant", "user.read"}})
	err := people.Seed(program, []identity.SeedAccount{{
		NewAccount: identity.NewAccount{Name: "head", Person: "张三", Unit: s.Bureau.ID}, Password: credential.NewSecret("kettle over marble"),
		Roles: []identity.SeedRole{{Role: "unit-head", Unit: s.Bureau.ID}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	account, err := people.Named(program, "head")
	if err != nil {
		t.Fatal(err)
	}
	caller := service.CallerOf(s.AsAccount(t.Context(), account.ID, "unit-head", s.Bureau.ID))
	s.visitor = web.Visitor{Session: "head", Name: "张三", Actor: caller.Actor}
}

func (s *site) head() *webtest.Client { return s.Visit(s.visitor) }

func (s *site) administrator() *webtest.Client { return s.As("administrator", s.Government.ID) }

// tell tells the head of the bureau something.
func (s *site) tell(t *testing.T, key string, urgent bool) {
	t.Helper()
	err := s.Change(s.Fixture.Office(t.Context()), func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "order.urge", service.Owned{Lead: s.Bureau.ID}); err != nil {
			return err
		}
		w.Record("order.urge", "orders", "1", nil, nil, nil)
		return s.messages.Tell(ctx, w, message.Notice{
			Key: key, To: []message.Audience{{Unit: s.Bureau.ID}}, Kind: message.OfOrder, URL: "/messages/settings", Urgent: urgent,
			Title: ledger.Wording{ZH: "督〔2026〕17号还有3天到期：" + key, EN: "Order 17 of 2026 is due in 3 days: " + key},
			Text:  ledger.Wording{ZH: "养老床位建设进度滞后，请于3月5日前反馈办理情况。", EN: "Beds for the elderly are behind; reply by March 5."},
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// work does what was asked for since the last time.
func (s *site) work(t *testing.T) {
	t.Helper()
	tasks := s.Queue.Tasks()
	for _, task := range tasks[s.done:] {
		args, err := json.Marshal(task.Args)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.messages.Deliver(t.Context(), args); err != nil {
			t.Fatal(err)
		}
	}
	s.done = len(tasks)
}

func TestMatrix(t *testing.T) { each(t, func(t *testing.T, s *site) { s.Matrix(t) }) }

func TestAnInboxIsWorkedThrough(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		h := s.head()
		h.Get("/messages").Want(http.StatusOK, "还没有消息").Lacks("bell-count", "全部标为已读</button>")
		s.tell(t, "床位", true)
		s.tell(t, "道路", false)
		p := h.Get("/messages").Want(http.StatusOK, "床位", "道路", "加急", "督办单", "2条未读", `<span class="bell-count" aria-hidden="true">2</span>`)
		h.Get("/messages?kind=report").Want(http.StatusOK, "没有这一类消息")
		h.Get("/messages?lang=en").Want(http.StatusOK, "Order 17 of 2026", "2 unread")
		h.Get("/messages?lang=zh-CN")
		opens := opening(p)
		h.Post(opens[0], nil).Want(http.StatusOK, "消息设置", "1条未读")
		h.Get("/messages?unread=1").Want(http.StatusOK, "床位").Lacks("道路")
		h.Post(strings.Replace(opens[0], "/open", "/unread", 1), nil).Want(http.StatusOK, "2条未读")
		h.Post("/messages/read", nil).Want(http.StatusOK, "已全部标为已读").Lacks("bell-count")
		h.Get("/messages?unread=1").Want(http.StatusOK, "没有未读消息")
		s.Office().Post(opens[0], nil).Want(http.StatusNotFound)
		s.Office().Get("/messages").Want(http.StatusOK, "还没有消息")
	})
}

// opening are the addresses by which messages of an inbox are opened, the youngest first.
func opening(p *webtest.Page) []string {
	var all []string
	for _, part := range strings.Split(p.Body, `action="`)[1:] {
		if at, _, _ := strings.Cut(part, `"`); strings.HasSuffix(at, "/open") {
			all = append(all, at)
		}
	}
	return all
}

func TestEverybodyChoosesHowToBeTold(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		h := s.head()
		form := h.Get("/messages/settings").Want(http.StatusOK, "不发邮件").Lacks("发一封测试邮件")
		choice := url.Values{"seen": {form.Field("seen")}, "mode": {"daily"}, "email": {"head"}, "language": {"zh"}}
		again := h.Post("/messages/settings", choice).Want(http.StatusUnprocessableEntity, "请填写一个邮箱地址")
		if again.Field("email") != "head" {
			t.Error("what was typed is lost")
		}
		choice.Set("email", "head@wangxi.example")
		h.Post("/messages/settings", choice).Want(http.StatusOK, "消息设置已保存", "发一封测试邮件")
		choice.Set("email", "other@wangxi.example")
		conflict := h.Post("/messages/settings", choice).Want(http.StatusConflict, "head@wangxi.example", "other@wangxi.example")
		choice.Set("seen", conflict.Field("seen"))
		h.Post("/messages/settings", choice).Want(http.StatusOK, "消息设置已保存")
		h.Post("/messages/settings/try", nil).Want(http.StatusOK, "测试邮件已交发")
		s.work(t)
		s.administrator().Get("/messages/sent").Want(http.StatusOK, "测试", "连接不上", "待发送").Lacks("消息只显示")
	})
}

func TestTheAdministratorSetsUpRobots(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a := s.administrator()
		a.Get("/channels").Want(http.StatusOK, "还没有群机器人", "邮件服务器已设置")
		a.Get("/channels/new").Want(http.StatusOK, "望溪区民政局", "钉钉群机器人")
		robot := url.Values{
			"name": {"民政局工作群"}, "unit": {string(s.Bureau.ID)}, "channel": {"wecom"}, "address": {"ftp://x.example"}, "mode": {"daily"}, "language": {"zh"},
		}
		if p := a.Post("/channels", robot).Want(http.StatusUnprocessableEntity, "地址应以"); p.Field("name") != "民政局工作群" {
			t.Error("what was typed is lost")
		}
		robot.Set("address", s.group.URL+"/send?key=693a91f6")
		list := a.Post("/channels", robot).Want(http.StatusOK, "群机器人已添加", "民政局工作群", "企业微信").Lacks("693a91f6")
		at := first(list, `href="/channels/`, "/channels/", "new", "rules")
		form := a.Get(at).Want(http.StatusOK, "现用地址在 127.0.0.1", "删除群机器人").Lacks("693a91f6")
		a.Post(at+"/try", nil).Want(http.StatusOK, "测试消息已交发", "待发送")
		s.work(t)
		a.Get("/messages/sent?channel=wecom&state=sent").Want(http.StatusOK, "民政局工作群", "已送达", "望溪区民政局")
		a.Get("/messages/sent?on=2001-01-01").Want(http.StatusOK, "没有发送记录")
		changed := url.Values{
			"seen": {form.Field("seen")}, "name": {"民政局督办群"}, "unit": {string(s.Bureau.ID)}, "channel": {"wecom"}, "mode": {"urgent"}, "language": {"zh"}, "paused": {"1"},
		}
		a.Post(at, changed).Want(http.StatusOK, "民政局督办群", "暂停")
		conflict := a.Post(at, changed).Want(http.StatusConflict, "民政局督办群")
		a.Post(at+"/try", nil).Want(http.StatusUnprocessableEntity, "机器人已停用")
		a.Post(at+"/remove", url.Values{"seen": {conflict.Field("seen")}}).Want(http.StatusOK, "群机器人已删除", "还没有群机器人")
		robot.Set("channel", "webhook")
		a.Post("/channels", robot).Want(http.StatusOK, "whsec_", "只显示这一次")
		a.Get("/channels").Want(http.StatusOK, "通用接口").Lacks("whsec_")
	})
}

// first is the first address in a page that begins so, and is not one of others.
func first(p *webtest.Page, mark, begin string, not ...string) string {
	for _, part := range strings.Split(p.Body, mark)[1:] {
		if rest, _, _ := strings.Cut(part, `"`); !slices.Contains(not, rest) {
			return begin + rest
		}
	}
	return ""
}

func TestTheAdministratorDecidesWhichKindGoesByWhichChannel(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a, h := s.administrator(), s.head()
		form := a.Get("/channels/rules").Want(http.StatusOK, "督办升级：邮件", "夜间和休息日")
		rules := url.Values{"seen": {form.Field("seen")}}
		for _, k := range message.Kinds() {
			rules.Set("email-"+string(k.Kind), "usual")
			rules.Set("chats-"+string(k.Kind), "usual")
		}
		rules.Set("email-tour", "none")
		rules.Set("fixed-tour", "1")
		a.Post("/channels/rules", rules).Want(http.StatusUnprocessableEntity, "无须设为必收")
		rules.Del("fixed-tour")
		rules.Set("fixed-report", "1")
		a.Post("/channels/rules", rules).Want(http.StatusOK, "发送规则已保存")
		rules.Set("chats-paper", "once")
		conflict := a.Post("/channels/rules", rules).Want(http.StatusConflict, "邮件照常，群机器人即时", "邮件照常，群机器人照常")
		rules.Set("seen", conflict.Field("seen"))
		a.Post("/channels/rules", rules).Want(http.StatusOK, "发送规则已保存")
		s.As("auditor", s.Government.ID).Get("/channels/rules").Want(http.StatusOK, "督办升级：邮件").Lacks(`type="submit">保存`)

		own := h.Get("/messages/settings").Want(http.StatusOK, "仍会发邮件：填报").Lacks(`value="report"`, `value="tour"`)
		choice := url.Values{
			"seen": {own.Field("seen")}, "mode": {"daily"}, "email": {"head@wangxi.example"}, "language": {"zh"}, "offered": {"order", "bulletin", "plan"}, "kind": {"order"},
		}
		h.Post("/messages/settings", choice).Want(http.StatusOK, "消息设置已保存")
		again := h.Get("/messages/settings")
		for kind, ticked := range map[string]bool{"order": true, "bulletin": false, "plan": false, "paper": true} {
			_, rest, _ := strings.Cut(again.Body, `name="kind" value="`+kind+`"`)
			if box, _, _ := strings.Cut(rest, ">"); strings.Contains(box, "checked") != ticked {
				t.Errorf("%s is kept as %q", kind, box)
			}
		}
		choice.Set("seen", again.Field("seen"))
		choice["offered"] = []string{"weather"}
		h.Post("/messages/settings", choice).Want(http.StatusUnprocessableEntity, "请从列出的消息类别中选择")
	})
}

// TestTheRecordShowsNoBusiness: administrators and auditors see that something was sent, and nothing of what it said.
func TestTheRecordShowsNoBusiness(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.administrator().Post("/channels", url.Values{
			"name": {"群"}, "unit": {string(s.Bureau.ID)}, "channel": {"wecom"}, "address": {s.group.URL}, "mode": {"daily"}, "language": {"zh"},
		}).Want(http.StatusOK)
		s.tell(t, "床位", true)
		s.work(t)
		for _, role := range []access.Role{"administrator", "auditor"} {
			s.As(role, s.Government.ID).Get("/messages/sent").Want(http.StatusOK, "加急：督办单1条", "已送达").Lacks("床位", "督〔2026〕17号")
		}
		s.As("auditor", s.Government.ID).Get("/channels").Want(http.StatusOK, "群").Lacks("新增群机器人", "/try")
		s.Office().Get("/messages/sent").Want(http.StatusForbidden)
	})
}

func TestAFailedMessageIsSentAgain(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		h := s.head()
		h.Post("/messages/settings", url.Values{"seen": {"0"}, "mode": {"daily"}, "email": {"head@wangxi.example"}, "language": {"zh"}}).Want(http.StatusOK)
		h.Post("/messages/settings/try", nil)
		s.work(t)
		p := s.administrator().Get("/messages/sent").Want(http.StatusOK, "连接不上", "重发")
		_, rest, _ := strings.Cut(p.Body, `action="/messages/sent/`)
		id, _, _ := strings.Cut(rest, "/")
		s.administrator().Post("/messages/sent/"+id+"/resend", nil).Want(http.StatusOK, "已重新交发")
	})
}
