package public_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
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
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/public"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// clock is a time that goes on by itself.
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

// town is the pages over the small district whose plan is published and whose lights are computed; the day is 6 July 2026.
type town struct {
	*webtest.Site
	uses    *publication.Service
	items   *livelihood.Service
	pages   *public.Pages
	key     *signing.Key
	letters []message.Mailing
	plan    string
	done    int // tasks of the queue
}

var rooms = servicetest.Rooms(
	catalogue.Room(), planning.Room(), intake.Room(), workflow.Room(), livelihood.Room(), reporting.Room(), progress.Room(), supervision.Room(), publication.Room(),
)

func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, settle(t, dsn, 0)) })
}

// settle settles the district with so many further promises.
func settle(tb testing.TB, dsn string, more int) *town {
	tb.Helper()
	c := &clock{at: time.Date(2026, 7, 6, 9, 0, 0, 0, service.Zone())}
	f := servicetest.Settle(tb, storetest.Open(tb, dsn, store.Options{Rooms: rooms, Now: c.now}))
	folder := have[*blob.Folder](tb)(blob.NewFolder(tb.TempDir(), sha256.New))
	tb.Cleanup(func() { must(tb, folder.Close()) })
	figures := reporting.New(f.Core, folder, reporting.Options{})
	lights := progress.New(f.Core, figures)
	o := &town{plan: string(f.Plan.ID), key: have[*signing.Key](tb)(signing.GenerateKey(signing.SHA256Ed25519, servicetest.Origin))}
	o.items = livelihood.New(f.Core, planning.New(f.Core, planning.Options{}), intake.New(f.Core, folder, intake.Options{}), folder, livelihood.Options{})
	o.uses = publication.New(f.Core, lights, figures, publication.Options{
		Items: o.items.Witnessed, Key: o.key.Public(), Files: folder, Orders: supervision.New(f.Core, folder, supervision.Options{}), Mail: o, Origin: "https://luoshi.example",
		Sign: func(ctx context.Context) error {
			return f.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
				_, err := f.Log().Sign(ctx, tx, o.key)
				return err
			})
		},
	})
	o.pages = public.New(f.Core, o.uses, nil)
	o.Site = webtest.Serve(tb, f, o.pages.Routes()...)
	o.publish(tb)
	o.promise(tb, "2026-002", "完成望溪路排水管网改造", f.Bureau.ID, day(5, 31))
	o.promise(tb, "2026-003", "建成社区食堂6处", f.Street.ID, day(12, 31))
	o.promises(tb, more)
	job := service.As(tb.Context(), service.Caller{System: "job: progress.compute", May: progress.ComputeMay, Request: "job"})
	have[progress.Run](tb)(lights.ComputeNow(job, f.Plan.ID))
	return o
}

func (o *town) Mails() bool { return true }

func (o *town) Write(_ context.Context, letter message.Mailing) error {
	o.letters = append(o.letters, letter)
	return nil
}

func (o *town) publish(tb testing.TB) {
	tb.Helper()
	ctx, s := tb.Context(), o.Store()
	plan := have[store.Record[ledger.Plan]](tb)(s.Plans().Get(ctx, o.plan))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](tb)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](tb)(s.Commitments().Get(ctx, string(o.Commitment.ID)))
	bed.Value.State, bed.Value.Project = ledger.InForce, ""
	have[store.Record[ledger.Commitment]](tb)(s.Commitments().Change(ctx, bed.Value, bed.Revision))
}

func (o *town) promise(tb testing.TB, number, title string, lead ledger.UnitID, by calendar.Date) {
	tb.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{Number: number, Title: title, Section: 2, By: by, Lead: lead, State: ledger.InForce})
	have[store.Record[ledger.Commitment]](tb)(o.Store().Commitments().Add(tb.Context(), c))
}

func (o *town) promises(tb testing.TB, n int) {
	tb.Helper()
	must(tb, o.Store().Within(tb.Context(), func(ctx context.Context, _ bun.Tx) error {
		for i := range n {
			c := o.Promise(o.Store(), ledger.CommitmentTerms{
				Number: fmt.Sprintf("2026-%05d", i+1), Title: fmt.Sprintf("推进第%d项社区服务设施改造", i+1), Section: 1 + i%2, By: day(12, 31),
				Lead: o.Bureau.ID, State: ledger.InForce, Milestones: []ledger.Milestone{{Number: 1, Title: "开工", By: day(6, 30)}},
			})
			if _, err := o.Store().Commitments().Add(ctx, c); err != nil {
				return err
			}
		}
		return nil
	}))
}

// open makes the plan public with everything.
func (o *town) open(tb testing.TB) {
	tb.Helper()
	office := o.Fixture.Office(tb.Context())
	now := have[publication.View](tb)(o.uses.Settings(office, ledger.PlanID(o.plan)))
	s := publication.Settings{Open: true, Address: "2026", Shows: disclosed.Parts(), Introduction: "全部承诺", Contact: "督查室"}
	have[publication.View](tb)(o.uses.Save(office, ledger.PlanID(o.plan), s, now.Settings.Revision))
}

// sendLetters does the work that was asked for.
func (o *town) sendLetters(tb testing.TB) {
	tb.Helper()
	for _, task := range o.Queue.Tasks()[o.done:] {
		o.done++
		if task.Kind == publication.LetterKind {
			must(tb, o.uses.Letter(tb.Context(), have[[]byte](tb)(json.Marshal(task.Args))))
		}
	}
}

// change gives a promise another title, and renews what is public.
func (o *town) change(tb testing.TB, number string) {
	tb.Helper()
	all := have[store.Listing[ledger.Commitment]](tb)(o.Store().Commitments().List(tb.Context(), store.Page{}, store.Where("number", number)))
	c := all.Records[0]
	c.Value.Title += "\u2014"
	have[store.Record[ledger.Commitment]](tb)(o.Store().Commitments().Change(tb.Context(), c.Value, c.Revision))
	job := service.As(tb.Context(), service.Caller{System: "job: " + publication.RenewKind, May: publication.RenewMay, Request: "job"})
	have[publication.EditionIs](tb)(o.uses.Renew(job, ledger.PlanID(o.plan)))
}

// withdraw takes a promise back.
func (o *town) withdraw(tb testing.TB, number string) {
	tb.Helper()
	all := have[store.Listing[ledger.Commitment]](tb)(o.Store().Commitments().List(tb.Context(), store.Page{}, store.Where("number", number)))
	c := all.Records[0]
	c.Value.State = ledger.Withdrawn
	have[store.Record[ledger.Commitment]](tb)(o.Store().Commitments().Change(tb.Context(), c.Value, c.Revision))
}

// form is a form of pairs.
func form(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

// linkIn is the path of the only link in a letter.
func linkIn(letter message.Mailing) string {
	_, after, _ := strings.Cut(letter.Text, "https://luoshi.example")
	path, _, _ := strings.Cut(after, "\n")
	return path
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
