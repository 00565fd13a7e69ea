package paper

import "strings"

// String is a cell's text.
func (c Cell) String() string { return text(c.Runs) }

// String is a block's text; empty for tables and charts.
func (b Block) String() string { return text(b.Runs) }

func text(runs []Run) string {
	var s strings.Builder
	for _, r := range runs {
		s.WriteString(r.Text)
	}
	return s.String()
}
