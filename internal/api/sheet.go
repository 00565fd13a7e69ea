package api

import (
	"fmt"
	"strings"
)

// sheet reads a data file of the package: a row per line, its cells set apart by “|”. Empty lines and those that
// begin with “#” are passed over. A row of another width is an error of the program.
func sheet(file, text string, width int) [][]string {
	var rows [][]string
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != width {
			panic(fmt.Sprintf("%s:%d: %d cells and not %d", file, number, len(cells), width))
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}
