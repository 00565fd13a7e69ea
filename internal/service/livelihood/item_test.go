package livelihood_test

import (
	"errors"
	"io"
	"testing"

	"luoshi/internal/service/livelihood"
	"luoshi/internal/store"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// TestAnItemIsClosedOnceThoseForWhomItIsAreSatisfied follows one from its first picture to its closing.
func TestAnItemIsClosedOnceThoseForWhomItIsAreSatisfied(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id := o.item(t)
		seen := func() int64 { return have[livelihood.ItemView](t)(o.Item(o.head, id)).Revision }
		wantFault(t, o.StepItem(o.head, id, "finish", "", seen()), "flow.guarded")
		shot := livelihood.Shot{Stage: rules.During, On: day(1, 4), Caption: "食堂装修"}
		wantRefused(t, second(o.AddPicture(o.street, id, shot, pixels(t))))
		have[livelihood.Picture](t)(o.AddPicture(o.head, id, shot, pixels(t)))
		wantFault(t, o.StepItem(o.head, id, "finish", "", seen()), "flow.guarded")
		shot.Stage = rules.After
		done := have[livelihood.Picture](t)(o.AddPicture(o.head, id, shot, pixels(t)))
		must(t, o.StepItem(o.head, id, "finish", "", seen()))
		wantRefused(t, o.StepItem(o.head, id, "pass", "", seen()))
		must(t, o.StepItem(o.office, id, "return", "照片看不清", seen()))
		must(t, o.StepItem(o.head, id, "finish", "", seen()))
		must(t, o.StepItem(o.office, id, "pass", "", seen()))
		wantFault(t, o.StepItem(o.office, id, "close", "", seen()), "flow.guarded")
		o.ask(t, rules.Survey{Scale: rules.Citizens, On: day(1, 5), Asked: 20, Counts: map[string]int{"very": 10, "bad": 9}, Note: "入户"}, id)
		wantFault(t, o.StepItem(o.office, id, "close", "", seen()), "flow.guarded")
		v := have[livelihood.ItemView](t)(o.Item(o.office, id))
		must(t, o.WithdrawSurvey(o.office, v.Surveys[0].ID, "误录"))
		o.ask(t, rules.Survey{Scale: rules.Citizens, On: day(1, 5), Asked: 40, Counts: map[string]int{"very": 30, "satisfied": 4, "bad": 2}, Note: "入户"}, id)
		must(t, o.StepItem(o.office, id, "close", "", seen()))
		v = have[livelihood.ItemView](t)(o.Item(o.head, id))
		score, asked := v.Satisfaction()
		if v.State != livelihood.Closed || !asked || score.Rate.Plain() != "94.4" || len(v.Surveys) != 1 || len(v.Pictures) != 2 {
			t.Errorf("it is %s, %+v, %d surveys", v.State, score, len(v.Surveys))
		}
		if len(o.told) != 3 || o.told[0].Title.ZH != "民生实事退回整改：《建成社区食堂6处》，原因：照片看不清" {
			t.Errorf("told %+v", o.told)
		}
		must(t, o.StepItem(o.office, id, "reopen", "群众反映饭菜质量下降", seen()))
		o.takeBack(t, done.ID)
		if stands := have[[]livelihood.Standing](t)(o.Standings(o.office, o.Plan.ID)); len(stands) != 1 || stands[0].Commitment != id || stands[0].Closed() {
			t.Errorf("it counts as closed: %+v", stands)
		}
	})
}

func (o *town) ask(t *testing.T, s rules.Survey, id ledger.CommitmentID) {
	t.Helper()
	wantRefused(t, second(o.AddSurvey(o.head, id, s, livelihood.File{})))
	have[livelihood.Survey](t)(o.AddSurvey(o.office, id, s, scan()))
}

// takeBack withdraws a picture: then only who may add pictures sees it.
func (o *town) takeBack(t *testing.T, id livelihood.PictureID) {
	t.Helper()
	_, content, err := o.OpenPicture(o.street, id, true)
	must(t, err)
	if b, err := io.ReadAll(content); err != nil || len(b) == 0 {
		t.Errorf("the small picture has %d bytes, %v", len(b), err)
	}
	must(t, content.Close())
	wantRefused(t, o.WithdrawPicture(o.street, id, "不是我们的"))
	must(t, o.WithdrawPicture(o.head, id, "人像未征得同意"))
	_, _, err = o.OpenPicture(o.street, id, false)
	wantRefused(t, err)
	_, content, err = o.OpenPicture(o.head, id, false)
	must(t, err)
	must(t, content.Close())
}

func TestPicturesThatAreNotTaken(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		id := o.item(t)
		good := livelihood.Shot{Stage: rules.Before, On: day(1, 4), Caption: "改造前"}
		for code, c := range map[string]struct {
			shot livelihood.Shot
			file livelihood.File
		}{
			"picture.caption": {livelihood.Shot{Stage: rules.Before, On: day(1, 4)}, pixels(t)},
			"picture.stage":   {livelihood.Shot{Stage: "later", On: day(1, 4), Caption: "改造前"}, pixels(t)},
			"picture.day":     {livelihood.Shot{Stage: rules.Before, On: day(1, 4).AddDays(2), Caption: "改造前"}, pixels(t)},
			"picture.file":    {good, livelihood.File{}},
			"picture.form":    {good, scan()},
		} {
			wantFault(t, second(o.AddPicture(o.head, id, c.shot, c.file)), code)
		}
		var missing *store.NotFound
		if _, err := o.Item(o.office, o.Commitment.ID); !errors.As(err, &missing) {
			t.Errorf("what is no livelihood item is shown as one: %v", err)
		}
		wantRefused(t, second(o.Item(o.public, id)))

	})
}
