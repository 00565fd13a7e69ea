package document

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/document/partcheck"
)

// BenchmarkFormats opens files of every format: those of the examples, and one long file made from their texts,
// with about a million bytes of text. Speed is the best of all rounds, in millions of bytes of the file and of
// the text that comes out of it.
func BenchmarkFormats(b *testing.B) {
	for _, format := range []Format{Text, Markdown, HTML, Word, Excel, CSV, PDF, OFD} {
		b.Run(string(format)+"/examples", func(b *testing.B) {
			var files []exampleFile
			for _, pattern := range []string{"../examples/*.", "../examples/source/*."} {
				files = append(files, exampleFiles(b, pattern+string(format))...)
			}
			if len(files) == 0 {
				b.Skip("no example is in this format")
			}
			benchmarkOpen(b, format, files)
		})
		b.Run(string(format)+"/long", func(b *testing.B) {
			write, ok := longFiles[format]
			if !ok {
				b.Skip("no long file is made in this format")
			}
			benchmarkOpen(b, format, []exampleFile{{"long." + string(format), write(b, longText(b))}})
		})
	}
}

type exampleFile struct {
	name string
	data []byte
}

func exampleFiles(b *testing.B, pattern string) (files []exampleFile) {
	b.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil {
		b.Fatal(err)
	}
	for _, name := range names {
		if filepath.Base(name) == "README.md" {
			continue
		}
		files = append(files, exampleFile{name, partcheck.File(b, name)})
	}
	return files
}

func benchmarkOpen(b *testing.B, format Format, files []exampleFile) {
	size, text := 0, 0
	for _, f := range files { // the first opening also makes what is made once
		doc, err := Open(b.Context(), f.name, f.data, Options{})
		if err != nil {
			b.Fatalf("%s: %v", f.name, err)
		}
		if doc.Format != format || len(doc.Blocks) == 0 {
			b.Fatalf("%s: opened as %s with %d blocks", f.name, doc.Format, len(doc.Blocks))
		}
		size, text = size+len(f.data), text+len(doc.Text)
	}
	b.SetBytes(int64(size))
	best := time.Hour
	for b.Loop() {
		start := time.Now()
		for _, f := range files {
			if _, err := Open(context.Background(), f.name, f.data, Options{}); err != nil {
				b.Fatal(err)
			}
		}
		best = min(best, time.Since(start))
	}
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(float64(size)/1e6/best.Seconds(), "file-MB/s")
	b.ReportMetric(float64(text)/1e6/best.Seconds(), "text-MB/s")
}

// longBytes is about how much text a long file holds.
const longBytes = 1 << 20

// longText is the lines of the examples over and over. They are longer together than the window in which packing
// looks for what it has seen, so that a packed file is as large as one of fresh text.
func longText(b *testing.B) (lines []string) {
	b.Helper()
	var all strings.Builder
	for _, f := range exampleFiles(b, "../examples/*.txt") {
		all.Write(f.data)
	}
	for size := 0; size < longBytes; {
		for line := range strings.Lines(all.String()) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
				size += len(line) + 1
			}
		}
	}
	return lines
}

// longFiles writes lines in a format. No PDF is among them: its fonts take more than a test can write.
var longFiles = map[Format]func(b *testing.B, lines []string) []byte{
	Text: func(_ *testing.B, lines []string) []byte { return []byte(strings.Join(lines, "\n")) },
	Markdown: func(_ *testing.B, lines []string) []byte {
		return []byte("# 要点\n\n" + strings.Join(lines, "\n\n"))
	},
	HTML: func(_ *testing.B, lines []string) []byte {
		return []byte("<!doctype html><meta charset=utf-8><title>要点</title><p>" + strings.Join(lines, "</p>\n<p>") + "</p>")
	},
	Word: func(b *testing.B, lines []string) []byte {
		var body strings.Builder
		for _, line := range lines {
			body.WriteString(paragraph(line))
		}
		return docxOf(b, body.String())
	},
	Excel: func(b *testing.B, lines []string) []byte {
		var rows strings.Builder
		rows.WriteString("<sheetData>")
		for i, line := range lines {
			fmt.Fprintf(&rows, `<row r="%d"><c r="A%[1]d"><v>%[1]d</v></c><c r="B%[1]d" t="inlineStr"><is><t>%s</t></is></c></row>`, i+1, line)
		}
		return xlsxOf(b, rows.String()+"</sheetData>")
	},
	CSV: func(_ *testing.B, lines []string) []byte {
		var rows strings.Builder
		rows.WriteString("序号,内容\n")
		for i, line := range lines {
			fmt.Fprintf(&rows, "%d,\"%s\"\n", i+1, strings.ReplaceAll(line, `"`, `""`))
		}
		return []byte(rows.String())
	},
	OFD: longOFD,
}

// longOFD sets the lines on pages, 22 lines of 28 characters on each.
func longOFD(b *testing.B, lines []string) []byte {
	const perPage, perLine = 22, 28
	var parts []string
	var pages, page strings.Builder
	count, onPage := 0, 0
	turn := func() {
		count++
		fmt.Fprintf(&pages, `<Page ID="%d" BaseLoc="Page%[1]d.xml"/>`, count)
		parts = append(parts, fmt.Sprintf("Doc_0/Page%d.xml", count), "<Page><Content><Layer>"+page.String()+"</Layer></Content></Page>")
		page.Reset()
		onPage = 0
	}
	for _, line := range lines {
		for runes := []rune("　　" + line); len(runes) > 0; {
			n := min(perLine, len(runes))
			fmt.Fprintf(&page, `<TextObject Boundary="28 %d 160 8" Size="5.6"><TextCode X="0" Y="5" DeltaX="g %d 5.6">%s</TextCode></TextObject>`,
				37+10*onPage, n-1, string(runes[:n]))
			runes = runes[n:]
			if onPage++; onPage == perPage {
				turn()
			}
		}
	}
	turn()
	document := `<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages>` + pages.String() + `</Pages></Document>`
	return ofdOf(b, "<Page/>", append(parts, "Doc_0/Document.xml", document)...)
}
