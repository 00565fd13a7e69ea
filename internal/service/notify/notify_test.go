package notify_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
)

// loopback lets tests send to a receiver on this machine.
var loopback = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}

// received is a message as it came.
type received struct {
	header http.Header
	body   []byte
}

// receiver is another program, which answers with a status.
type receiver struct {
	*httptest.Server
	mu       sync.Mutex
	messages []received
	status   int
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{status: http.StatusNoContent}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.messages = append(r.messages, received{q.Header, body})
		if r.status == http.StatusFound {
			w.Header().Set("Location", r.URL+"/elsewhere")
		}
		w.WriteHeader(r.status)
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) got() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.messages
}

// rename changes the plan of the district, as any use case would.
func rename(ctx context.Context, f *servicetest.Fixture, title string, fails error) error {
	return f.Change(ctx, func(ctx context.Context, w *service.Work) error {
		record, err := f.Store().Plans().Get(ctx, string(f.Plan.ID))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: record.Value.Government}); err != nil {
			return err
		}
		after := record.Value
		after.Title = title
		if _, err := f.Store().Plans().Change(ctx, after, record.Revision); err != nil {
			return err
		}
		w.Record("plan.edit", "plans", string(after.ID), record.Value, after, nil)
		return fails
	})
}

// each runs a test on both databases with a service that may send to this machine.
func each(t *testing.T, test func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		s := notify.New(f.Core, notify.Options{Origin: "https://luoshi.example", Inside: loopback})
		test(t, f, s, f.As(t.Context(), "administrator", f.Government.ID))
	}, notify.Room())
}

// work does what was asked for since some tasks ago, and returns all that was asked for until then.
func work(t *testing.T, f *servicetest.Fixture, s *notify.Service, done int) []service.Task {
	t.Helper()
	tasks := f.Queue.Tasks()
	for _, task := range tasks[done:] {
		do(t, s, task)
	}
	return tasks
}

func do(t *testing.T, s *notify.Service, task service.Task) {
	t.Helper()
	args, err := json.Marshal(task.Args)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Deliver(service.As(t.Context(), notify.Caller()), args); err != nil {
		t.Fatal(err)
	}
}

func TestAChangeReachesWhoIsSubscribed(t *testing.T) {
	each(t, func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context) {
		r := newReceiver(t)
		hook, key, err := s.Subscribe(admin, notify.Terms{Address: r.URL + "/luoshi", Events: []string{"plan.*"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := rename(f.Office(t.Context()), f, "新的名称", nil); err != nil {
			t.Fatal(err)
		}
		tasks := work(t, f, s, 0)
		if len(tasks) != 1 || tasks[0].Kind != notify.DeliverTask || len(r.got()) != 1 {
			t.Fatalf("tasks %v, messages %d", tasks, len(r.got()))
		}
		m := r.got()[0]
		secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(key.Reveal(), "whsec_"))
		if err != nil {
			t.Fatal(err)
		}
		mac := hmac.New(sha256.New, secret)
		mac.Write([]byte(m.header.Get("webhook-id") + "." + m.header.Get("webhook-timestamp") + "." + string(m.body)))
		if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); m.header.Get("webhook-signature") != want {
			t.Errorf("signed %s and not %s", m.header.Get("webhook-signature"), want)
		}
		var event map[string]any
		if err := json.Unmarshal(m.body, &event); err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]any{
			"specversion": "1.0", "type": "luoshi.plan.edit", "source": "https://luoshi.example/api/v1",
			"subject": "plans/" + string(f.Plan.ID), "id": m.header.Get("webhook-id"), "datacontenttype": "application/json",
		} {
			if event[name] != want {
				t.Errorf("%s is %v and not %v", name, event[name], want)
			}
		}
		if strings.Contains(string(m.body), "新的名称") {
			t.Error("the message tells of the record more than its name")
		}
		do(t, s, tasks[0])
		if len(r.got()) != 1 {
			t.Error("the same attempt was made twice")
		}
		list, _, err := s.Deliveries(admin, hook.Value.ID, "", "", 0)
		if err != nil || len(list) != 1 || list[0].State != notify.Delivered || list[0].Answer != http.StatusNoContent || list[0].Attempts != 1 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestOthersHearNothing(t *testing.T) {
	each(t, func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context) {
		r := newReceiver(t)
		for _, terms := range []notify.Terms{
			{Address: r.URL, Events: []string{"commitment.*", "plan.create"}},
			{Address: r.URL, Events: []string{"*"}, State: notify.Paused},
		} {
			if _, _, err := s.Subscribe(admin, terms); err != nil {
				t.Fatal(err)
			}
		}
		if err := rename(f.Office(t.Context()), f, "新的名称", nil); err != nil {
			t.Fatal(err)
		}
		hook, _, err := s.Subscribe(admin, notify.Terms{Address: r.URL, Events: []string{"*"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := rename(f.Office(t.Context()), f, "再改", errors.New("broken")); err == nil {
			t.Fatal("the change was to fail")
		}
		list, _, err := s.Deliveries(admin, hook.Value.ID, "", "", 0)
		if err != nil || len(list) != 0 {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestWhatIsNotTakenIsSentAgainAndThenGivenUp(t *testing.T) {
	each(t, func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context) {
		r := newReceiver(t)
		r.status = http.StatusFound // redirects are not followed
		hook, _, err := s.Subscribe(admin, notify.Terms{Address: r.URL, Events: []string{"plan.edit"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := rename(f.Office(t.Context()), f, "新的名称", nil); err != nil {
			t.Fatal(err)
		}
		var waits []time.Duration
		for done := 0; ; {
			tasks := work(t, f, s, done)
			done = len(tasks)
			if len(f.Queue.Tasks()) == done {
				break
			}
			waits = append(waits, time.Until(f.Queue.Tasks()[done].At).Round(time.Minute))
		}
		if len(r.got()) != 10 || len(waits) != 9 || waits[3] != 30*time.Minute || waits[8] != 20*time.Hour {
			t.Errorf("%d attempts, waits %v", len(r.got()), waits)
		}
		list, _, err := s.Deliveries(admin, hook.Value.ID, notify.Failed, "", 0)
		if err != nil || len(list) != 1 || list[0].Attempts != 10 || list[0].Answer != http.StatusFound || !list[0].Next.IsZero() {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

func TestWhoTakesNothingIsDisabled(t *testing.T) {
	each(t, func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context) {
		r := newReceiver(t)
		r.status = http.StatusInternalServerError
		hook, _, err := s.Subscribe(admin, notify.Terms{Address: r.URL, Events: []string{"*"}})
		if err != nil {
			t.Fatal(err)
		}
		id := hook.Value.ID
		for range 50 {
			delivery, err := s.Ping(admin, id)
			if err != nil {
				t.Fatal(err)
			}
			do(t, s, service.Task{Args: map[string]any{"delivery": delivery.ID, "number": 1}})
		}
		record, err := s.Webhook(admin, id)
		if err != nil || record.Value.State != notify.Disabled || record.Value.Failures != 50 {
			t.Fatalf("%+v, %v", record, err)
		}
		entries := f.Entries(t, notify.Kind, string(id))
		if len(entries) != 52 {
			t.Errorf("the log has %d entries about it", len(entries))
		}
		again, err := s.Resubscribe(admin, id, notify.Terms{Address: r.URL, Events: []string{"*"}, State: notify.Active}, record.Revision)
		if err != nil || again.Value.State != notify.Active || again.Value.Failures != 0 {
			t.Errorf("%+v, %v", again, err)
		}
	})
}

func TestOnlyTheAdministratorSubscribes(t *testing.T) {
	each(t, func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context) {
		r := newReceiver(t)
		hook, key, err := s.Subscribe(admin, notify.Terms{Address: r.URL, Events: []string{"*"}, Note: "大屏"})
		if err != nil {
			t.Fatal(err)
		}
		for _, role := range f.Rights().Roles() {
			ctx := f.As(t.Context(), role, f.Government.ID)
			_, readErr := s.Webhooks(ctx)
			_, editErr := s.Ping(ctx, hook.Value.ID)
			var refused *service.Refused
			if mayRead := role == "administrator" || role == "auditor"; mayRead != (readErr == nil) || !mayRead && !errors.As(readErr, &refused) {
				t.Errorf("%s reads: %v", role, readErr)
			}
			if mayEdit := role == "administrator"; mayEdit != (editErr == nil) || !mayEdit && !errors.As(editErr, &refused) {
				t.Errorf("%s edits: %v", role, editErr)
			}
		}
		if shown, _ := json.Marshal(hook); strings.Contains(string(shown), key.Reveal()) {
			t.Error("the record holds the key")
		}
		if _, err := s.Resubscribe(admin, hook.Value.ID, notify.Terms{Address: r.URL, Events: []string{"*"}}, hook.Revision+7); !store.IsConflict(err) {
			t.Errorf("%v", err)
		}
		rekeyed, other, err := s.Rekey(admin, hook.Value.ID, hook.Revision)
		if err != nil || other.Reveal() == key.Reveal() || rekeyed.Revision != hook.Revision+1 {
			t.Errorf("%+v, %v", rekeyed, err)
		}
		if err := s.Remove(admin, hook.Value.ID, rekeyed.Revision); err != nil {
			t.Fatal(err)
		}
		var absent *store.NotFound
		if _, err := s.Webhook(admin, hook.Value.ID); !errors.As(err, &absent) {
			t.Errorf("%v", err)
		}
	})
}

func TestWhatASubscriptionMayNotBe(t *testing.T) {
	each(t, func(t *testing.T, _ *servicetest.Fixture, s *notify.Service, admin context.Context) {
		for _, test := range []struct {
			terms notify.Terms
			code  string
		}{
			{notify.Terms{Address: "ftp://example.com", Events: []string{"*"}}, "webhook.address"},
			{notify.Terms{Address: "https:///x", Events: []string{"*"}}, "webhook.address"},
			{notify.Terms{Address: "https://a:b@127.0.0.1/", Events: []string{"*"}}, "webhook.credentials"},
			{notify.Terms{Address: "http://10.0.0.8/", Events: []string{"*"}}, "webhook.inside"},
			{notify.Terms{Address: "http://[fd00::1]/", Events: []string{"*"}}, "webhook.inside"},
			{notify.Terms{Address: "http://127.0.0.1/"}, "webhook.events"},
			{notify.Terms{Address: "http://127.0.0.1/", Events: []string{"plan.dance"}}, "webhook.event"},
			{notify.Terms{Address: "http://127.0.0.1/", Events: []string{"dance.*"}}, "webhook.event"},
			{notify.Terms{Address: "http://127.0.0.1/", Events: []string{"*"}, State: "disabled"}, "webhook.state"},
		} {
			var fault *service.Fault
			if _, _, err := s.Subscribe(admin, test.terms); !errors.As(err, &fault) || fault.Code != test.code {
				t.Errorf("%+v: %v", test.terms, err)
			}
		}
	})
}

// The address is looked at when the connection is made, so that a name which has begun to point inside is of no use.
func TestNothingIsSentInside(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		r := newReceiver(t)
		admin := f.As(t.Context(), "administrator", f.Government.ID)
		lax := notify.New(f.Core, notify.Options{Inside: loopback})
		hook, _, err := lax.Subscribe(admin, notify.Terms{Address: r.URL, Events: []string{"*"}})
		if err != nil {
			t.Fatal(err)
		}
		delivery, err := lax.Ping(admin, hook.Value.ID)
		if err != nil {
			t.Fatal(err)
		}
		strict := notify.New(f.Core, notify.Options{})
		do(t, strict, service.Task{Args: map[string]any{"delivery": delivery.ID, "number": 1}})
		list, _, err := strict.Deliveries(admin, hook.Value.ID, notify.Waiting, "", 0)
		if err != nil || len(list) != 1 || list[0].Problem != "inside" || len(r.got()) != 0 {
			t.Errorf("%+v, %v, %d messages", list, err, len(r.got()))
		}
	}, notify.Room())
}

func TestDeliveriesArePagedAndForgotten(t *testing.T) {
	each(t, func(t *testing.T, f *servicetest.Fixture, s *notify.Service, admin context.Context) {
		r := newReceiver(t)
		hook, _, err := s.Subscribe(admin, notify.Terms{Address: r.URL, Events: []string{"*"}})
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if _, err := s.Ping(admin, hook.Value.ID); err != nil {
				t.Fatal(err)
			}
		}
		work(t, f, s, 0)
		seen := map[string]bool{}
		for before := ""; ; {
			list, next, err := s.Deliveries(admin, hook.Value.ID, "", before, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range list {
				seen[d.ID] = true
			}
			if before = next; next == "" {
				break
			}
		}
		if len(seen) != 5 {
			t.Errorf("%d deliveries", len(seen))
		}
		if err := s.Tidy(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if list, _, _ := s.Deliveries(admin, hook.Value.ID, "", "", 0); len(list) != 5 {
			t.Errorf("%d deliveries were kept of 5 that are young", len(list))
		}
	})
}

// The example of the Standard Webhooks specification.
func TestTheSignatureIsThatOfStandardWebhooks(t *testing.T) {
	got, err := notify.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; err != nil || got != want {
		t.Errorf("%s, %v", got, err)
	}
}
