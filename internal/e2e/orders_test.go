package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/web/webtest"
)

// anOrder is an order's whole life: it is issued, signed for, reported on, extended, suspended, replied to without and with
// evidence, returned, replied to again, closed, found to be untrue, and closed for good. One of each other kind is issued.
func anOrder(t *testing.T, s *site) {
	office, reporter, head, leader := s.as(t, "shubai"), s.as(t, "wentao"), s.as(t, "shuiyun"), s.as(t, "changchuan")
	order := draftOrder(office, "assign", "", "西渠清淤未到底")
	if !strings.HasPrefix(order, "/orders/") {
		t.Fatalf("an issued order is at %s", order)
	}
	want(office, "待签收", "签收时限")
	reporter.Open(order)
	submit(reporter, "form[action$='/sign'] button")
	want(reporter, "办理中")
	answerOrder(t, reporter, "东段已清完", false, "")
	want(reporter, "东段已清完", "阶段反馈")
	moreTime(head, leader, office, order)
	untrue(t, office, head, order)
	for _, kind := range []struct{ kind, sheet, title string }{
		{"urge", "", "水费收缴滞后"}, {"rectify", "", "泵站台账缺失"}, {"sheet", "blue", "节水器具进度偏慢"},
		{"sheet", "yellow", "水源地标识缺损"}, {"sheet", "red", "排口整改逾期"},
	} {
		draftOrder(office, kind.kind, kind.sheet, kind.title)
		want(office, kind.title)
		office.Open(strings.Split(path(office), "?")[0] + "/sheet")
		want(office, kind.title, "督查室")
	}
}

// draftOrder writes a new order for the water service and issues it. It returns its address.
func draftOrder(tab *webtest.Tab, kind, sheet, title string) string {
	tab.Helper()
	tab.Open("/orders/new")
	set(tab, "[name=kind]", kind)
	set(tab, "[name=sheet]", sheet)
	set(tab, "[name=title]", title)
	set(tab, "[name=requirement]", "查明原因，限期办结并附佐证。")
	set(tab, "[name=basis]", "区政府督查室现场督查")
	choose(tab, "[name=lead]", "水务")
	set(tab, "[name=days]", "10")
	set(tab, "[name='source.kind']", "inspection")
	set(tab, "[name='source.title']", "十一月现场督查")
	submit(tab, ".order-form [name=then]")
	if sheet == "red" { // a serious matter, which a leader approves before it goes out
		want(tab, "没有交办")
	} else {
		want(tab, "已交办", "待签收")
	}
	return path(tab)
}

// answerOrder replies to the order that is open, with a file where it is named.
func answerOrder(t *testing.T, tab *webtest.Tab, said string, final bool, file string) {
	t.Helper()
	set(tab, ".reply-form [name=text]", said)
	set(tab, ".reply-form [name=progress]", "50")
	if final {
		push(tab, ".reply-form [name=final]")
	}
	if file == "" {
		submit(tab, ".reply-form button[type=submit]")
		return
	}
	name := filepath.Join(t.TempDir(), file)
	if err := os.WriteFile(name, []byte(said), 0o600); err != nil {
		t.Fatal(err)
	}
	uploadHere(t, tab, name)
}

// moreTime asks for more time and for a suspension; a leader grants both, and the office lets the clock run again.
func moreTime(head, leader, office *webtest.Tab, order string) {
	head.Helper()
	head.Open(order)
	step(head, "ask-extension", "管线权属待确认，需延长5个工作日。")
	leader.Open(order)
	set(leader, "form:has(input[name=step][value=extend]) [name=days]", "5")
	step(leader, "extend", "")
	want(leader, "已延期1次", "办理中")
	head.Open(order)
	step(head, "ask-suspension", "渠道停水检修，预计下月恢复。")
	leader.Open(order)
	step(leader, "suspend", "")
	want(leader, "已中止", "已暂停")
	office.Open(order)
	step(office, "resume", "")
	want(office, "办理中")
}

// untrue: a reply without evidence is not taken; one with evidence is returned, comes again, is closed, proves untrue, and
// is closed at last.
func untrue(t *testing.T, office, head *webtest.Tab, order string) {
	t.Helper()
	head.Open(order)
	answerOrder(t, head, "全渠清完", true, "")
	want(head, "附有佐证材料")
	head.Open(order)
	answerOrder(t, head, "全渠清完", true, "验收单.txt")
	want(head, "待复核", "验收单.txt")
	office.Open(order)
	step(office, "return", "缺西段验收")
	head.Open(order)
	want(head, "退回重办", "缺西段验收")
	answerOrder(t, head, "西段已补验", true, "西段验收.txt")
	closeOrder(office, order)
	step(office, "reopen", "回访发现西段未清")
	head.Open(order)
	want(head, "回访发现西段未清")
	answerOrder(t, head, "西段已重清", true, "复查单.txt")
	closeOrder(office, order)
}

func closeOrder(office *webtest.Tab, order string) {
	office.Helper()
	office.Open(order)
	step(office, "accept", "")
	step(office, "close", "")
	want(office, "已销号")
}
