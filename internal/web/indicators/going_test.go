package indicators_test

import (
	"net/http"
	"testing"

	"luoshi/internal/service/peers"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/indicators"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/webtest"
)

func TestAnIndicatorShowsHowItGoes(t *testing.T) {
	progresstest.Each(t, func(t *testing.T, o *progresstest.Town) {
		o.Report(t)
		site := webtest.Serve(t, o.Fixture, indicators.New(o.Catalogue, o.Progress, o.Reporting, peers.New(o.Core, o.Reporting), nil).Routes()...)
		site.Office().Get(of(site, "")).Want(http.StatusOK, "2026年进展：新增养老床位", "应完成（张）", "66", "全年预测", "相关事项亮灯", "2026-001",
			`aria-label="2026年7月的报送"`)
		// Whoever may not read a submission sees the figure, without the way to it.
		site.As("unit-head", o.Fixture.Street.ID).Get(of(site, "")).Want(http.StatusOK, "66").Lacks("2026年7月的报送")
	})
}

func TestAnIndicatorInTheBrowser(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	o.Report(t)
	site := webtest.Serve(t, o.Fixture, indicators.New(o.Catalogue, o.Progress, o.Reporting, peers.New(o.Core, o.Reporting), nil).Routes()...)
	tab := site.Office().Browse(t)
	tab.Open(of(site, "?lang=en"))
	tab.Axe()
	tab.Fits()
	tab.Picture("indicator-going-en")
	tab.Narrow()
	tab.Fits()
}
