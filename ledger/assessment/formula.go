package assessment

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"luoshi/ledger"
)

// FactName is the name of a figure that formulas speak of.
type FactName string

// FormulaName is the name of a formula.
type FormulaName string

// ByHand is the formula of measures that people judge; its facts are marks.
const ByHand FormulaName = "hand"

// Mark and Most are what somebody gave to a unit, and the most that he could have given.
const (
	Mark FactName = "mark"
	Most FactName = "most"
)

// Label is what pages call the fact.
func (n FactName) Label() ledger.Wording { return vocabulary().facts[n] }

// Short is the label without the words that lead back to the whole: 已办结的 for 其中已办结的.
func (n FactName) Short() ledger.Wording {
	w := n.Label()
	return ledger.Wording{ZH: strings.TrimPrefix(w.ZH, "其中"), EN: strings.TrimPrefix(w.EN, "of these, ")}
}

// Formula is a share: of a whole its part, or what is left without the part.
type Formula struct {
	Name        FormulaName
	Part, Whole FactName
	Rest        bool // 1 - part / whole
	Title, Says ledger.Wording
}

// Text is the formula in words.
func (f Formula) Text() ledger.Wording {
	part, whole := f.Part.Short(), f.Whole.Label()
	if f.Rest {
		return ledger.Wording{ZH: "1 − " + part.ZH + " ÷ " + whole.ZH, EN: "1 − " + part.EN + " ÷ " + whole.EN}
	}
	return ledger.Wording{ZH: part.ZH + " ÷ " + whole.ZH, EN: part.EN + " ÷ " + whole.EN}
}

// Formulas are all formulas, in the order of the vocabulary.
func Formulas() []Formula { return slices.Clone(vocabulary().formulas) }

// FormulaOf is the formula of a name.
func FormulaOf(name FormulaName) (Formula, bool) {
	all := vocabulary().formulas
	if i := slices.IndexFunc(all, func(f Formula) bool { return f.Name == name }); i >= 0 {
		return all[i], true
	}
	return Formula{}, false
}

//go:embed formulas.txt
var formulaLines string

type vocabularyOf struct {
	facts     map[FactName]ledger.Wording
	formulas  []Formula
	forbidden []string
}

// vocabulary reads formulas.txt.
var vocabulary = sync.OnceValue(func() vocabularyOf {
	all := vocabularyOf{facts: map[FactName]ledger.Wording{}}
	for line := range strings.Lines(formulaLines) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		cells := strings.Split(rest, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		switch {
		case kind == "fact" && len(cells) == 3:
			all.facts[FactName(cells[0])] = ledger.Wording{ZH: cells[1], EN: cells[2]}
		case kind == "formula" && len(cells) == 6:
			all.formulas = append(all.formulas, formulaIn(cells))
		case kind == "forbidden":
			all.forbidden = append(all.forbidden, strings.Fields(rest)...)
		}
	}
	return all
})

func formulaIn(cells []string) Formula {
	term, rest := strings.CutPrefix(cells[1], "1 - ")
	part, whole, _ := strings.Cut(term, " / ")
	return Formula{
		Name: FormulaName(cells[0]), Part: FactName(part), Whole: FactName(whole), Rest: rest,
		Title: ledger.Wording{ZH: cells[2], EN: cells[3]}, Says: ledger.Wording{ZH: cells[4], EN: cells[5]},
	}
}

// forbidden is the first word in a text of which nothing that gives points may speak; empty where there is none.
func forbidden(text string) string {
	text = strings.ToLower(text)
	for _, word := range vocabulary().forbidden {
		if strings.Contains(text, word) || strings.Contains(text, strings.ReplaceAll(word, "-", " ")) {
			return word
		}
	}
	return ""
}
