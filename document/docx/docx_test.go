package docx

import (
	"strings"
	"testing"
	"time"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

func TestGolden(t *testing.T) {
	partcheck.Golden(t, "testdata/plan.golden", render(t, partcheck.File(t, "testdata/plan.docx")))
}

func p(inner string) string { return `<w:p>` + inner + `</w:p>` }

func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func TestText(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"runs make one paragraph", p(r("增长") + r("6.5") + r("%。")), "增长6.5%。\n"},
		{"blank paragraphs are left out", p("") + p(r("　　")) + p(r("正文")), "正文\n"},
		{"a line break begins a line of its own", p(r("一") + `<w:r><w:br/></w:r>` + r("二")), "一\n二\n"},
		{"a tab is a blank", p(r("甲") + `<w:r><w:tab/></w:r>` + r("乙")), "甲 乙\n"},
		{"inserted text is kept, deleted text is not", p(`<w:ins w:id="1">` + r("新增") + `</w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del>` + r("项目")), "新增项目\n"},
		{"moved text stands where it was moved to", p(`<w:moveFrom>`+r("原处")+`</w:moveFrom>`) + p(`<w:moveTo>`+r("现处")+`</w:moveTo>`), "现处\n"},
		{"links, smart tags and content controls are read through", p(`<w:hyperlink>`+r("甲")+`</w:hyperlink><w:smartTag>`+r("乙")+`</w:smartTag>`) + `<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>` + p(r("丙")) + `</w:sdtContent></w:sdt>`, "甲乙\n丙\n"},
		{"a field shows its result", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \@ "yyyy"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("2024年") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>` + r("计划")), "2024年计划\n"},
		{"a field within a field's code shows nothing", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("code") + `<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("结果") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "结果\n"},
		{"hidden text is left out", p(r("见") + `<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>` + r("明")), "见明\n"},
		{"symbols of symbol fonts", p(`<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>` + r("完成") + `<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>` + r("5")), "☑完成≥5\n"},
		{"reading aids are left out", p(`<w:r><w:ruby><w:rt>` + r("luò") + `</w:rt><w:rubyBase>` + r("落") + `</w:rubyBase></w:ruby></w:r>` + r("实")), "落实\n"},
		{"formulas keep their text", p(r("面积") + `<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>`), "面积a+b\n"},
		{"a text box is read once, behind its paragraph", p(r("正文") + `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>` + p(r("框内")) + `</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p(r("框内")) + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), "正文\n框内\n"},
		{"an outline level makes a heading", p(`<w:pPr><w:outlineLvl w:val="1"/></w:pPr>` + r("二级")), "## 二级\n"},
		{"a heading's line break only fits it to the page", p(`<w:pPr><w:outlineLvl w:val="0"/></w:pPr>` + r("云溪区2024年") + `<w:r><w:br/></w:r>` + r("工作要点")), "# 云溪区2024年工作要点\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, document(t, c.body)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestStyles(t *testing.T) {
	styles := openStyles +
		`<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="my"><w:name w:val="章标题"/><w:basedOn w:val="1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="plain"><w:name w:val="正文样式"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>` +
		`<w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>` +
		`<w:style w:type="paragraph" w:styleId="x"><w:basedOn w:val="y"/></w:style><w:style w:type="paragraph" w:styleId="y"><w:basedOn w:val="x"/></w:style></w:styles>`
	styled := func(id, text string) string { return p(`<w:pPr><w:pStyle w:val="` + id + `"/></w:pPr>` + r(text)) }
	body := styled("t", "标题") + styled("toc", "一、目标1") + styled("1", "章") + styled("my", "承袭") + styled("plain", "正文") + styled("x", "循环") + styled("none", "未知") + p(r("默认"))
	want := "! 标题\n~ 一、目标1\n# 章\n# 承袭\n正文\n循环\n未知\n默认\n"
	if got := render(t, document(t, body, "word/styles.xml", styles)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestNumbering(t *testing.T) {
	level := func(index, format, text string) string {
		return `<w:lvl w:ilvl="` + index + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	numbering := openNumbering +
		`<w:abstractNum w:abstractNumId="0">` + level("0", "chineseCountingThousand", "第%1章") + level("1", "chineseCounting", "%2、") + level("2", "chineseCounting", "（%3）") + level("3", "decimal", "%4.") + level("4", "decimalEnclosedCircle", "%5") + level("5", "decimal", "%1.%6") + `</w:abstractNum>` +
		`<w:abstractNum w:abstractNumId="1">` + level("0", "bullet", "") + `</w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>` +
		`<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="3"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>`
	item := func(list, level, text string) string {
		return p(`<w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr>` + r(text))
	}
	body := item("1", "0", "总则") + item("1", "1", "目标") + item("1", "2", "增长") + item("1", "2", "就业") + item("1", "3", "项目") + item("1", "3", "2024年") + item("1", "4", "甲") + item("1", "1", "任务") + item("1", "2", "投资") + item("3", "3", "另起") + item("2", "0", "圆点") + item("1", "0", "附则") + item("0", "0", "无号")
	want := "第一章 总则\n一、目标\n（一）增长\n（二）就业\n1.项目\n2. 2024年\n①甲\n二、任务\n（一）投资\n5.另起\n圆点\n第二章 附则\n无号\n"
	if got := render(t, document(t, body, "word/numbering.xml", numbering)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFormatNumber(t *testing.T) {
	cases := []struct {
		count  int
		format string
		want   string
	}{
		{10, "chineseCounting", "十"}, {11, "chineseCounting", "十一"}, {20, "chineseCounting", "二十"}, {99, "chineseCountingThousand", "九十九"},
		{100, "chineseCountingThousand", "一百"}, {105, "chineseCountingThousand", "一百零五"}, {110, "chineseCountingThousand", "一百一十"}, {1005, "chineseCountingThousand", "一千零五"}, {1010, "chineseCountingThousand", "一千零一十"},
		{10, "ideographDigital", "一〇"}, {12, "decimalFullWidth", "１２"}, {20, "decimalEnclosedCircle", "⑳"}, {51, "decimalEnclosedCircle", "51"}, {3, "chineseLegalSimplified", "叁"},
		{4, "upperRoman", "IV"}, {9, "lowerRoman", "ix"}, {28, "lowerLetter", "bb"}, {7, "decimalZero", "07"}, {-3, "decimal", "-3"}, {2, "unheard-of", "2"}, {1, "bullet", ""},
	}
	for _, c := range cases {
		if got := formatNumber(c.count, c.format); got != c.want {
			t.Errorf("%d as %s is %q, want %q", c.count, c.format, got, c.want)
		}
	}
}

func TestTables(t *testing.T) {
	tc := func(properties, text string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + p(r(text)) + `</w:tc>`
	}
	const spans, begins, goesOn = `<w:gridSpan w:val="2"/>`, `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	tr := func(properties string, cells ...string) string {
		return `<w:tr><w:trPr>` + properties + `</w:trPr>` + strings.Join(cells, "") + `</w:tr>`
	}
	tbl := func(rows ...string) string { return `<w:tbl><w:tblPr/>` + strings.Join(rows, "") + `</w:tbl>` }
	cases := []struct{ name, body, want string }{
		{"merged cells and header rows",
			tbl(tr(`<w:tblHeader/>`, tc(begins, "序号"), tc(spans, "投资")), tr(`<w:tblHeader/>`, tc(goesOn, ""), tc("", "总额"), tc("", "年度")), tr("", tc("", "1"), tc("", "56"), tc("", "12"))),
			"[table header=2 ]\n|序号↓2|投资→2|\n|总额|年度|\n|1|56|12|\n"},
		{"a merge ends where the next begins",
			tbl(tr("", tc(begins, "甲"), tc("", "1")), tr("", tc(goesOn, ""), tc("", "2")), tr("", tc(begins, "乙"), tc("", "3")), tr("", tc(goesOn, ""), tc("", "4"))),
			"[table header=0 ]\n|甲↓2|1|\n|2|\n|乙↓2|3|\n|4|\n"},
		{"a table of one cell is a frame around text", tbl(tr("", `<w:tc>`+p(r("框中一"))+p(r("框中二"))+`</w:tc>`)), "框中一\n框中二\n"},
		{"a nested table is text of its cell", tbl(tr("", `<w:tc>`+tbl(tr("", tc("", "内一"), tc("", "内二")))+p("")+`</w:tc>`, tc("", "外"))), "[table header=0 ]\n|内一 内二|外|\n"},
		{"a label broken over two paragraphs is one", tbl(tr("", `<w:tc>`+p(r("年度"))+p(r("目标"))+`</w:tc>`, tc("", "值"))), "[table header=0 ]\n|年度目标|值|\n"},
		{"a deleted row is left out", tbl(tr("", tc("", "留"), tc("", "1")), tr(`<w:del/>`, tc("", "删"), tc("", "2"))), "[table header=0 ]\n|留|1|\n"},
		{"columns left out before a row", tbl(tr("", tc("", "甲"), tc("", "乙")), tr(`<w:gridBefore w:val="1"/>`, tc("", "丙"))), "[table header=0 ]\n|甲|乙|\n||丙|\n"},
		{"an absurd span is cut", tbl(tr("", tc(`<w:gridSpan w:val="1000000000"/>`, "宽"), tc("", "窄"))), "[table header=0 ]\n|宽→1000|窄|\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, document(t, c.body)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestNotesAndMargins(t *testing.T) {
	head := `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` + p(r("云溪区人民政府文件")) + `</w:hdr>`
	notes := `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:type="separator" w:id="0">` + p("") + `</w:footnote>` +
		`<w:footnote w:id="2">` + p(r("按可比价计算。")) + `</w:footnote><w:footnote w:id="3">` + p(r("未引用。")) + `</w:footnote></w:footnotes>`
	data := document(t, p(r("增长6%")+`<w:r><w:footnoteReference w:id="2"/></w:r>`)+p(r("结尾")),
		"word/_rels/document.xml.rels", relations("header", "header1.xml", "header", "header2.xml", "footnotes", "footnotes.xml"),
		"word/header1.xml", head, "word/header2.xml", head, "word/footnotes.xml", notes)
	if got, want := render(t, data), "增长6%\n结尾\n按可比价计算。\n~ 云溪区人民政府文件\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFaults(t *testing.T) {
	cases := []struct {
		name string
		data []byte
		lim  limit.Limits
		want fault.Code
	}{
		{"no zip", []byte("PK but no more"), limit.Limits{}, fault.Corrupt},
		{"no main part", partcheck.Zip(t, "a", "b"), limit.Limits{}, fault.Corrupt},
		{"an empty body", document(t, ""), limit.Limits{}, fault.Empty},
		{"XML cut off", partcheck.Zip(t, "word/document.xml", openDocument+p(r("正文"))), limit.Limits{}, fault.Corrupt},
		{"invalid UTF-8", document(t, p(r("\xff\xfe"))), limit.Limits{}, fault.Corrupt},
		{"nested too deep", document(t, strings.Repeat("<w:sdt>", 500)), limit.Limits{}, fault.TooLarge},
		{"too much text", document(t, p(r(strings.Repeat("字", 100)))), limit.Limits{Text: 100}, fault.TooLarge},
		{"too many cells", document(t, `<w:tbl><w:tr>`+strings.Repeat(`<w:tc>`+p("")+`</w:tc>`, 100)+`</w:tr></w:tbl>`), limit.Limits{Cells: 50}, fault.TooLarge},
		{"too many paragraphs", document(t, strings.Repeat(p(r("字")), 100)), limit.Limits{Blocks: 50}, fault.TooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { partcheck.Reader(Parts).WantFault(t, c.data, c.lim, c.want) })
	}
}

func FuzzDocument(f *testing.F) {
	f.Add(p(r("增长6.5%")), "", "")
	f.Add(`<w:tbl><w:tr><w:tc>`+p(r("甲"))+`</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>`,
		`<w:style w:styleId="a"><w:basedOn w:val="a"/></w:style>`, `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		fuzzOutcome(t, document(t, body, "word/styles.xml", openStyles+styles+"</w:styles>", "word/numbering.xml", openNumbering+numbering+"</w:numbering>"))
	})
}

func FuzzParts(f *testing.F) {
	data := partcheck.File(f, "testdata/plan.docx")
	f.Add(data)
	f.Fuzz(fuzzOutcome)
}

func fuzzOutcome(t *testing.T, data []byte) {
	partcheck.Reader(Parts).Fuzzed(t, data, limit.Limits{Expanded: 16 << 20}, 5*time.Second)
}

func BenchmarkParts(b *testing.B) {
	sentence := p(`<w:pPr><w:jc w:val="both"/></w:pPr>` + r("全区地区生产总值增长6.5%，规模以上工业增加值增长8%，") + r("固定资产投资增长10%以上，城镇新增就业1.2万人。"))
	data := document(b, strings.Repeat(sentence, 5000))
	partcheck.Reader(Parts).Measure(b, data, limit.Limits{Ratio: 10000})
}
