package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"luoshi/document"
	reader "luoshi/document/docx"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/partcheck"
	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

func unpack(t testing.TB, data []byte) map[string][]byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if parts[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return parts
}

func TestSameDocumentMakesSameBytes(t *testing.T) {
	one, other := write(t, papertest.Report(), Options{}), write(t, papertest.Report(), Options{})
	if !bytes.Equal(one, other) {
		t.Error("two files of one document differ")
	}
}

// TestGolden holds the text part of small documents against what it was.
func TestGolden(t *testing.T) {
	run := func(text string) []paper.Run { return []paper.Run{{Text: text}} }
	figure := paper.Run{Text: "6.8", Figure: "gdp.growth"}
	cases := map[string]paper.Document{
		"paragraphs": {Title: "关于“十五五”规划的说明", Addressee: "各街道：", Body: []paper.Block{
			{Kind: paper.Heading, Level: 1, Runs: run("一、情况")},
			{Kind: paper.Paragraph, Runs: []paper.Run{{Text: "增长"}, figure, {Text: "%", Bold: true}, {Text: "——快于计划 <5%"}}},
		}},
		"table": {Body: []paper.Block{{Kind: paper.Tabular, Table: &paper.Table{
			Caption: "表1", Measure: "单位：%", Columns: []paper.Column{{Width: 3}, {Width: 1, Number: true}},
			Header: [][]paper.Cell{{{Runs: run("指标"), Columns: 2}}},
			Rows:   [][]paper.Cell{{{Runs: run("总值"), Rows: 2}, {Runs: []paper.Run{figure}}}, {{Runs: run("7.0"), Bold: true}}},
			Notes:  []string{"注：快报数。"},
		}}}},
		"foot": {Head: paper.Head{Organ: "望溪区人民政府文件", Number: "望政发〔2026〕17号"}, Title: "通知", Annexes: []string{"名单"},
			Signature: []string{"望溪区人民政府"}, Date: "2026年7月8日", Foot: paper.Foot{Copies: "区委办公室", Printer: "区政府办公室", Printed: "2026年7月8日"}},
		"plain": {Head: paper.Head{Number: "望政报〔2026〕1号"}, Title: "报告"},
		"letter": {Head: paper.Head{Organ: "望溪区人民政府督查室", Number: "望督〔2026〕1号", Urgency: "特急", Letter: true}, Title: "督办单",
			Body: []paper.Block{{Kind: paper.Tabular, Table: &paper.Table{Columns: []paper.Column{{Width: 1}, {Width: 4, Prose: true}},
				Rows: [][]paper.Cell{{{Runs: run("事项")}, {Runs: run("一是\n二是")}}}}}}},
	}
	for name, d := range cases {
		t.Run(name, func(t *testing.T) {
			got := unpack(t, write(t, d, Options{}))["word/document.xml"]
			_, body, _ := strings.Cut(string(got), "<w:body>")
			body = strings.NewReplacer("<w:p>", "\n<w:p>", "<w:tbl>", "\n<w:tbl>", "<w:tr>", "\n<w:tr>", "<w:sectPr>", "\n<w:sectPr>").Replace(body)
			partcheck.Golden(t, "testdata/"+name+".golden", body+"\n")
		})
	}
}

// TestReadsBack opens a file with our own reader of Word files: every paragraph and every table is there, in order, as
// the document says them.
func TestReadsBack(t *testing.T) {
	d := papertest.Report()
	got, err := reader.Parts(context.Background(), write(t, d, Options{Mark: "送审稿"}), limit.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := said(d)
	for i := range min(len(got), len(want)) {
		if g, w := describePart(got[i]), describePart(want[i]); g != w {
			t.Fatalf("part %d: got\n%s\nwant\n%s", i, g, w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d parts, want %d", len(got), len(want))
	}
}

// said is what a document says, as our reader is to find it.
func said(d paper.Document) []part.Part {
	plain := func(text string) part.Part { return part.Part{Text: text} }
	all := []part.Part{plain(d.Head.Organ), plain(d.Head.Number + " " + d.Head.SignerLine()),
		{Text: d.Title, Title: true}, plain(d.Subtitle), plain(d.Speaker), plain(d.Addressee)}
	for _, b := range d.Body {
		switch b.Kind {
		case paper.Heading:
			all = append(all, part.Part{Text: b.String(), Heading: b.Level})
		case paper.Paragraph:
			all = append(all, plain(b.String()))
		case paper.Graphic:
			all = append(all, plain(captionOf(b.Chart)))
		case paper.Tabular:
			all = append(all, plain(b.Table.Caption))
			if b.Table.Measure != "" {
				all = append(all, plain(b.Table.Measure))
			}
			all = append(all, tableOf(b.Table))
			for _, note := range b.Table.Notes {
				all = append(all, plain(note))
			}
		}
	}
	for _, line := range append(append(d.AnnexLines(), d.Signature...), d.Date, d.Foot.CopiesLine(), d.Foot.Printer+" "+d.Foot.PrintedLine()) {
		all = append(all, plain(line))
	}
	return append(all, part.Part{Text: "送审稿", Furniture: true}, part.Part{Text: "— 1 —", Furniture: true})
}

func tableOf(t *paper.Table) part.Part {
	table := part.Table{HeaderRows: len(t.Header)}
	for _, rows := range [][][]paper.Cell{t.Header, t.Rows} {
		for _, row := range rows {
			var cells []part.Cell
			for _, c := range row {
				cells = append(cells, part.Cell{Text: c.String(), ColSpan: max(1, c.Columns), RowSpan: max(1, c.Rows)})
			}
			table.Rows = append(table.Rows, cells)
		}
	}
	return part.Part{Kind: part.TableKind, Table: &table}
}

func TestFiguresAreFoundAgain(t *testing.T) {
	long := strings.Repeat("指标", 40)
	d := papertest.Report()
	d.Body = append(d.Body, paper.Block{Kind: paper.Paragraph, Runs: []paper.Run{{Text: "12", Figure: long}}})
	found, err := Figures(context.Background(), write(t, d, Options{}), limit.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var want []Figure
	see := func(runs []paper.Run) {
		for _, r := range runs {
			if r.Figure != "" {
				want = append(want, Figure{Tag: Tag(r.Figure), Text: r.Text})
			}
		}
	}
	for _, b := range d.Body {
		see(b.Runs)
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				for _, c := range row {
					see(c.Runs)
				}
			}
		}
	}
	if len(found) != len(want) {
		t.Fatalf("%d figures, want %d", len(found), len(want))
	}
	for i := range want {
		if found[i] != want[i] {
			t.Errorf("figure %d: %v, want %v", i, found[i], want[i])
		}
	}
	if got := TextOf(found, long); len(got) != 1 || got[0] != "12" {
		t.Errorf("the figure with a long key prints %q", got)
	}
	if len(Tag(long)) > longestTag {
		t.Errorf("a tag of %d bytes", len(Tag(long)))
	}
}

func TestLongTableIsReadWithinTheLimits(t *testing.T) {
	parts, err := reader.Parts(context.Background(), write(t, papertest.Long(5000), Options{}), limit.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range parts {
		if p.Kind == part.TableKind && len(p.Table.Rows) != 5001 {
			t.Errorf("%d rows", len(p.Table.Rows))
		}
	}
}

func TestWhatCannotBePrintedIsRefused(t *testing.T) {
	d := paper.Document{Body: []paper.Block{{Kind: paper.Tabular, Table: &paper.Table{}}}}
	var b bytes.Buffer
	if err := Write(&b, d, Options{}); err == nil {
		t.Error("a table without columns was written")
	}
	if b.Len() > 0 {
		t.Error("something was written")
	}
}

func describePart(p part.Part) string { return partcheck.Render([]part.Part{p}) }

// TestChartsBringTheirFigures opens the workbook behind the first chart.
func TestChartsBringTheirFigures(t *testing.T) {
	book := unpack(t, write(t, papertest.Report(), Options{}))["word/embeddings/chart1.xlsx"]
	read, err := document.Open(context.Background(), "chart1.xlsx", book, document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{"预期目标 | 上半年增速", "地区生产总值 | 6.5 | 6.8", "预算收入 | 5 | 5.6"} {
		if !strings.Contains(read.Text, row) {
			t.Errorf("no row %q in\n%s", row, read.Text)
		}
	}
}

func FuzzFigures(f *testing.F) {
	f.Add(write(f, papertest.Report(), Options{}))
	f.Add([]byte("PK"))
	f.Fuzz(func(t *testing.T, data []byte) {
		figures, err := Figures(context.Background(), data, limit.Limits{})
		if err != nil && len(figures) > 0 {
			t.Error("figures of a file that cannot be read")
		}
	})
}

func BenchmarkWrite(b *testing.B) {
	d := papertest.Long(5000)
	for b.Loop() {
		if err := Write(io.Discard, d, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
