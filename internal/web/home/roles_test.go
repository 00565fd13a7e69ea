package home_test

import (
	"net/http"
	"testing"

	"luoshi/internal/job"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/operations"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/home"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/webtest"
	"luoshi/ledger/reporting"
)

// inTown serves the first pages of a town that reports.
func inTown(t *testing.T, o *progresstest.Town) *webtest.Site {
	t.Helper()
	queue, err := job.Open(o.Store(), job.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return webtest.Serve(t, o.Fixture, home.New(o.Core, home.Uses{
		Plans: o.Planning, Intake: intake.New(o.Core, o.Files, intake.Options{}), Reporting: o.Reporting, Progress: o.Progress,
		Operations: operations.New(o.Core, operations.Parts{Jobs: queue}),
	}).Routes()...)
}

func TestEachRoleFindsItsDuties(t *testing.T) {
	progresstest.Each(t, func(t *testing.T, o *progresstest.Town) {
		o.Report(t)
		o.Lock(t, o.Fixture.Bureau.ID, 8, "70", reporting.Completed)
		o.Compute(t)
		o.Open(t, 9)
		site := inTown(t, o)
		leader := site.As("leader", o.Fixture.Government.ID)
		leader.Get("/").Want(http.StatusOK, "时间过去", "74%", "各领域", "各牵头单位", "建议过问的五件事", "已逾期未完成", "这是您第一次查看").
			Lacks("待填报", "未报送（")
		leader.Get("/?lang=en").Want(http.StatusOK, "Time gone", "Five things to ask about")
		site.As("reporter", o.Fixture.Bureau.ID).Get("/").Want(http.StatusOK, "待填报", "2026年9月", "还有", "已填 0/").Lacks("时间过去", "待审签、复核")
		site.As("unit-head", o.Fixture.Bureau.ID).Get("/").Want(http.StatusOK, "待填报", "待审签、复核", "本单位 1 项亮灯", "疑点").Lacks("时间过去")
		site.Office().Get("/").Want(http.StatusOK, "未报送（", "已退回待重报（0）", "数据疑点（2）", "待审签、复核", "时间过去")
		site.As("auditor", o.Fixture.Government.ID).Get("/").Want(http.StatusOK).Lacks("时间过去", "待填报", "数据疑点")
	})
}

// What changed is shown until the visit is over, and then counts from that visit on.
func TestTheYearTellsWhatChangedSinceTheLastVisit(t *testing.T) {
	progresstest.Each(t, func(t *testing.T, o *progresstest.Town) {
		o.Lock(t, o.Fixture.Bureau.ID, 1, "20", reporting.UnderWay)
		o.Clock.On(2, 3)
		o.Compute(t)
		leader := inTown(t, o).As("leader", o.Fixture.Government.ID)
		leader.Get("/").Want(http.StatusOK, "这是您第一次查看")
		o.Lock(t, o.Fixture.Bureau.ID, 2, "20", reporting.UnderWay)
		o.Lock(t, o.Fixture.Bureau.ID, 3, "21", reporting.UnderWay)
		o.Clock.On(4, 3)
		o.Compute(t)
		for range 2 {
			leader.Get("/").Want(http.StatusOK, "绿灯 → ", "红灯 2026年4月3日")
		}
		o.Clock.On(4, 4)
		leader.Get("/").Want(http.StatusOK, "2026年4月3日 09:00以来没有变化")
	})
}

func TestTheDeskBeforeAnythingWasReported(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	site := inTown(t, o)
	site.Office().Get("/").Want(http.StatusOK, "还没有亮灯", "设定报送期次", "重新计算")
	site.As("leader", o.Fixture.Government.ID).Get("/").Want(http.StatusOK, "各单位报送、数据锁定后")
	site.As("reporter", o.Fixture.Street.ID).Get("/").Want(http.StatusOK, "目前没有到期要填的报表")
	site.As("unit-head", o.Fixture.Street.ID).Get("/").Want(http.StatusOK, "本单位牵头的事项还没有亮灯", "目前没有等您审签的报送")
}

// The year of a large plan is seen at once on the screen of an office, 768 high.
func TestTheYearIsOnOneScreen(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	o.Grow(t, 14)
	o.Report(t)
	site := inTown(t, o)
	leader := site.As("leader", o.Fixture.Government.ID)
	leader.Get("/").Want(http.StatusOK, "全部 15 个领域", "全部 16 个单位")
	o.Clock.On(9, 1)
	o.Lock(t, o.Fixture.Bureau.ID, 8, "200", reporting.UnderWay)
	o.Compute(t)
	tab := leader.Browse(t)
	for _, lang := range []string{"zh-CN", "en"} {
		tab.Open("/?lang=" + lang)
		tab.Axe()
		tab.Picture("desk-large-" + lang)
		if bottom := webtest.Value[float64](tab, `document.querySelector('.year').getBoundingClientRect().bottom`); bottom > 768 {
			t.Errorf("in %s the year ends %.0f pixels down", lang, bottom)
		}
	}
}

func TestDesksOfRolesInABrowser(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	o.Report(t)
	o.Lock(t, o.Fixture.Bureau.ID, 8, "70", reporting.Completed)
	o.Compute(t)
	o.Open(t, 9)
	site := inTown(t, o)
	for name, client := range map[string]*webtest.Client{
		"leader": site.As("leader", o.Fixture.Government.ID), "office": site.Office(), "head": site.As("unit-head", o.Fixture.Bureau.ID),
		"reporter": site.As("reporter", o.Fixture.Street.ID),
	} {
		tab := client.Browse(t)
		for _, lang := range []string{"zh-CN", "en"} {
			tab.Wide()
			tab.Open("/?lang=" + lang)
			tab.Axe()
			tab.Fits()
			tab.Picture("desk-" + name + "-" + lang)
			tab.Narrow()
			tab.Axe()
			tab.Fits()
			tab.Picture("desk-" + name + "-" + lang + "-narrow")
		}
	}
}
