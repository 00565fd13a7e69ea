package projects_test

import (
	"net/url"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/projects"
	"luoshi/internal/web/searching"
	"luoshi/internal/web/webtest"
)

// Every page fits the screens that people have, can be read to them, and throws no error.
func TestPagesOfProjectsInTheBrowser(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(progresstest.Rooms()...)})
	f := servicetest.Settle(t, s)
	use := catalogue.New(f.Core)
	going, reports, _ := progresstest.Uses(t, f.Core)
	site := webtest.Serve(t, f, append(projects.New(use, going, reports, nil).Routes(), searching.New(use).Routes()...)...)
	office := site.Office()
	kind, body := upload(t, string(site.Plan.ID), "表.csv", "项目名称,责任单位,总投资\n清河桥,区民政局,1200\n坏桥,没有的局,abc\n")
	preview := office.Send("/imports/projects", kind, body)
	tab := office.Browse(t)
	for name, path := range map[string]string{
		"list": "/projects", "none": "/projects?stage=reserve", "show": of(site, ""), "new": "/projects/new", "edit": of(site, "/edit"),
		"stage": of(site, "/stage"), "funds": of(site, "/funds"), "years": of(site, "/years"), "nodes": of(site, "/nodes"),
		"obstacles": of(site, "/obstacles"), "import": "/imports/projects", "preview": preview.Path,
		"search": "/search?q=" + url.QueryEscape("望溪路"), "search-begin": "/search",
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			joint := "?"
			if u, err := url.Parse(path); err == nil && u.RawQuery != "" {
				joint = "&"
			}
			tab.Wide()
			tab.Open(path + joint + "lang=" + lang)
			tab.Fits()
			tab.Axe()
			tab.Picture("projects-" + name + "-" + lang)
			tab.Narrow()
			tab.Fits()
			tab.Picture("projects-" + name + "-" + lang + "-narrow")
		}
	}
}
