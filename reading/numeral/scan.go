package numeral

import (
	"strings"
	"unicode/utf8"
)

// Number is a numeral found in a text.
type Number struct {
	Value   Decimal
	End     int  // byte behind the numeral and its magnitudes
	More    bool // 余, 多 or 几 after it: 9100余, 三十多
	Spelled bool // written in Chinese characters
	Scaled  bool // multiplied by a magnitude: 万, 亿
	Digits  int  // characters of the numeral without magnitudes
	Serial  bool // spelled digit by digit: 二○二一, 三四
}

// maxDigits bounds the significant digits that a Decimal can hold; a longer run of digits is no
// figure but a code.
const maxDigits = 17

// Scan reads the numeral that begins at text[at:]; ok is false when there is none or when it is too
// long to be a figure. In that case End tells where to go on.
func Scan(text string, at int) (n Number, ok bool) {
	if d, _ := digitAt(text, at); d >= 0 {
		return scanDigits(text, at)
	}
	return scanSpelled(text, at)
}

// digit is the value of a half-width or full-width digit, else -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	default:
		return -1
	}
}

// digitAt is the digit at text[at:] and the byte behind it; -1 when there is none.
func digitAt(text string, at int) (value, end int) {
	if at >= len(text) {
		return -1, at
	}
	if b := text[at]; b < utf8.RuneSelf {
		if b >= '0' && b <= '9' {
			return int(b - '0'), at + 1
		}
		return -1, at
	}
	if text[at] != 0xEF {
		return -1, at
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	if d := digit(r); d >= 0 {
		return d, at + size
	}
	return -1, at
}

func scanDigits(text string, at int) (Number, bool) {
	n := Number{}
	end := at
	group := 0 // digits since the start or the last separator
	for {
		d, next := digitAt(text, end)
		if d < 0 {
			next = groupSeparator(text, end, group)
			if next == end {
				break
			}
			end, group = next, 0
			continue
		}
		if n.Digits++; n.Digits > maxDigits {
			return skipDigits(text, end), false
		}
		n.Value.Coef = n.Value.Coef*10 + int64(d)
		group++
		end = next
	}
	if point := decimalPoint(text, end); point > end {
		end = point
		for {
			d, next := digitAt(text, end)
			if d < 0 {
				break
			}
			if n.Digits++; n.Digits > maxDigits {
				return skipDigits(text, end), false
			}
			n.Value.Coef = n.Value.Coef*10 + int64(d)
			n.Value.Exp--
			end = next
		}
	}
	n.End = end
	scale(text, &n)
	addSmaller(text, &n)
	return n, true
}

// addSmaller takes the lower part of 3亿5千万: digits with a smaller magnitude directly behind one.
func addSmaller(text string, n *Number) {
	if !n.Scaled || n.More || n.Value.Exp < 8 {
		return
	}
	if d, _ := digitAt(text, n.End); d < 0 {
		return
	}
	lower, ok := scanDigits(text, n.End)
	if !ok || !lower.Scaled || lower.Value.Exp < 0 || lower.Value.Exp >= n.Value.Exp || lower.Digits > 4 {
		return
	}
	for n.Value.Exp > lower.Value.Exp {
		n.Value.Coef *= 10
		n.Value.Exp--
	}
	n.Value.Coef += lower.Value.Coef
	n.End, n.More = lower.End, lower.More
}

// skipDigits is where a run of digits too long for a figure ends.
func skipDigits(text string, at int) Number {
	for {
		d, next := digitAt(text, at)
		if d < 0 {
			return Number{End: at}
		}
		at = next
	}
}

// groupSeparator is the byte behind a thousands separator at text[at:], or at: a comma between one to
// three digits and exactly three more, as in 1,100万.
func groupSeparator(text string, at, before int) int {
	if at >= len(text) || before == 0 || before > 3 {
		return at
	}
	size := 1
	if text[at] != ',' {
		if !strings.HasPrefix(text[at:], "，") || !wideDigit(text[:at], text[at+len("，"):]) {
			return at
		}
		size = len("，")
	}
	end := at + size
	for range 3 {
		d, next := digitAt(text, end)
		if d < 0 {
			return at
		}
		end = next
	}
	if d, _ := digitAt(text, end); d >= 0 {
		return at
	}
	return at + size
}

// wideDigit tells whether full-width digits stand on both sides of a full-width comma: only among them
// is it a separator, １，６５６万, and not the end of a clause.
func wideDigit(before, behind string) bool {
	left, _ := utf8.DecodeLastRuneInString(before)
	right, _ := utf8.DecodeRuneInString(behind)
	return left >= '０' && left <= '９' && right >= '０' && right <= '９'
}

// decimalPoint is the byte behind a decimal point at text[at:] that a digit follows, or at.
func decimalPoint(text string, at int) int {
	if at >= len(text) {
		return at
	}
	size := 0
	switch {
	case text[at] == '.':
		size = 1
	case strings.HasPrefix(text[at:], "．"), strings.HasPrefix(text[at:], "·"):
		_, size = utf8.DecodeRuneInString(text[at:])
	default:
		return at
	}
	d, next := digitAt(text, at+size)
	if d < 0 {
		return at
	}
	for d >= 0 { // 1.2.3 is a version or a date
		d, next = digitAt(text, next)
	}
	if next < len(text) && text[next] == '.' {
		if d, _ := digitAt(text, next+1); d >= 0 {
			return at
		}
	}
	return at + size
}

// scale takes the magnitudes and the 余 or 多 behind a numeral into it: 1.1万余, 100多万, 3亿5千万.
// SI prefixes stay with their unit: 5千瓦 is 5.
func scale(text string, n *Number) {
	for n.End < len(text) {
		rest := text[n.End:]
		if !n.More && isMore(rest) {
			n.More = true
			n.End += len("余")
			continue
		}
		exp, size := magnitude(rest)
		if size == 0 || siPrefix(rest) {
			return
		}
		if int(n.Value.Exp)+int(exp) > 60 {
			return
		}
		n.Value.Exp += exp
		n.Scaled = true
		n.End += size
	}
}

// isMore tells whether rest begins with a 余 or 多 that makes a numeral inexact, rather than with a
// word such as 多元化 or 余额.
func isMore(rest string) bool {
	if !strings.HasPrefix(rest, "余") && !strings.HasPrefix(rest, "多") && !strings.HasPrefix(rest, "餘") {
		return false
	}
	next := rest[len("余"):]
	for _, word := range notAfterMore {
		if strings.HasPrefix(next, word) {
			return false
		}
	}
	return next != ""
}

// notAfterMore are what makes another word of a 余 or 多: 余额, 多元化, 多层次, 多渠道.
var notAfterMore = []string{"额", "元化", "层次", "渠道", "方面", "式联运", "，", "。", ","}

// magnitude is the power of ten of a magnitude character at the front of rest and its length.
func magnitude(rest string) (exp int8, size int) {
	if len(rest) < 3 {
		return 0, 0
	}
	switch rest[:3] {
	case "十":
		return 1, 3
	case "百":
		return 2, 3
	case "千":
		return 3, 3
	case "万", "萬":
		return 4, 3
	case "亿", "億":
		return 8, 3
	default:
		return 0, 0
	}
}

// siPrefixes are units that begin with a magnitude character and words that only look like one.
var siPrefixes = map[string][]string{
	"千": {"瓦", "伏", "米", "克", "卡", "帕", "字", "焦", "分点", "人计划"},
	"百": {"分点", "帕", "货", "强"},
	"万": {"人计划"},
}

func siPrefix(rest string) bool {
	for _, unit := range siPrefixes[rest[:3]] {
		if strings.HasPrefix(rest[3:], unit) {
			return true
		}
	}
	return false
}

// scanSpelled reads a numeral in Chinese characters: 一万五千亿, 两, 六千余, 十二点五, 二○二一.
func scanSpelled(text string, at int) (Number, bool) {
	n := Number{Spelled: true, End: at}
	var s spelling
	for n.End < len(text) {
		rest := text[n.End:]
		if rest[0] < utf8.RuneSelf {
			break // no character of a numeral, which most of them end at
		}
		r, size := utf8.DecodeRuneInString(rest)
		taken := false
		if d := spelledDigit(r); d >= 0 {
			taken = !n.More && s.digit(int64(d))
		} else if exp, _ := magnitude(rest); exp > 0 {
			taken = !siPrefix(rest) && s.magnitude(exp, strings.HasPrefix(rest[size:], "余") || strings.HasPrefix(rest[size:], "多"))
			n.Scaled = n.Scaled || taken && exp >= 2
		} else if n.Digits > 0 && !n.More && isMore(rest) {
			n.More, taken = true, true
			n.Digits--
		}
		if !taken {
			break
		}
		n.Digits++
		n.End += size
	}
	if n.Digits == 0 || n.Digits > maxDigits {
		return n, false
	}
	n.Value.Coef = s.total + s.group + s.pending
	n.Serial = s.run > 1
	readPoint(text, &n)
	return n, true
}

// spelling is the state of a numeral read character by character: what 万 and 亿 have closed, the
// group below 万, and the digit that waits for its place.
type spelling struct {
	total, group, pending int64
	run                   int // digits in a row without a place between them, as in 二○二一
}

func (s *spelling) digit(d int64) bool {
	if s.run > 3 {
		return false
	}
	if s.run == 1 && s.pending == 0 && s.total+s.group > 0 {
		s.pending = d // the 零 of 三亿零五百 only fills a place
		return true
	}
	s.pending = s.pending*10 + d
	s.run++
	return true
}

// magnitude takes 十, 百, 千, 万 or 亿. 百 and 千 need a digit before them unless they are inexact
// (百余家); 万 and 亿 always do.
func (s *spelling) magnitude(exp int8, inexact bool) bool {
	if s.run > 1 {
		return false
	}
	empty := s.total+s.group+s.pending == 0
	switch exp {
	case 1, 2, 3:
		if s.run == 0 {
			if exp != 1 && !(empty && inexact) || exp == 1 && s.group%100 != 0 {
				return false
			}
			s.pending = 1
		}
		for range exp {
			s.pending *= 10
		}
		s.group += s.pending
	case 4:
		if empty || s.group+s.pending == 0 && s.total > 1e6 {
			return false
		}
		s.total += (s.group + s.pending) * 1e4
		s.group = 0
	default:
		if empty || s.total+s.group+s.pending > 1e9 {
			return false
		}
		s.total = (s.total + s.group + s.pending) * 1e8
		s.group = 0
	}
	s.pending, s.run = 0, 0
	return true
}

// readPoint adds the decimals of 五点三 and what magnitude follows them.
func readPoint(text string, n *Number) {
	rest := text[n.End:]
	if !strings.HasPrefix(rest, "点") && !strings.HasPrefix(rest, "點") || n.More {
		return
	}
	end := n.End + len("点")
	value, digits := n.Value, 0
	for end < len(text) && digits < 6 {
		r, size := utf8.DecodeRuneInString(text[end:])
		d := spelledDigit(r)
		if d < 0 || r == '两' {
			break
		}
		value = Decimal{Coef: value.Coef*10 + int64(d), Exp: value.Exp - 1}
		digits++
		end += size
	}
	if digits == 0 {
		return
	}
	n.Value, n.End = value, end
	n.Digits += digits
	scale(text, n)
}

// ScanMagnitudes reads magnitudes without a numeral before them, each standing for one of itself:
// 千亿 is 10^11.
func ScanMagnitudes(text string, at int) (Number, bool) {
	n := Number{Value: Int(1), End: at, Spelled: true}
	scale(text, &n)
	return n, n.Scaled && !n.More
}

// spelledDigit is the value of a Chinese digit, else -1.
func spelledDigit(r rune) int {
	switch r {
	case '零', '〇', '○':
		return 0
	case '一', '壹':
		return 1
	case '二', '两', '贰', '兩':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	default:
		return -1
	}
}

// Starts tells whether a spelled-out numeral can begin with r.
func Starts(r rune) bool {
	if spelledDigit(r) >= 0 {
		return true
	}
	switch r {
	case '十', '百', '千', '万', '亿', '萬', '億':
		return true
	default:
		return false
	}
}
