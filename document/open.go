package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"luoshi/document/csv"
	"luoshi/document/docx"
	"luoshi/document/encoding"
	"luoshi/document/fault"
	"luoshi/document/html"
	"luoshi/document/limit"
	"luoshi/document/markdown"
	"luoshi/document/ofd"
	"luoshi/document/part"
	"luoshi/document/pdf"
	"luoshi/document/tally"
	"luoshi/document/xlsx"
)

// Options says how to open.
type Options struct {
	Limits limit.Limits // zero fields mean limit.Default
}

// partsReader reads one format's bytes into parts.
type partsReader func(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error)

// readers has every format that comes as parts; plain text alone is its own canonical text.
var readers = map[Format]partsReader{
	Markdown: markdown.Parts,
	HTML:     html.Parts,
	Word:     docx.Parts,
	Excel:    xlsx.Parts,
	CSV:      csv.Parts,
	PDF:      pdf.Parts,
	OFD:      ofd.Parts,
}

// Open reads one file. Its content decides the format; the extension of name only tells Markdown and
// CSV from plain text. An archive of documents is for OpenAll. Every error is a *fault.Fault.
func Open(ctx context.Context, name string, data []byte, opts Options) (*Document, error) {
	lim := opts.Limits.WithDefaults()
	if int64(len(data)) > lim.Bytes {
		return nil, fault.New(fault.TooLarge, nil, fault.LimitBytes, tally.Size(lim.Bytes))
	}
	format, err := sniff(name, data, lim)
	if err != nil {
		return nil, asFault(err, lim)
	}
	if format == archive {
		return nil, fault.New(fault.NotRead, nil, "zip", ".docx .txt .pdf")
	}
	ctx, cancel := context.WithTimeout(ctx, lim.Time)
	defer cancel()
	doc, err := open(ctx, format, data, lim)
	if err != nil {
		return nil, asFault(err, lim)
	}
	sum := sha256.Sum256(data)
	doc.Name, doc.Format, doc.Digest = name, format, hex.EncodeToString(sum[:])
	return doc, nil
}

func open(ctx context.Context, format Format, data []byte, lim limit.Limits) (*Document, error) {
	d, err := draftOf(ctx, format, data, lim)
	if err != nil {
		return nil, err
	}
	if int64(len(d.doc.Text)) > lim.Text {
		return nil, fault.New(fault.TooLarge, nil, fault.LimitText, tally.Size(lim.Text))
	}
	if len(d.doc.Blocks) == 0 {
		return nil, fault.New(fault.Empty, nil)
	}
	markFurniture(d)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := outline(d, lim); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	describe(d)
	return d.doc, nil
}

// draftOf lays a file out as text, blocks and tables.
func draftOf(ctx context.Context, format Format, data []byte, lim limit.Limits) (*draft, error) {
	read, ok := readers[format]
	if !ok {
		text, _, err := encoding.Decode(data)
		if err != nil {
			return nil, err
		}
		return fromText(text, lim)
	}
	parts, err := read(ctx, data, lim)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return fromParts(parts, lim)
}

// asFault gives every error its code and wording.
func asFault(err error, lim limit.Limits) error {
	var known *fault.Fault
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return tally.Late(err, lim)
	case errors.Is(err, context.Canceled):
		return fault.New(fault.Cancelled, err)
	case errors.As(err, &known):
		return known
	}
	return fault.New(fault.Unknown, fmt.Errorf("open document: %w", err))
}
