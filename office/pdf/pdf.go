// Package pdf writes an official document as a PDF: its pages as package layout sets them, the type of them embedded, its
// headings as an outline. What is printed can be searched and copied. The same document and the same fonts make the same
// bytes; nothing in them tells when they were made.
package pdf

import (
	"fmt"
	"io"

	"luoshi/office/font"
	"luoshi/office/layout"
	"luoshi/office/paper"
)

// Options are what a PDF needs besides the document.
type Options struct {
	// Fonts are the fonts at hand; package font finds them. Without any there is no PDF, and the error is a
	// *font.Missing.
	Fonts *font.Set
	// Href is the address that a figure leads to; empty for none. Where it is nil no figure leads anywhere.
	Href func(figure string) string
	Mark string // at the head of every page; empty for a final version
}

// Write writes the document.
func Write(w io.Writer, d paper.Document, o Options) error {
	if o.Fonts == nil {
		return fmt.Errorf("write the PDF: %w", &font.Missing{})
	}
	printed, err := layout.Set(d, layout.Options{Metrics: o.Fonts, Mark: o.Mark})
	if err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	fonts, err := printed.Type(o.Fonts)
	if err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	f := &file{}
	b := &book{file: f, printed: printed, fonts: typeface{Type: fonts}, href: o.Href}
	if err := b.write(d.Title); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	if _, err := w.Write(f.bytes()); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}
