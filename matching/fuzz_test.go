package matching_test

import (
	"context"
	"reflect"
	"testing"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/matching"
	"luoshi/reading"
)

// FuzzMatch feeds any text through checking and matching: it must not panic, and one question must have
// one answer.
func FuzzMatch(f *testing.F) {
	f.Add("全年地区生产总值增长6%左右。", "全年地区生产总值增长5.9%。")
	f.Add("一、去年工作\n五年来,粮食产量从30万吨增加到40万吨。\n二、今年工作\n力争再新增企业11家。", "新增企业十二家,占全国总数的5.7％。")
	f.Add("指标 | 单位 | 目标 | 完成数\n能耗 | % | 完成市下达任务 | 3.8\n", "过去一年,城镇新增就业1.2万人,居民消费价格涨幅回落到2.6%。")
	f.Add("收储1500亩、供应1545亩,“三年拆迁、五年完成”", "2005年与2000年相比,国内生产总值增长57.3%")
	f.Fuzz(func(t *testing.T, plan, report string) {
		a, b := readText(plan), readText(report)
		if a == nil || b == nil {
			t.Skip("no document")
		}
		first := matching.Match(a, b)
		if second := matching.Match(a, b); !reflect.DeepEqual(first, second) {
			t.Error("two runs of matching differ")
		}
		matching.Within(a)
		matching.Trace([]*reading.Reading{a, b})
		all := checking.Options{All: true}
		if !reflect.DeepEqual(checking.Check(a, all), checking.Check(a, all)) {
			t.Error("two runs of checking differ")
		}
		for i := range first {
			if at := first[i].Plan.Span; at.Start < 0 || at.End > len(a.Document.Text) || at.Start > at.End {
				t.Errorf("passage %v lies outside the plan", at)
			}
		}
	})
}

// readText reads a text; nil where it is no document.
func readText(text string) *reading.Reading {
	doc, err := document.Open(context.Background(), "文件.txt", []byte(text), document.Options{})
	if err != nil {
		return nil
	}
	return reading.Read(doc, reading.Options{})
}
