package checking

// gridShares checks the columns of shares: where the figures of most rows show that one column holds
// the shares of another one's total, all rows must, and the shares make a hundred.
func (p *paper) gridShares(g *grid) []Finding {
	var found []Finding
	for t := range g.rows {
		if !p.isWhole(g, t) {
			continue
		}
		for rate := range g.cols {
			if way, ok := p.rateColumn(g, rate); !ok || way != share {
				continue
			}
			for amount := range g.cols {
				found = append(found, p.judgeShares(g, t, rate, amount)...)
			}
		}
	}
	return found
}

// isWhole tells whether a row is what the others are shares of: a total, or one whose own share is a hundred.
func (p *paper) isWhole(g *grid, row int) bool {
	if g.rows[row].total {
		return true
	}
	for c := range g.cols {
		if i := g.cells[row][c][fromTable]; i != none && p.facts[i].isHundred() {
			return true
		}
	}
	return false
}

// judgeShares judges one column of rates as shares of the total of another.
func (p *paper) judgeShares(g *grid, t, rate, amount int) []Finding {
	whole := g.cell(t, amount, fromTable)
	if whole == none || rate == amount {
		return nil
	}
	var shares [][2]int32 // the rate and the amount of each row
	holding := 0
	for r := range g.rows {
		a, c := g.cell(r, amount, fromTable), g.cell(r, rate, fromTable)
		if r == t || a == none || c == none || p.facts[a].Unit != p.facts[whole].Unit || !p.facts[c].percent() {
			continue
		}
		shares = append(shares, [2]int32{c, a})
		if p.ratioHolds([3]int32{c, a, whole}, share) {
			holding++
		}
	}
	if holding < minHolding || 2*(len(shares)-holding) > holding {
		return nil
	}
	var claims []*relation
	for _, s := range shares {
		if claim, ok := p.quotientRelation(s[0], s[1], whole, share); ok {
			claims = append(claims, claim)
		}
	}
	found := p.judgeAll(claims, strong)
	if g.rows[t].total {
		if f, ok := p.judgeHundred(g, t, rate); ok {
			found = append(found, f)
		}
	}
	return found
}

// judgeHundred judges the sum of the shares, where the total row states it.
func (p *paper) judgeHundred(g *grid, t, rate int) (Finding, bool) {
	parts, _ := g.column(g.topRows(), rate, fromTable)
	total := g.cell(t, rate, fromTable)
	if total == none || len(parts) < 2 {
		return Finding{}, false
	}
	return p.judge(p.sumRelation(total, parts), strong)
}
