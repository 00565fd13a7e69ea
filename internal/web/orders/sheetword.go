package orders

import (
	"net/http"
	"strings"

	"luoshi/internal/web/page"
	"luoshi/internal/web/wordfile"
	"luoshi/ledger/supervision"
	"luoshi/office/docx"
	"luoshi/office/paper"
)

// sheetWord hands an order out as a Word file. A paper is Chinese, whatever language the reader's pages have.
func (p *Pages) sheetWord(w http.ResponseWriter, r *http.Request) error {
	view, err := p.load(r)
	if err != nil {
		return err
	}
	issuer, err := p.issuer(r, view.Order.Lead)
	if err != nil {
		return err
	}
	if err := p.catalogue.NotePaper(r.Context(), "order.read", r.URL.Path); err != nil {
		return err
	}
	s := sheetView{view, issuer}
	name, o := s.Title, docx.Options{}
	if s.Number == "" {
		o.Mark = chinese.T("orders.word.draft")
	} else {
		name = s.Number + " " + name
	}
	return wordfile.Serve(w, name, s.document(), o)
}

var chinese = page.View{Lang: page.Chinese}

// document is the order as an official document: the office's head, one table, its signature.
func (s sheetView) document() paper.Document {
	v, office := chinese, chinese.T("orders.sheet.office", s.Issuer)
	d := paper.Document{
		Head: paper.Head{Organ: office, Number: s.Number, Letter: true}, Title: s.heading(v),
		Body:      []paper.Block{{Kind: paper.Tabular, Table: s.form(v)}},
		Signature: []string{office}, Date: s.dated(v),
	}
	if s.Urgency != supervision.Normal {
		d.Head.Urgency = v.Wording(s.Urgency.Label())
	}
	return d
}

// form is the table of the sheet: what each row is about, and what it says.
func (s sheetView) form(v page.View) *paper.Table {
	t := &paper.Table{Columns: []paper.Column{{Width: 4}, {Width: 18, Prose: true}}}
	row := func(key, text string) {
		const room = "\n\n" // to write by hand
		if text = strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")); text == "" {
			text = room
		}
		t.Rows = append(t.Rows, []paper.Cell{{Runs: []paper.Run{{Text: v.T(key)}}, Bold: true}, {Runs: []paper.Run{{Text: text}}}})
	}
	row("orders.matter", s.Title)
	row("orders.sources", s.sources(v))
	row("orders.basis", s.Order.Basis)
	row("orders.requirement", s.Order.Requirement)
	row("orders.lead", s.LeadName)
	row("orders.cooperating", s.cooperating(v))
	row("orders.term", s.term(v))
	row("orders.sheet.signed", s.signed(v))
	row("orders.sheet.answer", s.answer())
	if s.Order.Contact != "" {
		t.Notes = []string{v.T("orders.sheet.contact", s.Order.Contact)}
	}
	return t
}

// sources are what the order rests on, each with its wording beneath it.
func (s sheetView) sources(v page.View) string {
	var lines []string
	for _, source := range s.Order.Sources {
		lines = append(lines, strings.Join(strings.Fields(strings.Join([]string{v.Wording(source.Kind.Label()), source.Title, source.By, v.Date(source.On)}, " ")), " "))
		if source.Wording != "" {
			lines = append(lines, source.Wording)
		}
	}
	return strings.Join(lines, "\n")
}

// term is until when the order is to be answered, and how often it is reported on before.
func (s sheetView) term(v page.View) string {
	term := v.T("orders.by", due(v, s.Summary))
	if s.Due.IsZero() || s.Issued.IsZero() {
		term = termText(v, s.Order)
	}
	if s.Order.Interim > 0 {
		term += "\n" + v.T("orders.interim.every", s.Order.Interim)
	}
	return term
}

// answer is the last reply that was to be the final one.
func (s sheetView) answer() string {
	for i := len(s.Replies) - 1; i >= 0; i-- {
		if s.Replies[i].Final {
			return s.Replies[i].Text
		}
	}
	return ""
}
