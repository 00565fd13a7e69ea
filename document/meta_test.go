package document

import (
	"context"
	"testing"

	"luoshi/document/part"
)

// TestYears lets the body decide on the year that is planned and the period accounted for.
func TestYears(t *testing.T) {
	tests := []struct {
		name, text string
		kind       Kind
		plan       int
		report     string
	}{
		{"the title", "云溪区2025年工作安排\n一、总体要求\n", KindPlan, 2025, ".."},
		{"the body overrules the title", "云溪区2022年工作要点\n为建党100周年和第十四届全运会营造良好环境。办好2021创新论坛。\n", KindPlan, 2021, ".."},
		{"an event alone", "落实新冠病毒感染“乙类乙管”要求，力争初信初访事项80%以上得到化解，新增就业1300人以上，确保应种尽种，争取资金2亿元以上。\n", KindPlan, 2023, ".."},
		{"review and plan", "各位代表：\n一、2023年工作回顾\n同比增长6%。\n二、2024年工作安排\n增长5%。\n", KindBoth, 2024, "2023-01-01..2023-12-31"},
		{"a plan made in a review", "云溪区2024年上半年计划执行情况报告\n一、2024年上半年计划执行情况\n增长6%。\n二、下半年工作安排\n增长5%。\n", KindBoth, 2024, "2024-01-01..2024-06-30"},
		{"three quarters", "云溪区2024年前三季度经济运行情况报告\n2024年前三季度，同比增长6%。\n", KindReport, 0, "2024-01-01..2024-09-30"},
		{"the day of delivery", "政府工作报告\n——二〇二五年一月八日在云溪区第九届人民代表大会第四次会议上\n各位代表：\n现在向大会报告工作。\n一、过去一年工作回顾\n好。\n二、今年工作\n到2030年，全面建成。\n", KindBoth, 2025, "2024-01-01..2024-12-31"},
		{"goals of a distant year", "云溪区2026年重点任务清单\n到2035年，基本实现现代化；到2035年，再上台阶。2026年，我们将新建学校2所。\n", KindPlan, 2026, ".."},
		{"full-width digits", "各位代表：\n一、１９９６年工作的回顾\n１９９６年增长９％。\n二、１９９７年的主要任务\n增长８％。\n", KindBoth, 1997, "1996-01-01..1996-12-31"},
		{"a five-year plan", "各位代表：\n现在，我作关于全国国民经济和社会发展第七个五年计划的报告。\n一、1985年工作的回顾\n好。\n二、1986年的主要任务\n好。\n", KindBoth, 1990, "1981-01-01..1985-12-31"},
		{"a five-year plan carried out", "各位代表：\n现在，我作关于第七个五年计划执行情况的报告。\n一、1990年工作回顾\n好。\n二、1991年的主要任务\n好。\n", KindBoth, 1991, "1990-01-01..1990-12-31"},
		{"an event of a later year", "各位代表：\n一、2023年工作回顾\n好。\n二、2024年主要任务\n办好2025年将举办的园艺博览会。做好2025年将召开的大会。\n", KindBoth, 2024, "2023-01-01..2023-12-31"},
		{"neither", "会议通知\n请于周五到会。\n", KindOther, 0, ".."},
	}
	for _, tt := range tests {
		doc, err := Open(context.Background(), "a.txt", []byte(tt.text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		m := doc.Meta
		if report := m.ReportPeriod.From.String() + ".." + m.ReportPeriod.To.String(); m.Kind != tt.kind || m.PlanYear != tt.plan || report != tt.report {
			t.Errorf("%s: %s, plans %d, accounts for %s; want %s, %d, %s", tt.name, m.Kind, m.PlanYear, report, tt.kind, tt.plan, tt.report)
		}
	}
}

// TestRegions tells the names of regions from words that end alike.
func TestRegions(t *testing.T) {
	tests := []struct{ line, want string }{
		{"2026年云岭省政府工作报告", "云岭省"},
		{"云岭省临江市云溪区2025年工作安排", "云溪区"},
		{"——2025年1月8日在云溪区第九届人民代表大会第四次会议上", "云溪区"},
		{"2026年北岭自治区政府工作报告", "北岭自治区"},
		{"庆祝建党100周年东湖新区工作要点", "东湖新区"},
		{"关于望溪县2024年计划执行情况的报告", "望溪县"},
		{"政府副区长 黄某", ""},
		{"全区社区工作要点", ""},
		{"工业园区建设方案", ""},
		{"**区2021年工作报告", ""},
	}
	for _, tt := range tests {
		if got := regionIn(tt.line, Span{0, len(tt.line)}).In(tt.line); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.line, got, tt.want)
		}
	}
}

// TestDates reads dates in every way they are written.
func TestDates(t *testing.T) {
	tests := []struct{ line, want string }{
		{"——2026年2月5日在会上", "2026-02-05"},
		{"——二〇二六年一月二十七日在会上", "2026-01-27"},
		{"（2024年12月31日）", "2024-12-31"},
		{"——2021年8月31****常委会第35次会上", "2021-08-31"},
		{"时间：2026-02-11 10:00", "2026-02-11"},
		{"发布 2026/2/1", "2026-02-01"},
		{"2026.1.9 公布", "2026-01-09"},
		{"2026年13月5日", ""},
		{"2026年2月30日", ""},
		{"12026-02-11", ""},
		{"2026年度", ""},
	}
	for _, tt := range tests {
		if got, _ := dateIn(tt.line, Span{0, len(tt.line)}); got.String() != tt.want {
			t.Errorf("%s: %q, want %q", tt.line, got, tt.want)
		}
	}
}

// TestBrokenTitle joins a title that a page has broken.
func TestBrokenTitle(t *testing.T) {
	d, err := fromParts([]part.Part{
		{Text: "关于云溪区2024年国民经济和社会发展计划执", Title: true}, {Text: "行情况的报告"},
		{Text: "受区人民政府委托，现将2024年计划执行情况报告如下。"},
	}, defaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	describe(d)
	m := d.doc.Meta
	if m.Title.Value != "关于云溪区2024年国民经济和社会发展计划执行情况的报告" || m.Issuer.Value != "云溪区人民政府" || m.Issuer.Span.In(d.doc.Text) != "区人民政府" {
		t.Errorf("title %q, issuer %q", m.Title.Value, m.Issuer.Value)
	}
}
