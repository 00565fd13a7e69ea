package account

import (
	"slices"
	"strings"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// rank is the place of the own growth among that of other governments.
func (c *composer) rank(t *thing, i Indicator, from []Source) {
	t.nothing["rank"] = true
	if !i.Growth.Known() {
		return
	}
	place, among := 1, 1
	for _, p := range i.Peers {
		if !p.Growth.Known() || p.Whole {
			continue
		}
		among++
		ahead := p.Growth.Cmp(i.Growth)
		if i.Direction == ledger.Less {
			ahead = -ahead
		}
		if ahead > 0 {
			place++
		}
		from = append(from, Source{Kind: FromPeer, ID: p.Source})
	}
	if among < 3 {
		return
	}
	c.figure(t, "among", of(ledger.Int(int64(among)), "个"), from...)
	c.figure(t, "rank", of(ledger.Int(int64(place)), "位"), from...)
	t.nothing["rank"] = false
}

// averaged are words of names whose figures are no part of anybody's total: 人均可支配收入, 单位GDP能耗.
var averaged = []string{"人均", "平均", "单位"}

// beside is how the own figure stands to that of the larger area: its share in it, and the distance in points.
func (c *composer) beside(t *thing, i Indicator, from []Source) {
	at := slices.IndexFunc(i.Peers, func(p Peer) bool { return p.Whole })
	if at < 0 {
		return
	}
	whole := i.Peers[at]
	from = append(slices.Clip(from), Source{Kind: FromPeer, ID: whole.Source})
	t.quote("whole", whole.Name, from[len(from)-1])
	own := i.Done.Shifted(i.Scale)
	switch {
	case i.Unit == "%" && i.Done.Known() && whole.Figure.Known():
		t.word("compared", "level")
		c.apart(t, own, whole.Figure, from)
	case i.Growth.Known() && whole.Growth.Known():
		t.word("compared", "growth")
		c.apart(t, i.Growth, whole.Growth, from)
	}
	named := func(word string) bool { return strings.Contains(i.Name, word) }
	if i.Unit == "%" || i.Aggregation == ledger.AsAverage || !i.Done.Known() || !whole.Figure.Known() || slices.ContainsFunc(averaged, named) {
		return
	}
	if own.Sign() > 0 && own.Cmp(whole.Figure) <= 0 {
		c.figure(t, "whole_share", of(reporting.Rounded(reporting.Share(own, whole.Figure), 2), "%"), from...)
	}
}

// apart is the distance in points from the larger area, and to which side.
func (c *composer) apart(t *thing, own, whole ledger.Decimal, from []Source) {
	c.figure(t, "apart", of(distance(own, whole), pointsOf("%")), from...)
	t.word("lead", [...]string{"below", "even", "above"}[own.Cmp(whole)+1])
}

// turn is by how many points a share has moved since the year before.
func (c *composer) turn(t *thing, i Indicator, from []Source) {
	if !i.Done.Known() || !i.Before.Known() || i.Unit != "%" {
		return
	}
	t.word("since", "上年末")
	if i.Aggregation != ledger.AsLatest {
		t.word("since", "上年")
	}
	c.figure(t, "before", of(i.Before, "%"), from[0])
	c.figure(t, "shift", of(distance(i.Done, i.Before), pointsOf("%")), from...)
	t.word("turn", [...]string{"down", "even", "up"}[i.Done.Cmp(i.Before)+1])
}
