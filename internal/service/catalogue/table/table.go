// Package table reads the tables that offices keep in Excel: it finds the row of headings wherever it stands and
// whatever the columns are called, carries merged cells down, and leaves out titles, group rows and totals.
package table

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Field is a column that somebody wants to find.
type Field struct {
	Key    string
	Names  []string // what offices call it, the most usual first
	Needed bool     // without it there is no table
}

// ParseFields reads a line per field: its key, “!” behind it where it is needed, a bar, and its names.
func ParseFields(text string) []Field {
	var fields []Field
	for line := range strings.Lines(text) {
		key, names, found := strings.Cut(line, "|")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		key = strings.TrimSpace(key)
		fields = append(fields, Field{
			Key: strings.TrimSuffix(key, "!"), Needed: strings.HasSuffix(key, "!"), Names: strings.Fields(names),
		})
	}
	return fields
}

// Table is the rows below the headings that were found.
type Table struct {
	Headings map[string]string // of the fields that have a column, as the file has them
	Unknown  []string          // headings that are no field's
	Rows     []Row
}

// Row is one row that says something.
type Row struct {
	Number int               // in the sheet, from 1
	Group  string            // the last row above it that only names what follows; empty where there is none
	Cells  map[string]string // by field; what is empty is left out
}

// headRows is how far down the headings may stand.
const headRows = 20

// match finds headings among the rows of a sheet and makes a table of what stands below.
func match(grid [][]string, fields []Field) (Table, error) {
	best, columns := -1, map[int]string(nil)
	for i := range min(headRows, len(grid)) {
		found := recognise(grid[i], fields)
		if len(found) > len(columns) {
			best, columns = i, found
		}
	}
	for _, f := range fields {
		if f.Needed && !slices.Contains(keys(columns), f.Key) {
			return Table{}, faultOf("table.headings", f.Names[0])
		}
	}
	t := Table{Headings: map[string]string{}}
	for c, heading := range grid[best] {
		switch key := columns[c]; {
		case key != "":
			t.Headings[key] = heading
		case heading != "" && !slices.Contains(t.Unknown, heading):
			t.Unknown = append(t.Unknown, heading)
		}
	}
	t.rows(grid, best+1, columns, fields)
	if len(t.Rows) == 0 {
		return Table{}, faultOf("table.empty")
	}
	return t, nil
}

func keys(columns map[int]string) []string {
	var all []string
	for _, key := range columns {
		all = append(all, key)
	}
	return all
}

// recognise tells which columns of a row are headings of which fields. Each field has one column, the first.
func recognise(row []string, fields []Field) map[int]string {
	columns := map[int]string{}
	taken := map[string]bool{}
	for c, heading := range row {
		plain := plainHeading(heading)
		for _, f := range fields {
			if !taken[f.Key] && slices.Contains(f.Names, plain) {
				columns[c], taken[f.Key] = f.Key, true
				break
			}
		}
	}
	return columns
}

// plainHeading is a heading without blanks, notes in brackets and capitals: 总投资 (万元) is 总投资.
func plainHeading(heading string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '(' || r == '[':
			depth++
			return -1
		case r == ')' || r == ']':
			depth--
			return -1
		case depth > 0 || unicode.IsSpace(r) || r == '*':
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(heading))
}

func (t *Table) rows(grid [][]string, from int, columns map[int]string, fields []Field) {
	group := ""
	for i := from; i < len(grid); i++ {
		said := distinct(grid[i])
		cells := map[string]string{}
		for c, key := range columns {
			if c < len(grid[i]) && grid[i][c] != "" {
				cells[key] = grid[i][c]
			}
		}
		switch {
		case len(said) == 0 || isTotal(said):
		case isGroup(grid[i], said, cells, fields):
			group = said[len(said)-1]
		default:
			t.Rows = append(t.Rows, Row{Number: i + 1, Group: group, Cells: cells})
		}
	}
}

// numbered is how a group of rows is numbered: 一、产业项目.
var numbered = regexp.MustCompile(`^[（(]?[一二三四五六七八九十]+[)）、．.]`)

// isGroup tells whether a row only names what follows: all of it, merged or not, says one thing that stands where no
// name stands or is numbered as groups are; or it lacks what every row must say and is no row of figures.
func isGroup(row, said []string, cells map[string]string, fields []Field) bool {
	if len(row) == 1 {
		return false
	}
	if len(said) > 1 {
		return !says(cells, fields) && !isNumber(said[len(said)-1])
	}
	places := 0
	for _, cell := range row {
		if cell != "" {
			places++
		}
	}
	return places > 1 || !says(cells, fields) && !isNumber(said[0]) || numbered.MatchString(said[0])
}

// says tells whether a row has at least one of the fields that are needed.
func says(cells map[string]string, fields []Field) bool {
	return slices.ContainsFunc(fields, func(f Field) bool { return f.Needed && cells[f.Key] != "" })
}

// distinct are the different things that a row says; a merged cell says one thing.
func distinct(row []string) []string {
	var said []string
	for _, cell := range row {
		if cell != "" && !slices.Contains(said, cell) {
			said = append(said, cell)
		}
	}
	return said
}

// totals are what the first cell of a row of sums says.
var totals = []string{"合计", "总计", "小计", "共计", "total"}

func isTotal(said []string) bool {
	first := plainHeading(said[0])
	return slices.ContainsFunc(totals, func(word string) bool { return strings.HasPrefix(first, word) })
}

func isNumber(text string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) && !strings.ContainsRune(",.-", r) }) < 0
}
