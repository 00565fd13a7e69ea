package reporting

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// DueItem is a form that a unit of the caller's is to fill.
type DueItem struct {
	Submission Submission
	Round      reporting.Round
	Plan       string // its title
	UnitName   string
	DaysLeft   int    // to the due day; negative behind it
	Returned   string // why it was returned; empty where it was not
	Reminded   time.Time
}

// WaitingItem is a submission that waits for the caller.
type WaitingItem struct {
	Submission Submission
	Round      reporting.Round
	Plan       string // its title
	UnitName   string
	Since      time.Time
	Offers     []workflow.Offer
}

// Waiting is what the caller may decide now.
type Waiting struct {
	Submissions []WaitingItem
	Corrections []CorrectionView
}

// listedRow is a submission with its round and plan, for lists.
type listedRow struct {
	submissionRow
	Opens      string
	Due        string
	Closes     string
	RoundState string
	Title      string
	Reminded   string
}

func (r listedRow) round() reporting.Round {
	return reporting.Round{
		ID: reporting.RoundID(r.Round), Plan: ledger.PlanID(r.Plan), Period: periodOf(r.Period), Opens: store.DateOf(r.Opens),
		Due: store.DateOf(r.Due), Closes: store.DateOf(r.Closes), State: reporting.RoundState(r.RoundState),
	}
}

// list is a query for submissions with their rounds, without their forms.
func (s *Service) list(ctx context.Context, rows *[]listedRow) *bun.SelectQuery {
	return s.core.Store().View(ctx).NewSelect().Model(rows).ModelTableExpr("submissions AS submissions").
		ExcludeColumn("*").
		ColumnExpr("submissions.id, submissions.revision, submissions.round, submissions.plan, submissions.period, submissions.ends").
		ColumnExpr("submissions.unit, submissions.state, submissions.asked, submissions.filled, submissions.warnings").
		ColumnExpr("submissions.statistics, submissions.late, submissions.sent, submissions.updated, submissions.returned").
		ColumnExpr("rounds.opens, rounds.due, rounds.closes, rounds.state AS round_state, plans.title").
		ColumnExpr("coalesce((SELECT max(at_time) FROM reminders WHERE reminders.round = rounds.id AND reminders.unit = submissions.unit), '') AS reminded").
		Join("JOIN rounds ON rounds.id = submissions.round").Join("JOIN plans ON plans.id = submissions.plan")
}

// Due is what the units of the caller are to fill, the most urgent first.
func (s *Service) Due(ctx context.Context) ([]DueItem, error) {
	ctx = once(ctx)
	scope, err := s.core.Scope(ctx, fillObservation, submissionColumns)
	if err != nil {
		return nil, err
	}
	var rows []listedRow
	query := s.list(ctx, &rows).Where("submissions.state IN (?)", bun.List(waiting)).
		Where("rounds.state <> ?", string(reporting.Planned)).OrderExpr("rounds.due, submissions.id")
	if err := scope(query).Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading what is due: %w", err)
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	today := s.core.Today()
	var items []DueItem
	for _, row := range rows {
		m, err := s.material(ctx, ledger.PlanID(row.Plan))
		if err != nil {
			return nil, err
		}
		item := DueItem{
			Submission: row.submission(), Round: row.round(), Plan: row.Title, UnitName: tree.Name(ledger.UnitID(row.Unit), today),
			Returned: row.Returned, Reminded: store.TimeOf(row.Reminded),
		}
		// As it is asked now: commitments may have come and gone.
		if item.Submission.Asked = m.asks(item.Round, item.Submission.Unit); item.Submission.Asked == 0 {
			continue
		}
		item.DaysLeft = today.DaysTo(item.Round.Due)
		items = append(items, item)
	}
	return items, nil
}

// handled are the states in which a form is with somebody who decides, and the steps that he may take.
var handled = []struct {
	state reporting.State
	steps []string
}{
	{reporting.Submitted, []string{"approve"}},
	{reporting.Approved, []string{"review"}},
	{reporting.Statistic, []string{"confirm"}},
	{reporting.Reviewed, []string{"lock"}},
}

// Waiting is what the caller may sign, confirm, review, lock or decide now. Locking waits for nobody before its round is
// closed.
func (s *Service) Waiting(ctx context.Context) (Waiting, error) {
	var found Waiting
	ctx = once(ctx)
	for _, h := range handled {
		items, err := s.waitingIn(ctx, h.state, h.steps)
		if err != nil {
			return found, err
		}
		found.Submissions = append(found.Submissions, items...)
	}
	slices.SortStableFunc(found.Submissions, func(a, b WaitingItem) int {
		return cmp.Or(b.Round.Due.DaysTo(a.Round.Due), a.Since.Compare(b.Since))
	})
	if !s.core.May(ctx, decideCorrection) {
		return found, nil
	}
	open, err := s.Corrections(ctx, CorrectionQuery{State: Proposed})
	for _, c := range open {
		if slices.ContainsFunc(c.Offers, func(o workflow.Offer) bool { return o.Action.Name == "approve" && o.Against == ledger.Wording{} }) {
			found.Corrections = append(found.Corrections, c)
		}
	}
	return found, err
}

// waitingIn are the submissions in a state of which the caller may take one of some steps.
func (s *Service) waitingIn(ctx context.Context, state reporting.State, steps []string) ([]WaitingItem, error) {
	right, _ := s.cases.Right(s.submission, steps[0])
	columns := submissionColumns
	var rows []listedRow
	query := s.list(ctx, &rows).Where("submissions.state = ?", string(state)).OrderExpr("rounds.due, submissions.sent, submissions.id").Limit(500)
	if state == reporting.Reviewed {
		query = query.Where("rounds.state = ?", string(reporting.Closed))
	}
	if right != confirmSubmission { // that is a matter of which unit the settings of the plan name
		scope, err := s.core.Scope(ctx, right, columns)
		if err != nil {
			return nil, err
		}
		query = scope(query)
	} else if !s.core.May(ctx, right) {
		return nil, nil
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading what waits: %w", err)
	}
	return s.offered(ctx, rows, steps)
}

// offered are submissions of which the caller may take one of some steps, with what else he may do with them.
func (s *Service) offered(ctx context.Context, rows []listedRow, steps []string) ([]WaitingItem, error) {
	begun := map[string]calendar.Date{}
	for _, row := range rows {
		begun[row.ID] = store.DateOf(row.Opens)
	}
	cases, err := s.cases.Cases(ctx, s.submission, SubmissionKind, begun)
	if err != nil {
		return nil, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	who, err := s.cases.Desk(ctx)
	if err != nil {
		return nil, err
	}
	var items []WaitingItem
	for _, row := range rows {
		d := &desk{row: row.submissionRow, round: row.round()}
		if d.material, err = s.material(ctx, ledger.PlanID(row.Plan)); err != nil {
			return nil, err
		}
		c := cases[row.ID]
		item := WaitingItem{
			Submission: row.submission(), Round: d.round, Plan: row.Title, UnitName: tree.Name(ledger.UnitID(row.Unit), s.core.Today()),
		}
		if len(c.Steps) > 0 {
			item.Since = c.Steps[len(c.Steps)-1].At
		}
		item.Offers = s.offers(who, d, c, nil)
		if slices.ContainsFunc(item.Offers, func(o workflow.Offer) bool { return slices.Contains(steps, o.Action.Name) }) {
			items = append(items, item)
		}
	}
	return items, nil
}

// Board is who has reported in a round.
type Board struct {
	Round RoundView
	Lines []BoardLine // in the order of the units
}

// BoardLine is a unit on the board.
type BoardLine struct {
	Submission
	UnitName string
	// Waits says by whom the submission is waited for: 单位负责人; empty for one that is locked.
	Waits    ledger.Wording
	Overdue  bool // not sent in although the due day is over
	Reminded time.Time
	Returned string // why it was returned; empty where it was not, or was sent in again
}

// waits says by whom a submission is waited for.
var waits = map[reporting.State]ledger.Wording{
	reporting.Drafted:   {ZH: "填报员", EN: "reporter"},
	reporting.Returned:  {ZH: "填报员", EN: "reporter"},
	reporting.Submitted: {ZH: "单位负责人", EN: "unit head"},
	reporting.Approved:  {ZH: "督查室、复核员", EN: "supervising office, reviewer"},
	reporting.Statistic: {ZH: "统计部门", EN: "statistics office"},
	reporting.Reviewed:  {ZH: "督查室", EN: "supervising office"},
}

// Board is who has reported in a round, of the units that the caller may see.
func (s *Service) Board(ctx context.Context, id reporting.RoundID) (Board, error) {
	var board Board
	var err error
	if board.Round, err = s.Round(ctx, id); err != nil {
		return board, err
	}
	scope, err := s.core.Scope(ctx, readSubmission, submissionColumns)
	if err != nil {
		return board, err
	}
	var rows []listedRow
	if err := scope(s.list(ctx, &rows).Where("submissions.round = ?", id)).Scan(ctx); err != nil {
		return board, fmt.Errorf("reading who has reported in round %s: %w", id, err)
	}
	m, err := s.material(ctx, board.Round.Plan)
	if err != nil {
		return board, err
	}
	of := map[string]*listedRow{}
	for i := range rows {
		of[rows[i].Unit] = &rows[i]
	}
	for _, unit := range m.tree.Units() {
		row, there := of[string(unit.ID)]
		if !there {
			continue
		}
		line := BoardLine{
			Submission: row.submission(), UnitName: m.name(ledger.UnitID(row.Unit), board.Round.Period),
			Waits: waits[reporting.State(row.State)], Returned: row.Returned, Reminded: store.TimeOf(row.Reminded),
		}
		if slices.Contains(waiting, row.State) {
			if line.Asked = m.asks(board.Round.Round, line.Unit); line.Asked == 0 && line.Filled == 0 {
				continue
			}
			line.Overdue = board.Round.Due.Before(s.core.Today())
		}
		board.Lines = append(board.Lines, line)
	}
	return board, nil
}
