package wall_test

import (
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
)

// Every page fits the screens that people have, can be read to them, and throws no error.
func TestPagesOfTheWallChartInTheBrowser(t *testing.T) {
	o := town(t, storetest.SQLite(t))
	site := serve(t, o)
	tab := site.Office().Browse(t)
	for name, path := range map[string]string{
		"chart": "?by=area", "unit": "?by=unit", "projects": "?by=category", "quarter": "?zoom=quarter", "month": "?zoom=month&at=2026-06-01",
		"table": "?view=table", "none": "?q=none", "screen": "/screen?by=area", "a3": "/sheet?paper=a3", "a1": "/sheet?paper=a1&apart=1",
		"move": "/deadline/" + string(o.Square.ID) + "?to=2026-09-30",
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			address := wallOf(o, with(path, "lang="+lang))
			tab.Wide()
			tab.Open(address)
			tab.Fits()
			tab.Axe()
			tab.Picture("wall-" + name + "-" + lang)
			tab.Narrow()
			tab.Fits()
			tab.Axe()
			tab.Picture("wall-" + name + "-" + lang + "-narrow")
		}
	}
}

// A deadline is drawn to another day with a pointer, or moved there by keys; either leads to the form that proposes it.
func TestADeadlineIsMovedByPointerAndByKeys(t *testing.T) {
	o := town(t, storetest.SQLite(t))
	tab := serve(t, o).Office().Browse(t)
	tab.Wide()
	sign := `a.wall-move:not([data-at])[href*="` + string(o.Square.ID) + `"]`
	tab.Open(wallOf(o, "?lang=zh-CN"))
	type point struct{ X, Y float64 }
	at := webtest.Value[point](tab, `(() => { const b = document.querySelector('`+sign+` path').getBoundingClientRect(); return {X: b.right - 2, Y: b.top + 4}; })()`)
	month := webtest.Value[float64](tab, `document.querySelector('.wall-line').getBoundingClientRect().width / 12`)
	for _, step := range []struct {
		kind input.DispatchMouseEventType
		x    float64
	}{{chromedp.MousePressed, at.X}, {chromedp.MouseMoved, at.X + month}, {chromedp.MouseMoved, at.X + 3*month}, {chromedp.MouseReleased, at.X + 3*month}} {
		tab.Do(chromedp.MouseEvent(step.kind, step.x, at.Y, chromedp.ButtonLeft))
	}
	tab.Do(chromedp.WaitVisible(`[name=reason]`))
	if by := webtest.Value[string](tab, `document.querySelector('[name=by]').value`); by < "2026-09-25" || by > "2026-10-05" {
		t.Errorf("drawn by three months from 30 June it is %s", by)
	}
	tab.Open(wallOf(o, "?lang=zh-CN"))
	tab.Do(chromedp.Focus(sign))
	tab.Press(kb.ArrowRight)
	tab.Press(kb.ArrowRight)
	if said := webtest.Value[string](tab, `document.querySelector('.wall-tip').textContent`); said != "新时限 2026-07-02，按回车申请调整，按 Esc 取消" {
		t.Errorf("the keys say %q", said)
	}
	tab.Press(kb.Enter)
	tab.Do(chromedp.WaitVisible(`[name=reason]`))
	if by := webtest.Value[string](tab, `document.querySelector('[name=by]').value`); by != "2026-07-02" {
		t.Errorf("moved by two days it is %s", by)
	}
	// So is a milestone, which stands in the middle of its day.
	tab.Open(wallOf(o, "?lang=zh-CN"))
	tab.Do(chromedp.Focus(`a.wall-move[href$="milestone=3"]`))
	tab.Press(kb.ArrowLeft)
	tab.Press(kb.Enter)
	tab.Do(chromedp.WaitVisible(`[name=reason]`))
	if by := webtest.Value[string](tab, `document.querySelector('[name=by]').value`); by != "2026-08-31" {
		t.Errorf("moved by a day the milestone is on %s", by)
	}
	tab.Axe()
	tab.Fits()
}

// In a meeting room pages are turned by keys, in place.
func TestAScreenTurnsItsPages(t *testing.T) {
	o := town(t, storetest.SQLite(t))
	o.Grow(t, 30)
	o.Compute(t)
	tab := serve(t, o).Office().Browse(t)
	tab.Do(chromedp.EmulateViewport(1920, 1080))
	tab.Open(wallOf(o, "/screen?by=unit&lang=zh-CN"))
	tab.Fits()
	tab.Picture("wall-screen-1920")
	first := webtest.Value[string](tab, `document.querySelector('.wall tbody').textContent`)
	webtest.Value[bool](tab, `window.stays = true`)
	tab.Press(kb.ArrowRight)
	tab.Do(chromedp.WaitVisible(`.wall-controls a[rel=prev]`))
	second := webtest.Value[string](tab, `document.querySelector('.wall tbody').textContent`)
	if first == second || !webtest.Value[bool](tab, `window.stays`) {
		t.Error("the page was not turned in place")
	}
	tab.Picture("wall-screen-1920-second")
	tab.Press(" ")
	if said := webtest.Value[string](tab, `document.querySelector('[data-wall=rotate]').textContent`); said != "停止翻页" {
		t.Errorf("while pages turn the button says %q", said)
	}
	tab.Press(kb.Escape)
	tab.Do(chromedp.WaitVisible(`.filters`))
}
