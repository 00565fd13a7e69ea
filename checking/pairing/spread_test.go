package pairing_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/indicator"
	"luoshi/reading"
)

// TestSpread completes names of which the sentence states only a part beside the figure.
func TestSpread(t *testing.T) {
	tests := []struct{ text, surface, want string }{
		{"城镇保障性住房基本建成470套、新开工630套。", "630套", "新开工城镇保障性住房"},
		{"小麦、稻谷最低收购价分别提高0.11元和0.13元。", "0.11元", "小麦最低收购价"},
		{"农村饮水安全工程使6.1万农民受益。", "6.1万", "农村饮水安全工程受益"},
		{"规模以上工业实现总产值203.7亿元。", "203.7亿元", "规模以上工业总产值"},
		{"淘汰钢铁27万吨、水泥42万吨等落后产能。", "42万吨", "水泥落后产能"},
	}
	for _, test := range tests {
		p := prepare(t, yearly(test.text))
		if got := item(t, p, test.surface).Subject; got != test.want {
			t.Errorf("%s in “%s”: %q, want %q", test.surface, test.text, got, test.want)
		}
	}
}

// TestAnswering leaves out figures that look like results and are none.
func TestAnswering(t *testing.T) {
	tests := []struct {
		text, surface string
		want          bool
	}{
		{"完成植树1.2万株。", "1.2万株", true},
		{"签约总投资10亿元以上项目2个。", "10亿元", false},
		{"签约总投资10亿元以上项目2个。", "2个", true},
		{"年初提出把居民消费价格涨幅控制在3%以内,实际上涨2.1%。", "3%", false},
	}
	for _, test := range tests {
		p := prepare(t, yearly(test.text))
		if got := slices.Contains(p.Results, item(t, p, test.surface).Index); got != test.want {
			t.Errorf("%s in “%s” answers a target: %v, want %v", test.surface, test.text, got, test.want)
		}
	}
}

// TestPlace corrects by the titles of its section what a figure looks like by itself.
func TestPlace(t *testing.T) {
	text := "望溪区2026年政府工作报告\n一、2025年工作回顾\n(一)重点工作\n新增就业1.12万人。为2400名学生免费提供教科书。\n" +
		"二、2026年重点工作\n完成造林3000亩以上。全区已建成公园12个。\n"
	tests := []struct {
		surface string
		want    reading.Kind
		by      int
	}{
		{"1.12万人", reading.Result, 2025}, {"2400名", reading.Result, 2025}, {"3000亩", reading.Target, 2026},
	}
	p := prepare(t, text)
	for _, test := range tests {
		it := item(t, p, test.surface)
		if it.Kind != test.want || it.By != calendar.LastDay(test.by, 12) {
			t.Errorf("%s: %s by %s, want %s by the end of %d", test.surface, it.Kind, it.By, test.want, test.by)
		}
	}
	if got := item(t, p, "12个"); got.Kind == reading.Target {
		t.Errorf("what is there already is a target: %s", got.Surface)
	}
}

// TestAdded counts what a list adds, though only its first item says so.
func TestAdded(t *testing.T) {
	p := prepare(t, yearly("净增高新技术企业15家、科技型中小企业50家。"))
	if got := item(t, p, "50家").Terms.Aggregation; got != indicator.Sum {
		t.Errorf("the second item of the list adds up as %d, want %d", got, indicator.Sum)
	}
}

// TestPhrases are the other words by which a report may speak of an item.
func TestPhrases(t *testing.T) {
	tests := []struct{ text, surface, want string }{
		{"区级财政将投入600万元,改造农村校舍。", "600万元", "改造农村校舍"},
		{"小麦最低收购价提高0.11元。", "0.11元", "粮食最低收购价"},
		{"淘汰钢铁27万吨、水泥42万吨等落后产能。", "27万吨", "落后产能"},
	}
	for _, test := range tests {
		p := prepare(t, "望溪区2026年政府工作报告\n一、2026年工作安排\n"+test.text+"\n")
		if got := p.Phrases(item(t, p, test.surface)); !slices.Contains(got, test.want) {
			t.Errorf("%s in “%s”: %s, want %s among them", test.surface, test.text, strings.Join(got, "; "), test.want)
		}
	}
}

// TestOtherPeriod keeps half a year apart from the whole and one promise of five years from another.
func TestOtherPeriod(t *testing.T) {
	tests := []struct {
		plan, report, surface string
		want                  bool
	}{
		{"上半年完成土地收储1200亩。", "全年完成土地收储1684亩。", "1200亩", true},
		{"全年完成土地收储1200亩。", "全年完成土地收储1684亩。", "1200亩", false},
		{"五年完成土地收储1200亩。", "五年来,完成土地收储1684亩。", "1200亩", true},
		{"PM2.5年均浓度不高于28微克/立方米。", "PM2.5年均浓度28.6微克/立方米。", "28微克/立方米", false},
	}
	for _, test := range tests {
		plan := prepare(t, "望溪区2025年工作安排\n"+test.plan+"\n")
		report := prepare(t, yearly(test.report))
		answers := report.Answers(plan, item(t, plan, test.surface))
		if len(answers) == 0 {
			t.Errorf("nothing answers “%s” in “%s”", test.plan, test.report)
			continue
		}
		if got := answers[0].OtherPeriod; got != test.want {
			t.Errorf("“%s” and “%s” are of other periods: %v, want %v", test.plan, test.report, got, test.want)
		}
	}
}

// TestRivalled gives the whole's result to the whole, not to its part.
func TestRivalled(t *testing.T) {
	plan := prepare(t, "望溪区2025年工作安排\n新增停车泊位3500个(其中公共泊位1200个)。\n")
	report := prepare(t, yearly("新增停车泊位3620个。"))
	if got := report.Answers(plan, item(t, plan, "1200个")); len(got) != 0 {
		t.Errorf("the part is answered by the whole: %s", report.Items[got[0].Result].Surface)
	}
	if got := report.Answers(plan, item(t, plan, "3500个")); len(got) == 0 {
		t.Error("nothing answers the whole")
	}
}
