package demo

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/examples"
	"luoshi/internal/service"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
	review "luoshi/ledger/intake"
)

// planFile is the document that the plan is made of.
const planFile = "2026-plan.docx"

func (t *teller) uploadPlan() error { return t.upload("shubai", planFile) }

func (t *teller) uploadAdjusted() error { return t.upload("shubai", "2026-plan-adjusted.docx") }

func (t *teller) uploadReport() error { return t.upload("yizhou", "2026-half-year-report.docx") }

// upload brings a document of the examples in and has it read.
func (t *teller) upload(name, file string) error {
	ctx, err := t.as(name)
	if err != nil {
		return err
	}
	content, err := examples.Files.ReadFile(file)
	if err != nil {
		return err
	}
	up, err := t.Intake.Upload(ctx, file, bytes.NewReader(content))
	if err != nil {
		return err
	}
	if t.documents == nil {
		t.documents = map[string]ledger.Digest{}
	}
	t.documents[file] = up.Document.Value.Digest
	return t.read(up.Document.Value.Digest)
}

// reviewPlan goes through the proposals of the plan.
func (t *teller) reviewPlan() error {
	ctx, err := t.as("shubai")
	if err != nil {
		return err
	}
	document := t.documents[planFile]
	if t.plan, err = t.Intake.OpenReview(ctx, intake.Opening{Document: document, Year: year}); err != nil {
		return err
	}
	list, err := decisions()
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := t.step(ctx, d.event); err != nil {
			return err
		}
	}
	// A reviewer looks at what is left, section by section.
	if ctx, err = t.as("mingjing"); err != nil {
		return err
	}
	desk, err := t.Intake.Desk(ctx, t.plan, document)
	if err != nil {
		return err
	}
	for _, section := range desk.Proposal.Outline {
		if err := t.step(ctx, acceptIn(section.Number)); err != nil {
			return err
		}
	}
	return t.step(ctx, acceptIn(0))
}

// acceptIn accepts what is pending directly below a heading.
func acceptIn(section int) func(items []review.Item) (review.Event, error) {
	return func(items []review.Item) (review.Event, error) {
		there := slices.DeleteFunc(slices.Clone(items), func(i review.Item) bool { return i.Section != section })
		return review.Event{Op: review.Accept, Items: pending(there)}, nil
	}
}

// step takes the next step of the review; an event of no items is none.
func (t *teller) step(ctx context.Context, event func(items []review.Item) (review.Event, error)) error {
	document := t.documents[planFile]
	desk, err := t.Intake.Desk(ctx, t.plan, document)
	if err != nil {
		return err
	}
	e, err := event(desk.Review.Items())
	if err != nil || len(e.Items) == 0 {
		return err
	}
	e.Number = desk.Next()
	_, err = t.Intake.Take(ctx, t.plan, document, e)
	return err
}

// beginProvince begins to review what the province promised for the year; most of it is left to whoever comes next.
func (t *teller) beginProvince() error {
	const file = "provincial-excerpt.txt"
	if err := t.upload("shubai", file); err != nil {
		return err
	}
	ctx, err := t.as("shubai")
	if err != nil {
		return err
	}
	document := t.documents[file]
	plan, err := t.Intake.OpenReview(ctx, intake.Opening{Document: document, Year: year, Title: t.phrase("province.title")})
	if err != nil {
		return err
	}
	desk, err := t.Intake.Desk(ctx, plan, document)
	if err != nil {
		return err
	}
	seen := pending(desk.Review.Items())[:begun]
	_, err = t.Intake.Take(ctx, plan, document, review.Event{Number: desk.Next(), Op: review.Accept, Items: seen})
	return err
}

// begun is how many items of the province's report are reviewed at the end of the story.
const begun = 6

func (t *teller) enterPlan() error {
	ctx, err := t.as("shubai")
	if err != nil {
		return err
	}
	_, err = t.Intake.Enter(ctx, t.plan, t.documents[planFile])
	return err
}

// breakDown gives what the plan promises to units by rules.
func (t *teller) breakDown() error {
	ctx, err := t.as("shubai")
	if err != nil {
		return err
	}
	plan, err := t.Planning.Plan(ctx, t.plan)
	if err != nil {
		return err
	}
	rules, err := t.rules(plan.Value.Outline)
	if err != nil {
		return err
	}
	if _, err := t.Planning.SaveRules(ctx, t.plan, rules, 0); err != nil {
		return err
	}
	_, err = t.Planning.AssignByRules(ctx, t.plan, rules, nil)
	return err
}

// fillGaps assigns by hand what no rule fits, and gives the livelihood items milestones.
func (t *teller) fillGaps() error {
	ctx, err := t.as("yanqiu")
	if err != nil {
		return err
	}
	byHand, err := t.assignedByHand()
	if err != nil {
		return err
	}
	all, err := t.commitments(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if lead := byHand.lead(c.Value); c.Value.Lead == "" && lead != "" {
			picked := []planning.Chosen{{ID: c.Value.ID, Seen: c.Revision}}
			if _, err := t.Planning.Assign(ctx, t.plan, picked, planning.Give{Lead: &lead}); err != nil {
				return err
			}
		}
	}
	if all, err = t.commitments(ctx); err != nil {
		return err
	}
	for _, c := range all {
		if c.Value.Kind != ledger.KindLivelihood {
			continue
		}
		if _, err := t.Planning.SetMilestones(ctx, c.Value.ID, milestones(), c.Revision); err != nil {
			return err
		}
	}
	return nil
}

// commitments are all commitments of the plan.
func (t *teller) commitments(ctx context.Context) ([]store.Record[ledger.Commitment], error) {
	return service.All(ctx, func(ctx context.Context, page store.Page, _ ...store.Filter) (store.Listing[ledger.Commitment], error) {
		return t.Planning.Commitments(ctx, planning.CommitmentQuery{Plan: t.plan}, page)
	})
}

// promised is the commitment whose words begin so.
func (t *teller) promised(ctx context.Context, words string) (store.Record[ledger.Commitment], error) {
	all, err := t.commitments(ctx)
	if err != nil {
		return store.Record[ledger.Commitment]{}, err
	}
	for _, c := range all {
		if strings.HasPrefix(c.Value.Wording(), words) {
			return c, nil
		}
	}
	return store.Record[ledger.Commitment]{}, fmt.Errorf("no commitment begins with %q", words)
}

// consultUnits lets the units say what they think: most take what they are given, one objects and gets an answer.
func (t *teller) consultUnits() error {
	if err := t.planStep("shubai", planning.PlanStep{Action: "consult"}); err != nil {
		return err
	}
	for _, head := range []string{"yizhou", "linchuan", "lusheng", "zhiqiu", "shiyu"} {
		if err := t.acceptAll(head); err != nil {
			return err
		}
	}
	return t.objectToParking()
}

// acceptAll lets the head of a unit take all that the unit leads.
func (t *teller) acceptAll(head string) error {
	ctx, err := t.as(head)
	if err != nil {
		return err
	}
	all, err := t.commitments(ctx)
	if err != nil {
		return err
	}
	own := t.unitOf(head)
	for _, c := range all {
		if c.Value.Lead != own {
			continue
		}
		if err := t.Planning.Accept(ctx, c.Value.ID); err != nil {
			return err
		}
	}
	return nil
}

func (t *teller) unitOf(name string) ledger.UnitID {
	for _, a := range t.accounts {
		if a.Name == name {
			return a.Unit
		}
	}
	return ""
}

func (t *teller) submitPlan() error { return t.planStep("shubai", planning.PlanStep{Action: "submit"}) }

func (t *teller) approvePlan() error {
	return t.planStep("changchuan", planning.PlanStep{Action: "approve"})
}

func (t *teller) publishPlan() error {
	return t.planStep("shubai", planning.PlanStep{Action: "publish", Basis: t.phrase("publish.basis")})
}

// planStep lets somebody take a step of the plan's workflow.
func (t *teller) planStep(name string, step planning.PlanStep) error {
	ctx, err := t.as(name)
	if err != nil {
		return err
	}
	plan, err := t.Planning.Plan(ctx, t.plan)
	if err != nil {
		return err
	}
	step.Plan, step.Seen = t.plan, plan.Revision
	_, err = t.Planning.TakePlanStep(ctx, step)
	return err
}
