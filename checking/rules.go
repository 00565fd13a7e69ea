package checking

import "slices"

// Rules are the checks within one document, in the order in which they are listed to people.
var Rules = []Rule{
	{
		Name:  "sum",
		Title: Wording{"分项与合计", "Parts and totals"},
		Doc: Wording{
			ZH: "表格的合计行、合计列，同一句或同一组段落中的分项，相加应等于总数。",
			EN: "Totals of tables, sentences and lists against the sum of their parts.",
		},
		check: func(p *paper) []Finding {
			return slices.Concat(p.onGrids(p.gridSums, p.gridPartitions), p.textSums(), p.sortedSums(), p.knownDifferences(), p.balances())
		},
	},
	{
		Name:  "quotient",
		Title: Wording{"比率", "Quotients"},
		Doc: Wording{
			ZH: "占比、完成率等比率应等于文中的分子除以分母。",
			EN: "Rates and shares against the two figures that they are computed from.",
		},
		check: func(p *paper) []Finding {
			return append(p.onGrids(p.gridQuotients, p.gridShares), p.textQuotients()...)
		},
	},
	{
		Name:  "growth",
		Title: Wording{"增长", "Growth"},
		Doc: Wording{
			ZH: "由基数增长到现数、比上年增加的数量与增幅，三者应当相符。",
			EN: "A figure, its base and the growth between them.",
		},
		check: (*paper).textGrowths,
	},
	{
		Name:  "structure",
		Title: Wording{"构成", "Structure"},
		Doc: Wording{
			ZH: "产业结构一类的比例，各项之和应为100。",
			EN: "The terms of a ratio that says how a whole is made up come to a hundred.",
		},
		check: (*paper).structures,
	},
	{
		Name:  repeatRule,
		Title: Wording{"同一数据", "The same figure twice"},
		Doc: Wording{
			ZH: "同一口径、同一时期的同一数据，在正文各处和表格中应当一致。",
			EN: "The same thing of the same scope and period is stated alike everywhere.",
		},
		check: func(p *paper) []Finding {
			return slices.Concat(p.onGrids(p.gridRepeats, p.gridMentions), p.textRepeats(), p.countRepeats())
		},
	},
	targetRule,
	plausible,
	list,
	quality,
}

// onGrids runs checks over every grid.
func (p *paper) onGrids(checks ...func(*grid) []Finding) []Finding {
	var found []Finding
	for i := range p.grids {
		for _, check := range checks {
			found = append(found, check(&p.grids[i])...)
		}
	}
	return found
}
