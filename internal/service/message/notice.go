package message

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"luoshi/internal/access"
	"luoshi/ledger"
)

// Kind is what a notice is about, by its name in kinds.txt.
type Kind string

// The kinds of notices.
const (
	OfOrder      Kind = "order"      // 督办单
	OfEscalation Kind = "escalation" // 督办升级: the leader is told that an order is late
	OfReport     Kind = "report"     // 填报
	OfBulletin   Kind = "bulletin"   // 通报
	OfAssessment Kind = "assessment" // 考核
	OfTour       Kind = "tour"       // 观摩评比
	OfPlan       Kind = "plan"       // 计划
	OfLivelihood Kind = "livelihood" // 民生实事
	OfPaper      Kind = "paper"      // 报告
)

// Audience is one account, or whoever holds a role in a unit on the day of telling; all posts of the unit where the role
// is empty. The robots of the unit are told as well.
type Audience struct {
	Account ledger.AccountID
	Unit    ledger.UnitID
	Role    access.Role
}

// Notice is something that people are to hear of.
type Notice struct {
	// Key names it for ever: what is told under a key that was told before is told to nobody. It says what it is about,
	// which day and whom: order/0197…/due/2026-03-31/unit.
	Key string
	To  []Audience
	// Kind groups notices for filters and choices.
	Kind Kind
	// Title is one line, Text what else there is to say; it may be empty.
	Title, Text ledger.Wording
	// URL is the path of the page where something is to be done: /orders/0197…; empty where there is none.
	URL string
	// Urgent goes out at once, at night and on days off too.
	Urgent bool
}

//go:embed kinds.txt
var kindLines string

// KindWords is a kind with what it is called.
type KindWords struct {
	Kind  Kind
	Words ledger.Wording
}

// Kinds are all kinds in the order of kinds.txt.
var Kinds = sync.OnceValue(func() []KindWords {
	var all []KindWords
	for line := range strings.Lines(kindLines) {
		line = strings.TrimSpace(line)
		cells := strings.Split(line, "|")
		if line == "" || strings.HasPrefix(line, "#") || len(cells) != 3 {
			continue // the test of the package finds a line that is none
		}
		all = append(all, KindWords{
			Kind: Kind(strings.TrimSpace(cells[0])), Words: ledger.Wording{ZH: strings.TrimSpace(cells[1]), EN: strings.TrimSpace(cells[2])},
		})
	}
	return all
})

// Label is what a kind is called.
func (k Kind) Label() ledger.Wording {
	all := Kinds()
	if i := slices.IndexFunc(all, func(w KindWords) bool { return w.Kind == k }); i >= 0 {
		return all[i].Words
	}
	return ledger.Wording{ZH: string(k), EN: string(k)}
}

func (k Kind) known() bool {
	return slices.ContainsFunc(Kinds(), func(w KindWords) bool { return w.Kind == k })
}

// longestKey bounds a key.
const longestKey = 300

// sound is an error of the program's where a notice cannot be told.
func (n Notice) sound() error {
	switch {
	case n.Key == "" || len(n.Key) > longestKey:
		return fmt.Errorf("message: a notice has the key %q", n.Key)
	case !n.Kind.known():
		return fmt.Errorf("message: notice %s is of no kind: %q", n.Key, n.Kind)
	case n.Title.ZH == "" || n.Title.EN == "":
		return fmt.Errorf("message: notice %s has no title in both languages", n.Key)
	case n.URL != "" && (!strings.HasPrefix(n.URL, "/") || strings.HasPrefix(n.URL, "//")):
		return fmt.Errorf("message: notice %s leads away, to %q", n.Key, n.URL)
	case slices.ContainsFunc(n.To, func(a Audience) bool { return a.Account == "" && a.Unit == "" }):
		return fmt.Errorf("message: notice %s is for nobody", n.Key)
	}
	return nil
}
