package sdmx

import (
	_ "embed"
	"fmt"
	"strings"

	"luoshi/ledger"
)

// place is where a component stands.
type place string

const (
	keyed      place = "dimension"
	timed      place = "time"
	measured   place = "measure"
	perSeries  place = "series"
	perFigure  place = "observation"
	listPrefix       = "CL_"
)

// component is a row of components.txt.
type component struct {
	id      string
	place   place
	as      string // a list of codes, decimal, text or time
	words   ledger.Wording
	meaning ledger.Wording
}

func (c component) coded() bool { return strings.HasPrefix(c.as, listPrefix) }

//go:embed components.txt
var componentsText string

//go:embed codes.txt
var codesText string

var (
	components = readComponents(componentsText)
	fixedCodes = readCodes(codesText)
)

// at are the components of a place, in their order.
func at(wanted place) []component {
	var found []component
	for _, c := range components {
		if c.place == wanted {
			found = append(found, c)
		}
	}
	return found
}

func names(of []component) []string {
	all := make([]string, len(of))
	for i, c := range of {
		all[i] = c.id
	}
	return all
}

func readComponents(text string) []component {
	var all []component
	for _, row := range rows("components.txt", text, 7) {
		all = append(all, component{
			id: row[0], place: place(row[1]), as: row[2], words: ledger.Wording{ZH: row[3], EN: row[4]},
			meaning: ledger.Wording{ZH: row[5], EN: row[6]},
		})
	}
	return all
}

func readCodes(text string) map[string][]Code {
	all := map[string][]Code{}
	for _, row := range rows("codes.txt", text, 4) {
		all[row[0]] = append(all[row[0]], Code{ID: row[1], Words: ledger.Wording{ZH: row[2], EN: row[3]}})
	}
	return all
}

// rows reads a data file of the package. A row of another width is an error of the program.
func rows(file, text string, width int) [][]string {
	var all [][]string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "|")
		if len(cells) != width {
			panic(fmt.Sprintf("%s: %q has %d cells and not %d", file, line, len(cells), width))
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, cells)
	}
	return all
}

// codes are the codes of a list: those of the set for indicators and units, otherwise the fixed ones.
func (s Set) codes(list string) []Code {
	switch list {
	case "CL_INDICATOR":
		all := make([]Code, len(s.Indicators))
		for i, one := range s.Indicators {
			all[i] = Code{ID: string(one.ID), Words: ledger.Wording{ZH: one.Name, EN: one.Name}}
		}
		return all
	case "CL_ORG_UNIT":
		return s.Units
	}
	return fixedCodes[list]
}
