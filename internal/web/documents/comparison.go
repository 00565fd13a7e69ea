package documents

import (
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// wordPart is a part of a wording that both versions have, or one only.
type wordPart struct {
	text    string
	differs bool
}

// wordParts are the words of one side of a difference: those between the common beginning and the common end are
// other words.
func wordParts(d ledger.Difference, before bool) []wordPart {
	if d.Before == nil || d.After == nil {
		return []wordPart{{text: (either(d)).Wording()}}
	}
	own, other := []rune(d.After.Wording()), []rune(d.Before.Wording())
	if before {
		own, other = other, own
	}
	head := 0
	for head < len(own) && head < len(other) && own[head] == other[head] {
		head++
	}
	tail := 0
	for tail < len(own)-head && tail < len(other)-head && own[len(own)-1-tail] == other[len(other)-1-tail] {
		tail++
	}
	for head > 0 && inFigure(own[head-1]) { // a figure differs as a whole
		head--
	}
	for tail > 0 && inFigure(own[len(own)-tail]) {
		tail--
	}
	return []wordPart{
		{text: string(own[:head])}, {text: string(own[head : len(own)-tail]), differs: true}, {text: string(own[len(own)-tail:])},
	}
}

func inFigure(r rune) bool { return r >= '0' && r <= '9' || r == '.' }

func either(d ledger.Difference) *ledger.Commitment {
	if d.Before != nil {
		return d.Before
	}
	return d.After
}

func pick(c ledger.Change, before bool) ledger.Content {
	if before {
		return c.Old
	}
	return c.New
}

// contentText is what a field holds, in words.
func contentText(v page.View, c ledger.Content) string {
	switch {
	case c.Target != nil:
		return TargetText(v, *c.Target)
	case !c.Date.IsZero():
		return v.Date(c.Date)
	}
	return "\u2014"
}

// TargetText is a target in words: 新增养老床位 不低于300张.
func TargetText(v page.View, t ledger.Target) string { return t.Subject + " " + v.Target(t) }
