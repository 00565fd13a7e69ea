package e2e_test

import (
	"strings"
	"testing"

	"luoshi/internal/web/webtest"
)

// bulletin: the office drafts one of the month, writes between what is generated, and sends it for review; a colleague
// returns it and passes it on, the leader approves, and the office publishes. A unit confirms, and a correction follows.
func bulletin(t *testing.T, s *site) {
	office := s.as(t, "shubai")
	office.Open("/bulletins/new")
	submit(office, "form[action='/bulletins'] button[type=submit]")
	here := strings.TrimSuffix(path(office), "/edit")
	want(office, "初稿已生成", "总体进展情况", "项承诺事项中")
	fill(office, "[name='block.opening']", "现将有关情况通报如下。")
	fill(office, "[name='block.overview']", "各单位要在年底前再办结999项。")
	push(office, "[name='section.ahead']")
	submit(office, "form.bulletin-form button[type=submit]")
	want(office, "现将有关情况通报如下。", "999项", "台账中没有对应的生成数字", "均有出处", "望溪区")
	lacks(office, "快于序时进度的事项")
	if n := webtest.Value[int](office, `document.querySelectorAll('.paper a.traced').length`); n < 50 {
		t.Errorf("%d figures lead to their sources", n)
	}
	traced(office, here)

	stepOf(office, here, "submit")
	if status := post(office, here+"/steps", "step=pass&seen=3"); status < 400 {
		t.Errorf("who wrote it reviews it: %d", status)
	}
	colleague, leader, head := s.as(t, "qinghe"), s.as(t, "changchuan"), s.as(t, "qingsong")
	if status := get(head, here); status != 403 {
		t.Errorf("a unit reads a draft: %d", status)
	}
	colleague.Open(here)
	set(colleague, "#reason-return", "请删去没有依据的数字。")
	stepOf(colleague, "", "return")
	office.Open(here + "/edit")
	set(office, "[name='block.overview']", "")
	submit(office, "form.bulletin-form button[type=submit]")
	lacks(office, "999项")
	stepOf(office, here, "submit")
	stepOf(colleague, here, "pass")
	stepOf(leader, here, "approve")
	stepOf(office, here, "publish")
	want(office, "第三期", "3号", "签收情况", "摘要（SHA-256）")

	head.Open("/")
	want(head, "份通报待签收")

	head.Open(here)
	submit(head, "form[action$='/receipt'] button[type=submit]")
	want(head, "已签收")
	office.Open(here)
	submit(office, "form[action$='/remind'] button[type=submit]")
	want(office, "已提醒", "未签收")

	set(office, "#reason-correct", "因报送有误，现予更正。")
	submit(office, "form[action$='/correct'] button[type=submit]")
	want(office, "更正内容", "原通报中的数字没有变化")
	if typed := webtest.Value[string](office, `document.querySelector("[name='block.opening']").value`); typed != "因报送有误，现予更正。" {
		t.Errorf("the correction opens with %q", typed)
	}
	office.Open(here)
	want(office, "本通报已更正")
	head.Open(here)
	lacks(head, "本通报已更正")
}

// traced follows a figure of the table of units to the list that it counts.
func traced(tab *webtest.Tab, back string) {
	tab.Helper()
	figure := webtest.Value[string](tab, `document.querySelector('.paper-table a.traced[href*="unit="]').innerText`)
	submit(tab, `.paper-table a.traced[href*="unit="]`)
	if !strings.HasPrefix(path(tab), "/lights?") {
		tab.Errorf("a figure leads to %s", path(tab))
	}
	want(tab, figure)
	tab.Open(back)
}

// stepOf takes a step of a bulletin; where it is named its page is opened first.
func stepOf(tab *webtest.Tab, page, step string) {
	tab.Helper()
	if page != "" {
		tab.Open(page)
	}
	submit(tab, "form:has(input[name=step][value="+step+"]) button[type=submit]")
	want(tab, "已办理")
}
