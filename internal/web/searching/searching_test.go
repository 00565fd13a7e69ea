package searching_test

import (
	"net/http"
	"net/url"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web/searching"
	"luoshi/internal/web/webtest"
)

func each(t *testing.T, test func(t *testing.T, site *webtest.Site)) {
	t.Helper()
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		test(t, webtest.Serve(t, f, searching.New(catalogue.New(f.Core)).Routes()...))
	}, catalogue.Room())
}

func TestWhatIsFoundIsMarked(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		office.Get("/search").Want(http.StatusOK, "输入要找的词")
		office.Get("/search?q="+url.QueryEscape("望溪路")).Want(http.StatusOK, "承诺事项", "项目", "文件", "<mark>望溪路</mark>", "2026-001", "望溪区民政局",
			"/commitments/"+string(site.Commitment.ID), "/projects/"+string(site.Project.ID), "/documents/"+string(site.Document.Digest))
		office.Get("/search?kind=projects&q="+url.QueryEscape("望溪路")).Want(http.StatusOK, "<mark>望溪路</mark>").Lacks("新增养老床位")
		office.Get("/search?unit="+string(site.Bureau.ID)+"&q="+url.QueryEscape("望溪路")).Want(http.StatusOK, "新增养老床位").Lacks("WX-07")
		office.Get("/search?q="+url.QueryEscape("<script>alert(1)</script>")).Want(http.StatusOK, "没有找到", "&lt;script&gt;")
		office.Get("/search?q="+url.QueryEscape("没有的词")).Want(http.StatusOK, "没有找到“没有的词”")
		// Whoever may not read it does not find it.
		site.As("administrator", site.Government.ID).Get("/search?q="+url.QueryEscape("望溪路")).Want(http.StatusOK, "没有找到")
		site.Public().Get("/search?q="+url.QueryEscape("望溪路")).Want(http.StatusOK, "没有找到")
	})
}

func TestViewsAreChosenAndDropped(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		office := site.Office()
		use := catalogue.New(site.Core)
		list := url.Values{"list": {"/search"}, "query": {"kind=projects"}}
		save := url.Values{"list": {"/search"}, "query": {"kind=projects"}, "name": {"项目检索"}, "share": {"1"}}
		if got := office.Post("/views", save).Want(http.StatusOK, "已保存视图“项目检索”").Path; got != "/search?kind=projects" {
			t.Errorf("went on to %s", got)
		}
		views, err := use.Views(site.Fixture.Office(t.Context()), "/search")
		if err != nil || len(views) != 1 || views[0].Unit != site.Government.ID {
			t.Fatalf("%+v, %v", views, err)
		}
		one := "/views/" + views[0].ID
		choose := url.Values{"list": {"/search"}, "query": {"kind=projects"}, "choose": {"1"}}
		office.Post(one+"/default", choose).Want(http.StatusOK, "已设为默认视图")
		office.Post(one+"/default", list).Want(http.StatusOK, "已取消默认视图")
		colleague := site.As("leader", site.Government.ID)
		colleague.Post(one+"/delete", list).Want(http.StatusNotFound)
		office.Post(one+"/delete", list).Want(http.StatusOK, "已删除视图")
		office.Post(one+"/delete", list).Want(http.StatusNotFound)
		office.Post("/views", url.Values{"list": {"//example.com"}, "name": {"外"}}).Want(http.StatusUnprocessableEntity)
	})
}

func TestPartsOfWhatIsFound(t *testing.T) {
	each(t, func(t *testing.T, site *webtest.Site) {
		site.Promises(t, site.Store(), 30)
		office := site.Office()
		office.Get("/search?q="+url.QueryEscape("任务")).Want(http.StatusOK, "更多承诺事项")
		first := office.Get("/search?kind=commitments&q="+url.QueryEscape("任务")).Want(http.StatusOK, "下一页")
		first.Lacks("第一页")
	})
}
