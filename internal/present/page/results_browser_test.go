package page_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/present/wording"
)

// The state of a page of results, as a person sees it.
const (
	cardsShown   = `document.querySelectorAll('.card:not([hidden])').length`
	chosenCard   = `(document.querySelector('.card.chosen strong') || {textContent: ''}).textContent`
	promiseShown = `document.querySelectorAll('#rows tr:not([hidden])').length`
	chosenRowOf  = `(document.querySelector('tr[aria-current="true"] .subject') || {textContent: ''}).textContent`
	marksOn      = `Array.from(document.querySelectorAll('.paper:not([hidden]) .on')).map(function (e) { return e.textContent }).join('|')`
	markHere     = `Array.from(document.querySelectorAll('.paper:not([hidden]) .here')).map(function (e) { return e.textContent }).join('|')`
	hereInView   = `(function () { var r = document.querySelector('.here').getBoundingClientRect(), p = document.getElementById('source').getBoundingClientRect(); return r.top >= p.top && r.bottom <= p.bottom })()`
	paperShown   = `document.querySelector('.paper:not([hidden])').dataset.doc`
)

// pickCard clicks on the finding with this number.
func (b *tab) pickCard(number string) {
	b.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-card="` + number + `"] .head').click()`))
}

func TestAFindingLeadsToAllItsPlaces(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	b.do(chromedp.EmulateViewport(1440, 420))
	b.pickCard("3")
	want(b, "all places are lit", marksOn, "70个|12座|四分之一")
	want(b, "the first is gone to", markHere, "四分之一")
	want(b, "it is in view", hereInView, true)
	want(b, "places to go to", `document.querySelectorAll('.card.chosen .site').length`, 3)
	want(b, "the figure is marked in its sentence", `document.querySelector('.card.chosen .site mark').textContent`, "四分之一")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('.card.chosen .site')[2].click()`))
	want(b, "the third place", markHere, "70个")
	want(b, "it is in view", hereInView, true)
	want(b, "the list says which", `document.querySelector('.site[aria-current]').dataset.site`, "2")
	want(b, "the computation", `document.querySelector('.card.chosen .sum').textContent`, "12 ÷ 70 = 17.14%，允许 16.31%–17.99%，文中 25%：不符")
	want(b, "the suggestion", `document.querySelector('.card.chosen .advice').textContent`, "建议核对 <公厕> 的座数")
}

func TestAMarkLeadsToItsFindings(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	want(b, "findings", cardsShown, 6)
	want(b, "a finding without a computation shows its sentence", `document.querySelector('[data-card="2"] .gist mark').textContent`, "完成北站改扩建工程")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('.paper:not([hidden]) .q.error').click()`))
	want(b, "findings of 70个", cardsShown, 2)
	want(b, "the page says so", `document.querySelector('#about-figure span').textContent`, "只列与“70个”有关的 2 项")
	want(b, "the worst is chosen", chosenCard, "占全市的四分之一，应为十七分之三")
	want(b, "the mark stays where it was clicked", markHere, "70个")
	b.click("#all-figures")
	want(b, "all again", cardsShown, 6)
}

func TestFindingsAreFiltered(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	want(b, "counts", `Array.from(document.querySelectorAll('.grades button:not([hidden]) b')).map(function (e) { return e.textContent }).join(' ')`, "2 1 1 1 1")
	b.click(`[data-grade="error"]`)
	want(b, "without errors", cardsShown, 4)
	want(b, "the mark shows what is left", `document.querySelector('.paper:not([hidden]) [data-q="3"]').className`, "q warning")
	want(b, "and nothing where nothing is left", `document.querySelector('.paper:not([hidden]) [data-q="7"]').className`, "q off")
	b.do(chromedp.SetValue("#filter-rule", "quality"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('filter-rule').dispatchEvent(new Event('change'))`))
	want(b, "of one rule", cardsShown, 2)
	want(b, "the rule is explained", `document.getElementById('rule-doc').textContent`, "指出没有数字的承诺。")
	b.click("#clear")
	want(b, "cleared", cardsShown, 6)
	b.do(chromedp.SendKeys("#search", "改扩建"))
	want(b, "with the word", cardsShown, 1)
	b.do(chromedp.SendKeys("#search", "不在文中"))
	want(b, "with a word that is nowhere", cardsShown, 0)
	want(b, "the page says so", `document.getElementById('nothing').hidden`, false)
}

func TestFindingsAreOrderedByWeightOrByPlace(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	const order = `Array.from(document.querySelectorAll('.card')).map(function (e) { return e.dataset.card }).join(' ')`
	want(b, "the worst first", order, "3 5 1 4 2 0")
	b.do(chromedp.SetValue("#order", "text"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('order').dispatchEvent(new Event('change'))`))
	want(b, "as in the text", order, "0 1 2 3 4 5")
}

func TestFindingsBetweenDocumentsShowBoth(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	b.pickCard("5")
	want(b, "the first document", paperShown, "0")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('.card.chosen .site')[1].click()`))
	want(b, "the second document", paperShown, "1")
	want(b, "its place", markHere, "27.95")
	want(b, "the finding stays chosen", chosenCard, "两份文件的财政收入不同")
	want(b, "findings of the second", cardsShown, 1)
	want(b, "the chooser follows", `document.getElementById('chooser').value`, "1")
}

func TestSeveritiesStayHiddenInTheNextDocument(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	b.click(`[data-grade="error"]`)
	b.do(chromedp.SetValue("#chooser", "1"),
		chromedp.Evaluate[chromedp.Void](`document.getElementById('chooser').dispatchEvent(new Event('change'))`))
	want(b, "findings of the second without errors", cardsShown, 0)
	b.click("#clear")
	want(b, "with errors again", cardsShown, 1)
}

func TestManyNotesDoNotBuryWhatIsWorse(t *testing.T) {
	c := checkPage(wording.Chinese)
	note := c.Findings[2]
	for range 40 {
		c.Findings = append(c.Findings, note)
	}
	b := open(t, rendered(t, c))
	want(b, "without notes", cardsShown, 5)
	want(b, "the page says so", `document.querySelector('[data-grade="note"]').getAttribute('aria-pressed')`, "false")
	b.click(`[data-grade="note"]`)
	want(b, "with notes", cardsShown, 46)
}

func TestACleanDocumentSaysWhatWasCompared(t *testing.T) {
	c := checkPage(wording.Chinese)
	c.Findings = nil
	b := open(t, rendered(t, c))
	want(b, "words", `document.getElementById('clean').textContent.trim()`, "没有发现问题，共核对 5 组关系。")
	b.click("#language")
	want(b, "in English", `document.getElementById('clean').textContent.trim()`, "Nothing was found wrong; 5 relations were compared.")
}

func TestFindingsByKeyboard(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	b.press("j")
	want(b, "the worst first", markHere, "四分之一")
	b.press("n")
	want(b, "its next place", markHere, "12座")
	b.press("jj")
	want(b, "third finding", chosenCard, "安排项目没有写明由谁负责")
	b.press("k")
	want(b, "one back", chosenCard, "两份文件的财政收入不同")
	b.press("4")
	want(b, "notes hidden", cardsShown, 5)
	b.press("\x1b")
	want(b, "nothing chosen", chosenCard, "")
	b.press("?")
	want(b, "help", `document.getElementById('keys').open`, true)
}

func TestFindingsSpeakBothLanguages(t *testing.T) {
	b := open(t, rendered(t, checkPage(wording.Chinese)))
	b.pickCard("3")
	b.click("#language")
	want(b, "message", chosenCard, "A quarter of the city should be three seventeenths")
	want(b, "severity", `document.querySelector('.card.chosen .chip').textContent`, "error")
	want(b, "the place stays", markHere, "四分之一")
	if text := value[string](b, `Array.from(document.querySelectorAll('[data-t]:not(#language)')).map(function (e) { return e.textContent }).join(' ')`); strings.ContainsAny(text, "级别规则说明") {
		t.Errorf("the page is not in English: %s", text)
	}
}

func TestPromisesLeadToBothDocuments(t *testing.T) {
	b := open(t, rendered(t, matchPage(wording.Chinese)))
	want(b, "promises", promiseShown, 8)
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-row="1"]').click()`))
	want(b, "plan", paperShown+` + ' ' + `+markHere, "0 4%")
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('[data-row="1"] [data-go="report"]').click()`))
	want(b, "report", paperShown+` + ' ' + `+markHere, "1 4.5%")
	want(b, "the tab follows", `document.querySelector('[data-side][aria-selected="true"]').textContent`, "报告")
	row := value[string](b, `document.querySelector('[data-row="1"]').innerText`)
	for _, part := range []string{"未完成", "城镇登记失业率控制在4%以内", "失业率为4.5%", "+0.5 个百分点", "主要原因是企业搬迁", "高"} {
		if !strings.Contains(row, part) {
			t.Errorf("the row lacks %s: %s", part, row)
		}
	}
	want(b, "what is not reported", `document.querySelector('[data-row="4"] .silent').textContent`, "报告没有提到")
}

func TestAMarkLeadsToItsPromises(t *testing.T) {
	b := open(t, rendered(t, matchPage(wording.Chinese)))
	b.click(`[data-side="1"]`)
	press := chromedp.Evaluate[chromedp.Void](`Array.from(document.querySelectorAll('.paper:not([hidden]) .q')).find(function (e) { return e.textContent === '42个' }).click()`)
	b.do(press)
	want(b, "first promise", chosenRowOf, "引进项目")
	b.do(press)
	want(b, "next promise of the same figure", chosenRowOf, "<项目> & 投资")
}

func TestPromisesAreCountedAndFiltered(t *testing.T) {
	b := open(t, rendered(t, matchPage(wording.Chinese)))
	want(b, "parts of the bar", `document.querySelectorAll('#stack span').length`, 8)
	want(b, "the bar in words", `document.getElementById('stack').getAttribute('aria-label').split(', ')[4]`, "未完成 1")
	b.click(`[data-grade="not_reported"]`)
	want(b, "without what is not reported", promiseShown, 7)
	b.click("#clear")
	want(b, "cleared", promiseShown, 8)
	b.do(chromedp.SendKeys("#search", "搬迁"))
	want(b, "with the reason", promiseShown, 1)
}

func TestPromisesByKeyboard(t *testing.T) {
	b := open(t, rendered(t, matchPage(wording.Chinese)))
	b.press("j")
	want(b, "first promise", chosenRowOf, "地区生产总值")
	want(b, "its plan", markHere, "6%")
	b.press("r")
	want(b, "its report", markHere, "6.2%")
	b.press("p")
	want(b, "its plan again", markHere, "6%")
	b.press("5")
	want(b, "missed hidden", promiseShown, 7)
	b.click("#language")
	want(b, "in English", `document.querySelector('[data-row="0"] .chip').textContent`, "kept")
	want(b, "still chosen", chosenRowOf, "地区生产总值")
}

func TestResultsOnAPhone(t *testing.T) {
	for name, content := range resultPages(t) {
		b := open(t, content)
		b.do(chromedp.EmulateViewport(390, 844))
		visible := func(id string) bool { return value[bool](b, `document.getElementById('`+id+`').offsetParent !== null`) }
		if visible("source") || !visible("records") {
			t.Errorf("%s does not begin with the results alone", name)
		}
		want(b, name+": nothing wider than the screen", `document.documentElement.scrollWidth`, 390)
		b.do(chromedp.Evaluate[chromedp.Void](`(document.querySelector('[data-card="1"] [data-site]') || document.querySelector('[data-row="1"] [data-go]')).click()`))
		if !visible("source") || visible("records") {
			t.Errorf("%s: a place does not lead to the text", name)
		}
		want(b, name+": the place is in view", hereInView, true)
		want(b, name+": nothing wider than the screen", `document.documentElement.scrollWidth`, 390)
	}
}

func TestResultsLoadNothingAndTellGradesWithoutColour(t *testing.T) {
	for name, content := range resultPages(t) {
		b := open(t, content)
		want(b, name+": loads", outsideLoads, 0)
		lines := value[int](b, `new Set(Array.from(document.querySelectorAll('.paper .q')).map(function (e) { var s = getComputedStyle(e); return s.borderBottomStyle + s.borderBottomWidth })).size`)
		if lines < 4 {
			t.Errorf("%s: only %d sorts of line under the marks", name, lines)
		}
	}
}

func TestResultsHaveEnoughContrast(t *testing.T) {
	for name, content := range resultPages(t) {
		b := open(t, content)
		b.press("j")
		want(b, name+": too little contrast by day", resultContrast, "")
		b.click("#theme")
		want(b, name+": too little contrast by night", resultContrast, "")
	}
}

// resultContrast names the text of a page of results that is hardest to read, where it is too hard.
const resultContrast = `(function () {
	function channel(v) { v /= 255; return v <= .03928 ? v / 12.92 : Math.pow((v + .055) / 1.055, 2.4) }
	function rgb(s) { return s.match(/[\d.]+/g).map(Number) }
	function light(c) { return .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]) }
	function behind(e) { for (; e; e = e.parentElement) { var c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) { return c } } return [255, 255, 255] }
	var low = ['', 99];
	document.querySelectorAll('.q, .chip, .verdict, .card *, #list td *, #list td, #list th, .grades *, .stack span, button, select, #subline, #shown, svg text, .vanished *').forEach(function (e) {
		if (!e.getClientRects().length || !e.textContent.trim() || e.closest('[aria-pressed="false"]')) { return }
		var paint = getComputedStyle(e), a = light(rgb(e.closest('svg') ? paint.fill : paint.color)), b = light(behind(e)), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		if (ratio < low[1]) { low = [e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 20), ratio] }
	});
	return low[1] < 4.5 ? low.join(' ') : '';
})()`

func TestPrintedResults(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext was not found")
	}
	expected := map[string][]string{
		"check": {"校核结果", "占全市的四分之一，应为十七分之三", "12 ÷ 70", "写明责任单位", "云溪区2025年工作安排"},
		"match": {"承诺对照", "城镇登记失业率控制在4%以内", "主要原因是企业搬迁", "云溪区2025年工作安排"},
	}
	for name, content := range resultPages(t) {
		b := open(t, content)
		pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "page.pdf")
		if err := os.WriteFile(file, pdf, 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(tool, file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(string(out)), "")
		for _, words := range expected[name] {
			if !strings.Contains(text, strings.Join(strings.Fields(words), "")) {
				t.Errorf("%s: the paper lacks %s", name, words)
			}
		}
		if strings.Contains(text, "搜索") {
			t.Errorf("%s: the search belongs to the screen alone", name)
		}
	}
}

// TestResultPictures takes pictures for a person to look at: go test -run Pictures -pictures FOLDER.
func TestResultPictures(t *testing.T) {
	if *pictures == "" {
		t.Skip("no -pictures folder was given")
	}
	pages := resultPages(t)
	pages["series"] = rendered(t, seriesPage(wording.Chinese))
	for name, content := range pages {
		b := open(t, content)
		take := func(look string) {
			png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(*pictures, name+"-"+look+".png"), png, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		b.press("jj")
		take("desktop")
		b.click("#theme")
		b.click("#language")
		take("dark-english")
		b.do(chromedp.EmulateViewport(390, 844))
		take("phone")
	}
}
