// Package ofd reads OFD files (GB/T 33190, the fixed layout in which Chinese authorities exchange
// documents) into parts. Glyphs and rules come from the pages' text and path objects; package layout
// makes lines, paragraphs and tables of them.
package ofd

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"luoshi/document/archive"
	"luoshi/document/fault"
	"luoshi/document/layout"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// format names the format in faults.
const format = "OFD"

// entrance is the file that every container begins at.
const entrance = "OFD.xml"

// Parts reads the documents of a container one after the other, each in reading order. A file of
// images alone is a fault of kind Scanned. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	pkg, err := archive.Open(ctx, data, format, lim)
	if err != nil {
		return nil, err
	}
	r := &reader{pkg: pkg, tally: tally.New(ctx, lim)}
	roots, err := r.documents()
	if err != nil {
		return nil, err
	}
	var parts []part.Part
	for _, root := range roots {
		own, err := r.document(root)
		if err != nil {
			return nil, err
		}
		parts = append(parts, own...)
	}
	switch {
	case len(parts) > 0:
		return parts, nil
	case r.images > 0:
		return nil, fault.New(fault.Scanned, nil, r.pages)
	}
	return nil, fault.New(fault.Empty, nil)
}

// reader reads one container.
type reader struct {
	pkg    *archive.Archive
	tally  *tally.Tally
	pages  int // read so far
	images int // met so far
}

// documents are the roots of the container's documents.
func (r *reader) documents() ([]string, error) {
	for _, entry := range r.pkg.Entries() {
		if strings.EqualFold(path.Base(entry.Name), "Encryptions.xml") {
			return nil, fault.New(fault.Encrypted, nil, format)
		}
	}
	var roots []string
	err := r.eachText(entrance, map[string]bool{"DocRoot": true}, func(_ xml.StartElement, text string) error {
		if len(roots) < r.tally.Limits().Entries {
			roots = append(roots, resolve("", text))
		}
		return nil
	})
	if err == nil && len(roots) == 0 {
		err = fault.New(fault.Corrupt, nil, format, entrance)
	}
	return roots, err
}

// outline is what a document's root says: where its pages are and how large.
type outline struct {
	box       box
	pages     []string
	templates map[string]string // identifier → part
}

// document reads one document.
func (r *reader) document(root string) ([]part.Part, error) {
	o := &outline{templates: map[string]string{}}
	folder := path.Dir(root)
	watched := map[string]bool{"PhysicalBox": true, "Page": true, "TemplatePage": true}
	err := r.eachText(root, watched, func(e xml.StartElement, text string) error {
		switch e.Name.Local {
		case "PhysicalBox":
			o.box = parseBox(text)
		case "Page":
			o.pages = append(o.pages, resolve(folder, archive.Attr(e, "BaseLoc")))
			return r.tally.Pages(r.pages + len(o.pages))
		case "TemplatePage":
			if len(o.templates) < r.tally.Limits().Entries {
				o.templates[archive.Attr(e, "ID")] = resolve(folder, archive.Attr(e, "BaseLoc"))
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	builder := layout.New(r.tally)
	for _, name := range o.pages {
		p := &page{reader: r, outline: o, box: o.box}
		if err := p.read(name, 0); err != nil {
			return nil, err
		}
		r.pages++
		if err := builder.Add(layout.Page{Width: p.box.width, Height: p.box.height, Glyphs: p.glyphs, Rules: p.rules}); err != nil {
			return nil, err
		}
	}
	return builder.Parts()
}

// eachText calls see for every watched element of a part, with its character data.
func (r *reader) eachText(name string, watched map[string]bool, see func(xml.StartElement, string) error) error {
	x, err := r.pkg.XML(name)
	if err != nil {
		return err
	}
	defer x.Close()
	return x.EachStart(func(start xml.StartElement) error {
		if !watched[start.Name.Local] {
			return nil
		}
		text, err := characters(x)
		if err != nil {
			return err
		}
		return see(start, strings.TrimSpace(text))
	})
}

// characters is the character data up to the end of the element.
func characters(x *archive.XML) (string, error) {
	var text strings.Builder
	for depth := 1; depth > 0; {
		token, err := x.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 1 {
				text.Write(token)
			}
		}
	}
	return text.String(), nil
}

// resolve finds the part that a location names, as seen from a folder.
func resolve(folder, location string) string {
	if strings.HasPrefix(location, "/") {
		return strings.TrimPrefix(location, "/")
	}
	return path.Join(folder, location)
}
