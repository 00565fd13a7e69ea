package light

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"luoshi/ledger"
)

// Measured is what the grades of a rule are measured in.
type Measured string

const (
	ByGap     Measured = "gap"     // points behind the path
	ByPeriods Measured = "periods" // periods in a row in which the matter was behind
	ByDate    Measured = "date"    // nothing but the days that are left
)

// Rule is when a light has which colour: one place's rule, as quoted, put into figures.
type Rule struct {
	Name     string         // stable: yinchuan
	Title    ledger.Wording // 银川市（2025）
	Quote    string         // the rule in its own words, or as reported
	Source   string         // where it is quoted from
	Own      ledger.Wording // what the quoted rule leaves open and the program decides
	Measured Measured
	Grades   []Grade           // of what goes against a path, the best first; the last one has no limit
	Levels   []Grade           // of levels that miss their bound, in per cent of the bound
	Start    []Delay           // of a project: months in which it should have begun and has not, the planned one counted
	Register []Delay           // of a project: months since its beginning without registration
	Deadline []Delay           // days before the deadline, negative after it, while the matter is not done
	Recovers Colour            // for one period after it has caught up; empty where that is green
	Approx   [2]ledger.Decimal // by how much 左右 may be missed: in points of a figure in per cent, in per cent of any other
	Stale    int               // how many periods without a locked figure make a light yellow at least; 0 for any number
}

// Grade is a step of a rule.
type Grade struct {
	Name   string
	Colour Colour
	Limit  ledger.Decimal // up to which it holds; absent in the last one
	Under  bool           // the limit itself belongs to the next grade
	Title  ledger.Wording
}

// Delay is a colour from a number of months or days on.
type Delay struct {
	Colour Colour
	From   int
}

// Rules are the rules that come with the program, in the order in which they are listed.
func Rules() []Rule { return slices.Clone(rules()) }

// RuleByName is one of them.
func RuleByName(name string) (Rule, bool) {
	for _, r := range rules() {
		if r.Name == name {
			return r, true
		}
	}
	return Rule{}, false
}

// Usual is the rule of a plan for which none was chosen.
func Usual() Rule { return rules()[0] }

// Call is what the rule calls a light.
func (r *Rule) Call(l Light) ledger.Wording {
	for _, g := range r.Grades {
		if g.Name == l.Grade && l.Grade != "" {
			return g.Title
		}
	}
	return l.Colour.Label()
}

//go:embed rules.txt
var ruleLines string

var rules = sync.OnceValue(func() []Rule {
	all, err := ParseRules(ruleLines)
	if err != nil {
		panic(err)
	}
	return all
})

// ParseRules reads rules in the form that rules.txt explains. Errors name the line.
func ParseRules(text string) ([]Rule, error) {
	var all []Rule
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		if key == "rule" {
			all = append(all, Rule{Name: rest})
			continue
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("rules, line %d: %q stands before any rule", n, line)
		}
		if err := all[len(all)-1].set(strings.TrimSuffix(key, ":"), rest); err != nil {
			return nil, fmt.Errorf("rules, line %d: %w", n, err)
		}
	}
	for i := range all {
		if err := all[i].check(); err != nil {
			return nil, fmt.Errorf("rule %s: %w", all[i].Name, err)
		}
	}
	return all, nil
}

// set takes one line of a rule.
func (r *Rule) set(key, rest string) (err error) {
	switch key {
	case "zh":
		r.Title.ZH = rest
	case "en":
		r.Title.EN = rest
	case "quote":
		r.Quote = rest
	case "source":
		r.Source = rest
	case "own-zh":
		r.Own.ZH = rest
	case "own-en":
		r.Own.EN = rest
	case "measured":
		r.Measured = Measured(rest)
	case "recovers":
		r.Recovers = Colour(rest)
	case "approx":
		r.Approx, err = parsePair(rest)
	case "stale":
		r.Stale, err = strconv.Atoi(rest)
	case "grade":
		r.Grades, err = appendGrade(r.Grades, rest)
	case "level":
		r.Levels, err = appendGrade(r.Levels, rest)
	case "start":
		r.Start, err = appendDelay(r.Start, rest)
	case "register":
		r.Register, err = appendDelay(r.Register, rest)
	case "deadline":
		r.Deadline, err = appendDelay(r.Deadline, rest)
	default:
		err = fmt.Errorf("%q says nothing of a rule", key)
	}
	return err
}

// appendGrade reads a grade: name, colour, limit | Chinese | English. The limit is <10 or <=30, or absent.
func appendGrade(grades []Grade, text string) ([]Grade, error) {
	parts := strings.Split(text, "|")
	fields := strings.Fields(parts[0])
	if len(fields) < 2 || len(fields) > 3 {
		return grades, fmt.Errorf("%q is no grade", text)
	}
	g := Grade{Name: fields[0], Colour: Colour(fields[1])}
	g.Title = g.Colour.Label()
	if len(parts) == 3 {
		g.Title = ledger.Wording{ZH: strings.TrimSpace(parts[1]), EN: strings.TrimSpace(parts[2])}
	}
	if len(fields) == 3 {
		limit, upTo := strings.CutPrefix(fields[2], "<=")
		limit, under := strings.CutPrefix(limit, "<")
		value, err := ledger.ParseDecimal(limit)
		if err != nil || upTo == under || !value.Known() {
			return grades, fmt.Errorf("%q is no limit", fields[2])
		}
		g.Limit, g.Under = value, under
	}
	return append(grades, g), nil
}

// appendDelay reads a delay: a colour and the number from which on it holds.
func appendDelay(delays []Delay, text string) ([]Delay, error) {
	var d Delay
	if _, err := fmt.Sscanf(text, "%s %d", &d.Colour, &d.From); err != nil {
		return delays, fmt.Errorf("%q is no delay: %w", text, err)
	}
	return append(delays, d), nil
}

// parsePair reads two figures.
func parsePair(text string) (pair [2]ledger.Decimal, err error) {
	points, percent, _ := strings.Cut(text, " ")
	if pair[0], err = ledger.ParseDecimal(points); err != nil {
		return pair, err
	}
	pair[1], err = ledger.ParseDecimal(strings.TrimSpace(percent))
	return pair, err
}

// check tells what is wrong with a rule: its grades get worse as their limits grow, and the last one has none.
func (r *Rule) check() error {
	for _, list := range [][]Grade{r.Grades, r.Levels} {
		if len(list) == 0 {
			return fmt.Errorf("has no grade, or no level")
		}
		for i, g := range list {
			last := i == len(list)-1
			switch {
			case !slices.Contains(Colours(), g.Colour):
				return fmt.Errorf("grade %s has no colour", g.Name)
			case g.Limit.Known() == last:
				return fmt.Errorf("every grade but the last one has a limit: %s", g.Name)
			case i > 0 && list[i-1].Colour.Worse(g.Colour):
				return fmt.Errorf("grade %s is better than the one before it", g.Name)
			case i > 0 && !last && g.Limit.Cmp(list[i-1].Limit) <= 0:
				return fmt.Errorf("the limit of grade %s does not grow", g.Name)
			}
		}
	}
	for _, list := range [][]Delay{r.Start, r.Register} {
		for i, d := range list {
			if i > 0 && (d.From <= list[i-1].From || list[i-1].Colour.Worse(d.Colour)) {
				return fmt.Errorf("delays do not get worse: %s %d", d.Colour, d.From)
			}
		}
	}
	for i, d := range r.Deadline {
		if i > 0 && (d.From >= r.Deadline[i-1].From || r.Deadline[i-1].Colour.Worse(d.Colour)) {
			return fmt.Errorf("deadlines do not get worse: %s %d", d.Colour, d.From)
		}
	}
	for _, width := range r.Approx {
		if !width.Known() || width.Sign() < 0 {
			return fmt.Errorf("approx needs two figures")
		}
	}
	if !slices.Contains([]Measured{ByGap, ByPeriods, ByDate}, r.Measured) || r.Stale < 0 {
		return fmt.Errorf("measured or stale is wrong")
	}
	return nil
}
