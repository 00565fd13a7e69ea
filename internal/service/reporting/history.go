package reporting

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// lane is a run of observations of which each is derived from those before it. Of an indicator every unit has its own,
// which is its part of the whole; a target, a task or a project is one, whoever has to report on it.
type lane struct {
	subject reporting.Subject
	unit    ledger.UnitID
}

func laneOf(subject reporting.Subject, unit ledger.UnitID) lane {
	if subject.Kind != reporting.OfIndicator {
		unit = ""
	}
	return lane{subject, unit}
}

// remark is one observation of a lane as it stands after corrections.
type remark struct {
	reporting.Stated
	Submission  reporting.SubmissionID
	Terms       reporting.Terms
	Observation reporting.Observation
}

// history are the remarks of lanes, in time.
type history map[lane][]remark

// span says which remarks a history holds. What is empty narrows nothing.
type span struct {
	plan     ledger.PlanID
	subjects []reporting.Subject
	unit     ledger.UnitID                       // of the lanes of indicators; with it there have to be subjects
	before   []ledger.UnitID                     // further ones, with whose figures that unit goes on
	locked   bool                                // those alone that are locked
	from     calendar.Date                       // what was locked changes nothing of periods that end before this day
	also     map[figureKey]reporting.Observation // what a correction says that is being approved
}

// saidRow is an observation with its submission.
type saidRow struct {
	ID, Submission, Subject, Terms, Body string
	Period, Ends, Unit, State            string
}

// atOnce is how many values one query is given.
const atOnce = 400

// history reads what was said.
func (s *Service) history(ctx context.Context, of span) (history, error) {
	found := history{}
	subjects := make([]string, len(of.subjects))
	for i, subject := range of.subjects {
		subjects[i] = subject.String()
	}
	if len(subjects) == 0 && of.unit == "" {
		return found, s.recall(ctx, found, of, nil)
	}
	for part := range slices.Chunk(subjects, atOnce) {
		if err := s.recall(ctx, found, of, part); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// recall puts what was said on some subjects, or on all, into a history.
func (s *Service) recall(ctx context.Context, found history, of span, subjects []string) error {
	var rows []saidRow
	for _, query := range s.queries(ctx, of, subjects) {
		if of.locked {
			query = query.Where("s.state = ?", string(reporting.Locked))
		}
		var some []saidRow
		if err := query.Scan(ctx, &some); err != nil {
			return fmt.Errorf("reading what was said in plan %s: %w", of.plan, err)
		}
		rows = append(rows, some...)
	}
	return s.remember(ctx, found, of, rows, subjects)
}

// The tables of what was said, in the order in which SQLite is to look into them; PostgreSQL chooses its own.
const (
	byForm    = "submissions AS s CROSS JOIN observations AS o"
	bySubject = "observations AS o CROSS JOIN submissions AS s"
)

// saidQuery is a query for what was said in a plan.
func (s *Service) saidQuery(ctx context.Context, tables string, plan ledger.PlanID) *bun.SelectQuery {
	return s.core.Store().View(ctx).NewSelect().TableExpr(tables).Where("o.submission = s.id").
		ColumnExpr("o.id, o.submission, o.subject, o.terms, o.body, s.period, s.ends, s.unit, s.state").Where("s.plan = ?", plan)
}

// queries look for remarks: for those of a unit by its forms, for those of lanes that others may have had before by
// their subjects.
func (s *Service) queries(ctx context.Context, of span, subjects []string) []*bun.SelectQuery {
	if subjects == nil {
		return []*bun.SelectQuery{s.saidQuery(ctx, byForm, of.plan)}
	}
	if of.unit == "" {
		return []*bun.SelectQuery{s.saidQuery(ctx, bySubject, of.plan).Where("o.subject IN (?)", bun.List(subjects))}
	}
	units := append([]ledger.UnitID{of.unit}, of.before...)
	own := s.saidQuery(ctx, byForm, of.plan).Where("o.subject IN (?)", bun.List(subjects)).Where("s.unit IN (?)", bun.List(units))
	shared := slices.DeleteFunc(slices.Clone(subjects), func(text string) bool { return subjectOf(text).Kind == reporting.OfIndicator })
	if len(shared) == 0 {
		return []*bun.SelectQuery{own}
	}
	others := s.saidQuery(ctx, bySubject, of.plan).Where("o.subject IN (?)", bun.List(shared)).Where("s.unit NOT IN (?)", bun.List(units))
	return []*bun.SelectQuery{own, others}
}

// remember puts rows into a history, as they stand after corrections.
func (s *Service) remember(ctx context.Context, found history, of span, rows []saidRow, subjects []string) error {
	slices.SortFunc(rows, func(a, b saidRow) int {
		return cmp.Or(cmp.Compare(a.Ends, b.Ends), cmp.Compare(a.Period, b.Period), cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Subject, b.Subject))
	})
	corrected, err := s.corrected(ctx, of, subjects)
	if err != nil {
		return err
	}
	known := map[string]reporting.Terms{} // most rows have the same few
	counts := map[lane]int{}
	for _, row := range rows {
		counts[laneOf(subjectOf(row.Subject), ledger.UnitID(row.Unit))]++
	}
	for l, n := range counts {
		found[l] = slices.Grow(found[l], n)
	}
	for _, row := range rows {
		r, err := row.remark(corrected, known)
		if err != nil {
			return err
		}
		if !r.Observation.IsEmpty() {
			l := laneOf(r.Observation.Subject, r.Unit)
			found[l] = append(found[l], r)
		}
	}
	return nil
}

func (row saidRow) remark(corrected map[figureKey]reporting.Observation, known map[string]reporting.Terms) (remark, error) {
	r := remark{Submission: reporting.SubmissionID(row.Submission)}
	if err := json.Unmarshal([]byte(row.Body), &r.Observation); err != nil {
		return r, fmt.Errorf("reading observation %s: %w", row.ID, err)
	}
	terms, read := known[row.Terms]
	if !read {
		if err := json.Unmarshal([]byte(row.Terms), &terms); err != nil {
			return r, fmt.Errorf("reading the terms of observation %s: %w", row.ID, err)
		}
		known[row.Terms] = terms
	}
	r.Terms = terms
	r.Observation.Subject = subjectOf(row.Subject)
	after, is := corrected[figureKey{row.Subject, row.Unit, row.Period}]
	if is {
		r.Observation = after
	}
	r.Stated = reporting.Stated{
		Period: periodOf(row.Period), Unit: ledger.UnitID(row.Unit), Observation: reporting.ObservationID(row.ID),
		Figures: r.Observation.Figures, Said: r.Observation.Said, State: reporting.State(row.State), Corrected: is,
		Reason: r.Observation.Reason,
	}
	return r, nil
}

// figureKey names a figure of a plan.
type figureKey struct{ subject, unit, period string }

// corrected is what stands after the corrections that were approved, the last one last.
func (s *Service) corrected(ctx context.Context, of span, subjects []string) (map[figureKey]reporting.Observation, error) {
	var rows []correctionRow
	query := s.core.Store().View(ctx).NewSelect().Model(&rows).Column("id", "subject", "unit", "period", "after_body").
		Where("plan = ?", of.plan).Where("state = ?", string(Agreed)).Order("decided", "id")
	if subjects != nil {
		query = query.Where("subject IN (?)", bun.List(subjects))
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the corrections of plan %s: %w", of.plan, err)
	}
	found := map[figureKey]reporting.Observation{}
	for _, row := range rows {
		var after reporting.Observation
		if err := json.Unmarshal([]byte(row.After), &after); err != nil {
			return nil, fmt.Errorf("reading correction %s: %w", row.ID, err)
		}
		after.Subject = subjectOf(row.Subject)
		found[figureKey{row.Subject, row.Unit, row.Period}] = after
	}
	maps.Copy(found, of.also)
	return found, nil
}

// uniform tells whether in each lane all remarks are of the same terms. Where the last one is of others, periods before
// it are computed anew by them.
func (h history) uniform() bool {
	for _, remarks := range h {
		for _, r := range remarks {
			if r.Terms != remarks[0].Terms {
				return false
			}
		}
	}
	return true
}

// points are the remarks of a lane in both views, by the terms under which the last one was made.
func points(remarks []remark) []reporting.Point {
	if len(remarks) == 0 {
		return nil
	}
	said := make([]reporting.Stated, len(remarks))
	for i, r := range remarks {
		said[i] = r.Stated
	}
	return reporting.Derive(remarks[len(remarks)-1].Terms, said)
}

// before are the points of a lane for periods that end before one, and what was said for that one by others than a
// submission.
func (h history) before(l lane, p reporting.Period, not reporting.SubmissionID) []reporting.Point {
	terms, said := earlier(h[l], p, not)
	return reporting.Derive(terms, said)
}

// earlier is what was said for periods that end before one by others than a submission, and the terms of the last of it.
func earlier(remarks []remark, p reporting.Period, not reporting.SubmissionID) (terms reporting.Terms, said []reporting.Stated) {
	said = make([]reporting.Stated, 0, len(remarks)+1)
	for i := range remarks {
		if r := &remarks[i]; r.Submission != not && r.Period != p && !p.Before(r.Period) {
			terms, said = r.Terms, append(said, r.Stated)
		}
	}
	return terms, said
}

// with is the point of a period of a lane when something is said there.
func (h history) with(l lane, stated reporting.Stated, terms reporting.Terms, not reporting.SubmissionID) reporting.Point {
	_, said := earlier(h[l], stated.Period, not)
	for _, p := range reporting.Derive(terms, append(said, stated)) {
		if p.Period == stated.Period {
			return p
		}
	}
	return reporting.Point{}
}

// during are the points of all units for a period, by subject: parts of a whole, and what others hold.
func (h history) during(p reporting.Period) map[reporting.Subject][]reporting.Point {
	found := map[reporting.Subject][]reporting.Point{}
	for l, remarks := range h {
		for _, point := range points(remarks) {
			if point.Period == p {
				found[l.subject] = append(found[l.subject], point)
			}
		}
	}
	for _, list := range found {
		slices.SortFunc(list, func(a, b reporting.Point) int { return cmp.Compare(a.Unit, b.Unit) })
	}
	return found
}
