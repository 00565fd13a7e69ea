package store

import (
	"context"
	"errors"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Projects are the investment projects with their years, funds, nodes and obstacles.
type Projects struct {
	Records[ledger.Project, projectRow, *projectRow]
}

// Projects gives access to the projects.
func (s *Store) Projects() Projects {
	return Projects{Records[ledger.Project, projectRow, *projectRow]{s, &projectShape}}
}

type projectRow struct {
	bun.BaseModel `bun:"table:projects,alias:projects"`
	head
	Plan       string  `bun:"plan"`
	Number     string  `bun:"number"`
	Name       string  `bun:"name"`
	Category   string  `bun:"category"`
	Stage      string  `bun:"stage"`
	LeadUnit   string  `bun:"lead_unit,nullzero"`
	Content    string  `bun:"content"`
	PlaceUnit  string  `bun:"place_unit,nullzero"`
	Address    string  `bun:"address"`
	Longitude  decimal `bun:"longitude"`
	Latitude   decimal `bun:"latitude"`
	StartDay   day     `bun:"start_day"`
	Completion day     `bun:"completion"`
	Total      decimal `bun:"total"`
	ExitReason string  `bun:"exit_reason"`
}

type projectYearRow struct {
	bun.BaseModel `bun:"table:project_years,alias:project_years"`
	Project       string  `bun:"project,pk"`
	Year          int     `bun:"year,pk"`
	Planned       decimal `bun:"planned"`
	Done          decimal `bun:"done"`
}

type projectFundRow struct {
	bun.BaseModel `bun:"table:project_funds,alias:project_funds"`
	Project       string  `bun:"project,pk"`
	Number        int     `bun:"number,pk"`
	Source        string  `bun:"source"`
	Planned       decimal `bun:"planned"`
	Arrived       decimal `bun:"arrived"`
	Paid          decimal `bun:"paid"`
}

type projectNodeRow struct {
	bun.BaseModel `bun:"table:project_nodes,alias:project_nodes"`
	Project       string `bun:"project,pk"`
	Number        int    `bun:"number,pk"`
	Title         string `bun:"title"`
	ByDay         day    `bun:"by_day"`
	DoneDay       day    `bun:"done_day"`
}

type projectObstacleRow struct {
	bun.BaseModel `bun:"table:project_obstacles,alias:project_obstacles"`
	Project       string `bun:"project,pk"`
	Number        int    `bun:"number,pk"`
	Words         string `bun:"words"`
	Unit          string `bun:"unit,nullzero"`
	Raised        day    `bun:"raised"`
	Solved        day    `bun:"solved"`
}

var projectShape = shape[ledger.Project, projectRow]{
	table: "projects",
	row: func(p ledger.Project) projectRow {
		return projectRow{
			head: head{ID: string(p.ID)}, Plan: string(p.Plan), Number: p.Number, Name: p.Name, Category: string(p.Category),
			Stage: string(p.Stage), LeadUnit: string(p.Lead), Content: p.Content, PlaceUnit: string(p.Place.Unit),
			Address: p.Place.Address, Longitude: decimal{p.Place.Longitude}, Latitude: decimal{p.Place.Latitude},
			StartDay: day{p.Start}, Completion: day{p.Completion}, Total: decimal{p.Total}, ExitReason: p.ExitReason,
		}
	},
	values: projectsOf,
	parts:  writeProjectParts,
	words: func(p ledger.Project) []string {
		return []string{p.Number, p.Name, p.Content, p.Place.Address}
	},
	orders: map[string]order[projectRow]{
		"number":     byColumn("number", func(r *projectRow) any { return r.Number }),
		"name":       byColumn("name", func(r *projectRow) any { return r.Name }),
		"start":      byColumn("start_day", func(r *projectRow) any { return r.StartDay.String() }),
		"completion": byColumn("completion", func(r *projectRow) any { return r.Completion.String() }),
		"total":      byFigure("total", func(r *projectRow) decimal { return r.Total }),
	},
}

func writeProjectParts(ctx context.Context, tx bun.Tx, p ledger.Project) error {
	id := string(p.ID)
	return errors.Join(
		replace(ctx, tx, "project", id, "year", mapped(p.Years, func(_ int, y ledger.Investment) projectYearRow {
			return projectYearRow{Project: id, Year: y.Year, Planned: decimal{y.Planned}, Done: decimal{y.Done}}
		})),
		replace(ctx, tx, "project", id, "number", mapped(p.Funds, func(i int, f ledger.Fund) projectFundRow {
			return projectFundRow{
				Project: id, Number: i + 1, Source: string(f.Source),
				Planned: decimal{f.Planned}, Arrived: decimal{f.Arrived}, Paid: decimal{f.Paid},
			}
		})),
		replace(ctx, tx, "project", id, "number", mapped(p.Nodes, func(_ int, n ledger.Node) projectNodeRow {
			return projectNodeRow{Project: id, Number: n.Number, Title: n.Title, ByDay: day{n.By}, DoneDay: day{n.Done}}
		})),
		replace(ctx, tx, "project", id, "number", mapped(p.Obstacles, func(_ int, o ledger.Obstacle) projectObstacleRow {
			return projectObstacleRow{
				Project: id, Number: o.Number, Words: o.Text, Unit: string(o.Unit), Raised: day{o.Raised}, Solved: day{o.Solved},
			}
		})),
	)
}

func projectsOf(ctx context.Context, db bun.IDB, rows []projectRow) ([]ledger.Project, error) {
	owners, at := ids[projectRow](rows)
	projects := mapped(rows, func(_ int, r projectRow) ledger.Project {
		return ledger.Project{
			ID: ledger.ProjectID(r.ID), Plan: ledger.PlanID(r.Plan), Number: r.Number, Name: r.Name,
			Category: ledger.ProjectCategory(r.Category), Stage: ledger.Stage(r.Stage), Lead: ledger.UnitID(r.LeadUnit),
			Content: r.Content, Start: r.StartDay.Date, Completion: r.Completion.Date, Total: r.Total.Decimal,
			ExitReason: r.ExitReason,
			Place: ledger.Place{
				Unit: ledger.UnitID(r.PlaceUnit), Address: r.Address, Longitude: r.Longitude.Decimal, Latitude: r.Latitude.Decimal,
			},
		}
	})
	of := func(id string) *ledger.Project { return &projects[at[id]] }
	return projects, errors.Join(
		parts(ctx, db, "project", owners, "year", func(r *projectYearRow) {
			p := of(r.Project)
			p.Years = append(p.Years, ledger.Investment{Year: r.Year, Planned: r.Planned.Decimal, Done: r.Done.Decimal})
		}),
		parts(ctx, db, "project", owners, "number", func(r *projectFundRow) {
			p := of(r.Project)
			p.Funds = append(p.Funds, ledger.Fund{
				Source: ledger.FundSource(r.Source), Planned: r.Planned.Decimal, Arrived: r.Arrived.Decimal, Paid: r.Paid.Decimal,
			})
		}),
		parts(ctx, db, "project", owners, "number", func(r *projectNodeRow) {
			p := of(r.Project)
			p.Nodes = append(p.Nodes, ledger.Node{Number: r.Number, Title: r.Title, By: r.ByDay.Date, Done: r.DoneDay.Date})
		}),
		parts(ctx, db, "project", owners, "number", func(r *projectObstacleRow) {
			p := of(r.Project)
			p.Obstacles = append(p.Obstacles, ledger.Obstacle{
				Number: r.Number, Text: r.Words, Unit: ledger.UnitID(r.Unit), Raised: r.Raised.Date, Solved: r.Solved.Date,
			})
		}),
	)
}
