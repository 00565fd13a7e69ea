package reading

import (
	"strings"

	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
	"luoshi/reading/unit"
)

// smallUnits are the units with which a single spelled-out digit counts real things by itself.
var smallUnits = set("small-units")

// needsVerb are the small units that count real things only behind a verb of making or in a list.
var needsVerb = set("needs-verb")

// spelled decides on a numeral in Chinese characters, most of which count nothing. It returns at when
// the character is better read as part of a word.
func (x *lexer) spelled(text string, at int, n numeral.Number) int {
	if n.Digits == 1 && !n.More && strings.HasPrefix(text[n.End:], "大") && !strings.HasPrefix(text[n.End:], "大类") && x.lastIs(at, lexicon.List) {
		return x.addFigure(figureToken{start: at, end: n.End, value: n.Value, spelled: true})
	}
	if x.continuesName(at) {
		return x.addName(at, n.End)
	}
	if f := (figureToken{start: at, end: n.End, value: n.Value, spelled: true}); x.runsOn(text, &f) {
		return x.addFigure(f)
	}
	if n.Value.Coef == 0 && startsWithAny(text[n.End:], "增加", "增长", "新增") {
		return x.addFigure(figureToken{start: at, end: n.End, spelled: true})
	}
	if _, end := x.opaqueAt(text, at); end > n.End {
		return at
	}
	f := figureToken{start: at, end: n.End, value: n.Value, more: n.More, spelled: true}
	if n.Serial || isOrdinal(text, at) || previous(text, at) == '几' || previous(text, at) == '数' {
		return x.addName(at, n.End)
	}
	x.extendSpelled(text, &f, n)
	class, end := unit.Match(text, f.end)
	if class == unit.None {
		if n.Scaled && n.Digits > 1 && n.Value.Coef >= 10000 {
			return x.addFigure(f)
		}
		return at
	}
	if class == unit.Date || class == unit.Name {
		return x.addName(at, end)
	}
	f.class, f.unit, f.end = class, text[f.end:end], end
	if f.unit == "倍" && strings.HasPrefix(text[end:], "半") {
		f.end += len("半")
		f.value = numeral.Decimal{Coef: f.value.Coef*10 + 5, Exp: -1}
	}
	f.extendMore(text)
	if previous(text, at) == '近' && (class == unit.Date || class == unit.Duration) || !x.countsThings(text, &f, n) {
		return x.addName(at, n.End)
	}
	return x.addFigure(f)
}

// extendSpelled takes the upper end of a range of spelled-out numerals: 三至五家, 二百到三百公里.
func (x *lexer) extendSpelled(text string, f *figureToken, n numeral.Number) {
	for _, mark := range []string{"至", "到"} {
		if !strings.HasPrefix(text[n.End:], mark) || n.End+len(mark) >= len(text) {
			continue
		}
		upper, ok := numeral.Scan(text, n.End+len(mark))
		if !ok || !upper.Spelled {
			return
		}
		if class, _ := unit.Match(text, upper.End); class == unit.None || class == unit.Date {
			return
		}
		if f.value.Cmp(upper.Value) < 0 {
			f.upper, f.ranged, f.end = upper.Value, true, upper.End
		}
		return
	}
}

func (x *lexer) opaqueAt(text string, at int) (lexicon.Tag, int) {
	tags, end := x.words.Match(text, at)
	if tags&lexicon.Opaque == 0 {
		return 0, at
	}
	return tags, end
}

// lastIs tells whether the token that ends at the given place carries one of the tags.
func (x *lexer) lastIs(at int, tags lexicon.Tag) bool {
	if len(x.tokens) == 0 {
		return false
	}
	last := &x.tokens[len(x.tokens)-1]
	return int(last.end) == at && last.is(tags)
}

// plainUnits are one-character units that a compound spelled-out numeral counts; scaledUnits only do
// with a magnitude, as they are parts of too many words.
var (
	plainUnits  = set("plain-units")
	scaledUnits = set("scaled-units")
)

// behindCheng are characters that make a word of 成: 建成, 成立, 成效.
var behindCheng = list("behind-cheng")

// countsThings tells whether a spelled-out numeral with a unit is a quantity (GUIDE, "What is not a
// record"): compound numerals are; a single digit is when its unit is measurable or when it stands
// behind a verb that makes things, or closes a list.
func (x *lexer) countsThings(text string, f *figureToken, n numeral.Number) bool {
	rest := text[f.end:]
	if tags, end := x.words.Match(text, f.end); end > f.end && tags&lexicon.Abstract != 0 {
		return false
	}
	switch f.class {
	case unit.Percent, unit.Money:
		return true
	case unit.Times:
		if f.unit == "番" {
			return endsWithAny(text[:f.start], "翻", "翻了")
		}
		return f.unit != "成" || !startsWithAny(rest, behindCheng...)
	case unit.Physical, unit.Duration:
		if n.Digits > 1 || n.Scaled {
			return len(f.unit) > len("米") || plainUnits[f.unit] || n.Scaled && scaledUnits[f.unit]
		}
		return smallUnits[f.unit] && n.Value.Coef > 1
	}
	if n.Digits > 1 || n.Scaled || n.More {
		return !strings.HasPrefix(rest, "方面") && !(f.unit == "字" || f.unit == "级" || f.unit == "类")
	}
	if n.Value.Coef == 0 {
		return false
	}
	if !smallUnits[f.unit] {
		return false
	}
	if n.Value.Coef == 1 {
		return !countsVaguely[f.unit] && x.lastIs(f.start, lexicon.Drop|lexicon.Keep)
	}
	if !needsVerb[f.unit] || strings.HasPrefix(rest, "民生实事") || strings.HasPrefix(rest, "实事") {
		return true
	}
	if n.Value.Coef > 1 && endsQuantity(text, f.end) && !endsWithAny(text[:f.start], "这", "那", "前", "后", "第", "头", "每", "此", "上", "下", "述", "为", "是") {
		return true
	}
	if n.Value.Coef > 1 && x.closesList() {
		return true // 滨河路、学府路两条断头路
	}
	if n.Value.Coef > 1 && f.unit != "个" && f.unit != "项" && x.opensPart(f.start) {
		return true
	}
	return x.lastIs(f.start, lexicon.Drop|lexicon.Keep|lexicon.List) || n.Value.Coef > 1 && x.lastIs(f.start, lexicon.And)
}

// closesList tells whether members joined by 、 stand before the numeral in its part of the sentence.
func (x *lexer) closesList() bool {
	for i := len(x.tokens) - 1; i >= max(0, len(x.tokens)-6); i-- {
		switch x.tokens[i].kind {
		case pause:
			return true
		case comma, semicolon, colon, stop, figure:
			return false
		}
	}
	return false
}

// opensPart tells whether a numeral stands at the head of a sentence or of a part of it.
func (x *lexer) opensPart(at int) bool {
	if len(x.tokens) == 0 {
		r := previous(x.text, at)
		return r == 0 || r == '\n'
	}
	last := &x.tokens[len(x.tokens)-1]
	return int(last.end) == at && (last.kind == comma || last.kind == stop || last.kind == semicolon)
}

// countsVaguely are units with which 一 is an article rather than a number: 打造一个高地.
var countsVaguely = set("counts-vaguely")

// unnumbered reads a magnitude that stands for one of itself behind a comparator: 突破千亿元, 超万亿斤,
// 年投资亿元以上.
func (x *lexer) unnumbered(text string, at int) (figureToken, bool) {
	n, ok := numeral.ScanMagnitudes(text, at)
	if !ok {
		return figureToken{}, false
	}
	class, end := unit.Match(text, n.End)
	if strings.HasPrefix(text[end:], "级") {
		return figureToken{}, false
	}
	if class == unit.Count || class == unit.Person {
		if !x.lastIs(at, lexicon.MoreThan|lexicon.About) {
			return figureToken{}, false
		}
	} else if class != unit.Money && class != unit.Physical {
		return figureToken{}, false
	}
	if !x.lastIs(at, lexicon.MoreThan|lexicon.About|lexicon.LessThan|lexicon.Link) && !(startsWithAny(text[end:], "以上", "以下", "以内") && hasAnySuffix(text[:at], describedBy)) {
		return figureToken{}, false
	}
	return figureToken{start: at, end: end, value: n.Value, unit: text[n.End:end], class: class, spelled: true}, true
}
