package table

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// empties are what offices write where there is nothing.
var empties = []string{"", "-", "--", "—", "——", "/", "\\", "无", "暂无"}

// isEmpty tells whether a cell says that there is nothing.
func isEmpty(text string) bool {
	for _, e := range empties {
		if text == e {
			return true
		}
	}
	return false
}

// scales are the powers of ten by which money is counted.
var scales = []struct {
	word string
	exp  int8
}{{"亿元", 8}, {"万元", 4}, {"亿", 8}, {"万", 4}, {"元", 0}}

// Money reads an amount in yuan. The heading says in what it is counted, as in 总投资 (万元), unless the cell itself
// does; where neither does it is 万元. Known is false for a cell that says nothing.
func Money(cell, heading string) (amount ledger.Decimal, ok bool) {
	text := strings.ReplaceAll(strings.ReplaceAll(norm.NFKC.String(cell), ",", ""), " ", "")
	if isEmpty(text) {
		return ledger.Decimal{}, true
	}
	exp, digits := scaleOf(norm.NFKC.String(heading)), text
	for _, s := range scales {
		if rest, found := strings.CutSuffix(text, s.word); found {
			exp, digits = s.exp, rest
			break
		}
	}
	number, err := numeral.Parse(digits)
	if err != nil {
		return ledger.Decimal{}, false
	}
	number.Exp += exp
	return ledger.Exactly(number), true
}

func scaleOf(heading string) int8 {
	for _, s := range scales[:2] {
		if strings.Contains(heading, s.word) {
			return s.exp
		}
	}
	if strings.Contains(heading, "(元)") {
		return 0
	}
	return 4
}

// Figure reads a figure. Known is false for a cell that says nothing.
func Figure(cell string) (figure ledger.Decimal, ok bool) {
	text := strings.ReplaceAll(strings.ReplaceAll(norm.NFKC.String(cell), ",", ""), " ", "")
	if isEmpty(text) {
		return ledger.Decimal{}, true
	}
	number, err := numeral.Parse(text)
	return ledger.Exactly(number), err == nil
}

var dateForm = regexp.MustCompile(`^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$`)

// Span reads a date, a month or a year as the days that it takes: 2026-03-01, 2026/3/1, 2026年3月, 2026. A workbook's
// own number of a day is one too. The zero period is a cell that says nothing.
func Span(cell string) (span calendar.Period, ok bool) {
	text := strings.ReplaceAll(norm.NFKC.String(cell), " ", "")
	text, _, _ = strings.Cut(text, "T")
	if isEmpty(text) {
		return calendar.Period{}, true
	}
	if serial, err := strconv.ParseFloat(text, 64); err == nil && serial >= 20_000 && serial < 80_000 {
		at, err := excelize.ExcelDateToTime(serial, false)
		day := calendar.On(at)
		return calendar.Period{From: day, To: day}, err == nil
	}
	parts := dateForm.FindStringSubmatch(text)
	if parts == nil {
		return calendar.Period{}, false
	}
	year, month, day := atoi(parts[1]), atoi(parts[2]), atoi(parts[3])
	switch {
	case year < 1949 || year > 2100 || parts[2] != "" && (month < 1 || month > 12):
		return calendar.Period{}, false
	case parts[2] == "":
		return calendar.Year(year), true
	case parts[3] == "":
		return calendar.Months(year, month, month), true
	case time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() != day:
		return calendar.Period{}, false
	}
	on := calendar.Date{Year: int16(year), Month: int8(month), Day: int8(day)}
	return calendar.Period{From: on, To: on}, true
}

func atoi(digits string) int {
	n, _ := strconv.Atoi(digits) // the pattern let digits through only
	return n
}
