package indicator

import (
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"sync"

	"luoshi/reading/lexicon"
)

// A file of data describes the indicators of one field. A line “code: standard name” opens an indicator;
// what follows it is “en:” its English name, “aka:” its other names, “whole:” names that hold only when
// nothing but scope stands around them, “is:” its dimension, direction, aggregation and usual bound,
// “def:” and “src:” its definition and where that comes from, and “reason:” why it is here though no
// document at hand names it. No two names may be the same.
//
//go:embed data/*.txt
var dataFiles embed.FS

// name is one way to call an indicator.
type name struct {
	text      string // folded
	indicator int32
	whole     bool // only when nothing but scope stands around it: 出口, 财政收入
}

// dictionary is the indicators of the files under data/ with an index of their names.
type dictionary struct {
	indicators []Indicator
	byCode     map[string]int32
	entries    []entry // as the files have them, for what only tests look at
	names      []name
	backward   *lexicon.Trie // the folded names from the end: the head of a phrase stands last
	forward    *lexicon.Trie // the names as written in running text
	written    []int32       // the name of each word of forward
	words      *vocabulary
}

// entry is what a file says of an indicator beyond what the program needs.
type entry struct {
	file   string
	reason string // why it is here though no document at hand has it
}

var load = sync.OnceValue(func() *dictionary {
	d, err := read(dataFiles)
	if err != nil {
		panic("indicator: " + err.Error())
	}
	return d
})

// ByCode is the indicator with a code, nil where there is none.
func ByCode(code string) *Indicator {
	d := load()
	if i, known := d.byCode[code]; known {
		return &d.indicators[i]
	}
	return nil
}

// All is every indicator in the order of the files. None may be changed.
func All() iter.Seq[*Indicator] {
	d := load()
	return func(yield func(*Indicator) bool) {
		for i := range d.indicators {
			if !yield(&d.indicators[i]) {
				return
			}
		}
	}
}

func read(files fs.FS) (*dictionary, error) {
	words, err := loadWords()
	if err != nil {
		return nil, err
	}
	d := &dictionary{byCode: map[string]int32{}, words: words}
	paths, err := fs.Glob(files, "data/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list data: %w", err)
	}
	for _, path := range paths {
		file, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		for line := range lexicon.Lines(string(file)) {
			if err := d.take(path, line); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, line.Number, err)
			}
		}
	}
	return d, d.index()
}

// take reads one line: a code with a name opens an indicator, any other line says something of it.
func (d *dictionary) take(path string, line lexicon.Line) error {
	text := strings.Join(line.Words, " ")
	if strings.Contains(line.Head, ".") {
		if _, known := d.byCode[line.Head]; known {
			return fmt.Errorf("the code %s stands twice", line.Head)
		}
		at := int32(len(d.indicators))
		d.byCode[line.Head] = at
		d.indicators = append(d.indicators, Indicator{Code: line.Head, ZH: text})
		d.entries = append(d.entries, entry{file: path})
		d.names = append(d.names, name{text: text, indicator: at})
		return nil
	}
	if len(d.indicators) == 0 {
		return fmt.Errorf("%s stands before the first code", line.Head)
	}
	at := int32(len(d.indicators) - 1)
	indicator := &d.indicators[at]
	switch line.Head {
	case "en":
		indicator.EN = text
	case "aka", "whole":
		for _, alias := range line.Words {
			d.names = append(d.names, name{alias, at, line.Head == "whole"})
			indicator.Aliases = append(indicator.Aliases, alias)
		}
	case "is":
		return indicator.classify(line.Words)
	case "def":
		indicator.Definition = text
	case "src":
		indicator.Source = text
	case "reason":
		d.entries[at].reason = text
	default:
		return fmt.Errorf("unknown field %q", line.Head)
	}
	return nil
}

var (
	directions   = map[string]Direction{"neither": Neither, "more": More, "less": Less}
	aggregations = map[string]Aggregation{"sum": Sum, "latest": Latest, "average": Average, "growth": Growth}
	bounds       = []string{"ge", "le", "approx", "eq"}
	dimensions   = []string{"money", "people", "count", "share", "index", "area", "length", "mass", "volume", "energy", "power",
		"time", "rate", "concentration", "visits", "age", "computing"}
)

// classify reads “dimension direction aggregation bound”.
func (i *Indicator) classify(fields []string) error {
	if len(fields) != 4 {
		return fmt.Errorf("%s: want dimension, direction, aggregation and bound", i.Code)
	}
	var known [2]bool
	i.Dimension, i.Bound = fields[0], fields[3]
	i.Direction, known[0] = directions[fields[1]]
	i.Aggregation, known[1] = aggregations[fields[2]]
	if !slices.Contains(dimensions, i.Dimension) || !known[0] || !known[1] || !slices.Contains(bounds, i.Bound) {
		return fmt.Errorf("%s: unknown word in %q", i.Code, strings.Join(fields, " "))
	}
	return nil
}

// index folds the names and builds the tries over them.
func (d *dictionary) index() error {
	var backward, forward []string
	owner := map[string]int32{}
	for i := range d.names {
		n := &d.names[i]
		written := n.text
		n.text = fold(written)
		if before, known := owner[n.text]; known {
			return fmt.Errorf("%s names both %s and %s", written, d.indicators[before].Code, d.indicators[n.indicator].Code)
		}
		owner[n.text] = n.indicator
		backward = append(backward, reverse(n.text))
		if n.whole {
			continue
		}
		forward, d.written = append(forward, n.text), append(d.written, int32(i))
		if written != n.text {
			forward, d.written = append(forward, written), append(d.written, int32(i))
		}
	}
	d.backward, d.forward = lexicon.NewTrie(backward), lexicon.NewTrie(forward)
	return nil
}
