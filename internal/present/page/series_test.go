package page_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/checking"
	"luoshi/internal/present/page"
	"luoshi/internal/present/presenttest"
	"luoshi/internal/present/wording"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// seriesPage follows two indicators through made-up years of the sample's documents.
func seriesPage(lang wording.Lang) *page.Series {
	plan, report := presenttest.Reading("plan.txt"), presenttest.Report("report.txt")
	figure := func(doc int, r *reading.Reading, i int32, value int64) *page.TrackFigure {
		q := &r.Quantities[i]
		d := numeral.Int(value)
		return &page.TrackFigure{Value: &d, Place: checking.Place{Doc: doc, Quantity: i, At: q.At, Span: q.Span, Surface: q.Surface}}
	}
	clause := &plan.Clauses[4]
	return &page.Series{
		Lang: lang, Readings: []*reading.Reading{plan, report},
		Tracks: []page.Track{
			{
				Name: checking.Wording{ZH: "地区生产总值增速", EN: "GDP growth"}, Unit: "%",
				Years: []page.TrackYear{
					{Year: 2023, Target: figure(0, plan, 0, 6), Result: figure(1, report, 0, 7), Verdict: "kept"},
					{Year: 2024, Target: figure(0, plan, 0, 6), Result: figure(1, report, 0, 5), Verdict: "missed", Missed: true, Gap: "-1 个百分点"},
					{Year: 2025, Target: figure(0, plan, 0, 6)},
				},
			},
			{
				Name: checking.Wording{ZH: "城镇登记失业率", EN: "Registered unemployment"}, Unit: "%",
				Years: []page.TrackYear{{Year: 2025, Target: figure(0, plan, 1, 4), Result: figure(1, report, 1, 4), Verdict: "kept"}},
			},
		},
		Vanished: []page.Vanished{{Year: 2025, Subject: "北站改扩建 <工程>", Place: checking.Place{
			Quantity: -1, At: clause.At, Span: clause.Span, Surface: clause.Text,
		}}},
	}
}

func TestSeriesNeedsNothingElse(t *testing.T) {
	got := rendered(t, seriesPage(wording.Chinese))
	if m := regexp.MustCompile(`(?i)(https?:)?//[a-z0-9]|\bsrc=|@import|url\(`).FindString(got); m != "" {
		t.Errorf("the page reaches outside: %q", m)
	}
	if m := regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=`).FindString(got); m != "" {
		t.Errorf("an attribute that the policy forbids: %q", m)
	}
	if strings.Contains(got, "<工程>") {
		t.Error("words of a document came through as markup")
	}
	if got != rendered(t, seriesPage(wording.Chinese)) {
		t.Error("two pages of one series differ")
	}
}

func TestSeriesOfNothingSaysSo(t *testing.T) {
	got := rendered(t, &page.Series{Lang: wording.Chinese})
	if !strings.Contains(got, "这些文件里没有可以逐年跟踪的指标。") {
		t.Error("the empty page says nothing")
	}
}

func TestSeriesShowsChartsSentencesAndWhatVanishes(t *testing.T) {
	b := open(t, rendered(t, seriesPage(wording.Chinese)))
	want(b, "charts", `document.querySelectorAll('.track .chart').length`, 2)
	want(b, "name for those who do not see it", `document.querySelector('#t0 .chart title').textContent`, "地区生产总值增速")
	want(b, "what it shows", `document.querySelector('#t0 .chart desc').textContent`, "2 年既有目标又有结果：1 年达到，1 年未达到。")
	want(b, "missed years by their shape", `document.querySelectorAll('#t0 .chart .missed').length`, 1)
	want(b, "the index counts", `document.querySelector('#index a i').textContent`, "1/2")
	want(b, "the latest year first", `document.querySelector('#t0 tbody th').textContent`, "2025")
	want(b, "a missed year in words", `document.querySelector('#t0 tr.missed').textContent.includes('未完成') && document.querySelector('#t0 tr.missed').textContent.includes('-1 个百分点')`, true)
	want(b, "its sentence", `document.querySelector('#t0 tr.missed .said').textContent`, "地区生产总值增长6%左右;")
	want(b, "what vanishes", `document.querySelector('#vanished details').textContent.replace(/\s+/g, '')`, "20251北站改扩建<工程>完成北站改扩建工程。云溪区2025年工作安排")
	want(b, "loads", outsideLoads, 0)
}

func TestSeriesIsSearchedAndStepped(t *testing.T) {
	b := open(t, rendered(t, seriesPage(wording.Chinese)))
	b.press("jj")
	want(b, "second indicator", `document.querySelector('#index [aria-current]').dataset.to`, "t1")
	b.press("\r")
	want(b, "its years", `document.querySelector('#t1 details').open`, true)
	b.do(chromedp.SendKeys("#search", "unemployment"))
	want(b, "indicators with the word", `document.querySelectorAll('.track:not([hidden])').length`, 1)
	b.do(chromedp.SendKeys("#search", "x"))
	want(b, "the page says that there is none", `document.getElementById('nothing').hidden`, false)
}

func TestSeriesSpeaksBothLanguages(t *testing.T) {
	b := open(t, rendered(t, seriesPage(wording.Chinese)))
	b.click("#language")
	want(b, "name", `document.querySelector('#t0 h2').textContent + '|' + document.querySelector('#t0 title').textContent`, "GDP growth|GDP growth")
	want(b, "verdict", `document.querySelector('#t0 tr.missed .chip').textContent`, "missed")
	want(b, "heading", `document.getElementById('heading').textContent`, "Targets and results over the years")
	want(b, "line below", `document.getElementById('subline').textContent`, "2 documents · 2 indicators · 1 promises with a number never spoken of again")
}

func TestSeriesOnAPhoneAndByNight(t *testing.T) {
	b := open(t, rendered(t, seriesPage(wording.Chinese)))
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('details').forEach(function (e) { e.open = true })`))
	want(b, "too little contrast by day", resultContrast, "")
	b.click("#theme")
	want(b, "too little contrast by night", resultContrast, "")
	b.do(chromedp.EmulateViewport(390, 844))
	want(b, "nothing wider than the screen", `document.documentElement.scrollWidth`, 390)
	b.click(`[data-place="index"]`)
	b.click(`[data-to="vanished"]`)
	want(b, "leads to the promises", `document.body.dataset.view`, "records")
}
