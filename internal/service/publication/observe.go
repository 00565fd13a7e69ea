package publication

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/progress"
	report "luoshi/internal/service/reporting"
	"luoshi/ledger"
)

// tellsOf are the kinds of records that editions tell of, with how the plan of a record is found. Locked figures are
// not among them: when they change the lights are computed, and that is.
var tellsOf = map[string]string{
	"plans":                "SELECT id AS plan FROM plans WHERE id IN (?)",
	"commitments":          "SELECT DISTINCT plan FROM commitments WHERE id IN (?)",
	"amendments":           "SELECT DISTINCT plan FROM amendments WHERE id IN (?) AND state = 'applied'",
	report.CorrectionKind:  "SELECT DISTINCT plan FROM corrections WHERE id IN (?) AND state = 'approved'",
	progress.LightKind:     "SELECT DISTINCT plan FROM commitments WHERE id IN (?)",
	progress.RunKind:       "SELECT id AS plan FROM plans WHERE id IN (?)",
	livelihood.PictureKind: "SELECT DISTINCT plan FROM commitments WHERE id IN (SELECT commitment FROM livelihood_pictures WHERE id IN (?))",
	livelihood.SurveyKind:  "SELECT DISTINCT plan FROM commitments WHERE id IN (SELECT commitment FROM livelihood_surveys WHERE id IN (?))",
}

// observe asks for another edition when something has changed that the last one tells of. However many changes come at
// once, one edition answers them.
func (s *Service) observe(ctx context.Context, w *service.Work, changes []audit.Change) error {
	changed := map[string][]string{}
	for _, c := range changes {
		if _, told := tellsOf[c.Object.Kind]; told {
			changed[c.Object.Kind] = append(changed[c.Object.Kind], c.Object.ID)
		}
	}
	var plans []string
	for kind, ids := range changed {
		for some := range slices.Chunk(ids, atOnce) {
			var found []string
			if err := w.Tx().NewRaw(tellsOf[kind], bun.List(some)).Scan(ctx, &found); err != nil {
				return fmt.Errorf("publication: finding the plans of changed %s: %w", kind, err)
			}
			plans = append(plans, found...)
		}
	}
	slices.Sort(plans)
	for _, plan := range slices.Compact(plans) {
		if err := s.ask(ctx, w, ledger.PlanID(plan)); err != nil {
			return err
		}
	}
	return nil
}

// ask asks for another edition of a plan, if it is public and that was not asked already.
func (s *Service) ask(ctx context.Context, w *service.Work, plan ledger.PlanID) error {
	var asked int64
	err := w.Tx().NewUpdate().Table(Kind).Set("asked = asked + 1").Where("plan = ?", plan).Where("open").Returning("asked").Scan(ctx, &asked)
	if noRows(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("publication: asking for an edition of plan %s: %w", plan, err)
	}
	if asked > 1 {
		return nil
	}
	return w.Enqueue(ctx, service.Task{Kind: RenewKind, Args: renewArgs{Plan: plan}})
}
