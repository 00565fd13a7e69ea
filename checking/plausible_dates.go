package checking

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// opensDateUnit is how 月 and 季度 begin, and what stands between the parts of 2026-02-28.
var opensDateUnit = charactersOf("月季-")

// impossibleDates finds days, months and quarters that no calendar has.
func (p *paper) impossibleDates() []Finding {
	var found []Finding
	for i := range p.Document.Blocks {
		b := &p.Document.Blocks[i]
		if b.Furniture {
			continue
		}
		text := p.Document.Text[:b.End]
		for at := opensDateUnit.next(text, b.Start); at < len(text); at = opensDateUnit.next(text, at+1) {
			if d, odd := oddDateAt(text, at); odd {
				found = append(found, p.noSuchDate(d))
			}
		}
	}
	return found
}

// oddDateAt looks at a date around the 月, 季度 or - at a byte.
func oddDateAt(text string, at int) (oddDate, bool) {
	if text[at] == '-' {
		return oddDashed(text, at)
	}
	if strings.HasPrefix(text[at:], "月") {
		return oddMonth(text, at)
	}
	if strings.HasPrefix(text[at:], "季度") {
		return oddQuarter(text, at)
	}
	return oddDate{}, false
}

// oddDate is a date that does not exist, or hardly can.
type oddDate struct {
	document.Span
	severity Severity
	why      Wording
	instead  Wording
}

func (p *paper) noSuchDate(d oddDate) Finding {
	there := passage(p.Reading, d.Span)
	return Finding{
		Severity:   d.severity,
		Message:    Wording{"“" + there.Surface + "”不是有效日期：" + d.why.ZH + "。", there.Surface + " is no date: " + d.why.EN + "."},
		Places:     []Place{there},
		Suggestion: d.instead,
	}
}

var checkSource = Wording{"请对照原件核对日期。", "Compare the date with its source."}

// oddMonth looks at the number before 月 and the day behind it.
func oddMonth(text string, at int) (oddDate, bool) {
	month, start, ok := numberBefore(text, at)
	if !ok || strings.HasSuffix(text[:start], ".") || strings.HasSuffix(text[:start], "．") {
		return oddDate{}, false
	}
	end := at + len("月")
	if month < 1 || month > 12 {
		return monthOff(text, document.Span{Start: start, End: end}, month)
	}
	day, dayEnd, ok := dayBehind(text, end)
	if !ok || lunar(text[:start]) {
		return oddDate{}, false
	}
	year, from := yearBefore(text, start)
	return dayOff(document.Span{Start: from, End: dayEnd}, year, month, day)
}

// dashed is a date such as 2026-02-28.
var dashed = regexp.MustCompile(`^([12]\d{3})-(\d{1,2})-(\d{1,2})$`)

// oddDashed looks at a date with dashes whose first dash stands at a byte. With another month it is some
// other number.
func oddDashed(text string, at int) (oddDate, bool) {
	start, end := at, at
	for start > 0 && isDateByte(text[start-1]) {
		start--
	}
	for end < len(text) && isDateByte(text[end]) {
		end++
	}
	parts := dashed.FindStringSubmatch(text[start:end])
	if parts == nil || at != start+len(parts[1]) {
		return oddDate{}, false
	}
	var numbers [3]int
	for i, part := range parts[1:] {
		numbers[i], _ = strconv.Atoi(part) // the pattern admits digits alone
	}
	if numbers[1] < 1 || numbers[1] > 12 {
		return oddDate{}, false
	}
	return dayOff(document.Span{Start: start, End: end}, numbers[0], numbers[1], numbers[2])
}

func isDateByte(b byte) bool {
	return b == '-' || b >= '0' && b <= '9' || b == '/' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// dayOff is a day that its month does not have. The year is 0, a leap year, where none is stated.
func dayOff(span document.Span, year, month, day int) (oddDate, bool) {
	longest := calendar.DaysIn(year, month)
	if day >= 1 && day <= longest {
		return oddDate{}, false
	}
	return oddDate{
		Span: span, severity: Error,
		why: Wording{
			strconv.Itoa(month) + "月只有" + strconv.Itoa(longest) + "天",
			"month " + strconv.Itoa(month) + " has " + strconv.Itoa(longest) + " days",
		},
		instead: Wording{
			"请核对是否应为" + strconv.Itoa(month) + "月" + strconv.Itoa(longest) + "日。",
			"Was day " + strconv.Itoa(longest) + " meant?",
		},
	}, true
}

// monthOff is a month that no year has. What follows must make it a date: a sum such as 13月 in a word is
// only unlikely.
func monthOff(text string, span document.Span, month int) (oddDate, bool) {
	severity := Warning
	if _, _, dated := dayBehind(text, span.End); dated || startsWithAny(text[span.End:], boundsOf().lists["date-tails"]) {
		severity = Error
	}
	return oddDate{
		Span: span, severity: severity,
		why:     Wording{"没有" + strconv.Itoa(month) + "月", "there is no month " + strconv.Itoa(month)},
		instead: checkSource,
	}, true
}

// oddQuarter looks at the number before 季度. Counted quarters (连续五季度) are none of the year.
func oddQuarter(text string, at int) (oddDate, bool) {
	quarter, start, ok := numberBefore(text, at)
	if !ok || quarter >= 1 && quarter <= 4 {
		return oddDate{}, false
	}
	before, ordinal := strings.CutSuffix(text[:start], "第")
	if !ordinal && slices.ContainsFunc(boundsOf().lists["runs"], func(word string) bool { return strings.HasSuffix(before, word) }) {
		return oddDate{}, false
	}
	return oddDate{
		Span: document.Span{Start: len(before), End: at + len("季度")}, severity: Error,
		why: Wording{"一年只有四个季度", "a year has four quarters"}, instead: checkSource,
	}, true
}

// dayBehind is the day that follows a month: 30日, 30号; of a range (10日至30日, 10-30日) the last.
func dayBehind(text string, at int) (day, end int, ok bool) {
	n, found := dayNumber(text, at)
	if !found {
		return 0, 0, false
	}
	end, ok = dayMark(text, n.End)
	if last, found := rangeEnd(text, end); found {
		if lastEnd, marked := dayMark(text, last.End); marked {
			return int(last.Value.Coef), lastEnd, true
		}
	}
	return int(n.Value.Coef), end, ok
}

// dayMark is where 日 or 号 at a byte ends.
func dayMark(text string, at int) (end int, ok bool) {
	for _, word := range []string{"日", "号"} {
		if strings.HasPrefix(text[at:], word) {
			return at + len(word), true
		}
	}
	return at, false
}

// rangeEnd is the number behind a dash.
func rangeEnd(text string, at int) (numeral.Number, bool) {
	for _, dash := range []string{"-", "—", "－", "~", "～", "至"} {
		if strings.HasPrefix(text[at:], dash) {
			return dayNumber(text, at+len(dash))
		}
	}
	return numeral.Number{}, false
}

// dayNumber is a whole number of at most two digits.
func dayNumber(text string, at int) (numeral.Number, bool) {
	n, ok := numeral.Scan(text, at)
	if !ok || n.Value.Exp != 0 || n.Value.Coef > 99 || n.More || n.Serial {
		return n, false
	}
	return n, true
}

// numberBefore is the whole number of at most two digits that ends at a byte, and where it begins.
func numberBefore(text string, at int) (value, start int, ok bool) {
	start = at
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if (r < '0' || r > '9') && !strings.ContainsRune("零〇一二三四五六七八九十", r) {
			break
		}
		start -= size
	}
	if start == at {
		return 0, 0, false
	}
	n, found := dayNumber(text, start)
	if !found || n.End != at {
		return 0, 0, false
	}
	return int(n.Value.Coef), start, true
}

// yearBefore is the year that stands before a month, and where the date begins; 0 where none does.
func yearBefore(text string, at int) (year, start int) {
	before, found := strings.CutSuffix(text[:at], "年")
	if !found || len(before) < 4 {
		return 0, at
	}
	digits := before[len(before)-4:]
	year, err := strconv.Atoi(digits)
	if err != nil {
		return 0, at
	}
	return year, len(before) - 4
}

// lunar tells whether a date is of another calendar, whose months have other lengths.
func lunar(before string) bool {
	const reach = len("农历二〇二六年")
	return holdsAny(before[max(0, len(before)-reach):], boundsOf().lists["lunar"])
}

// passage is a place that is no quantity.
func passage(r *reading.Reading, span document.Span) Place {
	return Place{Quantity: -1, At: codePointsBefore(r, span.Start), Span: span, Surface: span.In(r.Document.Text)}
}

// codePointsBefore counts the code points before a byte, from the clause that begins nearest to it.
func codePointsBefore(r *reading.Reading, at int) int {
	i, exact := slices.BinarySearchFunc(r.Clauses, at, func(c reading.Clause, at int) int { return c.Span.Start - at })
	if exact {
		return r.Clauses[i].At
	}
	start, count := 0, 0
	if i > 0 {
		start, count = r.Clauses[i-1].Span.Start, r.Clauses[i-1].At
	}
	return count + utf8.RuneCountInString(r.Document.Text[start:at])
}
