package bulletins_test

import (
	"context"
	"crypto/sha256"
	"net/url"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	uses "luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/bulletins"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	periods "luoshi/ledger/reporting"
	rules "luoshi/ledger/supervision"
)

// clock is a time that a test moves on.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

func (c *clock) on(month time.Month, day int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, month, day, 9, 0, 0, 0, service.Zone())
}

// town is the pages over the small district whose lights are computed; the day is 6 July 2026.
type town struct {
	*webtest.Site
	uses     *uses.Service
	progress *progress.Service
	orders   *supervision.Service
	plan     string
}

var rooms = servicetest.Rooms(catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), progress.Room(), supervision.Room(), uses.Room())

func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, settle(t, dsn)) })
}

func settle(t *testing.T, dsn string) *town {
	t.Helper()
	c := &clock{at: time.Date(2026, 7, 6, 9, 0, 0, 0, service.Zone())}
	f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}))
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	figures := reporting.New(f.Core, folder, reporting.Options{})
	o := &town{plan: string(f.Plan.ID), progress: progress.New(f.Core, figures)}
	o.orders = supervision.New(f.Core, folder, supervision.Options{})
	o.uses = uses.New(f.Core, o.progress, figures, uses.Options{Orders: o.orders})
	o.Site = webtest.Serve(t, f, bulletins.New(f.Core, o.uses, catalogue.New(f.Core), nil).Routes()...)
	o.publish(t)
	for title, by := range map[string]calendar.Date{"完成望溪路排水管网改造": day(5, 31), "整治河道12公里": day(12, 31), "推进智慧养老平台建设": day(9, 30)} {
		o.promise(t, title, f.Bureau.ID, by)
	}
	o.promise(t, "建成社区食堂6处", f.Street.ID, day(12, 31))
	o.compute(t)
	o.order(t, c)
	return o
}

func (o *town) compute(t *testing.T) {
	t.Helper()
	job := service.As(t.Context(), service.Caller{System: "job: progress.compute", May: progress.ComputeMay, Request: "job"})
	have[progress.Run](t)(o.progress.ComputeNow(job, o.Plan.ID))
}

func (o *town) publish(t *testing.T) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](t)(s.Plans().Get(ctx, o.plan))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(s.Plans().Change(ctx, plan.Value, plan.Revision))
}

func (o *town) promise(t *testing.T, title string, lead ledger.UnitID, by calendar.Date) {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{Title: title, Section: 2, By: by, Lead: lead, State: ledger.InForce})
	have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c))
}

// order issues an order in June that is overdue by now.
func (o *town) order(t *testing.T, c *clock) {
	t.Helper()
	c.on(6, 1)
	drafted := have[supervision.Drafted](t)(o.orders.Draft(o.Fixture.Office(t.Context()), rules.Order{
		Kind: rules.Assign, Title: "望溪路排水管网改造进度滞后", Due: day(6, 25), Plan: o.Plan.ID, Lead: o.Bureau.ID, Urgency: rules.Normal,
		Basis: "工作要点", Requirement: "按期完成", Sources: []rules.Source{{Kind: rules.FromMeeting, Title: "区政府第12次常务会议纪要"}},
	}))
	have[supervision.Summary](t)(o.orders.Issue(o.Fixture.Office(t.Context()), drafted.Order.ID, drafted.Order.Revision))
	c.on(7, 6)
}

// drafted is a bulletin of June.
func (o *town) drafted(t *testing.T) uses.View {
	t.Helper()
	june := periods.Period{Frequency: periods.Monthly, Year: 2026, Number: 6}
	return have[uses.View](t)(o.uses.Draft(o.Fixture.Office(t.Context()), o.Plan.ID, june))
}

// issued is one that was published.
func (o *town) issued(t *testing.T) uses.View {
	t.Helper()
	v := o.drafted(t)
	office, leader := o.Fixture.Office(t.Context()), o.Fixture.As(t.Context(), "leader", o.Government.ID)
	for _, step := range []struct {
		who  context.Context
		name string
	}{{office, "submit"}, {leader, "pass"}, {leader, "approve"}, {office, "publish"}} {
		v = have[uses.View](t)(o.uses.Step(step.who, v.ID, step.name, "", v.Revision))
	}
	return v
}

// person is a client of somebody with a name of his own.
func (o *town) person(account ledger.AccountID, role access.Role, unit ledger.UnitID) *webtest.Client {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	actor := o.Rights().Standing(account, o.Today(), []access.Appointment{appointment}, nil)
	return o.Visit(web.Visitor{Session: string(account), Name: string(account), Actor: actor})
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
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
