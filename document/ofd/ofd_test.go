package ofd

import (
	"context"
	"strings"
	"testing"
	"time"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

// plan is a plan of two pages; a paragraph runs from the first to the second.
func plan(t testing.TB) []byte {
	first, second := &samplePage{}, &samplePage{}
	first.centred(7.7, "青禾县二〇二四年工作要点")
	first.line++
	first.paragraph("一、主要目标")
	first.paragraph("全县地区生产总值增长百分之六点五，一般公共预算收入增长百分之五，新增城镇就业一万二千人，居民收入与经济增长同步。")
	first.paragraph("（一）扩大投资。实施重点项目七十个，年内开工三十五个，完成投资八十六亿元。")
	first.grid([][]string{{"项目名称", "总投资", "责任单位"}, {"清河大桥", "五亿元", "县交通局"}, {"城北水厂", "二亿元", "县水利局"}})
	runes := []rune(acrossPages)
	first.paragraph(string(runes[:2*sampleColumn-2]))
	second.at(sampleLeft, second.y(), sampleSize, string(runes[2*sampleColumn-2:]))
	second.line++
	second.paragraph("（三）保护生态。植树造林一万亩。")
	return sample(t, first, second)
}

const acrossPages = "（二）改善民生。新增学位三千个，改造老旧小区二十六个，新建社区食堂八家，提升乡镇卫生院十二所，年底前全部建成并投入使用。"

const planText = `~ 青禾县人民政府办公室文件
#! 青禾县二〇二四年工作要点
一、主要目标
全县地区生产总值增长百分之六点五，一般公共预算收入增长百分之五，新增城镇就业一万二千人，居民收入与经济增长同步。
（一）扩大投资。实施重点项目七十个，年内开工三十五个，完成投资八十六亿元。
[table header=0 ]
|项目名称|总投资|责任单位|
|清河大桥|五亿元|县交通局|
|城北水厂|二亿元|县水利局|
` + acrossPages + `
~ — 1 —
~ 青禾县人民政府办公室文件
（三）保护生态。植树造林一万亩。
~ — 2 —
`

func TestPartsReadsPagesAsText(t *testing.T) {
	if got := partcheck.Reader(Parts).Render(t, plan(t)); got != planText {
		t.Errorf("got\n%s\nwant\n%s", got, planText)
	}
}

func TestFaults(t *testing.T) {
	image := &samplePage{}
	image.objects.WriteString(`<ofd:ImageObject ID="7" Boundary="0 0 210 297" ResourceID="9"/>`)
	root := `<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>`
	document := `<Document><Pages><Page BaseLoc="P.xml"/></Pages></Document>`
	cases := []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"no zip", []byte("OFD"), fault.Corrupt},
		{"no entrance", partcheck.Zip(t, "a.xml", "<a/>"), fault.Corrupt},
		{"an entrance that names no document", partcheck.Zip(t, "OFD.xml", "<OFD/>"), fault.Corrupt},
		{"a document that is missing", partcheck.Zip(t, "OFD.xml", root), fault.Corrupt},
		{"a page that is missing", partcheck.Zip(t, "OFD.xml", root, "D/Document.xml", document), fault.Corrupt},
		{"a page cut off", partcheck.Zip(t, "OFD.xml", root, "D/Document.xml", document, "D/P.xml", "<Page><Content>"), fault.Corrupt},
		{"a page of nothing", partcheck.Zip(t, "OFD.xml", root, "D/Document.xml", document, "D/P.xml", "<Page/>"), fault.Empty},
		{"encrypted", partcheck.Zip(t, "OFD.xml", root, "Encryptions.xml", "<Encryptions/>"), fault.Encrypted},
		{"a page nested too deep", partcheck.Zip(t, "OFD.xml", root, "D/Document.xml", document, "D/P.xml", strings.Repeat("<a>", 200)), fault.TooLarge},
		{"more pages than allowed", partcheck.Zip(t, "OFD.xml", root, "D/Document.xml", "<Document>"+strings.Repeat(`<Page BaseLoc="P.xml"/>`, 2001)+"</Document>"), fault.TooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { partcheck.Reader(Parts).WantFault(t, c.data, limit.Limits{}, c.want) })
	}
	t.Run("images alone", func(t *testing.T) {
		data := partcheck.Zip(t, "OFD.xml", root, "D/Document.xml", document, "D/P.xml", `<Page><Content><ImageObject Boundary="0 0 210 297"/></Content></Page>`)
		partcheck.Reader(Parts).WantFault(t, data, limit.Limits{}, fault.Scanned)
	})
}

func TestTemplateThatCallsItselfEnds(t *testing.T) {
	data := partcheck.Zip(t,
		"OFD.xml", `<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>`,
		"D/Document.xml", `<Document><TemplatePage ID="1" BaseLoc="T.xml"/><Page BaseLoc="T.xml"/></Document>`,
		"D/T.xml", `<Page><Template TemplateID="1"/><TextObject Boundary="9 9 90 9" Size="5"><TextCode X="0" Y="5">正文</TextCode></TextObject></Page>`)
	parts, err := Parts(context.Background(), data, limit.Limits{})
	if err != nil || len(parts) == 0 {
		t.Fatalf("%v, %v", parts, err)
	}
}

func TestParseDeltas(t *testing.T) {
	cases := []struct {
		text       string
		characters int
		want       []float64
	}{
		{"1 2 3", 4, []float64{1, 2, 3}},
		{"g 3 5.6", 4, []float64{5.6, 5.6, 5.6}},
		{"1 g 2 4 7", 9, []float64{1, 4, 4, 7}},
		{"g 1000000000 5", 3, []float64{5, 5, 5}},
		{"g", 3, []float64{0}},
		{"g -5 2 1", 3, []float64{1}},
	}
	for _, c := range cases {
		got := parseDeltas(c.text, c.characters)
		if len(got) != len(c.want) {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%q: got %v, want %v", c.text, got, c.want)
			}
		}
	}
}

func FuzzParts(f *testing.F) {
	f.Add(plan(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		partcheck.Reader(Parts).Fuzzed(t, data, limit.Limits{Expanded: 16 << 20}, 5*time.Second)
	})
}

// FuzzPage fuzzes the part of a container that a zip's checksums would hide from the fuzzer.
func FuzzPage(f *testing.F) {
	page := &samplePage{}
	page.paragraph("全县地区生产总值增长百分之六点五。")
	page.grid([][]string{{"项目", "投资"}, {"大桥", "五亿元"}})
	f.Add(page.content())
	f.Fuzz(func(t *testing.T, content string) {
		data := partcheck.Zip(t, "OFD.xml", `<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>`,
			"D/Document.xml", `<Document><Page BaseLoc="P.xml"/></Document>`, "D/P.xml", content)
		partcheck.Reader(Parts).Fuzzed(t, data, limit.Limits{}, 5*time.Second)
	})
}

func BenchmarkParts(b *testing.B) {
	var pages []*samplePage
	for range 40 {
		p := &samplePage{}
		for p.line < 22 {
			p.paragraph("全县地区生产总值增长百分之六点五，一般公共预算收入增长百分之五，新增城镇就业一万二千人，居民收入与经济增长同步。")
		}
		pages = append(pages, p)
	}
	data := sample(b, pages...)
	partcheck.Reader(Parts).Measure(b, data, limit.Limits{})
}
