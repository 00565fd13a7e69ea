package flow

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Limits keep a definition readable, and a hostile one harmless.
const (
	longestFile = 64 << 10
	longestTerm = 3660
	mostTimes   = 100
)

// parser reads a definition line by line. Lines that are indented belong to the clock or action above.
type parser struct {
	d      *Definition
	line   int
	clock  *Clock
	action *Action
}

// Parse reads and checks a definition; definitions/amendment.txt explains the form. Errors name file and
// line.
func Parse(file, text string) (*Definition, error) {
	if len(text) > longestFile {
		return nil, fmt.Errorf("%s: a definition has at most %d bytes", file, longestFile)
	}
	p := &parser{d: &Definition{}}
	for line := range strings.Lines(text) {
		p.line++
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimRight(line, " \t\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := p.add(line); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, p.line, err)
		}
	}
	if fault := p.d.check(); fault != nil {
		return nil, fmt.Errorf("%s:%d: %w", file, fault.line, fault.err)
	}
	return p.d, nil
}

func (p *parser) add(line string) error {
	indented := line[0] == ' ' || line[0] == '\t'
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	rest = strings.TrimSpace(rest)
	switch {
	case indented && p.clock != nil:
		return p.addToClock(word, rest)
	case indented && p.action != nil:
		return p.addToAction(word, rest)
	case indented:
		return fmt.Errorf("an indented line stands under a clock or an action")
	}
	p.clock, p.action = nil, nil
	switch {
	case word == "flow":
		return p.addFlow(rest)
	case p.d.Name == "":
		return fmt.Errorf("a definition begins with “flow NAME VERSION | 中文 | English”")
	case word == "roles":
		return p.addRoles(rest)
	}
	return p.addNamed(word, rest)
}

func (p *parser) addFlow(rest string) error {
	if p.d.Name != "" {
		return fmt.Errorf("one file holds one flow")
	}
	head, title, err := titled(rest)
	if err != nil {
		return err
	}
	name, version, _ := strings.Cut(head, " ")
	number, err := count(version, mostTimes)
	if err != nil || !nameForm.MatchString(name) {
		return fmt.Errorf("want “flow NAME VERSION | 中文 | English”")
	}
	p.d.Name, p.d.Version, p.d.Title = name, number, title
	return nil
}

func (p *parser) addRoles(rest string) error {
	for name := range strings.FieldsSeq(rest) {
		if !nameForm.MatchString(name) {
			return fmt.Errorf("role %q: want small letters and hyphens", name)
		}
		p.d.Roles = append(p.d.Roles, name)
	}
	return nil
}

var nameForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// addNamed takes a line of which one kind of thing begins: “state draft | 编制中 | being drafted”.
func (p *parser) addNamed(word, rest string) error {
	name, title, err := titled(rest)
	if err != nil {
		return err
	}
	if !nameForm.MatchString(name) {
		return fmt.Errorf("name %q: want small letters and hyphens", name)
	}
	d := p.d
	switch word {
	case "state", "end":
		d.States = append(d.States, State{Name: name, Title: title, End: word == "end", line: p.line})
	case "guard":
		d.Guards = append(d.Guards, Guard{Name: name, Title: title, line: p.line})
	case "clock":
		d.Clocks = append(d.Clocks, Clock{Name: name, Title: title, line: p.line})
		p.clock = &d.Clocks[len(d.Clocks)-1]
	case "action":
		d.Actions = append(d.Actions, Action{Name: name, Title: title, line: p.line})
		p.action = &d.Actions[len(d.Actions)-1]
	default:
		return fmt.Errorf("unknown word %q: want roles, guard, state, end, clock or action", word)
	}
	return nil
}

func (p *parser) addToClock(word, rest string) error {
	switch word {
	case "term":
		number, unit, _ := strings.Cut(rest, " ")
		term, err := count(number, longestTerm)
		if number == "given" {
			term, err = 0, nil
		}
		if err != nil || unit != string(Workdays) && unit != string(Days) {
			return fmt.Errorf("want “term N workdays” or “term N days”, N up to %d or “given”", longestTerm)
		}
		p.clock.Term, p.clock.Unit = term, TermUnit(unit)
	case "runs":
		p.clock.RunsIn = append(p.clock.RunsIn, strings.Fields(rest)...)
	case "pauses":
		p.clock.PausesIn = append(p.clock.PausesIn, strings.Fields(rest)...)
	default:
		return fmt.Errorf("unknown word %q under a clock: want term, runs or pauses", word)
	}
	return nil
}

func (p *parser) addToAction(word, rest string) error {
	a := p.action
	switch word {
	case "move":
		from, to, _ := strings.Cut(rest, "->")
		move := Move{From: strings.Fields(from), To: strings.TrimSpace(to), line: p.line}
		if len(move.From) == 0 || move.To == "" {
			return fmt.Errorf("want “move STATE STATE -> STATE”")
		}
		a.Moves = append(a.Moves, move)
	case "by":
		a.Roles = append(a.Roles, strings.Fields(rest)...)
	case "if":
		a.If = append(a.If, strings.Fields(rest)...)
	case "unless":
		a.Unless = append(a.Unless, strings.Fields(rest)...)
	case "other-than":
		a.OtherThan = append(a.OtherThan, strings.Fields(rest)...)
	case "reason":
		a.NeedsReason = true
	case "restarts":
		a.Restarts = append(a.Restarts, strings.Fields(rest)...)
	case "extends":
		return a.addExtension(rest)
	case "sets":
		return a.addSetting(rest)
	default:
		return fmt.Errorf("unknown word %q under an action: want move, by, if, unless, other-than, reason, restarts, extends or sets", word)
	}
	return nil
}

var extensionForm = regexp.MustCompile(`^(\S+) up to (\d+) times (\d+)$`)

func (a *Action) addExtension(rest string) error {
	f := extensionForm.FindStringSubmatch(rest)
	if f == nil {
		return fmt.Errorf("want “extends CLOCK up to N times N”")
	}
	most, err := count(f[2], longestTerm)
	if err != nil {
		return err
	}
	times, err := count(f[3], mostTimes)
	if err != nil {
		return err
	}
	a.Extends = append(a.Extends, Extension{Clock: f[1], Most: most, Times: times})
	return nil
}

var settingForm = regexp.MustCompile(`^(\S+) up to (\d+)$`)

func (a *Action) addSetting(rest string) error {
	f := settingForm.FindStringSubmatch(rest)
	if f == nil {
		return fmt.Errorf("want “sets CLOCK up to N”")
	}
	most, err := count(f[2], longestTerm)
	if err != nil {
		return err
	}
	a.Sets = append(a.Sets, Setting{Clock: f[1], Most: most})
	return nil
}

func titled(rest string) (name string, title Text, err error) {
	fields := strings.Split(rest, "|")
	if len(fields) != 3 {
		return "", Text{}, fmt.Errorf("want “NAME | 中文 | English”")
	}
	for i := range fields {
		if fields[i] = strings.TrimSpace(fields[i]); fields[i] == "" {
			return "", Text{}, fmt.Errorf("want “NAME | 中文 | English”, none of them empty")
		}
	}
	return fields[0], Text{fields[1], fields[2]}, nil
}

func count(text string, most int) (int, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 || n > most {
		return 0, fmt.Errorf("%q: want a number from 1 to %d", text, most)
	}
	return n, nil
}
