package reading

import (
	"strings"
	"unicode/utf8"

	"luoshi/reading/numeral"
	"luoshi/reading/unit"
)

// number takes the numeral at text[at:] as a figure or as part of a name and returns where to go on;
// at itself when the character begins no numeral after all.
func (x *lexer) number(text string, at int, first rune) int {
	if first == '百' || first == '千' {
		if f, ok := percentage(text, at); ok {
			return x.addFigure(f)
		}
	}
	if first == '半' || first == '一' {
		if f, ok := x.half(text, at); ok {
			return x.addFigure(f)
		}
	}
	n, ok := numeral.Scan(text, at)
	if ok && n.End < len(text) && (text[n.End] == '/' || strings.HasPrefix(text[n.End:], "分之")) {
		if f, ok := fraction(text, at, n); ok {
			return x.addFigure(f)
		}
	}
	if !ok {
		if f, ok := x.unnumbered(text, at); ok {
			return x.addFigure(f)
		}
		if n.End > at && !n.Spelled {
			return x.addName(at, n.End)
		}
		return at
	}
	if n.Spelled {
		return x.spelled(text, at, n)
	}
	before := previous(text, at)
	if end, named := codeAround(text, n.End, before); named {
		return x.addName(at, end)
	}
	f := figureToken{start: at, end: n.End, value: n.Value, more: n.More}
	x.extendRange(text, &f, n.Scaled)
	f.class, f.end = x.unitAt(text, &f)
	if x.runsOn(text, &f) {
		return x.addFigure(f)
	}
	if f.class == unit.Date || f.class == unit.Name || x.continuesName(at) {
		return x.addName(at, f.end)
	}
	if f.class == unit.None && !x.standsAlone(text, &f, n) {
		return x.addName(at, f.end)
	}
	if isOrdinal(text, at) || before == '每' || before == '前' && !x.lastIsDate(at) && (ranks[f.unit] || f.class == unit.Percent) {
		return x.addName(at, f.end)
	}
	return x.addFigure(f)
}

// lastIsDate tells whether a date ends at the given place: 8月底前100%签约.
func (x *lexer) lastIsDate(at int) bool {
	return len(x.tokens) > 0 && x.tokens[len(x.tokens)-1].kind == date && int(x.tokens[len(x.tokens)-1].end) == at
}

// ranks are units with which a number behind 前 is a rank: 前10位.
var ranks = set("ranks")

// runsOn takes the years of 连续6年, which count though a bare year does not.
func (x *lexer) runsOn(text string, f *figureToken) bool {
	if !strings.HasSuffix(text[:f.start], "连续") {
		return false
	}
	numberEnd := f.end
	if f.class == unit.Date || f.class == unit.Name {
		numberEnd = f.end - len("年")
	}
	if numberEnd <= f.start || text[numberEnd:f.end] != "年" && f.class != unit.None || !strings.HasPrefix(text[numberEnd:], "年") {
		return false
	}
	f.class, f.unit, f.end = unit.Duration, "年", numberEnd+len("年")
	return true
}

// continuesName tells whether the numeral directly follows a name with a number of its own: 1号线3期.
func (x *lexer) continuesName(at int) bool {
	if len(x.tokens) == 0 {
		return false
	}
	last := &x.tokens[len(x.tokens)-1]
	if int(last.end) != at {
		return false
	}
	if last.kind == date {
		return endsWithAny(x.text[:at], "月") // 8月31 with its 日 blacked out
	}
	return last.kind == name && endsWithAny(x.text[:at], "届", "号", "线", "路")
}

func (x *lexer) addFigure(f figureToken) int {
	x.push(token{start: int32(f.start), end: int32(f.end), kind: figure, ref: int32(len(x.figures))})
	x.figures = append(x.figures, f)
	return f.end
}

func (x *lexer) addName(start, end int) int {
	x.add(name, start, end)
	return end
}

// codeAround tells whether digits are part of a code or a name by the characters around them: PM2.5,
// 5G, 1+3+2, 第3, 4/5G. It returns where the code ends.
func codeAround(text string, end int, before rune) (int, bool) {
	if isASCIILetter(before) || before == '+' || before == '_' || before == '.' || before == '#' {
		return codeEnd(text, end), true
	}
	if end >= len(text) {
		return end, false
	}
	switch b := text[end]; {
	case b == '+':
		return codeEnd(text, end), true
	case b == '/' && end+1 < len(text) && isASCIIDigit(text[end+1]):
		return codeEnd(text, end), true
	case isASCIILetter(rune(b)):
		if class, unitEnd := unit.Match(text, end); class != unit.None && class != unit.Name &&
			(unitEnd >= len(text) || !isASCIILetter(rune(text[unitEnd]))) {
			return end, false
		}
		return codeEnd(text, end), true
	default:
		return end, false
	}
}

// codeEnd is where a run of letters, digits and joining marks ends.
func codeEnd(text string, at int) int {
	for at < len(text) {
		b := text[at]
		if !isASCIIDigit(b) && !isASCIILetter(rune(b)) && b != '+' && b != '/' && b != '.' && b != '-' {
			break
		}
		at++
	}
	return at
}

// rangeMarks join the ends of a range.
var rangeMarks = []string{"-", "—", "–", "－", "~", "～", "至", "到"}

// extendRange takes the upper end of a range: 10-50亿元, 30至50, 5%—6%.
func (x *lexer) extendRange(text string, f *figureToken, scaled bool) {
	at := f.end
	_, unitEnd := unit.Match(text, at)
	for _, mark := range rangeMarks {
		markAt := at
		if !strings.HasPrefix(text[markAt:], mark) {
			markAt = unitEnd
			if !strings.HasPrefix(text[markAt:], mark) {
				continue
			}
		}
		next := markAt + len(mark)
		if next >= len(text) {
			return
		}
		if r, _ := decode(text, next); r > utf8.RuneSelf && (r < '０' || r > '９') || r < '0' {
			return
		}
		upper, ok := numeral.Scan(text, next)
		if !ok || upper.Spelled {
			return
		}
		upperClass, upperEnd := unit.Match(text, upper.End)
		if upperClass == unit.Date || upperClass == unit.Name || upperClass == unit.None && markAt != at {
			return
		}
		if markAt != at && text[at:unitEnd] != text[upper.End:upperEnd] {
			return
		}
		lower := f.value
		if !scaled && markAt == at && upper.Scaled {
			lower.Exp += magnitudeOf(text, next, upper)
		}
		if lower.Cmp(upper.Value) >= 0 {
			return
		}
		f.value, f.upper, f.ranged = lower, upper.Value, true
		f.end = upper.End
		return
	}
}

// magnitudeOf is the power of ten that the magnitudes behind a numeral multiply it by.
func magnitudeOf(text string, at int, n numeral.Number) int8 {
	exp := n.Value.Exp
	digits := text[at:n.End]
	if point := strings.IndexAny(digits, ".．"); point >= 0 {
		for _, r := range digits[point+1:] {
			if r < '0' || r > '9' {
				break
			}
			exp++
		}
	}
	return exp
}

// unitAt finds the unit behind the figure, past one blank, and where the surface ends.
func (x *lexer) unitAt(text string, f *figureToken) (unit.Class, int) {
	at := f.end
	if at < len(text) && text[at] == ' ' {
		at++
	} else if strings.HasPrefix(text[at:], "\u00a0") {
		at += len("\u00a0")
	}
	class, end := unit.Match(text, at)
	if class == unit.None {
		return unit.None, f.end
	}
	if at != f.end && (class == unit.Count || class == unit.Date || class == unit.Name) {
		return unit.None, f.end
	}
	if splitsWord(text, at, end, f) {
		return unit.None, f.end
	}
	if special, isName := namedBy(text, f, class, at, end); isName {
		return unit.Name, special
	}
	f.unit = text[at:end]
	if f.unit == "个" {
		if shared, sharedClass := sharedPoints(text, end); shared {
			f.unit, class = "个百分点", sharedClass
		}
	}
	if class == unit.Times && f.unit == "倍" && strings.HasPrefix(text[end:], "半") {
		end += len("半")
		f.value = numeral.Decimal{Coef: f.value.Coef*10 + 5, Exp: f.value.Exp - 1}
	}
	f.class, f.end = class, end
	f.extendMore(text)
	return class, f.end
}

// extendMore takes a 多 or 余 behind the unit: 一倍多, 5亩多.
func (f *figureToken) extendMore(text string) {
	rest := text[f.end:]
	if f.more || f.class == unit.Percent || !startsWithAny(rest, "多", "余") || !endsQuantity(text, f.end+len("多")) {
		return
	}
	f.more = true
	if f.class == unit.Times {
		f.end += len("多")
	}
}

// wordsAhead are words that begin with what could be a unit: 3.0方案, 13亿人民, 900万个体工商户.
var wordsAhead = list("words-ahead")

// splitsWord tells whether the unit found is only the beginning of a word.
func splitsWord(text string, at, end int, f *figureToken) bool {
	u := text[at:end]
	if u == "类" {
		return f.value.Cmp(numeral.Int(5)) < 0
	}
	return startsAhead.begins(text[at:], wordsAhead)
}

// sharedPoints tells whether a hanging 个 shares the 百分点 of the next member: 12.7个、12个百分点.
func sharedPoints(text string, at int) (bool, unit.Class) {
	for _, mark := range []string{"、", "和", "及"} {
		if !strings.HasPrefix(text[at:], mark) || at+len(mark) >= len(text) {
			continue
		}
		if n, ok := numeral.Scan(text, at+len(mark)); ok && strings.HasPrefix(text[n.End:], "个百分点") {
			return true, unit.Percent
		}
	}
	return false, unit.None
}

// endsQuantity tells whether nothing of a word stands at text[at:].
func endsQuantity(text string, at int) bool {
	if at >= len(text) {
		return true
	}
	r, _ := basic(text, at)
	return characters().class[r]&punctuation != 0 || r == '的'
}

// circles are what a travel time that names a circle of services is followed by.
var circles = list("circles")

// namedBy tells whether a number and its unit make a name: 15分钟生活圈, 24小时自助服务区, 100周年.
func namedBy(text string, f *figureToken, class unit.Class, at, end int) (int, bool) {
	if class != unit.Duration {
		return end, false
	}
	u := text[at:end]
	rest := text[end:min(len(text), end+36)]
	switch u {
	case "小时", "分钟":
		if f.value == numeral.Int(24) && u == "小时" {
			for _, c := range circles {
				if strings.HasPrefix(rest, c) {
					return end, true
				}
			}
		}
		if cut := strings.IndexAny(rest, "，,。、；;”"); cut >= 0 {
			rest = rest[:cut]
		}
		if strings.Contains(rest, "圈") {
			return end, true
		}
	}
	return end, false
}

// standsAlone tells whether a number without unit is a quantity: one with a magnitude, one whose unit
// has been blacked out, or one of a list whose last member carries the unit.
func (x *lexer) standsAlone(text string, f *figureToken, n numeral.Number) bool {
	rest := text[f.end:]
	if strings.HasPrefix(rest, "*") && (n.Value.Coef < 1900 || n.Value.Coef > 2100) || n.Scaled || f.ranged && n.Scaled {
		return true
	}
	if n.More {
		return true
	}
	unitText, class, ok := listUnit(text, f.end)
	if ok {
		f.unit, f.class, f.elided = unitText, class, true
	}
	return ok
}

// listUnit looks along 60、30个工作日 for the unit that all members share.
func listUnit(text string, at int) (string, unit.Class, bool) {
	for range 12 {
		size := 0
		for _, mark := range []string{"、", "和", "及", "与", ","} {
			if strings.HasPrefix(text[at:], mark) {
				size = len(mark)
				break
			}
		}
		if size == 0 || at+size >= len(text) {
			return "", unit.None, false
		}
		if d := text[at+size]; !isASCIIDigit(d) {
			return "", unit.None, false
		}
		n, ok := numeral.Scan(text, at+size)
		if !ok {
			return "", unit.None, false
		}
		class, end := unit.Match(text, n.End)
		if class == unit.Date || class == unit.Name {
			return "", unit.None, false
		}
		if class != unit.None {
			return text[n.End:end], class, true
		}
		at = n.End
	}
	return "", unit.None, false
}

func startsWithAny(text string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}

func endsWithAny(text string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(text, suffix) {
			return true
		}
	}
	return false
}
