package units_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web/page"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/units"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

func each(t *testing.T, test func(t *testing.T, site *webtest.Site)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		accounts := func(context.Context, ledger.UnitID) ([]page.Option, error) {
			return []page.Option{{Value: "01900000-0000-7000-8000-000000000001", Label: "王宁"}}, nil
		}
		going, _, _ := progresstest.Uses(t, f.Core)
		test(t, webtest.Serve(t, f, units.New(catalogue.New(f.Core), going, accounts, nil).Routes()...))
	}, progresstest.Rooms()...)
}

func at(id ledger.UnitID, part string) string { return "/units/" + string(id) + part }

func TestTheTreeOfADay(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		admin := site.As("administrator", site.Government.ID)
		admin.Get("/units").Want(http.StatusOK, "望溪区人民政府", "望溪区民政局", "清河街道办事处", "新增单位")
		admin.Get("/units?on=2019-02-28").Want(http.StatusOK, "以下是2019年2月28日的单位树").Lacks("望溪区民政局")
		site.As("reporter", site.Street.ID).Get("/units").Want(http.StatusOK, "望溪区民政局").Lacks("新增单位")
		if status := site.Public().Get("/units").Status; status == http.StatusOK {
			t.Error("the public sees the tree of units")
		}
		admin.Get("/units.xlsx").Want(http.StatusOK)
		if got := site.Entries(t, "exports", "/units"); len(got) != 1 || got[0] != "unit.read" {
			t.Errorf("the log has %v", got)
		}
		out := site.Office().Get("/units.xlsx").Want(http.StatusOK)
		if !strings.HasPrefix(out.Body, "PK") {
			t.Error("the export is no workbook")
		}
	})
}

func TestAUnitWithItsPostsAndDuties(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		office.Get(at(site.Bureau.ID, "")).Want(http.StatusOK, "望溪区民政局", "牵头承诺事项1项", "2026-001", "望溪区人民政府")
		office.Get(at(site.Street.ID, "")).Want(http.StatusOK, "望溪路改造", "配合1项")
		site.As("reporter", site.Street.ID).Get(at(site.Bureau.ID, "")).Want(http.StatusOK, "2026-001")

		post := office.Post(at(site.Bureau.ID, "/posts"), url.Values{"title": {"局长"}}).Want(http.StatusOK, "已新增岗位“局长”", "空缺")
		_ = post
		office.Post(at(site.Bureau.ID, "/posts"), url.Values{"title": {" "}}).Want(http.StatusUnprocessableEntity)
		ours := postOf(t, site, "局长")
		office.Get(ours).Want(http.StatusOK, "新任", "王宁")
		office.Post(ours+"/succeed", url.Values{"seen": {"1"}, "person": {"林澜"}, "from": {"三月"}}).
			Want(http.StatusUnprocessableEntity, "“三月”不是日期", "林澜")
		office.Post(ours+"/succeed", url.Values{"seen": {"1"}, "person": {"林澜"}, "from": {"2025-03-01"}}).Want(http.StatusOK, "2025年3月1日", "至今")
		office.Post(ours+"/succeed", url.Values{"seen": {"1"}, "person": {"赵屿"}, "from": {"2026-03-01"}}).Want(http.StatusConflict, "有人修改了它", "赵屿")
		office.Post(ours+"/succeed", url.Values{"seen": {"2"}, "person": {"赵屿"}, "from": {"2026-03-01"}, "account": {"01900000-0000-7000-8000-000000000001"}}).
			Want(http.StatusOK, "2026年2月28日")
		office.Post(ours+"/leave", url.Values{"seen": {"3"}, "last": {"2026-08-31"}}).Want(http.StatusOK, "2026年8月31日")
		office.Post(ours+"/title", url.Values{"seen": {"4"}, "title": {"党组书记、局长"}}).Want(http.StatusOK, "党组书记、局长")
		reporter := site.As("reporter", site.Bureau.ID)
		reporter.Get(ours).Want(http.StatusOK, "赵屿").Lacks("登记新任")
		reporter.Post(ours+"/title", url.Values{"seen": {"5"}, "title": {"甲"}}).Want(http.StatusForbidden)
	})
}

// postOf is the address of a post of the bureau.
func postOf(t *testing.T, site *webtest.Site, title string) string {
	t.Helper()
	body := site.Office().Get(at(site.Bureau.ID, "")).Body
	before, _, found := strings.Cut(body, ">"+title+"</a>")
	if !found {
		t.Fatal("the post is not on the unit's page")
	}
	return before[strings.LastIndex(before, `"/posts/`)+1 : len(before)-1]
}

func TestAChangeIsForeseenAndThenMade(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		admin := site.As("administrator", site.Government.ID)
		admin.Get(at(site.Bureau.ID, "/change")).Want(http.StatusOK, "更名", "拆分")
		admin.Post(at(site.Bureau.ID, "/change"), url.Values{"seen": {"1"}, "kind": {"renamed"}, "on": {""}}).Want(http.StatusUnprocessableEntity)
		merge := url.Values{"seen": {"1"}, "kind": {"merged"}, "on": {"2026-03-01"}, "basis": {"望编发2号"}, "into": {string(site.Street.ID), ""}}
		admin.Post(at(site.Bureau.ID, "/change"), merge).Want(http.StatusOK, "这次变动的影响", "由“清河街道办事处”承接：牵头事项1项", "确认并入")
		admin.Get(at(site.Bureau.ID, "")).Lacks("已撤并")
		merge.Set("confirmed", "1")
		admin.Post(at(site.Bureau.ID, "/change"), merge).Want(http.StatusOK, "已登记变动：并入", "该单位已撤并", "依据：望编发2号")
		admin.Get(at(site.Street.ID, "")).Want(http.StatusOK, "前身或并入的单位", "望溪区民政局")
		site.Office().Get(at(site.Bureau.ID, "/change")).Want(http.StatusForbidden)
		// The second editor is told.
		moved := url.Values{"seen": {"0"}, "kind": {"renamed"}, "on": {"2026-06-01"}, "name": {"新河街道办事处"}, "confirmed": {"1"}}
		admin.Post(at(site.Street.ID, "/change"), moved).Want(http.StatusConflict, "有人修改了它")
	})
}

func TestUnitsAreAddedAndCorrected(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		admin := site.As("administrator", site.Government.ID)
		values := url.Values{"name": {""}, "kind": {"department"}, "parent": {string(site.Government.ID)}, "aliases": {"区财政局、财政"}, "order": {"3"}}
		admin.Post("/units", values).Want(http.StatusUnprocessableEntity, "区财政局、财政")
		values.Set("name", "望溪区财政局")
		added := admin.Post("/units", values).Want(http.StatusOK, "已新增单位“望溪区财政局”", "区财政局、财政")
		path := strings.TrimPrefix(added.Path, "")
		form := admin.Get(path + "/edit").Want(http.StatusOK)
		edit := url.Values{}
		for _, name := range []string{"seen", "name", "kind", "parent", "aliases", "since", "order"} {
			edit.Set(name, form.Field(name))
		}
		edit.Set("name", "望溪区财政金融局")
		admin.Post(path+"/edit", edit).Want(http.StatusOK, "已保存", "望溪区财政金融局")
		admin.Post(path+"/edit", edit).Want(http.StatusConflict, "这条记录已被他人修改", "administrator在")
	})
}

func TestATableOfUnitsComesIn(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		body := &bytes.Buffer{}
		w := multipart.NewWriter(body)
		part, _ := w.CreateFormFile("file", "单位.csv")
		_, _ = part.Write([]byte("单位名称,上级单位\n望溪区财政局,望溪区人民政府\n国库支付中心,望溪区财政局\n"))
		_ = w.Close()
		admin := site.As("administrator", site.Government.ID)
		preview := admin.Send("/imports/units", w.FormDataContentType(), body).Want(http.StatusOK, "可导入2行", "国库支付中心")
		admin.Post(preview.Path, nil).Want(http.StatusOK, "已导入2个单位", "国库支付中心")
	})
}
