package checking

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"luoshi/reading"
	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
)

var plausible = Rule{
	Name:  "plausible",
	Title: Wording{"合理性", "Plausibility"},
	Doc: Wording{
		"单位错位（万/亿）、百分比越界、不存在的日期、早于计划年度的时限、晚于成文日期的结果。毛入学率、完成率、增速等可以超过100%的不报。",
		"Units that slip by 10^4, percentages out of range, dates that do not exist, deadlines before the plan's year and results after the document's own date. Rates that may pass 100% are left alone.",
	},
	check: checkPlausible,
}

func checkPlausible(p *paper) []Finding {
	var found []Finding
	for i := range p.Quantities {
		if f, odd := p.oddFigure(int32(i)); odd {
			found = append(found, f)
		}
	}
	found = append(found, p.slips()...)
	found = append(found, p.impossibleDates()...)
	return append(found, p.untimely()...)
}

// bound is how small and how large a figure of one unit and measure can be.
type bound struct {
	unit        string
	measure     string
	least, most numeral.Decimal
}

// boundsVocabulary is plausible.txt.
type boundsVocabulary struct {
	names  *glossary // of subjects with bounds; ids index bounds
	bounds [][]bound
	common []bound   // of every other subject
	rates  *glossary // ids below parts are parts of a whole, others pass 100%
	parts  int
	lists  map[string][]string
}

//go:embed plausible.txt
var plausibleFile string

// boundLists are the lines of plausible.txt that list words rather than bounds.
var boundLists = []string{"parts", "free", "signed", "part-words", "done", "looks-back", "passable", "spans", "generic", "date-tails", "lunar", "runs"}

var boundsOf = sync.OnceValue(func() *boundsVocabulary {
	v := &boundsVocabulary{lists: map[string][]string{}}
	var names []string
	for line := range lexicon.Lines(plausibleFile) {
		if slices.Contains(boundLists, line.Head) {
			v.lists[line.Head] = line.Words
			continue
		}
		b := boundIn(line)
		for _, name := range strings.Fields(line.Head) {
			if name == "*" {
				v.common = append(v.common, b)
				continue
			}
			id := slices.Index(names, name)
			if id < 0 {
				id = len(names)
				names, v.bounds = append(names, name), append(v.bounds, nil)
			}
			v.bounds[id] = append(v.bounds[id], b)
		}
	}
	v.names = glossaryOf(names)
	v.parts = len(v.lists["parts"])
	v.rates = glossaryOf(slices.Concat(v.lists["parts"], v.lists["free"]))
	return v
})

// boundIn reads “names: unit measure least most”; it panics on anything else, which only a change of the
// file can cause.
func boundIn(line lexicon.Line) bound {
	if len(line.Words) != 4 {
		panic("checking: plausible.txt: " + line.Head + " does not have unit, measure, least and most")
	}
	least, err := numeral.Parse(line.Words[2])
	if err != nil {
		panic("checking: plausible.txt: " + err.Error())
	}
	most, err := numeral.Parse(line.Words[3])
	if err != nil {
		panic("checking: plausible.txt: " + err.Error())
	}
	return bound{line.Words[0], line.Words[1], least, most}
}

// withoutBrackets is a subject without the brackets that close a table's row name: 失业率（%）.
func withoutBrackets(subject string) string {
	if !strings.HasSuffix(subject, ")") && !strings.HasSuffix(subject, "）") {
		return subject
	}
	if at := strings.LastIndexAny(subject, "(（"); at > 0 {
		return subject[:at]
	}
	return subject
}

// oddFigure is what one figure by itself gives away.
func (p *paper) oddFigure(i int32) (Finding, bool) {
	q := &p.Quantities[i]
	if isPercent(q.Unit) {
		if f, odd := p.oddPercent(i); odd {
			return f, true
		}
	}
	if q.Measure == reading.Share || q.Measure == reading.Decline {
		return Finding{}, false
	}
	return p.outOfBounds(i)
}

func isPercent(unit string) bool { return unit == "%" || unit == "％" }

// outOfBounds compares a figure with the bounds of its subject.
func (p *paper) outOfBounds(i int32) (Finding, bool) {
	q := &p.Quantities[i]
	b := boundsOf().of(q)
	if b == nil {
		return Finding{}, false
	}
	if above(q.Value, b.most) && (q.Measure != reading.Growth || !p.spansYears(q)) {
		return p.unlikely(i, b, Wording{"过大", "too large"}, smaller(q.Surface)), true
	}
	if above(b.least, q.Value) && q.Cmp != reading.AtMost && q.Cmp != reading.LessThan && q.Value.Coef != 0 {
		return p.unlikely(i, b, Wording{"过小", "too small"}, larger(q.Surface)), true
	}
	return Finding{}, false
}

// above tells whether a is greater than b, neither being negative. Figures of unlike length need no arithmetic.
func above(a, b numeral.Decimal) bool {
	if m, n := magnitude(a), magnitude(b); m != n {
		return m > n
	}
	return a.Cmp(b) > 0
}

// magnitude is how many digits a figure has before its point; below one it counts the zeros behind it, down.
func magnitude(d numeral.Decimal) int {
	const least = -1 << 10
	if d.Coef == 0 {
		return least
	}
	n := int(d.Exp)
	for rest := d.Coef; rest > 0; rest /= 10 {
		n++
	}
	return n
}

// of is the bound of a figure: that of the longest name that its subject ends with and that has one for its
// unit and measure; nil where none has.
func (v *boundsVocabulary) of(q *reading.Quantity) *bound {
	subject := withoutBrackets(q.Subject)
	for id, at := v.names.ending(subject, 0); id >= 0; id, at = v.names.ending(subject, at+1) {
		if b := boundFor(v.bounds[id], q); b != nil {
			return b
		}
	}
	return boundFor(v.common, q)
}

func boundFor(bounds []bound, q *reading.Quantity) *bound {
	for i := range bounds {
		if b := &bounds[i]; b.unit == q.Unit && b.measure == q.Measure.String() {
			return b
		}
	}
	return nil
}

// spansYears tells whether a growth is over several years: 比2020年增长40%.
func (p *paper) spansYears(q *reading.Quantity) bool {
	const reach = len("到“十三五”末，全区地区生产总值达到500亿元，财政收入30亿元，比2020年增长")
	start := max(0, q.Span.Start-reach)
	return holdsAny(p.Document.Text[start:q.Span.Start], boundsOf().lists["spans"])
}

func (p *paper) unlikely(i int32, b *bound, how Wording, instead string) Finding {
	q := &p.Quantities[i]
	f := Finding{
		Severity: Warning,
		Message: Wording{
			"“" + q.Subject + "”为" + q.Surface + "，数值" + how.ZH + "，疑为单位或小数点有误。",
			q.Surface + " is " + how.EN + " for " + q.Subject + ": check the unit and the decimal point.",
		},
		Places:      []Place{place(p.Reading, i)},
		Computation: q.Value.String() + q.Unit + "，常见范围 " + b.least.String() + "–" + b.most.String() + q.Unit,
	}
	f.Suggestion = Wording{"请核对单位、小数点，并与原始数据对照。", "Check the unit and the decimal point against the source."}
	if instead != "" {
		f.Suggestion = Wording{"请核对是否应为" + instead + "。", "Was " + instead + " meant?"}
	}
	return f
}

// smaller is a surface with its magnitude one step of 10^4 down; "" where that says nothing.
func smaller(surface string) string {
	switch {
	case strings.Contains(surface, "万亿"):
		return strings.Replace(surface, "万亿", "亿", 1)
	case strings.Contains(surface, "亿"):
		return strings.Replace(surface, "亿", "万", 1)
	case strings.Contains(surface, "万"):
		return strings.Replace(surface, "万", "", 1)
	}
	return ""
}

// larger is a surface with its magnitude one step of 10^4 up.
func larger(surface string) string {
	switch {
	case strings.Contains(surface, "亿"), strings.Contains(surface, "%"), strings.Contains(surface, "％"):
		return ""
	case strings.Contains(surface, "万"):
		return strings.Replace(surface, "万", "亿", 1)
	}
	digits := len(surface) - len(strings.TrimLeft(surface, "0123456789.,"))
	if digits == 0 {
		return ""
	}
	return surface[:digits] + "万" + surface[digits:]
}
