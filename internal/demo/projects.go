package demo

import (
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
)

// year is that of the story.
const year = 2026

// planProject is a project with the beginning of the words that promise it in the plan; empty where the plan does not
// name it.
type planProject struct {
	ledger.Project
	promise string
}

// projects are the projects of the data files, in a plan.
func (d *district) projects(plan ledger.PlanID, newID func() string) ([]planProject, error) {
	all, err := rows("projects", 15, 16)
	if err != nil {
		return nil, err
	}
	obstacles, err := d.obstacles()
	if err != nil {
		return nil, err
	}
	where, err := places()
	if err != nil {
		return nil, err
	}
	projects := make([]planProject, 0, len(all))
	for _, r := range all {
		p, err := d.project(r)
		if err != nil {
			return nil, r.fault(err)
		}
		p.Place.Longitude, p.Place.Latitude = where[p.Number].Longitude, where[p.Number].Latitude
		p.ID, p.Plan, p.Obstacles = ledger.ProjectID(newID()), plan, obstacles[p.Number]
		if err := p.Validate().Err(); err != nil {
			return nil, r.fault(err)
		}
		projects = append(projects, planProject{p, r.columns[15]})
	}
	return projects, nil
}

func (d *district) project(r row) (p ledger.Project, err error) {
	p = ledger.Project{Number: r.columns[0], Name: r.columns[1], Category: ledger.ProjectCategory(r.columns[2]), Content: r.columns[13]}
	stage, reason, _ := strings.Cut(r.columns[3], "\uff08")
	p.Stage, p.ExitReason = ledger.Stage(stage), strings.TrimSuffix(reason, "\uff09")
	if p.Lead, err = d.unit.of(r.columns[4]); err != nil {
		return p, err
	}
	if p.Place.Unit, err = d.unit.of(r.columns[5]); err != nil {
		return p, err
	}
	p.Place.Address = r.columns[6]
	during, err := r.period(7, 8)
	if err != nil {
		return p, err
	}
	p.Start, p.Completion = during.From, during.To
	if p.Total, err = money(r.columns[9]); err != nil {
		return p, err
	}
	if p.Years, err = r.investment(10, 11); err != nil {
		return p, err
	}
	if p.Funds, err = funds(r.columns[12]); err != nil {
		return p, err
	}
	p.Nodes, err = nodes(r.columns[14])
	return p, err
}

// investment is the money of the year: planned, and spent so far.
func (r row) investment(planned, done int) ([]ledger.Investment, error) {
	plan, err := money(r.columns[planned])
	if err != nil {
		return nil, err
	}
	spent, err := money(r.columns[done])
	return []ledger.Investment{{Year: year, Planned: plan, Done: spent}}, err
}

// funds reads “special_bond 3.20/1.12/0.90; …”.
func funds(text string) ([]ledger.Fund, error) {
	var all []ledger.Fund
	for part := range parts(text) {
		source, figures, _ := strings.Cut(part, " ")
		f := ledger.Fund{Source: ledger.FundSource(source)}
		texts := strings.Split(figures, "/")
		if len(texts) != 3 {
			return nil, fmt.Errorf("funds %q: they are planned, arrived and paid", part)
		}
		for i, to := range []*ledger.Decimal{&f.Planned, &f.Arrived, &f.Paid} {
			var err error
			if *to, err = money(texts[i]); err != nil {
				return nil, err
			}
		}
		all = append(all, f)
	}
	return all, nil
}

// nodes reads “开工 2026-03-18 2026-03-20; …”: what, by when, and when it was done.
func nodes(text string) ([]ledger.Node, error) {
	var all []ledger.Node
	for part := range parts(text) {
		words := strings.Fields(part)
		n := ledger.Node{Number: len(all) + 1, Title: words[0]}
		for i, to := range []*calendar.Date{&n.By, &n.Done} {
			if i+1 >= len(words) {
				break
			}
			var err error
			if *to, err = dateOf(words[i+1]); err != nil {
				return nil, err
			}
		}
		all = append(all, n)
	}
	return all, nil
}

// obstacles are what stands in the way of projects, by their numbers.
func (d *district) obstacles() (map[string][]ledger.Obstacle, error) {
	all, err := rows("obstacles", 4, 5)
	if err != nil {
		return nil, err
	}
	found := map[string][]ledger.Obstacle{}
	for _, r := range all {
		unit, err := d.unit.of(r.columns[2])
		if err != nil {
			return nil, r.fault(err)
		}
		during, err := r.period(3, 4)
		if err != nil {
			return nil, r.fault(err)
		}
		of := found[r.columns[0]]
		found[r.columns[0]] = append(of, ledger.Obstacle{
			Number: len(of) + 1, Text: r.columns[1], Unit: unit, Raised: during.From, Solved: during.To,
		})
	}
	return found, nil
}
