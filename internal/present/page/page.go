// Package page writes the annotated page: one HTML file that needs nothing else, with the documents,
// every quantity and clause marked where it stands, a table that leads to the source and back, and
// the outline.
package page

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"

	"luoshi/internal/present/wording"
	"luoshi/reading"
)

//go:embed page.css
var styleSheet string

//go:embed page.js
var script string

//go:embed page.html
var shellHTML string

//go:embed words.json
var wordsJSON []byte

// words are what the page itself says; the names of fields and values come from wording.Records.
var words = wording.Parse(wordsJSON)

// Options says how the page opens.
type Options struct {
	Lang    wording.Lang
	Shows   func(reading.Kind) bool // which kinds are marked and listed; nil shows all
	Clauses bool                    // opens with the table of clauses instead of quantities
}

func (o Options) shows(k reading.Kind) bool { return o.Shows == nil || o.Shows(k) }

// Page is the page while documents are added to it.
type Page struct {
	Options
	annotated []*Annotated
}

// New is a page without documents.
func New(opts Options) *Page { return &Page{Options: opts} }

// Add puts a document behind those already added.
func (p *Page) Add(a *Annotated) { p.annotated = append(p.annotated, a) }

// shell is what page.html is filled with.
type shell struct {
	Lang     wording.Lang
	HTMLLang string
	Title    string
	Policy   string
	Style    template.CSS
	Script   template.JS
	Data     template.JS
	Articles []template.HTML
	Outlines []template.HTML
	Names    []string
	Clauses  bool
}

// data is what page.js works on.
type data struct {
	Lang      wording.Lang      `json:"lang"`
	Tab       string            `json:"tab"`
	Words     wording.Catalogue `json:"words"`
	Documents []*entry          `json:"documents"`
}

// WriteTo writes the page. The same documents give the same bytes.
func (p *Page) WriteTo(w io.Writer) (int64, error) {
	d := data{Lang: p.Lang, Tab: "quantities", Words: merged(words, wording.Records), Documents: []*entry{}}
	if p.Clauses {
		d.Tab = "clauses"
	}
	s := shell{
		Lang: p.Lang, HTMLLang: htmlLang[p.Lang], Title: p.title(), Policy: policy(), Clauses: p.Clauses,
		Style: template.CSS(styleSheet), Script: template.JS(script),
	}
	for i, a := range p.annotated {
		d.Documents = append(d.Documents, a.entry)
		s.Articles = append(s.Articles, a.article(i))
		s.Outlines = append(s.Outlines, a.outline(i))
		s.Names = append(s.Names, a.entry.label())
	}
	encoded, err := json.Marshal(d) // escapes <, > and &, so that no text can end the script element
	if err != nil {
		return 0, fmt.Errorf("encode records of page: %w", err)
	}
	s.Data = template.JS(encoded)
	var page bytes.Buffer
	if err := p.template().Execute(&page, s); err != nil {
		return 0, fmt.Errorf("fill page: %w", err)
	}
	n, err := page.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("write page: %w", err)
	}
	return n, nil
}

var htmlLang = map[wording.Lang]string{wording.Chinese: "zh-CN", wording.English: "en"}

// title is the name of the only document, or of the program where there are several.
func (p *Page) title() string {
	brand := words.Say(p.Lang, "brand")
	if len(p.annotated) != 1 {
		return brand
	}
	return p.annotated[0].entry.label() + " · " + brand
}

func (p *Page) template() *template.Template {
	say := func(key string) string { return words.Say(p.Lang, key) }
	return template.Must(template.New("page").Funcs(template.FuncMap{"say": say}).Parse(shellHTML))
}

// policy lets the page run its own style and script, known by their digests, and nothing else.
func policy() string {
	return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '" +
		digest(styleSheet) + "'; script-src '" + digest(script) + "'"
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// merged is one catalogue with the messages of both.
func merged(a, b wording.Catalogue) wording.Catalogue {
	both := wording.Catalogue{}
	for _, lang := range wording.Langs {
		both[lang] = map[string]string{}
		for _, c := range []wording.Catalogue{a, b} {
			for key, message := range c[lang] {
				both[lang][key] = message
			}
		}
	}
	return both
}
