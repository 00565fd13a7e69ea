package e2e_test

import (
	"testing"

	"luoshi/internal/web/webtest"
)

// wallChart: the office looks at the year on a wall chart, sees what was amended, and shows it to a meeting; the head of a
// unit asks there for another day, which the chart shows as asked for and does not take as granted.
func wallChart(t *testing.T, s *site) {
	office := s.as(t, "shubai")
	office.Open("/progress")
	follow(office, "main a[href$='/wall']")
	chart := path(office)
	want(office, "挂图作战", "12月")
	if rows := webtest.Value[int](office, `document.querySelectorAll('.wall tbody td .wall-line').length`); rows < 20 {
		t.Errorf("the chart has %d rows", rows)
	}
	office.Open(chart + "?by=category")
	want(office, "项目")
	office.Open(chart + "?q=改造人行道")
	want(office, "时限由2026年12月31日调整为2027年3月31日")
	office.Open(chart + "/sheet?paper=a3")
	want(office, "挂图作战图", "数据来源")

	leader := s.as(t, "changchuan")
	leader.Open(chart + "/screen?by=unit")
	want(leader, "挂图作战图", "返回挂图")

	head := s.as(t, "qingsong")
	head.Open(chart + "?order=by")
	asked := webtest.Value[string](head, `[...document.querySelectorAll('a.wall-move')].pop().getAttribute('href')`)
	head.Open(asked + "?to=2026-12-30")
	set(head, "[name=by]", "2026-12-30")
	fill(head, "[name=reason]", "雨季停工，工期顺延。")
	fill(head, "[name='basis.title']", "区政府第16次常务会议纪要")
	submit(head, "form[action='"+asked+"'] button[type=submit]")
	want(head, "2026年12月30日", "雨季停工")
	head.Open(chart + "?view=table&order=by")
	want(head, "尚未生效")

	office.Open(chart + "?kind=livelihood&order=by")
	node := webtest.Value[string](office, `[...document.querySelectorAll('a.wall-move[data-at]')].pop().getAttribute('href')`)
	office.Open(node + "&to=2026-12-10")
	want(office, "申请调整节点", "现在是2026年12月20日")
	fill(office, "[name=reason]", "提前组织验收。")
	fill(office, "[name='basis.title']", "区政府第16次常务会议纪要")
	submit(office, "form[action='"+node+"'] button[type=submit]")
	want(office, "时间节点", "2026年12月20日", "2026年12月10日")

	reporter := s.as(t, "wentao")
	if status := get(reporter, asked); status != 403 {
		t.Errorf("a reporter asks for another day: %d", status)
	}
}
