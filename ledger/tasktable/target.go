package tasktable

import (
	"context"
	"regexp"
	"strconv"
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
	if r.text(Target) == "" || r.readBare(cell) {
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

// bareFigure is a figure that says neither what it is of nor its unit: 186.4, 110以上.
var bareFigure = regexp.MustCompile(`^(≥|≤|>|<|=|约)?\s*(-?\d[\d,]*(?:\.\d+)?)\s*(以上|以下|以内|左右)?$`)

// bounds are what is written about a bare figure.
var bounds = map[string]ledger.Comparator{
	"": ledger.Equal, "=": ledger.Equal, "≥": ledger.AtLeast, "以上": ledger.AtLeast, "≤": ledger.AtMost, "以下": ledger.AtMost,
	"以内": ledger.AtMost, ">": ledger.MoreThan, "<": ledger.LessThan, "约": ledger.Approximately, "左右": ledger.Approximately,
}

// readBare reads a cell that is a figure alone: its unit stands in a column of its own, and it is of what the row is.
func (r *reader) readBare(cell Cell) bool {
	m := bareFigure.FindStringSubmatch(cell.Text)
	if m == nil {
		return false
	}
	digits, unit := strings.ReplaceAll(m[2], ",", ""), r.text(MeasureUnit)
	for _, magnitude := range magnitudes {
		if rest, ok := strings.CutPrefix(unit, magnitude.word); ok {
			digits, unit = digits+"e"+strconv.Itoa(magnitude.exp), rest
			break
		}
	}
	value, err := ledger.ParseDecimal(digits)
	if err != nil {
		return false
	}
	target := ledger.Target{
		Number: 1, Subject: r.row.Title, Cmp: bounds[m[1]+m[3]], Value: value, Unit: unit, Measure: ledger.Level, By: r.row.By, Firm: r.row.Firm,
	}
	if match, ok := indicator.Lookup(target.Subject); ok {
		target.Code, target.Scope = match.Indicator.Code, strings.Join(match.Scope, " ")
	}
	if target.Cmp == "" || len(target.Validate()) > 0 {
		return false
	}
	if passage, ok := r.quote(cell, 0, cell.End-cell.At); ok {
		target.Quoted = passage
	}
	r.row.Targets = []ledger.Target{target}
	return true
}

// longestTarget is how long a cell may be that is read for figures, in bytes: what is longer is a report.
const longestTarget = 6000

// readWords takes the figures of a cell in free words for targets. Those words are promised too.
func (r *reader) readWords(cell Cell) {
	r.quote(cell, 0, cell.End-cell.At)
	if len(cell.Text) > longestTarget {
		r.problem(Target, "target.unreadable", shorten(cell.Text), false)
		return
	}
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
