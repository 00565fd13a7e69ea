package demo

import (
	"context"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/ledger/reporting"
)

// paperDeeds are what people do about reports, and may read of what those tell.
var paperDeeds = []access.Action{
	"account.read", "account.edit", "account.review", "account.approve", "account.freeze", "account.publish", "plan.read",
}

// paperChapters are what becomes of the reports of the year.
func (t *teller) paperChapters() ([]chapter, error) {
	t.papers = map[string]accounting.ID{}
	return told("papersteps", 16, t.paperStep)
}

// paperStep lets somebody do something about a report.
func (t *teller) paperStep(step step) error {
	ctx, err := t.standing(step.who, paperDeeds)
	if err != nil {
		return err
	}
	if step.do == "draft" {
		return t.draftPaper(ctx, step)
	}
	r, err := t.Papers.Report(ctx, t.papers[step.thing])
	if err != nil {
		return err
	}
	switch {
	case step.do == "open" && r.State == accounting.Frozen:
		_, err = t.Papers.Disclose(ctx, r.ID, true, r.Revision)
	case step.do == "open":
	case step.do == "submit":
		if r, err = t.Papers.Refresh(ctx, r.ID, r.Revision); err == nil {
			_, err = t.Papers.Step(ctx, r.ID, step.do, step.words, r.Revision)
		}
	default:
		_, err = t.Papers.Step(ctx, r.ID, step.do, step.words, r.Revision)
	}
	if service.HasCode(err, "report.differs") {
		return nil // it waits until somebody has mended what differs, as it would in life
	}
	return err
}

// draftPaper begins a report.
func (t *teller) draftPaper(ctx context.Context, step step) error {
	key, owner, ofUnit := strings.Cut(step.many, " ")
	period, err := reporting.ParsePeriod(key)
	if err != nil {
		return err
	}
	wish := accounting.Wish{Plan: t.plan, Period: period, Template: step.words}
	if ofUnit {
		if wish.Owner, err = t.unit.of(owner); err != nil {
			return err
		}
	}
	drafted, err := t.Papers.Draft(ctx, wish)
	t.papers[step.thing] = drafted.ID
	return err
}
