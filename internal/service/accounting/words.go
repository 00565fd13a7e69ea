package accounting

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/service/workflow"
	"luoshi/ledger"
)

// Label is what pages call the state.
func (s State) Label() ledger.Wording {
	state := workflow.Shipped("report").State(string(s))
	if state == nil {
		return ledger.Wording{ZH: string(s), EN: string(s)}
	}
	return ledger.Wording{ZH: state.Title.Chinese, EN: state.Title.English}
}

// dated is a day as papers are dated: 2026年8月28日.
func dated(on calendar.Date) string { return fmt.Sprintf("%d年%d月%d日", on.Year, on.Month, on.Day) }
