package demo

import (
	"embed"
	"errors"
	"fmt"
	"iter"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
)

//go:embed data/*.txt
var data embed.FS

// row is a line of a data file with its columns.
type row struct {
	file    string
	line    int
	columns []string
}

// rows are the lines of a data file, each with exactly so many columns as the file says; further ones may be left out.
func rows(name string, least, most int) ([]row, error) {
	text, err := data.ReadFile("data/" + name + ".txt")
	if err != nil {
		return nil, err
	}
	var all []row
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		r := row{file: name + ".txt", line: number}
		for column := range strings.SplitSeq(line, "|") {
			r.columns = append(r.columns, strings.TrimSpace(column))
		}
		if n := len(r.columns); n < least || n > most {
			return nil, r.fault(fmt.Errorf("%d columns instead of %d to %d", n, least, most))
		}
		for len(r.columns) < most {
			r.columns = append(r.columns, "")
		}
		all = append(all, r)
	}
	return all, nil
}

// fault is an error with its place in the file.
func (r row) fault(err error) error { return fmt.Errorf("demo/data/%s:%d: %w", r.file, r.line, err) }

// list is the parts of a column, which are set apart by an ideographic or another comma.
func (r row) list(column int) []string {
	return strings.FieldsFunc(r.columns[column], func(c rune) bool { return c == '、' || c == ',' || c == ' ' })
}

// date is a column that holds a date or nothing.
func (r row) date(column int) (calendar.Date, error) {
	if r.columns[column] == "" {
		return calendar.Date{}, nil
	}
	return dateOf(r.columns[column])
}

func dateOf(text string) (calendar.Date, error) {
	date, err := calendar.ParseDate(text)
	if err != nil {
		return date, fmt.Errorf("%q is no date: %w", text, err)
	}
	return date, nil
}

// money is a figure of hundred millions in yuan; nothing where the text is empty.
func money(text string) (ledger.Decimal, error) {
	if text == "" {
		return ledger.Decimal{}, nil
	}
	return ledger.ParseDecimal(text + "e8")
}

// keys gives the keys of a file their identifiers.
type keys[ID ~string] map[string]ID

var errUnknownKey = errors.New("no such key")

func (k keys[ID]) of(key string) (ID, error) {
	if key == "" {
		return "", nil
	}
	id, ok := k[key]
	if !ok {
		return "", fmt.Errorf("%q: %w", key, errUnknownKey)
	}
	return id, nil
}

func (k keys[ID]) all(list []string) ([]ID, error) {
	ids := make([]ID, 0, len(list))
	for _, key := range list {
		id, err := k.of(key)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// bilingual is a text in Chinese and, behind a stroke, in English.
func bilingual(text string) access.Text {
	chinese, english, _ := strings.Cut(text, " / ")
	return access.Text{Chinese: strings.TrimSpace(chinese), English: strings.TrimSpace(english)}
}

// parts are the parts of a column that semicolons set apart.
func parts(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for part := range strings.SplitSeq(text, ";") {
			if part = strings.TrimSpace(part); part != "" && !yield(part) {
				return
			}
		}
	}
}
