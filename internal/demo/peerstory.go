package demo

import (
	"fmt"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/peers"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// peerDeeds are what the statistics office does about figures of others.
var peerDeeds = []access.Action{"indicator.read", "indicator.peers"}

// peerHour is when figures of others are entered: before the reports of the day that tell of them.
const peerHour = 9

// peerChapters are how the figures of the city and of other districts come in.
func (t *teller) peerChapters() ([]chapter, error) {
	all, err := rows("peers", 9, 9)
	if err != nil {
		return nil, err
	}
	chapters := make([]chapter, 0, len(all))
	for _, r := range all {
		day, err := r.date(0)
		if err != nil {
			return nil, r.fault(err)
		}
		chapters = append(chapters, chapter{day, peerHour, func() error {
			if err := t.enterPeer(r); err != nil {
				return r.fault(err)
			}
			return nil
		}})
	}
	return chapters, nil
}

// enterPeer enters a figure of another government.
func (t *teller) enterPeer(r row) error {
	ctx, err := t.standing(r.columns[1], peerDeeds)
	if err != nil {
		return err
	}
	p := peers.Peer{Name: r.columns[3], Whole: r.columns[4] == "whole", Source: r.columns[8]}
	if p.Period, err = reporting.ParsePeriod(r.columns[5]); err != nil {
		return fmt.Errorf("no period: %w", err)
	}
	for column, figure := range map[int]*ledger.Decimal{6: &p.Figure, 7: &p.Growth} {
		if text := r.columns[column]; text != "-" {
			if *figure, err = ledger.ParseDecimal(text); err != nil {
				return fmt.Errorf("no figure: %w", err)
			}
		}
	}
	indicators, err := service.All(ctx, t.Core.Store().Indicators().List, store.InPlan(t.plan))
	if err != nil {
		return err
	}
	for _, i := range store.Values(indicators) {
		if strings.HasPrefix(i.Name, r.columns[2]) {
			p.Indicator = i.ID
			return t.Peers.Set(ctx, p, "", 0)
		}
	}
	return fmt.Errorf("%q: %w", r.columns[2], errUnknownKey)
}
