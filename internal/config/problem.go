package config

import (
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"luoshi/ledger"
)

// Problem is something that is wrong with a setting, in words for the person who runs the server.
type Problem struct {
	Code    string
	Setting string // empty where it is no setting's
	Words   ledger.Wording
}

// Error says it in English.
func (p *Problem) Error() string { return p.Words.EN }

// Problems are all that is wrong with the settings.
type Problems []*Problem

// Error says all of it in English, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// Has tells whether an error is, or is caused by, a problem with a code.
func Has(err error, code string) bool {
	var problems Problems
	if !errors.As(err, &problems) {
		return false
	}
	for _, p := range problems {
		if p.Code == code {
			return true
		}
	}
	return false
}

//go:embed problems.txt
var problemsText string

// wordings are the lines of problems.txt by their codes.
var wordings = func() map[string]ledger.Wording {
	found := map[string]ledger.Wording{}
	for _, line := range strings.Split(problemsText, "\n") {
		if fields := cells(line); len(fields) == 3 {
			found[fields[0]] = ledger.Wording{ZH: fields[1], EN: fields[2]}
		}
	}
	return found
}()

// say fills a wording; an argument that is a wording itself is said in the same language.
func say(code string, args ...any) ledger.Wording {
	words := wordings[code]
	for i, arg := range args {
		place := fmt.Sprintf("{%d}", i)
		inner, ok := arg.(ledger.Wording)
		if !ok {
			inner = ledger.Wording{ZH: fmt.Sprint(arg), EN: fmt.Sprint(arg)}
		}
		words.ZH = strings.ReplaceAll(words.ZH, place, inner.ZH)
		words.EN = strings.ReplaceAll(words.EN, place, inner.EN)
	}
	return words
}

// Words say where a value was said.
func (o Origin) Words(name string) ledger.Wording {
	switch {
	case o.Flag:
		return say("where.flag", name)
	case o.Variable != "":
		return say("where.variable", o.Variable)
	case o.File != "":
		return say("where.file", o.File, o.Line)
	}
	return say("where.default")
}

func (v Value) problem(code, more string) *Problem {
	where := v.Origin.Words(v.Setting.Name)
	switch {
	case v.Origin.IsDefault():
		where = say("where.setting", v.Setting.Name)
	case v.Origin.File != "":
		where.ZH, where.EN = where.ZH+"的 "+v.Setting.Name, v.Setting.Name+" ("+where.EN+")"
	}
	return &Problem{Code: code, Setting: v.Setting.Name, Words: say(code, where, v.Shown(), more)}
}

func fileProblem(code, path string, line int, more string) *Problem {
	where := ledger.Wording{ZH: path, EN: path}
	if line > 0 {
		where = say("where.file", path, line)
	}
	return &Problem{Code: code, Words: say(code, where, "", more)}
}
