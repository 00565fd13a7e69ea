package assessment

import (
	"fmt"
	"strings"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Validate is everything that keeps a scheme from being adopted.
func (s Scheme) Validate() Problems {
	var p Problems
	p.unless(strings.TrimSpace(s.Title) != "", "title", "title")
	p.unless(!s.From.IsZero() && s.From.Before(s.To), "to", "span")
	p.unless(strings.TrimSpace(s.Basis) != "", "basis", "basis")
	s.checkGroups(&p)
	codes := map[string]bool{}
	s.checkMeasures(&p, codes)
	s.checkRules(&p, codes)
	return p
}

func (s Scheme) checkGroups(p *Problems) {
	p.unless(len(s.Groups) > 0, "groups", "groups")
	names, units := map[string]bool{}, map[ledger.UnitID]bool{}
	for i, g := range s.Groups {
		where := fmt.Sprintf("groups/%d", i)
		name := strings.TrimSpace(g.Name)
		p.unless(name != "" && !names[name], where+"/name", "group.name", i+1)
		p.unless(len(g.Units) > 0, where+"/units", "group.units", g.Name)
		names[name] = true
		for _, u := range g.Units {
			p.unless(!units[u], where+"/units", "group.twice", g.Name)
			units[u] = true
		}
	}
}

func (s Scheme) checkMeasures(p *Problems, codes map[string]bool) {
	p.unless(len(s.Measures) > 0, "measures", "measures")
	sum, sound := ledger.Int(0), true
	for i, m := range s.Measures {
		where := fmt.Sprintf("measures/%d", i)
		checkItem(p, codes, where, m.Code, m.Title, "measure.title", i+1)
		_, known := FormulaOf(m.Formula)
		p.unless(known, where+"/formula", "measure.formula", i+1)
		good := inPoints(m.Weight) && m.Weight.Sign() > 0
		p.unless(good, where+"/weight", "measure.weight", m.Title)
		sum, sound = reporting.Sum(sum, m.Weight), sound && good
	}
	if sound && len(s.Measures) > 0 {
		p.unless(sum.Cmp(ledger.Int(Whole)) == 0, "measures", "weights", sum.Plain())
	}
}

func (s Scheme) checkRules(p *Problems, codes map[string]bool) {
	for i, r := range s.Rules {
		where := fmt.Sprintf("rules/%d", i)
		checkItem(p, codes, where, r.Code, r.Title, "rule.title", i+1)
		p.unless(r.Kind == Bonus || r.Kind == Deduction, where+"/kind", "rule.kind", r.Title)
		p.unless(inPoints(r.Each) && inPoints(r.Cap) && r.Each.Sign() > 0 && r.Cap.Cmp(r.Each) >= 0, where+"/each", "rule.points", r.Title)
	}
}

// checkItem checks what measures and rules have in common.
func checkItem(p *Problems, codes map[string]bool, where, code, title, untitled string, number int) {
	p.unless(strings.TrimSpace(title) != "", where+"/title", untitled, number)
	word := forbidden(title)
	p.unless(word == "", where+"/title", "forbidden", title, word)
	p.unless(code != "" && !codes[code], where+"/code", "code", code)
	codes[code] = true
}

// places is how many decimals points have.
const places = 2

// inPoints tells whether a figure can be points: known, and with as many decimals as points have.
func inPoints(d ledger.Decimal) bool {
	return d.Known() && reporting.Rounded(d.Rat(), places).Cmp(d) == 0
}

// CheckEntry is what keeps an entry from being made.
func (s Scheme) CheckEntry(e Entry) Problems {
	var p Problems
	p.unless(s.GroupOf(e.Unit) != "", "unit", "entry.unit")
	measure, judged := s.Measure(e.Item)
	rule, ruled := s.Rule(e.Item)
	switch {
	case judged && measure.Formula == ByHand:
		p.unless(inPoints(e.Points) && e.Points.Sign() >= 0 && e.Points.Cmp(ledger.Int(Whole)) <= 0, "points", "entry.mark")
	case ruled:
		good := inPoints(e.Points) && e.Points.Sign() > 0 && e.Points.Cmp(rule.Each) <= 0
		p.unless(good, "points", "entry.points", rule.Each.Plain())
	default:
		p.unless(false, "item", "entry.item")
	}
	p.unless(strings.TrimSpace(e.Why) != "", "why", "entry.why")
	p.unless(strings.TrimSpace(e.Basis) != "", "basis", "entry.basis")
	return p
}

// CheckCorrection is what keeps a correction from being made.
func (s Scheme) CheckCorrection(c Correction) Problems {
	var p Problems
	p.unless(s.GroupOf(c.Unit) != "", "unit", "entry.unit")
	_, known := s.Measure(c.Item)
	p.unless(known, "item", "correction.item")
	p.unless(c.Part.Known() && c.Whole.Known() && c.Part.Sign() >= 0 && c.Whole.Sign() > 0 && c.Part.Cmp(c.Whole) <= 0,
		"part", "correction.figures")
	p.unless(strings.TrimSpace(c.Why) != "", "why", "entry.why")
	return p
}
