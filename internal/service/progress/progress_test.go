package progress_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
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
	c.at = c.at.Add(time.Microsecond) // no two moments are the same
	return c.at
}

// on moves to the morning of a day.
func (c *clock) on(month, dayOfMonth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, time.Month(month), dayOfMonth, 9, 0, 0, 0, service.Zone())
}

// town is the fixture with a published plan, its use cases, and everybody who looks at it. The bureau has promised 200
// beds, and the street a share of them.
type town struct {
	*servicetest.Fixture
	*progress.Service
	reporting                                   *usecases.Service
	clock                                       *clock
	office, leader, head, street, reporter, job context.Context
	share                                       ledger.Commitment
}

var rooms = servicetest.Rooms(catalogue.Room(), planning.Room(), workflow.Room(), usecases.Room(), progress.Room())

// each runs a test in a town in each database. The day is 2 January 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(1, 2)
		test(t, settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}), c))
	})
}

func settle(t testing.TB, s *store.Store, c *clock) *town {
	t.Helper()
	f := servicetest.Settle(t, s)
	ctx := t.Context()
	o := &town{Fixture: f, clock: c}
	o.share = o.promise(t, ledger.CommitmentTerms{
		Title: "街道新增养老床位", Section: 2, By: day(12, 31), Lead: f.Street.ID, Parent: f.Commitment.ID, Targets: []ledger.Target{o.beds(40)},
	})
	o.publish(t)
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	o.reporting = usecases.New(f.Core, folder, usecases.Options{})
	o.Service = progress.New(f.Core, o.reporting)
	o.office, o.leader = f.Office(ctx), f.As(ctx, "leader", f.Government.ID)
	o.head, o.reporter = f.As(ctx, "unit-head", f.Bureau.ID), f.As(ctx, "reporter", f.Bureau.ID)
	o.street = f.AsAccount(ctx, "street-head", "unit-head", f.Street.ID)
	o.job = service.As(ctx, service.Caller{System: "job: progress.compute", May: slices.Concat(progress.ComputeMay, usecases.TickMay), Request: "job"})
	return o
}

// beds is a target for beds.
func (o *town) beds(value int64) ledger.Target {
	return ledger.Target{
		Number: 1, Subject: "新增养老床位", Indicator: o.Indicator.ID, Cmp: ledger.AtLeast, Value: ledger.Int(value), Unit: "张",
		Measure: ledger.Level, By: day(12, 31), Firm: true,
	}
}

// promise adds a commitment in force.
func (o *town) promise(t testing.TB, terms ledger.CommitmentTerms) ledger.Commitment {
	t.Helper()
	terms.State = ledger.InForce
	c := o.Promise(o.Store(), terms)
	have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c))
	return c
}

// publish brings the plan of the district in force as it stands.
func (o *town) publish(t testing.TB) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](t)(s.Plans().Get(ctx, string(o.Plan.ID)))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](t)(s.Commitments().Get(ctx, string(o.Commitment.ID)))
	bed.Value.State, bed.Value.Project = ledger.InForce, ""
	have[store.Record[ledger.Commitment]](t)(s.Commitments().Change(ctx, bed.Value, bed.Revision))
}

// begin sets up reporting by month, of figures and projects.
func (o *town) begin(t testing.TB) {
	t.Helper()
	settings := usecases.UsualSettings()
	have[store.Record[usecases.Settings]](t)(o.reporting.SaveSettings(o.office, o.Plan.ID, settings, 0))
}

// said is what a unit says of a subject.
func said(subject reporting.Subject, value string, where reporting.Said) reporting.Observation {
	d, _ := ledger.ParseDecimal(value)
	return reporting.Observation{
		Subject: subject, Figures: reporting.Figures{Given: reporting.Cumulative, Value: d}, Said: where,
		Reason: "按计划推进", Override: "已核实", Origin: reporting.Typed,
	}
}

// round is the round of a month, opened by the clock.
func (o *town) round(t testing.TB, month int) usecases.RoundView {
	t.Helper()
	o.clock.on(month, 28)
	must(t, o.reporting.Tick(o.job, nil))
	rounds := have[[]usecases.RoundView](t)(o.reporting.Rounds(o.office, o.Plan.ID))
	i := slices.IndexFunc(rounds, func(r usecases.RoundView) bool {
		return r.Period == reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: month}
	})
	if i < 0 {
		t.Fatalf("there is no round of month %d", month)
	}
	return rounds[i]
}

// send lets the head of a unit send in what it says for a month; on what is not given, 1000 for each month.
func (o *town) send(head context.Context, t testing.TB, unit ledger.UnitID, month int, all ...reporting.Observation) reporting.SubmissionID {
	t.Helper()
	round := o.round(t, month)
	form := have[usecases.FormView](t)(o.reporting.Form(head, round.ID, unit))
	filling := usecases.Filling{Round: round.ID, Unit: unit}
	for _, row := range form.Rows {
		one := said(row.Subject, strconv.Itoa(month*1000), reporting.UnderWay)
		for _, o := range all {
			if o.Subject == row.Subject {
				one = o
			}
		}
		filling.Rows = append(filling.Rows, usecases.Filled{Observation: one, Seen: row.Revision})
	}
	saved := have[usecases.Saved](t)(o.reporting.Save(head, filling))
	o.take(head, t, "submit", saved.Submission.ID)
	return saved.Submission.ID
}

// lock sends in what a unit says for a month and brings it to the lock.
func (o *town) lock(head context.Context, t testing.TB, unit ledger.UnitID, month int, all ...reporting.Observation) {
	t.Helper()
	id := o.send(head, t, unit, month, all...)
	o.take(o.office, t, "review", id)
	o.take(o.office, t, "lock", id)
}

func (o *town) take(who context.Context, t testing.TB, step string, id reporting.SubmissionID) {
	t.Helper()
	if out := o.reporting.Take(who, step, []reporting.SubmissionID{id}, ""); out[0].Err != nil {
		t.Fatalf("%s: %v", step, out[0].Err)
	}
}

// compute computes the lights of the plan.
func (o *town) compute(t testing.TB) progress.Run {
	t.Helper()
	return have[progress.Run](t)(o.ComputeNow(o.job, o.Plan.ID))
}

// light is the light of a commitment as the office sees it.
func (o *town) light(t testing.TB, id ledger.CommitmentID) progress.LightView {
	t.Helper()
	return have[progress.LightView](t)(o.Light(o.office, id))
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

// errorAs is an error of a type among the causes of another.
func errorAs[E error](err error) (found E, is bool) {
	is = errors.As(err, &found)
	return found, is
}
