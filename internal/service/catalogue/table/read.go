package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/internal/service"
)

// What a file may hold at most. An office's table of projects has hundreds of rows.
const (
	MostBytes  = 16 << 20
	mostRows   = 20_000
	mostCells  = 1_000_000
	mostUnzip  = 256 << 20
	mostLength = 32_767
)

// Read finds the table with some fields in an .xlsx or .csv file: the first sheet that has the needed ones. The
// errors are *service.Fault.
func Read(name string, data []byte, fields []Field) (Table, error) {
	if len(data) > MostBytes {
		return Table{}, tooLarge()
	}
	sheets, err := sheetsOf(name, data)
	if err != nil {
		return Table{}, err
	}
	err = faultOf("table.headings", fields[0].Names[0])
	for _, sheet := range sheets {
		found, failed := match(sheet, fields)
		if failed == nil {
			return found, nil
		}
		var fault *service.Fault
		if errors.As(failed, &fault) && fault.Code == "table.empty" {
			err = failed
		}
	}
	return Table{}, err
}

func sheetsOf(name string, data []byte) ([][][]string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return workbookSheets(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) || !strings.HasSuffix(strings.ToLower(name), ".csv"):
		return nil, faultOf("table.format")
	}
	sheet, err := separated(data)
	return [][][]string{sheet}, err
}

// separated is a CSV file in UTF-8 or in GB 18030, parted by commas, semicolons or tabs.
func separated(data []byte) ([][]string, error) {
	text := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(text) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(text)
		if err != nil {
			return nil, damaged(err)
		}
		text = decoded
	}
	first, _, _ := bytes.Cut(text, []byte("\n"))
	reader := csv.NewReader(bytes.NewReader(text))
	reader.FieldsPerRecord, reader.LazyQuotes, reader.ReuseRecord = -1, true, true
	for _, comma := range []string{",", "\t", ";"} {
		if bytes.Count(first, []byte(comma)) > bytes.Count(first, []byte(string(reader.Comma))) {
			reader.Comma = rune(comma[0])
		}
	}
	var grid [][]string
	cells := 0
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return grid, nil
		}
		if err != nil {
			return nil, damaged(err)
		}
		// Blank lines are left out by the reader; the number of a row is that of its line.
		line, _ := reader.FieldPos(0)
		for len(grid) < min(line-1, mostRows+1) {
			grid = append(grid, nil)
		}
		grid = append(grid, tidied(record))
		if cells += len(record); len(grid) > mostRows || cells > mostCells {
			return nil, tooLarge()
		}
	}
}

func workbookSheets(data []byte) ([][][]string, error) {
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		UnzipSizeLimit: mostUnzip, UnzipXMLSizeLimit: mostUnzip, RawCellValue: true,
	})
	if errors.Is(err, excelize.ErrWorkbookFileFormat) {
		return nil, faultOf("table.format")
	}
	if err != nil {
		return nil, damaged(err)
	}
	defer file.Close()
	var sheets [][][]string
	for _, name := range file.GetSheetList() {
		grid, err := sheetOf(file, name)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, grid)
	}
	return sheets, nil
}

func sheetOf(file *excelize.File, name string) ([][]string, error) {
	rows, err := file.Rows(name)
	if err != nil {
		return nil, damaged(err)
	}
	defer rows.Close()
	var grid [][]string
	cells := 0
	for rows.Next() {
		row, err := rows.Columns()
		if err != nil {
			return nil, damaged(err)
		}
		grid = append(grid, tidied(row))
		if cells += len(row); len(grid) > mostRows || cells > mostCells {
			return nil, tooLarge()
		}
	}
	if err := rows.Error(); err != nil {
		return nil, damaged(err)
	}
	if err := Percentages(file, name, grid); err != nil {
		return nil, damaged(err)
	}
	return grid, spread(file, name, grid)
}

// spread gives every cell of a merged one what the whole says.
func spread(file *excelize.File, name string, grid [][]string) error {
	merged, err := file.GetMergeCells(name)
	if err != nil {
		return damaged(err)
	}
	for _, cell := range merged {
		left, top, err := excelize.CellNameToCoordinates(cell.GetStartAxis())
		if err != nil {
			return damaged(err)
		}
		right, bottom, err := excelize.CellNameToCoordinates(cell.GetEndAxis())
		if err != nil {
			return damaged(err)
		}
		if top > len(grid) || left > len(grid[top-1]) {
			continue
		}
		value := grid[top-1][left-1]
		for row := top; row <= min(bottom, len(grid)); row++ {
			for column := left; column <= min(right, len(grid[row-1])+1); column++ {
				if column > len(grid[row-1]) {
					grid[row-1] = append(grid[row-1], "")
				}
				grid[row-1][column-1] = value
			}
		}
	}
	return nil
}

// tidied are the cells of a row without the blanks around what they say.
func tidied(row []string) []string {
	cells := make([]string, len(row))
	for i, cell := range row {
		cells[i] = strings.TrimSpace(strings.ToValidUTF8(cell, "\uFFFD"))
		if len(cells[i]) > mostLength {
			cells[i] = strings.ToValidUTF8(cells[i][:mostLength], "")
		}
	}
	return cells
}

func damaged(cause error) error {
	f := faultOf("table.damaged")
	f.Cause = cause
	return f
}

func tooLarge() error { return faultOf("table.large", fmt.Sprint(mostRows), fmt.Sprint(MostBytes>>20)) }
