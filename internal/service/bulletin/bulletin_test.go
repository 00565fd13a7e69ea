package bulletin_test

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
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
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
	paper "luoshi/ledger/bulletin"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
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
	c.at = c.at.Add(time.Microsecond) // no two moments are the same
	return c.at
}

func (c *clock) on(month, dayOfMonth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, time.Month(month), dayOfMonth, 9, 0, 0, 0, service.Zone())
}

// town is the small district with a published plan whose lights are computed: the bureau leads a task that is overdue,
// the street one that is under way. The office has two people.
type town struct {
	*servicetest.Fixture
	*bulletin.Service
	progress                               *progress.Service
	reporting                              *figures.Service
	orders                                 *supervision.Service
	told                                   []message.Notice
	clock                                  *clock
	office, second, leader, head, reporter context.Context
	street, job                            context.Context
}

var rooms = servicetest.Rooms(catalogue.Room(), planning.Room(), workflow.Room(), figures.Room(), progress.Room(), supervision.Room(), livelihood.Room(), bulletin.Room())

var june = reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 6}

// each runs a test in a town in each database. The day is 6 July 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(7, 6)
		test(t, settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}), c))
	})
}

func settle(t testing.TB, s *store.Store, c *clock) *town {
	t.Helper()
	f := servicetest.Settle(t, s)
	ctx := t.Context()
	o := &town{Fixture: f, clock: c}
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { must(t, folder.Close()) })
	o.reporting = figures.New(f.Core, folder, figures.Options{})
	o.progress = progress.New(f.Core, o.reporting)
	o.orders = supervision.New(f.Core, folder, supervision.Options{})
	o.Service = bulletin.New(f.Core, o.progress, o.reporting, bulletin.Options{Orders: o.orders, Tell: o.tell})
	o.office, o.leader = f.Office(ctx), f.As(ctx, "leader", f.Government.ID)
	o.second = f.AsAccount(ctx, "second-clerk", "supervising-office", f.Government.ID)
	o.head, o.reporter = f.As(ctx, "unit-head", f.Bureau.ID), f.As(ctx, "reporter", f.Bureau.ID)
	o.street = f.AsAccount(ctx, "street-head", "unit-head", f.Street.ID)
	o.job = service.As(ctx, service.Caller{System: "job: progress.compute", May: progress.ComputeMay, Request: "job"})
	o.publishPlan(t)
	o.promise(t, "完成望溪路排水管网改造", f.Bureau.ID, day(5, 31))
	o.promise(t, "建成社区食堂6处", f.Street.ID, day(12, 31))
	have[progress.Run](t)(o.progress.ComputeNow(o.job, o.Plan.ID))
	return o
}

func (o *town) tell(_ context.Context, _ *service.Work, notices ...message.Notice) error {
	o.told = append(o.told, notices...)
	return nil
}

func (o *town) publishPlan(t testing.TB) {
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

func (o *town) promise(t testing.TB, title string, lead ledger.UnitID, by calendar.Date) ledger.Commitment {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{Title: title, Section: 2, By: by, Lead: lead, State: ledger.InForce})
	return have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c)).Value
}

func (o *town) draft(t testing.TB) bulletin.View {
	t.Helper()
	return have[bulletin.View](t)(o.Draft(o.office, o.Plan.ID, june))
}

func (o *town) step(ctx context.Context, t testing.TB, v bulletin.View, action string) bulletin.View {
	t.Helper()
	return have[bulletin.View](t)(o.Step(ctx, v.ID, action, "请核对", v.Revision))
}

// issue takes a draft through to its publication.
func (o *town) issue(t testing.TB, v bulletin.View) bulletin.View {
	t.Helper()
	v = o.step(o.office, t, v, "submit")
	v = o.step(o.second, t, v, "pass")
	v = o.step(o.leader, t, v, "approve")
	return o.step(o.office, t, v, "publish")
}

func figure(t testing.TB, c paper.Content, key string) string {
	t.Helper()
	all := c.Figures()
	i := slices.IndexFunc(all, func(p paper.Part) bool { return p.Key == key })
	if i < 0 {
		t.Fatalf("there is no figure %s", key)
	}
	return all[i].Text
}

// TestTheLifeOfABulletin follows one from its draft to the units that confirm it.
func TestTheLifeOfABulletin(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.draft(t)
		if v.State != bulletin.Drafted || v.Title != "关于2026年6月重点工作推进情况的通报" || !v.Number.IsZero() || !v.MayEdit {
			t.Errorf("the draft is %+v", v.Bulletin)
		}
		if got := figure(t, v.Content, "overview.all"); got != "3" {
			t.Errorf("it speaks of %s matters", got)
		}
		if want := []ledger.UnitID{o.Bureau.ID, o.Street.ID}; len(v.Recipients) != 2 || !slices.Contains(v.Recipients, want[0]) || !slices.Contains(v.Recipients, want[1]) {
			t.Errorf("it goes to %v", v.Recipients)
		}
		v = have[bulletin.View](t)(o.Change(o.office, v.ID, bulletin.Edit{
			Title: "关于上半年工作的通报", Recipients: v.Recipients, Omitted: []paper.Kind{paper.Ahead},
			Blocks: paper.Blocks{paper.Opening: "现将有关情况通报如下。", paper.Overview: "年底前再完成7项。", "nowhere": "丢失"},
		}, v.Revision))
		if len(v.Blocks) != 2 || len(v.Paper.Content.Sections) != len(v.Content.Sections)-1 {
			t.Errorf("blocks %v, sections %d of %d", v.Blocks, len(v.Paper.Content.Sections), len(v.Content.Sections))
		}
		if typed := paper.Typed(v.Read); len(typed) != 1 || typed[0].Surface != "7项" {
			t.Errorf("typed %+v", typed)
		}
		v = o.step(o.office, t, v, "submit")
		wantFault(t, second(o.Step(o.office, v.ID, "pass", "", v.Revision)), "flow.same-actor")
		v = o.step(o.second, t, v, "pass")
		wantRefused(t, second(o.Step(o.office, v.ID, "approve", "", v.Revision)), "bulletin.approve")
		v = o.step(o.leader, t, v, "approve")
		v = o.step(o.office, t, v, "publish")
		if v.Number.String() != "督通〔2026〕1号" || len(v.Digest) != 64 || v.Paper.On != "2026-07-06" || v.Case.State != "published" {
			t.Errorf("published it is %s, %s, %s", v.Number, v.Digest, v.Paper.On)
		}
		if len(o.told) != 2 || o.told[0].Kind != message.OfBulletin || o.told[0].Title.ZH != "请阅签通报：督通〔2026〕1号《关于上半年工作的通报》" {
			t.Errorf("told %+v", o.told)
		}
		if _, err := o.Store().SQL().ExecContext(t.Context(), "UPDATE bulletins SET title = 'x'"); err == nil {
			t.Error("what was published can be changed")
		}
		want := []string{"bulletin.edit", "bulletin.edit", "bulletin.edit", "bulletin.review", "bulletin.approve", "bulletin.publish"}
		if got := o.Entries(t, bulletin.Kind, string(v.ID)); !slices.Equal(got, want) {
			t.Errorf("the log says %v", got)
		}
	})
}

// TestEveryFigureIsThatOfItsSource asks the ledger anew for each figure, where the source of the figure says.
func TestEveryFigureIsThatOfItsSource(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.draft(t)
		asked := 0
		for _, f := range v.Content.Figures() {
			if f.From.Kind != paper.FromLights || strings.HasPrefix(f.Key, "lights.") || f.Key == "overview.open" {
				continue
			}
			if strings.HasPrefix(f.Key, "behind.") || strings.HasPrefix(f.Key, "ahead.") {
				continue
			}
			query := progress.LightQuery{Plan: o.Plan.ID, Unit: f.From.Unit, Overdue: f.From.Overdue}
			if f.From.Colour != "" {
				query.Colours = []light.Colour{f.From.Colour}
			}
			n := have[int64](t)(o.progress.CountLights(o.office, query))
			if f.Value.Cmp(ledger.Int(n)) != 0 {
				t.Errorf("%s is %s, and its source says %d", f.Key, f.Text, n)
			}
			asked++
		}
		if asked < 15 {
			t.Errorf("only %d figures were asked for", asked)
		}
		if bad := paper.Unsourced(v.Read); len(bad) > 0 {
			t.Errorf("without a source: %+v", bad)
		}
	})
}

// TestWhatMoves: a figure that the ledger no longer says is marked, and stops the draft until it is refreshed.
func TestWhatMoves(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.draft(t)
		o.promise(t, "新增养老服务站3个", o.Street.ID, day(12, 31))
		have[progress.Run](t)(o.progress.ComputeNow(o.job, o.Plan.ID))
		v = have[bulletin.View](t)(o.Bulletin(o.office, v.ID))
		if !slices.ContainsFunc(v.Moved, func(c paper.Change) bool { return c.Key == "overview.all" && c.Before == "3" && c.After == "4" }) {
			t.Errorf("moved %+v", v.Moved)
		}
		wantFault(t, second(o.Step(o.office, v.ID, "submit", "", v.Revision)), "flow.guarded")
		blocks := paper.Blocks{paper.Overview: "另有工作正在推进。"}
		v = have[bulletin.View](t)(o.Change(o.office, v.ID, bulletin.Edit{Title: v.Title, Recipients: v.Recipients, Blocks: blocks}, v.Revision))
		v = have[bulletin.View](t)(o.Refresh(o.office, v.ID, v.Revision))
		if len(v.Moved) > 0 || figure(t, v.Content, "overview.all") != "4" || v.Blocks[paper.Overview] != blocks[paper.Overview] {
			t.Errorf("refreshed it is %+v", v.Bulletin)
		}
		o.step(o.office, t, v, "submit")
	})
}

// TestWhoReads: drafts are for those who look after bulletins, published ones for the units, public ones for everybody.
func TestWhoReads(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		public := t.Context()
		v := o.draft(t)
		wantRefused(t, second(o.Bulletin(o.head, v.ID)), "bulletin.review")
		inside := o.issue(t, v)
		v = o.draft(t)
		v = have[bulletin.View](t)(o.Change(o.office, v.ID, bulletin.Edit{Title: "公开通报", Recipients: v.Recipients, Public: true}, v.Revision))
		open := o.issue(t, v)
		draft := o.draft(t)
		for _, row := range []struct {
			name string
			who  context.Context
			want []bulletin.ID
		}{
			{"the office", o.office, []bulletin.ID{draft.ID, open.ID, inside.ID}},
			{"the leader", o.leader, []bulletin.ID{draft.ID, open.ID, inside.ID}},
			{"a head", o.head, []bulletin.ID{open.ID, inside.ID}},
			{"a reporter", o.reporter, []bulletin.ID{open.ID, inside.ID}},
			{"the public", public, []bulletin.ID{open.ID}},
		} {
			var got []bulletin.ID
			for _, b := range have[bulletin.Listing](t)(o.List(row.who, bulletin.Filter{}, store.Page{})).Bulletins {
				got = append(got, b.ID)
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("%s finds %v", row.name, got)
			}
			for _, id := range []bulletin.ID{draft.ID, open.ID, inside.ID} {
				if _, err := o.Bulletin(row.who, id); (err == nil) != slices.Contains(row.want, id) {
					t.Errorf("%s opens %s: %v", row.name, id, err)
				}
			}
		}
		if found := have[bulletin.Listing](t)(o.List(o.office, bulletin.Filter{State: bulletin.Issued, Words: "2号"}, store.Page{})); len(found.Bulletins) != 1 {
			t.Errorf("found %+v", found)
		}
		first := have[bulletin.Listing](t)(o.List(o.office, bulletin.Filter{}, store.Page{Limit: 2}))
		rest := have[bulletin.Listing](t)(o.List(o.office, bulletin.Filter{}, store.Page{Limit: 2, After: first.Next}))
		if len(first.Bulletins) != 2 || len(rest.Bulletins) != 1 || rest.Next != "" {
			t.Errorf("parts %+v, %+v", first, rest)
		}
	})
}

// TestReceipts: units confirm once, and those that do not are reminded once a day.
func TestReceipts(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.draft(t)
		wantFault(t, o.Receive(o.head, v.ID, o.Bureau.ID), "receipt.unpublished")
		v = o.issue(t, v)
		if waiting := have[[]bulletin.Summary](t)(o.Unread(o.head)); len(waiting) != 1 || waiting[0].ID != v.ID {
			t.Errorf("waiting %+v", waiting)
		}
		must(t, o.Receive(o.head, v.ID, o.Bureau.ID))
		must(t, o.Receive(o.reporter, v.ID, o.Bureau.ID)) // changes nothing
		wantRefused(t, o.Receive(o.head, v.ID, o.Street.ID), "bulletin.receive")
		seen := have[bulletin.View](t)(o.Bulletin(o.head, v.ID))
		if len(seen.Mine) != 1 || seen.Mine[0].Account != "unit-head" || len(seen.Receipts) > 0 {
			t.Errorf("the head sees %+v and %+v", seen.Mine, seen.Receipts)
		}
		if waiting := have[[]bulletin.Summary](t)(o.Unread(o.head)); len(waiting) > 0 {
			t.Errorf("still waiting %+v", waiting)
		}
		o.told = nil
		for _, want := range []int{1, 0} {
			if n := have[int](t)(o.Remind(o.office, v.ID)); n != want {
				t.Errorf("reminded %d, not %d", n, want)
			}
		}
		if len(o.told) != 1 || o.told[0].To[0].Unit != o.Street.ID || !strings.Contains(o.told[0].Title.ZH, "尚未签收") {
			t.Errorf("told %+v", o.told)
		}
		o.clock.on(7, 7)
		if n := have[int](t)(o.Remind(o.office, v.ID)); n != 1 {
			t.Errorf("on the next day %d were reminded", n)
		}
		list := have[bulletin.Listing](t)(o.List(o.office, bulletin.Filter{}, store.Page{})).Bulletins
		if list[0].Sent != 2 || list[0].Read != 1 {
			t.Errorf("counted %+v", list[0])
		}
		if _, err := o.Store().SQL().ExecContext(t.Context(), "UPDATE bulletin_receipts SET account = '' WHERE account <> ''"); err == nil {
			t.Error("who has confirmed can be made to have not")
		}
	})
}

// TestACorrection: what was published stays, and a later bulletin says what was wrong.
func TestACorrection(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.draft(t)
		wantFault(t, second(o.Correct(o.office, v.ID, "数据有误")), "correct.published")
		v = o.issue(t, v)
		o.promise(t, "新增养老服务站3个", o.Street.ID, day(12, 31))
		have[progress.Run](t)(o.progress.ComputeNow(o.job, o.Plan.ID))
		wantFault(t, second(o.Correct(o.office, v.ID, " ")), "correct.reason")
		c := have[bulletin.View](t)(o.Correct(o.office, v.ID, "因漏统一项，现予更正。"))
		if c.Content.Sections[0].Kind != paper.Corrected || figure(t, c.Content, "corrected/overview.all.after") != "4" || c.Earlier.ID != v.ID {
			t.Errorf("the correction is %+v", c.Content.Sections[0])
		}
		if len(c.Moved) > 0 {
			t.Errorf("nothing moved, and %+v", c.Moved)
		}
		wantFault(t, second(o.Correct(o.office, v.ID, "再次更正")), "correct.twice")
		if early := have[bulletin.View](t)(o.Bulletin(o.head, v.ID)); early.CorrectedBy.ID != "" {
			t.Error("the units hear of a correction before it is published")
		}
		c = o.issue(t, c)
		after := have[bulletin.View](t)(o.Bulletin(o.head, v.ID))
		if after.CorrectedBy.Number != "督通〔2026〕2号" || figure(t, after.Paper.Content, "overview.all") != "3" || after.Digest != v.Digest {
			t.Errorf("the corrected one is %+v", after.CorrectedBy)
		}
	})
}

// TestOrdersAreToldOf as supervision counts them: one of two is overdue, and one is a blue sheet.
func TestOrdersAreToldOf(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.clock.on(6, 1)
		for _, order := range []rules.Order{
			{Kind: rules.Assign, Title: "望溪路管网改造滞后", Due: day(6, 12)},
			{Kind: rules.Graded, Sheet: rules.Blue, Title: "社区食堂建设提示", Due: day(9, 30)},
		} {
			order.Plan, order.Lead, order.Urgency, order.Basis, order.Requirement = o.Plan.ID, o.Bureau.ID, rules.Normal, "工作要点", "按期完成"
			order.Sources = []rules.Source{{Kind: rules.FromMeeting, Title: "区政府常务会议纪要：" + order.Title}}
			drafted := have[supervision.Drafted](t)(o.orders.Draft(o.office, order))
			issued := have[supervision.Summary](t)(o.orders.Issue(o.office, drafted.Order.ID, drafted.Order.Revision))
			have[supervision.Summary](t)(o.orders.Sign(o.head, issued.ID))
		}
		o.clock.on(7, 6)
		v := o.draft(t)
		late := have[supervision.Listing](t)(o.orders.List(o.office, supervision.Filter{Overdue: true}, store.Page{})).Orders
		if len(late) != 1 {
			t.Fatalf("overdue are %+v", late)
		}
		for key, want := range map[string]string{
			"orders.issued": "2", "orders.closed": "0", "orders.sheets": "1", "orders.orders_overdue": "1", "late_orders/" + string(late[0].ID) + ".days": "24",
		} {
			if got := figure(t, v.Content, key); got != want {
				t.Errorf("%s is %s, not %s", key, got, want)
			}
		}
		if bad := paper.Unsourced(v.Read); len(bad) > 0 {
			t.Errorf("without a source: %+v", bad)
		}
	})
}

// TestNumbersHaveNoGaps: a publication that fails takes none.
func TestNumbersHaveNoGaps(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		settings := have[store.Record[bulletin.Settings]](t)(o.Settings(o.office, o.Government.ID))
		settings.Value.Sign = "望督通"
		saved := have[store.Record[bulletin.Settings]](t)(o.SaveSettings(o.office, o.Government.ID, settings.Value, 0))
		var clash *store.Conflict[bulletin.Settings]
		if _, err := o.SaveSettings(o.office, o.Government.ID, settings.Value, 0); !errors.As(err, &clash) || saved.Revision != 1 {
			t.Errorf("saved twice: %v", err)
		}
		broken := errors.New("no way to tell")
		failing := bulletin.New(o.Core, o.progress, o.reporting, bulletin.Options{
			Orders: o.orders, Tell: func(context.Context, *service.Work, ...message.Notice) error { return broken },
		})
		for n := range 3 {
			v := o.draft(t)
			v = o.step(o.office, t, v, "submit")
			v = o.step(o.leader, t, v, "pass")
			v = o.step(o.leader, t, v, "approve")
			if _, err := failing.Step(o.office, v.ID, "publish", "", v.Revision); !errors.Is(err, broken) {
				t.Errorf("published although nobody could be told: %v", err)
			}
			if v = o.step(o.office, t, v, "publish"); v.Number != (paper.Number{Sign: "望督通", Year: 2026, N: n + 1}) {
				t.Errorf("number %s", v.Number)
			}
		}
	})
}

func TestWhatCannotBeDone(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		wantRefused(t, second(o.Draft(o.head, o.Plan.ID, june)), "bulletin.edit")
		next := june
		next.Year = 2027
		wantFault(t, second(o.Draft(o.office, o.Plan.ID, next)), "period.outside")
		v := o.draft(t)
		sound := bulletin.Edit{Title: "通报", Recipients: v.Recipients}
		for code, e := range map[string]bulletin.Edit{
			"title.missing":      {Recipients: v.Recipients},
			"title.long":         {Title: strings.Repeat("长", 101), Recipients: v.Recipients},
			"recipients.missing": {Title: "通报"},
			"recipient.unknown":  {Title: "通报", Recipients: []ledger.UnitID{"nobody"}},
			"block.long":         {Title: "通报", Recipients: v.Recipients, Blocks: paper.Blocks{paper.Opening: strings.Repeat("长", 5001)}},
		} {
			wantFault(t, second(o.Change(o.office, v.ID, e, v.Revision)), code)
		}
		var clash *store.Conflict[bulletin.Bulletin]
		if _, err := o.Change(o.office, v.ID, sound, v.Revision-1); !errors.As(err, &clash) || clash.Current.Value.Title != v.Title {
			t.Errorf("an old draft was saved: %v", err)
		}
		wantFault(t, second(o.Step(o.office, v.ID, "burn", "", v.Revision)), "step.unknown")
		v = o.step(o.office, t, v, "submit")
		wantFault(t, second(o.Change(o.office, v.ID, sound, v.Revision)), "draft.only")
		v = o.step(o.office, t, v, "recall")
		v = o.step(o.office, t, v, "drop")
		if v.State != bulletin.Dropped || len(v.Offers) > 0 {
			t.Errorf("dropped it is %s with %v", v.State, v.Offers)
		}
	})
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

func second[T any](_ T, err error) error { return err }

func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	if !service.HasCode(err, code) {
		t.Errorf("the error is %v, not %s", err, code)
	}
}

func wantRefused(t testing.TB, err error, action access.Action) {
	t.Helper()
	var refused *service.Refused
	if !errors.As(err, &refused) || refused.Action != action {
		t.Errorf("the error is %v, and not that %s is refused", err, action)
	}
}
