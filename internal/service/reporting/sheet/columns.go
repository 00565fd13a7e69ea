package sheet

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

var (
	//go:embed columns.txt
	columnLines string
	//go:embed words.txt
	wordLines string
	//go:embed help.txt
	helpLines string
	//go:embed faults.txt
	faultLines string
)

// kind is what sort of cell a column has.
type kind string

const (
	fixed   kind = "fixed"
	choice  kind = "choice"
	figure  kind = "figure"
	share   kind = "share"
	wording kind = "words"
	unitsOf kind = "units"
)

// column is a line of columns.txt.
type column struct {
	key   Field
	kind  kind
	width float64
	title ledger.Wording
	hint  ledger.Wording
}

// columns are all that a form can have.
var columns = sync.OnceValue(func() []column {
	var all []column
	for _, cells := range lines(columnLines, 7) {
		width, err := strconv.ParseFloat(cells[2], 64)
		if err != nil {
			panic("columns.txt: " + err.Error())
		}
		all = append(all, column{
			key: Field(cells[0]), kind: kind(cells[1]), width: width,
			title: ledger.Wording{ZH: cells[3], EN: cells[4]}, hint: ledger.Wording{ZH: cells[5], EN: cells[6]},
		})
	}
	return all
})

// columnOf is the column of a field.
func columnOf(f Field) (column, bool) {
	all := columns()
	at := slices.IndexFunc(all, func(c column) bool { return c.key == f })
	if at < 0 {
		return column{}, false
	}
	return all[at], true
}

// option is what can be picked in a column.
type option struct {
	value string
	words ledger.Wording
}

// optionsOf are what can be picked in a column.
func optionsOf(f Field) []option {
	var all []option
	switch f {
	case givenField:
		for _, b := range []reporting.Basis{reporting.OfPeriod, reporting.Cumulative} {
			all = append(all, option{string(b), b.Label()})
		}
	case reporting.FieldSaid:
		for _, s := range reporting.SaidAll() {
			all = append(all, option{string(s), s.Label()})
		}
	}
	return all
}

// pairs are the columns beside another one, which are asked for where that is.
var pairs = map[Field]Field{askField: reporting.FieldObstacles}

// Columns of columns.txt that are no fields of reporting.
const (
	givenField Field = "given"
	askField   Field = "ask"
	titleField Field = "title"
)

// asks tells whether a row has a cell to fill in a column.
func (r Row) asks(c column) bool {
	if beside, ok := pairs[c.key]; ok {
		return r.Asks(beside)
	}
	switch c.key {
	case givenField:
		return !r.Fixed && (r.Asks(reporting.FieldValue) || r.Asks(reporting.FieldNumerator))
	case reporting.FieldOverride:
		return true
	}
	return c.kind != fixed && r.Asks(c.key)
}

// columns are those that a sheet needs, in order.
func (p part) columns() []column {
	return slices.DeleteFunc(slices.Clone(columns()), func(c column) bool {
		return !slices.ContainsFunc(p.rows, func(r Row) bool { return r.has(c) }) && c.key != titleField
	})
}

// has tells whether a row has anything to show in a column.
func (r Row) has(c column) bool {
	switch c.key {
	case titleField:
		return true
	case "measure":
		return r.Measure() != ""
	case "target":
		return r.Target != ""
	case "last":
		return r.Last.Known()
	}
	return r.asks(c)
}

// in is a wording in the language of the template.
func (t Template) in(w ledger.Wording) string {
	if t.Lang == "en" {
		return w.EN
	}
	return w.ZH
}

// words of words.txt and faults.txt.
var (
	vocabulary = sync.OnceValue(func() service.Faults { return service.ParseFaults(wordLines) })
	faults     = sync.OnceValue(func() service.Faults { return service.ParseFaults(faultLines) })
)

// say is an entry of words.txt in the language of the template.
func (t Template) say(key string, facts ...string) string {
	return t.in(vocabulary().New(key, facts...).Words)
}

// help are the lines of help.txt.
var help = sync.OnceValue(func() []ledger.Wording {
	var all []ledger.Wording
	for _, cells := range lines(helpLines, 2) {
		all = append(all, ledger.Wording{ZH: cells[0], EN: cells[1]})
	}
	return all
})

// lines are the cells of a data file with so many columns.
func lines(text string, n int) [][]string {
	var all [][]string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line+" ", "|")
		if len(cells) != n {
			panic("sheet: " + line)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, cells)
	}
	return all
}
