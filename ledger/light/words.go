package light

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Step is one step of a computation, or one thing that was found. Its words stand in whys.txt under its code.
type Step struct {
	Code  string   `json:"code"`
	Facts []string `json:"facts,omitempty"` // in the order of {0}, {1}
}

func step(code string, facts ...string) Step { return Step{code, facts} }

// Words are the step as a sentence.
func (s Step) Words() ledger.Wording {
	words, ok := whys()[s.Code]
	if !ok {
		return ledger.Wording{ZH: s.Code, EN: s.Code}
	}
	var zh, en []string
	for i, fact := range s.Facts {
		place, shown := "{"+strconv.Itoa(i)+"}", show(fact)
		zh, en = append(zh, place, shown.ZH), append(en, place, shown.EN)
	}
	return ledger.Wording{ZH: strings.NewReplacer(zh...).Replace(words.ZH), EN: strings.NewReplacer(en...).Replace(words.EN)}
}

// Explain is a computation as sentences.
func Explain(why []Step) []ledger.Wording {
	said := make([]ledger.Wording, len(why))
	for i, s := range why {
		said[i] = s.Words()
	}
	return said
}

//go:embed whys.txt
var whyLines string

// whys reads whys.txt: a code on a line of its own and below it a sentence for each language.
var whys = sync.OnceValue(func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	code := ""
	for line := range strings.Lines(whyLines) {
		line = strings.TrimSpace(line)
		language, words, worded := strings.Cut(line, ": ")
		said := all[code]
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
			continue
		case !worded:
			code = line
			continue
		case language == "zh":
			said.ZH = words
		case language == "en":
			said.EN = words
		}
		all[code] = said
	}
	return all
})

//go:embed labels.txt
var labelLines string

// labels reads labels.txt: type and value | Chinese | English.
var labels = sync.OnceValue(func() map[string]ledger.Wording {
	all := map[string]ledger.Wording{}
	for line := range strings.Lines(labelLines) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		if len(parts) == 3 && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(parts[0])] = ledger.Wording{ZH: strings.TrimSpace(parts[1]), EN: strings.TrimSpace(parts[2])}
		}
	}
	return all
})

// label is what pages call a value; a value that is none of the type is called by itself.
func label[V ~string](of string, value V) ledger.Wording {
	if w, ok := labels()[of+"."+string(value)]; ok {
		return w
	}
	return ledger.Wording{ZH: string(value), EN: string(value)}
}

// Facts are kept short and without language; what they are is told by what they begin with.
const (
	periodFact = "period:" // the key of a period
	amountFact = "amount:" // a figure and, behind a space, its unit
	labelFact  = "label:"  // the name of a label
	gradeFact  = "grade:"  // a rule and, behind a slash, one of its grades
)

func number(n int) string                    { return strconv.Itoa(n) }
func inPeriod(p reporting.Period) string     { return periodFact + p.Key() }
func named[V ~string](of string, v V) string { return labelFact + of + "." + string(v) }

func amount(d ledger.Decimal, unit string) string {
	return amountFact + d.Number().String() + " " + unit
}

// show is a fact as people read it.
func show(fact string) ledger.Wording {
	kind, value, cut := strings.Cut(fact, ":")
	if cut {
		switch kind + ":" {
		case periodFact:
			if p, err := reporting.ParsePeriod(value); err == nil {
				return p.Title()
			}
		case amountFact:
			return showAmount(value)
		case labelFact:
			return showLabel(value)
		case gradeFact:
			return showGrade(value)
		}
	}
	return ledger.Wording{ZH: fact, EN: fact}
}

// showLabel is the word for a value of this package or of the ledger.
func showLabel(name string) ledger.Wording {
	if value, ok := strings.CutPrefix(name, "cmp."); ok {
		return ledger.Comparator(value).Label()
	}
	return labels()[name]
}

// showGrade is what a rule calls a grade, with the colour where the name does not tell it.
func showGrade(name string) ledger.Wording {
	of, grade, _ := strings.Cut(name, "/")
	r, _ := RuleByName(of)
	for _, g := range append(r.Grades, r.Levels...) {
		if g.Name == grade {
			return g.Title
		}
	}
	return ledger.Wording{ZH: grade, EN: grade}
}

// magnitudes in which Chinese text counts large figures.
var magnitudes = []struct {
	power int
	word  string
}{{8, "亿"}, {4, "万"}}

// showAmount writes a figure with its unit: 747.7亿元, and in English 74,770,000,000 yuan.
func showAmount(text string) ledger.Wording {
	figure, unit, _ := strings.Cut(text, " ")
	both := ledger.Wording{ZH: figure, EN: grouped(figure)}
	if d, err := ledger.ParseDecimal(figure); err == nil {
		whole, _, _ := strings.Cut(strings.TrimPrefix(figure, "-"), ".")
		for _, m := range magnitudes {
			if len(whole) > m.power {
				both.ZH = reporting.Scaled(d, m.power).Number().String() + m.word
				break
			}
		}
	}
	if unit == "" {
		return both
	}
	english := label("unit", unit).EN
	if english != "%" {
		english = " " + english
	}
	return ledger.Wording{ZH: both.ZH + unit, EN: both.EN + english}
}

// grouped sets commas between the thousands.
func grouped(figure string) string {
	sign := ""
	if rest, negative := strings.CutPrefix(figure, "-"); negative {
		sign, figure = "-", rest
	}
	whole, fraction, cut := strings.Cut(figure, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if cut {
		whole += "." + fraction
	}
	return sign + whole
}
