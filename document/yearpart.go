package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/calendar"
)

// yearPart is a part of a year, in months, as it stands behind the year.
type yearPart struct {
	from, to int
	scale    partScale
	size     int // bytes
}

// partScale tells how the part of a year is named.
type partScale int8

const (
	wholeRange partScale = iota // from where to where: 1—9月, 前三季度, 上半年, 全年
	aloneMonth                  // a month alone: 9月
	alonePart                   // a quarter or a half alone: 三季度, 下半年
)

// in is the part of a year.
func (p yearPart) in(year int) calendar.Period { return calendar.Months(year, p.from, p.to) }

// namedParts are the parts that have a name without a number.
var namedParts = []struct {
	word string
	part yearPart
}{
	{"上半年", yearPart{from: 1, to: 6}}, {"全年", yearPart{from: 1, to: 12}}, {"下半年", yearPart{from: 7, to: 12, scale: alonePart}},
}

// partAt reads the part of a year that a text begins with; false where there is none. A month with its day
// is a date and no part.
func partAt(s string) (yearPart, bool) {
	for _, named := range namedParts {
		if strings.HasPrefix(s, named.word) {
			named.part.size = len(named.word)
			return named.part, true
		}
	}
	if rest, ok := strings.CutPrefix(s, "前"); ok {
		return firstParts(s, rest)
	}
	if part, ok := quarterAt(s); ok {
		return part, true
	}
	return monthsAt(s)
}

// firstParts reads “前三季度” and “前9个月”.
func firstParts(whole, s string) (yearPart, bool) {
	n, size := smallNumber(s)
	at := len(whole) - len(s) + size
	for _, unit := range [...]struct {
		word   string
		months int
	}{{"季度", 3}, {"个季度", 3}, {"个月", 1}} {
		if to := n * unit.months; size > 0 && strings.HasPrefix(whole[at:], unit.word) && to >= 1 && to <= 12 {
			return yearPart{from: 1, to: to, size: at + len(unit.word)}, true
		}
	}
	return yearPart{}, false
}

// quarterAt reads “三季度” and “第三季度”.
func quarterAt(s string) (yearPart, bool) {
	at := len(s) - len(strings.TrimPrefix(s, "第"))
	n, size := smallNumber(s[at:])
	if at += size; size == 0 || n < 1 || n > 4 || !strings.HasPrefix(s[at:], "季度") {
		return yearPart{}, false
	}
	return yearPart{from: 3*n - 2, to: 3 * n, scale: alonePart, size: at + len("季度")}, true
}

// rangeSigns stand between the first and the last month.
var rangeSigns = []string{"-", "—", "–", "－", "―", "─", "~", "～", "至", "到"}

// monthsAt reads “9月”, “1—9月” and “1月至9月”.
func monthsAt(s string) (yearPart, bool) {
	first, at := smallNumber(s)
	if at == 0 {
		return yearPart{}, false
	}
	month := strings.HasPrefix(s[at:], "月")
	if month {
		at += len("月")
	}
	sign := slices.IndexFunc(rangeSigns, func(sign string) bool { return strings.HasPrefix(s[at:], sign) })
	if sign < 0 {
		return yearPart{from: first, to: first, scale: aloneMonth, size: at}, month && isMonth(first) && !dayFollows(s[at:])
	}
	behind := at + len(rangeSigns[sign])
	last, size := smallNumber(s[behind:])
	end := behind + size
	if size == 0 || !strings.HasPrefix(s[end:], "月") {
		return yearPart{}, false
	}
	end += len("月")
	return yearPart{from: first, to: last, size: end}, isMonth(first) && isMonth(last) && first <= last && !dayFollows(s[end:])
}

func isMonth(n int) bool { return n >= 1 && n <= 12 }

// dayFollows tells that a day stands where a month ends: a number that counts nothing, as in “三个”.
func dayFollows(s string) bool {
	_, size := smallNumber(s)
	if size == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[size:])
	return r == '日' || r == '号' || !unicode.Is(unicode.Han, r)
}
