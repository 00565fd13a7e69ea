package template

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"luoshi/ledger"
)

// Fault is what is wrong with a line of a template.
type Fault struct {
	Line int // from 1
	Code string
	Args []string
}

// Faults are all that is wrong with a template, in the order of its lines.
type Faults []Fault

//go:embed faults.txt
var faultLines string

var faultWords = wordings(faultLines)

// wordings reads lines of a code, what is wrong in Chinese and in English, and what to do in both.
func wordings(text string) map[string][2]ledger.Wording {
	all := map[string][2]ledger.Wording{}
	for line := range strings.Lines(text) {
		fields := strings.Split(strings.TrimSpace(line), "|")
		if len(fields) < 5 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		all[fields[0]] = [2]ledger.Wording{{ZH: fields[1], EN: fields[2]}, {ZH: fields[3], EN: fields[4]}}
	}
	return all
}

// What says what is wrong.
func (f Fault) What() ledger.Wording { return f.fill(faultWords[f.Code][0]) }

// Do says what to do.
func (f Fault) Do() ledger.Wording { return f.fill(faultWords[f.Code][1]) }

func (f Fault) fill(w ledger.Wording) ledger.Wording {
	for i, arg := range f.Args {
		place := "{" + strconv.Itoa(i) + "}"
		w.ZH, w.EN = strings.ReplaceAll(w.ZH, place, arg), strings.ReplaceAll(w.EN, place, arg)
	}
	return w
}

func (f Fault) Error() string {
	return fmt.Sprintf("line %d: %s: %s", f.Line, f.What().EN, f.Do().EN)
}

func (all Faults) Error() string {
	lines := make([]string, len(all))
	for i, f := range all {
		lines[i] = f.Error()
	}
	return "template: " + strings.Join(lines, "; ")
}
