package reading_test

import (
	"context"
	"testing"

	"luoshi/document"
	"luoshi/reading"
)

// TestKnownToBeMisread holds what users of other readers of this genre report as misread.
func TestKnownToBeMisread(t *testing.T) {
	type record struct{ surface, value, upper, unit, by string }
	for name, tc := range map[string]struct {
		frame, text string
		want        []record
	}{
		"percentage points":         {"report 2026", "办结率提高20个百分点。", []record{{"20个百分点", "20", "", "个百分点", "2026-12-31"}}},
		"separators":                {"plan 2026", "发放消费券1,100万元。", []record{{"1,100万元", "11000000", "", "元", "2026-12-31"}}},
		"separators, no unit":       {"plan 2026", "接种疫苗1,100万。", []record{{"1,100万", "11000000", "", "", "2026-12-31"}}},
		"一万五千亿":                     {"report 2026", "贷款余额一万五千亿元。", []record{{"一万五千亿元", "1500000000000", "", "元", "2026-12-31"}}},
		"二十万亿":                      {"report 2026", "经济总量突破二十万亿元。", []record{{"二十万亿元", "20000000000000", "", "元", "2026-12-31"}}},
		"上一季度":                      {"report 2026H1", "办结率较上一季度提高3个百分点。", []record{{"3个百分点", "3", "", "个百分点", "2026-06-30"}}},
		"4/5G":                      {"plan 2026", "推进4/5G网络融合。", nil},
		"上半年":                       {"plan 2026", "上半年新建公厕3座。", []record{{"3座", "3", "", "座", "2026-06-30"}}},
		"全年":                        {"plan 2026", "全年新建公厕3座。", []record{{"3座", "3", "", "座", "2026-12-31"}}},
		"年内":                        {"plan 2026", "年内新建公厕3座。", []record{{"3座", "3", "", "座", "2026-12-31"}}},
		"个":                         {"plan 2026", "新建社区食堂3个。", []record{{"3个", "3", "", "个", "2026-12-31"}}},
		"项":                         {"plan 2026", "实施技改3项。", []record{{"3项", "3", "", "项", "2026-12-31"}}},
		"家":                         {"plan 2026", "新增规上企业3家。", []record{{"3家", "3", "", "家", "2026-12-31"}}},
		"户":                         {"plan 2026", "新增农户3户。", []record{{"3户", "3", "", "户", "2026-12-31"}}},
		"units in headings":         {"plan 2026", "项目名称 | 年度计划投资（亿元） | 里程（公里）\n滨河大道 | 3.2 | 4.1\n环湖路 | 1.6 | 2\n", []record{{"3.2", "320000000", "", "元", "2026-12-31"}, {"4.1", "4.1", "", "公里", "2026-12-31"}, {"1.6", "160000000", "", "元", "2026-12-31"}, {"2", "2", "", "公里", "2026-12-31"}}},
		"a magnitude over a range":  {"plan 2026", "完成投资10-50亿元。", []record{{"10-50亿元", "1000000000", "5000000000", "元", "2026-12-31"}}},
		"kilovolts":                 {"plan 2026", "新建330千伏变电站1座。", []record{{"330千伏", "330", "", "千伏", "2026-12-31"}, {"1座", "1", "", "座", "2026-12-31"}}},
		"kilowatts with magnitudes": {"plan 2026", "新增装机30万千瓦。", []record{{"30万千瓦", "300000", "", "千瓦", "2026-12-31"}}},
	} {
		t.Run(name, func(t *testing.T) {
			doc, err := document.Open(context.Background(), "case.txt", []byte(preambles[tc.frame]+tc.text+"\n"), document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			r := reading.Read(doc, reading.Options{})
			checkReading(t, r)
			var got []record
			for i := range r.Quantities {
				q := &r.Quantities[i]
				upper := ""
				if q.Cmp == reading.Between {
					upper = q.Upper.String()
				}
				got = append(got, record{q.Surface, q.Value.String(), upper, q.Unit, q.By.String()})
			}
			if len(got) != len(tc.want) {
				t.Fatalf("%s\n got %v\nwant %v", tc.text, got, tc.want)
			}
			for i := range got {
				if got[i] != tc.want[i] {
					t.Errorf("%s\n got %v\nwant %v", tc.text, got[i], tc.want[i])
				}
			}
		})
	}
}
