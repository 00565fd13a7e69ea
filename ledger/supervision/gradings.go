package supervision

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/ledger"
	"luoshi/ledger/light"
)

//go:embed grades.txt
var gradeLines string

var gradings = sync.OnceValue(func() []Grading {
	all, err := parseGradings("grades.txt", gradeLines)
	if err != nil {
		panic(err) // the program's own file
	}
	return all
})

// Gradings are the rules that come with the program, in the order in which they are listed.
func Gradings() []Grading { return slices.Clone(gradings()) }

// GradingByName is one of them.
func GradingByName(name string) (Grading, bool) {
	i := slices.IndexFunc(gradings(), func(g Grading) bool { return g.Name == name })
	if i < 0 {
		return Grading{}, false
	}
	return gradings()[i], true
}

// parseGradings reads rules in the form of grades.txt. Errors name file and line.
func parseGradings(file, text string) ([]Grading, error) {
	var all []Grading
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if name, ok := strings.CutPrefix(line, "rule "); ok {
			all = append(all, Grading{Name: name})
			continue
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("%s:%d: want “rule NAME” first", file, number)
		}
		if err := all[len(all)-1].add(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	return all, nil
}

// add takes a line of a rule: “quote: …” or “sheet COLOUR MEASURE LIMIT”.
func (g *Grading) add(line string) error {
	if rest, ok := strings.CutPrefix(line, "sheet "); ok {
		c, err := parseCondition(strings.Fields(rest))
		g.Conditions = append(g.Conditions, c)
		return err
	}
	key, words, _ := strings.Cut(line, ": ")
	into := map[string]*string{
		"zh": &g.Title.ZH, "en": &g.Title.EN, "quote": &g.Quote, "source": &g.Source, "own-zh": &g.Own.ZH, "own-en": &g.Own.EN,
	}[key]
	if into == nil || words == "" {
		return fmt.Errorf("unknown line %q", line)
	}
	*into = words
	return nil
}

func parseCondition(fields []string) (Condition, error) {
	if len(fields) != 3 || !slices.Contains(Sheets(), Sheet(fields[0])) {
		return Condition{}, fmt.Errorf("want “sheet blue|yellow|red MEASURE LIMIT”")
	}
	c := Condition{Sheet: Sheet(fields[0]), Measure: Measure(fields[1])}
	ok := false
	switch c.Measure {
	case ByLight:
		c.Colour = light.Colour(fields[2])
		ok = c.Colour == light.Yellow || c.Colour == light.Red
	case BySheet:
		c.After = Sheet(fields[2])
		ok = slices.Contains(Sheets(), c.After)
	case ByGap, ByMonths, ByNearness, ByDelay, ByReturns:
		n, err := strconv.Atoi(fields[2])
		c.Limit, ok = n, err == nil && n > 0
	}
	if !ok {
		return c, fmt.Errorf("%q is no measure with a limit", strings.Join(fields[1:], " "))
	}
	return c, nil
}

//go:embed whys.txt
var whyLines string

// whys reads whys.txt: measure | Chinese | English.
var whys = sync.OnceValue(func() map[string]ledger.Wording { return wordings(whyLines) })
