package demo

import (
	"context"
	"fmt"
	"slices"

	"luoshi/internal/service"
	desk "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// askStatistics says which indicators need the word of the statistics office.
func (t *teller) askStatistics(ctx context.Context, settings *desk.Settings) error {
	settings.Asking.StatisticsUnit = t.reports.confirms.unit
	known, err := service.All(ctx, t.Core.Store().Indicators().List, store.InPlan(t.plan))
	if err != nil {
		return err
	}
	for _, name := range t.reports.confirms.indicators {
		i := slices.IndexFunc(known, func(r store.Record[ledger.Indicator]) bool { return r.Value.Name == name })
		if i < 0 {
			return fmt.Errorf("the plan has no indicator %q", name)
		}
		settings.Asking.Statistics = append(settings.Asking.Statistics, known[i].Value.ID)
	}
	return nil
}

// confirm lets the statistics office have its word on what waits for it; one form it sends back once.
func (r roundStory) confirm() error {
	board, err := r.board()
	if err != nil {
		return err
	}
	for _, line := range board.Lines {
		if line.State != reporting.Statistic || r.open(line) {
			continue
		}
		step, reason := "confirm", r.sendsBack("statistics", board.Round, line)
		if reason != "" {
			step = "dispute"
		}
		if err := r.take(r.headOf(r.reports.confirms.unit), step, line.ID, reason); err != nil {
			return fmt.Errorf("%s in %s: %w", line.UnitName, r.period.Key(), err)
		}
	}
	return nil
}

// sendsBack is why an office sends a form back on the day that forms are due; empty where it does not.
func (r roundStory) sendsBack(office string, round desk.RoundView, line desk.BoardLine) string {
	if r.period.Frequency != reporting.Monthly || r.Core.Today() != round.Due {
		return ""
	}
	return r.reports.sentBack(line.Unit, r.month(), office)
}

// review lets the supervising office go through what the heads have signed; some forms it sends back once.
func (r roundStory) review() error {
	board, err := r.board()
	if err != nil {
		return err
	}
	for _, line := range board.Lines {
		if line.State != reporting.Approved || r.open(line) {
			continue
		}
		step, reason := "review", r.sendsBack("office", board.Round, line)
		if reason != "" {
			step = "return"
		}
		if err := r.take("shubai", step, line.ID, reason); err != nil {
			return fmt.Errorf("%s in %s: %w", line.UnitName, r.period.Key(), err)
		}
	}
	return nil
}

// open tells whether a form is left for whoever looks at the demonstration.
func (r roundStory) open(line desk.BoardLine) bool { return r.month() > 10 && !r.early(line) }

// again lets units send in once more what came back to them.
func (r roundStory) again() error {
	board, err := r.board()
	if err != nil {
		return err
	}
	for _, line := range board.Lines {
		if line.State != reporting.Returned {
			continue
		}
		head, reporter := r.headOf(line.Unit), r.reporterOf(line.Unit)
		if reporter == "" {
			reporter = head
		}
		if err := r.submit(reporter, line.ID); err != nil {
			return err
		}
		if reporter != head {
			if err := r.take(head, "approve", line.ID, ""); err != nil {
				return err
			}
		}
	}
	return nil
}
