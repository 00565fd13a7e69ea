package e2e_test

import (
	"testing"

	"luoshi/internal/web/webtest"
)

// assessment: the office draws a scheme up, tries other weights, and has it adopted; what was computed is shown to the
// units, of which one appeals and is right.
func assessment(t *testing.T, s *site) {
	office := s.as(t, "shubai")
	office.Open("/assessments/new")
	fill(office, "[name=basis]", "望政办发〔2026〕3号")
	set(office, "tr:nth-child(1) [name='measure.weight']", "45")
	set(office, "tr:nth-child(8) [name='measure.title']", "") // nobody has to judge dozens of units here
	set(office, "tr:nth-child(8) [name='measure.weight']", "")
	submit(office, "form.scheme-form button[type=submit]")
	want(office, "已保存", "编制方案", "望政办发〔2026〕3号")
	here := path(office)
	submit(office, "a[href$='/trial']")
	set(office, "[name='w.m1']", "20")
	set(office, "[name='w.m3']", "35")
	submit(office, "form[action$='/trial'] button[type=submit]")
	want(office, "单位名次变化")

	leader, head := s.as(t, "changchuan"), s.as(t, "qingsong")
	stepOf(office, here, "submit")
	stepOf(leader, here, "adopt")
	stepOf(office, here, "compute")
	if status := get(head, here); status != 403 {
		t.Errorf("a unit sees points that are not shown yet: %d", status)
	}
	stepOf(office, here, "announce")
	if places := webtest.Value[int](office, `document.querySelectorAll('.scores tbody tr').length`); places < 10 {
		t.Errorf("%d units are assessed", places)
	}

	head.Open("/messages")
	want(head, "考核得分已公示")
	head.Open(here)
	submit(head, ".scores tbody a")
	want(head, "得分明细", "÷")
	unit := path(head)
	set(head, "[name=item]", "m1")
	fill(head, "[name=text]", "有一项已于上月办结，系统尚未登记。")
	submit(head, "form[action$='/appeals'] button[type=submit]")
	want(head, "申诉已提交", "待答复")

	office.Open(here)
	push(office, ".appeal details > summary")
	push(office, ".appeal [value=accept]")
	set(office, ".appeal [name=part]", "1")
	set(office, ".appeal [name=whole]", "1")
	set(office, ".appeal [name=answer]", "情况属实，予以更正。")
	submit(office, ".appeal button[type=submit]")
	want(office, "已答复", "申诉成立")
	head.Open(unit)
	want(head, "经申诉更正", "1 ÷ 1 = 100.00%")
}
