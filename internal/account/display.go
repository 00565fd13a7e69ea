package account

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/account/template"
	"luoshi/office/paper"
)

//go:embed tables.txt
var displayLines string

// display is how a table or a chart is made of a list.
type display struct {
	rows    string // the list
	above   string // the list whose only member is the row above; of a chart the name of its labels
	measure template.Sentence
	chart   paper.ChartKind
	columns []column
}

// column is a column of a table, or a series of a chart.
type column struct {
	field  string
	header template.Sentence
	group  template.Sentence // that spans it with its neighbours; no parts where none does
	width  int
	number bool
	sum    bool   // the row above is the sum of those beneath
	part   string // of a share: the column of the part
	whole  string
	extra  bool // only where a template names it
}

// displays are all of them, by kind and name: table.indicators.
var displays = parseDisplays(displayLines)

func parseDisplays(text string) map[string]*display {
	all := map[string]*display{}
	var last *display
	for _, fields := range lines(text) {
		kind, name, titled := strings.Cut(fields[0], " ")
		if titled {
			last = &display{rows: fields[1], above: fields[2], measure: template.Phrase("", fields[3])}
			if len(fields) > 4 {
				last.chart = paper.ChartKind(fields[4])
			}
			all[kind+"."+name] = last
			continue
		}
		last.columns = append(last.columns, parseColumn(fields))
	}
	return all
}

func parseColumn(fields []string) column {
	c := column{field: fields[0]}
	c.width, _ = strconv.Atoi(fields[2])
	group, header, spanned := strings.Cut(fields[1], "/")
	if !spanned {
		group, header = "", group
	}
	c.header = template.Phrase("", header)
	c.group = template.Phrase("", group)
	what := strings.Fields(fields[3])
	c.number = what[0] == "number"
	c.sum, c.extra = slices.Contains(what, "sum"), slices.Contains(what, "extra")
	if at := slices.Index(what, "share"); at > 0 {
		c.part, c.whole = what[at+1], what[at+2]
	}
	return c
}

// chosen are the columns that a template names, or the usual ones.
func (d *display) chosen(names []string) []column {
	if len(names) == 0 {
		return slices.DeleteFunc(slices.Clone(d.columns), func(c column) bool { return c.extra })
	}
	all := make([]column, len(names))
	for i, name := range names {
		all[i] = d.columns[slices.IndexFunc(d.columns, func(c column) bool { return c.field == name })]
	}
	return all
}
