// Package page writes pages that are one HTML file and need nothing else: documents annotated with
// what was read, checked or matched, where every record leads to its source and back.
package page

import (
	_ "embed"
	"html/template"
	"io"

	"luoshi/internal/present/wording"
	"luoshi/reading"
)

//go:embed words.json
var wordsJSON []byte

// words are what the pages themselves say; the names of fields and values come from wording.Records.
var words = wording.Parse(wordsJSON)

var readPage = newKind("read",
	[]string{"base", "read-desk", "paper", "read-marks", "controls", "read-list", "overlay", "read-media"},
	[]string{"read-state", "elements", "read-table", "speak", "read-reader", "theme", "read-keys", "keyboard", "read-start"},
	words, wording.Records)

// Options says how the page opens.
type Options struct {
	Lang    wording.Lang
	Shows   func(reading.Kind) bool // which kinds are marked and listed; nil shows all
	Clauses bool                    // opens with the table of clauses instead of quantities
}

func (o Options) shows(k reading.Kind) bool { return o.Shows == nil || o.Shows(k) }

// Page is the page of what was read, while documents are added to it.
type Page struct {
	Options
	annotated []*Annotated
}

// New is a page without documents.
func New(opts Options) *Page { return &Page{Options: opts} }

// Add puts a document behind those already added.
func (p *Page) Add(a *Annotated) { p.annotated = append(p.annotated, a) }

// readShell is what read.html is filled with.
type readShell struct {
	shell
	Articles []template.HTML
	Outlines []template.HTML
	Clauses  bool
}

// readData is what the script of the page works on.
type readData struct {
	Lang      wording.Lang      `json:"lang"`
	Tab       string            `json:"tab"`
	Words     wording.Catalogue `json:"words"`
	Documents []*entry          `json:"documents"`
}

// WriteTo writes the page. The same documents give the same bytes.
func (p *Page) WriteTo(w io.Writer) (int64, error) {
	d := readData{Lang: p.Lang, Tab: "quantities", Words: readPage.words, Documents: []*entry{}}
	if p.Clauses {
		d.Tab = "clauses"
	}
	for _, a := range p.annotated {
		d.Documents = append(d.Documents, a.entry)
	}
	common, err := readPage.newShell(p.Lang, p.title(), d)
	if err != nil {
		return 0, err
	}
	common.Outlined = true
	s := readShell{shell: common, Clauses: p.Clauses}
	for i, a := range p.annotated {
		s.Articles = append(s.Articles, article(i, a.body))
		s.Outlines = append(s.Outlines, a.outline(i))
		s.Names = append(s.Names, a.entry.label())
	}
	return readPage.write(w, p.Lang, s)
}

// title is the name of the only document, or of the program where there are several.
func (p *Page) title() string {
	brand := words.Say(p.Lang, "brand")
	if len(p.annotated) != 1 {
		return brand
	}
	return p.annotated[0].entry.label() + " · " + brand
}
