package e2e_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/document"
	"luoshi/internal/web/webtest"
)

// paper: the office drafts a report of the first half of the year and works on its words. A figure that it alters is
// flagged and keeps the report from being sent on; put right it is reviewed, approved and frozen. A reader follows a
// figure to what the unit said and to its proof, and reads the Word file back.
func paper(t *testing.T, s *site) {
	office := s.as(t, "shubai")
	office.Open("/papers/new?template=summary&period=2026-H1")
	submit(office, "form[action='/papers/new'] button[formaction='/papers']")
	want(office, "初稿已生成", "编写中")
	here := path(office)

	office.Open(here + "/edit")
	block := webtest.Value[string](office, `[...document.querySelectorAll('textarea[data-chips]')].find(a => /\{\d+\}/.test(a.value)).name`)
	field := "[name='" + block + "']"
	was := webtest.Value[string](office, `document.querySelector("`+field+`").value`)
	if chips := webtest.Value[int](office, `document.querySelectorAll('.paper-chip').length`); chips < 20 {
		t.Errorf("%d figures are chips", chips)
	}
	set(office, field, firstFigure(was, "999"))
	submit(office, "form.paper-form button[type=submit]")
	want(office, "处数字需要处理", "999")
	office.Open(here)
	want(office, "需要处理的修改", "核对正文中的数字")
	office.Open(here + "/edit")
	set(office, field, was+"各项工作有序推进。")
	submit(office, "form.paper-form button[type=submit]")
	want(office, "已保存", "各项工作有序推进")
	lacks(office, "需要处理的修改")

	stepOf(office, here, "submit")
	colleague, leader, head := s.as(t, "qinghe"), s.as(t, "changchuan"), s.as(t, "qingsong")
	if status := get(head, here); status != 403 {
		t.Errorf("a unit reads a draft: %d", status)
	}
	stepOf(colleague, here, "pass")
	stepOf(leader, here, "approve")
	stepOf(office, here, "freeze")
	want(office, "已定稿", "定稿摘要", "日志树头", "条记录")

	toProof(office)
	office.Open(here)
	readBack(office, here)
	head.Open(here)
	want(head, "各项工作有序推进")
}

// firstFigure puts a number in the place of the first figure of a text in braces.
func firstFigure(text, number string) string {
	before, rest, _ := strings.Cut(text, "{")
	_, after, _ := strings.Cut(rest, "}")
	return before + number + after
}

// toProof follows the first figure that a unit reported to what it said and to the proof of that.
func toProof(tab *webtest.Tab) {
	tab.Helper()
	for _, href := range strings.Fields(webtest.Value[string](tab, `[...document.querySelectorAll('.official-figure a')].map(a => a.getAttribute('href')).join(' ')`)) {
		tab.Open(href)
		if !strings.Contains(text(tab), "查看报送表") {
			continue
		}
		want(tab, "单位填报", "审计日志")
		submit(tab, "a[href^='/proofs/submissions/']")
		want(tab, "存证成立")
		return
	}
	tab.Error("no figure leads to what a unit reported")
}

// readBack reads the Word file of a frozen report: it says what the page says.
func readBack(tab *webtest.Tab, here string) {
	tab.Helper()
	tab.Do(chromedp.Evaluate[chromedp.Void](`window.file = ''; fetch(` + quoted(here+"/files/docx") + `).then(r => r.arrayBuffer()).then(b => {
		window.file = btoa(Array.from(new Uint8Array(b), c => String.fromCharCode(c)).join(''));
	}); void 0`))
	wait(tab, "!!window.file")
	data, err := base64.StdEncoding.DecodeString(webtest.Value[string](tab, "window.file"))
	if err != nil {
		tab.Fatal(err)
	}
	opened, err := document.Open(tab.Context, "report.docx", data, document.Options{})
	if err != nil {
		tab.Fatal(err)
	}
	for _, words := range []string{"各项工作有序推进", webtest.Value[string](tab, "document.querySelector('.official-title').innerText")} {
		if !strings.Contains(opened.Text, words) {
			tab.Errorf("the file does not say %q", words)
		}
	}
}
