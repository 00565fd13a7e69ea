package load

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/ledger/reporting"
)

// The rows that reporting leaves in the tables of packages reporting and workflow. They are written here in bulk; that
// they are what the use cases would have written is for the tests to show.
type (
	settingsRow struct {
		bun.BaseModel `bun:"table:report_settings"`
		Plan          string
		Revision      int
		Body          string
	}
	roundRow struct {
		bun.BaseModel                          `bun:"table:rounds"`
		ID                                     string
		Revision                               int
		Plan, Period, Ends, Opens, Due, Closes string
		State                                  string
	}
	submissionRow struct {
		bun.BaseModel                          `bun:"table:submissions"`
		ID                                     string
		Revision                               int
		Round, Plan, Period, Ends, Unit, State string
		Asked, Filled, Warnings                int
		Statistics, Late                       bool
		Sent                                   *string
		Updated, Returned, Form, Burden        string
	}
	observationRow struct {
		bun.BaseModel                                     `bun:"table:observations"`
		ID                                                string
		Revision                                          int
		Submission, Subject, Account, AtTime, Terms, Body string
	}
	evidenceRow struct {
		bun.BaseModel                            `bun:"table:evidence"`
		ID, Submission, Subject, Name, MediaType string
		Size                                     int
		Digest, Preview                          string
		Scanned                                  bool
		Account, AtTime                          string
		Removed                                  *string
	}
	figureRow struct {
		bun.BaseModel                                                       `bun:"table:figures"`
		Plan, Subject, Unit, Period, Ends, Submission, OfPeriod, Cumulative string
		Corrected                                                           bool
		Point, Body                                                         string
	}
	correctionRow struct {
		bun.BaseModel                      `bun:"table:corrections"`
		ID                                 string
		Revision                           int
		Plan, Subject, Unit, Period, State string
		Before                             string `bun:"before_body"`
		After                              string `bun:"after_body"`
		Reason, Basis, Document            string
		Proposer, Proposed, Decider        string
		Decided                            *string
		Answer, Derived                    string
	}
	caseRow struct {
		bun.BaseModel      `bun:"table:flow_cases"`
		Kind, Object, Flow string
		Version            int
		Begun, State       string
	}
	stepRow struct {
		bun.BaseModel                                       `bun:"table:flow_steps"`
		Kind, Object                                        string
		Number                                              int
		Action, Role, Account, OnDay, AtTime, Facts, Reason string
		Days                                                int
	}
)

// reportRows are the rows that the reporting of some units leaves.
type reportRows struct {
	submissions  []submissionRow
	observations []observationRow
	evidence     []evidenceRow
	figures      []figureRow
	corrections  []correctionRow
	cases        []caseRow
	steps        []stepRow
}

// write writes rows. A submission is locked last, as nothing of it can be written any more from then on.
func (r *reportRows) write(ctx context.Context, tx bun.Tx) error {
	var locked []string
	for i, s := range r.submissions {
		if s.State == string(reporting.Locked) {
			locked, r.submissions[i].State = append(locked, s.ID), string(reporting.Reviewed)
		}
	}
	for _, write := range []func() error{
		func() error { return insert(ctx, tx, r.submissions) },
		func() error { return insert(ctx, tx, r.observations) },
		func() error { return insert(ctx, tx, r.evidence) },
		func() error { return insert(ctx, tx, r.figures) },
		func() error { return insert(ctx, tx, r.corrections) },
		func() error { return insert(ctx, tx, r.cases) },
		func() error { return insert(ctx, tx, r.steps) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	_, err := tx.NewUpdate().Table("submissions").Set("state = ?", string(reporting.Locked)).Where("id IN (?)", bun.List(locked)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("load: locking submissions: %w", err)
	}
	return nil
}

// atOnce is how many rows one statement writes.
const atOnce = 400

func insert[R any](ctx context.Context, tx bun.Tx, rows []R) error {
	for part := range slices.Chunk(rows, atOnce) {
		if _, err := tx.NewInsert().Model(&part).Exec(ctx); err != nil {
			return fmt.Errorf("load: writing %T: %w", part, err)
		}
	}
	return nil
}

// written is a value as a column of JSON keeps it.
func written(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // values of the ledger can be written
	}
	return string(text)
}
