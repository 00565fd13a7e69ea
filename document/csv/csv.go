// Package csv reads tables of values set apart by commas, tabs or semicolons into parts.
package csv

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"luoshi/document/encoding"
	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
	"luoshi/document/tally"
)

// separators in the order in which they are preferred.
var separators = [...]rune{',', '\t', ';', '，', '|'}

// sampleLines is how many lines decide on the separator.
const sampleLines = 20

// checkEvery is the number of rows between two looks at the context.
const checkEvery = 1024

// Parts reads the file as one table; rows that stand above or below it with a single cell become
// paragraphs. Every error is a *fault.Fault.
func Parts(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error) {
	text, _, err := encoding.Decode(data)
	if err != nil {
		return nil, err
	}
	if strings.IndexByte(text, '\n') < 0 {
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	rows, err := readRows(ctx, text, lim.WithDefaults())
	if err != nil {
		return nil, err
	}
	return partsOf(rows), nil
}

func readRows(ctx context.Context, text string, lim limit.Limits) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = separatorOf(text)
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	var rows [][]string
	cells := 0
	for {
		if len(rows)%checkEvery == 0 && ctx.Err() != nil {
			return nil, tally.Late(ctx.Err(), lim)
		}
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, fault.New(fault.Corrupt, err, "csv", fault.DamageQuotes)
		}
		if cells += len(row); cells > lim.Cells {
			return nil, fault.New(fault.TooLarge, nil, fault.LimitCells, lim.Cells)
		}
		rows = append(rows, row)
	}
}

// separatorOf takes the separator that cuts most of the first lines into equally many cells.
func separatorOf(text string) rune {
	best, bestScore := separators[0], 0
	for _, separator := range separators {
		if score := agreement(text, separator); score > bestScore {
			best, bestScore = separator, score
		}
	}
	return best
}

// agreement counts the lines that have as many separators as the line before, and some at all.
func agreement(text string, separator rune) int {
	score, before, lines := 0, -1, 0
	for line := range strings.Lines(text) {
		if lines++; lines > sampleLines {
			break
		}
		n := strings.Count(unquoted(line), string(separator))
		if n > 0 {
			score++
			if n == before {
				score++
			}
		}
		before = n
	}
	return score
}

// unquoted drops what stands between quotation marks.
func unquoted(line string) string {
	if strings.IndexByte(line, '"') < 0 {
		return line
	}
	var out bytes.Buffer
	for i, piece := range strings.Split(line, `"`) {
		if i%2 == 0 {
			out.WriteString(piece)
		}
	}
	return out.String()
}

// partsOf makes one table of the rows from the first to the last that has two cells; the lines around
// it are its title and its notes.
func partsOf(rows [][]string) []part.Part {
	first, last := -1, -1
	for i, row := range rows {
		if filled(row) > 1 {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return paragraphs(nil, rows)
	}
	parts := paragraphs(nil, rows[:first])
	table := &part.Table{}
	for _, row := range rows[first : last+1] {
		table.Rows = append(table.Rows, cells(row))
	}
	parts = append(parts, part.Part{Kind: part.TableKind, Table: table})
	return paragraphs(parts, rows[last+1:])
}

func filled(row []string) int {
	n := 0
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

func paragraphs(parts []part.Part, rows [][]string) []part.Part {
	for _, row := range rows {
		for _, cell := range row {
			if text := strings.TrimSpace(cell); text != "" {
				parts = append(parts, part.Part{Text: text})
			}
		}
	}
	return parts
}

func cells(row []string) []part.Cell {
	cells := make([]part.Cell, len(row))
	for i, text := range row {
		cells[i].Text = strings.TrimSpace(text)
	}
	return cells
}
