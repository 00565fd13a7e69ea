package papers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/accounting/accountingtest"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/papers"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// town is the pages over the small district. The day is 20 July 2026.
type town struct {
	*webtest.Site
	*accountingtest.Town
	plan string
}

func each(t *testing.T, test func(t *testing.T, o *town)) {
	t.Helper()
	storetest.EachDSN(t, func(t *testing.T, dsn string) { test(t, settle(t, dsn)) })
}

func settle(t *testing.T, dsn string) *town {
	t.Helper()
	o := &town{Town: accountingtest.Settle(t, dsn)}
	o.plan = string(o.Town.Plan.ID)
	o.Site = webtest.Serve(t, o.Town.Fixture, papers.New(o.Town.Core, o.Uses, catalogue.New(o.Town.Core), nil).Routes()...)
	return o
}

// person is a client of somebody with a name of his own.
func (o *town) person(account ledger.AccountID, role access.Role, unit ledger.UnitID) *webtest.Client {
	appointment := access.Appointment{Account: account, Role: role, Unit: unit}
	actor := o.Town.Rights().Standing(account, o.Town.Today(), []access.Appointment{appointment}, nil)
	return o.Visit(web.Visitor{Session: string(account), Name: string(account), Actor: actor})
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

func TestWhoMayComeByWhichRoute(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}

// TestAReportFromDraftToFile goes by the forms as they stand on the pages.
func TestAReportFromDraftToFile(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office, leader := o.Site.Office(), o.Site.As("leader", o.Town.Government.ID)
		second, head := o.person("second-clerk", "supervising-office", o.Town.Government.ID), o.Site.As("unit-head", o.Town.Bureau.ID)
		office.Get("/papers").Want(http.StatusOK, "还没有报告", "编写报告")
		office.Get("/papers/new").Want(http.StatusOK, `value="2026-H1" selected`, "半年")
		office.Get("/papers/new?preview=1&template=half-year&period=2026-H1&plan="+o.plan).Want(http.StatusOK, "预览不保存", "120")
		office.Post("/papers", form("plan", o.plan, "template", "half-year", "period", "2027-H1")).Want(http.StatusUnprocessableEntity, "请另选周期")
		shown := office.Post("/papers", form("plan", o.plan, "template", "half-year", "period", "2026-H1")).
			Want(http.StatusOK, "初稿已生成", "120", "official-figure", "/figures/", "送审").Lacks("⟦")
		path := strings.Split(shown.Path, "?")[0]
		if bad := shown.Inline(); len(bad) > 0 {
			t.Errorf("inline: %v", bad)
		}
		head.Get(path).Want(http.StatusForbidden)
		office.Get(path+"/check").Want(http.StatusOK, "回读文件与台账一致")
		if file := office.Get(path + "/files/docx").Want(http.StatusOK); !strings.HasPrefix(file.Body, "PK") {
			t.Error("the file is no Word file")
		}
		office.Get(path + "/files/exe").Want(http.StatusNotFound)

		take := func(name, reason string) url.Values {
			return form("step", name, "seen", office.Get(path).Field("seen"), "reason", reason)
		}
		office.Post(path+"/steps", take("submit", "")).Want(http.StatusOK, "已办理", "审核中")
		office.Get(path+"/edit").Want(http.StatusOK, "只有编写中的报告可以修改")
		second.Post(path+"/steps", take("pass", "")).Want(http.StatusOK, "待审定")
		leader.Post(path+"/steps", take("return", "")).Want(http.StatusUnprocessableEntity, "退回修改")
		leader.Post(path+"/steps", form("step", "approve", "seen", "1")).Want(http.StatusConflict, "他人已先行处理")
		leader.Post(path+"/steps", take("approve", "")).Want(http.StatusOK, "待定稿")
		office.Post(path+"/steps", take("freeze", "")).Want(http.StatusOK, "政报〔2026〕1号", "定稿摘要", "日志树头", "2026年7月20日")
		head.Get("/papers").Want(http.StatusOK, "政报〔2026〕1号").Lacks("/papers/settings?")
		head.Get(path).Want(http.StatusOK, "120").Lacks("办理过程")
		office.Get("/papers?state=draft").Want(http.StatusOK, "没有符合条件的报告")
		o.Public().Get(path).Lacks("120张")
		office.Post(path+"/public", form("public", "1", "seen", office.Get(path).Field("seen"))).Want(http.StatusOK, "已向社会公开")
		o.Public().Get(path).Want(http.StatusOK, "120").Lacks("⟦")
		office.Post(path+"/public", form("seen", office.Get(path).Field("seen"))).Want(http.StatusOK, "已撤回公开")
	})
}

// TestAFigureLeadsToItsProof through the links of the page.
func TestAFigureLeadsToItsProof(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.Town.Freeze(t, o.Draft(t))
		office, head := o.Site.Office(), o.Site.As("unit-head", o.Town.Bureau.ID)
		key := "indicator:" + string(o.Town.Indicator.ID) + ".done"
		path := "/papers/" + string(v.ID) + "/figures/" + url.PathEscape(key)
		office.Get("/papers/"+string(v.ID)).Want(http.StatusOK, path)
		page := office.Get(path).Want(http.StatusOK, "120", "计划中的承诺", "单位填报", "验收单.txt", "/submissions/", "/proofs/submissions/", "审计日志").Lacks("⟦")
		if bad := page.Inline(); len(bad) > 0 {
			t.Errorf("inline: %v", bad)
		}
		head.Get(path).Want(http.StatusOK, "验收单.txt").Lacks("/audit/entries/")
		o.person("street-head", "unit-head", o.Town.District.Street.ID).Get(path).Want(http.StatusOK, "明细不在您的查看范围内").Lacks("验收单.txt")
		office.Get("/papers/" + string(v.ID) + "/figures/nothing").Want(http.StatusNotFound)
	})
}

// TestMovedFiguresAreMarked and are made anew on request.
func TestMovedFiguresAreMarked(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.Draft(t)
		o.Promise("新增养老服务站3个", o.Town.District.Street.ID, calendar.LastDay(2026, 12))
		o.Compute(t)
		office, path := o.Site.Office(), "/papers/"+string(v.ID)
		office.Get(path).Want(http.StatusOK, "处变动", "按最新台账刷新")
		office.Post(path+"/refresh", form("seen", "9")).Want(http.StatusConflict, "他人已先行处理")
		office.Post(path+"/refresh", form("seen", office.Get(path).Field("seen"))).Want(http.StatusOK, "数字已按最新台账刷新", "与初稿相比").Lacks("处变动")
	})
}

// TestTheWordsOfADraftAreChanged, and figures in them cannot be without being told of.
func TestTheWordsOfADraftAreChanged(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.Draft(t)
		office, path := o.Site.Office(), "/papers/"+string(v.ID)
		edit := office.Get(path+"/edit").Want(http.StatusOK, "data-chips").Lacks("⟦")
		if bad := edit.Inline(); len(bad) > 0 {
			t.Errorf("inline: %v", bad)
		}
		block, text := sentence(t, edit, v, "120")
		save := func(typed string, more ...string) *webtest.Page {
			now := office.Get(path + "/edit").Field("seen")
			return office.Post(path, form(append([]string{"seen", now, "title", "关于上半年工作的报告", "text." + block, typed}, more...)...))
		}
		save(strings.ReplaceAll(text, "{120}", "{120}（其中农村敬老院占多数）")).Want(http.StatusOK, "已保存", "关于上半年工作的报告", "其中农村敬老院占多数")
		save(strings.ReplaceAll(text, "{120}", "121")).Want(http.StatusOK, "处数字需要处理", "121")
		office.Get(path).Want(http.StatusOK, "需要处理的修改", "核对正文中的数字")
		save(text+"预计全年新增85张。").Want(http.StatusOK, "数字没有出处", "的依据")
		save(text+"预计全年新增85张。", "basis.block", block, "basis.text", unbound(t, office.Get(path+"/edit")), "basis.from", "区民政局来函").
			Want(http.StatusOK, "预计全年新增")
		office.Get(path).Lacks("需要处理的修改")
		office.Post(path, form("seen", "1", "text."+block, text)).Want(http.StatusConflict)
		office.Post(path, form("seen", office.Get(path+"/edit").Field("seen"), "title", strings.Repeat("长", 101))).Want(http.StatusUnprocessableEntity, "标题过长")
	})
}

func TestChangesOfADraftAreUndoneAndDoneAgain(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		v := o.Draft(t)
		office, path := o.Site.Office(), "/papers/"+string(v.ID)
		block, text := sentence(t, office.Get(path+"/edit"), v, "120")
		save := func(more string) {
			office.Post(path, form("seen", office.Get(path+"/edit").Field("seen"), "text."+block, text+more)).Want(http.StatusOK, "已保存")
		}
		walk := func(way string) *webtest.Page {
			return office.Post(path+"/"+way, form("seen", office.Get(path).Field("seen")))
		}
		office.Get(path).Want(http.StatusOK).Lacks("撤销", "重做")
		save("由区民政局牵头。")
		save("由区民政局牵头，街道配合。")
		office.Get(path).Want(http.StatusOK, "街道配合", "撤销").Lacks("重做")
		walk("undo").Want(http.StatusOK, "已撤销上一次修改", "由区民政局牵头。", "重做").Lacks("街道配合")
		walk("undo").Want(http.StatusOK, "重做").Lacks("牵头", path+"/undo")
		walk("undo").Want(http.StatusUnprocessableEntity, "没有可以撤销的修改")
		walk("redo").Want(http.StatusOK, "由区民政局牵头。", "已重做")
		save("由区民政局牵头，年底前建成。")
		office.Get(path).Want(http.StatusOK, "年底前建成", "撤销").Lacks("重做")
		walk("redo").Want(http.StatusUnprocessableEntity, "没有可以重做的修改")
		office.Post(path+"/undo", form("seen", "1")).Want(http.StatusConflict)
		walk("undo").Want(http.StatusOK, "由区民政局牵头。").Lacks("年底前")
	})
}

// TestAContradictionIsFoundToBeNone by a reviewer who has not drafted the report.
func TestAContradictionIsFoundToBeNone(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.Restate(t, "120", accountingtest.Contradictory)
		v := o.Draft(t)
		path := "/papers/" + string(v.ID)
		second := o.person("second-clerk", "supervising-office", o.Town.Government.ID)
		o.Site.Office().Get(path+"/check").Want(http.StatusOK, "请起草人以外的审核人员认定").Lacks("<textarea")
		check := second.Get(path+"/check").Want(http.StatusOK, "1处与台账不一致", "认定不矛盾", "70").Lacks("⟦")
		if bad := check.Inline(); len(bad) > 0 {
			t.Errorf("inline: %v", bad)
		}
		pass := form("mark", check.Field("mark"), "seen", check.Field("seen"), "reason", "")
		second.Post(path+"/passes", pass).Want(http.StatusUnprocessableEntity, "请写明认定不矛盾的理由")
		pass.Set("reason", "公办民办合建10张")
		o.Site.As("unit-head", o.Town.Bureau.ID).Post(path+"/passes", pass).Want(http.StatusForbidden)
		second.Post(path+"/passes", pass).Want(http.StatusOK, "已认定不矛盾", "公办民办合建10张", "回读文件与台账一致", "撤销认定")
		second.Post(path+"/passes", pass).Want(http.StatusUnprocessableEntity, "这处矛盾已经不在")
		stale := form("mark", check.Field("mark"), "seen", check.Field("seen"), "withdraw", "1")
		second.Post(path+"/passes", stale).Want(http.StatusConflict, "他人已先行处理")
		back := form("mark", check.Field("mark"), "seen", second.Get(path+"/check").Field("seen"), "withdraw", "1")
		second.Post(path+"/passes", back).Want(http.StatusOK, "已撤销认定", "1处与台账不一致")
	})
}

// TestWhereAReportIsGiven is asked for when it is begun, kept, and can be changed.
func TestWhereAReportIsGiven(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Site.Office()
		office.Get("/papers/new?template=projects").Want(http.StatusOK).Lacks("报告场合")
		office.Get("/papers/new?template=half-year").Want(http.StatusOK, "报告场合", "报告人", "主送或称谓")
		wish := form("plan", o.plan, "template", "half-year", "period", "2026-H1", "occasion", "2026年8月28日在望溪区人大常委会上", "speaker", "副区长 林知远", "addressee", "主任、各位委员")
		shown := office.Post("/papers", wish).Want(http.StatusOK, "（2026年8月28日在望溪区人大常委会上）", "副区长 林知远", "受望溪区人民政府委托", "主任、各位委员")
		path := strings.Split(shown.Path, "?")[0]
		seen := office.Get(path + "/edit").Field("seen")
		office.Post(path, form("seen", seen, "subtitle", "2026年8月29日", "speaker", "副区长 林知远")).Want(http.StatusOK, "（2026年8月29日）")
		wish.Set("occasion", strings.Repeat("长", 201))
		office.Post("/papers", wish).Want(http.StatusUnprocessableEntity, "最多 200 字", "主任、各位委员")
	})
}

// sentence is the first block that says a figure, with its text in the form.
func sentence(t *testing.T, p *webtest.Page, v accounting.View, figure string) (block, text string) {
	t.Helper()
	for _, b := range v.Content.Paper.Body {
		if text := p.Field("text." + b.Key); strings.Contains(text, "{"+figure+"}") {
			return b.Key, text
		}
	}
	t.Fatalf("no block says {%s}: %s", figure, p.Text())
	return "", ""
}

// unbound is the number for which the form asks what it rests on.
func unbound(t *testing.T, p *webtest.Page) string {
	t.Helper()
	text := p.Field("basis.text")
	if text == "" {
		t.Fatal("the form asks for nothing")
	}
	return text
}

func TestSettingsAndTemplates(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		office := o.Site.Office()
		first := office.Get("/papers/settings").Want(http.StatusOK, "政报")
		good := form("owner", string(o.Town.Government.ID), "seen", first.Field("seen"), "sign", "望政报", "organ", "望溪区人民政府文件")
		bad := form("owner", string(o.Town.Government.ID), "seen", first.Field("seen"), "sign", "")
		office.Post("/papers/settings", bad).Want(http.StatusUnprocessableEntity, "请填写发文代字")
		office.Post("/papers/settings", good).Want(http.StatusOK, "已保存")
		good.Set("sign", "溪政报")
		office.Post("/papers/settings", good).Want(http.StatusConflict, "望政报", "溪政报")

		office.Get("/paper-templates").Want(http.StatusOK, "系统自带", "/paper-templates/half-year")
		office.Get("/paper-templates/half-year").Want(http.StatusOK, "复制为新模板")
		copied := office.Get("/paper-templates/new?from=half-year").Want(http.StatusOK, "@each")
		text := copied.Field("text")
		office.Post("/paper-templates", form("text", strings.Replace(text, "@each", "@every", 1))).Want(http.StatusUnprocessableEntity, "处需要修改", "@every")
		office.Post("/paper-templates", form("text", text)).Want(http.StatusOK, "第1版", "自定")
		office.Get("/paper-templates/nothing").Want(http.StatusNotFound)
	})
}

// TestThePagesInABrowser looks at every page in both languages, on both screens.
func TestThePagesInABrowser(t *testing.T) {
	o := settle(t, storetest.SQLite(t))
	frozen, draft := o.Town.Freeze(t, o.Draft(t)), o.Draft(t)
	o.Promise("新增养老服务站3个", o.Town.District.Street.ID, calendar.LastDay(2026, 12))
	o.Compute(t)
	path := func(v accounting.View) string { return "/papers/" + string(v.ID) }
	key := "indicator:" + string(o.Town.Indicator.ID) + ".done"
	o.Restate(t, "120", accountingtest.Contradictory)
	disputed := o.Draft(t)
	tab := o.person("second-clerk", "supervising-office", o.Town.Government.ID).Browse(t)
	for _, look := range []struct{ name, path string }{
		{"list", "/papers"},
		{"new", "/papers/new?preview=1&template=half-year&period=2026-H1"},
		{"draft", path(draft)},
		{"edit", path(draft) + "/edit"},
		{"check", path(draft) + "/check"},
		{"disputed", path(disputed) + "/check"},
		{"frozen", path(frozen)},
		{"figure", path(frozen) + "/figures/" + url.PathEscape(key)},
		{"settings", "/papers/settings"},
		{"templates", "/paper-templates"},
		{"template", "/paper-templates/new?from=half-year"},
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			separator := "?"
			if strings.Contains(look.path, "?") {
				separator = "&"
			}
			tab.Wide()
			tab.Open(look.path + separator + "lang=" + lang)
			tab.Picture(look.name + "-" + lang + "-wide")
			tab.Axe()
			tab.Fits()
			tab.Narrow()
			tab.Fits()
			tab.Picture(look.name + "-" + lang + "-narrow")
		}
	}
}
