// Package period finds the dates and periods that plans and reports speak of and resolves them
// against the year that a document speaks of: 2025年6月底前, 1-6月, 前三季度, 年内, “十四五”期间,
// 秋季开学, 春节前.
package period

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
)

// Scale is how long a stretch a mention covers.
type Scale uint8

const (
	Day Scale = iota
	Month
	Quarter // several months up to three quarters
	Half
	Year
	Years // several years, such as a five-year plan
)

// Mention is a date or period as written.
type Mention struct {
	End      int // byte behind the phrase
	Year     int // 0 where the phrase leaves it to the document
	Shift    int // years from the document's year: 去年 is -1
	ToYear   int // last year, where it differs from Year
	Length   int // years covered up to the last, for 过去五年; 0 where From says it
	From, To calendar.Date
	Scale    Scale
	Deadline bool // 前, 底前, 年底: something is to be done by then
	Since    bool // 以来: the period begins there and reaches to the present
	Spring   bool // the eve of the Spring Festival
}

// Stated tells whether the phrase names a year itself or by 去年, 明年.
func (m *Mention) Stated() bool { return m.Year != 0 || m.Shift != 0 || m.Scale == Years }

// LastYear is the last year that the mention covers when the document speaks of year.
func (m *Mention) LastYear(year int) int {
	if m.ToYear != 0 {
		return m.ToYear
	}
	if m.Year != 0 {
		return m.Year
	}
	return year + m.Shift
}

// Resolve places the mention in time for a document that speaks of year.
func (m *Mention) Resolve(year int) calendar.Period {
	last := m.LastYear(year)
	first := last
	if m.Year != 0 {
		first = m.Year
	}
	if m.Spring {
		eve := springEve(last)
		return calendar.Period{From: calendar.Date{Year: int16(last), Month: 1, Day: 1}, To: eve}
	}
	if m.Length > 0 {
		first = last - m.Length + 1
	}
	from, to := m.From, m.To
	from.Year, to.Year = int16(first), int16(last)
	if days := calendar.DaysIn(last, int(to.Month)); int(to.Day) > days {
		to.Day = int8(days)
	}
	return calendar.Period{From: from, To: to}
}

//go:embed phrases.txt
var phrasesFile string

type phrases struct {
	trie     *lexicon.Trie
	mentions []Mention
}

var fixed = sync.OnceValue(func() phrases {
	var p phrases
	var words []string
	for line := range lexicon.Lines(phrasesFile) {
		mention, err := parsePhrase(line.Head)
		if err != nil {
			panic("period: phrases.txt: " + err.Error())
		}
		words = append(words, line.Words...)
		p.mentions = append(p.mentions, slices.Repeat([]Mention{mention}, len(line.Words))...)
	}
	p.trie = lexicon.NewTrie(words)
	return p
})

// parsePhrase reads the head of a line of phrases.txt.
func parsePhrase(head string) (Mention, error) {
	var m Mention
	for i, field := range strings.Fields(head) {
		switch {
		case i == 0 && field == "spring":
			m.Spring = true
			m.From, m.To = calendar.Date{Month: 1, Day: 1}, calendar.Date{Month: 2, Day: 28}
		case i == 0:
			var a, b int
			if _, err := fmt.Sscanf(field, "%d-%d", &a, &b); err != nil {
				return m, fmt.Errorf("read %q: %w", head, err)
			}
			m.setMonthsOrDay(a, b)
		case field == "before":
			m.Deadline = true
		default:
			shift, err := strconv.Atoi(field)
			if err != nil {
				return m, fmt.Errorf("read %q: %w", head, err)
			}
			m.Shift = shift
		}
	}
	return m, nil
}

// setMonthsOrDay reads 01-06 as January to June and 04-30, whose second part is no later month or is
// beyond 12, as a day.
func (m *Mention) setMonthsOrDay(a, b int) {
	if b > 12 || b < a {
		m.From, m.To = calendar.Date{Month: int8(a), Day: int8(b)}, calendar.Date{Month: int8(a), Day: int8(b)}
		m.Scale = Day
		return
	}
	m.setMonths(a, b)
}

func (m *Mention) setMonths(from, to int) {
	m.From = calendar.Date{Month: int8(from), Day: 1}
	m.To = calendar.Date{Month: int8(to), Day: 31}
	switch months := to - from + 1; {
	case months >= 12:
		m.Scale = Year
	case months == 6:
		m.Scale = Half
	case months == 1:
		m.Scale = Month
	default:
		m.Scale = Quarter
	}
}

// springEves are the days before the Spring Festival, as MMDD by year, from the lunar calendar as
// published by the Purple Mountain Observatory.
var springEves = map[int]int{
	2015: 218, 2016: 207, 2017: 127, 2018: 215, 2019: 204, 2020: 124, 2021: 211, 2022: 131, 2023: 121,
	2024: 209, 2025: 128, 2026: 216, 2027: 205, 2028: 125, 2029: 212, 2030: 202, 2031: 122, 2032: 210,
}

func springEve(year int) calendar.Date {
	eve, known := springEves[year]
	if !known {
		eve = 131
	}
	return calendar.Date{Year: int16(year), Month: int8(eve / 100), Day: int8(eve % 100)}
}

// Phrases is the trie of the phrases that MatchPhrase knows, with the prefixes of a span of years.
func Phrases() *lexicon.Trie { return starts() }

var starts = sync.OnceValue(func() *lexicon.Trie {
	var words []string
	for line := range lexicon.Lines(phrasesFile) {
		words = append(words, line.Words...)
	}
	for _, span := range yearSpans {
		words = append(words, span.prefix)
	}
	return lexicon.NewTrie(words)
})

// Match is the date or period that begins at text[at:]; ok is false when there is none.
func Match(text string, at int) (m Mention, ok bool) {
	if m, ok = MatchPhrase(text, at); ok {
		return m, true
	}
	return MatchNumeric(text, at)
}

// MatchPhrase is Match for what begins with a word: 上半年, 年底前, 过去五年.
func MatchPhrase(text string, at int) (m Mention, ok bool) {
	p := fixed()
	if id, end := p.trie.Match(text, at); id >= 0 {
		m = p.mentions[id]
		m.End = end
		if m.Scale == Year && !m.Deadline && m.readMonthOf(text) {
			return m, true
		}
		m.readBehind(text)
		return m, true
	}
	return matchYearSpan(text, at)
}

// yearSpans are the words before a number of years: past and future seen from the document's year.
var yearSpans = []struct {
	prefix string
	past   bool
}{
	{"过去的", true}, {"过去", true}, {"近", true}, {"未来", false}, {"今后", false},
}

// startsSpan tells whether one of the prefixes may begin at the front of text.
func startsSpan(text string) bool {
	for _, first := range [...]string{"过", "未", "今", "近"} {
		if strings.HasPrefix(text, first) {
			return true
		}
	}
	return false
}

// matchYearSpan reads 过去五年, 今后5年.
func matchYearSpan(text string, at int) (Mention, bool) {
	if !startsSpan(text[at:]) {
		return Mention{}, false
	}
	for _, span := range yearSpans {
		if !strings.HasPrefix(text[at:], span.prefix) {
			continue
		}
		start := at + len(span.prefix)
		if start >= len(text) {
			return Mention{}, false
		}
		n, ok := numeral.Scan(text, start)
		if !ok || n.Scaled || n.Value.Exp != 0 || n.Value.Coef > 50 || !strings.HasPrefix(text[n.End:], "年") {
			return Mention{}, false
		}
		m := Mention{End: n.End + len("年"), Length: int(n.Value.Coef)}
		m.setMonths(1, 12)
		m.Scale = Years
		if span.past {
			m.Shift = -1
		} else {
			m.Shift = int(n.Value.Coef) - 1
		}
		return m, true
	}
	return Mention{}, false
}

// MatchNumeric reads what begins with a numeral: years, months, days, quarters and their ranges.
func MatchNumeric(text string, at int) (Mention, bool) {
	first, end, ok := smallNumber(text, at)
	if !ok {
		return Mention{}, false
	}
	second, secondEnd := 0, end
	if sepEnd := rangeMark(text, end); sepEnd > end {
		if n, e, ok := smallNumber(text, sepEnd); ok {
			second, secondEnd = n, e
		}
	}
	if second != 0 {
		if m, ok := rangeMention(text, first, second, secondEnd); ok {
			return m, true
		}
	}
	rest := text[end:]
	switch {
	case isYear(first) && strings.HasPrefix(rest, "年"):
		m := Mention{Year: first, End: end + len("年")}
		m.setMonths(1, 12)
		m.readWithin(text)
		return m, true
	case first >= 2 && first <= 30 && strings.HasPrefix(rest, "年来"):
		m := Mention{End: end + len("年来"), Shift: -1, Length: first}
		m.setMonths(1, 12)
		m.Scale = Years
		return m, true
	case first >= 1 && first <= 12 && strings.HasPrefix(rest, "月"):
		m := Mention{}
		m.readMonth(text, first, end+len("月"))
		return m, true
	case first >= 1 && first <= 4 && strings.HasPrefix(rest, "季度"):
		m := Mention{End: end + len("季度")}
		m.setMonths(first*3-2, first*3)
		m.readBehind(text)
		return m, true
	default:
		return Mention{}, false
	}
}

// rangeMention reads 2021-2025年, 1-6月, 一至三季度.
func rangeMention(text string, first, second, end int) (Mention, bool) {
	rest := text[end:]
	m := Mention{}
	switch {
	case isYear(first) && isYear(second) && second >= first && strings.HasPrefix(rest, "年"):
		m.Year, m.ToYear, m.End = first, second, end+len("年")
		m.setMonths(1, 12)
		m.Scale = Years
	case first >= 1 && second <= 12 && first < second && strings.HasPrefix(rest, "月"):
		m.End = end + len("月")
		if strings.HasPrefix(text[m.End:], "份") {
			m.End += len("份")
		}
		m.setMonths(first, second)
	case first >= 1 && second <= 4 && first < second && strings.HasPrefix(rest, "季度"):
		m.End = end + len("季度")
		m.setMonths(first*3-2, second*3)
	default:
		return m, false
	}
	m.readBehind(text)
	return m, true
}

func isYear(n int) bool { return n >= 1900 && n <= 2100 }

// smallNumber reads a number of at most four digits without decimals.
func smallNumber(text string, at int) (value, end int, ok bool) {
	if at >= len(text) {
		return 0, at, false
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	if r > utf8.RuneSelf && !numeral.Starts(r) && (r < '０' || r > '９') {
		return 0, at, false
	}
	n, ok := numeral.Scan(text, at)
	if !ok || n.Scaled || n.More || n.Value.Exp != 0 || n.Value.Coef > 9999 || n.Value.Coef < 0 {
		return 0, at, false
	}
	return int(n.Value.Coef), n.End, true
}

// rangeMark is the byte behind a mark that joins two numbers, or at.
func rangeMark(text string, at int) int {
	for _, mark := range []string{"-", "—", "–", "－", "~", "～", "至", "到", "―"} {
		if strings.HasPrefix(text[at:], mark) {
			return at + len(mark)
		}
	}
	return at
}

// readWithin takes what narrows a year: 2025年上半年, 2025年6月底前, 2025年底.
func (m *Mention) readWithin(text string) {
	p := fixed()
	if id, end := p.trie.Match(text, m.End); id >= 0 && p.mentions[id].Shift == 0 {
		within := p.mentions[id]
		within.Year, within.End = m.Year, end
		*m = within
		m.readBehind(text)
		return
	}
	if month, end, ok := smallNumber(text, m.End); ok && month >= 1 && month <= 12 {
		if strings.HasPrefix(text[end:], "月") {
			m.readMonth(text, month, end+len("月"))
			return
		}
		if sepEnd := rangeMark(text, end); sepEnd > end {
			if to, toEnd, ok := smallNumber(text, sepEnd); ok && to > month && to <= 12 && strings.HasPrefix(text[toEnd:], "月") {
				m.setMonths(month, to)
				m.End = toEnd + len("月")
				m.readBehind(text)
				return
			}
		}
	}
	if sepEnd := rangeMark(text, m.End); sepEnd > m.End {
		if year, end, ok := smallNumber(text, sepEnd); ok && isYear(year) && year > m.Year && strings.HasPrefix(text[end:], "年") {
			m.ToYear, m.End, m.Scale = year, end+len("年"), Years
		}
	}
	m.readBehind(text)
}

// readMonthOf takes the month behind 明年 or 今年: 明年6月底前.
func (m *Mention) readMonthOf(text string) bool {
	month, end, ok := smallNumber(text, m.End)
	if !ok || month < 1 || month > 12 || !strings.HasPrefix(text[end:], "月") {
		return false
	}
	m.readMonth(text, month, end+len("月"))
	return true
}

// readMonth takes 6月, 6月底, 6月上旬 and 6月30日.
func (m *Mention) readMonth(text string, month, end int) {
	m.setMonths(month, month)
	m.End = end
	if strings.HasPrefix(text[end:], "份") {
		m.End += len("份")
	}
	if day, dayEnd, ok := smallNumber(text, m.End); ok && day >= 1 && day <= 31 &&
		(strings.HasPrefix(text[dayEnd:], "日") || strings.HasPrefix(text[dayEnd:], "号")) {
		m.From.Day, m.To.Day = int8(day), int8(day)
		m.Scale = Day
		m.End = dayEnd + len("日")
	}
	for _, part := range []struct {
		word string
		last int8
	}{{"上旬", 10}, {"中旬", 20}, {"下旬", 31}, {"初", 10}, {"中", 20}} {
		if strings.HasPrefix(text[m.End:], part.word) && m.Scale == Month {
			m.To.Day = part.last
			m.End += len(part.word)
			break
		}
	}
	m.readBehind(text)
}

// behind are the words after a date that say how it bounds.
var behind = []struct {
	word            string
	deadline, since bool
}{
	{"底以前", true, false}, {"底之前", true, false}, {"底前", true, false}, {"末前", true, false}, {"底", true, false},
	{"末", true, false}, {"之前", true, false}, {"以前", true, false}, {"前", true, false}, {"以来", false, true}, {"起", false, true},
}

func (m *Mention) readBehind(text string) {
	for _, b := range behind {
		if strings.HasPrefix(text[m.End:], b.word) && !strings.HasPrefix(text[m.End:], "前三季度") && !strings.HasPrefix(text[m.End:], "前列") {
			m.Deadline = m.Deadline || b.deadline
			m.Since = b.since
			m.End += len(b.word)
			return
		}
	}
}

// planOrdinals are the five-year plans by the name between their quotation marks.
var planOrdinals = []string{"十二五", "十三五", "十四五", "十五五", "十六五", "十七五"}

// MatchPlan reads a five-year plan whose name begins at text[at:], in quotation marks or without,
// where a word behind it makes it a period: “十四五”期间, “十五五”末. The first year of the twelfth
// plan was 2011.
func MatchPlan(text string, at int) (Mention, bool) {
	start := at
	if strings.HasPrefix(text[start:], "“") {
		start += len("“")
	}
	for i, name := range planOrdinals {
		if !strings.HasPrefix(text[start:], name) {
			continue
		}
		end := start + len(name)
		if start > at {
			if !strings.HasPrefix(text[end:], "”") {
				return Mention{}, false
			}
			end += len("”")
		}
		for _, word := range []string{"期间", "时期", "期末", "末期", "末", "以来", "收官"} {
			if strings.HasPrefix(text[end:], word) {
				m := Mention{Year: 2011 + i*5, ToYear: 2015 + i*5, End: end + len(word)}
				m.setMonths(1, 12)
				m.Scale = Years
				return m, true
			}
		}
	}
	return Mention{}, false
}
