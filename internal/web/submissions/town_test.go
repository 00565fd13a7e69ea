package submissions_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io"
	"mime/multipart"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/reports"
	"luoshi/internal/web/submissions"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
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

// town is the pages over the small district with a published plan: the bureau and the street report beds, and the
// bureau a task besides.
type town struct {
	*webtest.Site
	uses  *uses.Service
	clock *clock
	plan  string
}

var rooms = servicetest.Rooms(planning.Room(), catalogue.Room(), workflow.Room(), uses.Room())

// each runs a test in a town in each database. The day is 2 January 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, settle(t, dsn)) })
}

func settle(t *testing.T, dsn string) *town {
	t.Helper()
	c := &clock{}
	c.on(time.January, 2)
	f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}))
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	o := &town{clock: c, plan: string(f.Plan.ID), uses: uses.New(f.Core, folder, uses.Options{})}
	tokens := func(context.Context) ([]submissions.Token, error) {
		return []submissions.Token{{ID: "tk-1", Purpose: "民政业务系统", Account: "system"}}, nil
	}
	pages := submissions.New(f.Core, o.uses, catalogue.New(f.Core), nil, tokens)
	// The pages of reports are beside them, as evidence and the form itself are theirs.
	o.Site = webtest.Serve(t, f, append(pages.Routes(), reports.New(f.Core, o.uses, nil).Routes()...)...)
	o.publish(t)
	return o
}

// publish brings the plan in force, with what the street and the bureau promise.
func (o *town) publish(t *testing.T) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](t)(s.Plans().Get(ctx, o.plan))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](t)(s.Commitments().Get(ctx, string(o.Commitment.ID)))
	bed.Value.State = ledger.InForce
	have[store.Record[ledger.Commitment]](t)(s.Commitments().Change(ctx, bed.Value, bed.Revision))
	o.promise(t, o.Street.ID, "新增养老床位", ledger.Target{
		Number: 1, Subject: "新增养老床位", Indicator: o.Indicator.ID, Cmp: ledger.AtLeast, Value: ledger.Int(40), Unit: "张", Measure: ledger.Level,
	})
	o.promise(t, o.Bureau.ID, "推进望溪路养老服务中心改造")
}

func (o *town) promise(t *testing.T, lead ledger.UnitID, title string, targets ...ledger.Target) {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{Title: title, Section: 2, By: day(12, 31), Lead: lead, Targets: targets, State: ledger.InForce})
	have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c))
}

// begin asks for figures and tasks by month.
func (o *town) begin(t *testing.T) {
	t.Helper()
	settings := uses.UsualSettings()
	settings.Asking.Kinds[reporting.OfTask] = reporting.Monthly
	have[store.Record[uses.Settings]](t)(o.uses.SaveSettings(o.office(t), o.Plan.ID, settings, 0))
}

func (o *town) office(t *testing.T) context.Context { return o.Fixture.Office(t.Context()) }

// month opens the round of a month by the clock.
func (o *town) month(t *testing.T, number int) uses.RoundView {
	t.Helper()
	o.clock.on(time.Month(number), 28)
	o.tick(t)
	rounds := have[[]uses.RoundView](t)(o.uses.Rounds(o.office(t), o.Plan.ID))
	i := slices.IndexFunc(rounds, func(r uses.RoundView) bool {
		return r.Period == reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: number}
	})
	if i < 0 {
		t.Fatalf("month %d has no round", number)
	}
	return rounds[i]
}

func (o *town) tick(t *testing.T) {
	t.Helper()
	must(t, o.uses.Tick(service.As(t.Context(), service.Caller{System: "job: reporting.tick", May: uses.TickMay, Request: "tick"}), nil))
}

// report fills the form of a unit and sends it in.
func (o *town) report(t *testing.T, round uses.RoundView, unit ledger.UnitID, beds int64) reporting.SubmissionID {
	t.Helper()
	ctx := o.Fixture.AsAccount(t.Context(), "reporter-"+ledger.AccountID(unit), "reporter", unit)
	form := have[uses.FormView](t)(o.uses.Form(ctx, round.ID, unit))
	filling := uses.Filling{Round: round.ID, Unit: unit}
	for _, row := range form.Rows {
		said := reporting.Observation{Subject: row.Subject, Said: reporting.UnderWay, Origin: reporting.Typed, Note: "已开工3处", Override: "已核实", Reason: "雨季施工放缓"}
		if row.Subject.Kind == reporting.OfIndicator {
			said.Figures = reporting.Figures{Given: reporting.Cumulative, Value: ledger.Int(beds)}
			said.Said = ""
		} else {
			said.Percent = ledger.Int(40)
		}
		filling.Rows = append(filling.Rows, uses.Filled{Observation: said, Seen: row.Revision})
	}
	saved := have[uses.Saved](t)(o.uses.Save(ctx, filling))
	sent := have[uses.Submission](t)(o.uses.Submit(ctx, saved.Submission.ID, 0))
	return sent.ID
}

// lock takes submissions through to the lock.
func (o *town) lock(t *testing.T, number int, ids ...reporting.SubmissionID) {
	t.Helper()
	for _, step := range []struct {
		ctx  context.Context
		name string
	}{
		{o.Fixture.AsAccount(t.Context(), "head-above", "unit-head", o.Government.ID), "approve"},
		{o.office(t), "review"},
	} {
		for _, out := range o.uses.Take(step.ctx, step.name, ids, "") {
			if out.Err != nil {
				t.Fatalf("%s: %v", step.name, out.Err)
			}
		}
	}
	o.clock.on(time.Month(number+1), 20)
	o.tick(t)
}

// person is a client of somebody with a name of his own.
func (o *town) person(account ledger.AccountID, role access.Role, unit ledger.UnitID) *webtest.Client {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	actor := o.Rights().Standing(account, o.Today(), []access.Appointment{appointment}, nil)
	return o.Visit(web.Visitor{Session: string(account), Name: string(account), Actor: actor})
}

// head is who signs for the bureau and the street, which lie beneath the government.
func (o *town) head() *webtest.Client { return o.person("head-above", "unit-head", o.Government.ID) }

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

// taskOf is the subject of the task that a unit reports.
func (o *town) taskOf(t *testing.T, unit ledger.UnitID) string {
	t.Helper()
	for _, s := range have[*uses.Askable](t)(o.uses.Subjects(o.office(t), o.Plan.ID)).All {
		if s.Unit == unit && s.Subject.Kind == reporting.OfTask {
			return s.Subject.String()
		}
	}
	t.Fatal("the unit reports no task")
	return ""
}

// multipartForm is a form that comes with a file, and its type.
func multipartForm(t *testing.T, fields map[string]string, name, content string) (io.Reader, string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range fields {
		must(t, form.WriteField(field, value))
	}
	part, err := form.CreateFormFile("file", name)
	must(t, err)
	have[int](t)(part.Write([]byte(content)))
	must(t, form.Close())
	return &body, form.FormDataContentType()
}
