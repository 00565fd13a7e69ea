package demo

import (
	"fmt"
	"slices"
	"strings"

	"luoshi/ledger"
)

// rules are those by which a plan with an outline is broken down.
func (d *district) rules(outline []ledger.Section) ([]ledger.Rule, error) {
	all, err := rows("rules", 4, 5)
	if err != nil {
		return nil, err
	}
	list := make([]ledger.Rule, 0, len(all))
	for _, r := range all {
		rule, err := d.rule(r, outline)
		if err != nil {
			return nil, r.fault(err)
		}
		list = append(list, rule)
	}
	return list, nil
}

func (d *district) rule(r row, outline []ledger.Section) (rule ledger.Rule, err error) {
	rule.Words = r.list(1)
	if rule.Lead, err = d.unit.of(r.columns[0]); err != nil {
		return rule, err
	}
	if rule.Cooperating, err = d.unit.all(r.list(3)); err != nil {
		return rule, err
	}
	if rule.Post, err = d.post.of(r.columns[4]); err != nil {
		return rule, err
	}
	if title := r.columns[2]; title != "" {
		i := slices.IndexFunc(outline, func(s ledger.Section) bool { return strings.HasPrefix(s.Title, title) })
		if i < 0 {
			return rule, fmt.Errorf("the plan has no heading %q", title)
		}
		rule.Section = outline[i].Number
	}
	return rule, rule.Validate().Err()
}

// byHand are assignments of single commitments that no rule fits, by the beginning of their words.
type byHand []struct {
	words string
	unit  ledger.UnitID
}

// assignedByHand are those of the data files.
func (d *district) assignedByHand() (byHand, error) {
	all, err := rows("gaps", 2, 2)
	if err != nil {
		return nil, err
	}
	list := make(byHand, len(all))
	for i, r := range all {
		list[i].words = r.columns[0]
		if list[i].unit, err = d.unit.of(r.columns[1]); err != nil {
			return nil, r.fault(err)
		}
	}
	return list, nil
}

// lead is the unit that people gave to a commitment; empty where they gave none.
func (b byHand) lead(c ledger.Commitment) ledger.UnitID {
	for _, a := range b {
		if strings.HasPrefix(c.Wording(), a.words) {
			return a.unit
		}
	}
	return ""
}
