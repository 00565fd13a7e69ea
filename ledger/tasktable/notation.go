package tasktable

import (
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/indicator"
	"luoshi/ledger"
)

// A target is written as 新增养老床位≥200.0张, with what else it says in brackets behind it. What a name may hold of
// the marks of this notation stands behind a backslash.
const (
	between   = "\uff5e" // ～
	wordMark  = "\uff1a" // ：
	separator = "\uff1b" // ；
	opening   = "\uff08" // （
	closing   = "\uff09" // ）
	comma     = "\uff0c" // ，: between the facts in brackets
	escape    = '\\'
)

// signs are the comparators as they are written.
var signs = []struct {
	sign string
	cmp  ledger.Comparator
}{
	{"=", ledger.Equal}, {"≥", ledger.AtLeast}, {">", ledger.MoreThan}, {"≤", ledger.AtMost}, {"<", ledger.LessThan},
	{"≈", ledger.Approximately}, {"∈", ledger.Between},
}

// measures are the kinds of figures as they stand in brackets; a level is not said.
var measures = []struct {
	word    string
	measure ledger.Measure
}{{"增长", ledger.Growth}, {"下降", ledger.Decline}, {"占比", ledger.Share}}

// Words before the facts in brackets.
const (
	scopeWord    = "口径" + wordMark
	basisWord    = "依据" + wordMark
	deadlineWord = "时限" + wordMark
	noDeadline   = "无"
	softWord     = "力争"
	firmWord     = "必须"
)

// special are the marks that are escaped in names.
const special = "=≥>≤<≈∈" + between + wordMark + separator + comma + opening + closing + string(escape)

// guarded is a name with its marks escaped.
func guarded(text string) string {
	if !strings.ContainsAny(text, special) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if strings.ContainsRune(special, r) {
			b.WriteRune(escape)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// guardedUnit is a unit that cannot be taken for a part of the figure before it.
func guardedUnit(unit string) string {
	if first := []rune(unit + " ")[0]; strings.ContainsRune("0123456789.e万亿", first) {
		return string(escape) + guarded(unit)
	}
	return guarded(unit)
}

// guardedWords are words that bound, with their digits escaped: what has a digit otherwise is a figure that somebody wrote
// in a manner of his own.
func guardedWords(words string) string {
	var b strings.Builder
	for _, r := range guarded(words) {
		if isDigit(r) {
			b.WriteRune(escape)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// bare is a name as it was before it was guarded.
func bare(text string) string {
	var b strings.Builder
	escaped := false
	for _, r := range text {
		if r == escape && !escaped {
			escaped = true
			continue
		}
		b.WriteRune(r)
		escaped = false
	}
	return strings.TrimSpace(b.String())
}

// cut cuts a text at the first of some marks that is not escaped.
func cut(text, marks string) (before, mark, behind string) {
	escaped := false
	for i, r := range text {
		switch {
		case escaped:
			escaped = false
		case r == escape:
			escaped = true
		case strings.ContainsRune(marks, r):
			width := len(string(r))
			return text[:i], text[i : i+width], text[i+width:]
		}
	}
	return text, "", ""
}

// split cuts a text at every mark that is not escaped, leaving out what is empty.
func split(text, marks string) []string {
	var parts []string
	for text != "" {
		var part string
		if part, _, text = cut(text, marks); strings.TrimSpace(part) != "" {
			parts = append(parts, strings.TrimSpace(part))
		}
	}
	return parts
}

// terms are what a row says of itself, which its targets need not repeat.
type terms struct {
	subject string // what is measured where a target does not say it
	by      calendar.Date
	firm    bool
}

// write is a target in the notation; what it shares with its row is not repeated.
func (t terms) write(target ledger.Target) string {
	var b strings.Builder
	b.WriteString(guarded(target.Subject))
	sign := "="
	for _, s := range signs {
		if s.cmp == target.Cmp {
			sign = s.sign
		}
	}
	switch {
	case target.IsWorded():
		if sign != "=" {
			b.WriteString(sign)
		}
		b.WriteString(wordMark + guardedWords(target.Words))
	case target.Cmp == ledger.Between:
		b.WriteString(sign + figure(target.Value) + between + figure(target.Upper))
	default:
		b.WriteString(sign + figure(target.Value))
	}
	b.WriteString(guardedUnit(target.Unit))
	if facts := t.facts(target); len(facts) > 0 {
		b.WriteString(opening + strings.Join(facts, comma) + closing)
	}
	return b.String()
}

// facts are what stands in brackets behind a target.
func (t terms) facts(target ledger.Target) []string {
	var facts []string
	for _, m := range measures {
		if m.measure == target.Measure {
			facts = append(facts, m.word)
		}
	}
	if target.Scope != "" {
		facts = append(facts, scopeWord+guarded(target.Scope))
	}
	if target.Basis != "" {
		facts = append(facts, basisWord+guarded(target.Basis))
	}
	switch {
	case target.By == t.by:
	case target.By.IsZero():
		facts = append(facts, deadlineWord+noDeadline)
	default:
		facts = append(facts, deadlineWord+target.By.String())
	}
	switch {
	case target.Firm == t.firm:
	case target.Firm:
		facts = append(facts, firmWord)
	default:
		facts = append(facts, softWord)
	}
	return facts
}

// parse reads a target in the notation; ok is false where the text is not in it.
func (t terms) parse(text string) (ledger.Target, bool) {
	head, mark, rest := cut(text, opening)
	target := ledger.Target{Subject: t.subject, Cmp: ledger.Equal, Measure: ledger.Level, By: t.by, Firm: t.firm}
	if mark != "" {
		inside, end, behind := cut(rest, closing)
		if end == "" || strings.TrimSpace(behind) != "" || !t.readFacts(&target, inside) {
			return target, false
		}
	}
	if !readBound(&target, head) || target.Subject == "" {
		return target, false
	}
	if match, ok := indicator.Lookup(target.Subject); ok {
		target.Code = match.Indicator.Code
	}
	target.Number = 1
	return target, len(target.Validate()) == 0
}

// readBound reads what stands before the brackets: subject, sign, figure and unit, or words.
func readBound(target *ledger.Target, head string) bool {
	subject, sign, bound := cut(head, "=≥>≤<≈∈"+wordMark)
	if subject = bare(subject); subject != "" {
		target.Subject = subject
	}
	for _, s := range signs {
		if s.sign == sign {
			target.Cmp = s.cmp
		}
	}
	if sign == "" {
		return false
	}
	if before, mark, words := cut(bound, wordMark); sign != wordMark && mark != "" && strings.TrimSpace(before) == "" {
		sign, bound = wordMark, words
	}
	if sign == wordMark {
		if _, digit, _ := cut(bound, "0123456789"); digit != "" {
			return false
		}
		target.Words = bare(bound)
		return target.Words != ""
	}
	var ok bool
	if target.Value, bound, ok = leadingFigure(bound); !ok {
		return false
	}
	if target.Cmp == ledger.Between {
		_, mark, upper := cut(bound, between)
		if mark == "" {
			return false
		}
		if target.Upper, bound, ok = leadingFigure(upper); !ok {
			return false
		}
	}
	target.Unit = bare(bound)
	return true
}

// readFacts reads what stands in the brackets.
func (t terms) readFacts(target *ledger.Target, inside string) bool {
	for _, fact := range split(inside, comma) {
		scope, isScope := strings.CutPrefix(fact, scopeWord)
		basis, isBasis := strings.CutPrefix(fact, basisWord)
		by, isBy := strings.CutPrefix(fact, deadlineWord)
		measure := slices.IndexFunc(measures, func(m struct {
			word    string
			measure ledger.Measure
		},
		) bool {
			return m.word == fact
		})
		switch {
		case isScope:
			target.Scope = bare(scope)
		case isBasis:
			target.Basis = bare(basis)
		case isBy && by == noDeadline:
			target.By = calendar.Date{}
		case isBy:
			date, err := calendar.ParseDate(strings.TrimSpace(by))
			if err != nil {
				return false
			}
			target.By = date
		case measure >= 0:
			target.Measure = measures[measure].measure
		case fact == softWord, fact == firmWord:
			target.Firm = fact == firmWord
		default:
			return false
		}
	}
	return true
}

// magnitudes are the words that multiply a figure, by their powers of ten.
var magnitudes = []struct {
	word string
	exp  int
}{{"万", 4}, {"亿", 8}}

// figure is a figure for people that keeps its precision: 15.94亿.
func figure(d ledger.Decimal) string {
	number := d.Number()
	for _, m := range magnitudes {
		if number.Exp > 0 && int(number.Exp) <= m.exp {
			number.Exp -= int8(m.exp)
			return ledger.Exactly(number).String() + m.word
		}
	}
	return d.String()
}

// leadingFigure reads the figure that a text begins with, and what stands behind it.
func leadingFigure(text string) (d ledger.Decimal, behind string, ok bool) {
	text = strings.TrimSpace(text)
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.' || end == 0 && text[end] == '-') {
		end++
	}
	// An exponent belongs to the figure, other letters to its unit.
	if power := text[end:]; strings.HasPrefix(power, "e") && len(power) > 1 && power[1] >= '0' && power[1] <= '9' {
		for end++; end < len(text) && text[end] >= '0' && text[end] <= '9'; {
			end++
		}
	}
	digits, behind := text[:end], text[end:]
	if digits == "" {
		return d, text, false
	}
	for _, m := range magnitudes {
		if rest, multiplied := strings.CutPrefix(behind, m.word); multiplied && !strings.Contains(digits, "e") {
			digits, behind = digits+"e"+string(rune('0'+m.exp)), rest
			break
		}
	}
	d, err := ledger.ParseDecimal(digits)
	return d, behind, err == nil
}
