package supervision

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/ledger"
)

// Series is how the orders of one kind are numbered.
type Series struct {
	Name  string `json:"name"`  // the kind of order, of graded ones with the sheet behind a slash: sheet/blue
	Form  string `json:"form"`  // 督〔{year}〕{n}号
	First int    `json:"first"` // the first number of a year
	Width int    `json:"width"` // how many digits a number has at least
}

// Numbering is all series.
type Numbering []Series

//go:embed numbers.txt
var numberLines string

// DefaultNumbering is the numbering that comes with the program.
var DefaultNumbering = sync.OnceValue(func() Numbering {
	n, err := ParseNumbering("numbers.txt", numberLines)
	if err != nil {
		panic(err) // the program's own file
	}
	return n
})

// ParseNumbering reads series in the form of numbers.txt. Errors name file and line.
func ParseNumbering(file, text string) (Numbering, error) {
	var n Numbering
	err := eachLine(file, text, func(fields []string) error {
		if len(fields) != 5 || fields[0] != "series" {
			return fmt.Errorf("want “series KIND FORM FIRST WIDTH”")
		}
		first, e1 := strconv.Atoi(fields[3])
		width, e2 := strconv.Atoi(fields[4])
		if e1 != nil || e2 != nil {
			return fmt.Errorf("want numbers for the first one and the digits")
		}
		n = append(n, Series{Name: fields[1], Form: fields[2], First: first, Width: width})
		return nil
	})
	if err == nil && len(n.Validate()) > 0 {
		err = fmt.Errorf("%s: %w", file, n.Validate())
	}
	return n, err
}

// seriesNames are the series that every numbering has.
func seriesNames() []string {
	var names []string
	for _, k := range Kinds() {
		if k != Graded {
			names = append(names, string(k))
			continue
		}
		for _, s := range Sheets() {
			names = append(names, string(k)+"/"+string(s))
		}
	}
	return names
}

// Validate tells what is wrong with a numbering. Two series with one form would give a number twice.
func (n Numbering) Validate() ledger.Problems {
	var f finding
	for i, s := range n {
		f.want(slices.Contains(seriesNames(), s.Name), "number.series", at("numbering", i)+"/name", s.Name)
		f.want(strings.Count(s.Form, "{year}") == 1 && strings.Count(s.Form, "{n}") == 1, "number.form", at("numbering", i)+"/form")
		f.want(s.First > 0 && s.Width > 0 && s.Width < 7, "number.first", at("numbering", i)+"/first")
		f.want(!slices.ContainsFunc(n[:i], func(other Series) bool { return other.Form == s.Form || other.Name == s.Name }),
			"number.twice", at("numbering", i)+"/form", s.Form)
	}
	for _, name := range seriesNames() {
		f.want(slices.ContainsFunc(n, func(s Series) bool { return s.Name == name }), "number.missing", "numbering", name)
	}
	return f.found
}

// For is the series in which an order is numbered.
func (n Numbering) For(o *Order) Series {
	name := string(o.Kind)
	if o.Kind == Graded {
		name += "/" + string(o.Sheet)
	}
	i := slices.IndexFunc(n, func(s Series) bool { return s.Name == name })
	if i < 0 {
		return Series{Name: name}
	}
	return n[i]
}

// Number is the number of an order as it is printed.
func (s Series) Number(year, n int) string {
	return strings.NewReplacer("{year}", strconv.Itoa(year), "{n}", fmt.Sprintf("%0*d", s.Width, n)).Replace(s.Form)
}

// Parse reads a printed number of the series.
func (s Series) Parse(number string) (year, n int, ok bool) {
	form := regexp.QuoteMeta(s.Form)
	form = strings.Replace(form, `\{year\}`, `(?P<year>\d{4})`, 1)
	form = strings.Replace(form, `\{n\}`, `(?P<n>\d{1,9})`, 1)
	pattern, err := regexp.Compile("^" + form + "$")
	if err != nil {
		return 0, 0, false
	}
	found := pattern.FindStringSubmatch(number)
	if found == nil {
		return 0, 0, false
	}
	year, _ = strconv.Atoi(found[pattern.SubexpIndex("year")])
	n, _ = strconv.Atoi(found[pattern.SubexpIndex("n")])
	return year, n, s.Number(year, n) == number
}

// Parse finds the series of a printed number.
func (n Numbering) Parse(number string) (s Series, year, i int, ok bool) {
	for _, s := range n {
		if year, i, ok := s.Parse(number); ok {
			return s, year, i, true
		}
	}
	return Series{}, 0, 0, false
}

// SubNumber is the number of the nth part of an order: that of the whole and its own behind it.
func SubNumber(whole string, n int) string { return whole + "-" + strconv.Itoa(n) }
