// Package accountingtest lets tests of reports run in a small district on both databases: its plan is published, its
// units have reported the first half of the year, and its lights are computed.
package accountingtest

import (
	"cmp"
	"context"
	"crypto/sha256"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/message"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
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

func (c *Clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond) // no two moments are the same
	return c.at
}

// On moves to the morning of a day of 2026.
func (c *Clock) On(month, dayOfMonth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, time.Month(month), dayOfMonth, 9, 0, 0, 0, service.Zone())
}

// Town is the district with its use cases and those who look at it. The bureau has promised 200 beds and reported 120 by
// the end of June; the street has promised canteens. The day is 20 July 2026.
type Town struct {
	*servicetest.Fixture
	Uses       *accounting.Service
	Progress   *progress.Service
	Reporting  *figures.Service
	Operations *operations.Service
	Peers      *peers.Service
	Clock      *Clock
	Told       []message.Notice
	Beds       reporting.Subject

	Clerk, Second, Leader, Head, Street, Job context.Context //nolint:containedctx // the callers of a test live as long as it does
}

// Half is the first half of the year.
var Half = reporting.Period{Frequency: reporting.HalfYearly, Year: 2026, Number: 1}

// Rooms are the tables that the town needs.
func Rooms() []store.Room {
	return servicetest.Rooms(catalogue.Room(), planning.Room(), workflow.Room(), figures.Room(), progress.Room(), supervision.Room(),
		operations.Room(), peers.Room(), accounting.Room())
}

// Each runs a test in a town in each database, beside the other tests.
func Each(t *testing.T, test func(t *testing.T, o *Town)) {
	t.Helper()
	t.Parallel()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		t.Parallel()
		test(t, Settle(t, dsn))
	})
}

// Settle is a town in a database, with what its reports are told besides.
func Settle(tb testing.TB, dsn string, more ...func(*accounting.Options)) *Town {
	tb.Helper()
	o := &Town{Clock: &Clock{}}
	o.Clock.On(1, 2)
	o.Fixture = servicetest.Settle(tb, storetest.Open(tb, dsn, store.Options{Rooms: Rooms(), Now: o.Clock.now}))
	folder := have[*blob.Folder](tb)(blob.NewFolder(tb.TempDir(), sha256.New))
	tb.Cleanup(func() { must(tb, folder.Close()) })
	o.Reporting = figures.New(o.Core, folder, figures.Options{})
	o.Progress = progress.New(o.Core, o.Reporting)
	key := have[*signing.Key](tb)(signing.LoadOrGenerate(filepath.Join(tb.TempDir(), "audit.key"), signing.SHA256Ed25519, servicetest.Origin))
	o.Operations = operations.New(o.Core, operations.Parts{Key: key})
	o.Peers = peers.New(o.Core, o.Reporting)
	options := accounting.Options{
		Orders: supervision.New(o.Core, folder, supervision.Options{}), Tell: o.tell, Peers: o.Peers,
		Sign: o.Operations.SignHead, Open: signing.Keyring{key.Public()}.Open, Fonts: fonts,
	}
	for _, change := range more {
		change(&options)
	}
	o.Uses = accounting.New(o.Core, folder, o.Progress, o.Reporting, options)
	o.people(tb.Context())
	o.publish(tb)
	o.Beds = reporting.IndicatorSubject(o.Indicator.ID)
	o.Promise("建成社区食堂6处", o.District.Street.ID, calendar.LastDay(2026, 12))
	have[store.Record[figures.Settings]](tb)(o.Reporting.SaveSettings(o.Clerk, o.Plan.ID, figures.UsualSettings(), 0))
	o.Lock(tb, 6, "120")
	o.Clock.On(7, 20)
	o.Compute(tb)
	return o
}

func (o *Town) people(ctx context.Context) {
	o.Clerk, o.Leader = o.Office(ctx), o.As(ctx, "leader", o.Government.ID)
	o.Second = o.AsAccount(ctx, "second-clerk", "supervising-office", o.Government.ID)
	o.Head = o.As(ctx, "unit-head", o.Bureau.ID)
	o.Street = o.AsAccount(ctx, "street-head", "unit-head", o.District.Street.ID)
	o.Job = service.As(ctx, service.Caller{System: "a test", May: slices.Concat(progress.ComputeMay, figures.TickMay), Request: "test"})
}

func (o *Town) tell(_ context.Context, _ *service.Work, notices ...message.Notice) error {
	o.Told = append(o.Told, notices...)
	return nil
}

// publish brings the plan of the district in force as it stands.
func (o *Town) publish(tb testing.TB) {
	tb.Helper()
	ctx, s := tb.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](tb)(s.Plans().Get(ctx, string(o.Plan.ID)))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: calendar.Date{Year: 2026, Month: 1, Day: 1}, Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](tb)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](tb)(s.Commitments().Get(ctx, string(o.Commitment.ID)))
	bed.Value.State, bed.Value.Project = ledger.InForce, ""
	have[store.Record[ledger.Commitment]](tb)(s.Commitments().Change(ctx, bed.Value, bed.Revision))
}

// Promise adds a commitment in force.
func (o *Town) Promise(title string, lead ledger.UnitID, by calendar.Date) {
	c := o.District.Promise(o.Store(), ledger.CommitmentTerms{Title: title, Section: 2, By: by, Lead: lead, State: ledger.InForce})
	if _, err := o.Store().Commitments().Add(context.Background(), c); err != nil {
		panic(err)
	}
}

// Compute computes the lights.
func (o *Town) Compute(tb testing.TB) {
	tb.Helper()
	have[progress.Run](tb)(o.Progress.ComputeNow(o.Job, o.Plan.ID))
}

// Lock lets the bureau say how many beds there are at the end of a month, with the paper that shows it, and the street
// what it has done; both are locked.
func (o *Town) Lock(tb testing.TB, month int, beds string) {
	tb.Helper()
	o.Clock.On(month, 28)
	must(tb, o.Reporting.Tick(o.Job, nil))
	rounds := have[[]figures.RoundView](tb)(o.Reporting.Rounds(o.Clerk, o.Plan.ID))
	round := rounds[slices.IndexFunc(rounds, func(r figures.RoundView) bool {
		return r.Period == reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: month}
	})]
	o.report(o.Street, tb, round.ID, o.District.Street.ID, "", month)
	id := o.report(o.Head, tb, round.ID, o.Bureau.ID, beds, month)
	have[figures.Evidence](tb)(o.Reporting.Attach(o.Head, id, o.Beds, "验收单.txt", evidence()))
	o.settle(o.Street, tb, round.ID, o.District.Street.ID)
	o.settle(o.Head, tb, round.ID, o.Bureau.ID)
}

// report fills a unit's form of a month: so many beds, and of anything else a thousand for each month.
func (o *Town) report(head context.Context, tb testing.TB, round reporting.RoundID, unit ledger.UnitID, beds string, month int) reporting.SubmissionID {
	tb.Helper()
	form := have[figures.FormView](tb)(o.Reporting.Form(head, round, unit))
	filling := figures.Filling{Round: round, Unit: unit}
	for _, row := range form.Rows {
		value := strconv.Itoa(month * 1000)
		if row.Subject == o.Beds {
			value = beds
		}
		filling.Rows = append(filling.Rows, figures.Filled{Observation: said(row.Subject, value), Seen: row.Revision})
	}
	return have[figures.Saved](tb)(o.Reporting.Save(head, filling)).Submission.ID
}

// settle brings a unit's form to the lock.
func (o *Town) settle(head context.Context, tb testing.TB, round reporting.RoundID, unit ledger.UnitID) {
	tb.Helper()
	id := have[figures.FormView](tb)(o.Reporting.Form(head, round, unit)).Submission.ID
	o.take(head, tb, "submit", id)
	o.take(o.Clerk, tb, "review", id)
	o.take(o.Clerk, tb, "lock", id)
}

func (o *Town) take(who context.Context, tb testing.TB, step string, id reporting.SubmissionID) {
	tb.Helper()
	if out := o.Reporting.Take(who, step, []reporting.SubmissionID{id}, ""); out[0].Err != nil {
		tb.Fatalf("%s: %v", step, out[0].Err)
	}
}

// Contradictory is a note in which the bureau says that 70 and 60 are 120.
const Contradictory = "建成养老床位120张，其中公办70张、民办60张"

// Restate corrects what is locked of the beds: another number, and another note where one is given.
func (o *Town) Restate(tb testing.TB, beds, note string) {
	tb.Helper()
	o.correct(tb, beds, func(after *reporting.Observation) { after.Note = cmp.Or(note, after.Note) })
}

// Grow corrects what is locked of the beds: another number, with its growth in per cent.
func (o *Town) Grow(tb testing.TB, beds, growth string) {
	tb.Helper()
	o.correct(tb, beds, func(after *reporting.Observation) { must(tb, after.Growth.UnmarshalText([]byte(growth))) })
}

func (o *Town) correct(tb testing.TB, beds string, change func(after *reporting.Observation)) {
	tb.Helper()
	june := reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 6}
	found := have[[]figures.Figure](tb)(o.Reporting.Figures(o.Clerk, o.Plan.ID, figures.FigureFilter{Subjects: []reporting.Subject{o.Beds}, Period: june}))
	after := found[0].Observation
	must(tb, after.Value.UnmarshalText([]byte(beds)))
	change(&after)
	c := have[figures.CorrectionView](tb)(o.Reporting.ProposeCorrection(o.Head, figures.Proposal{
		Plan: o.Plan.ID, Subject: o.Beds, Unit: o.Bureau.ID, Period: june, After: after, Reason: "漏报一处", Basis: "民政局来函",
	}))
	have[figures.CorrectionView](tb)(o.Reporting.DecideCorrection(o.Clerk, c.ID, "approve", "", c.Revision))
	o.Compute(tb)
}

// Draft is a half-year report.
func (o *Town) Draft(tb testing.TB) accounting.View {
	tb.Helper()
	return have[accounting.View](tb)(o.Uses.Draft(o.Clerk, accounting.Wish{Plan: o.Plan.ID, Period: Half, Template: "half-year"}))
}

// Step takes a step of a report.
func (o *Town) Step(who context.Context, tb testing.TB, v accounting.View, action string) accounting.View {
	tb.Helper()
	return have[accounting.View](tb)(o.Uses.Step(who, v.ID, action, "请核对", v.Revision))
}

// Freeze takes a draft to its end.
func (o *Town) Freeze(tb testing.TB, v accounting.View) accounting.View {
	tb.Helper()
	v = o.Step(o.Clerk, tb, v, "submit")
	v = o.Step(o.Second, tb, v, "pass")
	v = o.Step(o.Leader, tb, v, "approve")
	return o.Step(o.Clerk, tb, v, "freeze")
}
