package public

import (
	_ "embed" // what columns mean
	"strconv"
	"strings"
)

//go:embed dictionary.txt
var dictionaryLines string

// dictionary is what the columns of the tables mean, as a table.
func dictionary() [][]string {
	lines := [][]string{{"file", "column", "说明", "description"}}
	for line := range strings.Lines(dictionaryLines) {
		name, words, ok := strings.Cut(line, "|")
		file, column, dotted := strings.Cut(strings.TrimSpace(name), ".")
		zh, en, both := strings.Cut(words, "|")
		if ok && dotted && both && !strings.HasPrefix(line, "#") {
			lines = append(lines, []string{file + ".csv", column, strings.TrimSpace(zh), strings.TrimSpace(en)})
		}
	}
	return lines
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
