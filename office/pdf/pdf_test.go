package pdf

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"luoshi/document/partcheck"
	reader "luoshi/document/pdf"
	"luoshi/office/font"
	"luoshi/office/font/fonttest"
	"luoshi/office/layout"
	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

func write(t testing.TB, d paper.Document, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestReadsBack opens a PDF with our own reader: it says everything that the document says, and its tables are those of
// the document.
func TestReadsBack(t *testing.T) {
	d := papertest.Report()
	got := partcheck.Reader(reader.Parts).Render(t, write(t, d, Options{Fonts: fonttest.Set(t)}))
	papertest.CheckRead(t, d, got)
}

func TestSameDocumentMakesSameBytes(t *testing.T) {
	set := fonttest.Set(t)
	o := Options{Fonts: set, Href: func(key string) string { return "/figures/" + key }, Mark: "送审稿"}
	if !bytes.Equal(write(t, papertest.Report(), o), write(t, papertest.Report(), o)) {
		t.Error("two files of one document differ")
	}
}

func TestFiguresLeadToWhereTheyComeFrom(t *testing.T) {
	d := paper.Document{Title: "报告", Body: []paper.Block{{Kind: paper.Paragraph, Runs: []paper.Run{
		{Text: "完成"}, {Text: "318.62", Figure: "gdp(1)"}, {Text: "亿元，增长"}, {Text: "6.8", Figure: "none"}, {Text: "%"},
	}}}}
	data := write(t, d, Options{Fonts: fonttest.Set(t), Href: func(key string) string {
		if key == "none" {
			return ""
		}
		return "https://luoshi.example/figures/" + key
	}})
	links := regexp.MustCompile(`/Subtype/Link/Rect\[([^\]]+)\][^\n]*/URI\(([^\n]*)\)>>`).FindAllSubmatch(data, -1)
	if len(links) != 1 || string(links[0][2]) != `https://luoshi.example/figures/gdp\(1\)` {
		t.Fatalf("the links are %q", links)
	}
	if bytes.Contains(write(t, d, Options{Fonts: fonttest.Set(t)}), []byte("/Annots")) {
		t.Error("without addresses there are links")
	}
}

func TestHeadingsAreAnOutline(t *testing.T) {
	heading := func(level int, text string) paper.Block {
		return paper.Block{Kind: paper.Heading, Level: level, Runs: []paper.Run{{Text: text}}}
	}
	d := paper.Document{Body: []paper.Block{heading(1, "一"), heading(2, "二"), heading(2, "三"), heading(1, "四")}}
	data := write(t, d, Options{Fonts: fonttest.Set(t)})
	for text, want := range map[string]string{
		"一": `/First \d+ 0 R/Last \d+ 0 R/Count 2/Dest`, "二": `/Next \d+ 0 R/Dest`, "三": `/Prev \d+ 0 R/Dest`, "四": `/Prev \d+ 0 R/Dest`,
	} {
		if !regexp.MustCompile(`/Title`+spoken(text)+`/Parent \d+ 0 R(/Next \d+ 0 R)?`+want).Match(data) &&
			!regexp.MustCompile(`/Title`+spoken(text)+`/Parent \d+ 0 R`+want).Match(data) {
			t.Errorf("the entry %s lacks %s", text, want)
		}
	}
	if !bytes.Contains(data, []byte("/PageMode/UseOutlines")) || !regexp.MustCompile(`/Type/Outlines/First \d+ 0 R/Last \d+ 0 R/Count 4`).Match(data) {
		t.Error("there is no outline of four entries")
	}
}

// TestObjectsStandWhereTheListSays follows the list of objects, as every reader does.
func TestObjectsStandWhereTheListSays(t *testing.T) {
	data := write(t, papertest.Report(), Options{Fonts: fonttest.Set(t)})
	places := regexp.MustCompile(`(?m)^(\d{10}) 00000 n `).FindAllSubmatch(data, -1)
	if len(places) < 10 {
		t.Fatalf("%d objects", len(places))
	}
	for i, place := range places {
		at := 0
		for _, digit := range place[1] {
			at = at*10 + int(digit-'0')
		}
		want := regexp.MustCompile(`^` + strconv.Itoa(i+1) + ` 0 obj\n`)
		if !want.Match(data[at:]) {
			t.Errorf("object %d is not at %d", i+1, at)
		}
	}
}

func TestWithoutTypeThereIsNoPDF(t *testing.T) {
	var missing *font.Missing
	if err := Write(io.Discard, papertest.Report(), Options{}); !errors.As(err, &missing) {
		t.Errorf("no fonts: %v", err)
	}
	rare := paper.Document{Title: "\U00020bb7野家"}
	if err := Write(io.Discard, rare, Options{Fonts: fonttest.Set(t)}); !errors.As(err, &missing) || string(missing.Characters) != "\U00020bb7" {
		t.Errorf("a character that no font has: %v", err)
	}
}

func TestBoldIsPrintedEvenWithoutABoldFont(t *testing.T) {
	d := paper.Document{Body: []paper.Block{{Kind: paper.Heading, Level: 3, Runs: []paper.Run{{Text: "1.重点"}}}}}
	regular, bold := fonttest.Open(t, fonttest.Build("Test", 400)), fonttest.Open(t, fonttest.Build("Stout", 700))
	for name, c := range map[string]struct {
		fonts     []*font.Font
		thickened bool
	}{"regular alone": {[]*font.Font{regular}, true}, "bold as well": {[]*font.Font{regular, bold}, false}} {
		set, err := font.NewSet(c.fonts)
		if err != nil {
			t.Fatal(err)
		}
		printed, err := layout.Set(d, layout.Options{Metrics: set})
		if err != nil {
			t.Fatal(err)
		}
		fonts, err := printed.Type(set)
		if err != nil {
			t.Fatal(err)
		}
		b := &book{printed: printed, fonts: typeface{Type: fonts}}
		if got := strings.Contains(string(b.content(printed.Pages[0])), "2 Tr"); got != c.thickened {
			t.Errorf("%s: thickened %t, want %t", name, got, c.thickened)
		}
	}
}
