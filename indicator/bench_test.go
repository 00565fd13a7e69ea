package indicator

import (
	"strings"
	"testing"
)

func BenchmarkLookup(b *testing.B) {
	phrases := map[string]string{
		"known20":   "上半年望溪区规模以上工业企业实现利润总额",
		"bracket":   "固定资产投资(不含农户)",
		"unknown20": "望溪河两岸步行桥和观景平台栏杆修缮加固数",
		"short":     "地区生产总值",
	}
	for _, name := range []string{"short", "known20", "bracket", "unknown20"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Lookup(phrases[name])
			}
		})
	}
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("上半年,全区实现地区生产总值同比增长7%;新建望溪河步行桥三座,城镇登记失业率控制在4%以内。", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text)
	}
}

func BenchmarkNameOf(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		NameOf("规模以上工业增加值", "上半年全区规模以上工业增加值(不含临港区)增长8%")
	}
}

func BenchmarkSame(b *testing.B) {
	n, m := NameOf("望溪河步行桥", ""), NameOf("新增望溪河观景桥", "")
	for b.Loop() {
		n.Same(m)
	}
}
