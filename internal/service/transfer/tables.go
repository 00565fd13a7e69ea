package transfer

import (
	_ "embed"
	"strings"

	"luoshi/ledger"
)

//go:embed tables.txt
var tablesText string

// how records of a kind are found.
type how string

const (
	itself  how = "plan"
	ofPlan  how = "of-plan"
	named   how = "named"
	derived how = "derived"
)

// kind is a kind of records that makes a plan.
type kind struct {
	name   string
	how    how
	words  ledger.Wording
	tables []table
}

// table holds rows of records of a kind.
type table struct {
	name, owner string
	ignored     map[string]bool // columns that are not compared
	files       []string        // columns with digests of files that go along
}

// root is the table with the records themselves; for what stands beside documents, its first.
func (k kind) root() int {
	for i, t := range k.tables {
		if t.owner == "id" {
			return i
		}
	}
	return 0
}

// kinds make a plan; staying tells of tables that stay at their server.
var kinds, staying = parseTables(tablesText)

func parseTables(text string) (found []kind, stay []string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "", strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "- "):
			name, _, _ := strings.Cut(line[2:], "|")
			stay = append(stay, strings.TrimSpace(name))
		case strings.HasPrefix(line, "["):
			f := fields(strings.Trim(line, "[]"))
			found = append(found, kind{name: f[0], how: how(f[1]), words: ledger.Wording{ZH: f[2], EN: f[3]}})
		default:
			f := fields(line)
			t := table{name: f[0], owner: f[1], ignored: map[string]bool{}}
			for _, column := range strings.Fields(f[2]) {
				t.ignored[column] = true
			}
			if len(f) > 3 {
				t.files = strings.Fields(f[3])
			}
			last := &found[len(found)-1]
			last.tables = append(last.tables, t)
		}
	}
	return found, stay
}

func fields(line string) []string {
	parts := strings.Split(line, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// stays tells whether a table stays at its server.
func stays(name string) bool {
	for _, pattern := range staying {
		if beginning, any := strings.CutSuffix(pattern, "*"); name == pattern || any && strings.HasPrefix(name, beginning) {
			return true
		}
	}
	return false
}
