package present

import (
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/present/wording"
	"luoshi/reading/numeral"
)

// form tells how a cell is to be taken.
type form uint8

const (
	verbatim form = iota // text of the document
	coded                // a code of the record format, which has a word in either language
	number
	date
)

// cell is one value of a row, kept apart from how it is written: a workbook wants numbers and dates, a
// table wants words, a program wants codes.
type cell struct {
	form   form
	text   string            // of verbatim; of coded, the code
	family string            // of coded: the catalogue's prefix, "cmp"
	names  wording.Catalogue // of coded: where its word is
	number numeral.Decimal
	date   calendar.Date
}

func textCell(s string) cell { return cell{text: s} }

func codeCell(family, code string) cell {
	return cell{form: coded, family: family, text: code, names: wording.Records}
}

// resultCell is a code of what checking or matching says.
func resultCell(family, code string) cell {
	return cell{form: coded, family: family, text: code, names: wording.Results}
}

func numberCell(d numeral.Decimal) cell { return cell{form: number, number: d} }

func wholeCell(n int) cell { return numberCell(numeral.Int(int64(n))) }

// dateCell leaves the cell empty when the date is unknown.
func dateCell(d calendar.Date) cell {
	if d.IsZero() {
		return cell{}
	}
	return cell{form: date, date: d}
}

// yearCell leaves the cell empty for no year, and is text: a year is not grouped in thousands.
func yearCell(year int) cell {
	if year == 0 {
		return cell{}
	}
	return textCell(strconv.Itoa(year))
}

func pathCell(path []string) cell { return textCell(strings.Join(path, " › ")) }

// code is the cell as the record format writes it.
func (c cell) code() string {
	switch c.form {
	case number:
		return c.number.String()
	case date:
		return c.date.String()
	default:
		return c.text
	}
}

// words is the cell as a person reads it.
func (c cell) words(lang wording.Lang) string {
	if c.form == coded && c.text != "" {
		return c.names.Say(lang, c.family+"."+c.text)
	}
	return c.code()
}
