package webhooks_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web/webhooks"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// site is the pages with a program that takes messages.
type site struct {
	*webtest.Site
	notify   *notify.Service
	receiver *httptest.Server
	status   atomic.Int32 // with which it answers
	done     int          // how much work was done
}

func each(t *testing.T, test func(t *testing.T, s *site)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { test(t, serve(t, f)) }, notify.Room())
}

func serve(t *testing.T, f *servicetest.Fixture) *site {
	t.Helper()
	s := &site{notify: notify.New(f.Core, notify.Options{
		Origin: "https://luoshi.example", Inside: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	})}
	s.status.Store(http.StatusNoContent)
	s.receiver = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(int(s.status.Load())) }))
	t.Cleanup(s.receiver.Close)
	s.Site = webtest.Serve(t, f, webhooks.New(f.Core, s.notify, named).Routes()...)
	return s
}

// named calls everybody by the name of the administrator.
func named(_ context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error) {
	names := map[ledger.AccountID]string{}
	for _, id := range ids {
		names[id] = "王建国"
	}
	return names, nil
}

func (s *site) administrator() *webtest.Client { return s.As("administrator", s.Government.ID) }

// work does what was asked for since the last time.
func (s *site) work(t *testing.T) {
	t.Helper()
	tasks := s.Queue.Tasks()
	for _, task := range tasks[s.done:] {
		args, err := json.Marshal(task.Args)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.notify.Deliver(service.As(t.Context(), notify.Caller()), args); err != nil {
			t.Fatal(err)
		}
	}
	s.done = len(tasks)
}

// subscribed is the address of the page of a subscription that was made by form.
func (s *site) subscribed(t *testing.T, events ...string) string {
	t.Helper()
	p := s.administrator().Post("/webhooks", url.Values{"address": {s.receiver.URL + "/in"}, "note": {"数据大屏"}, "events": events}).
		Want(http.StatusOK, "只显示这一次", "whsec_")
	return address(t, p)
}

// address is where the page of a key leads on to.
func address(t *testing.T, p *webtest.Page) string {
	t.Helper()
	_, rest, found := strings.Cut(p.Body, `class="btn btn-primary" href="`)
	at, _, _ := strings.Cut(rest, `"`)
	if !found || !strings.HasPrefix(at, "/webhooks/") {
		t.Fatalf("leads to %q", at)
	}
	return at
}

func TestAWebhookIsMadeByForm(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a := s.administrator()
		a.Get("/webhooks").Want(http.StatusOK, "还没有推送", "新建推送")
		a.Get("/webhooks/new").Want(http.StatusOK, "全部变动", "印发计划", "plan.publish").Lacks("查看计划")
		at := s.subscribed(t, "plan.*", "commitment.correct")
		a.Get("/webhooks").Want(http.StatusOK, s.receiver.URL, "计划：全部、校正承诺事项", "启用", "数据大屏").Lacks("whsec_")
		a.Get(at).Want(http.StatusOK, "计划：全部", "没有这样的推送记录").Lacks("whsec_")
		a.Get(at+"?lang=en").Want(http.StatusOK, "all of plan, correct a commitment")
		a.Get("/webhooks?lang=zh-CN")
		form := a.Get(at + "/edit")
		if form.Field("address") != s.receiver.URL+"/in" || form.Field("note") != "数据大屏" || !strings.Contains(form.Body, `value="plan.*" checked`) {
			t.Errorf("the form is %s", form.Text())
		}
		changed := url.Values{"seen": {form.Field("seen")}, "address": {s.receiver.URL}, "events": {"*"}}
		a.Post(at+"/edit", changed).Want(http.StatusOK, "已保存", "全部变动").Lacks("数据大屏")
		// Whoever saves the same form later sees what stands there now, and loses nothing.
		changed["note"] = []string{"另一处"}
		again := a.Post(at+"/edit", changed).Want(http.StatusConflict, "另一处", "王建国在2026年")
		changed["seen"] = []string{again.Field("seen")}
		a.Post(at+"/edit", changed).Want(http.StatusOK, "另一处")
	})
}

func TestWhatAWebhookMayNotBe(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for said, form := range map[string]url.Values{
			"地址应以":     {"address": {"ftp://x.example"}, "events": {"*"}, "note": {"我的用途"}},
			"内部地址":     {"address": {"http://10.0.0.1/"}, "events": {"*"}, "note": {"我的用途"}},
			"至少选择一种事件": {"address": {s.receiver.URL}, "note": {"我的用途"}},
			"没有名为":     {"address": {s.receiver.URL}, "events": {"plan.dance"}, "note": {"我的用途"}},
		} {
			p := s.administrator().Post("/webhooks", form).Want(http.StatusUnprocessableEntity, said)
			if p.Field("note") != "我的用途" || p.Field("address") != form.Get("address") {
				t.Errorf("%s: what was typed is lost", said)
			}
		}
		s.administrator().Post(s.subscribed(t, "*")+"/state", url.Values{"state": {"removed"}, "seen": {"1"}}).Want(http.StatusBadRequest)
	})
}

func TestMessagesAreSeenAndSentAgain(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a, at := s.administrator(), s.subscribed(t, "*")
		a.Post(at+"/ping", nil).Want(http.StatusOK, "测试消息已排入队列", "待发送")
		s.work(t)
		p := a.Get(at).Want(http.StatusOK, "测试", "已送达", "HTTP 204")
		s.status.Store(http.StatusBadGateway)
		_, rest, _ := strings.Cut(p.Body, at+"/deliveries/")
		resend, _, _ := strings.Cut(rest, `"`)
		a.Post(at+"/deliveries/"+resend, nil).Want(http.StatusOK, "将重新发送", "待发送")
		s.work(t)
		a.Get(at).Want(http.StatusOK, "HTTP 502", "对方没有接收", "再试", "连续失败次数 1")
		a.Get(at+"?state=delivered").Want(http.StatusOK, "没有这样的推送记录")
		a.Post(at+"/deliveries/none/resend", nil).Want(http.StatusNotFound)
	})
}

func TestAWebhookIsPausedRekeyedAndRemoved(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a, at := s.administrator(), s.subscribed(t, "*")
		seen := func() url.Values { return url.Values{"seen": {a.Get(at).Field("seen")}} }
		pause := seen()
		pause.Set("state", "paused")
		a.Post(at+"/state", pause).Want(http.StatusOK, "推送已暂停", "启用").Lacks("发送测试消息")
		a.Post(at+"/state", pause).Want(http.StatusConflict)
		resume := seen()
		resume.Set("state", "active")
		a.Post(at+"/state", resume).Want(http.StatusOK, "推送已启用", "发送测试消息")
		a.Post(at+"/key", seen()).Want(http.StatusOK, "whsec_", "只显示这一次")
		a.Post(at+"/remove", seen()).Want(http.StatusOK, "推送已删除", "还没有推送")
		a.Get(at).Want(http.StatusNotFound)
	})
}

func TestAuditorsReadWebhooks(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		at, auditor := s.subscribed(t, "*"), s.As("auditor", s.Government.ID)
		s.administrator().Post(at+"/ping", nil)
		auditor.Get("/webhooks").Want(http.StatusOK, s.receiver.URL).Lacks("新建推送")
		auditor.Get(at).Want(http.StatusOK, "待发送", "审计日志").Lacks("发送测试消息", "更换密钥", "删除", "重发", "暂停")
		s.Matrix(t)
	})
}
