package page_test

import (
	"testing"

	"luoshi/internal/web/page"
	"luoshi/ledger"
)

func TestATargetReadsAsAPlanWouldSayIt(t *testing.T) {
	at := func(cmp ledger.Comparator, measure ledger.Measure, unit string, figures ...string) ledger.Target {
		target := ledger.Target{Cmp: cmp, Measure: measure, Unit: unit}
		for i, to := range []*ledger.Decimal{&target.Value, &target.Upper} {
			if i < len(figures) {
				var err error
				if *to, err = ledger.ParseDecimal(figures[i]); err != nil {
					t.Fatal(err)
				}
			}
		}
		return target
	}
	for _, c := range []struct {
		target ledger.Target
		zh, en string
	}{
		{at(ledger.Approximately, ledger.Growth, "%", "6"), "增长6%左右", "growth of about 6%"},
		{at(ledger.AtLeast, ledger.Growth, "%", "11.0"), "增长不低于11.0%", "growth of at least 11.0%"},
		{at(ledger.Between, ledger.Growth, "%", "5.5", "6"), "增长5.5\uff5e6%", "growth of 5.5 to 6%"},
		{at(ledger.AtMost, ledger.Decline, "%", "3"), "下降不高于3%", "decline of at most 3%"},
		{at(ledger.MoreThan, ledger.Level, "元", "800e8"), "高于800亿元", "more than 80,000,000,000 元"},
		{at(ledger.Equal, ledger.Level, "元", "15.94e8"), "15.94亿元", "1,594,000,000 元"},
		{at(ledger.Equal, ledger.Growth, "番", "1"), "翻1番", "doubling, 1 番"},
		{at(ledger.Equal, ledger.Level, "张", "200"), "200张", "200 张"},
		{at(ledger.Equal, ledger.Share, "%", "93.1"), "93.1%", "93.1%"},
		{ledger.Target{Words: "正增长"}, "正增长", "正增长"},
	} {
		if got := (page.View{Lang: page.Chinese}).Target(c.target); got != c.zh {
			t.Errorf("%s, want %s", got, c.zh)
		}
		if got := (page.View{Lang: page.English}).Target(c.target); got != c.en {
			t.Errorf("%s, want %s", got, c.en)
		}
	}
}
