// Package progresstest settles a small district that has reported for some months, for the tests of the pages that show
// how it goes.
package progresstest

import (
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/job"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Clock is a time that a test moves on.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now is the time, no moment of which comes twice.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

// On moves to the morning of a day of 2026.
func (c *Clock) On(month, day int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, time.Month(month), day, 9, 0, 0, 0, service.Zone())
}

// Town is a district with a published plan: the bureau has promised 200 beds and the street 40 of them and a square, which
// no figure shows.
type Town struct {
	*servicetest.Fixture
	Clock         *Clock
	Progress      *progress.Service
	Reporting     *uses.Service
	Catalogue     *catalogue.Service
	Planning      *planning.Service
	Files         blob.Store
	Share, Square ledger.Commitment
	job           context.Context
}

// Each runs a test in a town in each database.
func Each(t *testing.T, test func(t *testing.T, o *Town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, Settle(t, dsn)) })
}

// Rooms are the tables that progress stands on, for a district of another test.
func Rooms() []store.Room {
	return []store.Room{catalogue.Room(), planning.Room(), intake.Room(), job.Room(), workflow.Room(), uses.Room(), progress.Room(), peers.Room()}
}

// Uses are the use cases of progress and of reporting in a district, and where its files are kept.
func Uses(tb testing.TB, core *service.Core) (*progress.Service, *uses.Service, blob.Store) {
	tb.Helper()
	folder := have[*blob.Folder](tb)(blob.NewFolder(tb.TempDir(), sha256.New))
	tb.Cleanup(func() { must(tb, folder.Close()) })
	reporting := uses.New(core, folder, uses.Options{})
	return progress.New(core, reporting), reporting, folder
}

// Settle settles a town on 2 January 2026, with further tables where a test needs them.
func Settle(tb testing.TB, dsn string, more ...store.Room) *Town {
	tb.Helper()
	clock := &Clock{}
	clock.On(1, 2)
	f := servicetest.Settle(tb, storetest.Open(tb, dsn, store.Options{Rooms: servicetest.Rooms(append(Rooms(), more...)...), Now: clock.Now}))
	o := &Town{Fixture: f, Clock: clock, Catalogue: catalogue.New(f.Core), Planning: planning.New(f.Core, planning.Options{})}
	o.Share = o.promise(tb, ledger.CommitmentTerms{
		Title: "街道新增养老床位", Section: 2, By: day(12, 31), Lead: f.Street.ID, Parent: f.Commitment.ID, Targets: []ledger.Target{o.beds(40)},
	})
	o.Square = o.promise(tb, ledger.CommitmentTerms{
		Title: "建成望溪广场", Kind: ledger.KindTask, Section: 1, By: day(6, 30), Lead: f.Street.ID,
	})
	o.publish(tb)
	o.Progress, o.Reporting, o.Files = Uses(tb, f.Core)
	o.job = service.As(tb.Context(), service.Caller{System: "job", May: slices.Concat(progress.ComputeMay, uses.TickMay), Request: "job"})
	have[store.Record[uses.Settings]](tb)(o.Reporting.SaveSettings(f.Office(tb.Context()), o.Plan.ID, uses.UsualSettings(), 0))
	return o
}

func (o *Town) beds(value int64) ledger.Target {
	return ledger.Target{
		Number: 1, Subject: "新增养老床位", Indicator: o.Indicator.ID, Cmp: ledger.AtLeast, Value: ledger.Int(value), Unit: "张",
		Measure: ledger.Level, By: day(12, 31), Firm: true,
	}
}

func (o *Town) promise(tb testing.TB, terms ledger.CommitmentTerms) ledger.Commitment {
	tb.Helper()
	terms.State = ledger.InForce
	c := o.Promise(o.Store(), terms)
	have[store.Record[ledger.Commitment]](tb)(o.Store().Commitments().Add(tb.Context(), c))
	return c
}

func (o *Town) publish(tb testing.TB) {
	tb.Helper()
	ctx, s := tb.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](tb)(s.Plans().Get(ctx, string(o.Plan.ID)))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](tb)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](tb)(s.Commitments().Get(ctx, string(o.Commitment.ID)))
	bed.Value.State, bed.Value.Project = ledger.InForce, ""
	have[store.Record[ledger.Commitment]](tb)(s.Commitments().Change(ctx, bed.Value, bed.Revision))
}

// HeadOf is the head of a unit.
func (o *Town) HeadOf(tb testing.TB, unit ledger.UnitID) context.Context {
	tb.Helper()
	return o.AsAccount(tb.Context(), "head-of-"+ledger.AccountID(unit), "unit-head", unit)
}

// Open opens the rounds of a month.
func (o *Town) Open(tb testing.TB, month int) uses.RoundView {
	tb.Helper()
	o.Clock.On(month, 28)
	must(tb, o.Reporting.Tick(o.job, nil))
	rounds := have[[]uses.RoundView](tb)(o.Reporting.Rounds(o.Office(tb.Context()), o.Plan.ID))
	for _, r := range rounds {
		if r.Period == (reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: month}) {
			return r
		}
	}
	tb.Fatalf("there is no round of month %d", month)
	return uses.RoundView{}
}

// Send lets the head of a unit send in what it says of the beds for a month; of everything else 1000 for each month.
func (o *Town) Send(tb testing.TB, unit ledger.UnitID, month int, value string, where reporting.Said) reporting.SubmissionID {
	tb.Helper()
	round, head := o.Open(tb, month), o.HeadOf(tb, unit)
	form := have[uses.FormView](tb)(o.Reporting.Form(head, round.ID, unit))
	filling := uses.Filling{Round: round.ID, Unit: unit}
	for _, row := range form.Rows {
		figure := strconv.Itoa(month * 1000)
		if row.Subject == reporting.IndicatorSubject(o.Indicator.ID) {
			figure = value
		}
		d, err := ledger.ParseDecimal(figure)
		must(tb, err)
		filling.Rows = append(filling.Rows, uses.Filled{Seen: row.Revision, Observation: reporting.Observation{
			Subject: row.Subject, Figures: reporting.Figures{Given: reporting.Cumulative, Value: d}, Said: where,
			Reason: "汛期停工，已倒排工期", Override: "已核实", Origin: reporting.Typed,
		}})
	}
	saved := have[uses.Saved](tb)(o.Reporting.Save(head, filling))
	o.take(head, tb, "submit", saved.Submission.ID)
	return saved.Submission.ID
}

// Lock sends in what a unit says and brings it to the lock.
func (o *Town) Lock(tb testing.TB, unit ledger.UnitID, month int, value string, where reporting.Said) {
	tb.Helper()
	id, office := o.Send(tb, unit, month, value, where), o.Office(tb.Context())
	o.take(office, tb, "review", id)
	o.take(office, tb, "lock", id)
}

func (o *Town) take(who context.Context, tb testing.TB, step string, id reporting.SubmissionID) {
	tb.Helper()
	if out := o.Reporting.Take(who, step, []reporting.SubmissionID{id}, ""); out[0].Err != nil {
		tb.Fatalf("%s: %v", step, out[0].Err)
	}
}

// Compute computes the lights of the plan.
func (o *Town) Compute(tb testing.TB) {
	tb.Helper()
	have[progress.Run](tb)(o.Progress.ComputeNow(o.job, o.Plan.ID))
}

// Report lets the bureau fall behind from January to July, with its lights computed each month; the street never reports.
func (o *Town) Report(tb testing.TB) {
	tb.Helper()
	for month, beds := range []string{"20", "36", "44", "50", "58", "61", "66"} {
		o.Lock(tb, o.Fixture.Bureau.ID, month+1, beds, reporting.UnderWay)
		o.Clock.On(month+2, 3)
		o.Compute(tb)
	}
}

// Grow makes a large plan of the small one: areas with a commitment of a unit of its own each, all of them late.
func (o *Town) Grow(tb testing.TB, areas int) {
	tb.Helper()
	ctx, s := tb.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](tb)(s.Plans().Get(ctx, string(o.Plan.ID)))
	for i := range areas {
		n := len(plan.Value.Outline) + 1
		plan.Value.Outline = append(plan.Value.Outline, ledger.Section{Number: n, Level: 1, Title: "领域" + strconv.Itoa(i+1) + "：推动经济社会高质量发展"})
		unit := o.Fixture.Bureau
		unit.ID, unit.Name, unit.Aliases = store.NewID[ledger.UnitID](s), "望溪区第"+strconv.Itoa(i+1)+"局", nil
		have[store.Record[ledger.Unit]](tb)(s.Units().Add(ctx, unit))
		o.promise(tb, ledger.CommitmentTerms{
			Title: "完成第" + strconv.Itoa(i+1) + "项重点工作并形成长效机制", Kind: ledger.KindTask, Section: n, By: day(1+i%6, 28), Lead: unit.ID,
		})
	}
	have[store.Record[ledger.Plan]](tb)(s.Plans().Change(ctx, plan.Value, plan.Revision))
}

func day(month, d int) calendar.Date {
	return calendar.Date{Year: 2026, Month: int8(month), Day: int8(d)}
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func have[T any](tb testing.TB) func(v T, err error) T {
	tb.Helper()
	return func(v T, err error) T {
		tb.Helper()
		must(tb, err)
		return v
	}
}
