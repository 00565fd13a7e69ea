package page

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func write(t testing.TB, d paper.Document, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func fragment(t testing.TB, d paper.Document, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Fragment(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGolden holds the report, without its charts, against what it was.
func TestGolden(t *testing.T) {
	d := papertest.Report()
	d.Body = textual(d.Body)
	got := fragment(t, d, Options{Top: 2, Href: func(figure string) string {
		if figure == "gdp" {
			return "/papers/1/figures/gdp?a=1&b=2"
		}
		return ""
	}})
	const file = "testdata/report.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("got\n%s", got)
	}
}

func textual(blocks []paper.Block) []paper.Block {
	var kept []paper.Block
	for _, b := range blocks {
		if b.Kind != paper.Graphic {
			kept = append(kept, b)
		}
	}
	return kept
}

// TestReadsBack opens a page with our own reader: every paragraph, table and figure of a chart is there.
func TestReadsBack(t *testing.T) {
	d := papertest.Report()
	got, err := document.Open(context.Background(), "report.html", []byte(write(t, d, Options{})), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tables := 0
	for _, b := range d.Body {
		text := b.String()
		switch b.Kind {
		case paper.Tabular:
			tables++
			text = b.Table.Caption
		case paper.Graphic:
			tables++
			text = b.Chart.Caption
		}
		if !strings.Contains(got.Text, text) {
			t.Errorf("%q is missing", text)
		}
	}
	if len(got.Tables) != tables {
		t.Errorf("%d tables, want %d", len(got.Tables), tables)
	}
	projects := got.Tables[2]
	if projects.HeaderRows != 2 || projects.Cols != 8 || projects.Rows != 10 {
		t.Errorf("the table of projects has %d header rows, %d columns and %d rows", projects.HeaderRows, projects.Cols, projects.Rows)
	}
	for _, line := range []string{d.Title, d.Addressee, d.Signature[0], d.Date, d.Foot.CopiesLine(), d.Head.SignerLine()} {
		if !strings.Contains(got.Text, line) {
			t.Errorf("%q is missing", line)
		}
	}
}

func TestNothingOfThePageComesFromElsewhere(t *testing.T) {
	page := write(t, papertest.Report(), Options{})
	for _, foreign := range []string{"<script", "<link", " src=", "@import", "url(", " style="} {
		if strings.Contains(page, foreign) {
			t.Errorf("the page has %q", foreign)
		}
	}
}

func TestTextIsEscaped(t *testing.T) {
	d := paper.Document{Title: "<b>标题", Body: []paper.Block{{Kind: paper.Paragraph, Runs: []paper.Run{
		{Text: "<script>"}, {Text: `1,984.5`, Figure: `a"b`}, {Text: "约3成", Figure: "c"}, {Text: "甲\n乙"}}}}}
	got := fragment(t, d, Options{Href: func(f string) string { return `/x?"` + f }})
	for _, want := range []string{
		"&lt;b&gt;标题", "&lt;script&gt;", `value="1984.5" data-figure="a&#34;b"><a href="/x?&#34;a&#34;b">1,984.5</a></data>`,
		`value="约3成"`, "甲<br>乙",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

// TestIdentifiersAreUnique guards what assistive programs follow.
func TestIdentifiersAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(write(t, papertest.Report(), Options{}), -1) {
		if seen[id[1]] {
			t.Errorf("two elements are %s", id[1])
		}
		seen[id[1]] = true
	}
	if len(seen) == 0 {
		t.Error("no identifiers were found")
	}
}

func TestTheNumberOfALetterStandsBeneathTheRule(t *testing.T) {
	d := paper.Document{Head: paper.Head{Organ: "望溪区人民政府督查室", Number: "望督〔2026〕1号", Urgency: "特急", Letter: true}, Title: "督办单"}
	want := `</header>
<p class="official-letter"><span>特急</span> <span>望督〔2026〕1号</span></p>`
	if got := fragment(t, d, Options{}); !strings.Contains(got, want) || strings.Count(got, "特急") != 1 {
		t.Errorf("got\n%s", got)
	}
}

func TestHeaderCellsHaveWords(t *testing.T) {
	if got := write(t, papertest.Report(), Options{}); regexp.MustCompile(`<th[^>]*></th>`).MatchString(got) {
		t.Error("a header cell is empty")
	}
}

func TestMarkAndHeadings(t *testing.T) {
	d := paper.Document{Title: "报告", Body: []paper.Block{{Kind: paper.Heading, Level: 4, Key: "k", Runs: []paper.Run{{Text: "（1）小题"}}}}}
	got := fragment(t, d, Options{Top: 3, Mark: "送审稿"})
	for _, want := range []string{`<p class="official-mark">送审稿</p>`, `<h3 class="official-title">报告</h3>`, `<h6 class="official-h4" data-block="k">`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in\n%s", want, got)
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	d := papertest.Long(5000)
	for b.Loop() {
		if err := Write(io.Discard, d, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
