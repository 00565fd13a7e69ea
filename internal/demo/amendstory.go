package demo

import (
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// The commitments that the story comes back to, by the beginning of their words.
const (
	parking = "新增停车泊位"
	road    = "加快青望快速路东延"
	air     = "PM2.5年均浓度"
)

// milestones are those of a livelihood item.
func milestones() []ledger.Milestone {
	return []ledger.Milestone{
		{Title: "制定实施方案", By: calendar.Date{Year: year, Month: 3, Day: 31}},
		{Title: "完成过半", By: calendar.Date{Year: year, Month: 6, Day: 30}},
		{Title: "全部办结并验收", By: calendar.Date{Year: year, Month: 12, Day: 20}},
	}
}

// objectToParking lets a unit object to a promise that it is given, and the supervising office answer.
func (t *teller) objectToParking() error {
	head, err := t.as("qingsong")
	if err != nil {
		return err
	}
	c, err := t.promised(head, parking)
	if err != nil {
		return err
	}
	if err := t.Planning.Object(head, c.Value.ID, c.Value.Lead, t.phrase("parking.objection")); err != nil {
		return err
	}
	office, err := t.as("shubai")
	if err != nil {
		return err
	}
	return t.Planning.Reply(office, c.Value.ID, c.Value.Lead, t.phrase("parking.reply"))
}

// reachMilestones marks the first milestones that were reached.
func (t *teller) reachMilestones() error {
	ctx, err := t.as("shiyu")
	if err != nil {
		return err
	}
	all, err := t.commitments(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Value.Kind != ledger.KindLivelihood || c.Value.Lead != t.unitOf("shiyu") {
			continue
		}
		on := calendar.Date{Year: year, Month: 3, Day: 27}
		if err := t.Planning.Reach(ctx, c.Value.ID, 1, on, t.phrase("milestone.note")); err != nil {
			return err
		}
	}
	return nil
}

// proposeParking asks for more parking spaces than promised: 3800 for 3500, of them 1500 public for 1200.
func (t *teller) proposeParking() error {
	return t.propose("qingsong", parking, func(wish *planning.Wish, c ledger.Commitment) {
		wish.Reason = t.phrase("parking.reason")
		wish.Basis = ledger.Basis{Title: t.phrase("parking.basis"), Number: t.phrase("parking.number"), Date: calendar.Date{Year: year, Month: 6, Day: 30}}
		wish.Effective = calendar.Date{Year: year, Month: 7, Day: 13}
		for i, value := range []int64{3800, 1500} {
			target := c.Targets[i]
			target.Value = ledger.Int(value)
			wish.Targets = append(wish.Targets, target)
		}
	})
}

func (t *teller) passParking() error {
	return t.amendmentStep("qinghe", parking, planning.AmendmentStep{Action: "pass"})
}

func (t *teller) approveParking() error {
	return t.amendmentStep("changchuan", parking, planning.AmendmentStep{Action: "approve"})
}

func (t *teller) applyParking() error {
	ctx, err := t.as("shubai")
	if err != nil {
		return err
	}
	amendment, err := t.amendmentOf("shubai", parking)
	if err != nil {
		return err
	}
	plan, err := t.Planning.Plan(ctx, t.plan)
	if err != nil {
		return err
	}
	_, err = t.Planning.ApplyAmendments(ctx, planning.Application{
		Plan: t.plan, Seen: plan.Revision, Amendments: []ledger.AmendmentID{amendment.Value.ID}, Basis: t.phrase("parking.applied"),
	})
	return err
}

// proposeRoad asks for more time for the road, and for cleaner words about the air; the road waits for the decision at
// the end of the story.
func (t *teller) proposeRoad() error {
	err := t.propose("linchuan", road, func(wish *planning.Wish, _ ledger.Commitment) {
		later := calendar.Date{Year: year + 1, Month: 6, Day: 30}
		wish.Deadline, wish.Reason = &later, t.phrase("road.reason")
		wish.Basis = ledger.Basis{Title: t.phrase("road.basis"), Number: t.phrase("road.number"), Date: calendar.Date{Year: year, Month: 8, Day: 28}}
		wish.Effective = calendar.Date{Year: year, Month: 10, Day: 8}
	})
	if err != nil {
		return err
	}
	return t.propose("lusheng", air, func(wish *planning.Wish, c ledger.Commitment) {
		target := c.Targets[0]
		target.Value = ledger.Int(30)
		wish.Targets, wish.Reason = []ledger.Target{target}, t.phrase("air.reason")
		wish.Basis = ledger.Basis{Title: t.phrase("air.basis"), Date: calendar.Date{Year: year, Month: 8, Day: 31}}
		wish.Effective = calendar.Date{Year: year, Month: 10, Day: 8}
	})
}

func (t *teller) passRoad() error {
	if err := t.amendmentStep("qinghe", road, planning.AmendmentStep{Action: "pass"}); err != nil {
		return err
	}
	return t.amendmentStep("qinghe", air, planning.AmendmentStep{Action: "pass"})
}

func (t *teller) refuseAir() error {
	return t.amendmentStep("changchuan", air, planning.AmendmentStep{Action: "refuse", Reason: t.phrase("air.refusal")})
}

// propose lets the head of a unit propose an amendment.
func (t *teller) propose(name, words string, fill func(wish *planning.Wish, c ledger.Commitment)) error {
	ctx, err := t.as(name)
	if err != nil {
		return err
	}
	c, err := t.promised(ctx, words)
	if err != nil {
		return err
	}
	wish := planning.Wish{Commitment: c.Value.ID, Seen: c.Revision}
	fill(&wish, c.Value)
	_, err = t.Planning.ProposeAmendment(ctx, wish)
	return err
}

// amendmentStep lets somebody take a step of the only amendment of a commitment.
func (t *teller) amendmentStep(name, words string, step planning.AmendmentStep) error {
	amendment, err := t.amendmentOf(name, words)
	if err != nil {
		return err
	}
	ctx, err := t.as(name)
	if err != nil {
		return err
	}
	step.Amendment, step.Seen = amendment.Value.ID, amendment.Revision
	_, err = t.Planning.TakeAmendmentStep(ctx, step)
	return err
}

// amendmentOf is the only amendment of a commitment, as somebody sees it.
func (t *teller) amendmentOf(name, words string) (store.Record[ledger.Amendment], error) {
	ctx, err := t.as(name)
	if err != nil {
		return store.Record[ledger.Amendment]{}, err
	}
	c, err := t.promised(ctx, words)
	if err != nil {
		return store.Record[ledger.Amendment]{}, err
	}
	list, err := t.Planning.Amendments(ctx, planning.AmendmentQuery{Commitment: c.Value.ID}, store.Page{})
	if err != nil {
		return store.Record[ledger.Amendment]{}, err
	}
	if len(list.Records) != 1 {
		return store.Record[ledger.Amendment]{}, fmt.Errorf("%q has %d amendments", words, len(list.Records))
	}
	return list.Records[0], nil
}
