package page_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/present/page"
	"luoshi/internal/present/presenttest"
	"luoshi/internal/present/wording"
)

var pictures = flag.String("pictures", "", "a folder to put pictures of the page into")

// The state of the page, as a person sees it.
const (
	rowsShown    = `document.querySelectorAll('#list tbody tr:not([hidden])').length`
	chosenRow    = `(document.querySelector('tr[aria-selected="true"] td') || {textContent: ''}).textContent`
	chosenMark   = `Array.from(document.querySelectorAll('.paper:not([hidden]) .on')).map(function (e) { return e.textContent }).join('')`
	detailText   = `document.getElementById('detail').textContent`
	markInView   = `(function () { var r = document.querySelector('.on').getBoundingClientRect(), p = document.getElementById('source').getBoundingClientRect(); return r.top >= p.top && r.bottom <= p.bottom })()`
	rowInView    = `(function () { var r = document.querySelector('tr[aria-selected="true"]').getBoundingClientRect(), p = document.getElementById('list').getBoundingClientRect(); return r.top >= p.top && r.bottom <= p.bottom })()`
	outsideLoads = `performance.getEntriesByType('resource').length`
)

func chinese() page.Options { return page.Options{Lang: wording.Chinese} }

func TestJumpFromTheTableToTheSourceAndBack(t *testing.T) {
	b := open(t, written(t, chinese(), long(100_000)))
	want(b, "rows", rowsShown, len(long(100_000).Quantities))

	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-row="1500"]').click()`))
	want(b, "mark that a row leads to", `document.querySelector('.q.on').dataset.q`, "1500")
	want(b, "the mark is in view", markInView, true)

	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-q="30"]').scrollIntoView({block: 'center'})`))
	b.click(`[data-q="30"]`)
	want(b, "row that a mark leads to", `document.querySelector('tr[aria-selected="true"]').dataset.row`, "30")
	want(b, "the row is in view", rowInView, true)
	want(b, "only one mark is chosen", `document.querySelectorAll('.q.on').length`, 1)
}

func TestLongPageStaysFast(t *testing.T) {
	r := long(100_000)
	b := open(t, written(t, chinese(), r))
	want(b, "marks", `document.querySelectorAll('mark.q').length`, len(r.Quantities))
	ready := value[float64](b, `performance.getEntriesByType('navigation')[0].domComplete`)
	step := value[float64](b, `(function () { var t = performance.now(); for (var i = 0; i < 10; i++) { document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true})) } return (performance.now() - t) / 10 })()`)
	t.Logf("ready after %.0f ms, a step takes %.1f ms", ready, step)
	if ready > 5000 || step > 300 {
		t.Errorf("ready after %.0f ms, a step takes %.1f ms", ready, step)
	}
}

func TestFilters(t *testing.T) {
	b := open(t, sample(t))
	want(b, "all rows", rowsShown, 12)
	choose := func(id, option string) {
		b.do(chromedp.SetValue("#"+id, option),
			chromedp.Evaluate[chromedp.Void](`document.getElementById('`+id+`').dispatchEvent(new Event('change', {bubbles: true}))`))
	}
	choose("filter-measure", "growth")
	want(b, "growth", rowsShown, 3)
	choose("filter-cmp", "ge")
	want(b, "growth of at least", rowsShown, 1)
	want(b, "tally", `document.getElementById('shown').textContent`, "1 / 12 条")
	b.click("#clear")
	want(b, "cleared", rowsShown, 12)
	choose("filter-unit", "=")
	want(b, "without a unit", rowsShown, 1)
	choose("filter-unit", "=个")
	want(b, "in 个", rowsShown, 2)
	b.click("#clear")
	b.do(chromedp.SendKeys("#search", "驿站"))
	want(b, "with the word", rowsShown, 1)
	b.do(chromedp.SendKeys("#search", "不在文中"))
	want(b, "with a word that is nowhere", rowsShown, 0)
	want(b, "the page says so", `document.getElementById('nothing').hidden`, false)
}

func TestKindsCanBeHidden(t *testing.T) {
	b := open(t, sample(t))
	const background = `getComputedStyle(document.querySelector('.q.target')).backgroundColor`
	before := value[string](b, background)
	b.click(`.legend [data-kind="target"]`)
	want(b, "rows without targets", rowsShown, 6)
	want(b, "the button says so", `document.querySelector('.legend .target').getAttribute('aria-pressed')`, "false")
	if value[string](b, background) == before {
		t.Error("the marks of the kind still have their colour")
	}
	b.click(`.legend [data-kind="target"]`)
	want(b, "rows again", rowsShown, 12)
	want(b, "colour again", background, before)
}

func TestKindsDifferWithoutColour(t *testing.T) {
	b := open(t, sample(t))
	for _, of := range []string{".q", ".chip", ".legend ~ .paper .c.first"} {
		styles := map[string]bool{}
		for _, kind := range []string{"target", "result", "context"} {
			edge := "borderBottomStyle"
			if strings.HasSuffix(of, "first") {
				edge = "borderLeftStyle"
			}
			styles[value[string](b, `getComputedStyle(document.querySelector('`+of+`.`+kind+`')).`+edge)] = true
		}
		if len(styles) != 3 {
			t.Errorf("%s: the lines of the three kinds are %v", of, styles)
		}
	}
}

func TestKeyboard(t *testing.T) {
	b := open(t, sample(t))
	b.press("j")
	want(b, "first row", chosenRow, "地区生产总值")
	want(b, "its mark", chosenMark, "6%")
	b.press("jj")
	want(b, "third row", chosenMark, "30至50个")
	b.press("k")
	want(b, "one back", chosenMark, "4%")
	b.press("2")
	want(b, "results hidden by 2", rowsShown, 7)
	b.press("2")
	b.press("t")
	want(b, "clauses by t", rowsShown, 8)
	b.press("j")
	want(b, "first clause", chosenMark, "地区生产总值增长6%左右")
	b.press("/")
	want(b, "search by /", `document.activeElement.id`, "search")
	b.press("jk/?")
	// The driver types the first stroke too, which a person's browser leaves out as the page asks it to.
	want(b, "keys are letters while searching", `document.getElementById('search').value.replace(/^\//, '')`, "jk/?")
	b.press("\x1b")
	b.press("?")
	want(b, "help by ?", `document.getElementById('keys').open`, true)
	b.press("\x1b")
	want(b, "closed by Esc", `document.getElementById('keys').open`, false)
}

func TestLanguageIsSwitchedInThePage(t *testing.T) {
	b := open(t, sample(t))
	han := `(function () { var text = ''; document.querySelectorAll('[data-t]:not(#language), #list th, .chip, option').forEach(function (e) { text += e.textContent }); return text.replace(/[（(].*?[)）]|座|元|个百分点|个|家/g, '') })()`
	if got := value[string](b, han); !strings.Contains(got, "目标") || strings.Contains(got, "target") {
		t.Errorf("the page does not begin in Chinese: %s", got)
	}
	b.press("j")
	b.click("#language")
	if got := value[string](b, han); strings.ContainsAny(got, "目标类别数据") || !strings.Contains(got, "target") {
		t.Errorf("the page is not in English: %s", got)
	}
	want(b, "declared language", `document.documentElement.lang`, "en")
	want(b, "the choice stays", chosenMark, "6%")
	want(b, "the text stays", `document.querySelector('h1').textContent`, "云溪区2025年工作安排")
	b.click("#language")
	want(b, "declared language", `document.documentElement.lang`, "zh-CN")
}

func TestDetailSaysEverything(t *testing.T) {
	b := open(t, sample(t))
	b.click(`[data-row="4"]`)
	got := value[string](b, detailText)
	for _, field := range []string{"总投资 1673.87亿元", "目标", "167,387,000,000 元", "超过", "2025-12-31", "确定", "二、重点任务 › (一)扩大有效投资"} {
		if !strings.Contains(got, field) {
			t.Errorf("the panel lacks %s: %s", field, got)
		}
	}
	want(b, "the figure is marked in its sentence", `document.querySelector('#detail .said mark').textContent`, "1673.87亿元")
	b.click(`[data-row="9"]`)
	want(b, "a cell shows its row", `document.querySelector('#detail .said').textContent`, "财政收入 | 27.95 | 17.1 | 不低于5")
}

func TestClauseIsChosenInTheText(t *testing.T) {
	b := open(t, sample(t))
	b.click(`.c[data-c="4"]`)
	want(b, "tab", `document.querySelector('[data-tab][aria-selected="true"]').dataset.tab`, "clauses")
	want(b, "row", chosenRow, "完成北站改扩建工程")
	if got := value[string](b, detailText); !strings.Contains(got, "区住建局") {
		t.Errorf("the panel lacks the responsible unit: %s", got)
	}
}

func TestOutlineLeadsToTheSection(t *testing.T) {
	b := open(t, written(t, chinese(), presenttest.Reading("a"), long(3000)))
	want(b, "sections", `document.querySelectorAll('.tree:not([hidden]) a').length`, 3)
	b.do(chromedp.EmulateViewport(1440, 400))
	b.click(`.tree [data-to="2"]`)
	want(b, "the heading is in view", `(function () { var r = document.querySelector('[data-s="2"]').getBoundingClientRect(); return r.top > 60 && r.bottom < 400 })()`, true)
}

func TestSeveralDocuments(t *testing.T) {
	b := open(t, written(t, chinese(), presenttest.Reading("a"), long(1000)))
	want(b, "rows of the first", rowsShown, 12)
	b.do(chromedp.SetValue("#chooser", "1"), chromedp.Evaluate[chromedp.Void](`document.getElementById('chooser').dispatchEvent(new Event('change'))`))
	want(b, "rows of the second", rowsShown, len(long(1000).Quantities))
	want(b, "text of the second", `document.querySelectorAll('.paper:not([hidden])').length + ' ' + document.querySelector('.paper:not([hidden])').dataset.doc`, "1 1")
	b.press("j")
	want(b, "mark of the second", `document.querySelector('.on').closest('.paper').dataset.doc`, "1")
}

func TestPhoneShowsOnePlaceAtATime(t *testing.T) {
	b := open(t, sample(t))
	b.do(chromedp.EmulateViewport(390, 844))
	visible := func(id string) bool { return value[bool](b, `document.getElementById('`+id+`').offsetParent !== null`) }
	if !visible("source") || visible("records") || visible("outline") {
		t.Error("does not begin with the text alone")
	}
	want(b, "nothing wider than the screen", `document.documentElement.scrollWidth`, 390)
	b.click(`[data-place="records"]`)
	if visible("source") || !visible("records") {
		t.Error("the records did not take the place of the text")
	}
	want(b, "nothing wider than the screen", `document.documentElement.scrollWidth`, 390)
	b.click(`[data-row="6"]`)
	if !visible("source") {
		t.Error("a row does not lead to the text")
	}
	want(b, "the mark is in view", markInView, true)
}

func TestNothingIsLoadedFromOutside(t *testing.T) {
	b := open(t, sample(t))
	want(b, "loads", outsideLoads, 0)
	want(b, "the policy stops what was not foreseen", `(function () { var s = document.createElement('script'); s.textContent = 'window.intruder = true'; document.body.appendChild(s); return window.intruder === undefined })()`, true)
}

func TestContrastIsEnoughInBothThemes(t *testing.T) {
	b := open(t, sample(t))
	const worst = `(function () {
		function channel(v) { v /= 255; return v <= .03928 ? v / 12.92 : Math.pow((v + .055) / 1.055, 2.4) }
		function rgb(s) { return s.match(/[\d.]+/g).map(Number) }
		function light(c) { return .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]) }
		function behind(e) { for (; e; e = e.parentElement) { var c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) { return c } } return [255, 255, 255] }
		var low = ['', 99];
		document.querySelectorAll('.q, .c, .chip, .b, #list td, #list th, #list em, .tree a, .tree i, dt, dd, button, select, #subline, #shown, .quiet').forEach(function (e) {
			if (!e.offsetParent || !e.textContent.trim() || e.getAttribute('aria-pressed') === 'false') { return }
			var a = light(rgb(getComputedStyle(e).color)), b = light(behind(e)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
			if (ratio < low[1]) { low = [e.tagName + '.' + e.className + '#' + e.id + ' ' + e.textContent.slice(0, 20), ratio] }
		});
		return low[1] < 4.5 ? low.join(' ') : '';
	})()`
	b.press("j")
	want(b, "too little contrast by day", worst, "")
	b.click("#theme")
	want(b, "theme", `document.documentElement.dataset.theme`, "dark")
	want(b, "too little contrast by night", worst, "")
}

func TestPrintedPage(t *testing.T) {
	b := open(t, sample(t))
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		t.Fatal(err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext was not found")
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	text := string(out)
	for _, expected := range []string{"云溪区2025年工作安排", "目标", "数据项与事项表", "1673.87亿元"} {
		if !strings.Contains(text, expected) {
			t.Errorf("the paper lacks %s", expected)
		}
	}
	for _, left := range []string{"全部度量", "文件信息", "点选文中"} {
		if strings.Contains(text, left) {
			t.Errorf("%s belongs to the screen alone", left)
		}
	}
}

// TestPictures takes pictures for a person to look at: go test -run Pictures -pictures FOLDER.
func TestPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures folder was given")
	}
	b := open(t, sample(t))
	take := func(name string) {
		png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(*pictures, name+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.click(`[data-row="4"]`)
	take("desktop")
	b.click("#theme")
	take("dark")
	b.click("#theme")
	b.do(chromedp.EmulateViewport(390, 844))
	take("phone")
}
