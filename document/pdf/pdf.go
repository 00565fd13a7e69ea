// Package pdf reads the text layer of PDF files into parts. Glyphs and rules come from pdfium, which
// runs as WebAssembly within its own memory; package layout makes lines, paragraphs and tables of them.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"luoshi/document/fault"
	"luoshi/document/layout"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// format names the format in faults.
const format = "PDF"

// The errors that pdfium reports of a file.
const (
	errorFormat   = 3
	errorPassword = 4
	errorSecurity = 5
)

// Parts reads the text of a PDF in reading order; running heads, feet and page numbers are furniture.
// A file of images alone is a fault of kind Scanned. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	lim = lim.WithDefaults()
	if !bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return nil, fault.New(fault.Corrupt, nil, format, "%PDF-")
	}
	e, err := newEngine(ctx)
	if err != nil {
		return nil, asFault(ctx, err, lim)
	}
	defer e.Close()
	r := &reader{engine: e, tally: tally.New(ctx, lim)}
	parts, err := r.read(data)
	if err != nil {
		return nil, asFault(ctx, err, lim)
	}
	return parts, nil
}

// asFault words what went wrong: time that ran out, memory that did, or damage in the file.
func asFault(ctx context.Context, err error, lim limit.Limits) error {
	if known := (*fault.Fault)(nil); errors.As(err, &known) {
		return known
	}
	if ctx.Err() != nil {
		return tally.Late(ctx.Err(), lim)
	}
	if errors.Is(err, errNoMemory) {
		return fault.New(fault.TooLarge, err, fault.LimitMemory, tally.Size(memoryPages<<16))
	}
	return fault.New(fault.Corrupt, err, format, "pdfium")
}

// reader reads one document.
type reader struct {
	*engine
	tally    *tally.Tally
	document uint64
	scratch  uint64 // memory for a few numbers
	glyphs   int
	images   int // pages that show an image over much of themselves
}

// read opens the document and reads its pages.
func (r *reader) read(data []byte) ([]part.Part, error) {
	if err := r.open(data); err != nil {
		return nil, err
	}
	pages := r.count("FPDF_GetPageCount", r.document)
	if r.err != nil {
		return nil, r.err
	}
	if pages < 1 {
		return nil, fault.New(fault.Corrupt, nil, format, fault.DamagePages)
	}
	if err := r.tally.Pages(pages); err != nil {
		return nil, err
	}
	builder := layout.New(r.tally)
	for i := range pages {
		page, err := r.page(i)
		if err != nil {
			return nil, err
		}
		if err := builder.Add(page); err != nil {
			return nil, err
		}
	}
	if r.isScan(pages) {
		return nil, fault.New(fault.Scanned, nil, pages)
	}
	parts, err := builder.Parts()
	if err == nil && len(parts) == 0 {
		err = fault.New(fault.Empty, nil)
	}
	return parts, err
}

// isScan tells whether the pages are images with hardly a character, such as a stamped page number.
func (r *reader) isScan(pages int) bool {
	const stamped = 8 // characters a page
	return r.images > 0 && (r.glyphs == 0 || r.images == pages && r.glyphs < stamped*pages)
}

// open hands the file to pdfium.
func (r *reader) open(data []byte) error {
	r.scratch = r.allocate(64)
	file := r.allocate(len(data))
	if r.err != nil {
		return r.err
	}
	if !r.module.Memory().Write(uint32(file), data) {
		return errNoMemory
	}
	r.document = r.call("FPDF_LoadMemDocument64", file, uint64(len(data)), 0)
	if r.err != nil {
		return r.err
	}
	if r.document != 0 {
		return nil
	}
	switch code := r.count("FPDF_GetLastError"); code {
	case errorPassword, errorSecurity:
		return fault.New(fault.Encrypted, nil, format)
	case errorFormat:
		return fault.New(fault.Corrupt, nil, format, "xref")
	default:
		return fmt.Errorf("pdfium error %d", code)
	}
}
