package livelihood

import (
	"slices"
	"strconv"
)

// Problem is what is wrong with something that people entered: a code, and facts that its words take.
type Problem struct {
	Code  string
	Facts []string
}

func (p *Problem) Error() string { return p.Code }

// problem is one; nil where all is well.
func problem(wrong bool, code string, facts ...int) *Problem {
	if !wrong {
		return nil
	}
	p := &Problem{Code: code}
	for _, n := range facts {
		p.Facts = append(p.Facts, strconv.Itoa(n))
	}
	return p
}

// first is the first problem that there is.
func first(all ...*Problem) *Problem {
	i := slices.IndexFunc(all, func(p *Problem) bool { return p != nil })
	if i < 0 {
		return nil
	}
	return all[i]
}

// The bounds of a rule.
const (
	mostSeats    = 100
	mostDeputies = 10_000
)

// Check is what is wrong with a rule; nil where nothing is.
func (r Rule) Check() *Problem {
	return first(
		problem(r.Seats < 1 || r.Seats > mostSeats, "rule.seats", mostSeats),
		problem(r.Marks < 1 || r.Marks > mostSeats, "rule.marks", mostSeats),
		problem(r.Spare < 0 || r.Spare > mostSeats, "rule.spare", mostSeats),
		problem(r.Deputies < 1 || r.Deputies > mostDeputies, "rule.deputies", mostDeputies),
		problem(r.Quorum.Whole == 0, "rule.quorum"),
		problem(r.Majority.Whole == 0, "rule.majority"),
		problem(!slices.Contains(Bases(), r.Base), "rule.base"),
		problem(!slices.Contains(AllTies(), r.Ties), "rule.ties"),
		problem(r.Satisfied < 1 || r.Satisfied > 100, "rule.satisfied"),
		problem(r.Answers < 1 || r.Answers > 1_000_000, "rule.answers"),
	)
}

// Enough tells whether there are enough candidates for a vote.
func (r Rule) Enough(candidates int) bool { return candidates >= r.Seats+r.Spare }
