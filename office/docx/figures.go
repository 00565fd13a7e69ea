package docx

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"

	"luoshi/document/archive"
	"luoshi/document/limit"
)

// Figure is a figure as a file prints it.
type Figure struct {
	Tag  string // see Tag
	Text string
}

// Figures finds the figures of a file that Write has written, in the order of the text, also after an office has saved
// it. Every error is a *fault.Fault.
func Figures(ctx context.Context, data []byte, lim limit.Limits) ([]Figure, error) {
	pkg, err := archive.Open(ctx, data, "Word", lim)
	if err != nil {
		return nil, err
	}
	root, err := pkg.Relations("")
	if err != nil {
		return nil, err
	}
	x, err := pkg.XML(archive.First(root, "officeDocument", "word/document.xml"))
	if err != nil {
		return nil, err
	}
	defer x.Close()
	f := &finder{x: x}
	if err := f.walk(); err != nil {
		return nil, fmt.Errorf("find the figures: %w", err)
	}
	return f.found, nil
}

// finder looks for content controls; open are those that hold what is being read, as indexes of found.
type finder struct {
	x     *archive.XML
	found []Figure
	open  []int
	texts int // elements of text that are open
}

const untagged = -1

func (f *finder) walk() error {
	for {
		token, err := f.x.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			f.start(token)
		case xml.EndElement:
			f.end(token.Name.Local)
		case xml.CharData:
			f.text(string(token))
		}
	}
}

func (f *finder) start(e xml.StartElement) {
	switch e.Name.Local {
	case "sdt":
		f.open = append(f.open, untagged)
	case "tag":
		if last := len(f.open) - 1; last >= 0 && f.open[last] == untagged {
			f.open[last] = len(f.found)
			f.found = append(f.found, Figure{Tag: archive.Attr(e, "val")})
		}
	case "t":
		f.texts++
	}
}

func (f *finder) end(name string) {
	switch name {
	case "sdt":
		if len(f.open) > 0 {
			f.open = f.open[:len(f.open)-1]
		}
	case "t":
		f.texts--
	}
}

func (f *finder) text(s string) {
	if f.texts <= 0 {
		return
	}
	for _, i := range f.open {
		if i != untagged {
			f.found[i].Text += s
		}
	}
}

// TextOf is what a file prints of a figure: all places where it stands, each text once.
func TextOf(figures []Figure, key string) []string {
	var texts []string
	for _, f := range figures {
		if f.Tag == Tag(key) && !slices.Contains(texts, f.Text) {
			texts = append(texts, f.Text)
		}
	}
	return texts
}
