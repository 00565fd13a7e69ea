// Package layout sets an official document on pages as GB/T 9704-2012 has them: A4, 22 lines of 28 characters, a red head
// with its rule, headings in their kinds of type, tables with repeated headers, wide ones on turned pages, the number at
// the outer side of each page, and the foot (版记) at the end of the last one. What comes out are pieces of text and lines
// at places in millimetres; formats with pages write them down as they stand.
package layout

import (
	_ "embed" // rules of lines
	"fmt"
	"strings"

	"luoshi/office/font"
	"luoshi/office/paper"
	"luoshi/office/shape"
)

// Printed is a document on its pages.
type Printed struct {
	Pages    []Page
	Headings []Heading
}

// Page is a page. Its paths lie beneath its texts.
type Page struct {
	Width, Height float64
	Paths         []shape.Path
	Texts         []Text
}

// Text is a piece of text of one kind on one line.
type Text struct {
	At     shape.Point // where its foot begins
	Text   string
	Steps  []float64 // from each character to the next; of the last one, to its own end
	Style  Style
	Figure string // key of the figure that it prints; empty for words
	Turned bool   // it runs down the page, as the number of a turned page does
}

// Style is how a text is printed.
type Style struct {
	Face font.Face
	Bold bool
	Size float64 // of a full-width character
	Ink  shape.Ink

	tracking float64 // added to every character
}

// Heading is where a heading stands.
type Heading struct {
	Level int
	Text  string
	Page  int     // counted from 0
	Top   float64 // of its line
}

// Metrics tell how wide a character is, in parts of the size.
type Metrics interface {
	Advance(face font.Face, bold bool, r rune) float64
}

// Options are what the layout needs to know besides the document.
type Options struct {
	// Metrics are the widths of the type. Without them Latin letters and digits are taken to be half as wide as Chinese
	// characters, as they are in the type that the standard names.
	Metrics Metrics
	Mark    string // at the head of every page: 送审稿; empty for a final version
}

// Set sets a document.
func Set(d paper.Document, o Options) (*Printed, error) {
	if err := d.Check(); err != nil {
		return nil, fmt.Errorf("set the document: %w", err)
	}
	s := &setter{metrics: o.Metrics}
	if s.metrics == nil {
		s.metrics = even{}
	}
	s.newPage(false)
	s.head(d.Head)
	s.title(d)
	if err := s.body(d.Body, signing(d)); err != nil {
		return nil, fmt.Errorf("set the document: %w", err)
	}
	s.annexes(d.AnnexLines())
	s.signature(d.Signature, d.Date)
	s.foot(d.Foot)
	s.mark(o.Mark)
	s.numbers()
	return &Printed{Pages: s.pages, Headings: s.headings}, nil
}

// even are the metrics of type whose Latin letters are half a character wide.
type even struct{}

func (even) Advance(_ font.Face, _ bool, r rune) float64 {
	const lastOfLatin = 0x24f
	if r <= lastOfLatin && !ambiguous(r) {
		return .5
	}
	return 1
}

//go:embed kinsoku.txt
var kinsokuFile string

// mayNot are the characters that may not begin a line, and those that may not end one.
var mayNot = readKinsoku(kinsokuFile)

func readKinsoku(file string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(file) {
		if key, characters, found := strings.Cut(strings.TrimSpace(line), " | "); found && !strings.HasPrefix(line, "#") {
			all[key] = characters
		}
	}
	return all
}
