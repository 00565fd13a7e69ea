package checking_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/reading"
)

// targetsOf runs the rule on targets over a text.
func targetsOf(tb testing.TB, text string) []checking.Finding {
	tb.Helper()
	doc, err := document.Open(context.Background(), "报告.txt", []byte(text), document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return checking.Check(reading.Read(doc, reading.Options{}), checking.Options{All: true, Only: []string{"target"}})
}

// inReport sets sentences into a half-year report of a district: what was done, and what is planned.
func inReport(done, planned string) string {
	return "望溪区2026年上半年国民经济和社会发展计划执行情况的报告\n" +
		"一、上半年计划执行情况\n" + done + "\n二、下半年工作安排\n下半年,要确保完成全年目标任务。\n" + planned + "\n"
}

// shown is a finding as verdict, target and result.
func shown(f *checking.Finding) string {
	parts := []string{f.Verdict}
	for _, p := range f.Places {
		parts = append(parts, p.Surface)
	}
	return strings.Join(parts, " ")
}

// TestTargets pairs the targets of a half-year report with its results.
func TestTargets(t *testing.T) {
	tests := []struct {
		name, done, planned string
		want                []string // verdict, target, result
	}{
		{"money ahead of time", "上半年引进市外到位资金52亿元。", "全年引进市外到位资金100亿元以上。", []string{"ahead 100亿元 52亿元"}},
		{"area behind", "新增绿地3.5公顷。", "年度新增绿地面积18公顷。", []string{"behind 18公顷 3.5公顷"}},
		{"a rate at its bound", "空气优良率达98%。", "确保全年空气优良率达98%以上。", []string{"met 98% 98%"}},
		{"a rate under its bound", "城镇登记失业率为4.3%。", "全年城镇登记失业率控制在4%以内。", []string{"missed 4% 4.3%"}},
		{"the year's target is already passed", "新增机动车泊位2600个。", "新增机动车泊位800个。", []string{"exceeded 800个 2600个"}},
		{"a decoy of nearly the same figure", "完成村庄拆迁12.15万平方米。", "年内完成老旧小区改造12万平方米。", nil},
		{"other currencies", "上半年实际利用外资2596万元。", "全年实际利用外资3000万美元。", nil},
		{"growth against an amount", "上半年实际利用外资2596万美元。", "全年实际利用外资增长15%。", nil},
		{"what comes on top", "上半年新增规上工业企业7家。", "再新增规上工业企业11家以上。", nil},
		{"what is left", "城镇新增就业6820人,全年目标12000人。", "全年城镇新增就业12000人以上。下半年城镇新增就业5200人以上。",
			[]string{"ahead 12000人 6820人", "ahead 12000人 6820人"}},
		{"town against countryside", "农村居民人均可支配收入增长6.4%。", "全年城镇居民人均可支配收入增长7%。", nil},
		{"work begun is not work done", "制定12条道路改造工作方案并启动实施。", "年内完成12条道路改造。", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, f := range targetsOf(t, inReport(test.done, test.planned)) {
				if f.Verdict != "open" {
					got = append(got, shown(&f))
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

const table = `望溪区2026年上半年国民经济和社会发展计划执行情况的报告
一、上半年计划执行情况
上半年,全区经济平稳运行。
2026年上半年主要经济社会指标完成情况表
指标名称 | 单位 | 2026年预期目标 | 2026年上半年 | 备注
完成数 | 增长%
地区生产总值 | 亿元 | 增长6% | 309.62 | 5.2 |
固定资产投资 | 亿元 | 正增长 | —— | 4.1 | 不含农户
城镇居民人均可支配收入 | 元 | 与经济增长基本同步 | 25870 | 5.5 |
单位生产总值能耗 | % | 完成市下达任务 | 2.4 |  |
城镇登记失业率 | % | 4以内 | 3.2 |  |
地区生产总值增速未达到预期目标,主要是因为春季暴雨影响,部分企业停产。
单位生产总值能耗不降反升,主要原因是上年同期基数较低。
`

// TestTargetsOfTables reads the targets of a table's rows, those in words too, and gives the reason for a
// miss where the text has one.
func TestTargetsOfTables(t *testing.T) {
	findings := targetsOf(t, table)
	want := []string{
		"missed 增长6% 5.2", "met 正增长 4.1", "met 与经济增长基本同步 5.5", "missed 完成市下达任务 2.4", "met 4 3.2",
	}
	var got []string
	for i := range findings {
		s := shown(&findings[i])
		got = append(got, strings.Replace(s, "missed 6%", "missed 增长6%", 1))
	}
	if !slices.Equal(got, want) {
		t.Fatalf("found %q, want %q", got, want)
	}
	first := &findings[0]
	if first.Severity != checking.Warning || !strings.Contains(first.Message.ZH, "春季暴雨影响,部分企业停产") || first.Computation != "5.2 - 6 = -0.8 个百分点" {
		t.Errorf("the miss reads %s: %s | %s", first.Severity, first.Message.ZH, first.Computation)
	}
	if energy := &findings[3]; !strings.Contains(energy.Message.ZH, "上年同期基数较低") {
		t.Errorf("the miss in words reads %s", energy.Message.ZH)
	}
	for i := range findings {
		if findings[i].Message.ZH == "" || findings[i].Message.EN == "" {
			t.Errorf("finding %d lacks words in one language: %+v", i, findings[i].Message)
		}
	}
}

// TestTargetsTwice finds one target with two values, and lets differing scopes be.
func TestTargetsTwice(t *testing.T) {
	tests := []struct {
		name, planned string
		want          int
	}{
		{"two values", "全年地区生产总值增长6%。全年地区生产总值增长7%。", 1},
		{"one value twice", "全年地区生产总值增长6%左右。全年地区生产总值增长6%。", 0},
		{"town and countryside", "全年城镇居民人均可支配收入增长6%。全年农村居民人均可支配收入增长7%。", 0},
		{"a softened aim beyond the target", "全年地区生产总值增长6%。全年地区生产总值力争增长7%。", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := 0
			for _, f := range targetsOf(t, inReport("上半年工作有序推进。", test.planned)) {
				if strings.Contains(f.Message.ZH, "目标前后不一") {
					n++
				}
				if f.Severity == checking.Error {
					t.Errorf("an error: %s", f.Message.ZH)
				}
			}
			if n != test.want {
				t.Errorf("%d findings, want %d", n, test.want)
			}
		})
	}
}

// TestTargetsOfExample holds the rule to the half-year report of the fictional district, by hand.
func TestTargetsOfExample(t *testing.T) {
	text, err := os.ReadFile("../examples/2026-half-year-report.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range targetsOf(t, string(text)) {
		got = append(got, shown(&f))
	}
	for _, want := range []string{
		"missed 6% 5.6", "exceeded 8% 8.3", "missed 7% 4.1", "exceeded 6.5% 6.9", "exceeded 4% 5.1", "missed 10% 3.8", "missed 5.5% 5.2",
		"missed 6.5% 6.4", "ahead 1.2万 6820", "met 4 3.2", "behind 186.40 83.40", "ahead 32 21", "behind 92.60 44.35", "ahead 13 9",
		"behind 41.20 16.48", "ahead 7 5", "behind 27.50 9.85", "behind 5 2", "behind 8.70 4.02", "ahead 3 2", "ahead 16.40 8.70",
		"ahead 4 3", "ahead 800万人次 418.6万人次",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("not found: %s", want)
		}
	}
}
