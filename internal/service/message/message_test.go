package message_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/message"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// clock is a time that tests move.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// at is a time of day in the district.
func (c *clock) at(month time.Month, day, hour, minute int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = time.Date(2026, month, day, hour, minute, 0, 0, service.Zone())
}

// town is a district with its people: a head and a reporter of the bureau, and a head of the street.
type town struct {
	*servicetest.Fixture
	*message.Service
	people                       *identity.Service
	clock                        *clock
	done                         map[int]bool // tasks of the queue
	head, reporter, street       ledger.AccountID
	asHead, asReporter, asStreet context.Context
	admin, auditor               context.Context
}

// each runs a test in a town in each database, on Monday morning.
func each(t *testing.T, options message.Options, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.at(time.March, 2, 9, 0)
		s := storetest.Open(t, dsn, store.Options{Now: c.Now, Rooms: servicetest.Rooms(identity.Room(), message.Room())})
		f := servicetest.Settle(t, s)
		quick := identity.Options{Cost: credential.Cost{Memory: 64, Passes: 1, Lanes: 1}, Logger: slog.New(slog.DiscardHandler)}
		o := &town{Fixture: f, done: map[int]bool{}, people: identity.New(f.Core, quick), clock: c}
		options.Logger = slog.New(slog.DiscardHandler)
		o.Service = message.New(f.Core, o.people, options)
		o.settle(t)
		test(t, o)
	})
}

// settle gives the town its people.
func (o *town) settle(t *testing.T) {
	t.Helper()
	program := service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"user.create", "role.grant", "user.read"}})
	person := func(name string, role access.Role, unit ledger.UnitID) (ledger.AccountID, context.Context) {
		must(t, o.people.Seed(program, []identity.SeedAccount{{
			NewAccount: identity.NewAccount{Name: name, Person: name, Unit: unit}, Password: credential.NewSecret("kettle over marble"),
			Roles: []identity.SeedRole{{Role: role, Unit: unit}},
		}}))
		account, err := o.people.Named(program, name)
		must(t, err)
		return account.ID, o.AsAccount(t.Context(), account.ID, role, unit)
	}
	o.head, o.asHead = person("head", "unit-head", o.Bureau.ID)
	o.reporter, o.asReporter = person("reporter", "reporter", o.Bureau.ID)
	o.street, o.asStreet = person("street", "unit-head", o.Street.ID)
	o.admin, o.auditor = o.As(t.Context(), "administrator", ""), o.As(t.Context(), "auditor", "")
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func have[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(value T, err error) T {
		t.Helper()
		must(t, err)
		return value
	}
}

// pass lets time go by.
func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// tell tells notices in a change of the office's, each time a second later.
func (o *town) tell(t *testing.T, notices ...message.Notice) {
	t.Helper()
	o.clock.pass(time.Second)
	must(t, o.try(o.Office(t.Context()), notices...))
}

func (o *town) try(ctx context.Context, notices ...message.Notice) error {
	return o.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "order.urge", service.Owned{Lead: o.Bureau.ID}); err != nil {
			return err
		}
		w.Record("order.urge", "orders", "1", nil, nil, nil)
		return o.Tell(ctx, w, notices...)
	})
}

// due is a notice about an order, to audiences.
func due(key string, to ...message.Audience) message.Notice {
	return message.Notice{
		Key: key, To: to, Kind: message.OfOrder, URL: "/orders/1",
		Title: ledger.Wording{ZH: key + " 还有3天到期", EN: key + " is due in 3 days"}, Text: ledger.Wording{ZH: "请及时反馈。", EN: "Please reply in time."},
	}
}

// titles are the titles in an inbox, the youngest first.
func (o *town) titles(ctx context.Context, t *testing.T, q message.Query) []string {
	t.Helper()
	var titles []string
	for _, l := range have[message.Inbox](t)(o.Inbox(ctx, q)).Letters {
		titles = append(titles, l.Title.EN)
	}
	return titles
}

// work does what is asked for by now, in the way of the queue, until nothing is left that is due.
func (o *town) work(t *testing.T) {
	t.Helper()
	for o.step(t) {
	}
}

// step does all tasks that are due, and tells whether there were any.
func (o *town) step(t *testing.T) bool {
	t.Helper()
	all := o.Queue.Tasks()
	done := false
	for i, task := range all {
		if o.done[i] || task.Kind != message.DeliverKind || task.At.After(o.clock.Now()) {
			continue
		}
		o.done[i], done = true, true
		args, err := json.Marshal(task.Args)
		must(t, err)
		must(t, o.Deliver(t.Context(), args))
	}
	return done
}

// sent is what was sent to a channel, the youngest first.
func (o *town) sent(t *testing.T, q message.SentQuery) []message.Delivery {
	t.Helper()
	return have[message.SentList](t)(o.Sent(o.admin, q)).Deliveries
}

// one is the only thing that was sent.
func (o *town) one(t *testing.T) message.Delivery {
	t.Helper()
	all := o.sent(t, message.SentQuery{})
	if len(all) != 1 {
		t.Fatalf("sent are %+v", all)
	}
	return all[0]
}
