package units_test

import (
	"net/http"
	"testing"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/page"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/units"
	"luoshi/internal/web/webtest"
)

func TestAUnitShowsHowItsPartGoes(t *testing.T) {
	progresstest.Each(t, func(t *testing.T, o *progresstest.Town) {
		o.Report(t)
		site := webtest.Serve(t, o.Fixture, units.New(o.Catalogue, o.Progress, nil, nil).Routes()...)
		bureau := page.UnitURL(o.Fixture.Bureau.ID, "")
		site.Office().Get(bureau).Want(http.StatusOK, "进展：望溪区2026年工作要点", "本单位牵头 1 项", "colour=red")
		site.Office().Get(page.UnitURL(o.Fixture.Government.ID, "")).Want(http.StatusOK, "进展：", "清河街道办事处")
		site.As("auditor", o.Fixture.Government.ID).Get(bureau).Want(http.StatusOK).Lacks("进展：")
	})
}

func TestAUnitInTheBrowser(t *testing.T) {
	o := progresstest.Settle(t, storetest.SQLite(t))
	o.Report(t)
	site := webtest.Serve(t, o.Fixture, units.New(o.Catalogue, o.Progress, nil, nil).Routes()...)
	tab := site.Office().Browse(t)
	tab.Open(page.UnitURL(o.Fixture.Government.ID, ""))
	tab.Axe()
	tab.Fits()
	tab.Picture("unit-going")
	tab.Narrow()
	tab.Fits()
}
