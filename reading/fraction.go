package reading

import (
	"strings"

	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
	"luoshi/reading/unit"
)

// percentages are the prefixes of a spelled-out percentage.
var percentages = []struct{ prefix, unit string }{{"百分之", "%"}, {"千分之", "‰"}}

// percentage reads 百分之五点三, 百分之百 and 千分之三.
func percentage(text string, at int) (figureToken, bool) {
	if strings.HasPrefix(text[at:], "百分之百") {
		return figureToken{start: at, end: at + len("百分之百"), value: numeral.Int(100), unit: "%", class: unit.Percent}, true
	}
	for _, f := range percentages {
		if !strings.HasPrefix(text[at:], f.prefix) || at+len(f.prefix) >= len(text) {
			continue
		}
		if n, ok := numeral.Scan(text, at+len(f.prefix)); ok {
			token := figureToken{start: at, end: n.End, value: n.Value, unit: f.unit, class: unit.Percent, more: n.More}
			extendSpelledRange(text, &token)
			return token, true
		}
	}
	return figureToken{}, false
}

// halves are the ways to say one half of a whole; halfUnits the units that 半 stands before.
var (
	halves    = list("halves")
	halfUnits = list("half-units")
)

// half reads 一半以上, 半数以上 and, behind a link such as 压缩至, 半个工作日.
func (x *lexer) half(text string, at int) (figureToken, bool) {
	value := numeral.Decimal{Coef: 5, Exp: -1}
	for _, word := range halves {
		if end := at + len(word); strings.HasPrefix(text[at:], word) && (startsWithAny(text[end:], "以上", "以下", "左右") || x.lastIs(at, lexicon.Share|lexicon.MoreThan|lexicon.About)) {
			return figureToken{start: at, end: end, value: value, fraction: true, spelled: true}, true
		}
	}
	if !strings.HasPrefix(text[at:], "半") || !x.lastIs(at, lexicon.Link|lexicon.MoreThan|lexicon.About|lexicon.LessThan|lexicon.AtMost|lexicon.Fall) {
		return figureToken{}, false
	}
	start := at + len("半")
	for _, u := range halfUnits {
		if strings.HasPrefix(text[start:], u) {
			return figureToken{start: at, end: start + len(u), value: value, unit: u, class: unit.Duration, spelled: true}, true
		}
	}
	return figureToken{}, false
}

// fraction reads 三分之二 and 1/4, whose first number is given.
func fraction(text string, at int, whole numeral.Number) (figureToken, bool) {
	if whole.Scaled || whole.More || whole.Value.Exp != 0 || whole.Value.Coef < 1 || whole.Value.Coef > 100 {
		return figureToken{}, false
	}
	if strings.HasPrefix(text[whole.End:], "分之") && whole.End+len("分之") < len(text) {
		if part, ok := numeral.Scan(text, whole.End+len("分之")); ok && part.Value.Exp == 0 && part.Value.Coef < whole.Value.Coef {
			return figureToken{start: at, end: part.End, value: ratio(part.Value.Coef, whole.Value.Coef), fraction: true}, true
		}
	}
	return slashFraction(text, at, whole)
}

// extendSpelledRange takes the upper end of 百分之三至百分之五 and 百分之三到五.
func extendSpelledRange(text string, f *figureToken) {
	for _, mark := range rangeMarks {
		if !strings.HasPrefix(text[f.end:], mark) {
			continue
		}
		at := f.end + len(mark)
		at += len(prefixOf(text[at:], "百分之"))
		if at >= len(text) {
			return
		}
		if n, ok := numeral.Scan(text, at); ok && f.value.Cmp(n.Value) < 0 && !n.Scaled {
			f.upper, f.ranged, f.end = n.Value, true, n.End
		}
		return
	}
}

func prefixOf(text, prefix string) string {
	if strings.HasPrefix(text, prefix) {
		return prefix
	}
	return ""
}

// slashFraction reads 1/4; a letter behind makes it a code: 4/5G.
func slashFraction(text string, at int, numerator numeral.Number) (figureToken, bool) {
	if numerator.Spelled || numerator.End+1 >= len(text) || text[numerator.End] != '/' || !isASCIIDigit(text[numerator.End+1]) {
		return figureToken{}, false
	}
	whole, ok := numeral.Scan(text, numerator.End+1)
	if !ok || whole.Scaled || whole.Value.Exp != 0 || whole.Value.Coef <= numerator.Value.Coef || whole.Value.Coef > 100 {
		return figureToken{}, false
	}
	if whole.End < len(text) && (isASCIILetter(rune(text[whole.End])) || text[whole.End] == '/') || isASCIILetter(previous(text, at)) {
		return figureToken{}, false
	}
	return figureToken{start: at, end: whole.End, value: ratio(numerator.Value.Coef, whole.Value.Coef), fraction: true}, true
}

// ratio is part/whole with twelve decimals, enough for any printed share.
func ratio(part, whole int64) numeral.Decimal {
	const scale = 1_000_000_000_000
	return numeral.Decimal{Coef: part * scale / whole, Exp: -12}
}
