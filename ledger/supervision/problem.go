package supervision

import (
	"strconv"
	"strings"

	"luoshi/ledger"
)

// finding collects what is wrong with a value.
type finding struct{ found ledger.Problems }

// want notes a problem unless the condition holds that ought to.
func (f *finding) want(holds bool, code, where string, facts ...string) {
	if !holds {
		f.found = append(f.found, ledger.Problem{Code: code, Where: where, Facts: facts})
	}
}

func blank(text string) bool { return strings.TrimSpace(text) == "" }

// at names element i of a list, counted from 0.
func at(list string, i int) string { return list + "/" + strconv.Itoa(i) }
