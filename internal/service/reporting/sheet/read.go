package sheet

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/service/catalogue/table"
	"luoshi/ledger/reporting"
)

// Read reads a workbook that came back. What keeps it from being read at all is a *service.Fault; cells that cannot
// be read are problems of the result, and then nothing of it is to be kept.
func (t Template) Read(source string, data []byte) (Filled, error) {
	b, err := open(data)
	if err != nil {
		return Filled{}, err
	}
	if err := t.belongs(b); err != nil {
		return Filled{}, err
	}
	r := &reader{Template: t, source: source, typed: map[place]string{}, stamps: map[reporting.Subject]seen{}}
	if err := r.nodeCells(b); err != nil {
		return Filled{}, err
	}
	if err := r.formCells(b); err != nil {
		return Filled{}, err
	}
	return Filled{Rows: r.rows, Problems: r.problems, typed: r.typed, stamps: r.stamps}, nil
}

// book is a workbook that was opened: its cells as they stand, by sheet.
type book struct {
	sheets map[string]grid
	order  []string
}

// grid is the cells of a sheet. Percentages are turned into the numbers that are seen.
type grid [][]string

// at is a cell, counted from 1; empty outside.
func (g grid) at(column, row int) string {
	if row < 1 || row > len(g) || column < 1 || column > len(g[row-1]) {
		return ""
	}
	return g[row-1][column-1]
}

// open reads the cells of a workbook within bounds. The library that does it was not made for files of enemies, so
// that a panic of it counts as a damaged file.
func open(data []byte) (b book, err error) {
	switch {
	case len(data) > MostBytes:
		return book{}, large()
	case !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return book{}, faults().New("sheet.format")
	}
	defer func() {
		if cause := recover(); cause != nil {
			b, err = book{}, damaged(fmt.Errorf("panic: %v", cause))
		}
	}()
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: mostUnzip, UnzipXMLSizeLimit: mostUnzip, RawCellValue: true,
	})
	if err != nil {
		return book{}, damaged(err)
	}
	defer file.Close()
	b = book{sheets: map[string]grid{}, order: file.GetSheetList()}
	if len(b.order) > mostSheets {
		return book{}, large()
	}
	cells := 0
	for _, name := range b.order {
		if b.sheets[name], err = gridOf(file, name, &cells); err != nil {
			return book{}, err
		}
	}
	return b, nil
}

func gridOf(file *excelize.File, sheet string, cells *int) (grid, error) {
	rows, err := file.Rows(sheet)
	if err != nil {
		return nil, damaged(err)
	}
	defer rows.Close()
	var g grid
	for rows.Next() {
		row, err := rows.Columns()
		if err != nil {
			return nil, damaged(err)
		}
		if *cells += len(row); len(g) >= mostRows || *cells > mostCells {
			return nil, large()
		}
		g = append(g, row)
	}
	if err := rows.Error(); err != nil {
		return nil, damaged(err)
	}
	if err := table.Percentages(file, sheet, g); err != nil {
		return nil, damaged(err)
	}
	return g, nil
}

func damaged(cause error) error {
	f := faults().New("sheet.damaged")
	f.Cause = cause
	return f
}

func large() error {
	return faults().New("sheet.large", strconv.Itoa(MostBytes>>20), strconv.Itoa(mostRows), strconv.Itoa(mostCells))
}

// Keys of the hidden column of sheets that are filled.
const (
	subjectKey = "subject"
	nodeKey    = "node"
)

// with are the sheets whose hidden column has a key, whatever they are called by now.
func (b book) with(key string) []grid {
	var all []grid
	for _, name := range b.order {
		if g := b.sheets[name]; g.at(subjectColumn, keysRow) == key {
			all = append(all, g)
		}
	}
	return all
}

// belongs tells whether a workbook is the form of this unit and round.
func (t Template) belongs(b book) error {
	says, filled := map[string]string{}, 0
	for _, name := range b.order {
		g := b.sheets[name]
		if key := g.at(subjectColumn, keysRow); key == subjectKey || key == nodeKey {
			filled++
		}
		for row := 1; g.at(1, 1) == stampKey && row <= len(g); row++ {
			says[g.at(1, row)] = g.at(2, row)
		}
	}
	switch {
	case says[stampKey] == "":
		return faults().New("sheet.foreign")
	case says[stampKey] != edition:
		return faults().New("sheet.edition", says[stampKey], edition)
	case says["unit"] != string(t.Unit):
		return faults().New("sheet.unit", says["name"], t.Name)
	case says["round"] != string(t.Round):
		return faults().New("sheet.round", says["period"], t.in(t.Period.Title()))
	case says["sheets"] != strconv.Itoa(filled):
		return faults().New("sheet.columns")
	}
	return nil
}
