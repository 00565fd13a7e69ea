package document

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/document/fault"
)

// badXML are bad contents of the main part, whatever the format: each must be a fault of the kind.
var badXML = []struct {
	name, content string
	want          []fault.Code
}{
	{"nested without end", strings.Repeat("<a>", 100_000), []fault.Code{fault.TooLarge}},
	{"laughs by the billion", `<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>`, []fault.Code{fault.Corrupt, fault.Empty}},
	{"an entity from outside", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><t>&x;</t></a>`, []fault.Code{fault.Corrupt, fault.Empty}},
	{"a definition that never ends", `<!DOCTYPE a [` + strings.Repeat(`<!ENTITY a "b">`, 10_000), []fault.Code{fault.Corrupt, fault.Empty}},
	{"bytes of no encoding", "<a><t>\xff\xfe\xfd</t></a>", []fault.Code{fault.Corrupt, fault.Empty}},
	{"a reference of a lone surrogate", "<a><t>&#xD800;</t></a>", []fault.Code{fault.Corrupt, fault.Empty}},
	{"a zero byte", "<a><t>a\x00b</t></a>", []fault.Code{fault.Corrupt, fault.Empty}},
	{"never closed", "<a><b>", []fault.Code{fault.Corrupt, fault.Empty}},
	{"closed the wrong way round", "<a><b></a></b>", []fault.Code{fault.Corrupt, fault.Empty}},
	{"no XML", "全年目标", []fault.Code{fault.Corrupt, fault.Empty}},
	{"nothing", "", []fault.Code{fault.Corrupt, fault.Empty}},
	{"an attribute of 4 MB", `<a b="` + strings.Repeat("ab1", 4<<20/3) + `"/>`, []fault.Code{fault.TooLarge, fault.Empty, fault.Corrupt}},
	{"a name of 1 MB", "<" + strings.Repeat("ab1", 1<<20/3) + "/>", []fault.Code{fault.TooLarge, fault.Empty, fault.Corrupt}},
	{"an encoding of no name", `<?xml version="1.0" encoding="x-none"?><a/>`, []fault.Code{fault.Corrupt, fault.Empty}},
	{"half a unit of UTF-16", "\xFF\xFE<\x00a\x00/\x00>", []fault.Code{fault.Corrupt, fault.Empty}},
	{"lone surrogates in UTF-16", "\xFF\xFE<\x00a\x00>\x00\x00\xD8\x00\xD8<\x00/\x00a\x00>\x00", []fault.Code{fault.Corrupt, fault.Empty}},
}

// badParts are containers whose parts are bad.
func badParts(t testing.TB) []badFile {
	var files []badFile
	for _, bad := range badXML {
		files = append(files,
			badFile{bad.name + ".docx", func(t testing.TB) []byte { return officeOf(t, "word/document.xml", bad.content) }, bad.want},
			badFile{bad.name + ".xlsx", func(t testing.TB) []byte { return xlsxOf(t, "", "xl/worksheets/sheet1.xml", bad.content) }, bad.want},
			badFile{bad.name + ".ofd", func(t testing.TB) []byte { return ofdOf(t, bad.content) }, bad.want},
		)
	}
	read := []fault.Code{reads}
	text := paragraph("全年目标")
	styled := `<w:p><w:pPr><w:pStyle w:val="a"/><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>目标</w:t></w:r></w:p>`
	cell := func(properties string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + paragraph("1") + `</w:tc>`
	}
	docx := func(body string, others ...string) func(testing.TB) []byte {
		return func(t testing.TB) []byte { return docxOf(t, body, others...) }
	}
	return append(files, []badFile{
		{"styles based on each other.docx", docx(styled, "word/styles.xml", `<w:styles `+wordSpace+`><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>`), read},
		{"a chain of styles without end.docx", func(t testing.TB) []byte {
			var b strings.Builder
			for i := range 9000 {
				fmt.Fprintf(&b, `<w:style w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>`, i, i+1)
			}
			return docxOf(t, styled, "word/styles.xml", `<w:styles `+wordSpace+`>`+b.String()+`</w:styles>`)
		}, read},
		{"styles that are no XML.docx", docx(text, "word/styles.xml", "none"), []fault.Code{reads, fault.Corrupt}},
		{"numbers of absurd size.docx", docx(styled, "word/numbering.xml", `<w:numbering `+wordSpace+`><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="-2000000000"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%1%1%9%0%"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`), read},
		{"numbers from nowhere.docx", docx(styled, "word/numbering.xml", `<w:numbering `+wordSpace+`><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`), read},
		{"relations to nowhere.docx", docx(text, "_rels/.rels", `<Relationships><Relationship Type="x/officeDocument" Target="nowhere.xml"/></Relationships>`), []fault.Code{fault.Corrupt}},
		{"relations that climb out.docx", docx(text, "word/_rels/document.xml.rels", `<Relationships><Relationship Type="x/header" Target="../../../../etc/passwd"/></Relationships>`), read},
		{"a header that is the document.docx", docx(text, "word/_rels/document.xml.rels", `<Relationships><Relationship Type="x/header" Target="document.xml"/></Relationships>`), read},
		{"notes that refer to themselves.docx", docx(`<w:p><w:r><w:t>目标</w:t><w:footnoteReference w:id="1"/></w:r></w:p>`,
			"word/_rels/document.xml.rels", `<Relationships><Relationship Type="x/footnotes" Target="footnotes.xml"/></Relationships>`,
			"word/footnotes.xml", `<w:footnotes `+wordSpace+`><w:footnote w:id="1"><w:p><w:r><w:t>注</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>`), read},
		{"a cell over a billion columns.docx", docx(`<w:tbl><w:tr>` + cell(`<w:gridSpan w:val="1000000000"/>`) + cell("") + `</w:tr></w:tbl>`), read},
		{"cells that merge with nothing.docx", docx(`<w:tbl><w:tr>` + cell(`<w:vMerge/>`) + cell(`<w:hMerge/>`) + `</w:tr></w:tbl>`), read},
		{"a million cells.docx", docx(`<w:tbl>` + strings.Repeat(`<w:tr>`+strings.Repeat("<w:tc/>", 100)+`</w:tr>`, 11_000) + `</w:tbl>`), []fault.Code{fault.TooLarge}},
		{"tables nested too deep.docx", docx(strings.Repeat(`<w:tbl><w:tr><w:tc>`, 100) + text + strings.Repeat(`</w:tc></w:tr></w:tbl>`, 100)), []fault.Code{fault.TooLarge}},
		{"text boxes nested too deep.docx", docx(strings.Repeat(`<w:p><w:r><w:txbxContent>`, 100)), []fault.Code{fault.TooLarge}},
		{"fields that never end.docx", docx(`<w:p>` + strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 2000) + `<w:r><w:t>目标</w:t></w:r></w:p>` + text), read},
		{"fields that never began.docx", docx(`<w:p>` + strings.Repeat(`<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>`, 2000) + `<w:r><w:t>目标</w:t></w:r></w:p>`), read},
		{"a picture alone.docx", docx(`<w:p><w:r><w:drawing/></w:r></w:p>`, "word/media/image1.png", "\x89PNG"), []fault.Code{fault.Empty}},
		{"pages to nowhere.ofd", func(t testing.TB) []byte {
			return ofdOf(t, "<Page/>", "Doc_0/Document.xml", `<Document><Page BaseLoc="none.xml"/></Document>`)
		}, []fault.Code{fault.Corrupt}},
		{"a page many times over.ofd", func(t testing.TB) []byte {
			return ofdOf(t, "<Page/>", "Doc_0/Document.xml", `<Document>`+strings.Repeat(`<Page BaseLoc="Page.xml"/>`, 2500)+`</Document>`)
		}, []fault.Code{fault.TooLarge}},
		{"a template that calls itself.ofd", func(t testing.TB) []byte {
			return ofdOf(t, `<Page><Template TemplateID="1"/><Template TemplateID="1"/></Page>`, "Doc_0/Document.xml", `<Document><TemplatePage ID="1" BaseLoc="Page.xml"/><Page BaseLoc="Page.xml"/></Document>`)
		}, []fault.Code{fault.Empty, fault.TooLarge}},
		{"steps without end.ofd", func(t testing.TB) []byte {
			return ofdOf(t, `<Page><TextObject Size="5" Boundary="NaN Inf -1e308 1e308"><TextCode X="1e308" Y="NaN" DeltaX="g 999999999999 1e308">全年目标</TextCode></TextObject></Page>`)
		}, []fault.Code{reads, fault.Empty}},
		{"rules without end.ofd", func(t testing.TB) []byte {
			return ofdOf(t, `<Page><TextObject Size="5" Boundary="9 9 99 9"><TextCode X="0" Y="5">全年目标</TextCode></TextObject>`+strings.Repeat(`<PathObject Boundary="0 0 9 9"><AbbreviatedData>M 0 0 L 0 9 L 9 9 C</AbbreviatedData></PathObject>`, 20_000)+`</Page>`)
		}, []fault.Code{reads, fault.TooLarge}},
		{"images alone.ofd", func(t testing.TB) []byte { return ofdOf(t, `<Page><ImageObject Boundary="0 0 210 297"/></Page>`) }, []fault.Code{fault.Scanned}},
		{"encrypted.ofd", func(t testing.TB) []byte { return ofdOf(t, "<Page/>", "Encryptions.xml", "<Encryptions/>") }, []fault.Code{fault.Encrypted}},
	}...)
}

// badSheets are workbooks that are bad.
func badSheets(t testing.TB) []badFile {
	read, large, none := []fault.Code{reads}, []fault.Code{fault.TooLarge}, []fault.Code{fault.Empty}
	text := func(ref string) string { return `<c r="` + ref + `" t="inlineStr"><is><t>甲</t></is></c>` }
	sheet := func(rows string, others ...string) func(testing.TB) []byte {
		return func(t testing.TB) []byte { return xlsxOf(t, `<sheetData>`+rows+`</sheetData>`, others...) }
	}
	numbers := func(format string) func(testing.TB) []byte {
		return sheet(`<row><c s="0"><v>45292.5</v></c><c s="0"><v>-1e308</v></c><c s="0"><v>1e-308</v></c><c s="0"><v>0</v></c></row>`,
			"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="`+format+`"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`)
	}
	files := []badFile{
		{"cells at the corners.xlsx", sheet(`<row r="1">` + text("A1") + text("XFD1") + `</row><row r="1048576">` + text("A1048576") + text("XFD1048576") + `</row>`), []fault.Code{reads, fault.TooLarge}},
		{"a diagonal.xlsx", func(t testing.TB) []byte {
			var b strings.Builder
			for i := 1; i <= 5000; i++ {
				fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>`, i, i, i)
			}
			return xlsxOf(t, `<sheetData>`+b.String()+`</sheetData>`)
		}, large},
		{"cells beyond the edge.xlsx", sheet(`<row r="9999999">` + text("ZZZZZ9999999") + text("A0") + text("0A") + text("") + `</row>`), read},
		{"merges over the whole sheet.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, `<sheetData><row>`+text("A1")+text("B1")+`</row><row>`+text("A2")+text("B2")+`</row></sheetData><mergeCells>`+strings.Repeat(`<mergeCell ref="A1:XFD1048576"/>`, 20_000)+`</mergeCells>`)
		}, read},
		{"merges that cross.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, `<sheetData><row>`+text("A1")+text("B1")+text("C1")+`</row><row>`+text("A2")+text("B2")+text("C2")+`</row></sheetData><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B1:C2"/><mergeCell ref="C2:A1"/><mergeCell ref="x"/></mergeCells>`)
		}, read},
		{"a long text shown a hundred thousand times.xlsx", sheet(strings.Repeat(`<row>`+strings.Repeat(`<c t="s"><v>0</v></c>`, 100)+`</row>`, 1000), "xl/sharedStrings.xml", `<sst><si><t>`+strings.Repeat("字", 10_000)+`</t></si></sst>`), large},
		{"shared strings from nowhere.xlsx", sheet(`<row><c t="s"><v>-1</v></c><c t="s"><v>99999999999999999999</v></c><c t="s"><v>x</v></c></row>`), none},
		{"a million cells.xlsx", sheet(strings.Repeat(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 100)+`</row>`, 11_000)), large},
		{"hidden columns without end.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, `<cols>`+strings.Repeat(`<col min="1" max="16384" hidden="1"/>`, 16_000)+`</cols><sheetData><row>`+text("A1")+`</row></sheetData>`)
		}, none},
		{"all sheets hidden.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, `<sheetData><row>`+text("A1")+`</row></sheetData>`, "xl/workbook.xml", `<workbook xmlns:r="`+relationSpace+`"><sheets><sheet name="表" r:id="r1" state="veryHidden"/></sheets></workbook>`)
		}, none},
		{"one sheet many times over.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, `<sheetData>`+strings.Repeat(`<row>`+text("")+text("")+`</row>`, 2000)+`</sheetData>`, "xl/workbook.xml", `<workbook xmlns:r="`+relationSpace+`"><sheets>`+strings.Repeat(`<sheet name="表" r:id="r1"/>`, 4000)+`</sheets></workbook>`)
		}, read},
		{"more sheets than allowed.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, ``, "xl/workbook.xml", `<workbook xmlns:r="`+relationSpace+`"><sheets>`+strings.Repeat(`<sheet name="表" r:id="r1"/>`, 5000)+`</sheets></workbook>`)
		}, large},
		{"a workbook that lists nothing.xlsx", func(t testing.TB) []byte { return xlsxOf(t, "", "xl/workbook.xml", "<workbook/>") }, none},
	}
	for i, format := range []string{"", ";;;", "[$-804", "yyyy&quot;", strings.Repeat("0", 5000), strings.Repeat("#,", 2000), "[h]:mm:ss.000", "0.0.0%E+;[>1]@", "\\", "General;General", "aaaa", "[DBNum2][$-804]G/通用格式"} {
		files = append(files, badFile{fmt.Sprintf("a number format of no sense %d.xlsx", i), numbers(format), read})
	}
	return files
}
