package assessment_test

import (
	"testing"

	uses "luoshi/internal/service/assessment"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// round is an open round with two judges, of whom one is the head of the bureau that leads the project.
func (o *town) round(t *testing.T) uses.TourID {
	t.Helper()
	project, err := o.Store().Projects().Get(t.Context(), string(o.Project.ID))
	must(t, err)
	project.Value.Lead = o.Bureau.ID
	_, err = o.Store().Projects().Change(t.Context(), project.Value, project.Revision)
	must(t, err)
	plan := o.UsualTour()
	plan.Title, plan.Judges = "下半年项目观摩", []ledger.AccountID{"leader", "unit-head"}
	_, err = o.CreateTour(o.office, o.Plan.ID, plan)
	hasCode(t, err, "tour.unsound") // no project
	plan.Projects = []assessment.Shown{{Project: o.Project.ID}}
	_, err = o.CreateTour(o.head, o.Plan.ID, plan)
	refused(t, err)
	plan.On = plan.On.AddDays(-1)
	tour, err := o.CreateTour(o.office, o.Plan.ID, plan)
	must(t, err)
	must(t, o.TakeTour(o.office, tour.ID, uses.Step{Action: "open"}, tour.Revision))
	hasCode(t, o.SaveTour(o.office, tour.ID, plan, 0), "tour.fixed")
	return tour.ID
}

func marks(points ...int64) []ledger.Decimal {
	all := make([]ledger.Decimal, len(points))
	for i, p := range points {
		all[i] = ledger.Int(p)
	}
	return all
}

func TestProjectsAreMarkedAndRanked(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id := o.round(t)
		sheet := assessment.Sheet{Project: o.Project.ID, Marks: marks(40, 25, 18, 10)}
		hasCode(t, o.Mark(o.office, id, sheet), "tour.judge")
		hasCode(t, o.Mark(o.leader, id, assessment.Sheet{Project: o.Project.ID, Marks: marks(41, 0, 0, 0)}), "sheet.unsound")
		hasCode(t, o.Mark(o.leader, id, assessment.Sheet{Project: "p"}), "tour.project")
		must(t, o.Mark(o.leader, id, sheet))
		sheet.Marks = marks(40, 30, 18, 10)
		must(t, o.Mark(o.leader, id, sheet)) // thinks better of it
		hasCode(t, o.TakeTour(o.office, id, uses.Step{Action: "close"}, 0), "flow.guarded")
		hasCode(t, o.Mark(o.head, id, sheet), "tour.own")
		must(t, o.Mark(o.head, id, assessment.Sheet{Project: o.Project.ID, Recused: true, Remark: "本单位项目"}))
		if v, err := o.Tour(o.leader, id); err != nil || len(v.Standings) != 0 || len(v.Mine) != 1 || !v.Marks {
			t.Errorf("a judge does not see how projects stand: %+v, %v", v.Standings, err)
		}
		must(t, o.TakeTour(o.office, id, uses.Step{Action: "close"}, 0))
		hasCode(t, o.Mark(o.leader, id, sheet), "tour.shut")
		must(t, o.TakeTour(o.office, id, uses.Step{Action: "publish"}, 0))
		v, err := o.Tour(o.town, id)
		must(t, err)
		if len(v.Standings) != 1 || v.Standings[0].Points.String() != "98.00" || v.Standings[0].Rank != 1 {
			t.Errorf("the standings are %+v", v.Standings)
		}
		if list, err := o.Tours(o.town); err != nil || len(list) != 1 {
			t.Errorf("%d rounds, %v", len(list), err)
		}
	})
}

func TestARoundCountsInTheAssessment(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		tour := o.round(t)
		must(t, o.Mark(o.leader, tour, assessment.Sheet{Project: o.Project.ID, Marks: marks(40, 20, 10, 10)}))
		must(t, o.Mark(o.head, tour, assessment.Sheet{Project: o.Project.ID, Recused: true}))
		must(t, o.TakeTour(o.office, tour, uses.Step{Action: "close"}, 0))
		id := o.begin(t)
		o.steps(o.office, t, id, "compute")
		line, _ := o.score(o.office, t, id, o.Bureau.ID).Line("m7")
		if line.Points.String() != "8.00" || line.Inputs[0].Sources[0].ID != string(tour) {
			t.Errorf("the round gives %s: %+v", line.Points, line.Inputs)
		}
		if line, _ := o.score(o.office, t, id, o.Street.ID).Line("m7"); !line.Idle {
			t.Errorf("the street showed nothing: %+v", line)
		}
	})
}
