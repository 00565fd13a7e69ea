package document

import (
	"context"
	"testing"
)

// TestBulletins reads the title, the kind, the year and the period of what appears month by month.
func TestBulletins(t *testing.T) {
	const body = "全区开工项目36个，完成投资76.57亿元，占年度计划的77.97%。\n"
	tests := []struct {
		name, text, title string
		kind              Kind
		plan              int
		report            string
	}{
		{"a month in the title", "望溪区项目办公室\n关于2026年9月全区项目建设进展情况的通报\n各镇人民政府:\n现将2026年9月全区项目建设进展情况通报如下:\n" + body,
			"关于2026年9月全区项目建设进展情况的通报", KindReport, 2026, "2026-01-01..2026-09-30"},
		{"from month to month", "望溪区2026年1—9月民生实事简报\n" + body, "望溪区2026年1—9月民生实事简报", KindReport, 2026, "2026-01-01..2026-09-30"},
		{"a part that begins later", "望溪区2026年7至9月工业运行快报\n" + body, "望溪区2026年7至9月工业运行快报", KindReport, 2026, "2026-07-01..2026-09-30"},
		{"the first quarters", "望溪区2026年前三季度投资月报\n" + body, "望溪区2026年前三季度投资月报", KindReport, 2026, "2026-01-01..2026-09-30"},
		{"a quarter alone", "望溪区2026年三季度督查通报\n" + body, "望溪区2026年三季度督查通报", KindReport, 2026, "2026-01-01..2026-09-30"},
		{"a quarter with its number", "望溪区2026年第二季度经济运行季报\n" + body, "望溪区2026年第二季度经济运行季报", KindReport, 2026, "2026-01-01..2026-06-30"},
		{"numerals of Han", "望溪区二〇二六年十一月督查专报\n" + body, "望溪区二〇二六年十一月督查专报", KindReport, 2026, "2026-01-01..2026-11-30"},
		{"a month behind the name", "重点工作动态（2026年2月）\n" + body, "重点工作动态（2026年2月）", KindReport, 2026, "2026-01-01..2026-02-28"},
		{"a month with its number of issue", "望溪区招商引资工作简报 2026年第9期\n2026年前8个月进展\n" + body,
			"望溪区招商引资工作简报 2026年第9期", KindReport, 2026, "2026-01-01..2026-08-31"},
		{"an opening", "关于民生实事办理情况的通报\n各镇人民政府：\n根据2026年3月区政府会议安排，现将2026年8月办理情况通报如下。\n" + body,
			"关于民生实事办理情况的通报", KindReport, 2026, "2026-01-01..2026-08-31"},
		{"up to a day", "关于民生实事办理情况的通报\n截至2026年9月20日，" + body, "关于民生实事办理情况的通报", KindReport, 2026, "2026-01-01..2026-09-20"},
		{"a year in the number of the issue", "望溪区项目建设专报\n2026年第9期\n望溪区项目办公室\n截至9月底，" + body,
			"望溪区项目建设专报", KindReport, 2026, "2026-01-01..2026-09-30"},
		{"a year in the date", "督查专报\n（第1期）\n望溪区督查室　2027年1月8日\n12月全区重点工作进展情况\n各镇人民政府：\n" + body,
			"督查专报", KindReport, 2026, "2026-01-01..2026-12-31"},
		{"a broken title", "关于2026年4月全区项目\n建设进展情况的通报\n各镇人民政府：\n" + body,
			"关于2026年4月全区项目建设进展情况的通报", KindReport, 2026, "2026-01-01..2026-04-30"},
		{"what comes next", "望溪区2026年5月重点任务督查通报\n" + body + "一、重点任务完成情况\n好。\n二、下一步工作打算\n完成投资98亿元。\n",
			"望溪区2026年5月重点任务督查通报", KindBoth, 2026, "2026-01-01..2026-05-31"},
		{"headings of tasks promise nothing", "望溪区2026年5月督查通报\n" + body + "一、重点任务\n好。\n二、主要目标\n好。\n",
			"望溪区2026年5月督查通报", KindReport, 2026, "2026-01-01..2026-05-31"},
		{"the report that it names", "2026年6月政府工作报告任务落实情况通报\n" + body, "2026年6月政府工作报告任务落实情况通报", KindReport, 2026, "2026-01-01..2026-06-30"},
		{"a report on a month", "关于2026年9月项目建设进展情况的报告\n" + body, "关于2026年9月项目建设进展情况的报告", KindReport, 2026, "2026-01-01..2026-09-30"},
		{"a report on a day", "关于2026年9月8日督导发现问题整改落实情况的报告\n" + body, "关于2026年9月8日督导发现问题整改落实情况的报告", KindReport, 0, "2026-01-01..2026-12-31"},
		{"a year alone", "望溪区2025年民生实事通报\n" + body, "望溪区2025年民生实事通报", KindReport, 0, "2025-01-01..2025-12-31"},
		{"no year at all", "望溪区民生实事通报\n9月，" + body, "望溪区民生实事通报", KindReport, 0, ".."},
		{"a plan that speaks of bulletins", "望溪区2026年督查通报工作方案\n" + body, "望溪区2026年督查通报工作方案", KindPlan, 2026, ".."},
	}
	for _, tt := range tests {
		doc, err := Open(context.Background(), "a.txt", []byte(tt.text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkDocument(t, doc)
		m := doc.Meta
		if report := m.ReportPeriod.From.String() + ".." + m.ReportPeriod.To.String(); m.Title.Value != tt.title || m.Kind != tt.kind || m.PlanYear != tt.plan || report != tt.report {
			t.Errorf("%s: %q, %s, plans %d, accounts for %s; want %q, %s, %d, %s", tt.name, m.Title.Value, m.Kind, m.PlanYear, report, tt.title, tt.kind, tt.plan, tt.report)
		}
	}
}

// TestPeriodPlace points at the words that name the period of a bulletin.
func TestPeriodPlace(t *testing.T) {
	tests := []struct{ text, period, year string }{
		{"望溪区2026年1月至9月项目通报\n好。\n", "2026年1月至9月", "2026年"},
		{"望溪区项目通报\n截至2026年9月20日，好。\n", "2026年9月20日", "2026年"},
		{"望溪区项目简报\n2026年第9期\n第三季度，好。\n", "第三季度", "2026年"},
		{"望溪区项目简报\n项目办公室 2026年10月8日\n截至9月底，好。\n", "9月", "2026年10月8日"},
	}
	for _, tt := range tests {
		doc, err := Open(context.Background(), "a.txt", []byte(tt.text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if period, year := doc.Meta.ReportAt.In(doc.Text), doc.Meta.PlanYearAt.In(doc.Text); period != tt.period || year != tt.year {
			t.Errorf("%s: %q and %q, want %q and %q", tt.text, period, year, tt.period, tt.year)
		}
	}
}

// TestDateOfBulletin takes the date under its name, and not that of a meeting on which it is based.
func TestDateOfBulletin(t *testing.T) {
	tests := []struct{ text, want string }{
		{"望溪区项目简报\n项目办公室 2026年10月8日\n好。\n", "2026-10-08"},
		{"望溪区2026年9月督查通报\n根据2026年3月5日政府会议要求，现将有关情况通报如下：\n好。\n", ""},
		{"望溪区2026年9月督查通报\n根据2026年3月5日政府会议要求，现将有关情况通报如下：\n好。\n2026年10月9日\n", "2026-10-09"},
	}
	for _, tt := range tests {
		doc, err := Open(context.Background(), "a.txt", []byte(tt.text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Meta.Date.Value; got != tt.want {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
}

// TestBulletinTitles tells the titles of bulletins from lines that announce one or speak of one.
func TestBulletinTitles(t *testing.T) {
	for _, word := range cues.BulletinTitles {
		for _, title := range []string{"望溪区" + word, "望溪区" + word + "（第9期）", "望溪区" + word + "第十二期", "望溪区" + word + " 2026年第9期", "望溪区" + word + " 总第35期"} {
			if !isBulletin(title) || !endsLikeTitle(title) {
				t.Errorf("%s is no title of a bulletin", title)
			}
		}
	}
	for _, line := range []string{"通报", "现将有关情况通报：", "现将有关情况通报如下", "督查通报制度", "项目第三期", "望溪区工作总结"} {
		if isBulletin(line) {
			t.Errorf("%s is the title of a bulletin", line)
		}
	}
}

// TestPartAt reads the parts of a year, and no days.
func TestPartAt(t *testing.T) {
	tests := []struct {
		text     string
		from, to int
		scale    partScale
		size     int // in characters
	}{
		{"上半年经济", 1, 6, wholeRange, 3}, {"下半年", 7, 12, alonePart, 3}, {"全年", 1, 12, wholeRange, 2},
		{"前三季度", 1, 9, wholeRange, 4}, {"前三个季度", 1, 9, wholeRange, 5}, {"前11个月", 1, 11, wholeRange, 5},
		{"一季度", 1, 3, alonePart, 3}, {"第4季度", 10, 12, alonePart, 4},
		{"9月", 9, 9, aloneMonth, 2}, {"９月份", 9, 9, aloneMonth, 2}, {"十二月全区", 12, 12, aloneMonth, 3}, {"9月三个项目", 9, 9, aloneMonth, 2}, {"9月36个项目", 9, 9, aloneMonth, 2},
		{"1-9月", 1, 9, wholeRange, 4}, {"1—10月", 1, 10, wholeRange, 5}, {"1～2月份", 1, 2, wholeRange, 4}, {"一至九月", 1, 9, wholeRange, 4}, {"3月到6月", 3, 6, wholeRange, 5},
		{text: "9月8日"}, {text: "9月8"}, {text: "九月八日"}, {text: "1月5日—9月8日"}, {text: "1—9月8日"}, {text: "13月"}, {text: "0月"}, {text: "9—1月"},
		{text: "五季度"}, {text: "前五个季度"}, {text: "前列"}, {text: "第9期"}, {text: "1—9"}, {text: "9个月"}, {text: ""},
	}
	for _, tt := range tests {
		part, ok := partAt(tt.text)
		if !ok {
			part = yearPart{}
		}
		if want := (yearPart{tt.from, tt.to, tt.scale, len(string([]rune(tt.text)[:tt.size]))}); part != want {
			t.Errorf("%s: %+v, want %+v", tt.text, part, want)
		}
	}
}
