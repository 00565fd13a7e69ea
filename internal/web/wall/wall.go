// Package wall is the wall chart of a plan (挂图作战): everything that was promised as a row across the year, with its
// milestones, its light, today's line, and where its deadline was moved. There is a page to work with, a screen for a
// meeting room, sheets for paper, and a table that says the same in words. It is drawn on the server; a script adds
// what is better with one.
package wall

import (
	"cmp"
	"context"
	_ "embed" // the words
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/service/supervision"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of wall charts.
type Pages struct {
	core     *service.Core
	progress *uses.Service
	planning *planning.Service
	orders   *supervision.Service
}

// New makes the pages.
func New(core *service.Core, progress *uses.Service, planning *planning.Service, orders *supervision.Service) *Pages {
	return &Pages{core: core, progress: progress, planning: planning, orders: orders}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /plans/{plan}/wall", Handler: p.chart},
		{Pattern: "GET /plans/{plan}/wall/screen", Handler: p.screen},
		{Pattern: "GET /plans/{plan}/wall/sheet", Handler: p.sheet},
		{Pattern: "GET /plans/{plan}/wall/deadline/{commitment}", Handler: p.moveForm},
		{Pattern: "POST /plans/{plan}/wall/deadline/{commitment}", Handler: p.move},
	}
}

// URL is the wall chart of a plan.
func URL(plan ledger.PlanID) string { return page.PlanURL(plan, "/wall") }

// chart is a page of the wall chart, as a drawing or as a table.
func (p *Pages) chart(w http.ResponseWriter, r *http.Request) error {
	c, err := p.read(r, 0)
	if err != nil {
		return err
	}
	return web.Show(w, r, chartPage(c))
}

// screenLines are how many lines a screen of a meeting room shows so that they are read from the last row of seats.
const screenLines = 18

// screen is the wall chart for a meeting room.
func (p *Pages) screen(w http.ResponseWriter, r *http.Request) error {
	c, err := p.read(r, screenLines)
	if err != nil {
		return err
	}
	return web.Show(w, r, screenPage(c))
}

// shown is a wall chart as it is shown.
type shown struct {
	uses.Wall
	page.List
	forms.Names
	Query uses.WallQuery
	Zoom  zoom
	Span  span
	Table bool // as a table rather than as a drawing
	// Orders are the orders that are out about the rows shown, by the row's record, as far as the caller may read them.
	Orders map[string][]supervision.Summary
}

// read reads the wall chart that an address asks for.
func (p *Pages) read(r *http.Request, lines int) (shown, error) {
	c := shown{List: page.ListOf(r)}
	c.Query = queryOf(r)
	c.Query.Lines = lines
	c.Table = c.Filter("view") == "table"
	var err error
	if c.Names, err = forms.NamesOf(r.Context(), p.core); err != nil {
		return c, err
	}
	if c.Wall, err = p.progress.Wall(r.Context(), c.Query); err != nil {
		return c, err
	}
	c.Zoom, c.Span = zoomed(c.Filter("zoom"), c.Filter("at"), c.Plan.Year, c.On)
	c.Orders, err = p.ordersOn(r.Context(), c.Wall)
	return c, err
}

// ordersOn are the orders that are out about what a chart shows. Drafts have no number yet and are left out.
func (p *Pages) ordersOn(ctx context.Context, wall uses.Wall) (map[string][]supervision.Summary, error) {
	if !p.core.May(ctx, "order.read") {
		return nil, nil
	}
	var commitments []ledger.CommitmentID
	var projects []ledger.ProjectID
	for _, part := range wall.Parts {
		for _, row := range part.Rows {
			if row.Commitment != "" {
				commitments = append(commitments, row.Commitment)
			} else {
				projects = append(projects, row.Project)
			}
		}
	}
	aboutCommitments, err := p.orders.AboutCommitments(ctx, commitments)
	if err != nil {
		return nil, err
	}
	aboutProjects, err := p.orders.AboutProjects(ctx, projects)
	found := map[string][]supervision.Summary{}
	out := func(id string, orders []supervision.Summary) {
		found[id] = slices.DeleteFunc(orders, func(o supervision.Summary) bool { return o.Number == "" })
	}
	for id, orders := range aboutCommitments {
		out(string(id), orders)
	}
	for id, orders := range aboutProjects {
		out(string(id), orders)
	}
	return found, err
}

// ordersOf are the orders that are out about a row.
func (c shown) ordersOf(row uses.WallRow) []supervision.Summary {
	return c.Orders[cmp.Or(string(row.Commitment), string(row.Project))]
}

// orderURL is the page of an order.
func orderURL(o supervision.Summary) string { return "/orders/" + string(o.ID) }

// queryOf is what an address asks for. What it cannot do is left out, so that an old link still shows something.
func queryOf(r *http.Request) uses.WallQuery {
	get := r.URL.Query().Get
	q := uses.WallQuery{
		LightQuery: uses.LightQuery{
			Plan: ledger.PlanID(r.PathValue("plan")), Unit: ledger.UnitID(get("unit")), Below: true, Words: get("q"), Overdue: get("overdue") != "",
		},
		GroupBy: oneOf(uses.Groupings(), get("by"), uses.ByArea), Category: oneOf(ledger.ProjectCategories(), get("category"), ""),
		Order: oneOf([]string{"by", uses.Severity}, get("order"), ""), Page: number(get("page")),
	}
	if c := oneOf(light.Colours(), get("colour"), ""); c != "" {
		q.Colours = []light.Colour{c}
	}
	if k := oneOf(ledger.CommitmentKinds(), get("kind"), ""); q.GroupBy != uses.ByCategory {
		q.Kind = k
	}
	return q
}

// oneOf is a value where it is one of several, and otherwise another one.
func oneOf[T ~string](all []T, value string, otherwise T) T {
	if slices.Contains(all, T(value)) {
		return T(value)
	}
	return otherwise
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// at is the address of the same chart elsewhere, and with other values of its parameters; those that are empty are left
// out.
func (c shown) at(path string, pairs ...string) string {
	values := c.URL.Query()
	values.Del("lang")
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			values.Del(pairs[i])
		} else {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	return joined(path, values)
}

func joined(path string, values url.Values) string {
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// here is the address of the same page with other values.
func (c shown) here(pairs ...string) string { return c.at(c.URL.Path, pairs...) }

// pageURL is the address of a page of the chart; empty where there is none.
func (c shown) pageURL(n int) string {
	if n < 1 || n > c.Pages {
		return ""
	}
	return c.here("page", strconv.Itoa(n))
}

// groupURL is where a group begins.
func (c shown) groupURL(g uses.WallGroup) string {
	return c.here("page", strconv.Itoa(max(1, g.Page))) + "#" + groupID(g)
}

func groupID(g uses.WallGroup) string { return "group-" + g.Key }

// narrowed tells whether something is left out on purpose.
func (c shown) narrowed() bool {
	q := c.Query
	return q.Unit != "" || q.Words != "" || q.Overdue || q.Category != "" || len(q.Colours) > 0 || q.Kind != ""
}

// rowURL is the page that tells the rest of a row.
func rowURL(r uses.WallRow) string {
	if r.Project != "" {
		return page.ProjectURL(r.Project, "")
	}
	return "/lights/" + string(r.Commitment)
}

// moveURL is the form on which another deadline of a row is proposed.
func moveURL(plan ledger.PlanID, row uses.WallRow) string {
	return URL(plan) + "/deadline/" + string(row.Commitment)
}

// milestoneURL is the form on which another day of a milestone of a row is proposed.
func milestoneURL(move string, m uses.WallMilestone) string {
	return move + "?milestone=" + strconv.Itoa(m.Number)
}

// late is since how many days a row is overdue; 0 where it is not.
func late(row uses.WallRow, on calendar.Date) int {
	if row.Finished || row.By.IsZero() || !row.By.Before(on) {
		return 0
	}
	return row.By.DaysTo(on)
}
