package assessment_test

import (
	"net/http"
	"strings"
	"testing"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
)

// TestThePagesInABrowser looks at every page in both languages, wide and narrow.
func TestThePagesInABrowser(t *testing.T) {
	o := settle(t, storetest.SQLite(t))
	id, office, leader := o.adopted(t), o.Office(), o.leader()
	for _, unit := range []string{string(o.Bureau.ID), string(o.Street.ID)} {
		leader.Post(id+"/entries", form("unit", unit, "item", "m3", "points", "90", "why", "全年表现", "basis", "区长办公会纪要〔2026〕12期")).
			Want(http.StatusOK)
	}
	office.Post(id+"/entries", form("unit", string(o.Bureau.ID), "item", "r1", "points", "1", "why", "获市政府通报表扬", "basis", "石政办通〔2026〕8号")).
		Want(http.StatusOK)
	step(office, id, "compute").Want(http.StatusOK)
	step(office, id, "announce").Want(http.StatusOK)
	unit := id + "/units/" + string(o.Bureau.ID)
	o.head().Post(unit+"/appeals", form("item", "m1", "text", "改造已于6月底完工并通过验收", "basis", "竣工验收单")).Want(http.StatusOK)
	draft := o.draft(t)
	tour := o.marked(t)
	tab := office.Browse(t)
	for _, page := range []struct{ name, path string }{
		{"assessments", "/assessments"}, {"assessment", id}, {"unit", unit}, {"entries", id + "/entries"}, {"trial", id + "/trial?w.m1=40&w.m2=30&w.m3=30"},
		{"scheme", draft + "/scheme"}, {"new", "/assessments/new"}, {"tours", "/tours"}, {"tour-form", "/tours/new"}, {"tour-office", tour},
	} {
		look(tab, page.name, page.path)
	}
	look(o.head().Browse(t), "unit-appeal", unit)
	look(leader.Browse(t), "tour-judge", tour)
}

// draft is the path of a second assessment that is being drawn up.
func (o *town) draft(t *testing.T) string {
	t.Helper()
	made := o.Office().Post("/assessments", o.scheme("title", "2026年度专项考核")).Want(http.StatusOK)
	return pathOf(t, made, "/assessments/0")[:len("/assessments/")+36]
}

// marked is the path of an open round to which a judge has handed in a sheet.
func (o *town) marked(t *testing.T) string {
	t.Helper()
	o.Office().Post("/tours", form("title", "下半年项目观摩", "on", "2026-11-30", "drop", "0", "plan", string(o.Plan.ID),
		"criterion.title", "形象进度", "criterion.most", "60", "criterion.title", "质量安全", "criterion.most", "40",
		"judge", "leader", "judge", "unit-head", "project", string(o.Project.ID))).Want(http.StatusOK)
	id := pathOf(t, o.Office().Get("/tours"), "/tours/0")
	step(o.Office(), id, "open").Want(http.StatusOK)
	o.leader().Post(id+"/sheets/"+string(o.Project.ID), form("mark", "50", "mark", "30", "remark", "进度好")).Want(http.StatusOK)
	return id
}

// look opens a page in both languages, wide and narrow.
func look(tab *webtest.Tab, name, path string) {
	tab.Helper()
	sign := "?"
	if strings.Contains(path, "?") {
		sign = "&"
	}
	for _, lang := range []string{"zh-CN", "en"} {
		tab.Wide()
		tab.Open(path + sign + "lang=" + lang)
		tab.Axe()
		tab.Picture(name + "-" + lang)
		tab.Narrow()
		tab.Fits()
		tab.Picture(name + "-" + lang + "-390")
	}
}
