package tasktable

import (
	"context"
	"strings"

	"luoshi/document"
	"luoshi/indicator"
	"luoshi/ledger"
	"luoshi/reading"
)

// readTargets reads the targets of the row: each in the notation of this package, or else the figures that reading
// finds in the words of the cell.
func (r *reader) readTargets() {
	cell := r.cell(r.cells, Target)
	if r.text(Target) == "" {
		return
	}
	own := terms{subject: r.row.Title, by: r.row.By, firm: r.row.Firm}
	var targets []ledger.Target
	for _, part := range split(cell.Text, separator) {
		target, ok := own.parse(part)
		if !ok {
			r.readWords(cell)
			return
		}
		target.Number = len(targets) + 1
		targets = append(targets, target)
	}
	r.row.Targets = targets
}

// readWords takes the figures of a cell in free words for targets. Those words are promised too.
func (r *reader) readWords(cell Cell) {
	r.quote(cell, 0, cell.End-cell.At)
	doc, err := document.Open(context.Background(), "target.txt", []byte(cell.Text), document.Options{})
	if err != nil || doc.Text != cell.Text {
		r.problem(Target, "target.unreadable", shorten(cell.Text), false)
		return
	}
	read := reading.Read(doc, reading.Options{Year: r.Year})
	for i := range read.Quantities {
		r.take(cell, &read.Quantities[i])
	}
	if len(r.row.Targets) == 0 {
		r.problem(Target, "target.unreadable", shorten(cell.Text), false)
	}
}

// take makes a target of a quantity that stands in a cell.
func (r *reader) take(cell Cell, q *reading.Quantity) {
	target := ledger.TargetOf(q, len(r.row.Targets)+1)
	if strings.TrimSpace(target.Subject) == "" {
		target.Subject = r.row.Title
	}
	if match, ok := indicator.Lookup(target.Subject); ok {
		target.Code, target.Scope = match.Indicator.Code, strings.Join(match.Scope, " ")
	}
	if r.row.By != target.By && !r.row.By.IsZero() {
		target.By = r.row.By
	}
	if passage, ok := r.quote(cell, q.At, q.At+len([]rune(q.Surface))); ok {
		target.Quoted = passage
	}
	if len(target.Validate()) > 0 {
		r.problem(Target, "target.wrong", q.Surface, false)
		return
	}
	r.row.Targets = append(r.row.Targets, target)
}
