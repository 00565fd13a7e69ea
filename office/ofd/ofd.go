// Package ofd writes an official document as an OFD file of GB/T 33190-2016, the fixed layout in which Chinese authorities
// exchange documents: its pages as package layout sets them, its headings as an outline. Fonts at hand travel in it; without
// any it names the type of the standard, which the machine that opens it has to have. It carries no signature. The same
// document and the same fonts make the same bytes.
package ofd

import (
	"archive/zip"
	"fmt"
	"io"

	"luoshi/office/font"
	"luoshi/office/layout"
	"luoshi/office/paper"
)

// Options are what an OFD file may have besides the document.
type Options struct {
	Fonts *font.Set // at hand; nil is none
	// Href is the address that a figure leads to; empty for none. Where it is nil no figure leads anywhere.
	Href func(figure string) string
	Mark string // at the head of every page; empty for a final version
}

// Write writes the document.
func Write(w io.Writer, d paper.Document, o Options) error {
	b := &book{title: d.Title, href: o.Href}
	how := layout.Options{Mark: o.Mark}
	if o.Fonts != nil {
		how.Metrics = o.Fonts
	}
	var err error
	if b.printed, err = layout.Set(d, how); err != nil {
		return fmt.Errorf("write the OFD file: %w", err)
	}
	if o.Fonts != nil {
		if b.embedded, err = b.printed.Type(o.Fonts); err != nil {
			return fmt.Errorf("write the OFD file: %w", err)
		}
	}
	return pack(w, b.parts())
}

// part is a file of the container.
type part struct {
	name string
	data []byte
}

// pack writes the container; its files tell no time.
func pack(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate})
		if err == nil {
			_, err = entry.Write(p.data)
		}
		if err != nil {
			return fmt.Errorf("write %s of the OFD file: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the OFD file: %w", err)
	}
	return nil
}
