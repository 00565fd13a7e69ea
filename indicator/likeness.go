package indicator

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Likeness is how surely two names name the same thing, from 0 to 1000.
type Likeness int

// The levels of likeness. Two names may be paired from Pairable on.
const (
	// Identical: one indicator of the dictionary with the same qualifiers.
	Identical Likeness = 1000
	// SameTopic: the same words, for which the dictionary does not vouch.
	SameTopic Likeness = 950
	// Pairable is the level from which figures may be compared: all pairs of plan and report that
	// people matched lie above it, all decoys that they kept apart below.
	Pairable Likeness = 700
	// GenericTopic: both say no more than 项目 or 企业. Only a second piece of evidence, such as the
	// same figure or the same row, makes them one thing.
	GenericTopic Likeness = 600
	// OtherScope: the same thing of scopes that exclude each other. It may be told to people as not
	// comparable and is never compared.
	OtherScope Likeness = 400
	// OtherKind: the words are alike, but a word in them tells two things apart: 工作站, 工作室.
	OtherKind Likeness = 300
	// Unlike: different indicators, or nothing in common.
	Unlike Likeness = 0
)

// What lowers a likeness, and levels between those above.
const (
	// flowLost: 新增绿地 and 绿地 are the same in most reports, but a stock may be meant.
	flowLost Likeness = 150
	// kindLost: 市场采购贸易出口额 and 市场采购贸易总额: one indicator, but one name says more of its kind.
	kindLost Likeness = 150
	// measureLost: 新增绿地 is what 新增绿地面积 is, where the unit agrees.
	measureLost Likeness = 50
	// scopeLost: one side states 规模以上 or 不含农户, the other is silent.
	scopeLost Likeness = 50
	// oneUnknown: the dictionary knows one of the names and not the other, so they are rarely the same.
	oneUnknown Likeness = 300
	// bareHead: 小区 and 老旧小区: a short noun says less than the same noun with a qualifier.
	bareHead Likeness = 450
	// stockAndFlow: 新增发电装机 is a part of 发电装机, where the dictionary says that it counts a stock.
	stockAndFlow Likeness = 500
	// listed: 招商 and 定向招商、项目招商: each member of a list has the other name as its head.
	listed Likeness = 800
)

// Same tells how surely two names name the same thing.
func (n Name) Same(m Name) Likeness {
	like := n.sameThing(m)
	if like == Unlike {
		return Unlike
	}
	if n.ScopeConflict(m) {
		return min(like, OtherScope)
	}
	if n.whom != m.whom {
		return min(like, OtherScope)
	}
	if n.lacksScope(m) || m.lacksScope(n) {
		like -= scopeLost
	}
	return like
}

// sameThing compares the names without their scopes.
func (n *Name) sameThing(m Name) Likeness {
	switch {
	case n.Indicator != nil && m.Indicator != nil:
		return n.sameIndicator(m)
	case n.Indicator != nil || m.Indicator != nil:
		if len(n.grams) == 0 || len(m.grams) == 0 {
			return Unlike
		}
		return max(Unlike, n.topics(m)-oneUnknown)
	}
	return n.topics(m)
}

// sameIndicator compares names that the dictionary knows by what stands around the indicator's name.
func (n *Name) sameIndicator(m Name) Likeness {
	switch {
	case n.Indicator != m.Indicator:
		return Unlike
	case n.differs(m):
		return OtherKind
	case n.Topic == m.Topic:
		if n.flow != m.flow && n.Indicator.Aggregation == Latest && (n.flow == "") != (m.flow == "") {
			return stockAndFlow
		}
		like := Identical - flowDifference(n.flow, m.flow)
		if len(n.kinds) != len(m.kinds) {
			like -= kindLost
		}
		return like
	case n.Topic == "" || m.Topic == "":
		return bareHead
	}
	return min(n.topics(m), bareHead)
}

// flowDifference is what unlike verbs of flow take away: more where each has one, as 新增 is not 减少.
func flowDifference(a, b string) Likeness {
	switch {
	case a == b:
		return 0
	case a == "" || b == "":
		return flowLost
	}
	return flowLost / 3
}

// topics compares names that the dictionary does not know.
func (n *Name) topics(m Name) Likeness {
	if n.Topic == "" || m.Topic == "" {
		return Unlike
	}
	if n.differs(m) {
		return min(n.overlap(m), OtherKind)
	}
	like := SameTopic
	switch {
	case n.Topic == m.Topic && n.Generic:
		return GenericTopic
	case n.Topic == m.Topic:
	case n.listOf(m) || m.listOf(*n):
		like = listed
	default:
		like = n.overlap(m)
		if bare(n.Topic, m.Topic) || bare(m.Topic, n.Topic) {
			like = min(like, bareHead)
		}
		if !sameHead(n.Topic, m.Topic) {
			like = min(like, OtherKind)
		}
	}
	like -= flowDifference(n.flow, m.flow)
	if n.measure != m.measure {
		like -= measureLost
	}
	return max(like, Unlike)
}

// overlap is the share of character pairs that two topics have in common, by Dice's measure.
func (n *Name) overlap(m Name) Likeness {
	shared, i, j := 0, 0, 0
	for i < len(n.grams) && j < len(m.grams) {
		switch a, b := n.grams[i], m.grams[j]; {
		case a == b:
			shared, i, j = shared+1, i+1, j+1
		case a < b:
			i++
		default:
			j++
		}
	}
	if shared == 0 {
		return Unlike
	}
	return SameTopic * Likeness(2*shared) / Likeness(len(n.grams)+len(m.grams))
}

// differs tells whether a word of one topic excludes a word of the other: 小学, 初中.
func (n *Name) differs(m Name) bool { return excluding(n.kinds, m.kinds) }

// excluding tells whether two lists have marks of one group and none of that group in common.
func excluding(a, b []mark) bool {
	return slices.ContainsFunc(a, func(x mark) bool {
		inGroup := func(y mark) bool { return y.group == x.group }
		inBoth := func(y mark) bool { return inGroup(y) && slices.Contains(b, y) }
		return slices.ContainsFunc(b, inGroup) && !slices.ContainsFunc(a, inBoth)
	})
}

// listOf tells whether n lists things that all have m as their head.
func (n *Name) listOf(m Name) bool {
	if len(n.parts) == 0 || m.parts != nil || m.Generic {
		return false
	}
	return !slices.ContainsFunc(n.parts, func(part string) bool { return !strings.HasSuffix(part, m.Topic) })
}

// A head of up to so many characters says too little for one topic to stand for a longer one.
const maxBareHead = 4

// bare tells whether a is a short head of b.
func bare(a, b string) bool {
	return len(a) < len(b) && strings.HasSuffix(b, a) && utf8.RuneCountInString(a) <= maxBareHead
}

// A topic of at least so many characters may stand for one that goes on behind it.
const minPrefix = 4

// sameHead tells whether two topics end alike or one goes on where the other, a long one, ends.
func sameHead(a, b string) bool {
	ra, _ := utf8.DecodeLastRuneInString(a)
	rb, _ := utf8.DecodeLastRuneInString(b)
	if ra == rb {
		return true
	}
	return strings.HasPrefix(a, b) && utf8.RuneCountInString(b) >= minPrefix ||
		strings.HasPrefix(b, a) && utf8.RuneCountInString(a) >= minPrefix
}

// ScopeConflict tells whether the scopes that two names state exclude each other: 含 against 不含 the
// same part, 全市 against 全区, 城镇 against 农村, one place against another. Silence excludes nothing.
func (n Name) ScopeConflict(m Name) bool {
	if excluding(n.marks, m.marks) {
		return true
	}
	for _, a := range n.include {
		for _, b := range m.include {
			if a.with != b.with && overlapping(a.what, b.what) {
				return true
			}
		}
	}
	return len(n.places) > 0 && len(m.places) > 0 && !slices.ContainsFunc(n.places, func(place string) bool {
		return slices.ContainsFunc(m.places, func(other string) bool { return overlapping(place, other) })
	})
}

// overlapping tells whether two names of parts may be of one: one ends or begins with the other, or a
// mask hides the difference.
func overlapping(a, b string) bool {
	return strings.Contains(a, b) || strings.Contains(b, a) || strings.ContainsRune(a, '*') || strings.ContainsRune(b, '*')
}

// lacksScope tells whether n is silent on a scope that m states and that changes the figure.
func (n *Name) lacksScope(m Name) bool {
	for _, b := range m.marks {
		if b.group == "territory" {
			continue
		}
		if !slices.ContainsFunc(n.marks, func(a mark) bool { return a.group == b.group }) {
			return true
		}
	}
	return len(n.include) == 0 && len(m.include) > 0
}
