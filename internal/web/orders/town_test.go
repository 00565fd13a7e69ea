package orders_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/servicetest"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/orders"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// town is the pages over the small district with a published plan, of which a promise of the street is late.
type town struct {
	*webtest.Site
	uses  *uses.Service
	clock *progresstest.Clock
	late  ledger.Commitment
}

// each runs a test in a town in each database. The day is Monday, 5 January 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, settle(t, dsn)) })
}

func settle(t *testing.T, dsn string) *town {
	t.Helper()
	o := &town{clock: &progresstest.Clock{}}
	o.clock.On(1, 5)
	rooms := servicetest.Rooms(append(progresstest.Rooms(), uses.Room())...)
	f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: o.clock.Now}))
	lights, _, files := progresstest.Uses(t, f.Core)
	o.uses = uses.New(f.Core, files, uses.Options{Lights: lights})
	pages := orders.New(f.Core, o.uses, lights, catalogue.New(f.Core), nil)
	o.Site = webtest.Serve(t, f, pages.Routes()...)
	o.publish(t)
	job := service.As(t.Context(), service.Caller{System: "job", May: progress.ComputeMay, Request: "job"})
	have[progress.Run](t)(lights.ComputeNow(job, f.Plan.ID))
	return o
}

// publish brings the plan in force, with a promise whose day was last year.
func (o *town) publish(t *testing.T) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](t)(s.Plans().Get(ctx, string(o.Plan.ID)))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	o.late = o.Promise(s, ledger.CommitmentTerms{
		Title: "建成望溪广场", Kind: ledger.KindTask, Section: 1, By: day(1, 2), Lead: o.Street.ID, State: ledger.InForce,
	})
	have[store.Record[ledger.Commitment]](t)(s.Commitments().Add(ctx, o.late))
}

func (o *town) office(t *testing.T) context.Context {
	t.Helper()
	return o.Fixture.Office(t.Context())
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
func (o *town) issued(t *testing.T, order supervision.Order) string {
	t.Helper()
	drafted := have[uses.Drafted](t)(o.uses.Draft(o.office(t), order))
	have[uses.Summary](t)(o.uses.Issue(o.office(t), drafted.Order.ID, 0))
	return orders.URL(drafted.Order.ID, "")
}

// signed is an issued order that the bureau has signed for.
func (o *town) signed(t *testing.T, order supervision.Order) string {
	t.Helper()
	path := o.issued(t, order)
	have[uses.Summary](t)(o.uses.Sign(o.Fixture.As(t.Context(), "unit-head", o.Bureau.ID), supervision.OrderID(strings.TrimPrefix(path, "/orders/"))))
	return path
}

func (o *town) head() *webtest.Client { return o.As("unit-head", o.Bureau.ID) }

// person is a client of somebody with a name of his own.
func (o *town) person(account ledger.AccountID, role access.Role, unit ledger.UnitID) *webtest.Client {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	actor := o.Rights().Standing(account, o.Today(), []access.Appointment{appointment}, nil)
	return o.Visit(web.Visitor{Session: string(account), Name: string(account), Actor: actor})
}

// step takes a step of the form of an order that is shown, with what it asks for.
func step(c *webtest.Client, path, name string, pairs ...string) *webtest.Page {
	seen := c.Get(path).Field("seen")
	return c.Post(path+"/steps", form(append([]string{"step", name, "seen", seen}, pairs...)...))
}

// reply sends a reply with a file; without one where its name is empty.
func reply(t *testing.T, c *webtest.Client, path, file string, pairs ...string) *webtest.Page {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		must(t, w.WriteField(pairs[i], pairs[i+1]))
	}
	if file != "" {
		part, err := w.CreateFormFile("file", file)
		must(t, err)
		_, err = part.Write([]byte("已完成管线迁改"))
		must(t, err)
	}
	must(t, w.Close())
	return c.Send(path+"/replies", w.FormDataContentType(), &body)
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
