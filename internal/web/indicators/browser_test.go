package indicators_test

import (
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/indicators"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// Every page fits the screens that people have, can be read to them, and throws no error.
func TestPagesOfIndicatorsInTheBrowser(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(progresstest.Rooms()...)})
	f := servicetest.Settle(t, s)
	use := catalogue.New(f.Core)
	ctx := f.Office(t.Context())
	for i, y := range []ledger.YearFigure{
		{Year: 2022, Target: ledger.Int(2900), Actual: ledger.Int(2850), Scope: "不含民办"},
		{Year: 2023, Target: ledger.Int(2950), Actual: ledger.Int(2980)}, {Year: 2024, Target: ledger.Int(3000), Actual: ledger.Int(3060)},
	} {
		if err := use.SetYear(ctx, f.Indicator.ID, y, "", int64(i)+1); err != nil {
			t.Fatal(err)
		}
	}
	going, reports, _ := progresstest.Uses(t, f.Core)
	site := webtest.Serve(t, f, indicators.New(use, going, reports, peers.New(f.Core, reports), nil).Routes()...)
	tab := site.Office().Browse(t)
	for name, path := range map[string]string{
		"list": "/indicators?", "none": "/indicators?direction=less&", "show": of(site, "?"), "new": "/indicators/new?word=GDP&",
		"edit": of(site, "/edit?"), "year": of(site, "/year?year=2024&"),
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			tab.Wide()
			tab.Open(path + "lang=" + lang)
			tab.Fits()
			tab.Axe()
			tab.Picture("indicators-" + name + "-" + lang)
			tab.Narrow()
			tab.Fits()
			tab.Picture("indicators-" + name + "-" + lang + "-narrow")
		}
	}
}
