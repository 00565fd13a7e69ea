package accounting

import (
	"context"
	"slices"

	"luoshi/internal/account"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// readForecasts reads what is foreseen of the indicators that stand first.
func (g *gathering) readForecasts(ctx context.Context) error {
	var first []ledger.IndicatorID
	for _, line := range g.lines[:min(len(g.lines), foretold)] {
		first = append(first, line.Indicator)
	}
	var err error
	g.foreseen, err = g.progress.Forecasts(ctx, g.plan.ID, g.facts.On, first)
	return err
}

// readPeers reads what other governments state for the period, or for another one that ends with it; of one government and
// indicator once.
func (g *gathering) readPeers(ctx context.Context) error {
	g.peers = map[ledger.IndicatorID][]account.Peer{}
	if g.options.Peers == nil {
		return nil
	}
	for _, period := range g.endingTogether() {
		found, err := g.options.Peers.In(ctx, g.plan.ID, period)
		if err != nil {
			return err
		}
		for id, some := range found {
			for _, p := range some {
				told := slices.ContainsFunc(g.peers[id], func(other account.Peer) bool { return other.Name == p.Name })
				if !told {
					g.peers[id] = append(g.peers[id], account.Peer{
						Name: p.Name, Figure: p.Figure.Shifted(magnitudeOf(g.defined[id].Unit)), Growth: p.Growth, Whole: p.Whole, Source: p.Name + "\uff1a" + p.Source,
					})
				}
			}
		}
	}
	return nil
}

// endingTogether are the period and those of other lengths that end with it.
func (g *gathering) endingTogether() []reporting.Period {
	all := []reporting.Period{g.period}
	for _, f := range reporting.Frequencies() {
		if p := reporting.PeriodOf(f, g.period.Span().To); p != g.period && p.Span().To == g.period.Span().To {
			all = append(all, p)
		}
	}
	return all
}
