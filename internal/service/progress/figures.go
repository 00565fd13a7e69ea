package progress

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	report "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

type figureRow struct {
	Subject, Unit, Point, Body string
}

// readFigures reads the locked figures, as far as lights need them: all of a plan's at once, hundreds of thousands of them;
// reporting.Service.Figures, which asks for the rights to each and hands out everything, is for pages.
func (s *Service) readFigures(ctx context.Context, g *ground, only narrow) error {
	query := s.core.Store().View(ctx).NewSelect().TableExpr("figures").Column("subject", "unit", "point").
		ColumnExpr(`CASE WHEN ?(body, '"nodes"') > 0 THEN body ELSE '' END AS body`, bun.Safe(s.finding())).Where("plan = ?", g.plan.ID)
	if len(only.subjects) > 0 {
		query = query.Where("subject IN (?)", bun.List(texts(only.subjects)))
	}
	if len(only.kinds) > 0 {
		query = query.Where(ofKinds("subject", only.kinds...))
	}
	rows, err := query.Rows(ctx)
	if err != nil {
		return fmt.Errorf("progress: reading the figures of plan %s: %w", g.plan.ID, err)
	}
	defer rows.Close()
	some := newFigures()
	for batch := range batches(rows) {
		some.read(batch)
	}
	if err := errors.Join(rows.Err(), some.done(g)); err != nil {
		return fmt.Errorf("progress: reading the figures of plan %s: %w", g.plan.ID, err)
	}
	return nil
}

// finding is the function that finds a text in another one; it looks more quickly than patterns do.
func (s *Service) finding() string {
	if s.core.Store().Dialect() == store.Postgres {
		return "strpos"
	}
	return "instr"
}

func texts(subjects []reporting.Subject) []string {
	all := make([]string, len(subjects))
	for i, s := range subjects {
		all[i] = s.String()
	}
	return all
}

// figuresAtOnce is how many figures are read together.
const figuresAtOnce = 512

// batches are the rows of an answer, some at once. What cannot be scanned ends them, and is the error of the rows.
func batches(rows *sql.Rows) iter.Seq[[]figureRow] {
	return func(yield func([]figureRow) bool) {
		for more := true; more; {
			batch := make([]figureRow, 0, figuresAtOnce)
			for len(batch) < figuresAtOnce && more {
				var r figureRow
				if more = rows.Next() && rows.Scan(&r.Subject, &r.Unit, &r.Point, &r.Body) == nil; more {
					batch = append(batch, r)
				}
			}
			if !yield(batch) {
				return
			}
		}
	}
}

// figures are read on all processors, while the database looks for more of them.
type figures struct {
	todo chan []figureRow
	wait sync.WaitGroup

	mu     sync.Mutex
	points map[lane][]sparse
	nodes  map[string][]reporting.NodeReached // by subject
	failed error
}

// lane is whose figures follow each other.
type lane struct{ subject, unit string }

func newFigures() *figures {
	f := &figures{todo: make(chan []figureRow, 2), points: map[lane][]sparse{}, nodes: map[string][]reporting.NodeReached{}}
	for range runtime.GOMAXPROCS(0) {
		f.wait.Go(func() {
			for batch := range f.todo {
				f.take(batch)
			}
		})
	}
	return f
}

func (f *figures) read(batch []figureRow) { f.todo <- batch }

// take reads a batch and puts its points beside those that are there.
func (f *figures) take(batch []figureRow) {
	points, nodes := make([]sparse, len(batch)), make([][]reporting.NodeReached, len(batch))
	var failed error
	for i := range batch {
		var point reporting.Point
		failed = errors.Join(failed, batch[i].read(&point, &nodes[i]))
		points[i] = sparsely(point)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failed = errors.Join(f.failed, failed)
	for i, r := range batch {
		of := lane{r.Subject, r.Unit}
		f.points[of] = append(f.points[of], points[i])
		if len(nodes[i]) > 0 {
			f.nodes[r.Subject] = append(f.nodes[r.Subject], nodes[i]...)
		}
	}
}

// done puts what was read where judging looks for it.
func (f *figures) done(g *ground) error {
	close(f.todo)
	f.wait.Wait()
	g.figures = locked{}
	g.reached = map[reporting.Subject]map[int]calendar.Date{}
	for of, points := range f.points {
		subject, err := reporting.ParseSubject(of.subject)
		if err != nil {
			return errors.Join(f.failed, err)
		}
		if g.figures[subject] == nil {
			g.figures[subject] = map[ledger.UnitID][]sparse{}
		}
		slices.SortStableFunc(points, func(a, b sparse) int { return periodsInTime(a.same.Value().Period, b.same.Value().Period) })
		g.figures[subject][ledger.UnitID(of.unit)] = append(make([]sparse, 0, len(points)), points...)
		delete(f.points, of)
	}
	for subject, nodes := range f.nodes {
		f.failed = errors.Join(f.failed, g.arrived(subject, nodes))
	}
	return f.failed
}

// read reads a figure.
func (r figureRow) read(point *reporting.Point, nodes *[]reporting.NodeReached) error {
	if err := json.Unmarshal([]byte(r.Point), point); err != nil {
		return fmt.Errorf("%s: %w", r.Subject, err)
	}
	point.State = reporting.Locked // whatever it says: it stands among the locked ones
	if r.Body == "" {
		return nil
	}
	var said reporting.Observation
	if err := json.Unmarshal([]byte(r.Body), &said); err != nil {
		return fmt.Errorf("%s: %w", r.Subject, err)
	}
	*nodes = said.Nodes
	return nil
}

// arrived keeps when the nodes of a subject were reached first.
func (g *ground) arrived(text string, nodes []reporting.NodeReached) error {
	if len(nodes) == 0 {
		return nil
	}
	subject, err := reporting.ParseSubject(text)
	if err != nil {
		return err
	}
	if g.reached[subject] == nil {
		g.reached[subject] = map[int]calendar.Date{}
	}
	for _, n := range nodes {
		if before := g.reached[subject][n.Number]; before.IsZero() || n.On.Before(before) {
			g.reached[subject][n.Number] = n.On
		}
	}
	return nil
}

// readEvidence counts the files of locked submissions; accounts do not ask for them.
func (s *Service) readEvidence(ctx context.Context, g *ground, only narrow) error {
	if only.accounts {
		return nil
	}
	query := s.core.Store().View(ctx).NewSelect().TableExpr("evidence AS e").ColumnExpr("e.subject, s.unit, count(*) AS files").
		Join("JOIN submissions AS s ON s.id = e.submission").Where("s.plan = ? AND s.state = ?", g.plan.ID, string(reporting.Locked)).
		Where("e.removed IS NULL").GroupExpr("e.subject, s.unit")
	if len(only.subjects) > 0 {
		query = query.Where("e.subject IN (?)", bun.List(texts(only.subjects)))
	}
	var rows []struct {
		Subject, Unit string
		Files         int
	}
	if err := query.Scan(ctx, &rows); err != nil {
		return fmt.Errorf("progress: counting the evidence of plan %s: %w", g.plan.ID, err)
	}
	g.evidence = map[about]int{}
	for _, r := range rows {
		subject, err := reporting.ParseSubject(r.Subject)
		if err != nil {
			return err
		}
		g.evidence[about{subject, ledger.UnitID(r.Unit)}] = r.Files
	}
	return nil
}

// readRounds finds for each frequency the last period whose round is closed: whose figures should be locked.
func (s *Service) readRounds(ctx context.Context, g *ground, _ narrow) error {
	settings := report.UsualSettings()
	var body string
	err := s.core.Store().View(ctx).NewSelect().Table("report_settings").Column("body").Where("plan = ?", g.plan.ID).Scan(ctx, &body)
	if err == nil {
		err = json.Unmarshal([]byte(body), &settings)
	}
	if err != nil && !noRows(err) {
		return fmt.Errorf("progress: reading what the units of plan %s are asked: %w", g.plan.ID, err)
	}
	g.asking, g.due = settings.Asking, map[reporting.Frequency]reporting.Period{}
	var closed []string
	err = s.core.Store().View(ctx).NewSelect().Table("rounds").Column("period").
		Where("plan = ? AND state = ?", g.plan.ID, string(reporting.Closed)).Scan(ctx, &closed)
	if err != nil {
		return fmt.Errorf("progress: reading the rounds of plan %s: %w", g.plan.ID, err)
	}
	for _, key := range closed {
		p, err := reporting.ParsePeriod(key)
		if err != nil {
			return err
		}
		if last := g.due[p.Frequency]; last.IsZero() || last.Before(p) {
			g.due[p.Frequency] = p
		}
	}
	return nil
}

// accountedKinds are of what the tables speak.
var accountedKinds = []reporting.SubjectKind{reporting.OfIndicator, reporting.OfProject}

// ofKinds finds the subjects of some kinds.
func ofKinds(column string, kinds ...reporting.SubjectKind) string {
	conditions := make([]string, len(kinds))
	for i, kind := range kinds {
		// What begins with a word and a colon lies between that and the word with a semicolon, which an index finds.
		conditions[i] = fmt.Sprintf("%[1]s >= '%[2]s:' AND %[1]s < '%[2]s;'", column, kind)
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
}

// open is what units have sent in for periods that end with one, and what is not locked yet.
func (s *Service) open(ctx context.Context, plan ledger.PlanID, period reporting.Period) (map[about]reporting.Stated, error) {
	var rows []struct {
		Subject, Unit, Period, State, Body string
	}
	err := s.core.Store().View(ctx).NewSelect().TableExpr("submissions AS s").ColumnExpr("o.subject, s.unit, s.period, s.state, o.body").
		Join("JOIN observations AS o ON o.submission = s.id").
		Where("s.plan = ? AND s.ends = ? AND s.state IN (?)", plan, period.Span().To.String(), bun.List(sentIn)).Where(ofKinds("o.subject", accountedKinds...)).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("progress: reading what is not locked of plan %s: %w", plan, err)
	}
	all := map[about]reporting.Stated{}
	for _, r := range rows {
		subject, err := reporting.ParseSubject(r.Subject)
		if err != nil {
			return nil, err
		}
		var o reporting.Observation
		if err := json.Unmarshal([]byte(r.Body), &o); err != nil {
			return nil, fmt.Errorf("progress: reading what is not locked of plan %s: %w", plan, err)
		}
		p, err := reporting.ParsePeriod(r.Period)
		if err != nil {
			return nil, err
		}
		all[about{subject, ledger.UnitID(r.Unit)}] = reporting.Stated{
			Period: p, Unit: ledger.UnitID(r.Unit), Figures: o.Figures, Said: o.Said, State: reporting.State(r.State), Reason: o.Reason,
		}
	}
	return all, nil
}

// sentIn are the states of what a unit stands by, although it does not count yet. A draft is nobody else's business.
var sentIn = []reporting.State{reporting.Submitted, reporting.Approved, reporting.Statistic, reporting.Reviewed}
