package account

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"time"

	"luoshi/ledger"
)

// Pass is that a person found a contradiction to be none, and why: what a unit wrote speaks of something else than it
// seems to. It holds as long as the figures say what they said then.
type Pass struct {
	Mark    string            `json:"mark"`    // of the difference
	Text    ledger.Wording    `json:"text"`    // what it says of the figures
	Figures map[string]string `json:"figures"` // by key, as they were printed
	Reason  string            `json:"reason"`
	Account ledger.AccountID  `json:"account,omitempty"`
	At      time.Time         `json:"at"`
}

// Holds tells whether the figures of a report still say what they said when the contradiction was passed over.
func (p Pass) Holds(c Content) bool {
	for key, text := range p.Figures {
		if c.Figures[key].Text != text {
			return false
		}
	}
	return true
}

// markOf names a contradiction between figures: the same for the same rule and the same digits.
func markOf(rule string, figures map[string]string) string {
	var s strings.Builder
	s.WriteString(rule)
	for _, key := range slices.Sorted(maps.Keys(figures)) {
		s.WriteString("\n" + key + "=" + figures[key])
	}
	sum := sha256.Sum256([]byte(s.String()))
	const telling = 10 // bytes: a report has some thousand figures
	return hex.EncodeToString(sum[:telling])
}

// passed finds what was passed over among the contradictions of a report.
func (v *verifying) passed(d Difference) bool {
	i := slices.IndexFunc(v.content.Passed, func(p Pass) bool { return p.Mark == d.Mark })
	if !d.Arguable || i < 0 {
		return false
	}
	v.Passed = append(v.Passed, v.content.Passed[i])
	return true
}
