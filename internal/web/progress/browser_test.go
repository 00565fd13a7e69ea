package progress_test

import (
	"net/url"
	"strings"
	"testing"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/ledger/reporting"
)

// Every page fits the screens that people have, can be read to them, and throws no error.
func TestPagesOfProgressInTheBrowser(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	o.Report(t)
	o.Lock(t, o.Fixture.Bureau.ID, 8, "70", reporting.Completed)
	o.Compute(t)
	site := serve(t, o)
	site.Office().Post(lightOf(o, "/hand"), url.Values{"colour": {"yellow"}, "reason": {"现场核查"}, "until": {"2026-12-31"}})
	tab := site.Office().Browse(t)
	for name, path := range map[string]string{
		"list": "/lights", "none": "/lights?colour=green", "light": lightOf(o, ""), "path": lightOf(o, "/path"),
		"rule": "/plans/" + string(o.Plan.ID) + "/rule", "tables": "/tables?period=2026-M08", "contradictions": "/contradictions", "year": "/progress",
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			joint := "?"
			if strings.Contains(path, "?") {
				joint = "&"
			}
			tab.Wide()
			tab.Open(path + joint + "lang=" + lang)
			tab.Fits()
			tab.Axe()
			tab.Picture("progress-" + name + "-" + lang)
			tab.Narrow()
			tab.Fits()
			tab.Picture("progress-" + name + "-" + lang + "-narrow")
		}
	}
}
