package demo

import (
	"context"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/access"
	desk "luoshi/internal/service/assessment"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

// assessmentDeeds are what people do about assessments.
var assessmentDeeds = []access.Action{
	"assessment.read", "assessment.edit", "assessment.adopt", "assessment.score", "assessment.appeal", "assessment.decide",
	"assessment.confirm", "assessment.publish", "plan.read",
}

// assessmentChapters are what becomes of the assessment of the first half of the year.
func (t *teller) assessmentChapters() ([]chapter, error) {
	return told("assessmentsteps", 10, t.assessmentStep)
}

// assessmentStep lets somebody do something about the assessment.
func (t *teller) assessmentStep(step step) error {
	ctx, err := t.standing(step.who, assessmentDeeds)
	if err != nil {
		return err
	}
	switch step.do {
	case "plan":
		return t.planAssessment(ctx, step)
	case "judge":
		return t.givePoints(ctx, step)
	case "appeal":
		return t.appeal(ctx, step)
	case "uphold", "reject":
		return t.answerAppeal(ctx, step)
	}
	_, err = t.Assessment.Take(ctx, t.assessed, desk.Step{Action: step.do, Reason: step.words}, 0)
	return err
}

// planAssessment draws the usual scheme up for half a year and the units that somebody will judge.
func (t *teller) planAssessment(ctx context.Context, step step) error {
	scheme, err := t.Assessment.Usual(ctx, t.plan)
	if err != nil {
		return err
	}
	scheme.Title, scheme.Basis, scheme.To = step.words, step.many, calendar.LastDay(year, 6)
	given, err := t.pointsGiven()
	if err != nil {
		return err
	}
	for i, group := range scheme.Groups {
		scheme.Groups[i].Units = slices.DeleteFunc(slices.Clone(group.Units), func(u ledger.UnitID) bool {
			return !slices.ContainsFunc(given, func(p pointsGiven) bool { return p.unit == u })
		})
	}
	scheme.Groups = slices.DeleteFunc(scheme.Groups, func(g assessment.Group) bool { return len(g.Units) == 0 })
	made, err := t.Assessment.Create(ctx, t.plan, scheme)
	t.assessed = made.ID
	return err
}

// pointsGiven is a line of assessmentpoints.txt.
type pointsGiven struct {
	row
	unit       ledger.UnitID
	item       string // a formula, or a kind of rule
	points     ledger.Decimal
	why, basis string
}

// pointsGiven are the points that people give.
func (t *teller) pointsGiven() ([]pointsGiven, error) {
	all, err := rows("assessmentpoints", 5, 5)
	if err != nil {
		return nil, err
	}
	list := make([]pointsGiven, len(all))
	for i, r := range all {
		p := pointsGiven{row: r, item: r.columns[1], why: r.columns[3], basis: r.columns[4]}
		if p.unit, err = t.unit.of(r.columns[0]); err != nil {
			return nil, r.fault(err)
		}
		if p.points, err = ledger.ParseDecimal(r.columns[2]); err != nil {
			return nil, r.fault(err)
		}
		list[i] = p
	}
	return list, nil
}

// givePoints gives the points of a kind: those of the measure by hand, a bonus or a deduction.
func (t *teller) givePoints(ctx context.Context, step step) error {
	given, err := t.pointsGiven()
	if err != nil {
		return err
	}
	view, err := t.Assessment.Assessment(ctx, t.assessed)
	if err != nil {
		return err
	}
	for _, p := range given {
		if p.item != step.many {
			continue
		}
		item, err := itemOf(view.Scheme, p.item)
		if err != nil {
			return p.fault(err)
		}
		entry := assessment.Entry{Unit: p.unit, Item: item, Points: p.points, Why: p.why, Basis: p.basis}
		if err := t.Assessment.Give(ctx, t.assessed, entry); err != nil {
			return p.fault(err)
		}
	}
	return nil
}

// itemOf is the code of the measure with a formula, or of the rule of a kind.
func itemOf(scheme assessment.Scheme, name string) (string, error) {
	for _, m := range scheme.Measures {
		if string(m.Formula) == name {
			return m.Code, nil
		}
	}
	for _, r := range scheme.Rules {
		if string(r.Kind) == name {
			return r.Code, nil
		}
	}
	return "", fmt.Errorf("item %q: %w", name, errUnknownKey)
}

// appeal lets a head say that an item of his unit's score is wrong.
func (t *teller) appeal(ctx context.Context, step step) error {
	view, err := t.Assessment.Assessment(ctx, t.assessed)
	if err != nil {
		return err
	}
	item, err := itemOf(view.Scheme, step.many)
	if err != nil {
		return err
	}
	return t.Assessment.Appeal(ctx, t.assessed, desk.Appeal{Unit: t.unitOf(step.who), Item: item, Text: step.words})
}

// answerAppeal answers the appeal of a unit. What is upheld ought to have been counted once less.
func (t *teller) answerAppeal(ctx context.Context, step step) error {
	unit, err := t.unit.of(step.many)
	if err != nil {
		return err
	}
	view, err := t.Assessment.Assessment(ctx, t.assessed)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(view.Appeals, func(a desk.Appeal) bool { return a.Unit == unit && a.State == desk.Waiting })
	s := slices.IndexFunc(view.Result.Scores, func(s assessment.Score) bool { return s.Unit == unit })
	if i < 0 || s < 0 {
		return fmt.Errorf("no appeal of %s waits: %w", step.many, errUnknownKey)
	}
	appeal := view.Appeals[i]
	decision := desk.Decision{Accept: step.do == "uphold", Answer: step.words}
	if line, counted := view.Result.Scores[s].Line(appeal.Item); decision.Accept && counted {
		decision.Part, decision.Whole = reporting.Less(line.Part, ledger.Int(1)), line.Whole
	}
	return t.Assessment.Decide(ctx, t.assessed, appeal.ID, decision, appeal.Revision)
}
