package ledger

import (
	"slices"
	"strings"
)

// Rule assigns commitments in bulk. All conditions that it sets have to hold; the first rule that fits
// a commitment assigns it.
type Rule struct {
	Section int            `json:"section,omitempty"` // it stands in this section or in one below
	Words   []string       `json:"words,omitempty"`   // its wording holds one of them
	Kind    CommitmentKind `json:"kind,omitempty"`
	From    UnitID         `json:"from,omitempty"` // this unit leads it now: for handing over all that a unit has

	Lead        UnitID   `json:"lead"`
	Cooperating []UnitID `json:"cooperating,omitempty"`
	Post        PostID   `json:"post,omitempty"`
}

// Validate tells what is wrong with a rule.
func (r Rule) Validate() Problems {
	var found Problems
	found.add(r.Section != 0 || len(r.Words) > 0 || r.Kind != "" || r.From != "", "rule.unconditional", "")
	found.add(wellFormed(r.Lead), "rule.lead", "lead")
	found.add(r.From == "" || r.From != r.Lead, "rule.same_unit", "from")
	found.add(r.Section >= 0, "rule.section", "section")
	found.add(r.Kind == "" || slices.Contains(CommitmentKinds(), r.Kind), "commitment.kind", "kind", string(r.Kind))
	for i, word := range r.Words {
		found.add(!blank(word), "rule.word", at("words", i))
	}
	for i, unit := range r.Cooperating {
		found.add(wellFormed(unit), "id.malformed", at("cooperating", i), string(unit))
		found.add(unit != r.Lead, "commitment.lead_cooperates", at("cooperating", i), string(unit))
	}
	return found
}

// Assignment is what a rule gives to a commitment, for people to see before it is done.
type Assignment struct {
	Commitment  CommitmentID
	Rule        int // position among the rules
	Lead        UnitID
	Cooperating []UnitID
	Post        PostID
	Rivals      []int // positions of later rules that fit too and name another unit
}

// Assign tells what rules give to the commitments of a plan, in the order of the commitments. One that
// has a lead unit keeps it, unless the rule hands over from that unit. What is in force is left alone:
// its owner changes by an amendment.
func Assign(rules []Rule, plan Plan, commitments []Commitment) []Assignment {
	var given []Assignment
	for _, c := range commitments {
		if c.State != Prepared {
			continue
		}
		if a, ok := assignOne(rules, plan, c); ok {
			given = append(given, a)
		}
	}
	return given
}

func assignOne(rules []Rule, plan Plan, c Commitment) (Assignment, bool) {
	var a Assignment
	assigned := false
	for n, rule := range rules {
		if !rule.fits(plan, c) {
			continue
		}
		if assigned {
			if rule.Lead != a.Lead {
				a.Rivals = append(a.Rivals, n)
			}
			continue
		}
		assigned = true
		a = Assignment{Commitment: c.ID, Rule: n, Lead: rule.Lead, Cooperating: slices.Clone(rule.Cooperating), Post: rule.Post}
	}
	return a, assigned
}

// fits tells whether a rule may assign a commitment.
func (r Rule) fits(plan Plan, c Commitment) bool {
	if c.Lead != r.From || r.Kind != "" && r.Kind != c.Kind {
		return false
	}
	if r.Section != 0 && !slices.ContainsFunc(plan.Path(c.Section), func(s Section) bool { return s.Number == r.Section }) {
		return false
	}
	wording := c.Wording()
	return len(r.Words) == 0 || slices.ContainsFunc(r.Words, func(w string) bool { return strings.Contains(wording, w) })
}

// To is the commitment with what was assigned. Cooperating units and a post that it already has stay
// where the assignment names none.
func (a Assignment) To(c Commitment) Commitment {
	c = c.clone()
	c.Lead = a.Lead
	if len(a.Cooperating) > 0 {
		c.Cooperating = slices.Clone(a.Cooperating)
	}
	c.Cooperating = slices.DeleteFunc(c.Cooperating, func(unit UnitID) bool { return unit == a.Lead })
	if a.Post != "" {
		c.Post = a.Post
	}
	return c
}
