package publication_test

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// pictured is a livelihood item with two pictures, and the pictures.
func (o *town) pictured(t *testing.T) (marked, other livelihood.Picture) {
	t.Helper()
	c := o.Fixture.Promise(o.Store(), ledger.CommitmentTerms{
		Number: "2026-010", Title: "改造公厕12座", Section: 2, By: day(12, 31), Lead: o.Bureau.ID, State: ledger.InForce, Kind: ledger.KindLivelihood,
	})
	must(t, second(o.Store().Commitments().Add(t.Context(), c)))
	o.compute(t)
	shoot := func(caption string) livelihood.Picture {
		var b bytes.Buffer
		must(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 40+len(caption), 30))))
		shot := livelihood.Shot{Stage: rules.During, On: day(1, 1), Caption: caption}
		return have[livelihood.Picture](t)(o.items.AddPicture(o.head, c.ID, shot, livelihood.File{Name: "现场 13912345678.PNG", Content: &b}))
	}
	marked, other = shoot("外墙完工，联系13912345678"), shoot("内部施工照")
	asked := rules.Survey{Scale: rules.Citizens, On: day(1, 2), Asked: 40, Counts: map[string]int{"very": 30, "satisfied": 4, "bad": 2}, Note: "入户问卷"}
	must(t, second(o.items.AddSurvey(o.office, c.ID, asked, livelihood.File{})))
	return marked, other
}

// TestOnlyMarkedPicturesAreShown: a picture is public where pictures are and the office has marked it, with what can be
// seen on it and nothing else; one that is withdrawn goes out of sight with the next edition.
func TestOnlyMarkedPicturesAreShown(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		marked, other := o.pictured(t)
		if choices := have[[]livelihood.Item](t)(o.Pictured(o.office, o.Fixture.Plan)); len(choices) != 1 || len(choices[0].Pictures) != 2 {
			t.Errorf("the office chooses among %+v", choices)
		}
		if _, err := o.Pictured(o.head, o.Fixture.Plan); err == nil {
			t.Error("a unit decides which pictures are public")
		}
		o.open(t, all())
		if p := o.shown(t, "2026-010"); len(p.Pictures) != 0 {
			t.Errorf("pictures that nobody marked are shown: %+v", p.Pictures)
		}
		wish := all()
		wish.Pictures = []livelihood.PictureID{marked.ID, marked.ID}
		o.open(t, wish)
		p := o.shown(t, "2026-010")
		if len(p.Pictures) != 1 || p.Pictures[0].File != marked.File.Digest || p.Pictures[0].Caption != "外墙完工，联系＊＊＊" || p.Pictures[0].Ending != ".png" {
			t.Fatalf("pictures: %+v", p.Pictures)
		}
		for _, name := range []string{p.Pictures[0].Name(), p.Pictures[0].SmallName()} {
			file := have[io.ReadCloser](t)(o.Service.Picture(o.public, p, name))
			if b, err := io.ReadAll(file); err != nil || len(b) == 0 {
				t.Errorf("%s has %d bytes: %v", name, len(b), err)
			}
			must(t, file.Close())
		}
		wantAbsent(t, second(o.Service.Picture(o.public, p, string(other.File.Digest)+".png")))
		text := o.everything(t)
		for _, secret := range []string{"13912345678", "内部施工照", "unit-head", "入户问卷", string(other.File.Digest)} {
			if strings.Contains(text, secret) {
				t.Errorf("%q gets out", secret)
			}
		}
		must(t, o.items.WithdrawPicture(o.head, marked.ID, "车牌可辨认"))
		o.renew(t)
		if now := o.shown(t, "2026-010"); len(now.Pictures) != 0 {
			t.Errorf("a withdrawn picture is shown: %+v", now.Pictures)
		}
	})
}

// TestSatisfactionIsToldWhereItIsPublic: how many were asked, answered and were satisfied; not what they wrote.
func TestSatisfactionIsToldWhereItIsPublic(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.pictured(t)
		wish := all()
		wish.Shows = []disclosed.Part{disclosed.Units}
		o.open(t, wish)
		if p := o.shown(t, "2026-010"); len(p.Satisfaction) != 0 {
			t.Errorf("it is told: %+v", p.Satisfaction)
		}
		o.open(t, all())
		p := o.shown(t, "2026-010")
		if len(p.Satisfaction) != 1 || p.Satisfaction[0].Rate.Plain() != "94.4" || p.Satisfaction[0].Answers != 36 || p.Satisfaction[0].Asked != 40 {
			t.Errorf("satisfaction: %+v", p.Satisfaction)
		}
	})
}

// TestAnAmendedMilestoneIsTold: where milestones are public, and nowhere else.
func TestAnAmendedMilestoneIsTold(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		step := ledger.Milestone{Number: 1, Title: "完成选址公示", By: day(3, 31)}
		later := step
		later.By = day(4, 30)
		must(t, second(o.Store().Amendments().Add(t.Context(), ledger.Amendment{
			ID: "amendment-1", Plan: o.Plan0(), Commitment: o.canteens.ID, State: ledger.Applied, Version: 2, Effective: day(1, 2), Reason: "选址调整",
			Basis:   ledger.Basis{Title: "区政府会议纪要", Number: "〔2026〕3号"},
			Changes: []ledger.Change{{Field: ledger.MilestoneField, Target: 1, Old: ledger.Content{Milestone: &step}, New: ledger.Content{Milestone: &later}}},
		})))
		o.open(t, all())
		told := o.shown(t, o.canteens.Number).Amendments
		if len(told) != 1 || told[0].Changes[0].From.Step == nil || told[0].Changes[0].From.Step.By != day(3, 31) || told[0].Changes[0].To.Step.By != day(4, 30) {
			t.Fatalf("amendments: %+v", told)
		}
		wish := all()
		wish.Shows = []disclosed.Part{disclosed.Units}
		o.open(t, wish)
		if told := o.shown(t, o.canteens.Number).Amendments; len(told) != 0 {
			t.Errorf("a milestone is told where none are public: %+v", told)
		}
	})
}

// TestWhatWasPublicIsGone: who asks for a promise that was taken back learns that, and since when; of one that was never
// public he learns nothing.
func TestWhatWasPublicIsGone(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		wish := all()
		wish.Withheld = []string{"2026-003"}
		o.open(t, wish)
		wantAbsent(t, second(o.Service.Promise(o.public, o.opened(t), "2026-003")))
		wish.Withheld = []string{"2026-002"}
		o.open(t, wish)
		_, err := o.Service.Promise(o.public, o.opened(t), "2026-002")
		var gone *publication.Gone
		if !errors.As(err, &gone) || gone.Key != "2026-002" || gone.Since.IsZero() {
			t.Errorf("the error is %v", err)
		}
		o.open(t, all())
		if p := o.shown(t, "2026-002"); p.Title != o.roadworks.Title {
			t.Errorf("public again it is %+v", p)
		}
	})
}
