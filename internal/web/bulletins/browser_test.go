package bulletins_test

import (
	"testing"

	"luoshi/internal/service/bulletin"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
)

// TestThePagesInABrowser looks at every page in both languages, on both screens, for whom it is made.
func TestThePagesInABrowser(t *testing.T) {
	o := settle(t, storetest.SQLite(t))
	issued, draft := o.issued(t), o.drafted(t)
	o.promise(t, "新增养老服务站3个", o.Street.ID, day(12, 31))
	o.compute(t)
	path := func(v bulletin.View) string { return "/bulletins/" + string(v.ID) }
	office, head := o.Office().Browse(t), o.As("unit-head", o.Bureau.ID).Browse(t)
	for _, look := range []struct {
		name, path string
		tab        *webtest.Tab
	}{
		{"list", "/bulletins", office},
		{"new", "/bulletins/new", office},
		{"draft", path(draft), office},
		{"edit", path(draft) + "/edit", office},
		{"issued", path(issued), office},
		{"settings", "/bulletins/settings", office},
		{"received", path(issued), head},
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			look.tab.Wide()
			look.tab.Open(look.path + "?lang=" + lang)
			look.tab.Picture(look.name + "-" + lang + "-wide")
			look.tab.Axe()
			look.tab.Fits()
			look.tab.Narrow()
			look.tab.Fits()
			look.tab.Picture(look.name + "-" + lang + "-narrow")
		}
	}
}
