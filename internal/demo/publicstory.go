package demo

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// publicDeeds are what the office does about what is public.
var publicDeeds = []access.Action{
	"plan.read", "plan.disclose", "commitment.public", "feedback.moderate", "order.issue", "order.read", "commitment.read",
	"livelihood.read",
}

// publicAddress is where the public finds the plan.
const publicAddress = "2026"

// publicChapters are what the public is told through the year, and what citizens say.
func (t *teller) publicChapters() ([]chapter, error) {
	all, err := told("voices", 16, t.voice)
	if err != nil {
		return nil, err
	}
	all = append(
		all, chapter{calendar.Date{Year: year, Month: 2, Day: 24}, 10, t.discloses}, chapter{calendar.Date{Year: year, Month: 11, Day: 19}, 10, t.showsItems},
	)
	for month := int8(3); month < 12; month++ {
		all = append(all, chapter{calendar.LastDay(year, int(month)).AddDays(-2), 18, t.renewPublic})
	}
	for i := range all {
		if lastDay.Before(all[i].day) {
			all[i].day = lastDay
		}
	}
	return all, nil
}

// discloses lets the office make the plan public.
func (t *teller) discloses() error {
	ctx, err := t.standing("shubai", publicDeeds)
	if err != nil {
		return err
	}
	plan, err := t.Core.Store().Plans().Get(ctx, string(t.plan))
	if err != nil {
		return err
	}
	wish := publication.Settings{
		Open: true, Address: publicAddress, Introduction: t.phrase("public.introduction"), Contact: t.phrase("public.contact"),
		Shows: []disclosed.Part{
			disclosed.Units, disclosed.Lights, disclosed.Figures, disclosed.History, disclosed.Steps, disclosed.Data, disclosed.Follow, disclosed.Feedback,
		},
		Documents: []ledger.Digest{plan.Value.Sources[0].Document},
	}
	_, err = t.Publication.Save(ctx, t.plan, wish, 0)
	return err
}

// showsItems lets the office make public how livelihood items came about and how satisfied people are; of the pictures those
// that show nobody's home.
func (t *teller) showsItems() error {
	ctx, err := t.standing("shubai", publicDeeds)
	if err != nil {
		return err
	}
	v, err := t.Publication.Settings(ctx, t.plan)
	if err != nil {
		return err
	}
	items, err := t.Livelihood.Witnessed(ctx, t.plan)
	if err != nil {
		return err
	}
	wish := v.Settings.Value
	wish.Shows = append(wish.Shows, disclosed.Pictures, disclosed.Satisfied)
	for _, item := range items {
		for _, p := range item.Pictures {
			if item.Commitment.ID != t.items["home"] {
				wish.Pictures = append(wish.Pictures, p.ID)
			}
		}
	}
	_, err = t.Publication.Save(ctx, t.plan, wish, v.Settings.Revision)
	return err
}

// renewPublic lets the program tell the public what is new.
func (t *teller) renewPublic() error {
	_, err := t.Publication.Renew(t.program("job: "+publication.RenewKind, publication.RenewMay...), t.plan)
	return err
}

// voice is what a citizen says of a promise, and what the office makes of it.
func (t *teller) voice(s step) error {
	if s.do == "say" {
		return t.say(s)
	}
	ctx, err := t.standing(s.who, publicDeeds)
	if err != nil {
		return err
	}
	waiting, err := t.Publication.Feedback(ctx, publication.Waiting, store.Page{})
	if err != nil {
		return err
	}
	for _, f := range waiting.Feedback {
		if f.ID != t.voices[s.thing] {
			continue
		}
		if s.do == "accept" {
			_, err = t.Publication.Accept(ctx, f.ID, s.words, f.Revision)
		} else {
			_, err = t.Publication.Reject(ctx, f.ID, s.words, f.Revision)
		}
		return err
	}
	return fmt.Errorf("%q: %w", s.thing, errUnknownKey)
}

// say lets somebody without an account say something of the promise that some words find.
func (t *teller) say(s step) error {
	ctx := service.As(t.ctx, service.Caller{Request: "demo", Address: "203.0.113.7"})
	opened, err := t.Publication.Plan(ctx, publicAddress)
	if err != nil {
		return err
	}
	found, err := t.Publication.Promises(ctx, opened, publication.Query{Words: s.many}, store.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(found.Promises) == 0 {
		return fmt.Errorf("%q: %w", s.many, errUnknownKey)
	}
	receipt, err := t.Publication.Send(ctx, publicAddress, found.Promises[0].Key, s.words)
	if err != nil {
		return err
	}
	sent, err := t.Publication.Answered(ctx, receipt)
	t.voices[s.thing] = sent.ID
	return err
}
