package progress

import (
	"context"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Foreseen is an estimate of an indicator at the end of the year, in the view of one of its targets.
type Foreseen struct {
	light.Forecast
	Target ledger.Target
}

// Forecasts estimate the end of the year of indicators of a plan, by the figures of the periods that were over on a day. Of
// an indicator with several targets the first counts of which an estimate can be made.
func (s *Service) Forecasts(ctx context.Context, id ledger.PlanID, on calendar.Date, indicators []ledger.IndicatorID) (map[ledger.IndicatorID]Foreseen, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	if err := s.core.Check(ctx, "account.read", ofPlan(plan.Value)); err != nil {
		return nil, err
	}
	only := narrow{accounts: true}
	for _, i := range indicators {
		only.subjects = append(only.subjects, reporting.IndicatorSubject(i))
	}
	if len(indicators) == 0 {
		return nil, nil
	}
	g, err := s.ground(ctx, plan.Value, only)
	if err != nil {
		return nil, err
	}
	g.on = on
	g.forget()
	wholesFirst(g.commitments)
	all := map[ledger.IndicatorID]Foreseen{}
	for _, i := range indicators {
		if all[i], err = s.foresee(ctx, g, i); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// foresee estimates one indicator; there is no method where none can be made.
func (s *Service) foresee(ctx context.Context, g *ground, id ledger.IndicatorID) (Foreseen, error) {
	for _, c := range g.commitments {
		for _, t := range c.Targets {
			if t.Indicator != id {
				continue
			}
			m := g.ofTarget(c, t)
			g.complete(c, &m)
			past, err := s.past(ctx, g, id, m.unit)
			if err != nil {
				return Foreseen{}, err
			}
			if f := light.ForecastOf(m.matter, past, g.on); f.Method != "" {
				return Foreseen{f, t}, nil
			}
		}
	}
	return Foreseen{}, nil
}
