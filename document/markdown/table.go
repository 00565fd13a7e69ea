package markdown

import (
	"strings"

	"luoshi/document/part"
)

// startsTable tells a line of cells with a rule |---|:--:| below it.
func (r *reader) startsTable() bool {
	return r.at+1 < len(r.lines) && strings.IndexByte(r.lines[r.at], '|') >= 0 && isTableRule(r.lines[r.at+1])
}

func isTableRule(line string) bool {
	line = strings.TrimSpace(line)
	if strings.IndexByte(line, '|') < 0 || strings.IndexByte(line, '-') < 0 {
		return false
	}
	return strings.Trim(line, "|-: \t") == ""
}

// table reads header, rule and rows up to the first line without a pipe.
func (r *reader) table() {
	t := &part.Table{HeaderRows: 1}
	for row := 0; r.err == nil && r.at < len(r.lines); row, r.at = row+1, r.at+1 {
		line := strings.TrimSpace(r.lines[r.at])
		if strings.IndexByte(line, '|') < 0 {
			break
		}
		if row == 1 {
			continue
		}
		cells := cut(line)
		r.hold(r.tally.Cells(len(cells)))
		t.Rows = append(t.Rows, cells)
	}
	r.add(part.Part{Kind: part.TableKind, Table: t})
}

// cut splits a row at its pipes, except at escaped ones; the outer pipes are left away.
func cut(line string) []part.Cell {
	line = strings.TrimPrefix(line, "|")
	if strings.HasSuffix(line, "|") && !strings.HasSuffix(line, `\|`) {
		line = line[:len(line)-1]
	}
	var cells []part.Cell
	start := 0
	for i := 0; i < len(line); i++ {
		if line[i] == '|' && (i == 0 || line[i-1] != '\\') {
			cells = append(cells, part.Cell{Text: inline(strings.TrimSpace(line[start:i]))})
			start = i + 1
		}
	}
	return append(cells, part.Cell{Text: inline(strings.TrimSpace(line[start:]))})
}
