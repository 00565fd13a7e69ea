package reporting_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
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

// town is the fixture with a published plan, the use cases of reporting and everybody who reports.
type town struct {
	*servicetest.Fixture
	*usecases.Service
	clock                                                       *clock
	statistics                                                  ledger.Unit
	office, second, head, reporter, other, statistician, review context.Context
	job                                                         context.Context
	street                                                      ledger.Commitment
	blobs                                                       blob.Store
}

var rooms = servicetest.Rooms(planning.Room(), workflow.Room(), usecases.Room())

// each runs a test in a town in each database. The day is 2 January 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(1, 2)
		s := storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now})
		test(t, settle(t, s, c))
	})
}

// settle makes a town in a store.
func settle(t testing.TB, s *store.Store, c *clock) *town {
	t.Helper()
	f := servicetest.Settle(t, s)
	ctx := t.Context()
	o := &town{Fixture: f, clock: c}
	o.statistics = ledger.Unit{
		ID: store.NewID[ledger.UnitID](s), Parent: f.Government.ID, Kind: ledger.Department, Name: "望溪区统计局", Order: 3,
	}
	have[store.Record[ledger.Unit]](t)(s.Units().Add(ctx, o.statistics))
	o.street = o.promise(t, f.Street.ID, ledger.Target{
		Number: 1, Subject: "新增养老床位", Indicator: f.Indicator.ID, Cmp: ledger.AtLeast, Value: ledger.Int(40), Unit: "张", Measure: ledger.Level,
	})
	o.publish(t)
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	o.blobs = folder
	o.Service = usecases.New(f.Core, folder, usecases.Options{})
	o.office = f.Office(ctx)
	o.second = f.AsAccount(ctx, "second", "supervising-office", f.Government.ID)
	o.head = f.As(ctx, "unit-head", f.Bureau.ID)
	o.reporter = f.As(ctx, "reporter", f.Bureau.ID)
	o.other = f.AsAccount(ctx, "street-reporter", "reporter", f.Street.ID)
	o.statistician = f.AsAccount(ctx, "statistician", "unit-head", o.statistics.ID)
	o.review = f.As(ctx, "reviewer", f.Government.ID)
	o.job = service.As(ctx, service.Caller{System: "job: reporting.tick", May: usecases.TickMay, Request: "tick"})
	return o
}

// promise adds a commitment that a unit leads.
func (o *town) promise(t testing.TB, lead ledger.UnitID, targets ...ledger.Target) ledger.Commitment {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{
		Title: "新增养老床位", Section: 2, By: day(12, 31), Lead: lead, Targets: targets, State: ledger.InForce,
	})
	have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c))
	return c
}

// handOver gives a commitment to another unit.
func (o *town) handOver(t testing.TB, id ledger.CommitmentID, to ledger.UnitID) {
	t.Helper()
	record := have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Get(t.Context(), string(id)))
	before := record.Value
	record.Value.Lead = to
	must(t, o.Core.Change(o.office, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "assignment.edit", service.Owned{Lead: before.Lead}); err != nil {
			return err
		}
		_, err := o.Store().Commitments().Change(ctx, record.Value, record.Revision)
		w.Record("assignment.edit", "commitments", string(id), before, record.Value, nil)
		return err
	}))
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
	bed.Value.State = ledger.InForce
	have[store.Record[ledger.Commitment]](t)(s.Commitments().Change(ctx, bed.Value, bed.Revision))
}

// begin sets up reporting by month, with the office of statistics having its word on beds where it is asked for.
func (o *town) begin(t testing.TB, statistics bool) {
	t.Helper()
	settings := usecases.UsualSettings()
	settings.Asking.Kinds[reporting.OfTask] = ""
	settings.Asking.Kinds[reporting.OfProject] = ""
	if statistics {
		settings.Asking.Statistics = []ledger.IndicatorID{o.Indicator.ID}
		settings.Asking.StatisticsUnit = o.statistics.ID
	}
	have[store.Record[usecases.Settings]](t)(o.SaveSettings(o.office, o.Plan.ID, settings, 0))
}

// month is the round of a month, opened by the clock.
func (o *town) month(t testing.TB, number int) usecases.RoundView {
	t.Helper()
	o.clock.on(number, 28)
	must(t, o.Tick(o.job, nil))
	return o.roundOf(t, number)
}

func (o *town) roundOf(t testing.TB, number int) usecases.RoundView {
	t.Helper()
	rounds := have[[]usecases.RoundView](t)(o.Rounds(o.office, o.Plan.ID))
	wanted := reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: number}
	i := slices.IndexFunc(rounds, func(r usecases.RoundView) bool { return r.Period == wanted })
	if i < 0 {
		t.Fatalf("there is no round of month %d in %v", number, rounds)
	}
	return rounds[i]
}

// beds is what is said on the beds.
func (o *town) beds(value int64, given reporting.Basis, seen int64) usecases.Filled {
	return usecases.Filled{Seen: seen, Observation: reporting.Observation{
		Subject: reporting.IndicatorSubject(o.Indicator.ID), Figures: reporting.Figures{Given: given, Value: ledger.Int(value)},
		Reason: "按计划推进", Override: "已核实", Said: reporting.UnderWay, Origin: reporting.Typed,
	}}
}

// fill fills all that the bureau is asked, in a round.
func (o *town) fill(ctx context.Context, t testing.TB, round reporting.RoundID, unit ledger.UnitID, value int64, given reporting.Basis) usecases.FormView {
	t.Helper()
	form := have[usecases.FormView](t)(o.Form(ctx, round, unit))
	filling := usecases.Filling{Round: round, Unit: unit}
	for _, row := range form.Rows {
		filled := o.beds(value, given, row.Revision)
		filled.Subject = row.Subject
		filling.Rows = append(filling.Rows, filled)
	}
	saved := have[usecases.Saved](t)(o.Save(ctx, filling))
	if len(saved.Conflicts) > 0 {
		t.Fatalf("%+v", saved.Conflicts)
	}
	return have[usecases.FormView](t)(o.Form(ctx, round, unit))
}

// one takes a step of one submission that must succeed.
func (o *town) one(ctx context.Context, t testing.TB, step string, id reporting.SubmissionID, reason string) usecases.Submission {
	t.Helper()
	out := o.Take(ctx, step, []reporting.SubmissionID{id}, reason)
	if out[0].Err != nil {
		t.Fatalf("%s: %v", step, out[0].Err)
	}
	return out[0].Submission
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
