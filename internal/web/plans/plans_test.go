package plans_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/plans"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// site is the pages of plans over the small district.
type site struct {
	*webtest.Site
	planning *planning.Service
	plan     string
	bed      string // the commitment of the district's plan
}

func each(t *testing.T, test func(t *testing.T, s *site)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		service := planning.New(f.Core, planning.Options{})
		pages := plans.New(f.Core, service, catalogue.New(f.Core), nil)
		test(t, &site{
			Site: webtest.Serve(t, f, pages.Routes()...), planning: service,
			plan: string(f.District.Plan.ID), bed: string(f.District.Commitment.ID),
		})
	}, planning.Room(), workflow.Room(), catalogue.Room())
}

func (s *site) leader() *webtest.Client { return s.As("leader", s.Government.ID) }
func (s *site) head() *webtest.Client   { return s.As("unit-head", s.Bureau.ID) }

// second is another member of the supervising office.
func (s *site) second() *webtest.Client {
	return s.Visit(web.Visitor{Session: "second", Name: "second", Actor: s.actor("second", "supervising-office", s.Government.ID)})
}

// street is the head of the street office, which takes part in the district's commitment.
func (s *site) street() *webtest.Client {
	return s.Visit(web.Visitor{Session: "street", Name: "street", Actor: s.actor("street", "unit-head", s.Street.ID)})
}

func form(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// promise adds commitments to the plan.
func (s *site) promise(t *testing.T, terms ledger.CommitmentTerms) store.Record[ledger.Commitment] {
	t.Helper()
	record, err := s.Store().Commitments().Add(t.Context(), s.Promise(s.Store(), terms))
	if err != nil {
		t.Fatal(err)
	}
	return record
}

func end(month int8) calendar.Date { return calendar.Date{Year: 2026, Month: month, Day: 28} }

// publish brings the plan in force by its pages.
func (s *site) publish(t *testing.T) {
	t.Helper()
	path := "/plans/" + s.plan + "/publication"
	step := func(who *webtest.Client, action string, more ...string) {
		t.Helper()
		revision := who.Get(path).Want(http.StatusOK).Field("revision")
		who.Post("/plans/"+s.plan+"/steps", form(append([]string{"revision", revision, "action", action}, more...)...)).Want(http.StatusOK)
	}
	step(s.Office(), "submit")
	step(s.leader(), "approve")
	step(s.Office(), "publish", "on", "2026-02-01", "basis", "望政发〔2026〕1号")
}

// formOf is the fields of the first form of a page that goes to an address, as the browser would send them.
func formOf(p *webtest.Page, names ...string) url.Values {
	v := url.Values{}
	for _, name := range names {
		v.Set(name, p.Field(name))
	}
	return v
}

func TestAPlanFromItsBeginning(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		office := s.Office()
		office.Get("/plans").Want(http.StatusOK, "望溪区2026年工作要点", "新建计划")
		office.Get("/plans/new").Want(http.StatusOK, "望溪区人民政府")
		office.Post("/plans", form("government", string(s.Government.ID), "year", "27", "title", "二七年")).
			Want(http.StatusUnprocessableEntity, "二七年")
		made := office.Post("/plans", form("government", string(s.Government.ID), "year", "2027")).
			Want(http.StatusOK, "望溪区人民政府2027年工作计划", "计划中还没有承诺事项")
		revision := office.Get(made.Path + "/edit").Want(http.StatusOK).Field("revision")
		office.Post(made.Path+"/edit", form("revision", revision, "title", "2027年工作要点")).Want(http.StatusOK, "2027年工作要点")
		office.Post(made.Path+"/edit", form("revision", revision, "title", "2027年要点")).
			Want(http.StatusConflict, "这条记录已被他人修改", "supervising-office在", "2027年工作要点", "2027年要点")
		s.head().Get("/plans").Want(http.StatusOK).Lacks("新建计划")
		s.head().Post("/plans", form("year", "2027")).Want(http.StatusForbidden)
		s.Public().Get("/plans/" + s.plan).Lacks("望溪区2026年工作要点")
	})
}

func TestCommitmentsAreListedAndTakenOut(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.promise(t, ledger.CommitmentTerms{Title: "推进望溪路改造", Section: 1, Kind: ledger.KindProject})
		office := s.Office()
		office.Get("/commitments").Want(http.StatusOK, "新增养老床位", "推进望溪路改造", "共 2 项", "不低于200")
		office.Get("/commitments?plan="+s.plan+"&kind=project").Want(http.StatusOK, "共 1 项", "推进望溪路改造").Lacks("新增养老床位")
		office.Get("/commitments?plan="+s.plan+"&text=没有这样的").Want(http.StatusOK, "没有符合条件的记录")
		office.Get("/commitments?plan="+s.plan+"&sort=by&desc=1&from=昨天").Want(http.StatusOK, "共 2 项")
		s.head().Get("/commitments").Want(http.StatusOK, "共 1 项").Lacks("推进望溪路改造", "合并为一项")
		file := office.Get("/commitments.xlsx?plan=" + s.plan).Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "PK") || !strings.Contains(file.Header.Get("Content-Disposition"), "xlsx") {
			t.Errorf("the export is %q", file.Header)
		}
		if got := s.Entries(t, "exports", "/commitments"); len(got) != 1 {
			t.Errorf("the log says %v of the export", got)
		}
	})
}

func TestManyAreDoneAtOnce(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		one := s.promise(t, ledger.CommitmentTerms{Title: "甲", Section: 1})
		two := s.promise(t, ledger.CommitmentTerms{Title: "乙", Section: 1})
		office, list := s.Office(), "/commitments?plan="+s.plan
		pick := []string{"pick", string(one.Value.ID) + "@1", "pick", string(two.Value.ID) + "@1", "back", list}
		office.Get(list+"&pick=all").Want(http.StatusOK, "checked")
		post := func(path string, more ...string) *webtest.Page {
			return office.Post("/plans/"+s.plan+path, form(append(more, pick...)...))
		}
		post("/assign").Want(http.StatusOK, "没有做任何改动", "没有填写要分配的单位或岗位")
		post("/assign", "lead", string(s.Street.ID)).Want(http.StatusOK, "已分配 2 项", "清河街道办事处")
		post("/assign", "lead", string(s.Bureau.ID)).Want(http.StatusOK, "已被他人修改，没有做任何改动")
		office.Get("/commitments/"+string(one.Value.ID)).Want(http.StatusOK, "分解任务", "牵头单位 — → 清河街道办事处")
		office.Get("/plans/"+s.plan+"/assignment").Want(http.StatusOK, "最近一次分解", "2 项")
		office.Post("/plans/"+s.plan+"/assignment/undo", form("back", list)).Want(http.StatusOK, "已撤销 2 项的分解")
		pick[1], pick[3] = string(one.Value.ID)+"@3", string(two.Value.ID)+"@3"
		post("/weigh", "weight", "三").Want(http.StatusOK, "不是有效的数字")
		post("/weigh", "weight", "2.5").Want(http.StatusOK, "已设定 2 项的权重", "2.5")
		pick[1], pick[3] = string(one.Value.ID)+"@4", string(two.Value.ID)+"@4"
		post("/merge").Want(http.StatusOK, "2 项已合并", "共 2 项")
	})
}

func TestACommitmentIsCorrectedAndNothingOverwritten(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		office, path := s.Office(), "/commitments/"+s.bed
		edit := office.Get(path+"/edit").Want(http.StatusOK, "新增养老床位200张以上，推进望溪路改造。", "不能修改")
		typed := formOf(edit, "revision", "parent", "title", "number", "kind", "section", "by", "firm", "target.number", "target.code",
			"target.indicator", "target.subject", "target.measure", "target.cmp", "target.value", "target.upper", "target.unit",
			"target.words", "target.by", "target.scope", "target.basis", "target.firm")
		typed.Set("title", "新增养老床位260张")
		typed.Set("target.value", "2,60x")
		office.Post(path+"/edit", typed).Want(http.StatusUnprocessableEntity, "不是有效的数字", "新增养老床位260张")
		typed.Set("target.value", "1,260")
		office.Post(path+"/edit", typed).Want(http.StatusOK, "已保存", "新增养老床位260张", "不低于1,260张", "校正承诺事项")
		typed.Set("title", "养老")
		s.second().Post(path+"/edit", typed).Want(http.StatusConflict, "这条记录已被他人修改", "supervising-office", "新增养老床位260张", "养老", "再次提交")
		record, err := s.Store().Commitments().Get(t.Context(), s.bed)
		if err != nil || record.Value.Title != "新增养老床位260张" {
			t.Errorf("%q, %v", record.Value.Title, err)
		}
		s.head().Get(path + "/edit").Want(http.StatusForbidden)
	})
}

func TestWhatAnotherPlanHoldsIsFoundFromTheOneInForce(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.publish(t)
		office := s.Office()
		draft := office.Post("/plans", form("government", string(s.Government.ID), "year", "2027")).Want(http.StatusOK)
		c := s.Promise(s.Store(), ledger.CommitmentTerms{Title: "新建口袋公园", Section: 1, Kind: ledger.KindTask})
		c.Plan = ledger.PlanID(strings.TrimPrefix(draft.Path, "/plans/"))
		if _, err := s.Store().Commitments().Add(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		link := "/commitments?plan=&text=" + url.QueryEscape("口袋公园")
		office.Get("/commitments?text=口袋公园").Want(http.StatusOK, "没有符合条件的记录", "在全部计划中查看（1 项）", strings.ReplaceAll(link, "&", "&amp;"))
		office.Get(link).Want(http.StatusOK, "新建口袋公园")
		office.Get("/commitments?text=没有这样的").Want(http.StatusOK, "没有符合条件的记录").Lacks("在全部计划中查看")
	})
}

func TestCommitmentsAreAddedSplitAndBrokenDown(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		office := s.Office()
		office.Get("/commitments/new?plan="+s.plan).Want(http.StatusOK, "照抄承诺的原文")
		add := form("plan", s.plan, "document", string(s.Document.Digest), "words", "不在文件中的话", "kind", "task", "firm", "1", "section", "2")
		office.Post("/commitments", add).Want(http.StatusUnprocessableEntity, "不在文件中的话")
		add.Set("words", "全年完成投资15.94亿元")
		office.Post("/commitments", add).Want(http.StatusOK, "已补录", "全年完成投资15.94亿元")

		path := "/commitments/" + s.bed
		split := office.Get(path + "/split").Want(http.StatusOK)
		cut := form("revision", split.Field("revision"), "words", "新增养老床位300张以上，\n推进望溪路改造。")
		office.Post(path+"/split", cut).Want(http.StatusUnprocessableEntity, "原文被改动了")
		office.Get("/commitments/new?plan="+s.plan+"&parent="+s.bed).Want(http.StatusOK, "上级事项")
		part := office.Post("/commitments", form("plan", s.plan, "parent", s.bed, "title", "清河街道床位", "kind", "task", "section", "2",
			"by", "2026-12-31", "firm", "1", "target.number", "", "target.subject", "新增养老床位", "target.cmp", "ge", "target.value", "150", "target.unit", "张",
			"target.measure", "level", "target.indicator", string(s.Indicator.ID), "target.firm", "1")).Want(http.StatusOK, "清河街道床位")
		office.Get(path).Want(http.StatusOK, "分解不足", "分解 150，低于目标 200.0 张", "清河街道床位").Lacks("拆分")
		office.Get(part.Path).Want(http.StatusOK, "上级事项")
	})
}

func TestSplittingByLineBreaks(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		office, path := s.Office(), "/commitments/"+s.bed
		revision := office.Get(path + "/split").Field("revision")
		office.Post(path+"/split", form("revision", revision, "words", "新增养老床位200张以上，\r\n推进望溪路改造。")).
			Want(http.StatusOK, "已拆分为 2 项", "本事项已撤销", "推进望溪路改造")
		office.Get("/commitments?plan="+s.plan).Want(http.StatusOK, "共 2 项")
	})
}

func TestUnitsAnswerAndReachMilestones(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		path, head, street := "/commitments/"+s.bed, s.head(), s.street()
		head.Get("/plans/"+s.plan).Want(http.StatusOK, "认领 1 项任务")
		head.Post(path+"/accept", nil).Want(http.StatusOK, "已认领")
		head.Get("/plans/" + s.plan).Want(http.StatusOK).Lacks("认领 1 项任务")
		street.Get(path).Want(http.StatusOK, "提出异议")
		street.Post(path+"/object", form("unit", string(s.Street.ID), "reason", "")).Want(http.StatusUnprocessableEntity, "请说明异议的理由")
		street.Post(path+"/object", form("unit", string(s.Street.ID), "reason", "没有用地")).Want(http.StatusOK, "异议已提出", "没有用地")
		s.Office().Get("/plans/"+s.plan).Want(http.StatusOK, "答复 1 条单位异议")
		s.Office().Post(path+"/reply", form("unit", string(s.Street.ID), "reply", "由区里统筹")).Want(http.StatusOK, "已答复", "由区里统筹")

		edit := head.Get(path + "/milestones").Want(http.StatusOK)
		set := form("revision", edit.Field("revision"), "milestone.number", "1", "milestone.title", "完成选址", "milestone.by", "2026-06-30", "milestone.weight", "0.4",
			"milestone.number", "", "milestone.title", "主体封顶", "milestone.by", "2027-09-30", "milestone.weight", "")
		head.Post(path+"/milestones", set).Want(http.StatusUnprocessableEntity, "主体封顶")
		set["milestone.by"][1] = "2026-09-30"
		head.Post(path+"/milestones", set).Want(http.StatusOK, "主体封顶")
		head.Post(path+"/milestones/1", form("on", "2026-01-10", "note", "已公示")).Want(http.StatusOK, "2026年1月10日 完成", "已公示")
		head.Post(path+"/milestones/1", form("on", "")).Want(http.StatusUnprocessableEntity, "不是有效的日期")
		head.Post(path+"/milestones/1", form("undo", "1")).Want(http.StatusOK).Lacks("已公示")
	})
}

func TestTheWorkbenchAssignsByRules(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.promise(t, ledger.CommitmentTerms{Title: "路", Section: 1, By: end(6)})
		s.promise(t, ledger.CommitmentTerms{Title: "园", Section: 2, By: end(6)})
		office, bench := s.Office(), "/plans/"+s.plan+"/assignment"
		office.Get(bench).Want(http.StatusOK, "待分配 2 / 3", "望溪区民政局")
		office.Get(bench+"/preview?section=1").Want(http.StatusUnprocessableEntity, "规则有误")
		rule := "?section=2&words=望溪路&lead=" + string(s.Street.ID)
		preview := office.Get(bench+"/preview"+rule).Want(http.StatusOK, "将分配 1 项", "园")
		office.Post(bench+"/rules", form("revision", "0", "do", "add", "section", "2", "words", "望溪路", "lead", string(s.Street.ID))).
			Want(http.StatusOK, "规则已保存", "含“望溪路”")
		office.Post(bench+"/rules", form("revision", "0", "do", "remove", "rule", "1")).Want(http.StatusOK, "规则已被他人修改")
		pick := picks.FindStringSubmatch(preview.Body)[1]
		office.Post(bench+"/apply", form("saved", "1", "back", bench)).Want(http.StatusOK, "没有选择任何事项")
		office.Post(bench+"/apply", form("saved", "1", "back", bench, "pick", pick)).Want(http.StatusOK, "已分配 1 项", "待分配 1 / 3")
		office.Get(bench+"/preview?saved=1").Want(http.StatusOK, "没有事项符合条件")
		office.Post(bench+"/rules", form("revision", "1", "do", "remove", "rule", "1")).Want(http.StatusOK, "还没有规则")
		s.leader().Get(bench).Want(http.StatusForbidden)
	})
}

func TestPublicationSaysWhatStandsAgainstIt(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		lacking := s.promise(t, ledger.CommitmentTerms{Title: "没有单位的事项"})
		office, path := s.Office(), "/plans/"+s.plan+"/publication"
		office.Get("/plans/"+s.plan+"/gaps").Want(http.StatusOK, "没有单位的事项", "影响印发", "补充")
		revision := office.Get(path).Want(http.StatusOK, "牵头单位和时限的缺口：2 处").Field("revision")
		office.Post("/plans/"+s.plan+"/steps", form("revision", revision, "action", "submit")).
			Want(http.StatusUnprocessableEntity, "没有单位的事项", "请")
		fixed := lacking.Value
		fixed.Lead, fixed.By = s.Street.ID, end(6)
		if _, err := s.Store().Commitments().Change(t.Context(), fixed, 1); err != nil {
			t.Fatal(err)
		}
		office.Get("/plans/"+s.plan+"/gaps").Want(http.StatusOK, "责任岗位目前无人任职").Lacks("影响印发")
		s.publish(t)
		office.Get(path).Want(http.StatusOK, "已办结：已印发", "批准", "印发")
		office.Post("/plans/"+s.plan+"/steps", form("revision", revision, "action", "submit")).Want(http.StatusConflict, "已有人办理了一步")
		office.Get("/plans/"+s.plan+"/table").Want(http.StatusOK, "任务分解表", "清河街道办事处")
		office.Get("/plans/"+s.plan+"/versions").Want(http.StatusOK, "第 1 版的内容", "2026-001")
	})
}

// TestAMilestoneIsAmendedWithItsCommitment: both days are proposed by one form.
func TestAMilestoneIsAmendedWithItsCommitment(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.publish(t)
		path, head := "/commitments/"+s.bed, s.head()
		set := form("revision", head.Get(path+"/milestones").Field("revision"), "milestone.number", "", "milestone.title", "完成选址", "milestone.by", "2026-06-30",
			"milestone.weight", "")
		head.Post(path+"/milestones", set).Want(http.StatusOK, "完成选址")
		edit := head.Get(path+"/amend").Want(http.StatusOK, "完成选址", "现为：2026年6月30日")
		day := regexp.MustCompile(`milestone\.\d+`).FindString(edit.Body)
		typed := formOf(edit, append(slices.Clone(amendFields), day)...)
		if typed.Get(day) != "2026-06-30" {
			t.Fatalf("the form begins with %v", typed)
		}
		for key, value := range map[string]string{"reason": "选址调整", "effective": "2026-06-01", "basis.title": "区政府第12次常务会议纪要", "cooperating": string(s.Street.ID)} {
			typed.Set(key, value)
		}
		head.Post(path+"/amend", typed).Want(http.StatusUnprocessableEntity, "没有任何改动")
		typed.Set(day, "")
		head.Post(path+"/amend", typed).Want(http.StatusUnprocessableEntity, "不是有效的日期")
		typed.Set(day, "2027-09-30")
		head.Post(path+"/amend", typed).Want(http.StatusUnprocessableEntity, `value="2027-09-30"`)
		typed.Set(day, "2026-08-31")
		head.Post(path+"/amend", typed).Want(http.StatusOK, "已提请调整", "2026年6月30日", "2026年8月31日")
	})
}

func TestAnAmendmentByItsPages(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.publish(t)
		path, head := "/commitments/"+s.bed, s.head()
		edit := head.Get(path+"/amend").Want(http.StatusOK, "现为：2026年12月31日")
		typed := formOf(edit, amendFields...)
		typed.Set("cooperating", string(s.Street.ID))
		typed.Set("reason", "上级任务调整")
		typed.Set("effective", "2026-06-01")
		typed.Set("basis.title", "区政府第12次常务会议纪要")
		head.Post(path+"/amend", typed).Want(http.StatusUnprocessableEntity, "没有任何改动", "上级任务调整")
		typed.Set("by", "2027-03-31")
		typed.Set("target.value", "180")
		made := head.Post(path+"/amend", typed).Want(http.StatusOK, "已提请调整", "2026年12月31日", "2027年3月31日", "不低于180", "审核同意（督查室）")

		step := func(who *webtest.Client, action string) *webtest.Page {
			revision := who.Get(made.Path).Want(http.StatusOK).Field("revision")
			return who.Post(made.Path+"/steps", form("revision", revision, "action", action)).Want(http.StatusOK, "已办理")
		}
		step(s.Office(), "pass")
		step(s.leader(), "approve")
		s.Office().Get("/amendments").Want(http.StatusOK, "有 1 项已批准的调整等待生效", "/amendments?plan="+s.plan+"&amp;state=agreed")
		head.Get("/amendments").Want(http.StatusOK).Lacks("等待生效")
		list := s.Office().Get("/amendments?plan="+s.plan+"&state=agreed").Want(http.StatusOK, "实施勾选的调整")
		apply := form("plan", s.plan, "revision", list.Field("revision"), "amendment", list.Field("amendment"), "on", "2026-06-10")
		s.Office().Post("/amendments/apply", apply).Want(http.StatusOK, "计划现为第 2 版", "1 项有变化")
		s.Office().Post("/amendments/apply", apply).Want(http.StatusOK, "已有人办理了一步")
		head.Get("/plans/"+s.plan+"/versions?from=1&to=2").Want(http.StatusOK, "1 项有变化", "2026年12月31日", "2027年3月31日")
		head.Get("/plans/"+s.plan+"/versions?version=1").Want(http.StatusOK, "不低于200").Lacks("不低于180")
		head.Get("/plans/"+s.plan+"/versions?from=1&to=9").Want(http.StatusUnprocessableEntity, "没有第 9 版")
		head.Get(path).Want(http.StatusOK, "2027年3月31日", "自 2026年6月1日 起的调整")
		s.street().Post(path+"/amend", typed).Want(http.StatusForbidden)
	})
}

func TestEveryPageSpeaksEnglish(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.promise(t, ledger.CommitmentTerms{Title: "空"})
		office := s.Office()
		for _, path := range []string{
			"/plans", "/plans/new", "/plans/{plan}", "/plans/{plan}/edit", "/plans/{plan}/publication", "/plans/{plan}/gaps", "/plans/{plan}/table",
			"/plans/{plan}/versions", "/plans/{plan}/assignment", "/commitments", "/commitments/new?plan={plan}", "/commitments/{bed}",
			"/commitments/{bed}/edit", "/commitments/{bed}/split", "/commitments/{bed}/milestones", "/commitments/{bed}/amend", "/amendments",
		} {
			path = strings.NewReplacer("{plan}", s.plan, "{bed}", s.bed).Replace(path)
			sign := "?"
			if strings.Contains(path, "?") {
				sign = "&"
			}
			office.Get(path+sign+"lang=en").Want(http.StatusOK, "Plans", "Sign out")
		}
	})
}

func TestALongPlanComesInStretches(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		s.Promises(t, s.Store(), planning.StretchSize)
		s.publish(t)
		office, table := s.Office(), "/plans/"+s.plan+"/table"
		for _, path := range []string{table, "/plans/" + s.plan + "/versions"} {
			office.Get(path).Want(http.StatusOK, "第 1–200 项，共 201 项", path+"?behind=200").Lacks("上一页")
			office.Get(path+"?behind=200").Want(http.StatusOK, "第 201–201 项，共 201 项", "上一页").Lacks("下一页")
		}
		office.Get(table+"?behind=200").Want(http.StatusOK, `<td class="num">201</td>`)
		office.Get(table+"?behind=-3").Want(http.StatusOK, "第 1–200 项")
	})
}
