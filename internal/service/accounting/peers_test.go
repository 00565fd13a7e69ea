package accounting_test

import (
	"strings"
	"testing"

	"luoshi/internal/service/accounting"
	"luoshi/internal/service/accounting/accountingtest"
	"luoshi/internal/service/peers"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestAnIndicatorIsRankedAmongOtherGovernments as soon as two of them are known, by what they state for the half-year or
// for June.
func TestAnIndicatorIsRankedAmongOtherGovernments(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		o.Grow(t, "120", "7.5")
		v := o.Draft(t)
		if text := textOf(v.Shown); strings.Contains(text, "个地区中") {
			t.Errorf("nobody is known, and it is ranked: %s", text)
		}
		june := reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 6}
		for name, growth := range map[string]int64{"东塘区": 9, "白渡区": 5} {
			p := peers.Peer{Indicator: o.Indicator.ID, Name: name, Period: june, Growth: ledger.Int(growth), Source: name + "统计月报"}
			if name == "东塘区" {
				p.Period = accountingtest.Half
			}
			must(t, o.Peers.Set(o.Clerk, p, "", 0))
		}
		v = have[accounting.View](t)(o.Uses.Refresh(o.Clerk, v.ID, v.Revision))
		if text := textOf(v.Shown); !strings.Contains(text, "增速在3个地区中居第2位") {
			t.Errorf("it is not ranked: %s", text)
		}
	})
}
