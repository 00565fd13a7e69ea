package account

import (
	_ "embed"
	"slices"
	"strings"

	"luoshi/internal/account/template"
	"luoshi/ledger"
)

//go:embed vocabulary.txt
var vocabularyLines string

// Word is a name that a template may use.
type Word struct {
	Scope string // report, area, indicator …
	Name  string
	Kind  string // text, code, count, figure, flag, list; phrase for those of sentences.txt
	Of    string // of a list: the scope of its members
	Label ledger.Wording
}

// Words are all names that templates may use, in the order in which a guide tells them.
func Words() []Word { return slices.Clone(words) }

var (
	words  = parseWords(vocabularyLines)
	byName = wordsByName()
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

func parseWords(text string) []Word {
	var all []Word
	for _, fields := range lines(text) {
		w := Word{Label: ledger.Wording{ZH: fields[2], EN: fields[3]}}
		w.Scope, w.Name, _ = strings.Cut(fields[0], ".")
		w.Kind, w.Of, _ = strings.Cut(fields[1], "/")
		all = append(all, w)
	}
	return all
}

// wordsByName are the words by scope and name, those of phrases with them.
func wordsByName() map[string]Word {
	all := map[string]Word{}
	for _, w := range words {
		all[w.Scope+"."+w.Name] = w
	}
	for name := range phrases {
		scope, short, _ := strings.Cut(name, ".")
		all[name] = Word{Scope: scope, Name: short, Kind: "phrase"}
	}
	return all
}

// nth is the place of a thing in the list that is gone through: 一, 二.
const nth = "nth"

// vocabulary is the template.Vocabulary of reports.
type vocabulary struct{}

func (vocabulary) Holds(scope, name string) bool {
	w, known := byName[scope+"."+name]
	return known && w.Kind != "list" || name == nth && scope != template.Report && scope != ""
}

func (vocabulary) List(scope, name string) string { return byName[scope+"."+name].Of }

func (vocabulary) Columns(scope, name string) []string {
	d := displays[name]
	if d == nil || byName[scope+"."+d.rows].Of == "" {
		return nil
	}
	columns := make([]string, len(d.columns))
	for i, c := range d.columns {
		columns[i] = c.field
	}
	return columns
}
