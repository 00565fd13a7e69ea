package reports_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"regexp"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/reports"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// site is a town whose bureau of civil affairs reports for February 2026; January is locked.
type site struct {
	*webtest.Site
	uses *frail
	path string // of the bureau's form
	// The rows of the form.
	beds, budget, homes, cover, task, project, opening string
	office, head                                       context.Context
}

// frail are the use cases on a server that breaks down where it is told to.
type frail struct {
	*uses.Service
	down atomic.Bool
}

func (f *frail) Save(ctx context.Context, filling uses.Filling) (uses.Saved, error) {
	if f.down.Load() {
		return uses.Saved{}, errors.New("the server is down")
	}
	return f.Service.Save(ctx, filling)
}

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
func (c *clock) on(month time.Month, dayOfMonth int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, month, dayOfMonth, 9, 0, 0, 0, service.Zone())
}

var rooms = servicetest.Rooms(planning.Room(), workflow.Room(), uses.Room())

// opened is a town in which the form for February is open.
func opened(t *testing.T) *site {
	t.Helper()
	return openedOn(t, storetest.SQLite(t))
}

func openedOn(t *testing.T, dsn string) *site {
	t.Helper()
	c := &clock{}
	c.on(time.January, 2)
	f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}))
	folder := have[*blob.Folder](t)(blob.NewFolder(t.TempDir(), sha256.New))
	t.Cleanup(func() { _ = folder.Close() })
	s := &site{uses: &frail{Service: uses.New(f.Core, folder, uses.Options{})}}
	s.Site = webtest.Serve(t, f, reports.New(f.Core, s.uses, nil).Routes()...)
	s.office, s.head = f.Office(t.Context()), f.As(t.Context(), "unit-head", f.Bureau.ID)
	s.promises(t)
	s.rounds(t, c)
	s.say(t, reporting.Observation{Figures: reporting.Figures{Given: reporting.Cumulative, Value: ledger.Int(128)}, Note: "含社区嵌入式床位"}, s.beds)
	return s
}

// promises puts all sorts of rows into the form of the bureau.
func (s *site) promises(t *testing.T) {
	t.Helper()
	ctx, f := t.Context(), s.Fixture
	st := f.Store()
	indicator := func(i ledger.Indicator) ledger.IndicatorID {
		i.ID, i.Plan, i.Direction = store.NewID[ledger.IndicatorID](st), f.Plan.ID, ledger.More
		have[store.Record[ledger.Indicator]](t)(st.Indicators().Add(ctx, i))
		return i.ID
	}
	section := 2 // that of the district's own commitment
	promise := func(title string, target ledger.Target, terms ledger.CommitmentTerms) ledger.CommitmentID {
		section++
		terms.Title, terms.Section, terms.By, terms.Lead, terms.State = title, section, day(12, 31), f.Bureau.ID, ledger.InForce
		if target.Subject != "" {
			target.Number, target.Cmp, target.Measure = 1, ledger.AtLeast, ledger.Level
			terms.Targets = []ledger.Target{target}
		}
		made := f.Promise(st, terms)
		have[store.Record[ledger.Commitment]](t)(st.Commitments().Add(ctx, made))
		return made.ID
	}
	budget := indicator(ledger.Indicator{Name: "福利彩票公益金收入", Unit: "元", Aggregation: ledger.AsSum})
	homes := indicator(ledger.Indicator{Name: "适老化改造户数", Unit: "户", Aggregation: ledger.AsSum})
	cover := indicator(ledger.Indicator{
		Name: "社区养老服务设施覆盖率", Unit: "%", Aggregation: ledger.AsLatest, Numerator: "有设施的社区数", Denominator: "社区总数",
	})
	promise("福利彩票公益金收入增收", ledger.Target{Subject: "福利彩票公益金收入", Indicator: budget, Value: decimal("225e8"), Unit: "元"}, ledger.CommitmentTerms{})
	promise("完成适老化改造", ledger.Target{Subject: "适老化改造", Indicator: homes, Value: ledger.Int(3200), Unit: "户"}, ledger.CommitmentTerms{})
	promise("提高社区养老服务覆盖率", ledger.Target{Subject: "社区养老服务设施覆盖率", Indicator: cover, Value: ledger.Int(90), Unit: "%"}, ledger.CommitmentTerms{})
	task := promise("推进殡葬改革", ledger.Target{}, ledger.CommitmentTerms{Milestones: []ledger.Milestone{
		{Number: 1, Title: "印发实施方案", By: day(3, 31)}, {Number: 2, Title: "完成散坟整治", By: day(10, 31)},
	}})
	project := ledger.Project{
		ID: store.NewID[ledger.ProjectID](st), Plan: f.Plan.ID, Number: "WX-09", Name: "区养老服务中心", Category: ledger.Wellbeing, Stage: ledger.Ongoing,
		Lead: f.Bureau.ID, Total: decimal("36000e4"), Start: day(1, 5), Completion: day(12, 31),
		Years: []ledger.Investment{{Year: 2026, Planned: decimal("12000e4")}}, Funds: []ledger.Fund{{Source: ledger.OwnBudget, Planned: decimal("9000e4")}},
		Nodes: []ledger.Node{{Number: 1, Title: "主体封顶", By: day(7, 31)}},
	}
	have[store.Record[ledger.Project]](t)(st.Projects().Add(ctx, project))
	promise("建设区养老服务中心", ledger.Target{}, ledger.CommitmentTerms{Kind: ledger.KindProject, Project: project.ID})

	plan := have[store.Record[ledger.Plan]](t)(st.Plans().Get(ctx, string(f.Plan.ID)))
	plan.Value.State, plan.Value.Versions = ledger.Published, []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(st.Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](t)(st.Commitments().Get(ctx, string(f.Commitment.ID)))
	bed.Value.State = ledger.InForce
	have[store.Record[ledger.Commitment]](t)(st.Commitments().Change(ctx, bed.Value, bed.Revision))

	s.beds, s.budget = reporting.IndicatorSubject(f.Indicator.ID).String(), reporting.IndicatorSubject(budget).String()
	s.opening = reporting.TaskSubject(f.Commitment.ID).String()
	s.homes, s.cover = reporting.IndicatorSubject(homes).String(), reporting.IndicatorSubject(cover).String()
	s.task, s.project = reporting.TaskSubject(task).String(), reporting.ProjectSubject(project.ID).String()
}

// rounds opens those of January and February; for January the bureau reported 100 beds, and 40 communities of 50.
func (s *site) rounds(t *testing.T, c *clock) {
	t.Helper()
	settings := uses.UsualSettings()
	settings.Asking.Kinds[reporting.OfTask] = reporting.Monthly
	have[store.Record[uses.Settings]](t)(s.uses.SaveSettings(s.office, s.Plan.ID, settings, 0))
	job := service.As(t.Context(), service.Caller{System: "job: reporting.tick", May: uses.TickMay, Request: "tick"})
	for month := range 2 {
		c.on(time.Month(month+1), 28)
		if err := s.uses.Tick(job, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range have[[]uses.RoundView](t)(s.uses.Rounds(s.office, s.Plan.ID)) {
		switch r.Period.Key() {
		case "2026-M01":
			january := map[string]reporting.Figures{
				s.beds:  {Given: reporting.Cumulative, Value: ledger.Int(100)},
				s.cover: {Given: reporting.Cumulative, Numerator: ledger.Int(40), Denominator: ledger.Int(50)},
			}
			filling := uses.Filling{Round: r.ID, Unit: s.Bureau.ID}
			for subject, figures := range january {
				said := reporting.Observation{Subject: have[reporting.Subject](t)(reporting.ParseSubject(subject)), Figures: figures, Origin: reporting.Typed}
				filling.Rows = append(filling.Rows, uses.Filled{Observation: said})
			}
			have[uses.Saved](t)(s.uses.Save(s.head, filling))
		case "2026-M02":
			s.path = "/reports/" + string(r.ID) + "/" + string(s.Bureau.ID)
		}
	}
}

func (s *site) reporter() *webtest.Client { return s.As("reporter", s.Bureau.ID) }

// observation is what stands in a row of the bureau's form.
func (s *site) observation(t testing.TB, subject string) uses.RowView {
	t.Helper()
	for _, row := range s.form(t).Rows {
		if row.Subject.String() == subject {
			return row
		}
	}
	t.Fatalf("the form has no row %s", subject)
	return uses.RowView{}
}

func (s *site) form(t testing.TB) uses.FormView {
	t.Helper()
	for _, r := range have[[]uses.RoundView](t)(s.uses.Rounds(s.office, s.Plan.ID)) {
		if r.Period.Key() == "2026-M02" {
			return have[uses.FormView](t)(s.uses.Form(s.head, r.ID, s.Bureau.ID))
		}
	}
	t.Fatal("there is no round of February")
	return uses.FormView{}
}

// say says something in a row as the head of the bureau.
func (s *site) say(t testing.TB, o reporting.Observation, subject string) {
	t.Helper()
	row := s.observation(t, subject)
	o.Subject, o.Origin = row.Subject, reporting.Typed
	have[uses.Saved](t)(s.uses.Save(s.head, uses.Filling{Round: s.form(t).Round.ID, Unit: s.Bureau.ID, Rows: []uses.Filled{{Observation: o, Seen: row.Revision}}}))
}

func day(month, d int) calendar.Date {
	return calendar.Date{Year: 2026, Month: int8(month), Day: int8(d)}
}

func decimal(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func have[T any](t testing.TB) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// What tests look for in pages.
var (
	fieldNames    = regexp.MustCompile(`name="([a-z]+:[^"]+\|[^"]+)"`)
	evidenceLinks = regexp.MustCompile(`/evidence/[0-9a-f-]{36}`)
)
