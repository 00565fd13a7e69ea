package wall_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/flow"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/wall"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

func day(month, d int8) calendar.Date { return calendar.Date{Year: 2026, Month: month, Day: d} }

// town is a district on 3 August that has reported up to July. Its square has three milestones, and its deadline was moved
// from 31 May to 30 June.
func town(t *testing.T, dsn string) *square {
	t.Helper()
	settled := progresstest.Settle(t, dsn, uses.Room())
	o := &square{settled, uses.New(settled.Core, settled.Files, uses.Options{})}
	ctx := t.Context()
	record, err := o.Store().Commitments().Get(ctx, string(o.Square.ID))
	must(t, err)
	record.Value.Milestones = []ledger.Milestone{
		{Number: 1, Title: "开工", By: day(3, 1)}, {Number: 2, Title: "铺装", By: day(5, 1)}, {Number: 3, Title: "竣工验收", By: day(9, 1)},
	}
	_, err = o.Store().Commitments().Change(ctx, record.Value, record.Revision)
	must(t, err)
	_, err = o.Store().Amendments().Add(ctx, ledger.Amendment{
		ID: store.NewID[ledger.AmendmentID](o.Store()), Plan: o.Plan.ID, Commitment: o.Square.ID, Reason: "管线迁改", State: ledger.Applied, Version: 1,
		Changes:   []ledger.Change{{Field: ledger.DeadlineField, Old: ledger.Content{Date: day(5, 31)}, New: ledger.Content{Date: day(6, 30)}}},
		Effective: day(5, 20), Basis: ledger.Basis{Title: "区政府第12次常务会议纪要"},
	})
	must(t, err)
	o.Clock.On(3, 10)
	must(t, o.Planning.Reach(o.HeadOf(t, o.Fixture.Street.ID), o.Square.ID, 1, day(3, 5), "已开工"))
	o.order(t, o.Square, "望溪广场开工滞后")
	o.Report(t)
	o.order(t, o.Fixture.Commitment, "养老床位建设滞后")
	return o
}

// square is a town with what supervises it.
type square struct {
	*progresstest.Town
	orders *uses.Service
}

// order issues an order about a commitment, which is to be done within 15 working days.
func (o *square) order(t *testing.T, about ledger.Commitment, title string) {
	t.Helper()
	office := o.Office(t.Context())
	drafted, err := o.orders.Draft(office, supervision.Order{
		Kind: supervision.Assign, Title: title, Basis: "区政府第3次常务会议", Requirement: "月底前完成", Lead: about.Lead, Plan: o.Plan.ID,
		Urgency: supervision.Normal, Term: supervision.Term{Days: 15, Unit: flow.Workdays}, Commitments: []ledger.CommitmentID{about.ID},
		Sources: []supervision.Source{{Kind: supervision.FromMeeting, Title: "区政府第3次常务会议纪要"}},
	})
	must(t, err)
	_, err = o.orders.Issue(office, drafted.Order.ID, drafted.Order.Revision)
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func serve(t *testing.T, o *square) *webtest.Site {
	t.Helper()
	return webtest.Serve(t, o.Fixture, wall.New(o.Core, o.Progress, o.Planning, o.orders).Routes()...)
}

func wallOf(o *square, rest string) string { return wall.URL(o.Plan.ID) + rest }

// with is an address with a further parameter.
func with(address, parameter string) string {
	if strings.Contains(address, "?") {
		return address + "&" + parameter
	}
	return address + "?" + parameter
}

func TestTheWallChartShowsThePlanAcrossTheYear(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		o := town(t, dsn)
		site := serve(t, o)
		office := site.Office()
		chart := office.Get(wallOf(o, "")).Want(http.StatusOK, "挂图作战", "共3项", "建成望溪广场", "逾期34天",
			"开工：应于2026年3月1日，已于2026年3月5日完成", "铺装：应于2026年5月1日，未完成", "竣工验收：应于2026年9月1日",
			"时限由2026年5月31日调整为2026年6月30日", "2026年1月1日至2026年12月31日",
			"督〔2026〕1号“望溪广场开工滞后”：待签收，应于2026年3月31日办结，已逾期", "督〔2026〕2号“养老床位建设滞后”")
		for _, part := range []string{`class="sign reached"`, `class="sign missed"`, `class="sign due"`, `class="sign slip"`, `class="today"`, `class="wall-move"`, `bar bar-red`, `class="sign order late"`, `class="sign order"`} {
			if !strings.Contains(chart.Body, part) {
				t.Errorf("the chart does not draw %s", part)
			}
		}
		// 30 June is the 181st day of 365.
		if !strings.Contains(chart.Body, `<svg x="49.589%" y="50%" width="1" height="1" overflow="visible"><path class="sign deadline"`) {
			t.Error("the deadline of 30 June does not stand at its end")
		}
		office.Get(wallOf(o, "?lang=en")).Want(http.StatusOK, "Wall chart", "34 days late", "due 1 Mar 2026, reached 5 Mar 2026")
		office.Get(wallOf(o, "?by=unit&lang=zh-CN")).Want(http.StatusOK, "清河街道办事处", "望溪区民政局")
		office.Get(wallOf(o, "?by=category")).Want(http.StatusOK, "城市更新", "望溪路改造")
		office.Get(wallOf(o, "?view=table")).Want(http.StatusOK, "申请调整时限", "2026年6月30日", "铺装").Lacks("wall-line")
		office.Get(wallOf(o, "?zoom=month&at=2026-09-10")).Want(http.StatusOK, "2026年9月1日至2026年9月30日", "回到今天")
		office.Get(wallOf(o, "?overdue=1")).Want(http.StatusOK, "建成望溪广场", "共1项").Lacks("2026-001")
		office.Get(wallOf(o, "?q=没有")).Want(http.StatusOK, "没有符合筛选条件的事项", "清除筛选")
		office.Get(wallOf(o, "?by=x&zoom=y&at=z&colour=c&page=-3&order=o")).Want(http.StatusOK, "共3项")
		office.Get("/plans/none/wall").Want(http.StatusNotFound)
	})
}

func TestTheWallChartForAMeetingRoomAndForPaper(t *testing.T) {
	o := town(t, storetest.SQLite(t))
	office := serve(t, o).Office()
	office.Get(wallOf(o, "/screen?by=unit")).Want(http.StatusOK, "望溪区2026年工作要点挂图作战图", "截至2026年8月3日", "返回挂图", "建成望溪广场").Lacks("wall-move")
	a3 := office.Get(wallOf(o, "/sheet?paper=a3")).Want(http.StatusOK, "A3 横向", "数据来源：", "节点逾期").Lacks("wall-move")
	if !strings.Contains(a3.Body, "paper-a3") || !strings.Contains(a3.Body, "<tfoot>") {
		t.Error("the sheet has no paper, or no foot")
	}
	office.Get(wallOf(o, "/sheet?paper=a1&apart=1")).Want(http.StatusOK, "paper-a1 paper-apart", "各组连续排")
	office.Get(wallOf(o, "/sheet?paper=b5")).Want(http.StatusOK, "paper-a3")
}

func TestADeadlineIsMovedByAnAmendmentAlone(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		o := town(t, dsn)
		site := serve(t, o)
		head := site.As("unit-head", o.Fixture.Street.ID)
		address := wallOf(o, "/deadline/"+string(o.Square.ID))
		form := head.Get(address+"?to=2026-09-30").Want(http.StatusOK, "申请调整时限", "现在是2026年6月30日", `2026-09-30`)
		typed := url.Values{"seen": {form.Field("seen")}, "by": {"2026-09-30"}, "effective": {"2026-08-03"}, "reason": {""}, "basis.title": {"区政府第15次常务会议纪要"}}
		head.Post(address, typed).Want(http.StatusUnprocessableEntity, "2026-09-30", "区政府第15次常务会议纪要")
		typed.Set("by", "下个月")
		head.Post(address, typed).Want(http.StatusUnprocessableEntity, "下个月")
		typed.Set("by", "2026-09-30")
		typed.Set("reason", "管线迁改推迟，雨季停工。")
		typed.Set("seen", "1")
		head.Post(address, typed).Want(http.StatusConflict, "这条记录已被他人修改", "2026年9月30日", "管线迁改推迟")
		typed.Set("seen", form.Field("seen"))
		head.Post(address, typed) // leads to the page of the amendment, which other pages serve

		record, err := o.Store().Commitments().Get(t.Context(), string(o.Square.ID))
		must(t, err)
		if record.Value.By != day(6, 30) {
			t.Errorf("the deadline moved to %s before anybody approved it", record.Value.By)
		}
		head.Get(wallOf(o, "?view=table")).Want(http.StatusOK, "已申请把时限由2026年6月30日调整为2026年9月30日，尚未生效")
		head.Post(address, typed).Want(http.StatusUnprocessableEntity)
		head.Get(wallOf(o, "/deadline/none")).Want(http.StatusNotFound)
		head.Get("/plans/none/wall/deadline/" + string(o.Square.ID)).Want(http.StatusNotFound)
		site.As("reporter", o.Fixture.Street.ID).Get(address).Want(http.StatusForbidden)
		site.As("unit-head", o.Fixture.Bureau.ID).Post(address, typed).Want(http.StatusForbidden)
	})
}

func TestAMilestoneIsMovedByAnAmendmentToo(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		o := town(t, dsn)
		site := serve(t, o)
		head := site.As("unit-head", o.Fixture.Street.ID)
		address := wallOf(o, "/deadline/"+string(o.Square.ID)+"?milestone=3")
		chart := head.Get(wallOf(o, "?order=by")).Want(http.StatusOK)
		for part, there := range map[string]bool{"?milestone=2": true, "?milestone=1": false, `data-at="0.5"`: true} {
			if strings.Contains(chart.Body, part) != there {
				t.Errorf("the chart has %s: %v; what was reached stays where it is", part, !there)
			}
		}
		head.Get(wallOf(o, "?view=table")).Want(http.StatusOK, "申请调整节点")
		form := head.Get(address+"&to=2026-06-15").Want(http.StatusOK, "申请调整节点", "节点：竣工验收", "现在是2026年9月1日", "2026-06-15")
		typed := url.Values{
			"seen": {form.Field("seen")}, "by": {"2026-07-15"}, "effective": {"2026-08-03"}, "reason": {"石材提前到货。"}, "basis.title": {"区政府第15次常务会议纪要"},
		}
		head.Post(address, typed).Want(http.StatusUnprocessableEntity, "竣工验收", "2026-07-15")
		typed.Set("by", "2026-06-15")
		head.Post(address, typed) // leads to the page of the amendment, which other pages serve

		record, err := o.Store().Commitments().Get(t.Context(), string(o.Square.ID))
		must(t, err)
		if record.Value.Milestones[2].By != day(9, 1) {
			t.Errorf("the milestone moved to %s before anybody approved it", record.Value.Milestones[2].By)
		}
		head.Get(wallOf(o, "?view=table")).Want(http.StatusOK, "已申请把时限由2026年9月1日调整为2026年6月15日，尚未生效")
		head.Get(wallOf(o, "?order=by")).Want(http.StatusOK, `class="sign wish"`)
		head.Get(wallOf(o, "/deadline/"+string(o.Square.ID)+"?milestone=9")).Want(http.StatusNotFound)
	})
}

func TestProjectsShowTheOrdersThatAreOut(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		o := town(t, dsn)
		served := o.Fixture.Commitment
		record, err := o.Store().Commitments().Get(t.Context(), string(served.ID))
		must(t, err)
		record.Value.Project = o.Project.ID
		_, err = o.Store().Commitments().Change(t.Context(), record.Value, record.Revision)
		must(t, err)
		office := serve(t, o).Office()
		office.Get(wallOf(o, "?by=category")).Want(http.StatusOK, "望溪路改造", "督〔2026〕2号“养老床位建设滞后”")
		office.Get(wallOf(o, "?by=category&view=table")).Want(http.StatusOK, "督〔2026〕2号“养老床位建设滞后”")
		serve(t, o).As("unit-head", o.Fixture.Street.ID).Get(wallOf(o, "?by=category")).Want(http.StatusOK)
	})
}
