package account_test

import (
	"strings"
	"testing"

	"luoshi/internal/account"
	"luoshi/ledger"
)

// TestFiguresAreToldBesideTheLargerAreaAndTheYearBefore: the free figures of reports, 占全市53.27%, 较上年末提高2.46个百分点.
func TestFiguresAreToldBesideTheLargerAreaAndTheYearBefore(t *testing.T) {
	city := func(figure, growth string) account.Peer {
		return account.Peer{Name: "全市", Figure: decimal(figure), Growth: decimal(growth), Source: "全市统计月报", Whole: true}
	}
	sum := indicator("a", "地区生产总值", "亿元", 8, "213.08", "6.5", target(ledger.Growth, ledger.AtLeast, "6", "%"), ledger.AsSum)
	each := indicator("b", "城镇居民人均可支配收入", "元", 0, "20000", "6.5", target(ledger.Growth, ledger.AtLeast, "6", "%"), ledger.AsSum)
	debts := indicator("c", "国有企业资产负债率", "%", 0, "61.3", "", target(ledger.Level, ledger.AtMost, "65", "%"), ledger.AsLatest)
	for _, c := range []struct {
		name   string
		of     account.Indicator
		before string
		peers  []account.Peer
		says   []string
		not    []string
	}{
		{"a part of a total", sum, "", []account.Peer{city("400e8", "6.2")}, []string{"地区生产总值占全市53.27%", "地区生产总值增速高于全市0.3个百分点"}, nil},
		{"a slower one", sum, "", []account.Peer{city("", "7.25")}, []string{"地区生产总值增速低于全市0.75个百分点"}, []string{"占全市"}},
		{"the same growth", sum, "", []account.Peer{city("", "6.50")}, []string{"地区生产总值增速与全市持平"}, nil},
		{"no part of a smaller figure", sum, "", []account.Peer{city("200e8", "")}, nil, []string{"全市"}},
		{"the larger area has no place in a ranking", sum, "", []account.Peer{city("400e8", "9"), {Name: "云川区", Growth: decimal("7")}}, []string{"占全市"}, []string{"个地区中"}},
		{"a figure for each person is no part of anything", each, "", []account.Peer{city("21000", "6")}, []string{"增速高于全市0.5个百分点"}, []string{"占全市"}},
		{"a share is compared in points", debts, "62.7", []account.Peer{city("60", "")}, []string{"国有企业资产负债率61.3%，较上年末下降1.4个百分点", "国有企业资产负债率高于全市1.3个百分点"}, []string{"占全市"}},
		{"a share that rises", debts, "58.84", nil, []string{"较上年末提高2.46个百分点"}, nil},
		{"a share that stays", debts, "61.30", nil, []string{"国有企业资产负债率61.3%，与上年末持平"}, nil},
		{"a share of which nothing is known", debts, "", nil, []string{"国有企业资产负债率61.3%"}, []string{"上年末"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := wangxi()
			c.of.Before, c.of.Peers, c.of.Headline = decimal(c.before), c.peers, true
			f.Indicators = []account.Indicator{c.of}
			form, _ := account.TemplateFor("half-year")
			text := strings.NewReplacer("{", "", "}", "").Replace(printed(account.Compose(form, f)))
			for _, say := range c.says {
				if !strings.Contains(text, say) {
					t.Errorf("it does not say %s: %s", say, text)
				}
			}
			for _, not := range c.not {
				if strings.Contains(text, not) {
					t.Errorf("it says %s: %s", not, text)
				}
			}
		})
	}
}
