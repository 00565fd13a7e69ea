package workbook

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"time"
)

// byteOrder lets Excel read a table as UTF-8.
const byteOrder = "\ufeff"

// ServeCSV answers a request with a sheet as a file of comma-separated values, whose name is given without its ending.
// Figures have all their digits, and words are never taken for a formula. Where a row cannot be had the error comes back
// before anything was answered.
func ServeCSV(w http.ResponseWriter, name string, s Sheet) error {
	var file bytes.Buffer
	file.WriteString(byteOrder)
	lines := csv.NewWriter(&file)
	lines.UseCRLF = true
	line := make([]string, 0, len(s.Columns))
	for _, c := range s.Columns {
		line = append(line, harmless(c.Heading))
	}
	for row, err := range s.Rows {
		if err != nil {
			return err
		}
		if err := lines.Write(line); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
		line = line[:0]
		for _, c := range row {
			line = append(line, c.plain())
		}
	}
	if err := lines.WriteAll([][]string{line}); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name + ".csv"}))
	if _, err := w.Write(file.Bytes()); err != nil {
		return fmt.Errorf("sending %s: %w", name, err)
	}
	return nil
}

// plain is a cell as a file without styles has it.
func (c Cell) plain() string {
	switch c.form {
	case date:
		return c.at.Format(time.DateOnly)
	case moment:
		return c.at.Format(time.DateTime)
	case words:
		return harmless(c.text)
	}
	return c.text
}

// harmless keeps words from being taken for a formula by whoever opens the table in Excel.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
