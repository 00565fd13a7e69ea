package progress_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func TestTheLeaderSeesTheYearOnOneScreen(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.lock(o.street, t, o.Street.ID, 3, said(beds, "10", reporting.UnderWay))
		o.compute(t)
		must(t, o.Visit(o.leader, o.Plan.ID))
		first := have[progress.Overview](t)(o.Overview(o.leader, o.Plan.ID))
		if first.Total.All != 2 || first.Total.Colours[light.Green] != 2 || !first.Since.IsZero() || len(first.Changed) != 0 {
			t.Errorf("%+v", first)
		}
		o.lock(o.head, t, o.Bureau.ID, 9, said(beds, "60", reporting.Completed))
		o.compute(t)
		o.clock.on(9, 30)
		must(t, o.Visit(o.leader, o.Plan.ID))
		got := have[progress.Overview](t)(o.Overview(o.leader, o.Plan.ID))
		if got.Elapsed != 75 || got.Total.Colours[light.Red] == 0 || got.Total.Differs != 1 {
			t.Errorf("%d %% of the year; %+v", got.Elapsed, got.Total)
		}
		if got.Since.IsZero() || got.ChangedCount == 0 || got.Changed[0].Turn.Colour != light.Red || got.Changed[0].Turn.Earlier != light.Green {
			t.Errorf("since the last visit, in March, lights turned: %v %d %+v", got.Since, got.ChangedCount, got.Changed)
		}
		if len(got.Areas) != 1 || got.Areas[0].Section.Title != "养老" || got.Areas[0].All != 2 {
			t.Errorf("areas are the highest sections: %+v", got.Areas)
		}
		if len(got.Units) != 2 || got.Units[0].All != 1 {
			t.Errorf("%+v", got.Units)
		}
		codes := []string{}
		for _, q := range got.Questions {
			codes = append(codes, q.Code)
			if q.Why.ZH == "" || q.Why.EN == "" || strings.Contains(q.Why.ZH, "{") || q.Title == "" {
				t.Errorf("%+v", q)
			}
		}
		if len(got.Questions) == 0 || codes[0] != "worst_gap" || got.Questions[0].Commitment != o.Commitment.ID {
			t.Errorf("the largest gap is asked about first: %v", codes)
		}
	})
}

func TestAnOverviewShowsWhatTheCallerMaySee(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.compute(t)
		if got := have[progress.Overview](t)(o.Overview(o.street, o.Plan.ID)); got.Total.All != 2 {
			t.Errorf("the street cooperates in the one and leads the other: %+v", got.Total)
		}
		lonely := o.promise(t, ledger.CommitmentTerms{Title: "民政局自己的事", By: day(12, 31), Lead: o.Bureau.ID})
		o.compute(t)
		if got := have[progress.Overview](t)(o.Overview(o.street, o.Plan.ID)); got.Total.All != 2 {
			t.Errorf("what the bureau does alone is not the street's: %+v", got.Total)
		}
		_, err := o.Light(o.street, lonely.ID)
		wantRefused(t, err, "light.read")
		_, err = o.Overview(context.Background(), o.Plan.ID)
		wantRefused(t, err, "plan.read")
	})
}

func TestWhatContradictsItselfIsFound(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		second := o.promise(t, ledger.CommitmentTerms{
			Title: "政府本级新增养老床位", Section: 2, By: day(12, 31), Lead: o.Government.ID, Parent: o.Commitment.ID, Targets: []ledger.Target{o.beds(160)},
		})
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		done := said(beds, "50", reporting.Completed)
		done.Growth, done.Base = ledger.Int(20), ledger.Int(50)
		o.lock(o.head, t, o.Bureau.ID, 3, done)
		o.lock(o.street, t, o.Street.ID, 3, said(beds, "10", reporting.UnderWay))
		mayor := o.AsAccount(t.Context(), "mayor", "unit-head", o.Government.ID)
		o.lock(mayor, t, second.Lead, 3, said(beds, "30", reporting.UnderWay))
		o.compute(t)
		found := have[[]progress.Contradiction](t)(o.Contradictions(o.office, o.Plan.ID))
		kinds := map[progress.ContradictionKind]progress.Contradiction{}
		for _, c := range found {
			kinds[c.Kind] = c
			if strings.Contains(c.What().ZH+c.What().EN, "{") || c.Do().ZH == "" {
				t.Errorf("%+v is not said: %v", c, c.What())
			}
		}
		for _, want := range []progress.ContradictionKind{progress.SaidDone, progress.NoEvidence, progress.PartsTotal, progress.GrowthLevel} {
			if kinds[want].Commitment != o.Commitment.ID {
				t.Errorf("%s is not found: %+v", want, found)
			}
		}
		if c := kinds[progress.PartsTotal]; !slices.Equal(c.Figures, []string{"50", "40", "-10"}) {
			t.Errorf("50 in all, 10 + 30 in the parts: %v", c.Figures)
		}
		if c := kinds[progress.GrowthLevel]; !slices.Equal(c.Figures, []string{"20", "50", "50", "0.00"}) {
			t.Errorf("50 against 50 is no growth: %v", c.Figures)
		}
		if got := have[progress.LightListing](t)(o.Lights(o.office, progress.LightQuery{Plan: o.Plan.ID, Differs: true}, store.Page{})); len(got.Lights) != 1 {
			t.Errorf("%d lights differ from what is said", len(got.Lights))
		}
	})
}

func TestListsOfLightsAreNarrowed(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.lock(o.street, t, o.Street.ID, 3, said(beds, "1", reporting.UnderWay))
		o.compute(t)
		for name, c := range map[string]struct {
			query progress.LightQuery
			want  []ledger.CommitmentID
		}{
			"all":             {progress.LightQuery{}, []ledger.CommitmentID{o.Commitment.ID, o.share.ID}},
			"by colour":       {progress.LightQuery{Colours: []light.Colour{light.Red}}, []ledger.CommitmentID{o.share.ID}},
			"by unit":         {progress.LightQuery{Unit: o.Bureau.ID}, []ledger.CommitmentID{o.Commitment.ID}},
			"by unit and all": {progress.LightQuery{Unit: o.Government.ID, Below: true}, []ledger.CommitmentID{o.Commitment.ID, o.share.ID}},
			"by section":      {progress.LightQuery{Section: 1}, []ledger.CommitmentID{o.Commitment.ID, o.share.ID}},
			"by words":        {progress.LightQuery{Words: "街道"}, []ledger.CommitmentID{o.share.ID}},
			"by hand":         {progress.LightQuery{ByHand: true}, nil},
			"overdue":         {progress.LightQuery{Overdue: true}, nil},
		} {
			c.query.Plan = o.Plan.ID
			list := have[progress.LightListing](t)(o.Lights(o.office, c.query, store.Page{Order: "section"}))
			var got []ledger.CommitmentID
			for _, l := range list.Lights {
				got = append(got, l.Commitment.ID)
			}
			slices.Sort(got)
			slices.Sort(c.want)
			count := have[int64](t)(o.CountLights(o.office, c.query))
			if !slices.Equal(got, c.want) || int(count) != len(c.want) {
				t.Errorf("%s: %v, counted %d", name, got, count)
			}
		}
	})
}

// TestWhateverLightsRestOnAsksForThem locks and corrects, and looks what the queue was asked for.
func TestWhateverLightsRestOnAsksForThem(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		asked := func() int {
			n := 0
			for _, task := range o.Queue.Tasks() {
				if task.Kind == progress.ComputeKind {
					n++
				}
			}
			return n
		}
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		id := o.send(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.compute(t)
		before := asked()
		o.take(o.office, t, "review", id)
		if got := asked(); got != before {
			t.Errorf("what is not locked asks for nothing: %d", got-before)
		}
		o.take(o.office, t, "lock", id)
		if got := asked(); got != before+1 {
			t.Errorf("a lock asks once: %d", got-before)
		}
		o.lock(o.street, t, o.Street.ID, 3, said(beds, "5", reporting.UnderWay))
		if got := asked(); got != before+1 {
			t.Errorf("until they are computed nobody asks again: %d", got-before)
		}
		must(t, o.Compute(o.job, nil))
		figures := have[[]usecases.Figure](t)(o.reporting.Figures(o.office, o.Plan.ID, usecases.FigureFilter{}))
		after := figures[0].Observation
		after.Value = ledger.Int(55)
		c := have[usecases.CorrectionView](t)(o.reporting.ProposeCorrection(o.office, usecases.Proposal{
			Plan: o.Plan.ID, Subject: figures[0].Subject, Unit: figures[0].Unit, Period: figures[0].Point.Period, After: after, Reason: "误报", Basis: "望统〔2026〕3号",
		}))
		second := o.AsAccount(t.Context(), "second", "supervising-office", o.Government.ID)
		_, err := o.reporting.DecideCorrection(second, c.ID, "approve", "", c.Revision)
		must(t, err)
		if got := asked(); got != before+2 {
			t.Errorf("a correction asks: %d", got-before)
		}
	})
}

func TestAnIndicatorAUnitAndAProjectHavePages(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.lock(o.head, t, o.Bureau.ID, 3, said(reporting.IndicatorSubject(o.Indicator.ID), "50", reporting.UnderWay))
		o.compute(t)
		i := have[progress.IndicatorView](t)(o.IndicatorView(o.office, o.Indicator.ID))
		points := 0 // the bureau's alone: the street has said nothing
		for _, course := range i.Courses {
			points += len(course.Points)
		}
		if len(i.Lights) != 2 || len(i.Courses) != 2 || i.Courses[0].Forecast == nil || points != 1 {
			t.Errorf("%+v", i)
		}
		u := have[progress.UnitView](t)(o.UnitView(o.office, o.Plan.ID, o.Government.ID))
		if u.Own.All != 0 || len(u.Below) != 2 {
			t.Errorf("%+v", u)
		}
		if got := have[progress.UnitView](t)(o.UnitView(o.office, o.Plan.ID, o.Street.ID)); got.Own.All != 1 || len(got.Projects) != 1 {
			t.Errorf("%+v", got)
		}
		_, err := o.UnitView(o.office, o.Plan.ID, "none")
		if _, missing := errorAs[*store.NotFound](err); !missing {
			t.Errorf("%v", err)
		}
		p := have[progress.ProjectView](t)(o.ProjectView(o.office, o.Project.ID))
		if p.Course.Subject != reporting.ProjectSubject(o.Project.ID) || len(p.Course.Expected) != 12 {
			t.Errorf("%+v", p.Course)
		}
		_, err = o.ProjectView(service.As(t.Context(), service.Caller{}), o.Project.ID)
		wantRefused(t, err, "project.read")
	})
}
