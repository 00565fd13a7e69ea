package workbook

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// mostRows is the number of rows that a sheet can hold.
const mostRows = 1 << 20

// add writes a sheet behind those already there.
func (b *book) add(s Sheet) error {
	name := b.sheetName(s.Name)
	var err error
	if len(b.names) == 1 {
		err = b.file.SetSheetName("Sheet1", name)
	} else {
		_, err = b.file.NewSheet(name)
	}
	if err != nil {
		return err
	}
	if err := b.layOut(name); err != nil {
		return err
	}
	stream, err := b.file.NewStreamWriter(name)
	if err != nil {
		return err
	}
	if err := b.head(stream, s.Columns); err != nil {
		return err
	}
	last, err := b.rows(stream, s)
	if err != nil {
		return err
	}
	return b.finish(stream, name, len(s.Columns), last)
}

// layOut sets how a sheet prints: A4 across, as wide as the page, as long as it needs, with the number of the page.
func (b *book) layOut(name string) error {
	size, orientation, wide, long, fit := 9, "landscape", 1, 0, true
	err := b.file.SetPageLayout(name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &long,
	})
	if err != nil {
		return err
	}
	if err := b.file.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.file.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&C— &P / &N —"})
}

// head writes widths and headings, which stay in sight.
func (b *book) head(stream *excelize.StreamWriter, columns []Column) error {
	headings := make([]any, len(columns))
	for i, c := range columns {
		width := c.Width
		if width == 0 {
			width = 14
		}
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
		headings[i] = excelize.Cell{StyleID: b.styles.heading, Value: fitting(c.Heading)}
	}
	err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
	if err != nil {
		return err
	}
	return stream.SetRow("A1", headings, excelize.RowOpts{Height: 24})
}

func (b *book) rows(stream *excelize.StreamWriter, s Sheet) (last int, err error) {
	last = 1
	for row, err := range s.Rows {
		switch {
		case err != nil:
			return last, err
		case last == mostRows:
			return last, fmt.Errorf("more than %d rows", mostRows)
		case len(row) != len(s.Columns):
			return last, fmt.Errorf("a row of %d cells under %d headings", len(row), len(s.Columns))
		}
		last++
		values := make([]any, len(row))
		for i, c := range row {
			values[i] = b.styles.cell(c, s.Columns[i].Wrap)
		}
		if err := stream.SetRow("A"+strconv.Itoa(last), values); err != nil {
			return last, err
		}
	}
	return last, nil
}

// finish sets the filters and the headings that every printed page repeats.
func (b *book) finish(stream *excelize.StreamWriter, name string, columns, rows int) error {
	if columns > 0 {
		last, err := excelize.CoordinatesToCellName(columns, rows)
		if err != nil {
			return err
		}
		if err := b.file.AutoFilter(name, "A1:"+last, nil); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", RefersTo: "'" + name + "'!$1:$1", Scope: name,
	})
}
