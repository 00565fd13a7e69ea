package livelihood_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
)

func TestWhoMayComeByWhichRoute(t *testing.T) {
	each(t, func(t *testing.T, o *town) { o.Matrix(t) })
}

// called begins a call by the forms, and is the path of its page.
func (o *town) called(t *testing.T) string {
	t.Helper()
	office := o.Office()
	office.Get("/livelihood/rounds/new").Want(http.StatusOK, `value="2027"`, "应到代表人数", "2/3")
	fields := roundFields(o.Government.ID)
	fields.Set("quorum", "两成")
	fields.Set("deputies", "许多")
	office.Post("/livelihood/rounds", fields).Want(http.StatusUnprocessableEntity, `value="许多"`, `value="两成"`)
	fields.Set("deputies", "4")
	office.Post("/livelihood/rounds", fields).Want(http.StatusUnprocessableEntity, "请填写法定人数占应到代表的比例")
	made := office.Post("/livelihood/rounds", roundFields(o.Government.ID)).Want(http.StatusOK, "已保存", "筹备中", "请提出您最盼望办的实事。")
	o.Public().Get(made.Path).Lacks("请提出您最盼望办的实事")
	step(office, made.Path, "call", "").Want(http.StatusOK, "征集中")
	return made.Path
}

// suggested suggests something by the form of a call, and is its page as the office sees it.
func (o *town) suggested(t *testing.T, round, title string, fields url.Values) string {
	t.Helper()
	fields.Set("title", title)
	o.Office().Post(round+"/candidates", fields).Want(http.StatusOK, "建议已收到")
	for _, path := range regexp.MustCompile(`/livelihood/candidates/[0-9a-f-]+`).FindAllString(o.Office().Get(round).Body, -1) {
		if strings.Contains(o.Office().Get(path).Body, title+"</h1>") {
			return path
		}
	}
	t.Fatalf("%s does not stand on %s", title, round)
	return ""
}

// TestFromTheCallToThePromise goes by the forms as they stand on the pages, without any script.
func TestFromTheCallToThePromise(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		round := o.called(t)
		office, leader, public := o.Office(), o.As("leader", o.Government.ID), o.Public()
		public.Get("/livelihood").Want(http.StatusOK, "望溪区2026年民生实事项目", "欢迎提出建议").Lacks("新建征集")
		public.Get(round).Want(http.StatusOK, "我要提建议", "无须登录").Lacks("报请票决", "来源 督查室", "办理过程")
		public.Post(round+"/candidates", form("title", "望湖路装路灯")).Want(http.StatusUnprocessableEntity, "请说明建议内容和理由", `value="望湖路装路灯"`)
		public.Post(round+"/candidates", form("title", "望湖路装路灯", "text", "夜里看不见路", "origin", "office")).
			Want(http.StatusOK, "建议已收到，编号 1").Lacks("夜里看不见路")
		first := link(t, office.Get(round).Want(http.StatusOK, "1 条待审核", "望湖路装路灯", "群众"), "/livelihood/candidates/")
		public.Get(first).Lacks("夜里看不见路")
		office.Post(first+"/move", form("move", "reject", "reason", "")).Want(http.StatusUnprocessableEntity, "请写明理由")
		office.Post(first+"/move", form("move", "list")).Want(http.StatusOK, "入围")
		public.Get(first).Want(http.StatusOK, "夜里看不见路", "群众").Lacks("修改表述")
		office.Post(first, form("title", "望湖路安装路灯60盏", "text", "夜里看不见路", "lead", string(o.Bureau.ID), "by", "2026-10-31", "cooperating", string(o.Street.ID))).
			Want(http.StatusOK, "已保存", "2026年10月31日")
		var pages []string
		for _, title := range []string{"建成社区食堂6处", "改造公厕12座"} {
			path := o.suggested(t, round, title, form("origin", "deputy"))
			office.Post(path+"/move", form("move", "list")).Want(http.StatusOK, "入围", "人大代表")
			pages = append(pages, path)
		}
		same := o.suggested(t, round, "老年人吃饭难", form("origin", "public", "text", "请办食堂"))
		office.Post(same+"/move", form("move", "merge", "into", "99")).Want(http.StatusUnprocessableEntity, "没有可并入的 99 号项目")
		office.Post(same+"/move", form("move", "merge", "into", "2")).Want(http.StatusOK, "已合并", "建成社区食堂6处")
		step(office, round, "screen", "").Want(http.StatusOK, "筛选论证中")
		public.Get(round).Want(http.StatusOK, "含合并建议 1 条").Lacks("我要提建议")
		step(office, round, "propose", "").Want(http.StatusOK, "待批准票决")
		step(leader, round, "approve", "").Want(http.StatusOK, "票决中")
		o.voted(t, round, first, pages)
		step(office, round, "count", "").Want(http.StatusOK, "结果尚未确认", "第 1 次票决：应到代表 4 人，参加表决 3 人，有效票 3 张")
		public.Get(round).Want(http.StatusOK, "已计票").Lacks("票决结果")
		step(leader, round, "decide", "").Want(http.StatusOK, "已公布结果")
		public.Get(round).Want(http.StatusOK, "票决结果", "未入选").Lacks("结果尚未确认")
		office.Post(round+"/enter", form("plan", string(o.Plan.ID))).Want(http.StatusOK, "2 个项目已列入计划")
		list := office.Get("/livelihood").Want(http.StatusOK, "望湖路安装路灯60盏", "建成社区食堂6处").Lacks("改造公厕12座")
		office.Get(link(t, list, "/livelihood/items/")).Want(http.StatusOK, "票决入选，得 3 票")
	})
}

// voted lets two deputies vote by themselves and one on paper.
func (o *town) voted(t *testing.T, round, first string, pages []string) {
	t.Helper()
	id := func(path string) string { return strings.TrimPrefix(path, "/livelihood/candidates/") }
	all := form("mark", id(first))
	for _, path := range pages {
		all.Add("mark", id(path))
	}
	o.deputy(1).Get(round).Want(http.StatusOK, "最多选 2 项", "确认投票")
	o.deputy(1).Post(round+"/ballot", all).Want(http.StatusUnprocessableEntity, "最多可选 2 项", "checked")
	o.deputy(1).Post(round+"/ballot", form("mark", id(first), "mark", id(pages[0]))).Want(http.StatusOK, "投票成功", "您已投票")
	o.deputy(2).Post(round+"/ballot", form("mark", id(first), "mark", id(pages[0]))).Want(http.StatusOK, "投票成功")
	o.deputy(2).Post(round+"/ballot", form()).Want(http.StatusUnprocessableEntity, "您本次已经投过票")
	o.Office().Post(round+"/ballot", form()).Want(http.StatusForbidden)
	office := o.Office()
	office.Get(round).Want(http.StatusOK, "2 人（法定人数 3，应到 4）").Lacks("票决结果")
	counted := form("issued", "2", "received", "1", "valid", "1", "votes."+id(first), "1", "votes."+id(pages[0]), "1")
	sent(t, office, round+"/sheets", "", nil, counted).Want(http.StatusUnprocessableEntity, "请上传经监票人签字的计票单")
	page := sent(t, office, round+"/sheets", "计票单.txt", []byte("监票人"), counted).Want(http.StatusOK, "计票单已登记", "发出 2 张，收回 1 张，有效 1 张")
	sheet := link(t, page, round+"/sheets/")
	if file := office.Get(sheet).Want(http.StatusOK); file.Body != "监票人" || !strings.HasPrefix(file.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("the sheet is %q, %v", file.Body, file.Header)
	}
	o.deputy(1).Get(sheet).Want(http.StatusForbidden)
	office.Post(sheet+"/withdraw", form("reason", "误录")).Want(http.StatusOK, "已撤回：误录")
	sent(t, office, round+"/sheets", "计票单.txt", []byte("监票人"), counted).Want(http.StatusOK, "计票单已登记")
}

// TestAnItemUpToItsClosing goes by the forms of an item's page.
func TestAnItemUpToItsClosing(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		item := o.item(t)
		office, head := o.Office(), o.As("unit-head", o.Bureau.ID)
		office.Get("/livelihood").Want(http.StatusOK, "建成社区食堂6处", "办理中", "0 / 1")
		head.Get(item).Want(http.StatusOK, "还没有照片", "须上传完成情况的照片", "未经票决")
		o.person("street-head", "unit-head", o.Street.ID).Get(item).Want(http.StatusOK).Lacks("上传照片", "申请销号")
		o.Public().Get(item).Lacks("建成社区食堂6处")
		shot := form("stage", "after", "on", "2026-01-05", "caption", "食堂开业")
		sent(t, head, item+"/pictures", "现场.jpg", []byte("<html>"), shot).Want(http.StatusUnprocessableEntity, "只接收 JPEG 和 PNG 照片", `value="食堂开业"`)
		shown := sent(t, head, item+"/pictures", "现场.jpg", scene(t), shot).Want(http.StatusOK, "照片已上传", "完成后", "2026年1月5日")
		picture := link(t, shown, "/livelihood/pictures/")
		if small := office.Get(picture + "/preview").Want(http.StatusOK); small.Header.Get("Content-Type") != "image/jpeg" || len(small.Body) == 0 {
			t.Errorf("the small picture is %v", small.Header)
		}
		if seen := o.Public().Get(picture); seen.Header.Get("Content-Type") == "image/jpeg" {
			t.Error("the public sees pictures of a plan that is not public")
		}
		step(head, item, "finish", "").Want(http.StatusOK, "待核验")
		step(office, item, "return", "照片看不清").Want(http.StatusOK, "办理中", "照片看不清")
		head.Post(item+"/steps", form("step", "finish", "seen", "1")).Want(http.StatusConflict, "他人已先行处理")
		step(head, item, "finish", "").Want(http.StatusOK, "待核验")
		step(office, item, "pass", "").Want(http.StatusOK, "满意度评议", "须满意度达到规定要求")
		survey := form("scale", "citizens", "on", "2026-01-06", "asked", "60", "note", "入户问卷", "count.citizens.very", "很多")
		sent(t, office, item+"/surveys", "", nil, survey).Want(http.StatusUnprocessableEntity, `value="很多"`)
		survey.Set("count.citizens.very", "40")
		survey.Set("count.citizens.bad", "5")
		sent(t, office, item+"/surveys", "统计表.txt", []byte("统计"), survey).Want(http.StatusOK, "评议结果已登记", "满意率 88.9%", "统计表.txt")
		head.Get(item).Want(http.StatusOK, "满意率 88.9%").Lacks("统计表.txt", "登记群众问卷调查")
		step(office, item, "close", "").Want(http.StatusOK, "已销号")
		head.Get("/livelihood").Want(http.StatusOK, "满意率 88.9%", "1 / 1")
		taken := strings.TrimPrefix(picture, "/livelihood/pictures/")
		head.Post(item+"/pictures/"+taken+"/withdraw", form("reason", "")).Want(http.StatusUnprocessableEntity, "请写明理由")
		head.Post(item+"/pictures/"+taken+"/withdraw", form("reason", "人像未征得同意")).Want(http.StatusOK, "另有 1 张已撤回")
		office.Get(item+"?lang=en").Want(http.StatusOK, "Livelihood", "88.9% satisfied").Lacks("⟦")
	})
}

// TestThePagesInABrowser looks at every page in both languages, on both screens, for whom it is made.
func TestThePagesInABrowser(t *testing.T) {
	o := settle(t, storetest.SQLite(t))
	item, round := o.item(t), o.called(t)
	head := o.As("unit-head", o.Bureau.ID)
	for i, stage := range []string{"before", "during", "after"} {
		sent(t, head, item+"/pictures", "现场.jpg", scene(t), form("stage", stage, "on", "2026-01-05", "caption", fmt.Sprint("社区食堂", i)))
	}
	sent(t, o.Office(), item+"/surveys", "", nil, form("scale", "citizens", "on", "2026-01-06", "asked", "60", "note", "入户问卷", "count.citizens.very", "40"))
	var candidates []string
	for _, title := range []string{"建成社区食堂6处", "改造公厕12座", "望湖路安装路灯60盏"} {
		path := o.suggested(t, round, title, form("origin", "deputy", "text", "群众盼望多年。"))
		o.Office().Post(path+"/move", form("move", "list"))
		candidates = append(candidates, path)
	}
	office, deputy, public := o.Office().Browse(t), o.deputy(1).Browse(t), o.Public().Browse(t)
	look := func(name, path string, tab *webtest.Tab) {
		for _, lang := range []string{"zh-CN", "en"} {
			tab.Wide()
			tab.Open(path + "?lang=" + lang)
			tab.Picture(name + "-" + lang + "-wide")
			tab.Axe()
			tab.Fits()
			tab.Narrow()
			tab.Fits()
			tab.Picture(name + "-" + lang + "-narrow")
		}
	}
	look("list", "/livelihood", office)
	look("item", item, office)
	look("rounds", "/livelihood/rounds", office)
	look("new", "/livelihood/rounds/new", office)
	look("call", round, public)
	look("screening", round, office)
	look("candidate", candidates[0], office)
	for _, name := range []string{"screen", "propose"} {
		step(o.Office(), round, name, "")
	}
	step(o.As("leader", o.Government.ID), round, "approve", "")
	look("ballot", round, deputy)
	for n := range 3 {
		marks := form()
		for _, path := range candidates[:2] {
			marks.Add("mark", strings.TrimPrefix(path, "/livelihood/candidates/"))
		}
		o.deputy(n+1).Post(round+"/ballot", marks)
	}
	look("counting", round, office)
	step(o.Office(), round, "count", "")
	step(o.As("leader", o.Government.ID), round, "decide", "")
	look("result", round, public)
	look("decided", round, office)
}
