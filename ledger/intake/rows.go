package intake

import (
	"luoshi/document"
	"luoshi/ledger"
	"luoshi/reading"
)

// row is a row of a table that sets targets.
type row struct {
	span       document.Span // of the whole row
	section    int32
	quantities []*reading.Quantity
}

// rows are the rows of tables that set targets, in the order of the document.
func (p *proposer) rows() []row {
	var found []row
	type key struct {
		table int32
		row   int
	}
	last := key{-1, -1}
	for i := range p.Quantities {
		q := &p.Quantities[i]
		if q.Table < 0 || q.Kind != reading.Target {
			continue
		}
		table := &p.Document.Tables[q.Table]
		here := key{q.Table, table.Cells[q.Cell].Row}
		if here != last {
			found = append(found, row{span: rowSpan(table, here.row), section: p.sectionAt(q.Span.Start)})
			last = here
		}
		found[len(found)-1].quantities = append(found[len(found)-1].quantities, q)
	}
	return found
}

// rowSpan is from the first cell of a row to its last.
func rowSpan(table *document.Table, n int) document.Span {
	var span document.Span
	for _, cell := range table.Cells {
		if cell.Row != n || cell.Empty() {
			continue
		}
		if span.Empty() {
			span = cell.Span
		}
		span.Start, span.End = min(span.Start, cell.Start), max(span.End, cell.End)
	}
	return span
}

// sectionAt is the section of the block that holds a place; -1 outside any.
func (p *proposer) sectionAt(place int) int32 {
	for _, block := range p.Document.Blocks {
		if block.Start <= place && place < block.End {
			return block.Section
		}
	}
	return -1
}

// rowItem is the item of a row. Its title is what the row is of.
func (p *proposer) rowItem(r row) Item {
	first := r.quantities[0]
	item := Item{
		Source: []ledger.Passage{p.passage(r.span)}, Section: int(r.section) + 1,
		Title: first.Subject, By: first.By, Firm: true,
	}
	for _, q := range r.quantities {
		item.Targets = append(item.Targets, p.target(q, len(item.Targets)+1))
		item.Firm = item.Firm && q.Firm
		if item.By.Before(q.By) {
			item.By = q.By
		}
	}
	item.Kind = kindOf(promise{wording: first.Subject, targets: item.Targets})
	return item
}
