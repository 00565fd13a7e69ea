package projects_test

import (
	"net/http"
	"testing"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/projects"
	"luoshi/internal/web/webtest"
	"luoshi/ledger/reporting"
)

func TestAProjectShowsHowItGoes(t *testing.T) {
	progresstest.Each(t, func(t *testing.T, o *progresstest.Town) {
		for month := 1; month <= 3; month++ {
			o.Lock(t, o.Fixture.Street.ID, month, "10", reporting.UnderWay)
		}
		o.Compute(t)
		site := webtest.Serve(t, o.Fixture, projects.New(o.Catalogue, o.Progress, o.Reporting, nil).Routes()...)
		site.Office().Get(of(site, "")).Want(http.StatusOK, "2026年投资进展", "应完成（元）", "3,000", "2026年3月的报送", "<svg")
		site.As("leader", o.Fixture.Government.ID).Get(of(site, "?lang=en")).Want(http.StatusOK, "Investment in 2026", "Should be")
	})
}

func TestAProjectInTheBrowser(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	o.Lock(t, o.Fixture.Street.ID, 1, "10", reporting.UnderWay)
	site := webtest.Serve(t, o.Fixture, projects.New(o.Catalogue, o.Progress, o.Reporting, nil).Routes()...)
	tab := site.Office().Browse(t)
	tab.Open(of(site, ""))
	tab.Axe()
	tab.Fits()
	tab.Picture("project-going")
	tab.Narrow()
	tab.Fits()
}
