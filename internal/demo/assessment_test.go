package demo_test

import (
	"context"
	"testing"

	"luoshi/internal/demo"
	desk "luoshi/internal/service/assessment"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

// assessmentIsTraced sees that the first half of the year was assessed, with an appeal upheld and one rejected, and that
// every point is what its figures and people gave.
func assessmentIsTraced(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	all, err := parts.Assessment.Assessments(ctx)
	if err != nil || len(all) != 1 || all[0].State != "published" {
		t.Fatalf("assessments: %+v, %v", all, err)
	}
	view, err := parts.Assessment.Assessment(ctx, all[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	states := map[desk.AppealState]int{}
	for _, a := range view.Appeals {
		states[a.State]++
	}
	if states[desk.Accepted] != 1 || states[desk.Rejected] != 1 || len(view.Result.Scores) < 20 || view.Result.Missing() > 0 {
		t.Errorf("appeals %v, %d units, %d points missing", states, len(view.Result.Scores), view.Result.Missing())
	}
	rules, corrected, sources := map[assessment.LineKind]int{}, 0, 0
	for _, score := range view.Result.Scores {
		total := ledger.Int(0)
		for _, line := range score.Lines {
			total = reporting.Sum(total, line.Points)
			if line.Points.Sign() != 0 {
				rules[line.Kind]++
			}
			if line.Corrected != nil {
				corrected++
			}
			for _, fact := range line.Inputs {
				sources += factIsCounted(ctx, t, parts, fact)
			}
		}
		if total.Cmp(score.Total) != 0 {
			t.Errorf("the lines of %s come to %s, and it has %s", score.Unit, total.Plain(), score.Total.Plain())
		}
	}
	if rules["bonus"] == 0 || rules["deduction"] == 0 || corrected != 1 || sources < 300 {
		t.Errorf("lines with points %v, %d corrected, %d sources", rules, corrected, sources)
	}
}

// factIsCounted sees that the sources of a figure are there and as many as it says, and tells how many. Points of a round
// are added up and not counted.
func factIsCounted(ctx context.Context, t *testing.T, parts demo.Parts, fact assessment.Fact) int {
	t.Helper()
	for _, s := range fact.Sources {
		if !isThere(ctx, t, parts, s.Kind, s.ID) {
			t.Errorf("%s leads to %s %q, which is not there", fact.Name, s.Kind, s.ID)
		}
	}
	added := fact.Name == "tour-points" || fact.Name == "tour-most"
	if n := int64(len(fact.Sources)); !added && fact.Value.Cmp(ledger.Int(n)) != 0 {
		t.Errorf("%s of %s is %s of %d records", fact.Name, fact.Unit, fact.Value.Plain(), n)
	}
	return len(fact.Sources)
}

// projectsAreRanked sees that judges have looked at projects, and one stepped back from those of his own unit.
func projectsAreRanked(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	tours, err := parts.Assessment.Tours(ctx)
	if err != nil || len(tours) != 1 || tours[0].State != "published" {
		t.Fatalf("rounds: %+v, %v", tours, err)
	}
	view, err := parts.Assessment.Tour(ctx, tours[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	short, dropped := 0, 0
	for i, s := range view.Standings {
		if s.Rank == 0 || i > 0 && s.Rank < view.Standings[i-1].Rank || !s.Points.Known() {
			t.Errorf("%s has place %d with %s points", view.Names[s.Project], s.Rank, s.Points)
		}
		if len(s.Sheets) < len(view.Judges) {
			short++
		}
		for _, sheet := range s.Sheets {
			if sheet.Dropped {
				dropped++
			}
		}
	}
	if len(view.Standings) < 6 || short != 2 || dropped != 2*len(view.Standings) || view.Lacking != 0 {
		t.Errorf("%d projects, %d with sheets short, %d sheets dropped, %d lacking", len(view.Standings), short, dropped, view.Lacking)
	}
}
