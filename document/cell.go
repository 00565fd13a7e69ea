package document

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

// cellType is what a cell looks like; columns are told apart by the types of their cells.
type cellType uint8

const (
	blankCell cellType = iota
	wholeCell          // 27478
	tenthCell          // 7.1
	centCell           // 747.70
	finerCell          // 0.1234
	boundCell          // 增长8%, 5以内, ≥95%: a number with words or signs about it
	dashCell           // ——: deliberately left open
	unitCell           // 亿元, %
	wordCell           // any other text
	cellTypes          // how many there are
)

//go:embed units.txt
var unitWords string

// units are the words that fill a column of units.
var units = func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(unitWords) {
		set[word] = true
	}
	return set
}()

// maxBoundRunes is the length up to which a text with a number in it still is a bound and not prose.
const maxBoundRunes = 16

// typeOf looks at a trimmed cell.
func typeOf(cell string) cellType {
	if cell == "" {
		return blankCell
	}
	if isDash(cell) {
		return dashCell
	}
	if t, ok := plainNumber(cell); ok {
		return t
	}
	if units[cell] {
		return unitCell
	}
	if isBound(cell) {
		return boundCell
	}
	return wordCell
}

// isNumeric tells whether the type carries a number.
func (t cellType) isNumeric() bool { return t >= wholeCell && t <= boundCell }

// isDash tells a placeholder: nothing but dashes, slashes, stars or an ellipsis.
func isDash(cell string) bool {
	for _, r := range cell {
		switch r {
		case '-', '–', '—', '―', '－', '─', '/', '／', '\\', '…', '*', '·', '.', '、':
		default:
			return cell == "无" || cell == "空"
		}
	}
	return true
}

// plainNumber tells a number that has nothing but a sign, separators and a per cent sign about it.
func plainNumber(cell string) (cellType, bool) {
	digits, decimals, point := 0, 0, false
	rest := strings.TrimLeft(cell, "+-－＋±↑↓")
	rest = strings.TrimRight(rest, "%％‰")
	for _, r := range rest {
		switch {
		case r >= '0' && r <= '9', r >= '０' && r <= '９':
			digits++
			if point {
				decimals++
			}
		case (r == '.' || r == '．') && !point:
			point = true
		case r == ',' || r == '，' || r == ' ':
			if digits == 0 || point {
				return 0, false
			}
		default:
			return 0, false
		}
	}
	if digits == 0 {
		return 0, false
	}
	return [...]cellType{wholeCell, tenthCell, centCell}[min(decimals, 2)] + cellType(min(max(decimals-2, 0), 1)), true
}

// isBound tells a short text with a number that is neither a year nor an outline number.
func isBound(cell string) bool {
	if len(cell) > 3*maxBoundRunes || utf8.RuneCountInString(cell) > maxBoundRunes {
		return false
	}
	if _, marked := markerAt(cell); marked {
		return false
	}
	for i := 0; i < len(cell); {
		if !isDigit(cell[i]) {
			i++
			continue
		}
		end := i
		for end < len(cell) && isDigit(cell[end]) {
			end++
		}
		if !isCalendarNumber(cell[i:end], cell[end:]) && !namesColumn(cell[end:]) {
			return true
		}
		i = end
	}
	return false
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// isCalendarNumber tells 2021 in “2021年 预期目标” and 6 in “1-6月累计”.
func isCalendarNumber(digits, behind string) bool {
	behind = strings.TrimLeft(behind, " ")
	if len(digits) == 4 && (digits[:2] == "19" || digits[:2] == "20") {
		return behind == "" || !strings.HasPrefix(behind, ".")
	}
	for _, word := range [...]string{"年", "月", "日", "季", "-", "－", "—", "～", "~", "至"} {
		if strings.HasPrefix(behind, word) {
			return len(digits) <= 2
		}
	}
	return false
}

// namesColumn tells that a number is closed in brackets as in “合计(1+2)” or names a series as in “2.5”.
func namesColumn(behind string) bool {
	return strings.HasPrefix(behind, "+") || strings.HasPrefix(behind, ")") || strings.HasPrefix(behind, "）") || strings.HasPrefix(behind, "=")
}

// isYear tells a cell that is a year and nothing else: a column's name rather than a figure.
func isYear(cell string) bool {
	cell = strings.TrimSuffix(cell, "年")
	if len(cell) != 4 || cell < "1949" || cell > "2099" {
		return false
	}
	return isDigit(cell[0]) && isDigit(cell[1]) && isDigit(cell[2]) && isDigit(cell[3])
}
