package bulletin

import (
	_ "embed"
	"strings"

	"luoshi/ledger"
)

//go:embed sections.txt
var sectionLines string

//go:embed sentences.txt
var sentenceLines string

//go:embed tables.txt
var tableLines string

//go:embed figures.txt
var figureLines string

// template is a sentence that is generated where its conditions hold.
type template struct {
	section Kind
	when    []string // figures that must not be 0
	unless  []string // figures that must be 0
	text    string
}

var (
	sections  = dictionary(sectionLines)
	figures   = dictionary(figureLines)
	tables    = dictionary(tableLines)
	templates = parseTemplates(sentenceLines)
	columns   = parseColumns(tableLines)
)

// lines are the fields of a file's lines, set apart by “|”.
func lines(text string) [][]string {
	var all [][]string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "|")
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		all = append(all, fields)
	}
	return all
}

func dictionary(text string) map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for _, fields := range lines(text) {
		w := ledger.Wording{ZH: strings.TrimPrefix(fields[1], "#")}
		if len(fields) > 2 {
			w.EN = fields[2]
		}
		all[fields[0]] = w
	}
	return all
}

func parseTemplates(text string) []template {
	var all []template
	for _, fields := range lines(text) {
		t := template{section: Kind(fields[0]), text: fields[2]}
		for _, name := range strings.Fields(fields[1]) {
			if without, negated := strings.CutPrefix(name, "!"); negated {
				t.unless = append(t.unless, without)
			} else {
				t.when = append(t.when, name)
			}
		}
		all = append(all, t)
	}
	return all
}

// parseColumns are the columns of the tables, by table and in their order.
func parseColumns(text string) map[string][]Column {
	all := map[string][]Column{}
	for _, fields := range lines(text) {
		table, column, is := strings.Cut(fields[0], ".")
		if !is {
			continue
		}
		title, number := strings.CutPrefix(fields[1], "#")
		all[table] = append(all[table], Column{Name: column, Title: title, Number: number})
	}
	return all
}

// Label is what pages call the section.
func (k Kind) Label() ledger.Wording { return sections[string(k)] }

// Labels are what pages call a figure by its key: the column of its table, or what the sentence counts.
func labelOf(key string) ledger.Wording {
	if table, cell, is := strings.Cut(key, "/"); is {
		if w, known := tables[table+cell[strings.LastIndex(cell, "."):]]; known {
			return w
		}
	}
	_, name, _ := strings.Cut(key, ".")
	name, _, _ = strings.Cut(name, ":")
	return figures[name]
}
