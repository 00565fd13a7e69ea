package xlsx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"luoshi/document/archive"
	"luoshi/document/layout"
)

// The size of the largest sheet there can be.
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
	mostHidden  = 1000 // ranges of hidden columns that are heeded
)

// sheet is the filled cells of a sheet and its merged ranges. Rows and columns count from 0.
type sheet struct {
	rows   []sheetRow // in ascending order
	merges []extent
	hidden []extent // columns not shown, as left to right
	// hiddenRows are the rows not shown.
	hiddenRows []int
	frozen     int // rows above the split that keeps headings in sight; 0 for none
}

// sheetRow is a row that holds something.
type sheetRow struct {
	index int
	cells []sheetCell // in ascending order of columns
}

type sheetCell struct {
	column int
	text   string
}

// extent is a rectangle of cells, its ends included.
type extent struct{ top, left, bottom, right int }

// sheetReader is the state of reading a sheet.
type sheetReader struct {
	*book
	x     *archive.XML
	sheet *sheet
	row   int // the row being read
	skip  bool
	next  int // the column of the next cell that does not say its own
}

// readSheet reads one sheet's part.
func (b *book) readSheet(name string) (*sheet, error) {
	x, err := b.pkg.XML(name)
	if err != nil {
		return nil, err
	}
	defer x.Close()
	r := &sheetReader{book: b, x: x, sheet: &sheet{}, row: -1}
	if err := x.EachStart(r.see); err != nil {
		return nil, err
	}
	r.sheet.closeUp()
	return r.sheet, nil
}

func (r *sheetReader) see(e xml.StartElement) error {
	if err := r.tally.Step(); err != nil {
		return err
	}
	switch e.Name.Local {
	case "pane":
		if archive.Attr(e, "state") == "frozen" {
			r.sheet.frozen = number(archive.Attr(e, "ySplit"), mostRows)
		}
	case "col":
		if on(archive.Attr(e, "hidden")) && len(r.sheet.hidden) < mostHidden {
			left, right := number(archive.Attr(e, "min"), mostColumns), number(archive.Attr(e, "max"), mostColumns)
			r.sheet.hidden = append(r.sheet.hidden, extent{left: left - 1, right: right - 1})
		}
	case "row":
		r.row++
		if index := number(archive.Attr(e, "r"), mostRows); index > 0 {
			r.row = index - 1
		}
		r.next, r.skip = 0, on(archive.Attr(e, "hidden"))
		if r.skip {
			r.sheet.hiddenRows = append(r.sheet.hiddenRows, r.row)
			return r.stored.Cells(1)
		}
	case "c":
		return r.cell(e)
	case "mergeCell":
		if err := r.stored.Cells(1); err != nil {
			return err
		}
		if merged, ok := parseRange(archive.Attr(e, "ref")); ok {
			r.sheet.merges = append(r.sheet.merges, merged)
		}
	}
	return nil
}

// cell reads a cell and keeps it if it shows something.
func (r *sheetReader) cell(e xml.StartElement) error {
	kind, style := archive.Attr(e, "t"), archive.Attr(e, "s")
	column, row := r.next, r.row
	if ref := archive.Attr(e, "r"); ref != "" {
		if c, rr, ok := parseCell(ref); ok {
			column, row = c, rr
		}
	}
	r.next = column + 1
	value, err := r.value(kind)
	if err != nil || value == "" || r.skip || row < 0 || row >= mostRows || column >= mostColumns || r.sheet.hides(column) {
		return err
	}
	text := oneLine(r.shown(kind, style, value))
	if text == "" {
		return nil
	}
	if err := r.stored.Cells(1); err != nil {
		return err
	}
	if kind != "s" { // shared strings have been counted
		if err := r.stored.Text(len(text)); err != nil {
			return err
		}
	}
	r.sheet.put(row, column, text)
	return nil
}

// value is the raw value of the cell up to its end.
func (r *sheetReader) value(kind string) (string, error) {
	var value string
	inValue := false
	for depth := 1; depth > 0; {
		token, err := r.x.Next()
		if errors.Is(err, io.EOF) {
			return value, nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if token.Name.Local == "is" && kind == "inlineStr" {
				if value, err = r.richText(r.x); err != nil {
					return "", err
				}
				continue
			}
			depth++
			inValue = token.Name.Local == "v"
		case xml.EndElement:
			depth--
			inValue = false
		case xml.CharData:
			if inValue {
				value += string(token)
			}
		}
	}
	return value, nil
}

// shown is the value as the sheet displays it.
func (r *sheetReader) shown(kind, style, value string) string {
	switch kind {
	case "s":
		index, err := strconv.Atoi(value)
		if err != nil || index < 0 || index >= len(r.strings) {
			return ""
		}
		return r.strings[index]
	case "b":
		return map[bool]string{true: "TRUE", false: "FALSE"}[on(value)]
	case "inlineStr", "e":
		return value
	case "str":
		return unescape(value)
	case "d":
		return strings.TrimSuffix(value, "T00:00:00")
	}
	return r.formats.show(style, value)
}

// put keeps a cell; rows and cells come in ascending order from every program, and those that do not
// are dropped into the row at hand.
func (s *sheet) put(row, column int, text string) {
	if n := len(s.rows); n == 0 || s.rows[n-1].index < row {
		s.rows = append(s.rows, sheetRow{index: row})
	}
	last := &s.rows[len(s.rows)-1]
	if n := len(last.cells); n > 0 && last.cells[n-1].column >= column {
		return
	}
	last.cells = append(last.cells, sheetCell{column, text})
}

// hides tells whether the column is not shown.
func (s *sheet) hides(column int) bool {
	for _, h := range s.hidden {
		if column >= h.left && column <= h.right {
			return true
		}
	}
	return false
}

// oneLine makes one line of a cell's text.
func oneLine(text string) string {
	if !strings.ContainsAny(text, "\n\r\t\v\f\u0085\u2028\u2029") {
		return strings.TrimSpace(text)
	}
	return layout.JoinLines(strings.FieldsFunc(text, func(c rune) bool {
		return strings.ContainsRune("\n\r\t\v\f\u0085\u2028\u2029", c)
	}))
}

// parseRange reads “A1:C3” or “A1”.
func parseRange(ref string) (extent, bool) {
	from, to, both := strings.Cut(ref, ":")
	left, top, ok := parseCell(from)
	if !ok {
		return extent{}, false
	}
	right, bottom := left, top
	if both {
		if right, bottom, ok = parseCell(to); !ok {
			return extent{}, false
		}
	}
	return extent{min(top, bottom), min(left, right), max(top, bottom), max(left, right)}, true
}

// parseCell reads “AB12” as column and row.
func parseCell(ref string) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 3 && ref[i]|0x20 >= 'a' && ref[i]|0x20 <= 'z'; i++ {
		column = column*26 + int(ref[i]|0x20-'a') + 1
	}
	row = number(ref[i:], mostRows)
	return column - 1, row - 1, column > 0 && column <= mostColumns && row > 0
}

// number reads a count from 1 to most; 0 stands for anything else.
func number(value string, most int) int {
	n, err := strconv.ParseFloat(value, 64)
	if err != nil || !(n >= 1 && n <= float64(most)) {
		return 0
	}
	return int(n)
}
