package progress

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// Grouping is what the rows of a wall chart are grouped by.
type Grouping string

const (
	ByArea     Grouping = "area"     // of the plan's outline
	ByUnit     Grouping = "unit"     // that leads
	ByCategory Grouping = "category" // of project: the rows are projects then
)

// Groupings are all of them, in the order in which they are offered.
func Groupings() []Grouping { return []Grouping{ByArea, ByUnit, ByCategory} }

// How many lines a wall chart has, headings of groups among them: on a page of the screen, and at most on paper.
const (
	WallLines  = 60
	PaperLines = 400
)

// WallQuery is what a wall chart is to show. What is empty narrows nothing.
type WallQuery struct {
	LightQuery
	GroupBy  Grouping
	Category ledger.ProjectCategory // of projects, where they are the rows
	Order    string                 // within a group: that of the plan where it is empty, "by", or Severity
	Page     int                    // from 1
	Lines    int                    // on a page; WallLines where it is 0
}

// Wall is a page of a wall chart (挂图作战): what was promised, row by row, against the year.
type Wall struct {
	Plan   ledger.Plan
	On     calendar.Date
	Run    Run // when the lights were computed
	Total  Tally
	Groups []WallGroup // all of the chart, also those of other pages
	Parts  []WallPart  // what this page shows
	Page   int         // from 1
	Pages  int
}

// WallGroup is a group of rows.
type WallGroup struct {
	Key   string
	Title ledger.Wording // empty for what belongs to no area or no unit
	Page  int            // on which it begins
	Tally
}

// WallPart is what a page shows of a group.
type WallPart struct {
	WallGroup
	Rows      []WallRow
	Continued bool // it began on an earlier page
}

// WallRow is a commitment or a project across the year.
type WallRow struct {
	Commitment ledger.CommitmentID // empty for a project
	Project    ledger.ProjectID    // empty for a commitment
	Number     string
	Title      string
	UnitName   string // that leads
	Colour     light.Colour
	Why        []ledger.Wording // the light is what it is
	Begins, By calendar.Date    // zero where none is set
	Progress   ledger.Decimal   // per cent, as locked figures show it; none where nothing is measured
	Standing   light.Standing   // what the calendar says
	Finished   bool             // it is done, whatever its light
	Milestones []WallMilestone
	Slips      []Slip // of the deadline, the first one first
	Wish       *Slip  // of the deadline, proposed and not in force
	MayMove    bool   // the caller may propose another deadline
}

// WallMilestone is a step on a row.
type WallMilestone struct {
	Number  int
	Title   string
	By      calendar.Date
	Reached calendar.Date // zero while it was not
	Missed  bool          // its day is over
	MayMove bool          // the caller may propose another day
	Slips   []Slip        // of its day, the first one first
	Wish    *Slip         // of its day, proposed and not in force
}

// Slip is that a deadline was moved by an amendment, or is to be.
type Slip struct {
	Amendment ledger.AmendmentID
	From, To  calendar.Date
	Since     calendar.Date // from this day on it holds
}

// Wall is a page of the wall chart of a published plan, as far as the caller may see it.
func (s *Service) Wall(ctx context.Context, query WallQuery) (Wall, error) {
	wall := Wall{On: s.core.Today()}
	var err error
	if wall.Plan, err = s.plan(ctx, query.Plan); err != nil {
		return wall, err
	}
	if wall.Plan.State != ledger.Published {
		return wall, faults.New("plan.not_published")
	}
	run, err := s.lastRun(ctx, query.Plan)
	if err != nil {
		return wall, err
	}
	wall.Run = run.run()
	groups, err := s.wallGroups(ctx, wall.Plan, query)
	if err != nil {
		return wall, err
	}
	for _, g := range groups {
		wall.Total.join(g.Tally)
	}
	return wall, s.fillWall(ctx, &wall, query, groups)
}

// fillWall puts the rows of a page on a wall chart.
func (s *Service) fillWall(ctx context.Context, wall *Wall, query WallQuery, groups []keyGroup) error {
	sizes := make([]int, len(groups))
	for i, g := range groups {
		sizes[i] = g.size
	}
	lines := query.Lines
	if lines <= 0 {
		lines = WallLines
	}
	pages := paged(sizes, lines)
	wall.Pages = max(1, len(pages))
	wall.Page = min(max(1, query.Page), wall.Pages)
	for i, page := range pages {
		for _, stretch := range page {
			if stretch.from == 0 {
				groups[stretch.group].Page = i + 1
			}
		}
	}
	for _, g := range groups {
		wall.Groups = append(wall.Groups, g.WallGroup)
	}
	if len(pages) == 0 {
		return nil
	}
	ids, err := s.onPage(ctx, wall.Plan, query, groups, pages[wall.Page-1])
	if err != nil {
		return err
	}
	byID, err := s.wallRows(ctx, wall.Plan, query.GroupBy, slices.Concat(ids...))
	if err != nil {
		return err
	}
	for i, stretch := range pages[wall.Page-1] {
		part := WallPart{WallGroup: groups[stretch.group].WallGroup, Continued: stretch.from > 0}
		for _, id := range ids[i] {
			if row, there := byID[id]; there {
				part.Rows = append(part.Rows, row)
			}
		}
		wall.Parts = append(wall.Parts, part)
	}
	return nil
}

// wallRows are the rows of commitments or projects, by their identifiers.
func (s *Service) wallRows(ctx context.Context, plan ledger.Plan, by Grouping, ids []string) (map[string]WallRow, error) {
	if by == ByCategory {
		return s.projectRows(ctx, plan, ids)
	}
	return s.commitmentRows(ctx, plan, ids)
}

// stretch is a part of a group that stands on one page.
type stretch struct{ group, from, to int }

// paged puts groups of these sizes on pages of so many lines, of which each group takes one for its heading. A group that
// fits on one page is not torn apart; a larger one goes on over several.
func paged(sizes []int, lines int) [][]stretch {
	var pages [][]stretch
	var page []stretch
	lines = max(lines, 2)
	free := lines
	for group, size := range sizes {
		for from := 0; from < size; {
			if free < 2 || from == 0 && size >= free && size < lines {
				pages, page, free = append(pages, page), nil, lines
			}
			n := min(free-1, size-from)
			page, free, from = append(page, stretch{group, from, from + n}), free-1-n, from+n
		}
	}
	if len(page) > 0 {
		pages = append(pages, page)
	}
	return pages
}

// fetched are records by their identifiers, read a part at a time.
func fetched[T any](ctx context.Context, some func(context.Context, ...string) ([]store.Record[T], error), ids []string) ([]T, error) {
	var all []T
	for len(ids) > 0 {
		n := min(len(ids), store.MaxLimit)
		records, err := some(ctx, ids[:n]...)
		if err != nil {
			return nil, err
		}
		all, ids = append(all, store.Values(records)...), ids[n:]
	}
	return all, nil
}
