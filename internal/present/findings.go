package present

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"luoshi/checking"
	"luoshi/internal/present/columns"
	"luoshi/internal/present/page"
	"luoshi/internal/present/source"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// Checked is documents with what checking found in them and between them.
type Checked struct {
	Documents []CheckedDocument
	Between   []checking.Finding // a place's Doc is an index into Documents
	Relations int                // compared between documents, whether they hold or not
	Rules     []checking.Rule
}

// CheckedDocument is one document with what was found in it.
type CheckedDocument struct {
	Reading   *reading.Reading
	Findings  []checking.Finding
	Relations int // compared within the document, whether they hold or not
}

// Add puts a document behind those already there. The findings are all that checking makes, with those
// that hold: they count, but stay only if kept.
func (c *Checked) Add(r *reading.Reading, found []checking.Finding, keepOK bool) {
	number := len(c.Documents)
	found = placed(found, func(int) int { return number })
	c.Documents = append(c.Documents, CheckedDocument{r, shown(found, keepOK), len(found)})
}

// AddBetween puts in what was found between the documents with these numbers.
func (c *Checked) AddBetween(a, b int, found []checking.Finding, keepOK bool) {
	found = placed(found, func(doc int) int { return [2]int{a, b}[doc] })
	c.Between = append(c.Between, shown(found, keepOK)...)
	c.Relations += len(found)
}

// placed is the findings with the documents of their places numbered anew.
func placed(found []checking.Finding, number func(doc int) int) []checking.Finding {
	found = slices.Clone(found)
	for i := range found {
		found[i].Places = slices.Clone(found[i].Places)
		for n := range found[i].Places {
			found[i].Places[n].Doc = number(found[i].Places[n].Doc)
		}
	}
	return found
}

func shown(found []checking.Finding, keepOK bool) []checking.Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f checking.Finding) bool {
		return f.Severity == checking.OK && !keepOK
	})
}

// All is every finding in the order in which they are written: by document, then those between.
func (c *Checked) All() []checking.Finding {
	var all []checking.Finding
	for _, d := range c.Documents {
		all = append(all, d.Findings...)
	}
	return append(all, c.Between...)
}

// Compared is the number of relations that were compared.
func (c *Checked) Compared() int {
	n := c.Relations
	for _, d := range c.Documents {
		n += d.Relations
	}
	return n
}

// WriteFindings writes what checking found.
func WriteFindings(w io.Writer, c *Checked, look Look) error { return write(w, c, look) }

// name is what the records call a document.
func (c *Checked) name(doc int) string { return c.Documents[doc].Reading.Document.Name }

// rule is the title of a rule for people, or its name where it is not known.
func (c *Checked) rule(name string, lang wording.Lang) string {
	for i := range c.Rules {
		if c.Rules[i].Name == name {
			return in(c.Rules[i].Title, lang)
		}
	}
	return name
}

// placeRecord is a passage in the record of a finding.
type placeRecord struct {
	Doc     string `json:"doc"`
	At      int    `json:"at"` // code points
	Surface string `json:"surface"`
}

// findingRecord has the fields of the record format in its order.
type findingRecord struct {
	Doc         string            `json:"doc"`
	Rule        string            `json:"rule"`
	Severity    checking.Severity `json:"severity"`
	Verdict     string            `json:"verdict,omitempty"`
	Message     string            `json:"message"`
	Quantities  []placeRecord     `json:"quantities"`
	Computation string            `json:"computation"`
	Suggestion  string            `json:"suggestion"`
}

func (c *Checked) records(lang wording.Lang) []any {
	var records []any
	for i, d := range c.Documents {
		for _, f := range d.Findings {
			records = append(records, c.record(&f, i, lang))
		}
	}
	for _, f := range c.Between {
		records = append(records, c.record(&f, f.Places[0].Doc, lang))
	}
	return records
}

// record is a finding that was made in the document with this number.
func (c *Checked) record(f *checking.Finding, doc int, lang wording.Lang) findingRecord {
	record := findingRecord{
		Doc: c.name(doc), Rule: f.Rule, Severity: f.Severity, Verdict: f.Verdict, Message: in(f.Message, lang),
		Quantities: []placeRecord{}, Computation: f.Computation, Suggestion: in(f.Suggestion, lang),
	}
	for _, p := range f.Places {
		record.Quantities = append(record.Quantities, placeRecord{c.name(p.Doc), p.At, p.Surface})
	}
	return record
}

func (c *Checked) page(lang wording.Lang) io.WriterTo {
	p := &page.Check{Lang: lang, Findings: c.All(), Rules: c.Rules}
	for _, d := range c.Documents {
		p.Documents = append(p.Documents, page.Checked{Reading: d.Reading, Relations: d.Relations})
	}
	return p
}

// writeTable writes a listing for each document, and one for each pair of documents that differ.
func (c *Checked) writeTable(w io.Writer, look Look) error {
	var text bytes.Buffer
	p := newPalette(look.Colour)
	for i, d := range c.Documents {
		if i > 0 {
			text.WriteByte('\n')
		}
		headDocument(&text, d.Reading.Document, p, look.Width)
		if len(d.Findings) == 0 {
			text.WriteString(say(look.Lang, "clean", d.Relations) + "\n")
			continue
		}
		c.list(&text, d.Findings, p, look)
	}
	for rest := c.Between; len(rest) > 0; {
		pair := documentsOf(&rest[0])
		n := 1
		for n < len(rest) && slices.Equal(documentsOf(&rest[n]), pair) {
			n++
		}
		names := make([]string, len(pair))
		for i, doc := range pair {
			names[i] = columns.Plain(c.name(doc))
		}
		text.WriteString("\n" + p.name.paint(strings.Join(names, " ↔ ")) + "\n")
		c.list(&text, rest[:n], p, look)
		rest = rest[n:]
	}
	_, err := w.Write(text.Bytes())
	return err
}

// documentsOf lists the documents of a finding, each once.
func documentsOf(f *checking.Finding) []int {
	var documents []int
	for _, p := range f.Places {
		documents = append(documents, p.Doc)
	}
	slices.Sort(documents)
	return slices.Compact(documents)
}

// list writes findings as rows, each with its computation and its suggestion below.
func (c *Checked) list(text *bytes.Buffer, found []checking.Finding, p palette, look Look) {
	heading := func(key string) string { return say(look.Lang, "field."+key) }
	l := listing{columns: []listingColumn{
		{heading: heading("severity"), painted: true},
		{heading: heading("at"), right: true},
		{heading: heading("rule"), least: 8},
		{heading: heading("message"), least: 24, wraps: true},
	}}
	for _, f := range found {
		grade := say(look.Lang, "severity."+f.Severity.String())
		if f.Verdict != "" {
			grade += "·" + say(look.Lang, "verdict."+f.Verdict)
		}
		row := listingRow{
			words: []string{grade, firstAt(&f).code(), c.rule(f.Rule, look.Lang), in(f.Message, look.Lang)},
			paint: p.severities[f.Severity],
		}
		if f.Computation != "" {
			row.below = append(row.below, f.Computation)
		}
		if s := in(f.Suggestion, look.Lang); s != "" {
			row.below = append(row.below, say(look.Lang, "suggests", s))
		}
		l.rows = append(l.rows, row)
	}
	l.write(text, p, look.Width)
}

// firstAt is the offset of the first place of a finding, empty where it has none.
func firstAt(f *checking.Finding) cell {
	if len(f.Places) == 0 {
		return cell{}
	}
	return wholeCell(f.Places[0].At)
}

// sentences are the passages that a finding speaks of, each once.
func (c *Checked) sentences(f *checking.Finding) []string {
	var list []string
	for i := range f.Places {
		r := c.Documents[f.Places[i].Doc].Reading
		if s := source.Around(r, &f.Places[i]).In(r.Document.Text); !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
