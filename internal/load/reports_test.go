package load_test

import (
	"context"
	"encoding/json"
	"testing"

	"luoshi/internal/load"
	"luoshi/internal/service/planning"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestGeneratedReportsAreWhatTheUseCasesWrite holds the rows that are written in bulk against what the use cases make of
// the same observations, and against what they read, check and offer.
func TestGeneratedReportsAreWhatTheUseCasesWrite(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		made, err := load.Fill(t.Context(), f.Core, small)
		if err != nil {
			t.Fatal(err)
		}
		said, err := made.Report(t.Context(), f.Core)
		if err != nil {
			t.Fatal(err)
		}
		uses := usecases.New(f.Core, nil, usecases.Options{})
		office := f.As(t.Context(), "supervising-office", made.Government)
		plan := made.Plans[len(made.Plans)-1]
		locked := figuresStand(office, t, uses, plan)
		if said < locked || locked < said*4/5 {
			t.Errorf("%d of %d observations are locked", locked, said)
		}
		board := must(uses.Board(office, made.Rounds[11]))(t)
		states := map[reporting.State]int{}
		for _, line := range board.Lines {
			states[line.State]++
			form := must(uses.Form(office, line.Round, line.Unit))(t)
			for _, row := range form.Rows {
				if stops := row.Findings.Stopping(row.Observation); len(stops) > 0 && line.State != reporting.Drafted {
					t.Errorf("%s of a form that is %s: %v", row.Title, line.State, stops)
				}
			}
		}
		for _, state := range []reporting.State{reporting.Drafted, reporting.Submitted, reporting.Approved, reporting.Statistic, reporting.Reviewed, reporting.Returned} {
			if states[state] == 0 {
				t.Errorf("no form is %s: %v", state, states)
			}
		}
		corrections := must(uses.Corrections(office, usecases.CorrectionQuery{Plan: plan}))(t)
		if len(corrections) == 0 || corrections[0].State != usecases.Agreed || len(corrections[0].Derived) == 0 {
			t.Errorf("corrections: %+v", corrections)
		}
	}, planning.Room(), workflow.Room(), usecases.Room())
}

// figuresStand fails a test where the figures of a plan are not those that computing them anew gives, and tells how many
// there are.
func figuresStand(ctx context.Context, t *testing.T, uses *usecases.Service, plan ledger.PlanID) int {
	t.Helper()
	stand := must(uses.Figures(ctx, plan, usecases.FigureFilter{}))(t)
	anew := must(uses.Recompute(ctx, plan))(t)
	if len(stand) != len(anew) {
		t.Fatalf("%d figures stand, computed anew they are %d", len(stand), len(anew))
	}
	for i := range stand {
		if a, b := text(t, stand[i]), text(t, anew[i]); a != b {
			t.Fatalf("a figure stands as\n%s\nand is computed anew as\n%s", a, b)
		}
	}
	return len(stand)
}

func text(t *testing.T, value any) string {
	t.Helper()
	written, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(written)
}

// must is a value of which a test fails if there is none.
func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
