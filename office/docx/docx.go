// Package docx writes an official document as a Word file in the form of GB/T 9704-2012: A4, 22 lines of 28 characters,
// 仿宋_GB2312 with its fallbacks, the red head with its rule, page numbers outside, wide tables on turned pages and the
// 版记 at the foot of the last page.
//
// Every figure stands in a content control whose tag is the figure's key, so that Figures finds it again in the file.
// The same document makes the same bytes.
package docx

import (
	"embed"
	"fmt"
	"io"

	"luoshi/office/paper"
)

// Options are what a file says besides the document itself.
type Options struct {
	Mark    string // at the head of every page: 送审稿; empty for a final version
	Creator string // in the file's properties; the organ of the head where empty
}

//go:embed parts
var parts embed.FS

// Write writes the document as a Word file.
func Write(w io.Writer, d paper.Document, o Options) error {
	if err := d.Check(); err != nil {
		return fmt.Errorf("write a Word file: %w", err)
	}
	p := newPack(w)
	c := &composer{document: &d, marked: o.Mark != ""}
	p.add("word/document.xml", c.compose())
	for _, fixed := range []struct{ name, part string }{
		{"_rels/.rels", "rels.xml"},
		{"word/styles.xml", "styles.xml"},
		{"word/settings.xml", "settings.xml"},
		{"word/fontTable.xml", "fontTable.xml"},
	} {
		p.copy(fixed.name, fixed.part)
	}
	for _, f := range footers {
		p.copy("word/"+f.file, f.file)
	}
	if o.Mark != "" {
		p.add("word/header.xml", header(o.Mark))
	}
	for i, chart := range c.charts {
		book, err := chartBook(chart)
		if err != nil {
			return fmt.Errorf("write the figures of a chart: %w", err)
		}
		p.add(chartFile(i), chartPart(chart))
		p.add("word/charts/_rels/"+chartName(i)+".rels", chartRelations(i))
		p.add("word/embeddings/"+bookName(i), book)
	}
	p.add("word/_rels/document.xml.rels", c.relations())
	p.add("docProps/core.xml", properties(d, o))
	p.add("[Content_Types].xml", c.contentTypes())
	if err := p.close(); err != nil {
		return fmt.Errorf("write a Word file: %w", err)
	}
	return nil
}
