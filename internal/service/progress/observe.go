package progress

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	report "luoshi/internal/service/reporting"
	"luoshi/ledger"
)

// restsOn are the kinds of records that lights rest on, with how the plan of a record is found.
var restsOn = map[string]string{
	"plans":               "SELECT id AS plan FROM plans WHERE id IN (?)",
	"commitments":         "SELECT DISTINCT plan FROM commitments WHERE id IN (?)",
	"milestone_marks":     "SELECT DISTINCT plan FROM commitments WHERE id IN (?)",
	"indicators":          "SELECT DISTINCT plan FROM indicators WHERE id IN (?)",
	"projects":            "SELECT DISTINCT plan FROM projects WHERE id IN (?)",
	report.SubmissionKind: "SELECT DISTINCT plan FROM submissions WHERE id IN (?) AND state = 'locked'",
	report.CorrectionKind: "SELECT DISTINCT plan FROM corrections WHERE id IN (?) AND state = 'approved'",
	report.RoundKind:      "SELECT DISTINCT plan FROM rounds WHERE id IN (?) AND state = 'closed'",
	report.SettingsKind:   "SELECT id AS plan FROM plans WHERE id IN (?)",
	PathKind:              "SELECT DISTINCT plan FROM commitments WHERE id IN (?)",
	RuleKind:              "SELECT id AS plan FROM plans WHERE id IN (?)",
}

// most is how many records are asked for at once.
const most = 500

// observe asks for the lights of a plan to be computed when something that they rest on has changed. However many
// changes come at once, they are computed once: whoever asks first asks the queue, and later ones find the request and
// leave it. They wait there until the earlier change is committed, so that no change is between a computation and the
// request that it took away.
func (s *Service) observe(ctx context.Context, w *service.Work, changes []audit.Change) error {
	changed := map[string][]string{}
	for _, c := range changes {
		if _, rests := restsOn[c.Object.Kind]; rests {
			changed[c.Object.Kind] = append(changed[c.Object.Kind], c.Object.ID)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	var plans []string
	for kind, ids := range changed {
		for some := range slices.Chunk(ids, most) {
			var found []string
			if err := w.Tx().NewRaw(restsOn[kind], bun.List(some)).Scan(ctx, &found); err != nil {
				return fmt.Errorf("progress: finding the plans of changed %s: %w", kind, err)
			}
			plans = append(plans, found...)
		}
	}
	slices.Sort(plans)
	for _, plan := range slices.Compact(plans) {
		if err := s.request(ctx, w, ledger.PlanID(plan)); err != nil {
			return err
		}
	}
	return nil
}

type requestRow struct {
	bun.BaseModel `bun:"table:light_requests,alias:light_requests"`
	Plan          string `bun:"plan,pk"`
	Asked         int64  `bun:"asked"`
}

// request asks for the lights of a plan, unless that was asked already. Only those of a published plan are computed.
func (s *Service) request(ctx context.Context, w *service.Work, plan ledger.PlanID) error {
	var published bool
	err := w.Tx().NewRaw("SELECT state = ? FROM plans WHERE id = ?", string(ledger.Published), plan).Scan(ctx, &published)
	if err != nil || !published {
		return err
	}
	row := requestRow{Plan: string(plan), Asked: 1}
	err = w.Tx().NewInsert().Model(&row).On("CONFLICT (plan) DO UPDATE").Set("asked = light_requests.asked + 1").Returning("asked").Scan(ctx, &row.Asked)
	if err != nil {
		return fmt.Errorf("progress: asking for the lights of plan %s: %w", plan, err)
	}
	if row.Asked > 1 {
		return nil
	}
	return w.Enqueue(ctx, service.Task{Kind: ComputeKind, Args: computeArgs{Plan: plan}})
}

// computeArgs is whose lights are to be computed; those of all published plans where it is empty.
type computeArgs struct {
	Plan ledger.PlanID `json:"plan,omitempty"`
}

func readArgs(args json.RawMessage) (computeArgs, error) {
	var asked computeArgs
	if len(args) == 0 {
		return asked, nil
	}
	if err := json.Unmarshal(args, &asked); err != nil {
		return asked, fmt.Errorf("progress: reading what to compute: %w", err)
	}
	return asked, nil
}
