package progress_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/progress"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/searching"
	"luoshi/internal/web/webtest"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func serve(t *testing.T, o *progresstest.Town) *webtest.Site {
	t.Helper()
	pages := progress.New(o.Core, o.Progress, o.Reporting, o.Catalogue, nil)
	return webtest.Serve(t, o.Fixture, append(pages.Routes(), searching.New(o.Catalogue).Routes()...)...)
}

// each runs a test in a town that has reported up to July, on 3 August.
func each(t *testing.T, test func(t *testing.T, o *progresstest.Town, site *webtest.Site)) {
	t.Helper()
	progresstest.Each(t, func(t *testing.T, o *progresstest.Town) {
		o.Report(t)
		test(t, o, serve(t, o))
	})
}

func lightOf(o *progresstest.Town, part string) string {
	return progress.LightURL(o.Commitment.ID, part)
}

func TestThreeStatusesStandSideBySide(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		office := site.Office()
		office.Get("/lights").Want(http.StatusOK, "单位自报", "数据显示", "时间", "2026-001 新增养老床位 正在推进 红灯 距到期还有150天 2026年12月31日 -25.33",
			"建成望溪广场 未填 红灯（滞后） 已逾期34天", "共 3 项")
		office.Get("/lights?overdue=1").Want(http.StatusOK, "建成望溪广场").Lacks("2026-001")
		office.Get("/lights?unit="+string(o.Fixture.Street.ID)).Want(http.StatusOK, "街道新增养老床位").Lacks("2026-001")
		office.Get("/lights?colour=blue").Want(http.StatusOK, "没有符合条件的事项", "清除筛选")
		office.Get("/lights?area=2&lang=en").Want(http.StatusOK, "The unit says", "Figures show", "Calendar")
		office.Get("/lights?colour=nothing&area=x&turned=never&plan=none&lang=zh-CN").Want(http.StatusOK, "共 3 项")
		// Who has nothing to do with a commitment does not see its light.
		stranger := site.As("administrator", o.Fixture.Government.ID)
		stranger.Get("/lights").Want(http.StatusOK, "还没有印发的计划")
		stranger.Get(lightOf(o, "")).Want(http.StatusForbidden)
	})
}

func TestALightSaysWhyAndWhatItRestsOn(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		shown := site.Office().Get(lightOf(o, "")).Want(http.StatusOK, "为什么是这个颜色", "目标：", "落后", "简明规则", "全年预测", "方法", "往年误差",
			"应完成（张）", "实际（张）", "66", "亮灯变化", "<svg", "数据或时间变化")
		if n := strings.Count(shown.Body, `aria-label="2026年7月的报送"`); n != 1 {
			t.Errorf("%d links lead to what was said for July", n)
		}
		site.As("leader", o.Fixture.Government.ID).Get(lightOf(o, "")).Want(http.StatusOK, "为什么是这个颜色").Lacks("人工设定必须说明理由")
		site.Office().Get(lightOf(o, "?lang=en")).Want(http.StatusOK, "Why this colour", "Forecast of the year", "How it turned")
		site.Office().Get("/lights/none").Want(http.StatusNotFound)
	})
}

func TestALightIsSetByHandWithAReason(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		office := site.Office()
		set := url.Values{"colour": {"yellow"}, "reason": {""}, "until": {"2026-09-30"}}
		office.Post(lightOf(o, "/hand"), set).Want(http.StatusUnprocessableEntity, "人工调整亮灯必须说明理由", "2026-09-30")
		set.Set("reason", "8月2日现场核查，三处院舍已完工待验收")
		set.Set("until", "2026-07-01")
		office.Post(lightOf(o, "/hand"), set).Want(http.StatusUnprocessableEntity, "早于今天", "三处院舍")
		set.Set("until", "2026-09-30")
		office.Post(lightOf(o, "/hand"), set).Want(http.StatusOK, "已人工设定", "至2026年9月30日止", "三处院舍", "按数据计算为", "黄灯")
		office.Get("/lights?hand=1").Want(http.StatusOK, "2026-001", "黄灯 人工", "共 1 项")
		office.Post(lightOf(o, "/lift"), url.Values{"reason": {""}}).Want(http.StatusUnprocessableEntity)
		office.Post(lightOf(o, "/lift"), url.Values{"reason": {"验收未通过"}}).Want(http.StatusOK, "已取消人工设定", "取消人工设定", "验收未通过")
		site.As("leader", o.Fixture.Government.ID).Post(lightOf(o, "/hand"), set).Want(http.StatusForbidden)
	})
}

func TestACommitmentHasAPathOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		office := site.Office()
		first := office.Get(lightOf(o, "/path")).Want(http.StatusOK, "按季度权重", "各季度权重")
		own := url.Values{"seen": {first.Field("seen")}, "kind": {"quarters"}, "q1": {"很多"}, "begins": {""}}
		office.Post(lightOf(o, "/path"), own).Want(http.StatusUnprocessableEntity, "“很多”不是数字")
		own.Set("q1", "10")
		own.Set("q2", "20")
		office.Post(lightOf(o, "/path"), own).Want(http.StatusUnprocessableEntity, "进度安排有误")
		own.Set("q3", "30")
		own.Set("q4", "40")
		office.Post(lightOf(o, "/path"), own).Want(http.StatusOK, "已保存，亮灯将重新计算")
		office.Post(lightOf(o, "/path"), own).Want(http.StatusConflict, "有人修改了这里的设定")
		if got := office.Get(lightOf(o, "/path")).Field("q3"); got != "30" {
			t.Errorf("the third quarter weighs %q", got)
		}
	})
}

func TestARuleIsChosenAmongThoseThatAreQuoted(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		at := "/plans/" + string(o.Plan.ID) + "/rule"
		shown := site.Office().Get(at).Want(http.StatusOK, "银川市", "对完成序时进度项目亮绿灯", "出处：", "执行条款", "瓯海", "三明", "现行")
		for _, rule := range light.Rules() {
			shown.Want(http.StatusOK, rule.Title.ZH)
		}
		site.As("unit-head", o.Fixture.Bureau.ID).Get(at).Want(http.StatusOK, "银川市").Lacks("采用所选规则")
		form := url.Values{"seen": {shown.Field("seen")}, "rule": {"sanming"}, "task-kind": {"milestones"}}
		site.Office().Post(at, url.Values{"seen": {"0"}, "rule": {"none"}}).Want(http.StatusUnprocessableEntity)
		site.Office().Post(at, form).Want(http.StatusOK, "已采用“三明市")
		site.Office().Post(at, form).Want(http.StatusConflict)
		o.Compute(t)
		// The light goes under the name that the rule gives it.
		site.Office().Get(lightOf(o, "")).Want(http.StatusOK, "色督查单")
	})
}

func TestTheTwoTablesOfAnyPeriod(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		o.Send(t, o.Fixture.Bureau.ID, 8, "71", reporting.UnderWay)
		office, at := site.Office(), "/plans/"+string(o.Plan.ID)
		office.Get("/tables?period=2026-M07").Want(http.StatusOK, "指标名称", "单位", "2026年预期目标", "完成数", "增长%", "备注", "66",
			"年度计划投资", "占年度计划比例", "开工率", "合计1项")
		august := office.Get("/tables?period=2026-M08").Want(http.StatusOK, "71", "未锁定", "未锁定数据", "不计入合计")
		if !strings.Contains(august.Body, "not-locked") {
			t.Error("a figure that is not locked is not marked")
		}
		answer := office.Get(at + "/tables/tables.xlsx?period=2026-M07").Want(http.StatusOK)
		file, err := excelize.OpenReader(strings.NewReader(answer.Body))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := file.GetRows(file.GetSheetName(0))
		if err != nil || len(rows) != 2 || rows[1][0] != "养老床位" || rows[1][3] != "66" {
			t.Errorf("%q, %v", rows, err)
		}
		csv := office.Get(at + "/tables/indicators.csv?period=2026-M07").Want(http.StatusOK)
		if !strings.HasPrefix(csv.Body, "\ufeff指标名称") || !strings.Contains(csv.Body, "66") {
			t.Error(csv.Body)
		}
		office.Get(at + "/tables/other.csv?period=2026-M07").Want(http.StatusNotFound)
		office.Get(at + "/tables/tables.xlsx?period=next").Want(http.StatusNotFound)
		if got := site.Entries(t, "exports", at+"/tables/tables.xlsx"); len(got) != 1 {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestFiguresAreExchanged(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		office, at := site.Office(), "/plans/"+string(o.Plan.ID)+"/exchange/"
		data := office.Get(at + "data.json").Want(http.StatusOK)
		if kind := data.Header.Get("Content-Type"); !strings.Contains(kind, "sdmx.data+json") {
			t.Error(kind)
		}
		office.Get(at + "structure.json").Want(http.StatusOK)
		if csv := office.Get(at + "figures.csv").Want(http.StatusOK); !strings.Contains(csv.Body, "66") {
			t.Error(csv.Body)
		}
		office.Get(at + "dictionary.csv").Want(http.StatusOK)
		office.Get(at + "other.json").Want(http.StatusNotFound)
		office.Get("/tables").Want(http.StatusOK, "开放数据", "CSV 数据字典")
	})
}

func TestWhatContradictsItselfIsListed(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		office := site.Office()
		office.Get("/contradictions").Want(http.StatusOK, "没有发现互相矛盾的数据")
		o.Lock(t, o.Fixture.Bureau.ID, 8, "70", reporting.Completed)
		o.Compute(t)
		office.Get("/contradictions").Want(http.StatusOK, "已完成，锁定数据却显示", "望溪区民政局", "请单位说明完成依据", "共 2 处")
		office.Get("/contradictions?kind=no_evidence").Want(http.StatusOK, "没有锁定的佐证材料").Lacks("锁定数据却显示“")
		office.Get("/contradictions?kind=parts_total").Want(http.StatusOK, "没有符合条件的疑点")
		office.Get("/lights?differs=1").Want(http.StatusOK, "与数据不一致", "共 1 项")
	})
}

func TestTheYearOnOneScreen(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		leader := site.As("leader", o.Fixture.Government.ID)
		leader.Get("/progress").Want(http.StatusOK, "时间过去", "59%", "各领域", "民生", "各牵头单位", "建议过问的五件事", "落后序时", "已逾期未完成",
			"建成望溪广场", "这是您第一次查看")
		o.Clock.On(8, 10)
		o.Lock(t, o.Fixture.Bureau.ID, 8, "133", reporting.UnderWay)
		o.Clock.On(9, 3)
		o.Compute(t)
		leader.Get("/progress").Want(http.StatusOK, "上次查看以来的变化").Lacks("这是您第一次查看")
		leader.Get("/progress?lang=en").Want(http.StatusOK, "Time gone", "Five things to ask about")
	})
}

func TestBeforeAnythingWasReported(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	site := serve(t, o)
	site.Office().Get("/progress").Want(http.StatusOK, "还没有亮灯", "设定报送期次", "重新计算")
	site.As("leader", o.Fixture.Government.ID).Get("/progress").Want(http.StatusOK, "各单位报送、数据锁定后").Lacks("重新计算")
	site.Office().Get("/lights").Want(http.StatusOK, "还没有亮灯", "重新计算")
	site.Office().Get("/contradictions").Want(http.StatusOK, "还没有亮灯")
	site.Office().Get("/tables").Want(http.StatusOK, "养老床位", "未报送")
	site.Public().Get("/lights").Want(http.StatusOK, "还没有印发的计划")
	site.Office().Post("/plans/"+string(o.Plan.ID)+"/lights", url.Values{}).Want(http.StatusOK, "已重新计算：3 项亮灯")
}

func TestTheListGoesOutAndViewsAreKept(t *testing.T) {
	each(t, func(t *testing.T, o *progresstest.Town, site *webtest.Site) {
		office := site.Office()
		answer := office.Get("/lights.xlsx?colour=red").Want(http.StatusOK)
		file, err := excelize.OpenReader(strings.NewReader(answer.Body))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := file.GetRows(file.GetSheetName(0))
		if err != nil || len(rows) < 2 || rows[0][2] != "单位自报" || rows[0][3] != "数据显示" || rows[0][6] != "时间" {
			t.Errorf("%q, %v", rows, err)
		}
		if got := site.Entries(t, "exports", "/lights"); len(got) != 1 {
			t.Errorf("the log has %v", got)
		}
		office.Post("/views", url.Values{"list": {"/lights"}, "query": {"colour=red"}, "name": {"红灯事项"}}).Want(http.StatusOK, "已保存视图“红灯事项”")
	})
}

func TestWhoMayOpenWhat(t *testing.T) {
	serve(t, progresstest.Settle(t, storetest.SQLite(t))).Matrix(t)
}
