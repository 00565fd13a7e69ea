package progress_test

import (
	"errors"
	"testing"

	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func TestAnAreaIsASectionWithAllBeneathIt(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.compute(t)
		section := o.Commitment.Section
		v := have[progress.AreaView](t)(o.AreaView(o.leader, o.Plan.ID, section))
		lights := have[[]progress.CommitmentLight](t)(o.AreaLights(o.leader, v, 0))
		if v.Section.Number != section || v.Total.All != len(lights) || v.Total.All == 0 || v.Run.At.IsZero() {
			t.Errorf("%+v with %d lights", v.Total, len(lights))
		}
		if first := have[[]progress.CommitmentLight](t)(o.AreaLights(o.leader, v, 1)); len(first) != 1 || first[0].Commitment.ID != lights[0].Commitment.ID {
			t.Errorf("the first alone: %+v", first)
		}
		sum := 0
		for _, u := range v.Units {
			sum += u.All
		}
		if sum != v.Total.All {
			t.Errorf("units lead %d of %d", sum, v.Total.All)
		}
		courses, more, err := o.AreaCourses(o.leader, v, 0)
		if err != nil || more {
			t.Fatalf("courses of all: %t %v", more, err)
		}
		if len(courses) != 1 || courses[0].Subject != beds || courses[0].Title != o.Indicator.Name || courses[0].Unit != o.Bureau.ID {
			t.Fatalf("the parts of a promise are counted with it: %+v", courses)
		}
		if got := courses[0].Light.Actual; got.String() != "50" {
			t.Errorf("the indicator is at %s", got)
		}
		for _, none := range []int{-1, 0, 99} {
			var missing *store.NotFound
			if _, err := o.AreaView(o.leader, o.Plan.ID, none); !errors.As(err, &missing) {
				t.Errorf("section %d: %v", none, err)
			}
		}
	})
}

func TestProjectsOfAnAreaAreThoseItsPromisesAreAbout(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		c := have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Get(t.Context(), string(o.share.ID)))
		c.Value.Project = o.Project.ID
		have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Change(t.Context(), c.Value, c.Revision))
		o.compute(t)
		v := have[progress.AreaView](t)(o.AreaView(o.office, o.Plan.ID, c.Value.Section))
		projects := have[[]progress.Standing](t)(o.AreaProjects(o.office, v))
		if len(projects) != 1 || projects[0].Project.ID != o.Project.ID {
			t.Errorf("%+v", projects)
		}
	})
}

func TestOnCourseIsWhatIsDoneOrOnItsWay(t *testing.T) {
	for _, c := range []struct {
		tally progress.Tally
		want  int
	}{
		{progress.Tally{}, 0},
		{progress.Tally{All: 3, Colours: map[light.Colour]int{light.Green: 1, light.Blue: 1, light.Red: 1}}, 67},
		{progress.Tally{All: 4, Colours: map[light.Colour]int{light.Grey: 2, light.Yellow: 2}}, 0},
		{progress.Tally{All: 1000, Colours: map[light.Colour]int{light.Green: 4, light.Red: 996}}, 0},
		{progress.Tally{All: 2, Colours: map[light.Colour]int{light.Blue: 2}}, 100},
	} {
		if got := c.tally.OnCourse(); got != c.want {
			t.Errorf("%+v: %d, want %d", c.tally, got, c.want)
		}
	}
}
