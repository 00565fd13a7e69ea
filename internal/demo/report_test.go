package demo_test

import (
	"context"
	"testing"

	"luoshi/internal/demo"
	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	desk "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func TestTheYearOfReports(t *testing.T) {
	parts := settle(t, storetest.SQLite(t))
	ctx := service.As(t.Context(), service.Caller{System: "test", May: parts.Core.Rights().Actions()})
	plan := publishedPlan(t, parts)
	t.Run("the units report", func(t *testing.T) { unitsReport(ctx, t, parts, plan) })
	t.Run("the lights differ", func(t *testing.T) { lightsDiffer(ctx, t, parts, plan) })
	t.Run("bulletins are traced", func(t *testing.T) { bulletinsAreTraced(ctx, t, parts) })
	t.Run("livelihood items are chosen", func(t *testing.T) { livelihoodItemsAreChosen(ctx, t, parts, plan) })
	t.Run("the assessment is traced", func(t *testing.T) { assessmentIsTraced(ctx, t, parts) })
	t.Run("the reports are traced", func(t *testing.T) { papersDiffer(t.Context(), t, parts) })
	t.Run("projects are ranked", func(t *testing.T) { projectsAreRanked(ctx, t, parts) })
}

func unitsReport(ctx context.Context, t *testing.T, parts demo.Parts, plan ledger.PlanID) {
	t.Helper()
	rounds, err := parts.Reporting.Rounds(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	months := 0
	for _, round := range rounds {
		if round.Period.Frequency != reporting.Monthly || round.State == reporting.Planned {
			continue
		}
		months++
		last := round.Period.Number == 11
		if last != (round.State == reporting.Open) || round.Reported == 0 {
			t.Errorf("the round of %s is %s with %d of %d forms", round.Period.Key(), round.State, round.Reported, round.Units)
		}
		if locked := round.States[reporting.Locked]; !last && (locked < round.Units-2 || locked == 0) {
			t.Errorf("%d of %d forms of %s count", locked, round.Units, round.Period.Key())
		}
	}
	if months != 10 {
		t.Errorf("%d months were opened, want 10", months)
	}
	figures, err := parts.Reporting.Figures(ctx, plan, desk.FigureFilter{})
	if err != nil || len(figures) < 1500 {
		t.Errorf("%d figures: %v", len(figures), err)
	}
	corrections, err := parts.Reporting.Corrections(ctx, desk.CorrectionQuery{Plan: plan, State: desk.Agreed})
	if err != nil || len(corrections) != 2 {
		t.Errorf("%d corrections: %v", len(corrections), err)
	}
	steps(ctx, t, parts, rounds)
}

// steps looks whether forms came back and came late, and whether there is evidence.
func steps(ctx context.Context, t *testing.T, parts demo.Parts, rounds []desk.RoundView) {
	t.Helper()
	late, taken := 0, map[string]int{}
	waiting := 0
	for _, round := range rounds {
		late += round.Late
		board, err := parts.Reporting.Board(ctx, round.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range board.Lines {
			if line.State == reporting.Statistic {
				waiting++
			}
			form, err := parts.Reporting.Submission(ctx, line.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, step := range form.Case.Steps {
				taken[step.Action]++
			}
		}
	}
	if late < 3 || taken["return"] != 4 {
		t.Errorf("%d forms came late and %d were sent back", late, taken["return"])
	}
	if taken["confirm"] < 20 || taken["dispute"] != 1 || waiting == 0 {
		t.Errorf("the statistics office confirmed %d forms, sent %d back, and %d wait for it", taken["confirm"], taken["dispute"], waiting)
	}
}

func publishedPlan(t *testing.T, parts demo.Parts) ledger.PlanID {
	t.Helper()
	plans, err := parts.Core.Store().Plans().List(t.Context(), store.Page{}, store.Where("state", ledger.Published))
	if err != nil || len(plans.Records) != 1 {
		t.Fatalf("%d published plans: %v", len(plans.Records), err)
	}
	return plans.Records[0].Value.ID
}

func lightsDiffer(ctx context.Context, t *testing.T, parts demo.Parts, plan ledger.PlanID) {
	t.Helper()
	for _, colour := range []light.Colour{light.Red, light.Yellow, light.Green, light.Blue} {
		n, err := parts.Progress.CountLights(ctx, progress.LightQuery{Plan: plan, Colours: []light.Colour{colour}})
		if err != nil || n < 5 {
			t.Errorf("%d lights are %s: %v", n, colour, err)
		}
	}
	overview, err := parts.Progress.Overview(ctx, plan)
	if err != nil {
		t.Fatal(err)
	}
	if len(overview.Questions) != 5 {
		t.Errorf("%d things to ask about", len(overview.Questions))
	}
}
