package projects_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/projects"
	"luoshi/internal/web/searching"
	"luoshi/internal/web/webtest"
)

func each(t *testing.T, test func(t *testing.T, site *webtest.Site)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		use := catalogue.New(f.Core)
		going, reports, _ := progresstest.Uses(t, f.Core)
		test(t, webtest.Serve(t, f, append(projects.New(use, going, reports, nil).Routes(), searching.New(use).Routes()...)...))
	}, progresstest.Rooms()...)
}

func of(site *webtest.Site, part string) string {
	return "/projects/" + string(site.Project.ID) + part
}

// form is what the form of a project sends; the fields given stand in place of the project's own.
func form(page *webtest.Page, set map[string]string) url.Values {
	values := url.Values{}
	for _, name := range []string{"seen", "name", "number", "category", "lead", "total", "start", "completion", "content", "street", "address", "longitude", "latitude"} {
		values.Set(name, page.Field(name))
	}
	for name, value := range set {
		values.Set(name, value)
	}
	return values
}

func TestTheListShowsProjectsWithTheirSums(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		office.Get("/projects").Want(http.StatusOK, "望溪路改造", "WX-07", "城市更新", "续建", "159,400", "4.00005", "合计", "清河街道办事处", "问题1")
		office.Get("/projects?stage=reserve").Want(http.StatusOK, "没有符合条件的项目", "清除筛选")
		office.Get("/projects?sort=total&desc=1&q=雨污").Want(http.StatusOK, "望溪路改造")
		office.Get("/projects?lang=en").Want(http.StatusOK, "Projects", "ongoing", "159,400", "Summary by category")
		// A unit that has nothing to do with the project does not see it, on the list or by its address.
		site.As("reporter", site.Government.ID).Get(of(site, "")).Want(http.StatusOK, "望溪路改造")
		stranger := site.As("administrator", site.Government.ID)
		stranger.Get(of(site, "")).Want(http.StatusForbidden)
		stranger.Get("/projects").Want(http.StatusOK).Lacks("望溪路改造")
		office.Get("/projects/01900000-0000-7000-8000-000000000000").Want(http.StatusNotFound)
	})
}

func TestAProjectIsEditedAndNobodyOverwritesAnother(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office, head := site.Office(), site.As("unit-head", site.Street.ID)
		first, second := office.Get(of(site, "/edit")), head.Get(of(site, "/edit"))
		first.Want(http.StatusOK, "159400")

		office.Post(of(site, "/edit"), form(first, map[string]string{"name": "", "total": "很多"})).
			Want(http.StatusUnprocessableEntity, "“很多”不是数字", "很多")
		office.Post(of(site, "/edit"), form(first, map[string]string{"completion": "2024-01-01"})).
			Want(http.StatusUnprocessableEntity, "2024-01-01")
		office.Post(of(site, "/edit"), form(first, map[string]string{"name": "望溪路及支路改造", "total": "16.5亿元"})).
			Want(http.StatusOK, "已保存", "望溪路及支路改造", "165,000")
		conflict := head.Post(of(site, "/edit"), form(second, map[string]string{"content": "管网更新"})).
			Want(http.StatusConflict, "这条记录已被他人修改", "supervising-office在", "望溪路及支路改造", "管网更新")
		head.Post(of(site, "/edit"), form(conflict, nil)).Want(http.StatusOK, "已保存", "管网更新")

		site.As("leader", site.Government.ID).Get(of(site, "/edit")).Want(http.StatusForbidden)
		site.As("unit-head", site.Bureau.ID).Get(of(site, "/edit")).Want(http.StatusForbidden)
	})
}

func TestPartsOfAProject(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		// 0.01 万元 planned and 0.006 arrived are there for the own budget, the third of the sources.
		office.Get(of(site, "/funds")).Want(http.StatusOK, "本级财政", "0.01", "0.006")
		funds := url.Values{"seen": {"1"}, "planned-0": {"1,000.25"}, "arrived-0": {"500"}, "paid-0": {""}}
		office.Post(of(site, "/funds"), funds).Want(http.StatusOK, "中央预算内", "1,000.25", "500").Lacks("本级财政")
		funds.Set("seen", "2")
		funds.Set("arrived-0", "1000.26")
		office.Post(of(site, "/funds"), funds).Want(http.StatusUnprocessableEntity, "1000.26")
		funds.Set("seen", "1")
		funds.Set("arrived-0", "600")
		office.Post(of(site, "/funds"), funds).Want(http.StatusConflict, "有人修改了该项目", "600")

		office.Post(of(site, "/years"), url.Values{
			"seen": {"2"}, "year-0": {"2026"}, "planned-0": {"4000"}, "done-0": {"1000"}, "year-1": {"2025"}, "planned-1": {"10"}, "done-1": {""},
		}).Want(http.StatusOK, "2025", "4,000", "1,000")
		office.Post(of(site, "/nodes"), url.Values{
			"seen": {"3"}, "title-0": {"可研批复"}, "by-0": {"2026-12-31"}, "reached-0": {"2026-11-01"}, "title-1": {"主体封顶"}, "by-1": {""}, "reached-1": {""},
		}).Want(http.StatusUnprocessableEntity, "主体封顶")
		office.Post(of(site, "/nodes"), url.Values{
			"seen": {"3"}, "title-0": {"可研批复"}, "by-0": {"2026-12-31"}, "reached-0": {"2026-11-01"},
		}).Want(http.StatusOK, "2026年11月1日完成")
		office.Post(of(site, "/obstacles"), url.Values{
			"seen": {"4"}, "text-0": {"征地未完成"}, "unit-0": {string(site.Bureau.ID)}, "raised-0": {"2026-03-01"}, "solved-0": {"2026-05-01"},
			"text-1": {"管线迁改"}, "unit-1": {""}, "raised-1": {"2026-06-01"}, "solved-1": {""},
		}).Want(http.StatusOK, "2026年5月1日解决", "管线迁改", "未解决")
	})
}

func TestAProjectMovesToAStage(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		head := site.As("unit-head", site.Street.ID)
		head.Get(of(site, "/stage")).Want(http.StatusOK, "完工", "退出").Lacks("储备")
		head.Post(of(site, "/stage"), url.Values{"seen": {"1"}, "to": {"exited"}}).Want(http.StatusUnprocessableEntity)
		head.Post(of(site, "/stage"), url.Values{"seen": {"1"}, "to": {"exited"}, "reason": {"投资方撤资"}}).
			Want(http.StatusOK, "已调整到“退出”", "续建 → 退出", "投资方撤资")
		site.As("reporter", site.Street.ID).Get(of(site, "/stage")).Want(http.StatusForbidden)
	})
}

func TestAProjectIsAdded(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		blank := office.Get("/projects/new").Want(http.StatusOK, "新增项目")
		values := form2(blank)
		values.Set("name", "清河桥")
		values.Set("stage", "starting")
		office.Post("/projects", values).Want(http.StatusUnprocessableEntity, "清河桥")
		values.Set("start", "2026-03-01")
		office.Post("/projects", values).Want(http.StatusOK, "已新增项目“清河桥”", "2026年3月1日")
	})
}

func form2(page *webtest.Page) url.Values {
	values := url.Values{}
	for _, name := range []string{"plan", "stage", "category"} {
		values.Set(name, page.Field(name))
	}
	return values
}

func upload(t *testing.T, plan, name, content string) (kind string, body *bytes.Buffer) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	if plan != "" {
		_ = w.WriteField("plan", plan)
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(content))
	}
	_ = w.Close()
	return w.FormDataContentType(), body
}

func TestATableComesIn(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		send := func(name, content string) *webtest.Page {
			t.Helper()
			kind, body := upload(t, string(site.Plan.ID), name, content)
			return office.Send("/imports/projects", kind, body)
		}
		office.Get("/imports/projects").Want(http.StatusOK, "项目名称")
		send("", "").Want(http.StatusUnprocessableEntity, "请选择文件")
		send("表.txt", "甲").Want(http.StatusUnprocessableEntity, "只能导入")
		preview := send("表.csv", "项目名称,责任单位,总投资(万元)\n清河桥,区民政局,1200\n坏桥,没有的局,abc\n").
			Want(http.StatusOK, "表.csv", "可导入1行", "“没有的局”", "“abc”不是金额", "跳过有错误的行，导入1行")
		office.Post(preview.Path, url.Values{}).Want(http.StatusUnprocessableEntity, "仍有1行有错误")
		office.Post(preview.Path, url.Values{"sound": {"1"}}).Want(http.StatusOK, "已导入1个项目", "清河桥", "1,200")
		office.Get(preview.Path).Want(http.StatusUnprocessableEntity, "没有待确认的导入")
	})
}

func TestTheListGoesOutAsAWorkbook(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		answer := site.Office().Get("/projects.xlsx?stage=ongoing&sort=name")
		answer.Want(http.StatusOK)
		file, err := excelize.OpenReader(strings.NewReader(answer.Body))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := file.GetRows(file.GetSheetName(0))
		if err != nil || len(rows) != 2 || rows[1][1] != "望溪路改造" || rows[1][9] != "159,400" || rows[1][10] != "4.00005" {
			t.Errorf("%q, %v", rows, err)
		}
		if got := site.Entries(t, "exports", "/projects"); len(got) != 1 {
			t.Errorf("the log has %v", got)
		}
		// Whoever sees nothing takes nothing out.
		empty := site.As("administrator", site.Government.ID).Get("/projects.xlsx").Want(http.StatusOK)
		none, err := excelize.OpenReader(strings.NewReader(empty.Body))
		if err != nil {
			t.Fatal(err)
		}
		defer none.Close()
		if rows, err := none.GetRows(none.GetSheetName(0)); err != nil || len(rows) != 1 {
			t.Errorf("%q, %v", rows, err)
		}
	})
}

func TestAViewIsKeptAndOpensThePage(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		office.Post("/views", url.Values{"list": {"/projects"}, "query": {"stage=reserve"}, "name": {""}}).Want(http.StatusUnprocessableEntity)
		office.Post("/views", url.Values{"list": {"/projects"}, "query": {"stage=reserve"}, "name": {"储备项目"}, "default": {"1"}}).
			Want(http.StatusOK, "已保存视图“储备项目”")
		opened := office.Get("/projects").Want(http.StatusOK, "储备项目", "没有符合条件的项目")
		if opened.Path != "/projects?stage=reserve" {
			t.Errorf("the default view is not opened: %s", opened.Path)
		}
		office.Post("/views", url.Values{"list": {"https://example.com/"}, "name": {"外"}}).Want(http.StatusUnprocessableEntity)
	})
}
