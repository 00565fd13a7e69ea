package judge

import (
	_ "embed"
	"math/big"
	"strings"
	"sync"

	"luoshi/reading"
)

//go:embed bounds.txt
var boundLines string

// phrase is a bound in words: the rule that judges it and the words that make it, in their order.
type phrase struct {
	rule  string
	words []string
}

var phrases = sync.OnceValue(func() []phrase {
	var all []phrase
	for line := range strings.Lines(boundLines) {
		fields := strings.Fields(line)
		if len(fields) > 1 && !strings.HasPrefix(fields[0], "#") {
			all = append(all, phrase{rule: fields[0], words: fields[1:]})
		}
	}
	return all
})

// Bound names the rule that judges a bound in words: 正增长 is positive. It is "" where the text is no
// bound that is known.
func Bound(text string) string {
	text = strings.Join(strings.Fields(text), "")
	for _, p := range phrases() {
		if inOrder(text, p.words) {
			return p.rule
		}
	}
	return ""
}

func inOrder(text string, words []string) bool {
	for _, w := range words {
		at := strings.Index(text, w)
		if at < 0 {
			return false
		}
		text = text[at+len(w):]
	}
	return true
}

// Evidence is what a document says beside the result itself.
type Evidence struct {
	Economy *Figure // growth of the economy over the same period; nil where unstated
	Telling string  // the sentences that speak of the indicator: 不降反升, 未完成
}

// Worded judges a bound in words: 正增长, 与经济增长基本同步, 完成市下达任务. What needs a figure that the
// document does not print (an assigned quota, the city's average) is open, unless the document itself
// says that it was missed.
func Worded(bound string, result *Figure, evidence Evidence) Judgement {
	rule := Bound(bound)
	if rule == "" {
		return Judgement{}
	}
	if vocabulary().Holds("failed", evidence.Telling) {
		return Judgement{Outcome: Missed}
	}
	if result == nil {
		return told(rule, evidence)
	}
	if !changes(result.Measure) {
		return told(rule, evidence)
	}
	got := result.Value.Rat()
	if result.Measure == reading.Decline {
		got.Neg(got)
	}
	switch rule {
	case "rise":
		return against(got, new(big.Rat), got.Sign() > 0, ">")
	case "fall":
		return against(got, new(big.Rat), got.Sign() < 0, "<")
	case "nogrowth":
		return against(got, new(big.Rat), got.Sign() <= 0, "≤")
	case "economy":
		return pace(bound, got, evidence.Economy)
	}
	return told(rule, evidence)
}

// told judges by words alone.
func told(rule string, evidence Evidence) Judgement {
	if rule == "assigned" && vocabulary().Holds("achieved", evidence.Telling) {
		return Judgement{Outcome: Met}
	}
	return Judgement{}
}

// pace compares a growth with the economy's; 基本 allows half a point less.
func pace(bound string, got *big.Rat, economy *Figure) Judgement {
	if economy == nil {
		return Judgement{}
	}
	want := economy.Value.Rat()
	if economy.Measure == reading.Decline {
		want.Neg(want)
	}
	floor := new(big.Rat).Set(want)
	if strings.Contains(bound, "基本") {
		floor.Sub(floor, big.NewRat(1, 2))
	}
	return against(got, want, got.Cmp(floor) >= 0, "≥")
}

func against(got, want *big.Rat, met bool, sign string) Judgement {
	j := Judgement{Outcome: Missed, Gap: signed(exact(new(big.Rat).Sub(got, want))) + " 个百分点"}
	if met {
		j.Outcome = Met
	} else {
		sign = map[string]string{">": "≤", "<": "≥", "≤": ">", "≥": "<"}[sign]
	}
	j.Computation = exact(got) + " " + sign + " " + exact(want)
	return j
}
