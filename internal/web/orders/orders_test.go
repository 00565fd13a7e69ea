package orders_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/ledger/supervision"
)

func TestWhoMayComeByWhichRoute(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}

// drafted are the fields of a new order, as somebody types them.
func (o *town) drafted(more ...string) map[string][]string {
	return form(append([]string{
		"kind", "assign", "urgency", "normal", "title", "望溪路改造滞后", "requirement", "月底前完成管线迁改", "basis", "区政府第3次常务会议",
		"lead", string(o.Bureau.ID), "cooperating", string(o.Street.ID), "days", "10", "unit", "workdays",
		"source.kind", "meeting", "source.title", "区政府第3次常务会议纪要", "source.by", "", "source.on", "2026-01-04", "source.wording", "", "source.ref", "",
	}, more...)...)
}

func TestAnOrderIsDraftedAndIssued(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		office.Get("/orders").Want(http.StatusOK, "还没有督办单", "/orders/new")
		office.Get("/orders/new?source=instruction").Want(http.StatusOK, "保存并交办")

		bad := o.drafted()
		bad["title"], bad["days"], bad["source.on"] = []string{""}, []string{"十"}, []string{"昨天"}
		office.Post("/orders", bad).Want(http.StatusUnprocessableEntity, "“十”不是数字", "“昨天”不是日期", "月底前完成管线迁改")
		unsound := o.drafted()
		unsound["title"] = []string{""}
		office.Post("/orders", unsound).Want(http.StatusUnprocessableEntity, "月底前完成管线迁改")

		saved := office.Post("/orders", o.drafted()).Want(http.StatusOK, "拟办稿已保存", "拟办", "10个工作日")
		path := saved.Path
		edit := office.Get(path+"/edit").Want(http.StatusOK, "望溪路改造滞后", "区政府第3次常务会议纪要", `value="2026-01-04"`)
		seen := edit.Field("seen")
		office.Post(path+"/edit", o.drafted("seen", seen, "contact", "沈书白 3821")).Want(http.StatusOK, "拟办稿已保存", "沈书白 3821")
		office.Post(path+"/edit", o.drafted("seen", seen, "contact", "别人")).Want(http.StatusConflict, "这条记录已被他人修改")
		office.Post(path+"/edit", o.drafted("seen", office.Get(path+"/edit").Field("seen"), "then", "issue")).
			Want(http.StatusOK, "已交办，编号督〔2026〕1号", "待签收", "签收时限", "2026年1月6日", "2026年1月19日")
		office.Post(path+"/edit", o.drafted("seen", "0")).Want(http.StatusUnprocessableEntity)
		office.Get("/orders").Want(http.StatusOK, "督〔2026〕1号", "望溪路改造滞后", "剩10个工作日")
		office.Get("/orders?q=管线").Want(http.StatusOK, "望溪路改造滞后")
		office.Get("/orders?q=无此事").Want(http.StatusOK, "这里没有督办单")
		office.Get("/orders?tab=review").Want(http.StatusOK, "这里没有督办单")
		readSheet(t, office, path+"/sheet.docx", "望溪区人民政府督查室", "督〔2026〕1号", "督办事项交办单", "2026年1月5日")
		if noted := o.Entries(t, "exports", path+"/sheet.docx"); !slices.Equal(noted, []string{"order.read"}) {
			t.Errorf("that it was taken out is in the log as %v", noted)
		}
		office.Get(path+"/sheet").Want(http.StatusOK, path+"/sheet.docx", "督办事项交办单", "督〔2026〕1号", "（盖章）", "2026年1月5日")
		if file := office.Get("/orders.xlsx?tab=sign").Want(http.StatusOK); !strings.HasPrefix(file.Body, "PK") {
			t.Error("the export is no workbook")
		}
	})
}

func TestAnInstructionIsApprovedBeforeItIsIssued(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		fields := o.drafted("then", "issue")
		fields["source.kind"] = []string{"instruction"}
		path := office.Post("/orders", fields).Want(http.StatusOK, "拟办稿已保存，但没有交办", "先报领导批准").Path
		step(office, path, "submit").Want(http.StatusOK, "待批准")
		leader := o.As("leader", o.Government.ID)
		step(leader, path, "rework").Want(http.StatusUnprocessableEntity)
		step(leader, path, "approve").Want(http.StatusOK, "待交办")
		step(office, path, "issue").Want(http.StatusOK, "待签收", "督〔2026〕1号")
	})
}

func TestAnOrderGoesItsWay(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office, head, reporter := o.Office(), o.head(), o.As("reporter", o.Bureau.ID)
		path := o.issued(t, o.matter())
		reporter.Get(path).Want(http.StatusOK, "现在可以办", "签收").Lacks("销号</button>")
		reporter.Post(path+"/sign", nil).Want(http.StatusOK, "办理中", "反馈办理情况", "阶段反馈时限")
		street := o.person("street-reporter", "reporter", o.Street.ID)
		street.Post(path+"/sign", nil).Want(http.StatusOK, "签收")
		street.Post(path+"/sign", nil).Want(http.StatusUnprocessableEntity, "已经签收过了")

		reply(t, reporter, path, "", "text", "").Want(http.StatusUnprocessableEntity)
		reply(t, reporter, path, "", "text", "已迁改三处", "progress", "四成").Want(http.StatusUnprocessableEntity, "“四成”不是数字", "已迁改三处")
		reply(t, reporter, path, "", "text", "已迁改三处", "progress", "40", "trouble", "燃气管线待确认").
			Want(http.StatusOK, "反馈已提交", "阶段反馈 40%", "燃气管线待确认")
		reply(t, reporter, path, "", "text", "全部完成", "final", "1").Want(http.StatusUnprocessableEntity, "附有佐证材料", "全部完成")
		page := reply(t, reporter, path, "验收单.txt", "text", "全部完成", "final", "1").Want(http.StatusOK, "办结反馈", "验收单.txt", "待单位审签")
		step(head, path, "reply").Want(http.StatusOK, "待复核")
		evidence := regexp.MustCompile(path + `/evidence/[^"]+`).FindString(page.Body)
		if file := reporter.Get(evidence).Want(http.StatusOK); file.Body != "已完成管线迁改" || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
			t.Errorf("handed out is %q as %s", file.Body, file.Header.Get("Content-Disposition"))
		}
		reporter.Get(evidence + "/preview").Want(http.StatusNotFound)
		other := o.issued(t, o.matter())
		reporter.Get(other + strings.TrimPrefix(evidence, path)).Want(http.StatusNotFound)

		step(office, path, "return").Want(http.StatusUnprocessableEntity)
		step(office, path, "return", "reason", "缺燃气验收", "days", "3").Want(http.StatusOK, "退回重办", "缺燃气验收", "2026年1月8日")
		reply(t, head, path, "燃气验收.txt", "text", "已补", "final", "1").Want(http.StatusOK, "待复核")
		step(office, path, "accept").Want(http.StatusOK, "待销号")
		step(office, path, "close").Want(http.StatusOK, "已销号")
		office.Get("/orders?tab=ended").Want(http.StatusOK, "已销号")
		o.clock.On(1, 7)
		step(office, path, "reopen", "reason", "现场仍未通车").Want(http.StatusOK, "退回重办", "现场仍未通车")
	})
}

func TestMoreTimeIsAskedForAndGranted(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		head, leader, office := o.head(), o.As("leader", o.Government.ID), o.Office()
		path := o.signed(t, o.matter())
		step(head, path, "ask-extension", "reason", "管线迁改待审批").Want(http.StatusOK, "延期待批")
		step(leader, path, "extend", "days", "天").Want(http.StatusUnprocessableEntity, "“天”不是数字")
		step(leader, path, "extend", "days", "5").Want(http.StatusOK, "办理中", "2026年2月2日", "已延期1次")
		step(head, path, "ask-suspension", "reason", "春节停工").Want(http.StatusOK, "中止待批")
		step(leader, path, "suspend", "until", "2026-02-28").Want(http.StatusOK, "已中止", "已暂停", "2026年2月28日")
		step(office, path, "resume").Want(http.StatusOK, "办理中")
	})
}

func TestAFormFromBeforeIsNotTaken(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		path := o.signed(t, o.matter())
		head := o.head()
		seen := head.Get(path).Field("seen")
		reply(t, o.As("reporter", o.Bureau.ID), path, "", "text", "已迁改三处", "progress", "40").Want(http.StatusOK)
		head.Post(path+"/steps", form("step", "ask-extension", "reason", "待审批", "seen", seen)).Want(http.StatusConflict, "有人动过", "待审批")
		head.Post(path+"/steps", form("step", "teleport", "seen", seen)).Want(http.StatusUnprocessableEntity, "teleport")
	})
}

func TestAnOrderIsHandedOnAndSplit(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		path := o.signed(t, o.matter())
		step(office, path, "forward", "reason", "职能调整").Want(http.StatusUnprocessableEntity, "请选择转给哪个单位")
		office.Get(path+"/parts").Want(http.StatusOK, "分办件1", "望溪区民政局")
		seen := office.Get(path + "/parts").Field("seen")
		office.Post(path+"/parts", form("seen", seen, "unit", string(o.Street.ID), "requirement", "", "due", "")).Want(http.StatusUnprocessableEntity)
		office.Post(path+"/parts", form("seen", seen, "unit", string(o.Street.ID), "requirement", "清理占道", "due", "某日")).
			Want(http.StatusUnprocessableEntity, "“某日”不是日期", "清理占道")
		office.Post(path+"/parts", form("seen", seen, "unit", string(o.Street.ID), "requirement", "清理占道", "due", "")).
			Want(http.StatusOK, "已分办1件", "督〔2026〕1号-1")
		office.Post(path+"/parts", form("seen", seen, "unit", string(o.Street.ID), "requirement", "又一份", "due", "")).Want(http.StatusConflict, "又一份")
		office.Get("/orders").Want(http.StatusOK, "分办件")
		step(office, path, "forward", "to", string(o.Street.ID), "reason", "职能调整").Want(http.StatusOK, "待签收", "职能调整")
	})
}

func TestManyOrdersAtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		var ids []string
		for _, title := range []string{"望溪路改造滞后", "一号桥验收滞后"} {
			m := o.matter()
			m.Title = title
			ids = append(ids, string(have[uses.Drafted](t)(o.uses.Draft(o.office(t), m)).Order.ID))
		}
		take := func(step string, more ...string) map[string][]string {
			return form(append([]string{"step", step, "back", "/orders?tab=draft", "id", ids[0], "id", ids[1]}, more...)...)
		}
		office.Get("/orders?tab=draft").Want(http.StatusOK, "交办所选")
		office.Post("/orders/steps", form("step", "issue", "back", "/orders?tab=draft")).Want(http.StatusUnprocessableEntity, "请先勾选")
		office.Post("/orders/steps", take("nonsense")).Want(http.StatusBadRequest)
		office.Post("/orders/steps", take("return")).Want(http.StatusUnprocessableEntity, "请写明理由")
		office.Post("/orders/steps", take("issue")).Want(http.StatusOK, "已对2件督办单")
		office.Post("/orders/steps", take("issue")).Want(http.StatusUnprocessableEntity, "办成0件，未办成2件", "一号桥验收滞后")
		o.head().Get("/orders?tab=sign").Want(http.StatusOK, "签收所选")
		o.clock.On(1, 6)
		office.Post("/orders/steps", take("urge", "reason", "请抓紧")).Want(http.StatusOK, "已对2件督办单")
		path := "/orders/" + ids[0]
		office.Get(path).Want(http.StatusOK, "提醒与催办记录", "请抓紧")
		office.Post(path+"/urge", form("reason", "再催")).Want(http.StatusUnprocessableEntity, "今天已经催办过了")
		o.clock.On(1, 7)
		office.Post(path+"/urge", form()).Want(http.StatusOK, "已催办牵头单位")
		office.Get("/orders/units").Want(http.StatusOK, "望溪区民政局", "2026年1月1日至2026年1月7日")
		office.Get("/orders/units?from=2025-01-01&to=2025-02-01").Want(http.StatusOK, "2025年1月1日")
		office.Get("/orders/units?from=昨天").Want(http.StatusOK, "“昨天”不是日期")
	})
}

func TestRedLightsBecomeOrders(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office, id := o.Office(), string(o.late.ID)
		office.Get("/orders/new?commitment="+id).Want(http.StatusOK, "催办单", "建成望溪广场", "亮红灯")
		office.Get("/orders/new?commitment=nobody").Want(http.StatusNotFound)
		office.Get("/orders/new?project="+string(o.Project.ID)).Want(http.StatusOK, o.Project.Name)
		office.Get("/orders/red").Want(http.StatusOK, "建成望溪广场", "为所选立督办单")
		office.Post("/orders/red", form("plan", string(o.Plan.ID))).Want(http.StatusUnprocessableEntity, "请先勾选")
		office.Post("/orders/red", form("plan", string(o.Plan.ID), "id", id, "id", "nobody")).Want(http.StatusUnprocessableEntity, "办成1件，未办成1件")
		office.Post("/orders/red", form("plan", string(o.Plan.ID), "id", id)).Want(http.StatusOK, "已为1项立督办单", "建成望溪广场")
		office.Get("/orders?commitment="+id).Want(http.StatusOK, "建成望溪广场")
		office.Get("/orders/new?commitment="+id).Want(http.StatusOK, "已有在办的督办单")
		office.Post("/orders", o.drafted("commitment", id)).Want(http.StatusOK, "没有另立一单", "区政府第3次常务会议纪要")
	})
}

// TestRulesAreKept sends the form of the rules as a browser does.
func TestRulesAreKept(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Office()
		page := office.Get("/orders/settings").Want(http.StatusOK, "督〔{year}〕{n}号", "三明市", "保存")
		o.head().Get("/orders/settings").Want(http.StatusOK, "督〔{year}〕{n}号").Lacks(`type="submit">` + "\n保存")
		fields := fieldsOf(page.Body)
		fields["series.form"][0], fields["grading"] = "望督〔{year}〕{n}号", []string{"sanming"}
		fields["term.days"][len(fields["term.days"])-2] = "12"
		office.Post("/orders/settings", fields).Want(http.StatusOK, "督办规则已保存", "望督〔{year}〕{n}号")
		saved := have[store.Record[supervision.Settings]](t)(o.uses.Settings(o.office(t))).Value
		usual := supervision.Defaults()
		if len(saved.Terms) != len(usual.Terms) || saved.Terms[len(saved.Terms)-1].Term.Days != 12 || len(saved.Urging) != len(usual.Urging) || saved.Grading != "sanming" {
			t.Errorf("saved is %+v", saved)
		}
		fields["term.days"][0] = "八"
		office.Post("/orders/settings", fields).Want(http.StatusUnprocessableEntity, "“八”不是数字")
		fields["term.days"][0] = "8"
		office.Post("/orders/settings", fields).Want(http.StatusConflict, "这条记录已被他人修改")
		fields["seen"], fields["series.form"][1] = []string{"1"}, "望督〔{year}〕{n}号"
		office.Post("/orders/settings", fields).Want(http.StatusUnprocessableEntity)
	})
}

// fieldsOf are the fields of the form of rules, untouched.
func fieldsOf(body string) map[string][]string {
	_, body, _ = strings.Cut(body, `action="/orders/settings"`)
	fields := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?s)<input[^>]*>|<select[^>]*name="[^"]*".*?</select>`).FindAllString(body, -1) {
		name, value := attribute(m, "name"), attribute(m, "value")
		if strings.HasPrefix(m, "<select") {
			value = ""
			if chosen := regexp.MustCompile(`<option value="([^"]*)" selected`).FindStringSubmatch(m); chosen != nil {
				value = chosen[1]
			}
		} else if box := attribute(m, "type"); (box == "checkbox" || box == "radio") && !strings.Contains(m, " checked") {
			continue
		}
		fields[name] = append(fields[name], value)
	}
	return fields
}

func attribute(element, name string) string {
	if m := regexp.MustCompile(` ` + name + `="([^"]*)"`).FindStringSubmatch(element); m != nil {
		return m[1]
	}
	return ""
}
