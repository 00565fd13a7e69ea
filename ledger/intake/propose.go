package intake

import (
	"strconv"
	"strings"

	"luoshi/document"
	"luoshi/indicator"
	"luoshi/ledger"
	"luoshi/reading"
)

// Propose makes a proposal of what was read: an item for each clause that promises, with the figures
// that it promises as targets, and one for each row of a table that sets targets.
func Propose(r *reading.Reading) Proposal {
	p := proposer{Reading: r, digest: ledger.Digest(r.Document.Digest), offsets: document.NewOffsets(r.Document.Text)}
	meta := r.Document.Meta
	proposal := Proposal{
		Source:  ledger.Source{Document: p.digest, Name: r.Document.Name, Title: meta.Title.Value},
		Year:    meta.PlanYear,
		Outline: Outline(r.Document),
	}
	if err := proposal.Source.Date.UnmarshalText([]byte(meta.Date.Value)); err != nil {
		proposal.Source.Date = ledger.Source{}.Date // what the document calls its date is none
	}
	clause := 0
	for _, row := range p.rows() {
		for ; clause < len(r.Clauses) && r.Clauses[clause].Span.Start < row.span.Start; clause++ {
			proposal.Items = p.appendClause(proposal.Items, clause)
		}
		proposal.Items = append(proposal.Items, p.rowItem(row))
	}
	for ; clause < len(r.Clauses); clause++ {
		proposal.Items = p.appendClause(proposal.Items, clause)
	}
	for i := range proposal.Items {
		proposal.Items[i].ID = ItemID("p" + strconv.Itoa(i+1))
		proposal.Items[i].Status = Pending
	}
	return proposal
}

// Outline is a document's outline as a plan keeps it.
func Outline(d *document.Document) []ledger.Section {
	sections := make([]ledger.Section, len(d.Outline))
	for i, s := range d.Outline {
		sections[i] = ledger.Section{
			Number: i + 1, Parent: int(s.Parent) + 1, Level: int(s.Level),
			Marker: s.Marker.In(d.Text), Title: s.Title.In(d.Text),
		}
	}
	return sections
}

// proposer is a reading on its way to being a proposal.
type proposer struct {
	*reading.Reading
	digest  ledger.Digest
	offsets *document.Offsets
}

// passage quotes a span of the document.
func (p *proposer) passage(span document.Span) ledger.Passage {
	begin := p.offsets.CodePoints(span.Start)
	words := span.In(p.Document.Text)
	passage, err := ledger.RestorePassage(p.digest, begin, begin+len([]rune(words)), words)
	if err != nil {
		return ledger.Passage{} // a document that was not opened from a file has no digest to quote
	}
	return passage
}

// appendClause adds the item of a clause, if it promises.
func (p *proposer) appendClause(items []Item, n int) []Item {
	c := &p.Clauses[n]
	if c.Kind != reading.Target {
		return items
	}
	item := Item{
		Source: []ledger.Passage{p.passage(c.Span)}, Section: int(c.Section) + 1,
		Title: shorten(strings.TrimSpace(c.Text)), By: c.By, Firm: c.Firm, Owner: c.Owner,
	}
	for i := c.Quantities[0]; i < c.Quantities[1]; i++ {
		if q := &p.Quantities[i]; q.Kind == reading.Target {
			item.Targets = append(item.Targets, p.target(q, len(item.Targets)+1))
		}
	}
	item.Targets = append(item.Targets, p.wordedTargets(c, len(item.Targets))...)
	item.Kind = kindOf(promise{wording: c.Text, livelihood: p.amongLivelihood(c), targets: item.Targets})
	return append(items, item)
}

// target is a quantity as a target, with the indicator and the scope that its subject names.
func (p *proposer) target(q *reading.Quantity, number int) ledger.Target {
	t := ledger.TargetOf(q, number)
	t.Quoted = p.passage(q.Span)
	if match, ok := indicator.Lookup(q.Subject); ok {
		t.Code, t.Scope = match.Indicator.Code, strings.Join(match.Scope, " ")
	}
	return t
}

// amongLivelihood tells whether a clause stands under a heading of livelihood items, or behind the
// sentence of its own paragraph that announces them.
func (p *proposer) amongLivelihood(c *reading.Clause) bool {
	for n := c.Section; n >= 0; n = p.Document.Outline[n].Parent {
		if listedItems(p.Document.Outline[n].Title.In(p.Document.Text)) {
			return true
		}
	}
	start := 1 + strings.LastIndexByte(p.Document.Text[:c.Span.Start], '\n')
	return listedItems(p.Document.Text[start:c.Span.End])
}
