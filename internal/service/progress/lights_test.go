package progress_test

import (
	"context"
	"slices"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

func TestALightRestsOnLockedFiguresAlone(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		id := o.send(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.compute(t)
		open := o.light(t, o.Commitment.ID)
		if open.Light.Actual.Known() || open.Said != "" {
			t.Errorf("what is not locked shows: %+v", open.Light)
		}
		if points := open.Courses[0].Points; len(points) != 1 || points[0].State == reporting.Locked {
			t.Errorf("beside the light it is shown as what it is: %+v", points)
		}
		o.take(o.office, t, "review", id)
		o.take(o.office, t, "lock", id)
		o.compute(t)
		got := o.light(t, o.Commitment.ID)
		if got.Colour != light.Green || got.Light.Actual.Plain() != "50" || got.Light.Expected.Cmp(ledger.Int(50)) != 0 || got.Said != reporting.UnderWay {
			t.Errorf("a quarter of 200 beds after a quarter of the year is green: %s, %s of %s, %q",
				got.Colour, got.Light.Actual.Plain(), got.Light.Expected.Plain(), got.Said)
		}
		if len(got.Light.Why) == 0 || len(got.History) < 1 || got.History[0].Colour != light.Green {
			t.Errorf("it says why and since when: %v, %v", got.Light.Why, got.History)
		}
	})
}

func TestFiguresThatFallBehindTurnALight(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		first := o.compute(t)
		o.lock(o.head, t, o.Bureau.ID, 9, said(beds, "60", reporting.UnderWay))
		second := o.compute(t)
		got := o.light(t, o.Commitment.ID)
		if got.Colour != light.Red || got.Earlier != light.Green || got.Since != day(9, 28) || second.Turned < 1 {
			t.Errorf("60 of 200 beds in September is red: %s after %s since %s; %+v", got.Colour, got.Earlier, got.Since, second)
		}
		if first.Judged != 2 || second.Judged != 2 {
			t.Errorf("both commitments are judged: %d, %d", first.Judged, second.Judged)
		}
		if len(got.Courses) != 1 || len(got.Courses[0].Expected) != 12 || got.Courses[0].Expected[5].Value.Cmp(ledger.Int(100)) != 0 {
			t.Errorf("half of it is expected at the end of June: %+v", got.Courses)
		}
	})
}

func TestWhatDoesNotChangeIsNotWritten(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.compute(t)
		before := len(o.Entries(t, progress.RunKind, string(o.Plan.ID)))
		run := o.compute(t)
		if n := len(o.Entries(t, progress.RunKind, string(o.Plan.ID))); n != before || run.Judged != 2 {
			t.Errorf("a computation that changes nothing leaves no entry: %d and then %d; %+v", before, n, run)
		}
	})
}

func TestALightSetByHandSaysWhoAndWhyAndUntilWhen(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.compute(t)
		set := progress.ByHand{Commitment: o.Commitment.ID, Colour: light.Red, Reason: "现场核查发现床位未投用", Until: day(4, 10)}
		wantRefused(t, o.SetByHand(o.head, set), "light.override")
		wantFault(t, o.SetByHand(o.office, progress.ByHand{Commitment: o.Commitment.ID, Colour: light.Red}), "light.reason")
		wantFault(t, o.SetByHand(o.office, progress.ByHand{Commitment: o.Commitment.ID, Colour: light.Grey, Reason: "不明"}), "light.colour")
		wantFault(t, o.SetByHand(o.office, progress.ByHand{Commitment: o.Commitment.ID, Colour: light.Red, Reason: "核查", Until: day(1, 1)}), "light.until")
		wantFault(t, o.Lift(o.office, o.Commitment.ID, "没有设定过"), "light.not_set")
		must(t, o.SetByHand(o.office, set))
		o.compute(t)
		got := o.light(t, o.Commitment.ID)
		if got.Colour != light.Red || got.Computed != light.Green || got.Hand == nil || got.Hand.Reason != set.Reason || got.Hand.Account == "" {
			t.Errorf("it shows what was set, beside what is computed: %+v", got.Shown)
		}
		must(t, o.Lift(o.office, o.Commitment.ID, "整改完成"))
		if got := o.light(t, o.Commitment.ID); got.Colour != light.Green || got.Hand != nil || got.History[0].Cause != progress.Lifted {
			t.Errorf("lifted, it shows what is computed: %+v", got.Shown)
		}
		must(t, o.SetByHand(o.office, set))
		o.clock.on(4, 11)
		o.compute(t)
		if got := o.light(t, o.Commitment.ID); got.Hand != nil || got.Colour != got.Computed || got.History[0].Cause != progress.Ended {
			t.Errorf("after its last day it shows what is computed: %+v, %+v", got.Shown, got.History[0])
		}
		if got := o.Entries(t, progress.LightKind, string(o.Commitment.ID)); len(got) != 3 {
			t.Errorf("the log has each time that somebody did it: %v", got)
		}
	})
}

func TestWithdrawnCommitmentsHaveNoLight(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.compute(t)
		c := have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Get(t.Context(), string(o.share.ID)))
		c.Value.State = ledger.Withdrawn
		have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Change(t.Context(), c.Value, c.Revision))
		if run := o.compute(t); run.Judged != 1 || run.Turned != 1 {
			t.Errorf("%+v", run)
		}
		_, err := o.Light(o.office, o.share.ID)
		wantFault(t, err, "light.none")
		wantFault(t, o.SetByHand(o.office, progress.ByHand{Commitment: o.share.ID, Colour: light.Red, Reason: "核查"}), "light.none")
	})
}

func TestTermsAreKeptByRevision(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		usual := have[store.Record[progress.Terms]](t)(o.Terms(o.office, o.Plan.ID))
		if usual.Revision != 0 || usual.Value.Rule != light.Usual().Name {
			t.Errorf("%+v", usual)
		}
		other := light.Rules()[len(light.Rules())-1].Name
		set := have[store.Record[progress.Terms]](t)(o.SetTerms(o.office, o.Plan.ID, progress.Terms{Rule: other}, 0))
		if got := have[store.Record[progress.Terms]](t)(o.Terms(o.office, o.Plan.ID)); got.Value.Rule != other || got.Revision != set.Revision {
			t.Errorf("%+v", got)
		}
		_, err := o.SetTerms(o.office, o.Plan.ID, progress.Terms{Rule: other}, 0)
		if !store.IsConflict(err) {
			t.Errorf("somebody was faster: %v", err)
		}
		_, err = o.SetTerms(o.office, o.Plan.ID, progress.Terms{Rule: "月亮"}, set.Revision)
		wantFault(t, err, "light.rule")
		bad := progress.Terms{Rule: other, Paths: map[ledger.CommitmentKind]light.Path{ledger.KindTask: {Kind: light.ByQuarters}}}
		_, err = o.SetTerms(o.office, o.Plan.ID, bad, set.Revision)
		wantFault(t, err, "light.path")
		_, err = o.SetTerms(o.head, o.Plan.ID, progress.Terms{Rule: other}, set.Revision)
		wantRefused(t, err, "config.rules")
	})
}

func TestACommitmentMayHaveAPathOfItsOwn(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 9, said(beds, "60", reporting.UnderWay))
		o.compute(t)
		own := progress.OwnTerms{Path: light.Path{Kind: light.AtEnd}}
		set := have[store.Record[progress.OwnTerms]](t)(o.SetOwnTerms(o.office, o.Commitment.ID, own, 0))
		o.compute(t)
		if got := o.light(t, o.Commitment.ID); got.Colour != light.Green || got.Own.Value.Path.Kind != light.AtEnd {
			t.Errorf("before the end nothing is due: %s, %+v", got.Colour, got.Own)
		}
		have[store.Record[progress.OwnTerms]](t)(o.SetOwnTerms(o.office, o.Commitment.ID, progress.OwnTerms{}, set.Revision))
		o.compute(t)
		if got := o.light(t, o.Commitment.ID); got.Colour != light.Red {
			t.Errorf("as usual again: %s", got.Colour)
		}
	})
}

// TestTheWorstLightsComeFirst: by colour, and by the gap among those of one colour; in parts of one as in one part.
func TestTheWorstLightsComeFirst(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay)) // a quarter of 200
		o.compute(t)
		ids := func(descending bool, limit int) []ledger.CommitmentID {
			var all []ledger.CommitmentID
			page := store.Page{Order: progress.Severity, Descending: descending, Limit: limit}
			for range 10 {
				list := have[progress.LightListing](t)(o.Lights(o.office, progress.LightQuery{Plan: o.Plan.ID}, page))
				for _, l := range list.Lights {
					all = append(all, l.Commitment.ID)
				}
				if page.After = list.Next; page.After == "" {
					break
				}
			}
			return all
		}
		worst := []ledger.CommitmentID{o.share.ID, o.Commitment.ID} // the street has reported nothing
		best := []ledger.CommitmentID{o.Commitment.ID, o.share.ID}
		for _, limit := range []int{0, 1} {
			if got := ids(false, limit); !slices.Equal(got, worst) {
				t.Errorf("in parts of %d they are %v, want %v", limit, got, worst)
			}
			if got := ids(true, limit); !slices.Equal(got, best) {
				t.Errorf("the other way round, in parts of %d, they are %v, want %v", limit, got, best)
			}
		}
		o.Changed(t, progress.RunKind, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE lights SET colour = 'red', gap = CASE WHEN commitment = '"+string(o.Commitment.ID)+"' THEN 900 ELSE 100 END")
			if err == nil {
				_, err = tx.ExecContext(ctx, "UPDATE light_runs SET written = written + 1")
			}
			return err
		})
		if got := ids(false, 1); !slices.Equal(got, best) {
			t.Errorf("of one colour the one comes first that is further behind: %v", got)
		}
		query := progress.LightQuery{Plan: o.Plan.ID}
		if _, err := o.Lights(o.office, query, store.Page{Order: progress.Severity, After: "x"}); err == nil {
			t.Error("a place that is none is taken for one")
		}
	})
}
