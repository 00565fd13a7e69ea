package assessment_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/web/webtest"
)

func TestWhoMayComeByWhichRoute(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}

// adopted is the path of an assessment that is in force.
func (o *town) adopted(t *testing.T) string {
	t.Helper()
	office := o.Office()
	office.Post("/assessments", o.scheme()).Want(http.StatusOK, "已保存", "望政办发〔2026〕3号", "还没有得分")
	id := pathOf(t, office.Get("/assessments").Want(http.StatusOK, "编制方案"), "/assessments/0")
	step(office, id, "submit").Want(http.StatusOK, "待批准")
	step(o.leader(), id, "adopt").Want(http.StatusOK, "执行中")
	return id
}

func TestASchemeIsDrawnUp(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		office.Get("/assessments").Want(http.StatusOK, "还没有考核")
		office.Get("/assessments/new").Want(http.StatusOK, "2026年度目标考核", "望溪区民政局", "承诺事项办结率", "合计100分", "不能计分")
		office.Post("/assessments", o.scheme("basis", "")).Want(http.StatusUnprocessableEntity, "没有写明依据文件", `value="60"`)
		office.Post("/assessments", o.scheme("group.units", "望溪区天文台")).Want(http.StatusUnprocessableEntity, "没有名为“望溪区天文台”的单位")
		office.Post("/assessments", o.scheme("rule.title", "平台登录次数")).Want(http.StatusUnprocessableEntity, "不能作为计分内容")
		office.Post("/assessments", o.scheme("from", "昨天")).Want(http.StatusUnprocessableEntity, "“昨天”不是日期")
		office.Post("/assessments", o.scheme()).Want(http.StatusOK, "编制方案")
		id := pathOf(t, office.Get("/assessments"), "/assessments/0")
		revision := office.Get(id+"/scheme").Want(http.StatusOK, "清河街道办事处").Field("seen")
		office.Post(id+"/scheme", o.scheme("title", "2026年度综合考核", "seen", revision)).Want(http.StatusOK, "已保存", "2026年度综合考核")
		office.Post(id+"/scheme", o.scheme("title", "2026年考核", "seen", revision)).Want(http.StatusConflict, "他人已先行修改", "2026年考核")
		trial := office.Get(id+"/trial").Want(http.StatusOK, "0家单位名次变化", "第1名")
		trial.Lacks("升1位")
		office.Get(id+"/trial?w.m1=50&w.m2=20&w.m3=20").Want(http.StatusUnprocessableEntity, "合计应为100")
		step(office, id, "drop", "reason", "").Want(http.StatusUnprocessableEntity)
		step(office, id, "submit").Want(http.StatusOK)
		office.Get(id+"/scheme").Want(http.StatusOK, "不能再改")
		o.head().Get(id).Want(http.StatusForbidden)
	})
}

func TestPointsAreGivenAppealedAndPublished(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id, office, leader := o.adopted(t), o.Office(), o.leader()
		leader.Get(id+"/entries").Want(http.StatusOK, "还有单位待评定", "领导评价，2家")
		mark := form("unit", string(o.Bureau.ID), "item", "m3", "points", "900", "why", "全年表现", "basis", "区长办公会纪要")
		leader.Post(id+"/entries", mark).Want(http.StatusUnprocessableEntity, "0至100之间", `value="900"`)
		mark.Set("points", "90")
		leader.Post(id+"/entries", mark).Want(http.StatusOK, "已评分", "区长办公会纪要")
		mark.Set("unit", string(o.Street.ID))
		leader.Post(id+"/entries", mark).Want(http.StatusOK, "已评分").Lacks("还有单位待评定")
		bonus := form("unit", string(o.Bureau.ID), "item", "r1", "points", "1", "why", "省级表彰", "basis", "通报")
		office.Post(id+"/entries", bonus).Want(http.StatusOK)
		withdraw := formPath(t, office.Get(id+"/entries"), "/withdraw")
		office.Post(withdraw, form("reason", "")).Want(http.StatusUnprocessableEntity, "请写明原因")
		office.Post(withdraw, form("reason", "重复")).Want(http.StatusOK, "已撤回：重复")
		step(office, id, "compute").Want(http.StatusOK, "已计算", "清河街道办事处", "97.50", "60.00")
		unit := office.Get(id+"/units/"+string(o.Bureau.ID)).Want(http.StatusOK, "1 ÷ 2 = 50.00%", "改造望溪路养老服务中心", "原分值60分", "不适用")
		unit.Want(http.StatusOK, "/lights/")
		if !strings.HasPrefix(office.Get(id+"/results.xlsx").Want(http.StatusOK).Body, "PK") {
			t.Error("the results are no workbook")
		}
		step(office, id, "announce").Want(http.StatusOK, "公示申诉", "2026年12月8日")

		mine := id + "/units/" + string(o.Bureau.ID)
		head := o.head()
		head.Get("/assessments").Want(http.StatusOK, "2026年度目标考核")
		head.Get(id).Want(http.StatusOK, "望溪区民政局").Lacks("97.50")
		head.Get(id + "/units/" + string(o.Street.ID)).Want(http.StatusNotFound)
		head.Post(mine+"/appeals", form("item", "m1", "text", " ")).Want(http.StatusUnprocessableEntity, "请写明申诉理由")
		head.Post(mine+"/appeals", form("item", "m1", "text", "改造已于6月底完工", "basis", "竣工验收单")).
			Want(http.StatusOK, "申诉已提交", "待答复", "改造已于6月底完工")
		page := office.Get(id).Want(http.StatusOK, "竣工验收单", "须等申诉期满")
		answer := formPath(t, page, "/appeals/")
		office.Post(answer, form("seen", "1", "decision", "accept", "part", "3", "whole", "2", "answer", "属实")).
			Want(http.StatusUnprocessableEntity, "部分不大于全部")
		office.Post(answer, form("seen", "1", "decision", "accept", "part", "两件", "whole", "2", "answer", "属实")).
			Want(http.StatusUnprocessableEntity, "两件")
		office.Post(answer, form("seen", "1", "decision", "accept", "part", "2", "whole", "2", "answer", "验收单属实")).
			Want(http.StatusOK, "已答复", "申诉成立")
		head.Get(mine).Want(http.StatusOK, "经申诉更正", "验收单属实", "97.50")
		o.clock.on(12, 10)
		step(office, id, "conclude").Want(http.StatusOK, "待确认")
		step(o.leader(), id, "confirm").Want(http.StatusOK, "已确认")
		step(office, id, "publish").Want(http.StatusOK, "已公布")
		o.street().Get(id).Want(http.StatusOK, "望溪区民政局", "清河街道办事处")
	})
}

// formPath is where the last form of a page goes that goes so.
func formPath(t *testing.T, p *webtest.Page, holding string) string {
	t.Helper()
	parts := strings.Split(p.Body, `action="`)[1:]
	for _, part := range slices.Backward(parts) {
		if path, _, _ := strings.Cut(part, `"`); strings.Contains(path, holding) {
			return path
		}
	}
	t.Fatalf("no form goes to %s", holding)
	return ""
}

func TestARoundIsMarked(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office, leader := o.Office(), o.leader()
		office.Get("/tours").Want(http.StatusOK, "还没有观摩评比")
		office.Get("/tours/new").Want(http.StatusOK, "形象进度", "合计100分", "陈明（分管领导）", "望溪路改造：望溪区民政局")
		fields := form("title", "下半年项目观摩", "on", "2026-11-30", "drop", "0", "plan", string(o.Plan.ID),
			"criterion.title", "形象进度", "criterion.most", "60", "criterion.title", "质量安全", "criterion.most", "40",
			"judge", "leader", "judge", "unit-head")
		office.Post("/tours", fields).Want(http.StatusUnprocessableEntity, "没有选择观摩项目", "下半年项目观摩")
		fields.Set("project", string(o.Project.ID))
		office.Post("/tours", fields).Want(http.StatusOK, "已保存", "筹备中", "陈明、李芳")
		id := pathOf(t, office.Get("/tours"), "/tours/0")
		fields.Set("seen", office.Get(id+"/edit").Want(http.StatusOK, "60").Field("seen"))
		fields.Set("title", "四季度项目观摩")
		office.Post(id+"/edit", fields).Want(http.StatusOK, "四季度项目观摩")
		office.Post(id+"/edit", fields).Want(http.StatusConflict, "他人已先行修改")
		step(office, id, "open").Want(http.StatusOK, "评分中", "2张（共2张）")
		office.Get(id+"/edit").Want(http.StatusOK, "不能再改")
		sheet := id + "/sheets/" + string(o.Project.ID)
		office.Post(sheet, form("mark", "60", "mark", "30")).Want(http.StatusUnprocessableEntity, "只有本轮评委")
		leader.Get(id).Want(http.StatusOK, "0至60分")
		leader.Post(sheet, form("mark", "61", "mark", "30")).Want(http.StatusUnprocessableEntity, "应打0至60分", `value="61"`)
		leader.Post(sheet, form("mark", "50", "mark", "30", "remark", "进度好")).Want(http.StatusOK, "已提交", "进度好")
		o.head().Get(id).Want(http.StatusOK, "这是本单位的项目")
		step(office, id, "close").Want(http.StatusUnprocessableEntity, "先收齐全部评分表")
		o.head().Post(sheet, form("recused", "1")).Want(http.StatusOK, "已提交")
		step(office, id, "close").Want(http.StatusOK, "已评定", "80.00")
		step(office, id, "publish").Want(http.StatusOK, "已公布")
		o.street().Get(id).Want(http.StatusOK, "80.00", "望溪区民政局")
	})
}
