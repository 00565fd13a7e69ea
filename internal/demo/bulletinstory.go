package demo

import (
	"fmt"
	"maps"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service/bulletin"
	rules "luoshi/ledger/bulletin"
	"luoshi/ledger/reporting"
)

// bulletinDeeds are what people do about bulletins, and may read of what those tell.
var bulletinDeeds = []access.Action{
	"bulletin.read", "bulletin.edit", "bulletin.review", "bulletin.approve", "bulletin.publish", "bulletin.receive", "plan.read",
	"commitment.read", "light.read", "period.read", "submission.read", "order.read",
}

// bulletinChapters are what becomes of the bulletins of the year.
func (t *teller) bulletinChapters() ([]chapter, error) {
	return told("bulletinsteps", 14, t.bulletinStep)
}

// bulletinStep lets somebody do something about a bulletin.
func (t *teller) bulletinStep(step step) error {
	if step.do == "confirm" {
		return t.confirmBulletin(step)
	}
	ctx, err := t.standing(step.who, bulletinDeeds)
	if err != nil {
		return err
	}
	if step.do == "draft" {
		period, err := reporting.ParsePeriod(step.many)
		if err != nil {
			return err
		}
		drafted, err := t.Bulletins.Draft(ctx, t.plan, period)
		t.bulletins[step.thing] = drafted.ID
		return err
	}
	b, err := t.Bulletins.Bulletin(ctx, t.bulletins[step.thing])
	if err != nil {
		return err
	}
	edit := bulletin.Edit{Title: b.Title, Blocks: b.Blocks, Omitted: b.Omitted, Recipients: b.Recipients, Public: b.Public}
	switch step.do {
	case "write":
		edit.Blocks = rules.Blocks{}
		maps.Copy(edit.Blocks, b.Blocks)
		edit.Blocks[rules.Kind(step.many)] = step.words
		_, err = t.Bulletins.Change(ctx, b.ID, edit, b.Revision)
	case "open":
		edit.Public = true
		_, err = t.Bulletins.Change(ctx, b.ID, edit, b.Revision)
	case "refresh":
		_, err = t.Bulletins.Refresh(ctx, b.ID, b.Revision)
	case "remind":
		_, err = t.Bulletins.Remind(ctx, b.ID)
	default:
		_, err = t.Bulletins.Step(ctx, b.ID, step.do, step.words, b.Revision)
	}
	return err
}

// confirmBulletin lets units confirm that they have read a bulletin: the head of each, or its reporter where the story
// has no head.
func (t *teller) confirmBulletin(step step) error {
	units, err := t.unit.all(strings.Split(step.many, "\u3001"))
	if err != nil {
		return err
	}
	for i, unit := range units {
		who := t.headOf(unit)
		if who == "" {
			who = t.reporterOf(unit)
		}
		ctx, err := t.standing(who, bulletinDeeds)
		if err != nil {
			return err
		}
		if err := t.Bulletins.Receive(ctx, t.bulletins[step.thing], unit); err != nil {
			return fmt.Errorf("unit %d: %w", i+1, err)
		}
	}
	return nil
}
