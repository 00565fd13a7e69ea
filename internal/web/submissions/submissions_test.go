package submissions_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func TestWhoMayComeByWhichRoute(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}

// settings are the fields of the form of settings, as a browser sends them untouched.
func settings(body string) map[string][]string {
	fields := map[string][]string{}
	for _, m := range regexp.MustCompile(`<input[^>]*>`).FindAllString(body, -1) {
		name, value := attribute(m, "name"), attribute(m, "value")
		if name == "" || strings.Contains(m, `type="radio"`) && !strings.Contains(m, " checked") || strings.Contains(m, `type="checkbox"`) && !strings.Contains(m, " checked") {
			continue
		}
		fields[name] = append(fields[name], value)
	}
	for _, m := range regexp.MustCompile(`(?s)<select[^>]*name="([^"]+)".*?</select>`).FindAllStringSubmatch(body, -1) {
		chosen := regexp.MustCompile(`<option value="([^"]*)" selected`).FindStringSubmatch(m[0])
		if chosen == nil {
			chosen = []string{"", ""}
		}
		fields[m[1]] = append(fields[m[1]], chosen[1])
	}
	return fields
}

func attribute(element, name string) string {
	if m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(element); m != nil {
		return m[1]
	}
	return ""
}

func TestTheYearIsSetUp(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		office.Get("/rounds").Want(http.StatusOK, "还没有报送期次", "设置报送")
		path := "/rounds/settings?plan=" + o.plan
		page := office.Get(path).Want(http.StatusOK, "每月25日前报送", "盘锦市", "鄂温克族自治旗", "新增养老床位", "推进望溪路养老服务中心改造")
		beds := reporting.IndicatorSubject(o.Indicator.ID).String()

		bad := settings(page.Body)
		bad["month.preset"], bad["month.opens"], bad["from"] = []string{"own"}, []string{"五"}, []string{"昨天"}
		office.Post("/rounds/settings", bad).Want(http.StatusUnprocessableEntity, "“五”不是整数", "“昨天”不是日期", `value="五"`)
		unsound := settings(page.Body)
		unsound["month.preset"], unsound["month.closes"] = []string{"own"}, []string{"99"}
		office.Post("/rounds/settings", unsound).Want(http.StatusUnprocessableEntity, `value="99"`)
		if rounds := have[[]uses.RoundView](t)(o.uses.Rounds(o.office(t), o.Plan.ID)); len(rounds) != 0 {
			t.Errorf("settings that are refused plan %d rounds", len(rounds))
		}

		good := settings(page.Body)
		good["month.preset"] = []string{"month-by-25"}
		good["kind.task"] = []string{""}
		good["add"], good["add.frequency"] = []string{beds}, []string{"quarter"}
		good["statistics.unit"], good["statistics"] = []string{string(o.Street.ID)}, []string{string(o.Indicator.ID)}
		good["from"] = []string{"2026-03-01"}
		office.Post("/rounds/settings", good).Want(http.StatusOK, "已保存", "2026年3月", "2026年第一季度").Lacks("2026年2月</a>")
		saved := have[store.Record[uses.Settings]](t)(o.uses.Settings(o.office(t), o.Plan.ID)).Value
		if s := saved.Asking; s.Exceptions[reporting.IndicatorSubject(o.Indicator.ID)] != reporting.Quarterly || s.StatisticsUnit != o.Street.ID || len(s.Statistics) != 1 || s.Kinds[reporting.OfTask] != "" {
			t.Errorf("asked is %+v", s)
		}
		if saved.Schedules[0].Day != 25 || saved.From != day(3, 1) {
			t.Errorf("saved is %+v", saved)
		}
		// Somebody who had opened the form before sees both sides.
		late := settings(page.Body)
		late["kind.task"] = []string{"year"}
		office.Post("/rounds/settings", late).Want(http.StatusConflict, "这条记录已被他人修改", "年报", "不要求报送")

		again := settings(office.Get(path).Want(http.StatusOK, "按类别").Body)
		again["exception.frequency"] = []string{"-"}
		office.Post("/rounds/settings", again).Want(http.StatusOK, "已保存")
		if s := have[store.Record[uses.Settings]](t)(o.uses.Settings(o.office(t), o.Plan.ID)).Value.Asking; len(s.Exceptions) != 0 {
			t.Errorf("the exception stays: %+v", s)
		}
	})
}

func TestARoundByHand(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		office := o.Office()
		rounds := have[[]uses.RoundView](t)(o.uses.Rounds(o.office(t), o.Plan.ID))
		path := "/rounds/" + string(rounds[0].ID)
		page := office.Get(path).Want(http.StatusOK, "本期尚未开启", "提前开启")
		revision := page.Field("seen")
		office.Post(path+"/dates", form("seen", revision, "opens", "2026-01-20", "due", "2026-01-10", "closes", "2026-02-10")).
			Want(http.StatusOK, "设置有误")
		office.Post(path+"/dates", form("seen", revision, "opens", "某日", "due", "2026-01-10", "closes", "2026-02-10")).
			Want(http.StatusOK, "某日")
		office.Post(path+"/dates", form("seen", revision, "opens", "2026-01-20", "due", "2026-02-09", "closes", "2026-02-12")).
			Want(http.StatusOK, "已改定2026年1月的日期", "2026年2月9日")
		office.Post(path+"/open", form("seen", revision)).Want(http.StatusOK, "他人已先行处理")
		revision = office.Get(path).Field("seen")
		office.Post(path+"/open", form("seen", revision)).Want(http.StatusOK, "已开启2026年1月的报送", "望溪区民政局", "全部催报")
		office.Post(path+"/remind", form()).Want(http.StatusOK, "请先勾选")
		office.Post(path+"/remind", form("one", string(o.Bureau.ID))).Want(http.StatusOK, "已催报1家")
		office.Post(path+"/remind", form("all", "1")).Want(http.StatusOK, "已催报1家")
		office.Post(path+"/remind", form("unit", string(o.Bureau.ID))).Want(http.StatusOK, "没有要催报的单位")
		o.clock.on(time.February, 11)
		office.Get(path+"?state=overdue").Want(http.StatusOK, "望溪区民政局", "逾期未报")
		office.Get(path+"?state=locked").Want(http.StatusOK, "没有符合条件的单位")
		office.Get("/rounds").Want(http.StatusOK, "报送中", "2026年12月")
		office.Get(path+"/burden").Want(http.StatusOK, "本期共要求填报", "合计")
		file := office.Get(path + "/board.xlsx?state=overdue").Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "PK") {
			t.Errorf("the export is %q", file.Header)
		}
		revision = office.Get(path).Field("seen")
		office.Post(path+"/close", form("seen", revision)).Want(http.StatusOK, "已关闭2026年1月的报送", "已截止").Lacks("提前关闭")
		o.As("reporter", o.Bureau.ID).Get(path).Want(http.StatusOK).Lacks("改期", "全部催报", "望溪街道")
	})
}

func TestTheQueue(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.Office().Get("/approvals").Want(http.StatusOK, "没有待办的审批")
		round := o.month(t, 1)
		bureau, street := o.report(t, round, o.Bureau.ID, 20), o.report(t, round, o.Street.ID, 5)
		head := o.head()
		head.Get("/approvals").Want(http.StatusOK, "望溪区民政局", "待单位审签", "审签所选", "退回所选")
		head.Post("/approvals", form("step", "approve")).Want(http.StatusUnprocessableEntity, "请先勾选")
		head.Post("/approvals", form("step", "return", "id", string(street))).
			Want(http.StatusUnprocessableEntity, "请写明退回原因", `value="`+string(street)+`" checked`)
		head.Post("/approvals", form("step", "return", "id", string(street), "reason", "床位数与民政系统不符")).
			Want(http.StatusOK, "已办理1份：")
		// One of two cannot be signed any more: each is listed with what became of it.
		head.Post("/approvals", form("step", "approve", "id", string(bureau), "id", string(street))).
			Want(http.StatusUnprocessableEntity, "已办理1份，未办理1份", "待复核", "未办理")
		head.Get("/submissions/"+string(street)).Want(http.StatusOK, "床位数与民政系统不符", "未锁定")
		office := o.Office()
		office.Get("/approvals?state=approved").Want(http.StatusOK, "复核通过所选", "望溪区民政局")
		office.Get("/approvals?state=reviewed").Want(http.StatusOK, "这一步没有待办")
		office.Post("/approvals", form("one", "review:"+string(bureau), "state", "approved")).Want(http.StatusOK, "已办理1份", "没有待办的审批")
		o.person("other", "reporter", o.Street.ID).Post("/approvals", form("step", "lock", "id", string(bureau))).Want(http.StatusUnprocessableEntity, "未办理")
	})
}

func TestTheStatisticsOfficeHasItsWord(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		settings := uses.UsualSettings()
		settings.Asking.Kinds[reporting.OfTask] = reporting.Monthly
		settings.Asking.Statistics, settings.Asking.StatisticsUnit = []ledger.IndicatorID{o.Indicator.ID}, o.Street.ID
		have[store.Record[uses.Settings]](t)(o.uses.SaveSettings(o.office(t), o.Plan.ID, settings, 0))
		id := string(o.report(t, o.month(t, 1), o.Bureau.ID, 20))
		o.head().Post("/approvals", form("one", "approve:"+id)).Want(http.StatusOK, "已办理1份")
		statistician := o.person("statistician", "reporter", o.Street.ID)
		statistician.Get("/approvals").Want(http.StatusOK, "待统计部门核定", "统计核定所选", "统计退回所选")
		statistician.Get("/submissions/"+id).Want(http.StatusOK, "须统计部门核定", "统计核定")
		statistician.Post("/approvals", form("step", "dispute", "id", id)).Want(http.StatusUnprocessableEntity, "请写明退回原因")
		o.Office().Post("/approvals", form("step", "review", "id", id)).Want(http.StatusUnprocessableEntity, "未办理1份")
		statistician.Post("/approvals", form("step", "confirm", "id", id)).Want(http.StatusOK, "已办理1份", "没有待办的审批")
		o.Office().Post("/approvals", form("step", "review", "id", id)).Want(http.StatusOK, "已办理1份")
	})
}

func TestOneSubmission(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		first := o.report(t, o.month(t, 1), o.Bureau.ID, 20)
		o.lock(t, 1, first)
		second := o.report(t, o.month(t, 2), o.Bureau.ID, 50)
		path := "/submissions/" + string(second)
		head := o.head()
		head.Get(path).Want(http.StatusOK, "未锁定", "+10（+50.0%）", "已开工3处", "雨季施工放缓", "核实说明", "40", "填报人：", "提交报送")
		head.Get(path+"/brief").Want(http.StatusOK, "+10（+50.0%）")
		head.Post(path+"/steps", form("step", "return", "reason", "")).Want(http.StatusUnprocessableEntity)
		head.Post(path+"/steps", form("step", "approve", "back", "/approvals")).Want(http.StatusOK, "已办理，现状态：待复核")
		head.Post(path+"/steps", form("step", "approve")).Want(http.StatusUnprocessableEntity)
		o.As("reporter", o.Street.ID).Get(path).Want(http.StatusForbidden)
		o.Office().Get("/submissions/"+string(first)).Want(http.StatusOK, "已锁定", "系统自动", "申请更正").Lacks("不计入汇总")
	})
}

func TestACorrection(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		first := o.report(t, o.month(t, 1), o.Bureau.ID, 20)
		o.lock(t, 1, first)
		o.lock(t, 2, o.report(t, o.month(t, 2), o.Bureau.ID, 50))
		head, office := o.head(), o.Office()
		head.Get("/corrections").Want(http.StatusOK, "还没有更正")
		beds := reporting.IndicatorSubject(o.Indicator.ID).String()
		bureau := o.person("bureau-head", "unit-head", o.Bureau.ID)
		bureau.Get("/corrections/new?submission="+string(first)+"&subject="+beds).Want(http.StatusOK, "现为：20", "更正原因", "依据文件")
		wish := form("submission", string(first), "subject", beds, "given", "cumulative", "value", "二十几", "note", "已开工3处",
			"deviation", "雨季施工放缓", "reason", "漏报4张", "basis", "望民发〔2026〕7号")
		bureau.Post("/corrections", wish).Want(http.StatusUnprocessableEntity, `value="二十几"`, "漏报4张")
		wish.Set("value", "20")
		bureau.Post("/corrections", wish).Want(http.StatusUnprocessableEntity)
		wish.Set("value", "24")
		made := bureau.Post("/corrections", wish).Want(http.StatusOK, "已提交更正申请", "批准后将重新推算的各期", "2026年2月", "待审批", "<del>30</del>", ">26<")
		path := strings.SplitN(made.Path, "?", 2)[0]
		bureau.Post("/corrections", wish).Want(http.StatusUnprocessableEntity, "已有一项更正待审批")
		office.Get("/approvals").Want(http.StatusOK, "待审批的更正", "漏报4张")
		office.Get("/corrections?state=proposed").Want(http.StatusOK, "养老床位", "<del>20张</del>", "24张")
		office.Get("/corrections?state=refused").Want(http.StatusOK, "没有符合条件的更正")
		revision := office.Get(path).Field("seen")
		office.Post(path+"/steps", form("step", "refuse", "seen", revision, "reason", "")).Want(http.StatusUnprocessableEntity)
		office.Post(path+"/steps", form("step", "approve", "seen", "99")).Want(http.StatusConflict, "他人已先行处理")
		office.Post(path+"/steps", form("step", "approve", "seen", revision)).Want(http.StatusOK, "以后1期的数已重新推算", "重新推算的各期", "已更正")
		office.Get("/submissions/"+string(first)).Want(http.StatusOK, "已更正", "24")
		o.As("reporter", o.Street.ID).Get(path).Want(http.StatusForbidden)
	})
}

// A correction of what stands in the way and of what was reached, with the file that it rests on.
func TestACorrectionOfMoreThanFigures(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		first := o.report(t, o.month(t, 1), o.Bureau.ID, 20)
		o.lock(t, 1, first)
		bureau := o.person("bureau-head", "unit-head", o.Bureau.ID)
		task := o.taskOf(t, o.Bureau.ID)
		asked := bureau.Get("/corrections/new?submission="+string(first)+"&subject="+task).Want(http.StatusOK, "存在问题1", "请求协调单位1", "依据文件原件")
		if asked.Field("submission") != string(first) {
			t.Error("the form is of another submission")
		}
		wish := map[string]string{
			"submission": string(first), "subject": task, "said": "in_trouble", "obstacle.0": "", "ask.0": string(o.Street.ID),
			"reason": "漏报问题", "basis": "望民发〔2026〕9号",
		}
		body, kind := multipartForm(t, wish, "更正说明.pdf", "%PDF-1.4 更正")
		bureau.Send("/corrections", kind, body).Want(http.StatusUnprocessableEntity, "请写明存在什么问题")
		wish["obstacle.0"] = "管线未迁改"
		body, kind = multipartForm(t, wish, "更正说明.pdf", "%PDF-1.4 更正")
		made := bureau.Send("/corrections", kind, body).Want(http.StatusOK, "已提交更正申请", "管线未迁改（请", "更正说明.pdf")
		path := strings.SplitN(made.Path, "?", 2)[0]
		o.Office().Get("/corrections").Want(http.StatusOK, "管线未迁改")
		paper := o.Office().Get(path+"/document").Want(http.StatusOK, "%PDF-1.4 更正")
		if got := paper.Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
			t.Errorf("the paper is handed out as %q", got)
		}
		o.As("reporter", o.Street.ID).Get(path + "/document").Want(http.StatusForbidden)
	})
}

func TestGrants(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		office, path := o.Office(), "/rounds/grants?plan="+o.plan
		office.Get(path).Want(http.StatusOK, "还没有授权", "民政业务系统（system）", `<option value="tk-1"`)
		chosen := path + "&token=tk-1&unit=" + string(o.Street.ID)
		page := office.Get(chosen).Want(http.StatusOK, "养老床位（指标）").Lacks("推进望溪路养老服务中心改造")
		beds := reporting.IndicatorSubject(o.Indicator.ID).String()
		grant := form("plan", o.plan, "token", "tk-1", "unit", string(o.Street.ID), "seen", page.Field("seen"), "subject", beds)
		office.Post("/rounds/grants", grant).Want(http.StatusOK, "已保存授权", "民政业务系统（system）", "tk-1")
		office.Post("/rounds/grants", grant).Want(http.StatusConflict, "他人已修改这项授权")
		office.Get(chosen).Want(http.StatusOK, "checked")
		grant.Del("subject")
		grant.Set("seen", "1")
		office.Post("/rounds/grants", grant).Want(http.StatusOK, "（已收回）")
		gone := form("plan", o.plan, "token", "tk-0", "unit", string(o.Street.ID), "seen", "0", "subject", beds)
		office.Post("/rounds/grants", gone).Want(http.StatusOK, "tk-0", "令牌已失效")
		office.Get(path+"&token=x&unit="+string(o.Government.ID)).Want(http.StatusOK, "没有可报送的事项")
	})
}
