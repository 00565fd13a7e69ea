// Package score measures the findings of one document against a key of its relations, which a careful
// person worked out.
//
// A relation between printed figures (sections A to C of a key) is found when the figures of a finding are
// the same set as those of the relation and the finding's severity is the one that the key's verdict asks
// for. It is nearly found when the finding has all figures and at most one more, or lacks only a zero: a
// category that stands in the table with 0 and not in the prose. Of three or more equal figures, findings of
// two that connect all of them count as one. A line of several equations is right only if all are found.
//
// A target (section D) is right when the rule "target" names it together with its result and gives the
// verdict of the key, and no finding gives the pair another. It is nearly right when the rule names one of
// both where section C says that it stands a second time. What is open is right when nothing decides it.
package score

import (
	"luoshi/checking"
)

// Outcome is what became of one relation of the key.
type Outcome struct {
	Relation *Relation
	Scored   bool // the line counts; the others are remarks for people
	Right    bool
	Nearly   bool // right by the lenient measure; whatever is right is nearly right too
	Claims   int  // equations of the line
	Found    int  // of these, how many were found
	// Instead is what touches the relation where it is not right: findings that share two of its figures,
	// or its only one.
	Instead []checking.Finding
}

// Report is the score of one document.
type Report struct {
	Outcomes []Outcome
	// Wrong are the findings of severity error that the key does not bear out.
	Wrong []checking.Finding
	// Paired are the findings that set figures against each other which the key holds apart.
	Paired []checking.Finding
	Apart  int // how many pairs the key holds apart
}

// Tally counts relations of a key.
type Tally struct {
	Lines, Right, Nearly int
	Claims, Found        int
}

// Plus is the tally of both.
func (t Tally) Plus(o Tally) Tally {
	return Tally{t.Lines + o.Lines, t.Right + o.Right, t.Nearly + o.Nearly, t.Claims + o.Claims, t.Found + o.Found}
}

// Tally counts the relations that count and that the filter lets through.
func (r *Report) Tally(wanted func(*Relation) bool) Tally {
	var t Tally
	for i := range r.Outcomes {
		if o := &r.Outcomes[i]; o.Scored && wanted(o.Relation) {
			t = t.Plus(o.tally())
		}
	}
	return t
}

func (o *Outcome) tally() Tally {
	t := Tally{Lines: 1, Claims: o.Claims, Found: o.Found}
	if o.Right {
		t.Right = 1
	}
	if o.Nearly {
		t.Nearly = 1
	}
	return t
}

// Compare scores the findings of one document, among which must be those of severity OK.
func Compare(key []Relation, findings []checking.Finding) *Report {
	s := &scorer{key: key, twins: twinsOf(key)}
	for i := range findings {
		s.findings = append(s.findings, found{&findings[i], placesOf(&findings[i])})
	}
	report := &Report{}
	for i := range key {
		report.Outcomes = append(report.Outcomes, s.outcome(&key[i]))
		report.Apart += len(key[i].Apart)
	}
	report.Wrong = s.wrong()
	report.Paired = s.paired()
	return report
}

// scorer holds what is compared.
type scorer struct {
	key      []Relation
	findings []found
	twins    map[int][]int // other places where section C says that a figure stands
}

// found is a finding with the places of its figures.
type found struct {
	*checking.Finding
	at places
}

func (s *scorer) outcome(r *Relation) Outcome {
	o := Outcome{Relation: r, Claims: len(r.Claims)}
	switch {
	case len(r.Claims) == 0:
		return o
	case r.Section.Arithmetic():
		s.equations(&o)
	case r.Section == Targets:
		s.target(&o)
	case r.Section == Loose && r.Verdict == Fail:
		s.suspect(&o)
	default:
		return o
	}
	o.Scored = true
	if !o.Right {
		o.Instead = s.touching(r)
	}
	return o
}

// touching are the findings that share two figures with a relation, or its only one.
func (s *scorer) touching(r *Relation) []checking.Finding {
	var list []checking.Finding
	for _, f := range s.findings {
		shared, all := 0, places{}
		for _, spot := range r.Spots() {
			if !all[spot.At] && f.at[spot.At] {
				shared++
			}
			all[spot.At] = true
		}
		if shared >= min(2, len(all)) {
			list = append(list, *f.Finding)
		}
	}
	return list
}

// wrong are the errors that neither a failing relation nor a missed target bears out.
func (s *scorer) wrong() []checking.Finding {
	var list []checking.Finding
	for _, f := range s.findings {
		if f.Severity == checking.Error && !s.borneOut(f) {
			list = append(list, *f.Finding)
		}
	}
	return list
}

func (s *scorer) borneOut(f found) bool {
	for i := range s.key {
		r := &s.key[i]
		switch {
		case r.Verdict == Fail && r.Section == Loose:
			if s.suspects(&f, r) {
				return true
			}
		case r.Verdict == Fail:
			for j := range r.Claims {
				if f.match(&r.Claims[j]) != apartMatch {
					return true
				}
			}
		case r.Verdict == Missed && f.Rule == targetRule:
			if s.about(f, r) {
				return true
			}
		}
	}
	return false
}

// paired are the findings that name what the key holds apart.
func (s *scorer) paired() []checking.Finding {
	var list []checking.Finding
	for _, f := range s.findings {
		if s.pairs(f) {
			list = append(list, *f.Finding)
		}
	}
	return list
}

func (s *scorer) pairs(f found) bool {
	for i := range s.key {
		for _, p := range s.key[i].Apart {
			if f.at[p.A] && f.at[p.B] && (!p.Unlike || f.Severity >= checking.Warning) {
				return true
			}
		}
	}
	return false
}
