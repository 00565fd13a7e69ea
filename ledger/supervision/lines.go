package supervision

import (
	"fmt"
	"strings"
)

// eachLine calls take for each line of a table that says something, with its fields. Errors name file and line.
func eachLine(file, text string, take func(fields []string) error) error {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if err := take(fields); err != nil {
			return fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	return nil
}
