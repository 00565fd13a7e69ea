package publication_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
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

func (c *clock) on(month, dayOfMonth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, time.Month(month), dayOfMonth, 9, 0, 0, 0, service.Zone())
}

// town is the small district with a published plan of three promises, its use cases, and everybody who looks at it.
type town struct {
	*servicetest.Fixture
	*publication.Service
	progress             *progress.Service
	reporting            *figures.Service
	orders               *supervision.Service
	items                *livelihood.Service
	clock                *clock
	key                  *signing.Key
	letters              []message.Mailing
	told                 []message.Notice
	office, head, public context.Context
	job, letterer        context.Context
	roadworks, canteens  ledger.Commitment
}

var rooms = servicetest.Rooms(
	catalogue.Room(), planning.Room(), intake.Room(), workflow.Room(), livelihood.Room(), figures.Room(), progress.Room(), supervision.Room(), publication.Room(),
)

// each runs a test in a town in each database. The day is 2 January 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
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
	o := &town{Fixture: f, clock: c, key: have[*signing.Key](t)(signing.GenerateKey(signing.SHA256Ed25519, servicetest.Origin))}
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	o.reporting = figures.New(f.Core, folder, figures.Options{})
	o.progress = progress.New(f.Core, o.reporting)
	o.orders = supervision.New(f.Core, folder, supervision.Options{})
	o.items = livelihood.New(f.Core, planning.New(f.Core, planning.Options{}), intake.New(f.Core, folder, intake.Options{}), folder, livelihood.Options{})
	o.Service = publication.New(f.Core, o.progress, o.reporting, publication.Options{
		Items: o.items.Witnessed, Key: o.key.Public(), Sign: o.sign, Files: folder, Orders: o.orders, Mail: o, Tell: o.tell, Origin: "https://luoshi.example",
	})
	o.office, o.head = f.Office(ctx), f.As(ctx, "unit-head", f.Bureau.ID)
	o.public = service.As(ctx, service.Caller{Request: "public"})
	o.job = service.As(ctx, service.Caller{
		System: "job: test", May: slices.Concat(progress.ComputeMay, figures.TickMay, publication.TickMay, publication.RenewMay), Request: "job",
	})
	o.letterer = service.As(ctx, service.Caller{System: "job: " + publication.LetterKind, May: publication.LetterMay})
	o.publishPlan(t)
	o.roadworks = o.promise(t, "2026-002", "完成望溪路排水管网改造", f.Bureau.ID, day(5, 31))
	o.canteens = o.promise(t, "2026-003", "建成社区食堂6处", f.Street.ID, day(12, 31))
	o.compute(t)
	return o
}

func (o *town) sign(ctx context.Context) error {
	return o.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := o.Fixture.Log().Sign(ctx, tx, o.key)
		return err
	})
}

func (o *town) Mails() bool { return true }

func (o *town) Write(_ context.Context, letter message.Mailing) error {
	o.letters = append(o.letters, letter)
	return nil
}

func (o *town) tell(_ context.Context, _ *service.Work, notices ...message.Notice) error {
	o.told = append(o.told, notices...)
	return nil
}

func (o *town) publishPlan(t testing.TB) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](t)(s.Plans().Get(ctx, string(o.Plan0())))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](t)(s.Commitments().Get(ctx, string(o.Commitment.ID)))
	bed.Value.State, bed.Value.Project = ledger.InForce, ""
	have[store.Record[ledger.Commitment]](t)(s.Commitments().Change(ctx, bed.Value, bed.Revision))
}

// Plan0 is the plan of the district.
func (o *town) Plan0() ledger.PlanID { return o.Fixture.Plan.ID }

func (o *town) promise(t testing.TB, number, title string, lead ledger.UnitID, by calendar.Date) ledger.Commitment {
	t.Helper()
	c := o.Fixture.Promise(o.Store(), ledger.CommitmentTerms{Number: number, Title: title, Section: 2, By: by, Lead: lead, State: ledger.InForce})
	return have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c)).Value
}

func (o *town) compute(t testing.TB) {
	t.Helper()
	have[progress.Run](t)(o.progress.ComputeNow(o.job, o.Plan0()))
}

// all are settings that show everything.
func all() publication.Settings {
	return publication.Settings{Open: true, Address: "2026", Shows: disclosed.Parts()}
}

// open makes the plan public as the settings say.
func (o *town) open(t testing.TB, s publication.Settings) publication.View {
	t.Helper()
	now := have[publication.View](t)(o.Settings(o.office, o.Plan0()))
	return have[publication.View](t)(o.Save(o.office, o.Plan0(), s, now.Settings.Revision))
}

func (o *town) renew(t testing.TB) publication.EditionIs {
	t.Helper()
	return have[publication.EditionIs](t)(o.Renew(o.job, o.Plan0()))
}

func (o *town) opened(t testing.TB) publication.Opened {
	t.Helper()
	return have[publication.Opened](t)(o.Service.Plan(o.public, "2026"))
}

func (o *town) shown(t testing.TB, key string) disclosed.Promise {
	t.Helper()
	return have[publication.Told](t)(o.Service.Promise(o.public, o.opened(t), key)).Promise
}

// everything is all that the public can read of the plan, as one text.
func (o *town) everything(t testing.TB) string {
	t.Helper()
	var text strings.Builder
	for record, err := range o.Records(o.public, o.opened(t)) {
		must(t, err)
		text.WriteString(record + "\n")
	}
	return text.String()
}

// report lets the bureau fill in a month, and takes it as far as the steps say.
func (o *town) report(t testing.TB, month int, beds string, steps ...string) {
	t.Helper()
	if month == 1 {
		have[store.Record[figures.Settings]](t)(o.reporting.SaveSettings(o.office, o.Plan0(), figures.UsualSettings(), 0))
	}
	o.clock.on(month, 28)
	must(t, o.reporting.Tick(o.job, nil))
	rounds := have[[]figures.RoundView](t)(o.reporting.Rounds(o.office, o.Plan0()))
	i := slices.IndexFunc(rounds, func(r figures.RoundView) bool {
		return r.Period == reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: month}
	})
	form := have[figures.FormView](t)(o.reporting.Form(o.head, rounds[i].ID, o.Bureau.ID))
	filling := figures.Filling{Round: rounds[i].ID, Unit: o.Bureau.ID}
	for _, row := range form.Rows {
		value := have[ledger.Decimal](t)(ledger.ParseDecimal(beds))
		filling.Rows = append(filling.Rows, figures.Filled{Seen: row.Revision, Observation: reporting.Observation{
			Subject: row.Subject, Figures: reporting.Figures{Given: reporting.Cumulative, Value: value}, Said: reporting.UnderWay,
			Reason: "联系人小李，电话13912345678", Note: "内部备注", Override: "已核实", Origin: reporting.Typed,
		}})
	}
	saved := have[figures.Saved](t)(o.reporting.Save(o.head, filling))
	for _, step := range steps {
		who := o.office
		if step == "submit" {
			who = o.head
		}
		if out := o.reporting.Take(who, step, []reporting.SubmissionID{saved.Submission.ID}, ""); out[0].Err != nil {
			t.Fatalf("%s: %v", step, out[0].Err)
		}
	}
	o.compute(t)
}

func (o *town) beds() string { return o.Commitment.Number }

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

func second[T any](_ T, err error) error { return err }

func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	var fault *service.Fault
	if !errors.As(err, &fault) || fault.Code != code || fault.Words.ZH == "" || fault.Words.EN == "" {
		t.Errorf("want %s, got %v", code, err)
	}
}

func wantAbsent(t testing.TB, err error) {
	t.Helper()
	var gone *store.NotFound
	if !errors.As(err, &gone) {
		t.Errorf("want nothing to be found, got %v", err)
	}
}
