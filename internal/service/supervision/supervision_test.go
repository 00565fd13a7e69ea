package supervision_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/message"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/servicetest"
	usecases "luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// clock is a time that a test moves on.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond) // no two moments are the same
	return c.at
}

// on moves to the morning of a day.
func (c *clock) on(d calendar.Date) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 9, 0, 0, 0, service.Zone())
}

// town is a district with the use cases of supervision and everybody who has to do with them.
type town struct {
	*servicetest.Fixture
	*usecases.Service
	messages                                                *message.Service
	clock                                                   *clock
	taken                                                   map[string]int // steps of a simulated year, by their names
	office, second, leader, head, reporter, street, streets context.Context
	job                                                     context.Context
}

var rooms = servicetest.Rooms(identity.Room(), planning.Room(), workflow.Room(), usecases.Room(), message.Room())

// each runs a test in a town in each database. The day is Monday, 5 January 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(day(1, 5))
		s := storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now})
		test(t, settle(t, s, c))
	})
}

// settle makes a town in a store.
func settle(t testing.TB, s *store.Store, c *clock) *town {
	t.Helper()
	f := servicetest.Settle(t, s)
	o := &town{Fixture: f, clock: c, taken: map[string]int{}}
	o.messages = message.New(f.Core, identity.New(f.Core, identity.Options{}), message.Options{})
	o.Service = serve(t, f.Core, o.messages)
	ctx := t.Context()
	o.office = f.Office(ctx)
	o.second = f.AsAccount(ctx, "second", "supervising-office", f.Government.ID)
	o.leader = f.As(ctx, "leader", f.Government.ID)
	o.head = f.As(ctx, "unit-head", f.Bureau.ID)
	o.reporter = f.As(ctx, "reporter", f.Bureau.ID)
	o.street = f.AsAccount(ctx, "street-head", "unit-head", f.Street.ID)
	o.streets = f.AsAccount(ctx, "street-reporter", "reporter", f.Street.ID)
	o.job = service.As(ctx, service.Caller{System: "job: supervision.tick", May: usecases.TickMay, Request: "tick"})
	return o
}

// serve makes the use cases of a core.
func serve(t testing.TB, core *service.Core, messages *message.Service) *usecases.Service {
	t.Helper()
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	return usecases.New(core, folder, usecases.Options{Tell: messages.Tell})
}

// matter is an order that the bureau leads and the street cooperates in.
func (o *town) matter() supervision.Order {
	return supervision.Order{
		Kind: supervision.Assign, Title: "望溪路改造滞后", Basis: "区政府第3次常务会议", Requirement: "月底前完成管线迁改",
		Lead: o.Bureau.ID, Cooperating: []ledger.UnitID{o.Street.ID}, Urgency: supervision.Normal, Interim: 5,
		Term:    supervision.Term{Days: 15, Unit: flow.Workdays},
		Sources: []supervision.Source{{Kind: supervision.FromMeeting, Title: "区政府第3次常务会议纪要"}},
	}
}

// issued is an order that was drafted and issued.
func (o *town) issued(t testing.TB, order supervision.Order) usecases.Summary {
	t.Helper()
	drafted := have[usecases.Drafted](t)(o.Draft(o.office, order))
	return have[usecases.Summary](t)(o.Issue(o.office, drafted.Order.ID, drafted.Order.Revision))
}

// handled is an order that its unit has signed for.
func (o *town) handled(t testing.TB, order supervision.Order) usecases.Summary {
	t.Helper()
	return have[usecases.Summary](t)(o.Sign(o.head, o.issued(t, order).ID))
}

// done is what the head says when all is done, with a letter that shows it.
func (o *town) done(t testing.TB, id supervision.OrderID) usecases.Summary {
	t.Helper()
	reply := supervision.Reply{Text: "已全部办结", Progress: 100, Done: true, Final: true}
	return have[usecases.Summary](t)(o.Reply(o.head, id, reply, letter()))
}

func letter() []usecases.File {
	return []usecases.File{{Name: "办结报告.txt", Content: strings.NewReader("管线迁改已完成")}}
}

// step takes a step that must succeed.
func (o *town) step(ctx context.Context, t testing.TB, id supervision.OrderID, step usecases.Step) usecases.Summary {
	t.Helper()
	return have[usecases.Summary](t)(o.Step(ctx, id, step))
}

// view is an order as somebody sees it.
func (o *town) view(ctx context.Context, t testing.TB, id supervision.OrderID) usecases.View {
	t.Helper()
	return have[usecases.View](t)(o.Order(ctx, id))
}

func offered(v usecases.View) []string {
	var names []string
	for _, offer := range v.Offers {
		names = append(names, offer.Action.Name)
	}
	slices.Sort(names)
	return names
}

func day(month, d int) calendar.Date {
	return calendar.Date{Year: 2026, Month: int8(month), Day: int8(d)}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func have[T any](t testing.TB) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// wantFault fails a test unless an error is the fault with a code, said in both languages.
func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	var fault *service.Fault
	if !errors.As(err, &fault) || fault.Code != code {
		t.Errorf("want %s, got %v", code, err)
		return
	}
	if fault.Words.ZH == "" || fault.Words.EN == "" || slices.Contains([]rune(fault.Words.ZH), '{') {
		t.Errorf("%s is not said: %q", code, fault.Words)
	}
}

func wantRefused(t testing.TB, err error, action access.Action) {
	t.Helper()
	var refused *service.Refused
	if !errors.As(err, &refused) || refused.Action != action {
		t.Errorf("want %s to be refused, got %v", action, err)
	}
}
