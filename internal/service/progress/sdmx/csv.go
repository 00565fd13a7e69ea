package sdmx

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// byteOrder lets Excel read the file as UTF-8.
const byteOrder = "\ufeff"

// WriteCSV writes the figures as a table: a line per figure, codes followed by what they stand for.
func (s Set) WriteCSV(w io.Writer) error {
	var heading []string
	for _, c := range components {
		heading = append(heading, c.id)
		if c.coded() {
			heading = append(heading, c.id+"_NAME")
		}
	}
	names := map[string]string{}
	for _, c := range components {
		if c.coded() {
			for _, code := range s.codes(c.as) {
				names[c.as+code.ID] = code.Words.ZH
			}
		}
	}
	lines := [][]string{heading}
	for _, line := range s.rows() {
		var cells []string
		for _, c := range components {
			cell, isText := cellOf(line[c.id])
			if isText && !c.coded() {
				cell = harmless(cell)
			}
			cells = append(cells, cell)
			if c.coded() {
				cells = append(cells, harmless(names[c.as+cell]))
			}
		}
		lines = append(lines, cells)
	}
	return table(w, lines)
}

// WriteDictionary writes what the columns of the table mean, and what its codes stand for.
func (s Set) WriteDictionary(w io.Writer) error {
	lines := [][]string{{"column", "code", "representation", "名称", "name", "说明", "description"}}
	for _, c := range components {
		lines = append(lines, []string{c.id, "", c.as, c.words.ZH, c.words.EN, c.meaning.ZH, c.meaning.EN})
		if !c.coded() {
			continue
		}
		for _, code := range s.codes(c.as) {
			lines = append(lines, []string{c.id, code.ID, "", harmless(code.Words.ZH), harmless(code.Words.EN), "", ""})
		}
	}
	return table(w, lines)
}

func cellOf(value any) (cell string, isText bool) {
	switch v := value.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), false
	}
	return "", false
}

// harmless keeps words from being taken for a formula by whoever opens the table in Excel.
func harmless(words string) string {
	if words != "" && strings.ContainsRune("=+-@\t\r", rune(words[0])) {
		return "'" + words
	}
	return words
}

func table(w io.Writer, lines [][]string) error {
	if _, err := io.WriteString(w, byteOrder); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("writing a table: %w", err)
	}
	return nil
}
