package tasktable

import (
	"strings"

	"luoshi/document"
)

// Cell is a cell of a sheet, and where it stands in the document: in code points, or in none for a cell that is
// not there.
type Cell struct {
	Text    string
	At, End int
	own     bool // it begins in this row and column rather than reaching into it
}

// Sheet is a table of a document, as a grid in which a merged cell stands in every row that it covers.
type Sheet struct {
	Caption  string
	Headings []string // of the columns
	Rows     []SheetRow
}

// SheetRow is a row below the headings.
type SheetRow struct {
	Line  int // in the table, from 1: as Excel counts them where the table begins in the first row
	Cells []Cell
}

// headingRows is how many rows are searched for the headings.
const headingRows = 12

// Sheets are the tables of a document that have at least two columns.
func Sheets(d *document.Document) []Sheet {
	points := document.NewOffsets(d.Text)
	var sheets []Sheet
	for _, table := range d.Tables {
		if table.Cols < 2 {
			continue
		}
		sheets = append(sheets, sheetOf(d, table, points))
	}
	return sheets
}

func sheetOf(d *document.Document, t document.Table, points *document.Offsets) Sheet {
	grid := make([][]Cell, t.Rows)
	for i := range grid {
		grid[i] = make([]Cell, t.Cols)
	}
	first, last := 0, 0 // of the rows of headings
	best := 0
	for _, c := range t.Cells {
		cell := Cell{Text: strings.TrimSpace(c.In(d.Text)), At: points.CodePoints(c.Start), End: points.CodePoints(c.End)}
		for row := c.Row; row < min(c.Row+c.RowSpan, t.Rows); row++ {
			for col := c.Col; col < min(c.Col+c.ColSpan, t.Cols); col++ {
				cell.own = row == c.Row && col == c.Col
				grid[row][col] = cell
			}
		}
	}
	for row := range min(headingRows, t.Rows) {
		if known := knownHeadings(grid[row]); known > best {
			best, first = known, row
		}
	}
	last = first
	if best == 0 {
		first, last = 0, max(0, t.HeaderRows-1)
	}
	for _, c := range t.Cells {
		if c.Row == first && c.ColSpan < t.Cols { // a heading beside others that reaches down: there is a second row of them
			last = max(last, min(c.Row+c.RowSpan, t.Rows)-1)
		}
	}
	sheet := Sheet{Caption: strings.TrimSpace(t.Caption.In(d.Text)), Headings: headings(grid, first, last)}
	for row := last + 1; row < t.Rows; row++ {
		sheet.Rows = append(sheet.Rows, SheetRow{Line: row + 1, Cells: grid[row]})
	}
	return sheet
}

// knownHeadings is how many cells of a row are headings that columns.txt knows.
func knownHeadings(row []Cell) int {
	known := 0
	for _, cell := range row {
		if cell.own && headingOf(cell.Text) != Ignored {
			known++
		}
	}
	return known
}

// headings are the names of columns: those of all rows of headings, each once.
func headings(grid [][]Cell, first, last int) []string {
	if len(grid) == 0 {
		return nil
	}
	names := make([]string, len(grid[0]))
	for col := range names {
		var parts []string
		for row := first; row <= last; row++ {
			if text := grid[row][col].Text; text != "" && (len(parts) == 0 || parts[len(parts)-1] != text) {
				parts = append(parts, text)
			}
		}
		names[col] = strings.Join(parts, " ")
	}
	return names
}

// Mapping says what each column of a sheet is.
type Mapping []Column

// Guess is the mapping that the headings of a sheet suggest. A column that others call so too stays with the one
// whose heading says it best.
func Guess(s Sheet) Mapping {
	mapping := make(Mapping, len(s.Headings))
	taken := map[Column]int{}
	for i, heading := range s.Headings {
		column := headingOf(heading)
		if column == Lead && !strings.Contains(heading, "牵头") && mentions(s.Headings, "牵头") {
			column = Cooperating // 牵头单位 leads, 责任单位 beside it takes part
		}
		if other, twice := taken[column]; twice && column != Ignored && !(column == Milestones && dated(heading)) {
			if fit(s.Headings[other], column) >= fit(heading, column) {
				continue
			}
			mapping[other] = Ignored
		}
		mapping[i], taken[column] = column, i
	}
	if _, has := taken[Task]; !has {
		if title, only := taken[Title]; only {
			mapping[title] = Task
		}
	}
	return mapping
}

// dated tells whether a heading names a time: columns of milestones, one for each quarter.
func dated(heading string) bool {
	_, ok := deadline(heading, 1)
	return ok
}

func mentions(headings []string, word string) bool {
	for _, heading := range headings {
		if strings.Contains(heading, word) {
			return true
		}
	}
	return false
}

// headingOf is the column that a heading names.
func headingOf(heading string) Column {
	best, column := 0, Ignored
	for _, entry := range entries() {
		if length := fit(heading, entry.column); length > best {
			best, column = length, entry.column
		}
	}
	return column
}

// longestHeading is how long a cell may be to be a heading, in bytes: what is longer is the task of a row.
const longestHeading = 72

// fit is how well a heading names a column: the length of the longest of its headings that it holds, and more where
// it is nothing else.
func fit(heading string, column Column) int {
	heading = strings.Join(strings.Fields(heading), "")
	if len(heading) > longestHeading {
		return 0
	}
	best := 0
	for _, entry := range entries() {
		if entry.column != column {
			continue
		}
		for _, name := range entry.headings {
			switch {
			case heading == name:
				best = max(best, len(name)+longestHeading)
			case strings.Contains(heading, name):
				best = max(best, len(name))
			}
		}
	}
	return best
}
