// Package sheet lets units fill their forms in Excel. A Template goes out as a workbook in which only what is asked for
// can be filled; it comes back with what was filled, or with every cell named that cannot be read, and then goes out once
// more with those cells marked. Tables of other make come in by Free, whose columns are found by their headings.
//
// What comes back is never trusted: it is bounded, its cells are values and no formulas, and the marked workbook is made
// anew from the template and the words that were typed, so that nothing else of the file is ever passed on.
package sheet

import (
	"slices"

	"luoshi/calendar"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// MediaType is that of the workbooks.
const MediaType = workbook.MediaType

// What a filled form may hold at most. A unit's form has tens of rows.
const (
	MostBytes  = 8 << 20
	mostUnzip  = 48 << 20
	mostRows   = 5_000
	mostCells  = 100_000
	mostSheets = 20
	mostLength = 4_000 // of the words in a cell, in characters
)

// edition is the layout of the workbooks; one of another layout is not read.
const edition = "luoshi-form-1"

// Template is all that a unit's workbook of a round shows.
type Template struct {
	Lang   string // "zh" or "en"
	Plan   string // its title
	Round  reporting.RoundID
	Period reporting.Period
	Due    calendar.Date
	Unit   ledger.UnitID
	Name   string // of the unit
	Rows   []Row
	Units  []Unit // whom a unit can ask to solve a problem
}

// Unit is a unit by its name.
type Unit struct {
	ID   ledger.UnitID
	Name string
}

// Field is one figure or word that a row asks for, or one of the columns beside them of columns.txt.
type Field = reporting.Field

// Row is one row of a template: what is asked, and what is known of it.
type Row struct {
	reporting.Row
	Target string         // as worded
	Last   ledger.Decimal // the cumulative figure of the round before
	Basis  reporting.Basis
	Fixed  bool // figures are always of Basis; otherwise it is only preset where nothing was said yet
	Now    reporting.Observation
	// Offered is what the form comes filled with where nothing was said yet. Who sends it back as it is has said it.
	Offered  reporting.Observation
	Revision int64 // of Now
}

// Filled is what came back in a workbook.
type Filled struct {
	Rows     []Said    // those that were touched, in the order of the template
	Problems []Problem // what cannot be read; nothing is to be kept where there is any
	typed    map[place]string
	stamps   map[reporting.Subject]seen
}

// Said is a row that was touched, and the revision that whoever filled it had seen.
type Said struct {
	Observation reporting.Observation
	Seen        int64
}

// place is a cell by what it is about.
type place struct {
	subject reporting.Subject
	field   Field
	node    int // its number, where the cell is of a node
}

// part is a sheet of the form: rows of like kinds, so that it has few columns and can be printed.
type part struct {
	name string // in words.txt
	rows []Row
}

// parts are the sheets of the form that have rows; the first where there is none.
func (t Template) parts() []part {
	all := []part{{name: "sheet.figures"}, {name: "sheet.tasks"}, {name: "sheet.projects"}}
	for _, r := range t.Rows {
		at := 0
		switch r.Subject.Kind {
		case reporting.OfTask:
			at = 1
		case reporting.OfProject:
			at = 2
		}
		all[at].rows = append(all[at].rows, r)
	}
	if len(t.Rows) == 0 {
		return all[:1]
	}
	return slices.DeleteFunc(all, func(p part) bool { return len(p.rows) == 0 })
}

// row is the row of a subject.
func (t Template) row(s reporting.Subject) (Row, bool) {
	for _, r := range t.Rows {
		if r.Subject == s {
			return r, true
		}
	}
	return Row{}, false
}
