package assessment_test

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	pages "luoshi/internal/web/assessment"
	"luoshi/internal/web/page"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
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

// town is the pages over the small district, of which the bureau has kept a promise and broken another, and the street
// has kept its only one.
type town struct {
	*webtest.Site
	uses  *uses.Service
	clock *clock
}

var rooms = servicetest.Rooms(catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), progress.Room(), supervision.Room(), uses.Room())

// each runs a test in a town in each database. The day is 1 December 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, settle(t, dsn)) })
}

func settle(t *testing.T, dsn string) *town {
	t.Helper()
	c := &clock{}
	c.on(time.December, 1)
	f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}))
	o := &town{clock: c, uses: uses.New(f.Core, uses.Options{})}
	judges := func(context.Context) ([]page.Option, error) {
		return []page.Option{{Value: "leader", Label: "陈明（分管领导）"}, {Value: "unit-head", Label: "李芳（单位负责人）"}}, nil
	}
	persons := func(_ context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error) {
		names := map[ledger.AccountID]string{"leader": "陈明", "unit-head": "李芳", "supervising-office": "王强"}
		found := map[ledger.AccountID]string{}
		for _, id := range ids {
			found[id] = names[id]
		}
		return found, nil
	}
	o.Site = webtest.Serve(t, f, pages.New(f.Core, o.uses, catalogue.New(f.Core), persons, judges).Routes()...)
	o.publish(t)
	return o
}

// publish brings the plan in force, with the lights that progress would have given its commitments.
func (o *town) publish(t *testing.T) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan, err := s.Plans().Get(ctx, string(o.Plan.ID))
	must(t, err)
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: calendar.Date{Year: 2026, Month: 1, Day: 1}, Basis: "望政发〔2026〕1号"}}
	_, err = s.Plans().Change(ctx, plan.Value, plan.Revision)
	must(t, err)
	project, err := s.Projects().Get(ctx, string(o.Project.ID))
	must(t, err)
	project.Value.Lead = o.Bureau.ID
	_, err = s.Projects().Change(ctx, project.Value, project.Revision)
	must(t, err)
	o.light(t, o.Bureau.ID, "新建社区食堂12家", "blue")
	o.light(t, o.Bureau.ID, "改造望溪路养老服务中心", "red")
	o.light(t, o.Street.ID, "清河沿线环境整治3公里", "blue")
}

// light is a commitment of a unit that was due in June, with its light.
func (o *town) light(t *testing.T, unit ledger.UnitID, title, colour string) {
	t.Helper()
	terms := ledger.CommitmentTerms{
		Title: title, Section: 2, By: calendar.Date{Year: 2026, Month: 6, Day: 30}, Lead: unit, State: ledger.InForce,
	}
	c := o.Promise(o.Store(), terms)
	_, err := o.Store().Commitments().Add(t.Context(), c)
	must(t, err)
	_, err = o.Store().SQL().ExecContext(t.Context(), "INSERT INTO lights (commitment, plan, colour, computed, since, earlier, changes, by_hand, "+
		"said, calendar, gap, stale, body) VALUES ('"+string(c.ID)+"', '"+string(o.Plan.ID)+"', '"+colour+"', '"+colour+
		"', '2026-07-01', '', 1, '', '', '', 0, 0, '{}')")
	must(t, err)
}

// leader, head and street are who decide and who are assessed.
func (o *town) leader() *webtest.Client { return o.As("leader", o.Government.ID) }

func (o *town) head() *webtest.Client { return o.As("unit-head", o.Bureau.ID) }

func (o *town) street() *webtest.Client { return o.person("street-head", "unit-head", o.Street.ID) }

// person is a client of somebody with a name of his own.
func (o *town) person(account ledger.AccountID, role access.Role, unit ledger.UnitID) *webtest.Client {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	actor := o.Rights().Standing(account, o.Today(), []access.Appointment{appointment}, nil)
	return o.Visit(web.Visitor{Session: string(account), Name: string(account), Actor: actor})
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// scheme is the form of a scheme as a browser sends it, with the marks of leaders alone beside completion.
func (o *town) scheme(pairs ...string) url.Values {
	v := form("title", "2026年度目标考核", "from", "2026-01-01", "to", "2026-12-31", "basis", "望政办发〔2026〕3号", "plan", string(o.Plan.ID),
		"group.name", "全区", "group.units", "望溪区民政局\n清河街道办事处", "group.name", "", "group.units", "",
		"measure.title", "承诺办结率", "measure.formula", "completion", "measure.weight", "60", "measure.code", "m1",
		"measure.title", "按时报送率", "measure.formula", "punctual", "measure.weight", "20", "measure.code", "m2",
		"measure.title", "领导评价", "measure.formula", "hand", "measure.weight", "20", "measure.code", "m3",
		"measure.title", "", "measure.formula", "", "measure.weight", "", "measure.code", "",
		"rule.title", "市级以上表彰", "rule.kind", "bonus", "rule.each", "1", "rule.cap", "3", "rule.code", "r1")
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

// step takes a step on the page of an assessment or round, as it stands.
func step(c *webtest.Client, path, action string, pairs ...string) *webtest.Page {
	fields := form("step", action, "seen", c.Get(path).Field("seen"))
	for i := 0; i+1 < len(pairs); i += 2 {
		fields.Set(pairs[i], pairs[i+1])
	}
	return c.Post(path+"/steps", fields)
}

// pathOf is the path of the first link of a page that begins so.
func pathOf(t *testing.T, p *webtest.Page, begins string) string {
	t.Helper()
	_, rest, found := strings.Cut(p.Body, `href="`+begins)
	if !found {
		t.Fatalf("no link begins %s", begins)
	}
	path, _, _ := strings.Cut(rest, `"`)
	return begins + path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
