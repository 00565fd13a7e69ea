package document

import (
	"strings"
	"testing"

	"luoshi/document/fault"
)

// textOf makes a file of text that is repeated.
func textOf(before, repeated string, times int, after string) func(testing.TB) []byte {
	return func(testing.TB) []byte { return []byte(before + strings.Repeat(repeated, times) + after) }
}

// badTexts are bad files of text: broken encodings, nothing but one line, nesting without end.
func badTexts() []badFile {
	read, unreadable := []fault.Code{reads}, []fault.Code{fault.Encoding, fault.Unknown}
	either := append([]fault.Code{reads}, unreadable...)
	return []badFile{
		{"a lone high surrogate.txt", of([]byte("\xFF\xFE\x00\xD8A\x00B\x00")), either},
		{"a lone low surrogate.txt", of([]byte("\xFE\xFF\xDC\x00\x00A")), either},
		{"surrogates the wrong way round.txt", of([]byte("\xFF\xFE\x00\xDC\x00\xD8A\x00")), either},
		{"half a unit of UTF-16.txt", of([]byte("\xFF\xFEA\x00B")), either},
		{"broken UTF-8.txt", textOf("全年", "\xE5\x85", 500, "目标"), either},
		{"surrogates in UTF-8.txt", textOf("全年", "\xED\xA0\x80", 500, "目标"), either},
		{"overlong UTF-8.txt", textOf("全年", "\xC0\xAF", 500, "目标"), either},
		{"bytes of no encoding.txt", textOf("", "\xFF\x80\x81\xFF", 500, ""), unreadable},
		{"GB18030 cut within a character.txt", of([]byte("\xC8\xAB\xC4\xEA\xC4\xBF\xB1\xEA\xC8")), either},
		{"zero bytes.txt", textOf("", "\x00", 4096, ""), []fault.Code{fault.Encoding, fault.Unknown, fault.Empty}},
		{"zero bytes within text.txt", textOf("全年目标\n", "\x00", 10, "\n完成"), either},
		{"control characters.txt", textOf("", "\x01\x02\x1b[31m全年", 50, "\n"), either},
		{"one line of 6 MB.txt", textOf("", "全年新增企业15家，", 250_000, ""), read},
		{"headings without end.txt", textOf("", "一、\n", 400_000, ""), []fault.Code{reads, fault.TooLarge}},
		{"a million blank lines.txt", textOf("甲", "\n", 1_000_000, "乙"), read},
		{"bars without end.txt", textOf("", "|", 1_000_000, "\n"), []fault.Code{reads, fault.Empty, fault.TooLarge}},
		{"rows of bars without end.txt", textOf("", "|a|b|\n", 300_000, ""), []fault.Code{reads, fault.TooLarge}},
		{"quotes nested without end.md", textOf("", "> ", 200_000, "甲"), []fault.Code{reads, fault.TooLarge}},
		{"lists nested without end.md", func(testing.TB) []byte {
			var b strings.Builder
			for i := range 1500 {
				b.WriteString(strings.Repeat(" ", i*2) + "- 甲\n")
			}
			return []byte(b.String())
		}, []fault.Code{reads, fault.TooLarge}},
		{"a heading without end.md", textOf("", "#", 1_000_000, " 甲\n"), read},
		{"a quoted field that never ends.csv", textOf("甲,\"", "乙,", 500_000, ""), []fault.Code{reads, fault.Corrupt, fault.TooLarge}},
		{"commas without end.csv", textOf("甲", ",", 2_000_000, "\n"), []fault.Code{reads, fault.TooLarge}},
		{"a million cells.csv", textOf("", "1,2,3,4,5,6,7,8,9,0\n", 100_000, ""), []fault.Code{reads, fault.TooLarge}},
		{"rows of many lengths.csv", of([]byte("a\nb,c\n\nd,e,f,g\n\"h\n")), []fault.Code{reads, fault.Corrupt}},
		{"stray quotes.csv", of([]byte("a\"b,\"c\"d\n,\"\"\",\n")), []fault.Code{reads, fault.Corrupt}},
	}
}

// badPages are bad web pages.
func badPages() []badFile {
	read, large := []fault.Code{reads}, []fault.Code{fault.TooLarge}
	const html = "<!DOCTYPE html><html><body>"
	return []badFile{
		{"boxes nested too deep.html", textOf(html, "<div>", 100_000, "甲"), large},
		{"tables nested too deep.html", textOf(html, "<table><tr><td>", 50_000, "甲"), large},
		{"lists nested too deep.html", textOf(html, "<ul><li>", 50_000, "甲"), large},
		{"emphasis nested without end.html", textOf(html, "<b><i>", 200_000, "甲"), read},
		{"end tags without end.html", textOf(html+"甲", "</div></td></table>", 200_000, ""), read},
		{"a million cells.html", textOf(html+"<table>", "<tr>"+strings.Repeat("<td>1", 100), 11_000, "</table>"), large},
		{"a hundred thousand cells.html", textOf(html+"<table>", "<tr>"+strings.Repeat("<td>1", 100), 1000, "</table>"), read},
		{"absurd spans.html", textOf(html+"<table>", `<tr><td colspan=1000000000 rowspan=1000000000>1<td colspan=-1 rowspan=x>2`, 300, "</table>"), []fault.Code{reads, fault.TooLarge}},
		{"rows without cells.html", textOf(html+"<table>", "<tr>", 500_000, "<td>1<td>2</table>"), read},
		{"an attribute of 9 MB.html", textOf(html+`<p title="`, "a", 9<<20, `">甲</p>`), large},
		{"attributes without end.html", textOf(html+"<p ", "a=1 ", 1_000_000, ">甲</p>"), read},
		{"one line of 6 MB.html", textOf(html, "全年新增企业15家，", 250_000, ""), read},
		{"paragraphs without end.html", textOf(html, "<p>甲", 1_100_000, ""), large},
		{"a comment that never ends.html", textOf(html+"甲<!--", "乙", 100_000, ""), read},
		{"a script that never ends.html", textOf(html+"甲<script>", "乙", 100_000, ""), read},
		{"a hidden box that never ends.html", textOf(html+"甲<div hidden>", "<p>乙", 100_000, ""), read},
		{"a title that never ends.html", textOf("<html><head><title>", "乙", 100_000, ""), []fault.Code{fault.Empty, reads}},
		{"a script alone.html", of([]byte(html + "<script>document.write('甲')</script>")), []fault.Code{fault.Empty}},
		{"frames alone.html", of([]byte("<html><frameset cols=*><frame src=a.html></frameset></html>")), []fault.Code{fault.Empty}},
		{"references of no character.html", textOf(html, "&#xD800;&#0;&#x110000;&#99999999999;&nosuch;", 1000, "甲"), read},
		{"zero bytes.html", textOf(html, "\x00甲", 1000, ""), []fault.Code{reads, fault.Unknown, fault.Encoding}},
		{"an encoding of no name.html", of([]byte(`<html><meta charset="\x00??"><p>甲`)), read},
		{"UTF-7 by name.html", of([]byte("<html><meta charset=utf-7><p>+AGE-甲</p>")), read},
		{"tags cut within.html", of([]byte(html + "<p>甲</p><table><tr><td colspan=")), read},
		{"angle brackets without end.html", textOf(html, "<", 2_000_000, "甲"), []fault.Code{reads, fault.TooLarge}},
	}
}
