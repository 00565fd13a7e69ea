package layout

import (
	"context"
	"math"
	"strings"
	"testing"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/partcheck"
	"luoshi/document/tally"
)

// The measures of the test's pages.
const (
	pageWidth, pageHeight = 600.0, 840.0
	left, size, pitch     = 80.0, 16.0, 28.0
)

// sheetOf sets lines, a full square for each blank of their indent, on a page.
func sheetOf(lines ...string) Page {
	p := Page{Width: pageWidth, Height: pageHeight}
	for i, l := range lines {
		text := strings.TrimLeft(l, " ")
		set(&p, left+size*float64(len(l)-len(text)), 100+pitch*float64(i), size, text)
	}
	return p
}

// set adds a text: wide characters are as wide as their size, others half as wide.
func set(p *Page, x, y, size float64, text string) {
	for _, r := range text {
		width := size / 2
		if IsWide(r) {
			width = size
		}
		p.Glyphs = append(p.Glyphs, Glyph{Rune: r, Left: x, Right: x + width, Top: y, Bottom: y + size, Size: size})
		x += width
	}
}

func render(t *testing.T, pages ...Page) string {
	t.Helper()
	return partcheck.Render(layOut(t, pages...))
}

// layOut makes parts of pages and checks them.
func layOut(t *testing.T, pages ...Page) []part.Part {
	t.Helper()
	b := New(tally.New(context.Background(), limit.Limits{}))
	for _, p := range pages {
		if err := b.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	parts, err := b.Parts()
	if err != nil {
		t.Fatal(err)
	}
	if err := partcheck.Check(parts); err != nil {
		t.Error(err)
	}
	return parts
}

func TestParagraphs(t *testing.T) {
	const full = "全县生产总值增长百分之六点五左右规模以上工业增加值增长了" // 28 characters: the width of the page's text
	cases := []struct {
		name  string
		lines []string
		want  string
	}{
		{"a full line goes on", []string{"  " + full[:26*3], "百分之八。"}, full[:26*3] + "百分之八。\n"},
		{"an indent begins a paragraph", []string{"  " + full[:26*3], full, "  " + full[:26*3], full}, full[:26*3] + full + "\n" + full[:26*3] + full + "\n"},
		{"a short line ends one", []string{full, "第一段。", full, "第二段。"}, full + "第一段。\n" + full + "第二段。\n"},
		{"a number that did not fit goes on", []string{full[:25*3], "12345.6亿元。", full, full}, full[:25*3] + "12345.6亿元。\n" + full + full + "\n"},
		{"words meet with a blank", []string{full, strings.Repeat("abcdefg ", 6) + "abcdefg", "hijk全区"}, full + strings.Repeat("abcdefg ", 6) + "abcdefg hijk全区\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, sheetOf(c.lines...)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestTitleOverTwoLines(t *testing.T) {
	p := sheetOf("", "", "", "", "  全县生产总值增长百分之六点五左右规模以上工业增加值增", "长百分之八。")
	set(&p, 196, 60, 24, "关于印发云溪区年度")
	set(&p, 220, 95, 24, "工作要点的通知")
	want := "#! 关于印发云溪区年度工作要点的通知\n全县生产总值增长百分之六点五左右规模以上工业增加值增长百分之八。\n"
	if got := render(t, p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestIsPageNumber(t *testing.T) {
	cases := map[string]bool{
		"3": true, "— 3 —": true, "-12-": true, "第 3 页 共 10 页": true, "3/10": true, "Page 4 of 9": true, "iv": true, "·5·": true,
		"2024年": false, "第三章": false, "表1": false, "civil": false, "云溪区": false, "—": false, "6.5%": false,
	}
	for text, want := range cases {
		if got := isPageNumber(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestBeginsItem(t *testing.T) {
	cases := map[string]bool{
		"一、总体要求": true, "（一）投资": true, "(12)投资": true, "1.投资": true, "12、投资": true, "第十二章 附则": true, "①投资": true, "3．投资": true,
		"一般公共预算": false, "（以下简称区）": false, "6.5%以上": false, "第一季度": false, "2024年": false, "投资": false, "": false, "十月底前": false,
	}
	for text, want := range cases {
		if got := beginsItem(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestJoinLines(t *testing.T) {
	cases := []struct {
		lines []string
		want  string
	}{
		{[]string{" 年度目标 "}, "年度目标"},
		{[]string{"年度", "目标"}, "年度目标"},
		{[]string{"投资额", "（万元）"}, "投资额（万元）"},
		{[]string{"GDP", "growth"}, "GDP growth"},
		{[]string{"1.新建道路12条，完成投资3亿元", "", "2.改建桥梁"}, "1.新建道路12条，完成投资3亿元 2.改建桥梁"},
		{nil, ""},
	}
	for _, c := range cases {
		if got := JoinLines(c.lines); got != c.want {
			t.Errorf("%q: got %q, want %q", c.lines, got, c.want)
		}
	}
}

func TestHeaderRows(t *testing.T) {
	cell := func(rows, columns int) part.Cell { return part.Cell{Text: "甲", RowSpan: rows, ColSpan: columns} }
	plain := []part.Cell{cell(1, 1), cell(1, 1)}
	cases := []struct {
		name string
		rows [][]part.Cell
		want int
	}{
		{"nothing merged", [][]part.Cell{plain, plain}, 0},
		{"a heading over two rows", [][]part.Cell{{cell(2, 1), cell(1, 2)}, plain, plain}, 2},
		{"headings over columns", [][]part.Cell{{cell(1, 2), cell(1, 2)}, plain, plain}, 2},
		{"a first column merged all the way down", [][]part.Cell{{cell(2, 1), cell(1, 1)}, {cell(1, 1)}}, 0},
	}
	for _, c := range cases {
		if got := HeaderRows(&part.Table{Rows: c.rows}); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestPagesOfTooMuch(t *testing.T) {
	b := New(tally.New(context.Background(), limit.Limits{}))
	err := b.Add(Page{Glyphs: make([]Glyph, MostGlyphs+1)})
	partcheck.WantFault(t, err, fault.TooLarge)
}

// FuzzPage places glyphs and rules anywhere at all.
func FuzzPage(f *testing.F) {
	f.Add("全区地区生产总值6.5%", uint32(7), 100.0, 16.0)
	f.Fuzz(func(t *testing.T, text string, seed uint32, spread, size float64) {
		if len(text) > 4000 {
			return
		}
		next := func() float64 {
			seed = seed*1664525 + 1013904223
			return math.Floor(float64(seed>>16)/6553.6*spread) / 10
		}
		var pages []Page
		for range 3 {
			p := Page{Width: pageWidth, Height: pageHeight}
			for _, r := range text {
				x, y := next(), next()
				p.Glyphs = append(p.Glyphs, Glyph{Rune: r, Left: x, Right: x + size, Top: y, Bottom: y + size, Size: size})
				if r%3 == 0 {
					p.Rules = append(p.Rules, Rule{x, y, x, next()}, Rule{x, y, next(), y})
				}
			}
			pages = append(pages, p)
		}
		layOut(t, pages...)
	})
}
