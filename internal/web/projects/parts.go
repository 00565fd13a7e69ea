package projects

import (
	"net/http"
	"slices"

	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// partsForm is the form of a part of a project that has rows: money by source or year, nodes, obstacles.
type partsForm struct {
	page.Errors
	projectPage
	Part   string // as the address names it
	Fields []partField
	Rows   []partRow
	Seen   int64
}

// partField is a column of the form.
type partField struct {
	Name, Type string
	Required   bool
	Options    []page.Option
	Choices    bool // Options are what may be chosen
}

// partRow is a row of the form, by the names of its fields.
type partRow struct {
	Fixed  string // what stands before the fields instead of one to fill in
	Values map[string]string
	Errors []string
}

// spare is how many empty rows a form offers for what is to be added.
const spare = 3

// part is a part of a project that has rows.
type part struct {
	name   string // as the address names it
	field  string // as the ledger names it
	fields func(f partsForm, v page.View) []partField
	rows   func(p ledger.Project, plan ledger.Plan, v page.View) []partRow
	take   func(v *forms.Values, rows int, p ledger.Project) ledger.Project
}

var (
	funds     = part{"funds", "funds", fundFields, fundRows, takeFunds}
	years     = part{"years", "years", yearFields, yearRows, takeYears}
	nodes     = part{"nodes", "nodes", nodeFields, nodeRows, takeNodes}
	obstacles = part{"obstacles", "obstacles", obstacleFields, obstacleRows, takeObstacles}
)

func (p *Pages) fundsForm(w http.ResponseWriter, r *http.Request) error {
	return p.partForm(w, r, funds)
}
func (p *Pages) yearsForm(w http.ResponseWriter, r *http.Request) error {
	return p.partForm(w, r, years)
}
func (p *Pages) nodesForm(w http.ResponseWriter, r *http.Request) error {
	return p.partForm(w, r, nodes)
}
func (p *Pages) obstaclesForm(w http.ResponseWriter, r *http.Request) error {
	return p.partForm(w, r, obstacles)
}
func (p *Pages) setFunds(w http.ResponseWriter, r *http.Request) error { return p.setPart(w, r, funds) }
func (p *Pages) setYears(w http.ResponseWriter, r *http.Request) error { return p.setPart(w, r, years) }
func (p *Pages) setNodes(w http.ResponseWriter, r *http.Request) error { return p.setPart(w, r, nodes) }
func (p *Pages) setObstacles(w http.ResponseWriter, r *http.Request) error {
	return p.setPart(w, r, obstacles)
}

func (p *Pages) partForm(w http.ResponseWriter, r *http.Request, of part) error {
	s, err := p.offered(r, "project.edit")
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	f := partsForm{projectPage: s, Part: of.name, Rows: of.rows(s.Value, s.Plan, v), Seen: s.Revision}
	f.Fields = of.fields(f, v)
	return web.Show(w, r, partsPage(f))
}

func (p *Pages) setPart(w http.ResponseWriter, r *http.Request, of part) error {
	s, err := p.offered(r, "project.edit")
	if err != nil {
		return err
	}
	view, v := page.Of(r.Context()), forms.ValuesOf(r)
	f := partsForm{projectPage: s, Part: of.name, Seen: forms.Seen(r)}
	f.Fields = of.fields(f, view)
	f.Rows = typedRows(r, f.Fields, of.rows(s.Value, s.Plan, view))
	of.take(v, len(f.Rows), s.Value) // finds what cannot be read
	if v.None() {
		err = p.catalogue.ReviseProject(r.Context(), s.Value.ID, f.Seen, func(now ledger.Project) (ledger.Project, error) {
			return of.take(v, len(f.Rows), now), nil
		})
		if err == nil {
			web.Flash(w, r, page.Success, "projects.saved")
			return web.Redirect(w, r, page.ProjectURL(s.Value.ID, "")+"#"+of.name)
		}
	}
	if now, stale := forms.Stale[ledger.Project](err); stale {
		// The rows are not laid over each other: what is there now is shown, with what was typed to be sent anew.
		f.Seen = now.Revision
		f.Add("", view.T("projects.changed"))
		return web.ShowStatus(w, r, http.StatusConflict, partsPage(f))
	}
	ok := false
	if f.Errors, ok = forms.Mendable(r, v, err); !ok {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, partsPage(f))
}

// typedRows are the rows of a form as they were sent. Those that are fixed stay what they are.
func typedRows(r *http.Request, fields []partField, rows []partRow) []partRow {
	sent := 0
	for {
		there := slices.ContainsFunc(fields, func(f partField) bool { return r.PostForm.Has(at(f.Name, sent)) })
		if !there || sent == mostParts {
			break
		}
		sent++
	}
	typed := make([]partRow, sent)
	for i := range typed {
		typed[i].Values = map[string]string{}
		if i < len(rows) {
			typed[i].Fixed = rows[i].Fixed
		}
		for _, f := range fields {
			typed[i].Values[f.Name] = r.PostFormValue(at(f.Name, i))
		}
	}
	return typed
}

// mostParts bounds the rows that a form may send.
const mostParts = 200

// empty tells whether nothing was typed into a row.
func empty(v *forms.Values, row int, names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return v.Text(at(name, row)) != "" })
}

func fundFields(partsForm, page.View) []partField {
	return []partField{{Name: "planned", Type: "money"}, {Name: "arrived", Type: "money"}, {Name: "paid", Type: "money"}}
}

func fundRows(p ledger.Project, _ ledger.Plan, v page.View) []partRow {
	var rows []partRow
	for _, source := range ledger.FundSources() {
		row := partRow{Fixed: v.Wording(source.Label()), Values: map[string]string{}}
		for _, fund := range p.Funds {
			if fund.Source == source {
				row.Values["planned"] = forms.WanText(fund.Planned)
				row.Values["arrived"], row.Values["paid"] = forms.WanText(fund.Arrived), forms.WanText(fund.Paid)
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func takeFunds(v *forms.Values, _ int, p ledger.Project) ledger.Project {
	p.Funds = nil
	for i, source := range ledger.FundSources() {
		if !empty(v, i, "planned", "arrived", "paid") {
			p.Funds = append(p.Funds, ledger.Fund{
				Source: source, Planned: v.Money(at("planned", i)), Arrived: v.Money(at("arrived", i)), Paid: v.Money(at("paid", i)),
			})
		}
	}
	return p
}

func yearFields(partsForm, page.View) []partField {
	return []partField{{Name: "year", Type: "number"}, {Name: "planned", Type: "money"}, {Name: "done", Type: "money"}}
}

func yearRows(p ledger.Project, plan ledger.Plan, _ page.View) []partRow {
	var rows []partRow
	there := false
	for _, y := range p.Years {
		there = there || y.Year == plan.Year
		rows = append(rows, partRow{Values: map[string]string{
			"year": forms.Year(y.Year), "planned": forms.WanText(y.Planned), "done": forms.WanText(y.Done),
		}})
	}
	if !there {
		rows = append(rows, partRow{Values: map[string]string{"year": forms.Year(plan.Year)}})
	}
	return append(rows, make([]partRow, spare)...)
}

func takeYears(v *forms.Values, rows int, p ledger.Project) ledger.Project {
	p.Years = nil
	for i := range rows {
		if !empty(v, i, "planned", "done") {
			p.Years = append(p.Years, ledger.Investment{
				Year: v.Int(at("year", i)), Planned: v.Money(at("planned", i)), Done: v.Money(at("done", i)),
			})
		}
	}
	slices.SortStableFunc(p.Years, func(a, b ledger.Investment) int { return a.Year - b.Year })
	return p
}

func nodeFields(partsForm, page.View) []partField {
	return []partField{{Name: "title", Type: "text"}, {Name: "by", Type: "date"}, {Name: "reached", Type: "date"}}
}

func nodeRows(p ledger.Project, _ ledger.Plan, _ page.View) []partRow {
	var rows []partRow
	for _, n := range p.Nodes {
		rows = append(rows, partRow{Values: map[string]string{"title": n.Title, "by": n.By.String(), "reached": n.Done.String()}})
	}
	return append(rows, make([]partRow, spare)...)
}

func takeNodes(v *forms.Values, rows int, p ledger.Project) ledger.Project {
	before := p.Nodes
	p.Nodes = nil
	for i := range rows {
		node := ledger.Node{Title: v.Text(at("title", i)), By: v.Date(at("by", i)), Done: v.Date(at("reached", i))}
		if i < len(before) {
			node.Number = before[i].Number
		} else {
			node.Number = following(p.Nodes, before, func(n ledger.Node) int { return n.Number })
		}
		if !empty(v, i, "title", "by", "reached") {
			p.Nodes = append(p.Nodes, node)
		}
	}
	return p
}

func obstacleFields(f partsForm, v page.View) []partField {
	return []partField{
		{Name: "text", Type: "text"}, {Name: "unit", Options: f.Options(v.T("projects.nobody")), Choices: true},
		{Name: "raised", Type: "date"}, {Name: "solved", Type: "date"},
	}
}

func obstacleRows(p ledger.Project, _ ledger.Plan, _ page.View) []partRow {
	var rows []partRow
	for _, o := range p.Obstacles {
		rows = append(rows, partRow{Values: map[string]string{
			"text": o.Text, "unit": string(o.Unit), "raised": o.Raised.String(), "solved": o.Solved.String(),
		}})
	}
	return append(rows, make([]partRow, spare)...)
}

func takeObstacles(v *forms.Values, rows int, p ledger.Project) ledger.Project {
	before := p.Obstacles
	p.Obstacles = nil
	for i := range rows {
		o := ledger.Obstacle{
			Text: v.Text(at("text", i)), Unit: v.Unit(at("unit", i)), Raised: v.Date(at("raised", i)), Solved: v.Date(at("solved", i)),
		}
		if i < len(before) {
			o.Number = before[i].Number
		} else {
			o.Number = following(p.Obstacles, before, func(o ledger.Obstacle) int { return o.Number })
		}
		if !empty(v, i, "text", "raised", "solved") {
			p.Obstacles = append(p.Obstacles, o)
		}
	}
	return p
}

// following is the number behind all that were given: a number that was taken away is not given again.
func following[T any](now, before []T, number func(T) int) int {
	last := 0
	for _, list := range [][]T{now, before} {
		for _, part := range list {
			last = max(last, number(part))
		}
	}
	return last + 1
}
