package progress

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// ContradictionKind is what contradicts what. Its words stand in contradictions.txt.
type ContradictionKind string

const (
	SaidDone    ContradictionKind = "said_done"    // the unit says done, figures show otherwise
	SaidOpen    ContradictionKind = "said_open"    // figures show done, the unit says otherwise
	PartsTotal  ContradictionKind = "parts_total"  // the parts do not make the whole
	GrowthLevel ContradictionKind = "growth_level" // growth does not follow from figure and base
	NoEvidence  ContradictionKind = "no_evidence"  // said to be done, and nothing shows it
)

// Contradiction is something for the office to ask about.
type Contradiction struct {
	Kind       ContradictionKind   `json:"kind"`
	Commitment ledger.CommitmentID `json:"commitment"`
	Title      string              `json:"title"`
	Unit       ledger.UnitID       `json:"unit,omitempty"` // to be asked
	Subject    reporting.Subject   `json:"subject,omitzero"`
	Period     reporting.Period    `json:"period,omitzero"`
	Colour     light.Colour        `json:"colour,omitempty"`
	Said       reporting.Said      `json:"said,omitempty"`
	Figures    []string            `json:"figures,omitempty"` // in the order in which they are spoken of
}

type contradictionWords struct{ what, do ledger.Wording }

//go:embed contradictions.txt
var contradictionLines string

var contradictionTable = readContradictions(contradictionLines)

func readContradictions(text string) map[ContradictionKind]contradictionWords {
	all := map[ContradictionKind]contradictionWords{}
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "#") || len(cells) != 5 {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all[ContradictionKind(cells[0])] = contradictionWords{ledger.Wording{ZH: cells[1], EN: cells[2]}, ledger.Wording{ZH: cells[3], EN: cells[4]}}
	}
	return all
}

// What says what contradicts what.
func (c Contradiction) What() ledger.Wording {
	facts := []ledger.Wording{{ZH: c.Title, EN: c.Title}}
	switch c.Kind {
	case SaidDone:
		facts = append(facts, c.Colour.Label())
	case SaidOpen:
		facts = append(facts, c.Said.Label())
	case PartsTotal, GrowthLevel:
		facts = append(facts, c.Period.Title())
	}
	for _, f := range c.Figures {
		facts = append(facts, ledger.Wording{ZH: f, EN: f})
	}
	var zh, en []string
	for i, f := range facts {
		place := "{" + strconv.Itoa(i) + "}"
		zh, en = append(zh, place, f.ZH), append(en, place, f.EN)
	}
	words := contradictionTable[c.Kind].what
	return ledger.Wording{ZH: strings.NewReplacer(zh...).Replace(words.ZH), EN: strings.NewReplacer(en...).Replace(words.EN)}
}

// Do says what to do about it.
func (c Contradiction) Do() ledger.Wording { return contradictionTable[c.Kind].do }

// Contradictions are what contradicts itself in a plan, as the last computation of its lights found it, in the order of
// the plan and as far as the caller may see.
func (s *Service) Contradictions(ctx context.Context, id ledger.PlanID) ([]Contradiction, error) {
	if _, err := s.plan(ctx, id); err != nil {
		return nil, err
	}
	row, err := s.lastRun(ctx, id)
	if err != nil || row.Contradictions == "" {
		return nil, err
	}
	var all []Contradiction
	if err := json.Unmarshal([]byte(row.Contradictions), &all); err != nil {
		return nil, fmt.Errorf("progress: reading the contradictions of plan %s: %w", id, err)
	}
	return s.visible(ctx, all)
}

// visible are the contradictions about commitments that the caller may see.
func (s *Service) visible(ctx context.Context, all []Contradiction) ([]Contradiction, error) {
	ids := make([]ledger.CommitmentID, len(all))
	for i, c := range all {
		ids[i] = c.Commitment
	}
	seen, err := s.readable(ctx, ids)
	if err != nil {
		return nil, err
	}
	var may []Contradiction
	for _, c := range all {
		if _, ok := seen[c.Commitment]; ok {
			may = append(may, c)
		}
	}
	return may, nil
}

// readable are those of some commitments whose lights the caller may see.
func (s *Service) readable(ctx context.Context, ids []ledger.CommitmentID) (map[ledger.CommitmentID]ledger.Commitment, error) {
	seen := map[ledger.CommitmentID]ledger.Commitment{}
	if len(ids) == 0 {
		return seen, nil
	}
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	records, err := service.All(ctx, s.core.Store().Commitments().List, scope, in("id", ids))
	for _, r := range records {
		seen[r.Value.ID] = r.Value
	}
	return seen, err
}

// contradictions are what contradicts itself on the ground of the lights.
func (g *ground) contradictions(all []lit) []Contradiction {
	found := []Contradiction{}
	parts := map[ledger.CommitmentID][]lit{}
	for _, l := range all {
		if l.has && l.commitment.Parent != "" {
			parts[l.commitment.Parent] = append(parts[l.commitment.Parent], l)
		}
	}
	asked := map[about]bool{}
	for _, l := range all {
		if !l.has {
			continue
		}
		found = append(found, g.saidAgainstShown(l)...)
		found = append(found, g.partsAgainstTotal(l, parts[l.commitment.ID])...)
		for _, p := range l.judged.Parts {
			if key := (about{p.Subject, p.Unit}); !asked[key] {
				asked[key] = true
				found = append(found, g.growthAgainstLevel(l.commitment, p)...)
			}
		}
	}
	return found
}

func (g *ground) saidAgainstShown(l lit) []Contradiction {
	c, j := l.commitment, l.judged
	about := Contradiction{Commitment: c.ID, Title: c.Title, Unit: c.Lead, Period: j.SaidIn, Colour: j.Light.Colour, Said: j.Said}
	var found []Contradiction
	if differs(j.Said, j.Light.Colour) {
		about.Kind = SaidDone
		if j.Light.Colour == light.Blue {
			about.Kind = SaidOpen
		}
		found = append(found, about)
	}
	if j.Said == reporting.Completed && j.Evidence == 0 {
		about.Kind = NoEvidence
		found = append(found, about)
	}
	return found
}

// partsAgainstTotal compares what a commitment reports with what its parts report together, in the last period in which
// all of them did. Only levels of one measure add up.
func (g *ground) partsAgainstTotal(whole lit, parts []lit) []Contradiction {
	if len(parts) < 2 {
		return nil
	}
	var found []Contradiction
	for _, t := range whole.commitment.Targets {
		own := g.figures.points(reporting.SubjectOf(whole.commitment.ID, t), whole.commitment.Lead)
		if t.Measure != ledger.Level || len(own) == 0 || !g.additive(t) {
			continue
		}
		var theirs [][]reporting.Point
		for _, p := range parts {
			for _, u := range p.commitment.Targets {
				if sameMeasure(t, u) && p.commitment.Lead != whole.commitment.Lead {
					theirs = append(theirs, g.figures.points(reporting.SubjectOf(p.commitment.ID, u), p.commitment.Lead))
				}
			}
		}
		if c, differs := compareParts(own, theirs); differs {
			c.Kind, c.Commitment, c.Title, c.Unit = PartsTotal, whole.commitment.ID, whole.commitment.Title, whole.commitment.Lead
			c.Subject = reporting.SubjectOf(whole.commitment.ID, t)
			found = append(found, c)
		}
	}
	return found
}

func (g *ground) additive(t ledger.Target) bool {
	i, known := g.indicators[t.Indicator]
	return !known || reporting.TermsOf(i).Additive
}

// sameMeasure tells whether two targets measure the same, so that their figures can be added.
func sameMeasure(a, b ledger.Target) bool {
	if a.Measure != b.Measure || a.Unit != b.Unit || a.Scope != b.Scope {
		return false
	}
	if a.Indicator != "" || b.Indicator != "" {
		return a.Indicator == b.Indicator
	}
	return a.Subject == b.Subject
}

// compareParts compares the last cumulative figure that the whole and all of its parts have.
func compareParts(own []reporting.Point, theirs [][]reporting.Point) (Contradiction, bool) {
	if len(theirs) < 2 { // not all parts are of this measure
		return Contradiction{}, false
	}
	for i := len(own) - 1; i >= 0; i-- {
		figures := make([]ledger.Decimal, 0, len(theirs))
		for _, points := range theirs {
			for _, p := range points {
				if p.Period == own[i].Period && p.Cumulative.Known() {
					figures = append(figures, p.Cumulative)
				}
			}
		}
		if len(figures) != len(theirs) || !own[i].Cumulative.Known() {
			continue
		}
		sum := reporting.Sum(figures...)
		gap := reporting.Less(sum, own[i].Cumulative)
		slack := new(big.Rat)
		for _, f := range append(figures, own[i].Cumulative) {
			slack.Add(slack, halfStep(f))
		}
		if !gap.Known() || new(big.Rat).Abs(gap.Rat()).Cmp(slack) <= 0 {
			return Contradiction{}, false
		}
		return Contradiction{Period: own[i].Period, Figures: []string{own[i].Cumulative.Plain(), sum.Plain(), gap.Plain()}}, true
	}
	return Contradiction{}, false
}

// halfStep is by how much a figure as it is printed may differ from what it stands for; whole numbers are exact.
func halfStep(d ledger.Decimal) *big.Rat {
	exp := int64(d.Number().Exp)
	if exp == 0 {
		return new(big.Rat)
	}
	step := new(big.Int).Exp(big.NewInt(10), big.NewInt(max(exp, -exp)), nil)
	if exp > 0 {
		return new(big.Rat).SetFrac(step, big.NewInt(2))
	}
	return new(big.Rat).SetFrac(big.NewInt(1), step.Mul(step, big.NewInt(2)))
}

// growthAgainstLevel checks the last figure of a part that has a growth and a base.
func (g *ground) growthAgainstLevel(c ledger.Commitment, part Part) []Contradiction {
	points := g.figures.points(part.Subject, part.Unit)
	for i := len(points) - 1; i >= 0; i-- {
		p := points[i]
		value := p.Figure()
		if !value.Known() || !p.Growth.Known() || p.Base.Sign() <= 0 {
			continue
		}
		low, high := growthBetween(value, p.Base)
		slack := halfStep(p.Growth)
		stated := p.Growth.Rat()
		if new(big.Rat).Add(stated, slack).Cmp(low) >= 0 && new(big.Rat).Sub(stated, slack).Cmp(high) <= 0 {
			return nil
		}
		is := new(big.Rat).Quo(value.Rat(), p.Base.Rat())
		is.Sub(is, big.NewRat(1, 1)).Mul(is, big.NewRat(100, 1))
		return []Contradiction{{
			Kind: GrowthLevel, Commitment: c.ID, Title: part.Title, Unit: part.Unit, Subject: part.Subject, Period: p.Period,
			Figures: []string{p.Growth.Plain(), value.Plain(), p.Base.Plain(), reporting.Rounded(is, 2).Plain()},
		}}
	}
	return nil
}

// growthBetween are the bounds of growth, in per cent, when figure and base stand for what they may be rounded from.
func growthBetween(value, base ledger.Decimal) (low, high *big.Rat) {
	grown := func(v, b *big.Rat) *big.Rat {
		r := new(big.Rat).Quo(v, b)
		return r.Sub(r, big.NewRat(1, 1)).Mul(r, big.NewRat(100, 1))
	}
	v, b := halfStep(value), halfStep(base)
	least := new(big.Rat).Sub(base.Rat(), b)
	if least.Sign() <= 0 {
		least = base.Rat()
	}
	return grown(new(big.Rat).Sub(value.Rat(), v), new(big.Rat).Add(base.Rat(), b)), grown(new(big.Rat).Add(value.Rat(), v), least)
}
