package supervision

import "luoshi/ledger"

// Settings are the rules of one district for its orders.
type Settings struct {
	Terms     Terms     `json:"terms"`
	Numbering Numbering `json:"numbering"`
	Urging    Urging    `json:"urging"`
	Grading   string    `json:"grading"` // the name of the rule for graded sheets
}

// Defaults are the settings of a district that has laid down none.
func Defaults() Settings {
	return Settings{Terms: DefaultTerms(), Numbering: DefaultNumbering(), Urging: DefaultUrging(), Grading: gradings()[0].Name}
}

// Validate tells everything that is wrong with settings.
func (s *Settings) Validate() ledger.Problems {
	var f finding
	f.found = append(f.found, s.Terms.Validate()...)
	f.found = append(f.found, s.Numbering.Validate()...)
	f.found = append(f.found, s.Urging.Validate()...)
	_, known := GradingByName(s.Grading)
	f.want(known, "grading.name", "grading", s.Grading)
	return f.found
}

// Fill is an order with what the settings lay down where it says nothing itself: its term and how often to report.
func (s *Settings) Fill(o Order) Order {
	term, interim := s.Terms.For(&o)
	if o.Term == (Term{}) && o.Due.IsZero() {
		o.Term = term
		if o.Interim == 0 {
			o.Interim = interim
		}
	}
	return o
}

// Grade is the sheet that a matter gets by the rule of the settings.
func (s *Settings) Grade(standing Standing) Grade {
	rule, _ := GradingByName(s.Grading)
	return rule.Grade(standing)
}
