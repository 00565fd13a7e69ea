package assessment_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service"
	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
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

func (c *clock) on(month, day int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = time.Date(2026, time.Month(month), day, 9, 0, 0, 0, service.Zone())
}

// town is a district whose year is being assessed. The bureau has kept one of its two promises; the street has reported
// late once and was returned a form once.
type town struct {
	*servicetest.Fixture
	*uses.Service
	clock                             *clock
	office, other, leader, head, town context.Context
	told                              []message.Notice
}

var rooms = servicetest.Rooms(catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), progress.Room(), supervision.Room(), livelihood.Room(), uses.Room())

// each runs a test in a town in each database. The day is 1 December 2026.
func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(12, 1)
		f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}))
		ctx := t.Context()
		o := &town{Fixture: f, clock: c}
		o.Service = uses.New(f.Core, uses.Options{Tell: o.hear})
		o.office, o.leader, o.head = f.Office(ctx), f.As(ctx, "leader", f.Government.ID), f.As(ctx, "unit-head", f.Bureau.ID)
		o.other = f.AsAccount(ctx, "second-officer", "supervising-office", f.Government.ID)
		o.town = f.AsAccount(ctx, "street-head", "unit-head", f.Street.ID)
		o.settle(t)
		test(t, o)
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// settle publishes the plan and writes lights, submissions and orders, as their own rooms would.
func (o *town) settle(t *testing.T) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	plan, err := s.Plans().Get(ctx, string(o.Plan.ID))
	must(t, err)
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: calendar.Date{Year: 2026, Month: 1, Day: 1}, Basis: "望政发〔2026〕1号"}}
	_, err = s.Plans().Change(ctx, plan.Value, plan.Revision)
	must(t, err)
	june := calendar.Date{Year: 2026, Month: 6, Day: 30}
	for i, unit := range []ledger.UnitID{o.Bureau.ID, o.Bureau.ID, o.Street.ID} {
		terms := ledger.CommitmentTerms{Title: "任务" + string(rune('A'+i)), Section: 2, By: june, Lead: unit, State: ledger.InForce}
		c := o.Promise(s, terms)
		_, err := s.Commitments().Add(ctx, c)
		must(t, err)
		colour, gap := "blue", "12.5"
		if i == 1 {
			colour, gap = "red", "-30"
		}
		o.sql(t, "INSERT INTO lights VALUES ('"+string(c.ID)+"', '"+string(o.Plan.ID)+"', '"+colour+"', '"+colour+
			"', '2026-07-01', '', 1, '', '', '', 0, 0, '{\"light\":{\"colour\":\""+colour+"\",\"gap\":\""+gap+"\"}}')")
	}
	plan2026 := string(o.Plan.ID)
	o.sql(t, "INSERT INTO rounds (id, revision, plan, period, ends, opens, due, closes, state, by_hand) VALUES ('r', 1, '"+plan2026+
		"', '2026-M03', '2026-03-31', '2026-03-25', '2026-04-05', '2026-04-10', 'closed', FALSE)")
	for unit, late := range map[ledger.UnitID]string{o.Bureau.ID: "FALSE", o.Street.ID: "TRUE"} {
		o.sql(t, "INSERT INTO submissions (id, revision, round, plan, period, ends, unit, state, asked, filled, warnings, statistics, late, "+
			"sent, updated, returned, form, burden) VALUES ('s-"+string(unit)+"', 1, 'r', '"+plan2026+"', '2026-M03', '2026-03-31', '"+string(unit)+
			"', 'locked', 3, 3, 0, FALSE, "+late+", '2026-04-01T00:00:00.000000Z', '2026-04-01T00:00:00.000000Z', '', '', '')")
	}
	o.sql(t, "INSERT INTO flow_cases (kind, object, flow, version, begun, state) VALUES ('submissions', 's-"+string(o.Street.ID)+
		"', 'submission', 1, '2026-03-25', 'locked')")
	o.sql(t, "INSERT INTO flow_steps (kind, object, number, action, role, account, on_day, at_time, facts, reason, days) VALUES ('submissions', 's-"+
		string(o.Street.ID)+"', 1, 'return', 'reviewer', 'x', '2026-04-02', '2026-04-02T00:00:00.000000Z', '[]', '重填', 0)")
	for id, rest := range map[string]string{
		"o1": "'closed', '2026-05-06', '2026-05-20', '2026-05-29', FALSE, FALSE",  // replied to in time
		"o2": "'handling', '2026-06-01', '2026-09-01', '2026-06-30', FALSE, TRUE", // and late
		"o3": "'cancelled', '2026-06-01', '', '2026-06-30', FALSE, FALSE",         // taken back
	} {
		o.sql(t, "INSERT INTO orders (id, revision, number, kind, plan, title, lead, urgency, sheet, drafter, drafted, signed, ended, sign_due, "+
			"interim_due, paused, estimated, signed_late, updated, body, state, issued, replied, due, running, replied_late) VALUES ('"+id+
			"', 1, '"+id+"', 'assign', '"+plan2026+"', '督办事项', '"+string(o.Bureau.ID)+"', 'normal', '', 'x', '2026-05-06T00:00:00.000000Z', '', '', '', "+
			"'', FALSE, FALSE, FALSE, '2026-05-06T00:00:00.000000Z', '{}', "+rest+")")
	}
}

func (o *town) sql(t *testing.T, statement string) {
	t.Helper()
	if _, err := o.Store().SQL().ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// begin makes the usual assessment, adopted by the leader.
func (o *town) begin(t *testing.T) uses.ID {
	t.Helper()
	scheme, err := o.Usual(o.office, o.Plan.ID)
	must(t, err)
	scheme.Basis = "望政办发〔2026〕3号"
	a, err := o.Create(o.office, o.Plan.ID, scheme)
	must(t, err)
	o.steps(o.office, t, a.ID, "submit")
	o.steps(o.leader, t, a.ID, "adopt")
	return a.ID
}

func (o *town) steps(who context.Context, t *testing.T, id uses.ID, steps ...string) {
	t.Helper()
	for _, step := range steps {
		if _, err := o.Take(who, id, uses.Step{Action: step, Reason: "见会议纪要"}, 0); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
}

func (o *town) judge(t *testing.T, id uses.ID, unit ledger.UnitID, points int64) {
	t.Helper()
	must(t, o.Give(o.leader, id, assessment.Entry{Unit: unit, Item: "m8", Points: ledger.Int(points), Why: "全年表现", Basis: "区长办公会纪要〔2026〕12期"}))
}

func (o *town) score(who context.Context, t *testing.T, id uses.ID, unit ledger.UnitID) assessment.Score {
	t.Helper()
	v, err := o.Assessment(who, id)
	must(t, err)
	score, there := v.Result.Of(unit)
	if !there {
		t.Fatalf("there is no score of %s", unit)
	}
	return score
}

func hasCode(t *testing.T, err error, code string) {
	t.Helper()
	if !service.HasCode(err, code) {
		t.Errorf("%v, want %s", err, code)
	}
}

func refused(t *testing.T, err error) {
	t.Helper()
	var r *service.Refused
	if !errors.As(err, &r) {
		t.Errorf("%v, want a refusal", err)
	}
}

func TestAYearIsAssessed(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id := o.begin(t)
		_, err := o.Take(o.office, id, uses.Step{Action: "announce"}, 0)
		hasCode(t, err, "flow.not-now")
		o.steps(o.office, t, id, "compute")
		_, err = o.Take(o.office, id, uses.Step{Action: "announce"}, 0)
		hasCode(t, err, "flow.guarded") // nobody has judged yet
		o.judge(t, id, o.Bureau.ID, 90)
		o.judge(t, id, o.Street.ID, 80)
		// The bureau: half of 35, half of 15, all of 10 and 5, half of 10 and 5, 90% of 10, over 90 without the tour.
		bureau := o.score(o.office, t, id, o.Bureau.ID)
		if line, _ := bureau.Line("m7"); !line.Idle {
			t.Error("there was no tour")
		}
		want := map[string]string{"m1": "19.45", "m2": "8.34", "m3": "11.11", "m4": "5.56", "m5": "5.56", "m6": "2.78", "m8": "10.00"}
		for item, points := range want {
			if line, _ := bureau.Line(item); line.Points.String() != points {
				t.Errorf("%s gives %s of %s, want %s", item, line.Points, line.Weight, points)
			}
		}
		kept, _ := bureau.Line("m1")
		if len(kept.Inputs) != 2 || len(kept.Inputs[1].Sources) != 2 || kept.Inputs[1].Sources[0].Kind != "commitments" {
			t.Errorf("what was promised is %+v", kept.Inputs)
		}
		street := o.score(o.office, t, id, o.Street.ID)
		if punctual, _ := street.Line("m3"); punctual.Share.String() != "0.00" || punctual.Part.String() != "1" {
			t.Errorf("the street was late: %+v", punctual)
		}
		if once, _ := street.Line("m4"); once.Share.String() != "0.00" {
			t.Errorf("the street was returned a form: %+v", once)
		}
		_, err = o.Assessment(o.head, id)
		refused(t, err) // not yet
		o.steps(o.office, t, id, "announce")
		o.score(o.head, t, id, o.Bureau.ID)
		v, err := o.Assessment(o.head, id)
		must(t, err)
		if len(v.Result.Scores) != 1 || len(v.Entries) != 0 {
			t.Errorf("a head sees his own unit alone: %d scores, %d entries", len(v.Result.Scores), len(v.Entries))
		}
		_, err = o.Take(o.office, id, uses.Step{Action: "conclude"}, 0)
		hasCode(t, err, "flow.guarded") // units may still appeal
		o.clock.on(12, 15)
		o.steps(o.office, t, id, "conclude")
		o.steps(o.leader, t, id, "confirm")
		o.steps(o.office, t, id, "publish")
		if o.score(o.head, t, id, o.Street.ID).Rank != 1 {
			t.Error("everybody sees what was published")
		}
		if got := strings.Join(o.Entries(t, uses.Kind, string(id)), " "); strings.Count(got, "assessment.score") != 2 ||
			!strings.HasSuffix(got, "assessment.confirm assessment.publish") {
			t.Errorf("the log says %s", got)
		}
	})
}

func TestAnAcceptedAppealChangesThePoints(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id := o.begin(t)
		o.steps(o.office, t, id, "compute")
		o.judge(t, id, o.Bureau.ID, 90)
		o.judge(t, id, o.Street.ID, 80)
		o.steps(o.office, t, id, "announce")
		appeal := uses.Appeal{Unit: o.Street.ID, Item: "m3", Text: "3月份系统停机，报表当日传真送达", Basis: "停机公告"}
		refused(t, o.Appeal(o.head, id, appeal)) // for another unit
		must(t, o.Appeal(o.town, id, appeal))
		hasCode(t, o.Appeal(o.town, id, appeal), "appeal.open")
		v, err := o.Assessment(o.town, id)
		must(t, err)
		if len(v.Appeals) != 1 || v.Appeals[0].State != uses.Waiting {
			t.Fatalf("the appeals are %+v", v.Appeals)
		}
		if v, err := o.Assessment(o.head, id); err != nil || len(v.Appeals) != 0 {
			t.Errorf("another unit sees %d appeals, %v", len(v.Appeals), err)
		}
		waiting := v.Appeals[0]
		yes := uses.Decision{Accept: true, Answer: "情况属实", Part: ledger.Int(0), Whole: ledger.Int(1)}
		refused(t, o.Decide(o.town, id, waiting.ID, yes, 1))
		wrong := yes
		wrong.Part = ledger.Int(2)
		hasCode(t, o.Decide(o.office, id, waiting.ID, wrong, 1), "appeal.correction")
		o.clock.on(12, 15)
		_, err = o.Take(o.office, id, uses.Step{Action: "conclude"}, 0)
		hasCode(t, err, "flow.guarded") // an appeal waits
		before := o.score(o.office, t, id, o.Street.ID)
		must(t, o.Decide(o.office, id, waiting.ID, yes, 1))
		hasCode(t, o.Decide(o.other, id, waiting.ID, yes, 2), "appeal.decided")
		after := o.score(o.town, t, id, o.Street.ID)
		line, _ := after.Line("m3")
		if after.Total.Cmp(before.Total) <= 0 || line.Corrected == nil || line.Corrected.Why != "情况属实" || line.Share.String() != "100.00" {
			t.Errorf("from %s to %s: %+v", before.Total, after.Total, line)
		}
		hasCode(t, o.Appeal(o.town, id, appeal), "appeal.closed")
		o.steps(o.office, t, id, "conclude")
		hasCode(t, o.Appeal(o.town, id, appeal), "appeal.shut")
	})
}

func TestASchemeIsTriedBeforeItIsAdopted(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		scheme, err := o.Usual(o.office, o.Plan.ID)
		must(t, err)
		_, err = o.Create(o.office, o.Plan.ID, scheme)
		hasCode(t, err, "assessment.unsound") // no basis
		scheme.Basis, scheme.Groups = "望政办发〔2026〕3号", []assessment.Group{{Name: "全区", Units: scheme.Units()}}
		_, err = o.Create(o.head, o.Plan.ID, scheme)
		refused(t, err)
		a, err := o.Create(o.office, o.Plan.ID, scheme)
		must(t, err)
		tried, err := o.Simulate(o.office, a.ID, map[string]ledger.Decimal{"m1": ledger.Int(5), "m3": ledger.Int(40)})
		must(t, err)
		if len(tried.Shifts) != 2 || tried.Moved != 2 || tried.Shifts[0].Unit != o.Bureau.ID || tried.Shifts[0].Was != 2 {
			t.Errorf("reporting in time brings the bureau forward: %+v", tried.Shifts)
		}
		_, err = o.Simulate(o.office, a.ID, map[string]ledger.Decimal{"m1": ledger.Int(5)})
		hasCode(t, err, "assessment.unsound") // not 100 any more
		_, err = o.Simulate(o.leader, a.ID, nil)
		refused(t, err)
		scheme.Title = "2026年度综合考核"
		a, err = o.SaveScheme(o.office, a.ID, scheme, a.Revision)
		must(t, err)
		if _, err := o.SaveScheme(o.office, a.ID, scheme, a.Revision-1); !store.IsConflict(err) {
			t.Errorf("somebody else has changed it: %v", err)
		}
		o.steps(o.office, t, a.ID, "submit")
		_, err = o.SaveScheme(o.office, a.ID, scheme, 0)
		hasCode(t, err, "assessment.fixed")
		both := o.AsAccount(t.Context(), "supervising-office", "leader", o.Government.ID)
		_, err = o.Take(both, a.ID, uses.Step{Action: "adopt"}, 0)
		hasCode(t, err, "flow.same-actor")
		hasCode(t, o.Give(o.office, a.ID, assessment.Entry{}), "entry.closed")
		if list, err := o.Assessments(o.head); err != nil || len(list) != 0 {
			t.Errorf("a head sees %d schemes, %v", len(list), err)
		}
	})
}

func TestPointsAreGivenWithABasisAndWithdrawnWithAReason(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id := o.begin(t)
		bonus := assessment.Entry{Unit: o.Bureau.ID, Item: "r1", Points: ledger.Int(1), Why: "市级表彰", Basis: "石政办通〔2026〕8号"}
		hasCode(t, o.Give(o.office, id, assessment.Entry{Unit: o.Bureau.ID, Item: "r1", Points: ledger.Int(2)}), "entry.unsound")
		refused(t, o.Give(o.head, id, bonus))
		must(t, o.Give(o.office, id, bonus))
		o.judge(t, id, o.Bureau.ID, 90)
		mark := assessment.Entry{Unit: o.Bureau.ID, Item: "m8", Points: ledger.Int(95), Why: "全年表现", Basis: "纪要"}
		hasCode(t, o.Give(o.leader, id, mark), "entry.twice")
		must(t, o.Give(o.other, id, mark))
		o.steps(o.office, t, id, "compute")
		score := o.score(o.office, t, id, o.Bureau.ID)
		if line, _ := score.Line("m8"); line.Share.String() != "92.50" {
			t.Errorf("two judges give %s", line.Share)
		}
		given, _ := score.Line("r1")
		hasCode(t, o.Withdraw(o.office, id, given.Entries[0].ID, " "), "reason.missing")
		must(t, o.Withdraw(o.office, id, given.Entries[0].ID, "表彰文件已撤销"))
		hasCode(t, o.Withdraw(o.office, id, given.Entries[0].ID, "再撤"), "entry.withdrawn")
		after := o.score(o.office, t, id, o.Bureau.ID)
		if line, _ := after.Line("r1"); line.Points.Sign() != 0 || after.Total.Cmp(score.Total) >= 0 {
			t.Errorf("the bonus is gone: %+v", line)
		}
		v, err := o.Assessment(o.office, id)
		must(t, err)
		if len(v.Entries) != 3 || v.Entries[0].Withdrawn != "表彰文件已撤销" {
			t.Errorf("what was withdrawn stays in sight: %+v", v.Entries)
		}
	})
}

func TestWhatAMergedUnitDidIsThatOfItsHeir(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		street, err := o.Store().Units().Get(t.Context(), string(o.Street.ID))
		must(t, err)
		must(t, o.Store().Units().Changed(t.Context(), ledger.UnitChange{
			Unit: o.Street.ID, On: calendar.Date{Year: 2026, Month: 9, Day: 1}, Kind: ledger.Merged, Into: []ledger.UnitID{o.Bureau.ID}, Basis: "望编发〔2026〕2号",
		}, street.Revision))
		id := o.begin(t)
		o.steps(o.office, t, id, "compute")
		score := o.score(o.office, t, id, o.Bureau.ID)
		if line, _ := score.Line("m3"); line.Share.String() != "50.00" || len(line.Inputs) != 4 {
			t.Errorf("the form of the street was late: %+v", line)
		}
	})
}
