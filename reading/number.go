package reading

import (
	"strings"
	"unicode/utf8"

	"luoshi/reading/lexicon"
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
	if end, named := codeAround(text, at, n.End, before); named {
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
	if isOrdinal(text, at) || before == '每' || before == '前' && (ranks[f.unit] || f.class == unit.Percent) {
		return x.addName(at, f.end)
	}
	return x.addFigure(f)
}

// ranks are units with which a number behind 前 is a rank: 前10位.
var ranks = map[string]bool{"位": true, "名": true, "强": true}

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
	return last.kind == name && endsWithAny(x.text[:at], "届", "期", "次", "号", "线", "路")
}

func (x *lexer) addFigure(f figureToken) int {
	x.tokens = append(x.tokens, token{start: int32(f.start), end: int32(f.end), kind: figure, ref: int32(len(x.figures))})
	x.figures = append(x.figures, f)
	return f.end
}

func (x *lexer) addName(start, end int) int {
	x.add(name, start, end)
	return end
}

// codeAround tells whether digits are part of a code or a name by the characters around them: PM2.5,
// 5G, 1+3+2, 第3, 4/5G. It returns where the code ends.
func codeAround(text string, start, end int, before rune) (int, bool) {
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

// wordsAhead are characters that make another word of the unit before them: 3.0方案, 13亿人民,
// 900万个体工商户, 1类新药.
var wordsAhead = map[string][]string{
	"人": {"民", "才", "工", "均", "物", "大"}, "个": {"体", "人", "性"}, "方": {"案", "面", "式", "法", "向", "针"},
	"组": {"织", "团", "合"}, "天": {"然", "津", "线"}, "发": {"展", "明"}, "国": {"集", "家", "际"}, "环": {"境", "保", "节"},
	"重": {"点", "大", "要", "工"}, "块": {"链"}, "道": {"路"}, "线": {"路"}, "站": {"点"}, "点": {"位"}, "市": {"级", "场"}, "县": {"级", "域"},
	"省": {"级"}, "区": {"级", "域", "块"}, "镇": {"级"}, "村": {"级"}, "步": {"骤"}, "层": {"次"}, "课": {"程"}, "面": {"积"}, "部": {"门", "分"},
}

// splitsWord tells whether the unit found is only the beginning of a word.
func splitsWord(text string, at, end int, f *figureToken) bool {
	u := text[at:end]
	if u == "类" {
		return f.value.Cmp(numeral.Int(5)) < 0
	}
	return startsWithAny(text[end:], wordsAhead[u]...)
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
	r, _ := decode(text, at)
	return characters().info[r&0xFFFF].class&punctuation != 0 || r == '的'
}

// circles are what a travel time that names a circle of services is followed by.
var circles = []string{"圈", "“不打烊”", "不打烊", "值班", "值守", "热线", "自助", "在线", "不间断", "全天候", "营业", "无休", "服务"}

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
	halves    = []string{"一半", "半数"}
	halfUnits = []string{"个工作日", "个小时", "个月", "小时", "天", "年"}
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

// smallUnits are the units with which a single spelled-out digit counts real things by itself.
var smallUnits = map[string]bool{
	"家": true, "所": true, "座": true, "户": true, "套": true, "栋": true, "幢": true, "辆": true,
	"台": true, "架": true, "艘": true, "株": true, "棵": true, "枚": true, "名": true, "人次": true,
	"场": true, "场次": true, "间": true, "万人": true, "件": true, "处": true, "亩": true, "吨": true,
	"公里": true, "千米": true, "斤": true, "公斤": true, "元": true, "美元": true, "个百分点": true,
	"百分点": true, "倍": true, "番": true, "个工作日": true, "小时": true, "分钟": true, "个月": true,
	"公顷": true, "平方米": true, "千瓦": true, "条": true, "个": true, "项": true, "支": true, "枝": true,
}

// needsVerb are the small units that count real things only behind a verb of making or in a list.
var needsVerb = map[string]bool{"个": true, "项": true, "条": true, "件": true, "场": true, "支": true, "处": true, "名": true, "家": true, "座": true, "所": true}

// spelled decides on a numeral in Chinese characters, most of which count nothing. It returns at when
// the character is better read as part of a word.
func (x *lexer) spelled(text string, at int, n numeral.Number) int {
	if n.Digits == 1 && !n.More && strings.HasPrefix(text[n.End:], "大") && !strings.HasPrefix(text[n.End:], "大类") && x.lastIs(at, lexicon.List) {
		return x.addFigure(figureToken{start: at, end: n.End, value: n.Value, spelled: true})
	}
	if x.continuesName(at) {
		return x.addName(at, n.End)
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
	f.class, f.unit, f.end = class, text[f.end:end], end
	if x.runsOn(text, &f) {
		return x.addFigure(f)
	}
	f.class, f.unit, f.end = unit.None, "", end-len(f.unit)
	if class == unit.None {
		if n.Scaled && n.Digits > 1 && n.Value.Coef >= 10000 && f.end > 0 {
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
		return f.unit != "成" || !startsWithAny(rest, "为", "立", "效", "果", "就", "本", "员", "都", "熟", "长", "功", "型", "交", "品", "份", "分", "绩", "套", "片", "形", "渝", "德")
	case unit.Physical, unit.Duration:
		if n.Digits > 1 || n.Scaled {
			return len(f.unit) > 3 || f.unit == "吨" || f.unit == "亩" || f.unit == "斤" || f.unit == "度" && n.Scaled || f.unit == "里" && n.Scaled || f.unit == "担" || f.unit == "天" || f.unit == "米" && n.Digits > 2 || f.unit == "方" && n.Scaled
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
	if n.Value.Coef > 1 && f.unit != "个" && f.unit != "项" && x.opensPart(f.start) {
		return true
	}
	return x.lastIs(f.start, lexicon.Drop|lexicon.Keep|lexicon.List) || n.Value.Coef > 1 && x.lastIs(f.start, lexicon.And)
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
var countsVaguely = map[string]bool{"个": true, "项": true, "件": true, "场": true, "名": true, "套": true, "支": true, "条": true, "户": true, "家": true}

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
	if !x.lastIs(at, lexicon.MoreThan|lexicon.About|lexicon.LessThan|lexicon.Link) && !startsWithAny(text[end:], "以上", "以下", "以内") {
		return figureToken{}, false
	}
	return figureToken{start: at, end: end, value: n.Value, unit: text[n.End:end], class: class, spelled: true}, true
}
