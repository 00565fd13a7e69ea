package bulletin

import (
	"strings"

	"luoshi/internal/service/workflow"
	"luoshi/ledger"
)

// Label is what pages call the state.
func (s State) Label() ledger.Wording {
	state := workflow.Shipped("bulletin").State(string(s))
	if state == nil {
		return ledger.Wording{ZH: string(s), EN: string(s)}
	}
	return ledger.Wording{ZH: state.Title.Chinese, EN: state.Title.English}
}

// holding is a pattern of LIKE for what holds a text.
func holding(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}
