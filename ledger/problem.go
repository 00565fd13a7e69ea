package ledger

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

// Wording is one sentence in both languages.
type Wording struct{ ZH, EN string }

// Problem is something wrong with a value. Its words stand in problems.txt under its code.
type Problem struct {
	Code  string   // stable: "target.range_reversed"
	Where string   // the field, by its names and positions: "targets/2/upper"; empty for the whole
	Facts []string // what the words speak of, in the order of {0}, {1}
}

// What says what is wrong.
func (p Problem) What() Wording { return p.fill(problemVocabulary()[p.Code].what) }

// Do says what to do about it.
func (p Problem) Do() Wording { return p.fill(problemVocabulary()[p.Code].do) }

// fill puts the facts into words. A fact that is the name of a label is shown as what pages call it.
func (p Problem) fill(w Wording) Wording {
	zh, en := make([]string, 0, 2*len(p.Facts)), make([]string, 0, 2*len(p.Facts))
	for i, fact := range p.Facts {
		place := "{" + strconv.Itoa(i) + "}"
		shown, ok := labels()[fact]
		if !ok {
			shown = Wording{ZH: fact, EN: fact}
		}
		zh, en = append(zh, place, shown.ZH), append(en, place, shown.EN)
	}
	return Wording{ZH: strings.NewReplacer(zh...).Replace(w.ZH), EN: strings.NewReplacer(en...).Replace(w.EN)}
}

// Problems is everything wrong with a value, in the order of its fields. Nil means that nothing is.
type Problems []Problem

// Error names the problems in English, so that they can be returned as an error.
func (p Problems) Error() string {
	said := make([]string, len(p))
	for i, problem := range p {
		said[i] = problem.Code
		if problem.Where != "" {
			said[i] += " at " + problem.Where
		}
		said[i] += ": " + problem.What().EN
	}
	return strings.Join(said, " ")
}

// Err is the problems as an error, nil where there are none.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Has tells whether a problem with the code is among them.
func (p Problems) Has(code string) bool {
	for _, problem := range p {
		if problem.Code == code {
			return true
		}
	}
	return false
}

// add notes a problem unless the condition holds that ought to.
func (p *Problems) add(holds bool, code, where string, facts ...string) {
	if !holds {
		*p = append(*p, Problem{Code: code, Where: where, Facts: facts})
	}
}

// within takes over the problems of a part that stands at a place.
func (p *Problems) within(place string, part Problems) {
	for _, problem := range part {
		if problem.Where == "" {
			problem.Where = place
		} else {
			problem.Where = place + "/" + problem.Where
		}
		*p = append(*p, problem)
	}
}

// at names element i of a list, counted from 0.
func at(list string, i int) string { return list + "/" + strconv.Itoa(i) }

//go:embed problems.txt
var problemLines string

// problemWords are the words of one code.
type problemWords struct{ what, do Wording }

// problemVocabulary reads problems.txt: a code on a line of its own and below it a line for each
// language, with what is wrong and, behind =>, what to do.
var problemVocabulary = sync.OnceValue(func() map[string]problemWords {
	all := map[string]problemWords{}
	code := ""
	for line := range strings.Lines(problemLines) {
		line = strings.TrimSpace(line)
		key, sentences, worded := strings.Cut(line, ": ")
		what, do, _ := strings.Cut(sentences, " => ")
		words := all[code]
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case !worded:
			code = line
			continue
		case key == "zh":
			words.what.ZH, words.do.ZH = what, do
		case key == "en":
			words.what.EN, words.do.EN = what, do
		}
		all[code] = words
	}
	return all
})
