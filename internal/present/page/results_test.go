package page_test

import (
	"bytes"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/internal/present/page"
	"luoshi/internal/present/presenttest"
	"luoshi/internal/present/wording"
	"luoshi/matching"
)

func rendered(t testing.TB, p io.WriterTo) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := p.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// checkPage is the page of the sample with findings in it, an equal document without any, and one
// finding between the two.
func checkPage(lang wording.Lang) *page.Check {
	a, b := presenttest.Reading("a.txt"), presenttest.Reading("b.txt")
	return &page.Check{
		Lang: lang, Documents: []page.Checked{{Reading: a, Relations: 5}, {Reading: b, Relations: 7}},
		Findings: append(presenttest.Findings(a), presenttest.BetweenFindings(a, b)...), Rules: presenttest.Rules(),
	}
}

var allVerdicts = []matching.Verdict{
	matching.Exceeded, matching.Kept, matching.Ahead, matching.Behind, matching.Missed,
	matching.ReportedWithoutFigure, matching.NotReported, matching.NotComparable,
}

func matchPage(lang wording.Lang) *page.Match {
	plan, report := presenttest.Reading("plan.txt"), presenttest.Report("report.txt")
	return &page.Match{Lang: lang, Plan: plan, Report: report, Pairs: presenttest.Pairs(plan, report), Verdicts: allVerdicts}
}

// resultPages are the pages of results by name.
func resultPages(t testing.TB) map[string]string {
	return map[string]string{
		"check": rendered(t, checkPage(wording.Chinese)), "match": rendered(t, matchPage(wording.Chinese)),
	}
}

func TestResultPagesNeedNothingElse(t *testing.T) {
	for name, got := range resultPages(t) {
		if m := regexp.MustCompile(`(?i)(https?:)?//[a-z0-9]|\bsrc=|@import|url\(`).FindString(got); m != "" {
			t.Errorf("%s reaches outside: %q", name, m)
		}
		if m := regexp.MustCompile(`(?i)<[^>]+\s(style|on[a-z]+)=`).FindString(got); m != "" {
			t.Errorf("%s has an attribute that the policy forbids: %q", name, m)
		}
		if strings.Contains(got, "<公厕>") || strings.Contains(got, "<toilets>") || strings.Contains(got, "<项目>") {
			t.Errorf("%s lets words of a document through as markup", name)
		}
	}
}

func TestSameResultsGiveTheSamePage(t *testing.T) {
	first, second := resultPages(t), resultPages(t)
	for name := range first {
		if first[name] != second[name] {
			t.Errorf("two pages of one %s differ", name)
		}
	}
}

func TestNoWordOfACheckedTextIsLost(t *testing.T) {
	squeeze := func(s string) string { return regexp.MustCompile(`[\s|]+`).ReplaceAllString(s, "") }
	want := squeeze(presenttest.Reading("").Document.Text)
	for name, got := range resultPages(t) {
		article := got[strings.Index(got, "<article"):strings.Index(got, "</article>")]
		if shown := squeeze(html.UnescapeString(tag.ReplaceAllString(article, ""))); shown != want {
			t.Errorf("%s shows\n%s\nfor\n%s", name, shown, want)
		}
	}
}

var markedPiece = regexp.MustCompile(`<mark class="q ([a-z_]+)" data-q="(\d+)">([^<]*)</mark>`)

// piecesOf are the marked pieces of the first document of a page: class, number and words.
func piecesOf(page string) [][3]string {
	article := page[strings.Index(page, "<article"):strings.Index(page, "</article>")]
	var pieces [][3]string
	for _, m := range markedPiece.FindAllStringSubmatch(article, -1) {
		pieces = append(pieces, [3]string{m[1], m[2], html.UnescapeString(m[3])})
	}
	return pieces
}

func TestPlacesWithinPlacesAreMarkedWithTheWorst(t *testing.T) {
	got := piecesOf(rendered(t, checkPage(wording.Chinese)))
	for _, want := range [][3]string{
		{"warning", "2", "全年安排重点项目"}, {"error", "3", "70个"}, {"warning", "4", ",总投资超过1673.87亿元"},
		{"error", "6", "12座"}, {"error", "7", "四分之一"}, {"ok", "0", "6%"},
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%v is not among the marks %v", want, got)
		}
	}
}

// Findings may speak of any passage: across lines, of nothing, and beyond the end of the text.
func TestStrangePlacesDoNotBreakThePage(t *testing.T) {
	r := presenttest.Reading("a")
	at := func(start, end int) checking.Place {
		return checking.Place{Quantity: -1, Span: document.Span{Start: start, End: end}}
	}
	size := len(r.Document.Text)
	c := &page.Check{Lang: wording.Chinese, Documents: []page.Checked{{Reading: r}}, Findings: []checking.Finding{
		{Severity: checking.Error, Places: []checking.Place{at(0, 120), at(60, 300), at(90, 90), at(size, size)}},
		{Severity: checking.Note},
	}}
	article := regexp.MustCompile(`(?s)<article.*?</article>`).FindString(rendered(t, c))
	var open []string
	for _, m := range regexp.MustCompile(`<(/?)(span|mark|b|p|h\d)\b`).FindAllStringSubmatch(article, -1) {
		if m[1] == "" {
			open = append(open, m[2])
			continue
		}
		if len(open) == 0 || open[len(open)-1] != m[2] {
			t.Fatalf("</%s> closes %v", m[2], open)
		}
		open = open[:len(open)-1]
	}
}

func TestManyFindingsAreWrittenAtOnce(t *testing.T) {
	r := long(200_000)
	var found []checking.Finding
	for i := range r.Quantities {
		q := &r.Quantities[i]
		found = append(found, checking.Finding{
			Rule: "repeat", Severity: checking.Warning, Message: checking.Wording{ZH: fmt.Sprint("第", i)},
			Places: []checking.Place{
				{Quantity: int32(i), At: q.At, Span: q.Span, Surface: q.Surface},
				{Quantity: 0, At: r.Quantities[0].At, Span: r.Quantities[0].Span, Surface: q.Surface},
			},
		})
	}
	got := rendered(t, &page.Check{Lang: wording.Chinese, Documents: []page.Checked{{Reading: r}}, Findings: found})
	if n := len(piecesOf(got)); n != len(r.Quantities) {
		t.Errorf("%d marks for %d figures", n, len(r.Quantities))
	}
}

func TestOneDocumentMatchedWithItselfIsShownOnce(t *testing.T) {
	r := presenttest.Reading("both.txt")
	pairs := []matching.Pair{{
		Plan: checking.Place{Quantity: 0, At: r.Quantities[0].At, Span: r.Quantities[0].Span, Surface: "6%"}, Verdict: matching.Missed,
		Report: &checking.Place{Quantity: 10, At: r.Quantities[10].At, Span: r.Quantities[10].Span, Surface: "17.1"},
	}}
	got := rendered(t, &page.Match{Lang: wording.Chinese, Plan: r, Report: r, Pairs: pairs, Verdicts: allVerdicts})
	if n := strings.Count(got, "<article"); n != 1 {
		t.Errorf("%d documents are shown", n)
	}
	if got := piecesOf(got); !slices.Equal(got, [][3]string{{"missed", "0", "6%"}, {"missed", "1", "17.1"}}) {
		t.Errorf("the marks are %v", got)
	}
}
