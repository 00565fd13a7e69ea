package pairing_test

import (
	"context"
	"testing"

	"luoshi/checking/pairing"
	"luoshi/document"
	"luoshi/reading"
)

// prepare reads a text for pairing.
func prepare(t *testing.T, text string) *pairing.Paper {
	t.Helper()
	doc, err := document.Open(context.Background(), "报告.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return pairing.Prepare(reading.Read(doc, reading.Options{}))
}

// item is the item with a surface.
func item(t *testing.T, p *pairing.Paper, surface string) *pairing.Item {
	t.Helper()
	for i := range p.Items {
		if p.Items[i].Surface == surface {
			return &p.Items[i]
		}
	}
	t.Fatalf("no quantity %s", surface)
	return nil
}

// yearly is a report that reviews 2025 and plans 2026.
func yearly(reviewed string) string {
	return "望溪区2026年政府工作报告\n一、2025年工作回顾\n" + reviewed +
		"\n二、2026年工作安排\n全年新增就业1.1万人以上。确保完成全年任务。\n"
}

// TestSeveral tells figures of several years from those of one.
func TestSeveral(t *testing.T) {
	tests := []struct {
		text, surface string
		want          bool
	}{
		{"2025年,地区生产总值增长6.2%。", "6.2%", false},
		{"五年来,新增就业5.6万人。", "5.6万人", true},
		{"五年来,全区面貌一新。2025年,地区生产总值增长6.2%。", "6.2%", false},
		{"“十四五”期间,累计新增就业5.6万人。", "5.6万人", true},
		{"地区生产总值年均增长6.4%。", "6.4%", true},
		{"地区生产总值比2020年增长36.4%。", "36.4%", true},
		{"2025年与2020年相比,地区生产总值增长36.4%。", "36.4%", true},
		{"按照“三年拆迁、五年完成”的要求,收储土地832亩。", "832亩", false},
		{"五年来,森林覆盖率由38%提高到42%。", "42%", false},
	}
	for _, test := range tests {
		p := prepare(t, yearly(test.text))
		if got := item(t, p, test.surface).Several(); got != test.want {
			t.Errorf("%s in “%s”: %v, want %v", test.surface, test.text, got, test.want)
		}
	}
}

// TestSubject completes the subjects that sentences leave to the reader.
func TestSubject(t *testing.T) {
	tests := []struct{ text, surface, want string }{
		{"五年累计新增就业5.6万人。", "5.6万人", "新增就业"},
		{"城镇新增就业1.12万人,完成年度目标9000人的124.4%。", "9000人", "城镇新增就业"},
		{"广义货币M\n2\n增长13.6%。", "13.6%", "广义货币M2"},
	}
	for _, test := range tests {
		p := prepare(t, yearly(test.text))
		if got := item(t, p, test.surface).Subject; got != test.want {
			t.Errorf("%s in “%s”: %q, want %q", test.surface, test.text, got, test.want)
		}
	}
}

// TestFell reads a rate that fell to a figure as that rate.
func TestFell(t *testing.T) {
	p := prepare(t, yearly("居民消费价格涨幅回落到2.6%,能耗下降3.1%。"))
	if got := item(t, p, "2.6%").Figure.Measure; got != reading.Growth {
		t.Errorf("prices that fell back to 2.6%% count as %s", got)
	}
	if got := item(t, p, "3.1%").Figure.Measure; got != reading.Decline {
		t.Errorf("consumption down by 3.1%% counts as %s", got)
	}
}

// TestReason finds why a target was missed in the words of the document.
func TestReason(t *testing.T) {
	p := prepare(t, yearly("固定资产投资增长5.2%。固定资产投资未达到预期目标,主要是房地产开发投资下降;居民收入稳步增加。"))
	told := p.Tellings().Of(item(t, p, "5.2%"))
	if told.Reason == "" || told.Text == "" {
		t.Fatalf("told %+v", told)
	}
	if want := "房地产开发投资下降"; told.Reason[:len(want)] != want {
		t.Errorf("reason %q, want %q", told.Reason, want)
	}
}
