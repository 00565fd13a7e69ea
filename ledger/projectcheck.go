package ledger

import (
	"math/big"
	"slices"
	"strconv"
)

// Validate tells what is wrong with a project: its money has to add up, and its stage has to agree
// with its dates and nodes.
func (p Project) Validate() Problems {
	var found Problems
	found.add(wellFormed(p.ID), "id.malformed", "id", string(p.ID))
	found.add(wellFormed(p.Plan), "id.malformed", "plan", string(p.Plan))
	found.add(p.Lead == "" || wellFormed(p.Lead), "id.malformed", "lead", string(p.Lead))
	found.add(!blank(p.Name), "project.name", "name")
	found.add(slices.Contains(ProjectCategories(), p.Category), "project.category", "category", string(p.Category))
	reversed := !p.Start.IsZero() && !p.Completion.IsZero() && p.Completion.Before(p.Start)
	found.add(!reversed, "project.reversed", "completion", p.Start.String(), p.Completion.String())
	found.within("place", p.Place.Validate())
	found = append(found, p.stageProblems()...)
	found = append(found, p.moneyProblems()...)
	for i, node := range p.Nodes {
		found.within(at("nodes", i), node.Validate())
		found.add(i == 0 || p.Nodes[i-1].Number < node.Number, "node.order", at("nodes", i)+"/number")
	}
	for i, obstacle := range p.Obstacles {
		found.within(at("obstacles", i), obstacle.Validate())
		found.add(i == 0 || p.Obstacles[i-1].Number < obstacle.Number, "obstacle.order", at("obstacles", i)+"/number")
	}
	return found
}

// stageProblems tells what a stage demands and the project does not have.
func (p Project) stageProblems() Problems {
	var found Problems
	found.add(stageMoves.knows(p.Stage), "project.stage", "stage", string(p.Stage))
	switch p.Stage {
	case Starting, Ongoing:
		found.add(!p.Start.IsZero(), "project.no_start", "start", p.Name)
	case Finished:
		found.add(!p.Start.IsZero(), "project.no_start", "start", p.Name)
		found.add(!p.Completion.IsZero(), "project.no_completion", "completion", p.Name)
		for i, node := range p.Nodes {
			found.add(!node.Done.IsZero(), "project.open_node", at("nodes", i), node.Title)
		}
	case Exited:
		found.add(!blank(p.ExitReason), "project.no_reason", "exit_reason", p.Name)
	}
	return found
}

// moneyProblems tells what does not add up.
func (p Project) moneyProblems() Problems {
	var found Problems
	found.add(p.Total.Sign() >= 0, "money.negative", "total")
	planned, done, funds := new(big.Rat), new(big.Rat), new(big.Rat)
	for i, year := range p.Years {
		found.within(at("years", i), year.Validate())
		found.add(i == 0 || p.Years[i-1].Year < year.Year, "project.years_order", at("years", i)+"/year")
		planned.Add(planned, year.Planned.Rat())
		done.Add(done, year.Done.Rat())
	}
	seen := map[FundSource]bool{}
	for i, fund := range p.Funds {
		found.within(at("funds", i), fund.Validate())
		found.add(!seen[fund.Source], "fund.twice", at("funds", i), "fund."+string(fund.Source))
		seen[fund.Source] = true
		funds.Add(funds, fund.Planned.Rat())
	}
	if p.Total.Known() {
		total := p.Total.Rat()
		found.add(planned.Cmp(total) <= 0, "project.years_exceed", "years", text(planned), text(total))
		found.add(done.Cmp(total) <= 0, "project.done_exceeds", "years", text(done), text(total))
		found.add(funds.Cmp(total) <= 0, "project.funds_exceed", "funds", text(funds), text(total))
	}
	return found
}

// Validate tells what is wrong with one year of money.
func (y Investment) Validate() Problems {
	var found Problems
	found.add(plausibleYear(y.Year), "plan.year", "year")
	found.add(y.Planned.Sign() >= 0, "money.negative", "planned")
	found.add(y.Done.Sign() >= 0, "money.negative", "done")
	return found
}

// Validate tells what is wrong with money of one source.
func (f Fund) Validate() Problems {
	var found Problems
	found.add(slices.Contains(FundSources(), f.Source), "fund.source", "source", string(f.Source))
	for _, part := range []struct {
		name  string
		money Decimal
	}{{"planned", f.Planned}, {"arrived", f.Arrived}, {"paid", f.Paid}} {
		found.add(part.money.Sign() >= 0, "money.negative", part.name)
	}
	found.add(f.Arrived.Cmp(f.Planned) <= 0, "fund.arrived_exceeds", "arrived", f.Arrived.Plain(), f.Planned.Number().String())
	found.add(f.Paid.Cmp(f.Arrived) <= 0, "fund.paid_exceeds", "paid", f.Paid.Plain(), f.Arrived.Number().String())
	return found
}

// Validate tells what is wrong with a node.
func (n Node) Validate() Problems {
	var found Problems
	found.add(n.Number > 0, "node.number", "number")
	found.add(!blank(n.Title), "node.title", "title")
	found.add(!n.By.IsZero(), "node.date", "by", n.Title)
	return found
}

// Validate tells what is wrong with an obstacle.
func (o Obstacle) Validate() Problems {
	var found Problems
	found.add(o.Number > 0, "obstacle.number", "number")
	found.add(!blank(o.Text), "obstacle.text", "text")
	found.add(o.Unit == "" || wellFormed(o.Unit), "id.malformed", "unit", string(o.Unit))
	found.add(!o.Raised.IsZero(), "obstacle.raised", "raised")
	found.add(o.Solved.IsZero() || !o.Solved.Before(o.Raised), "obstacle.reversed", "solved")
	return found
}

// Validate tells what is wrong with a place.
func (p Place) Validate() Problems {
	var found Problems
	found.add(p.Unit == "" || wellFormed(p.Unit), "id.malformed", "unit", string(p.Unit))
	found.add(p.Longitude.Known() == p.Latitude.Known(), "place.half", "latitude")
	found.add(within(p.Longitude, 180), "place.longitude", "longitude", p.Longitude.Plain())
	found.add(within(p.Latitude, 90), "place.latitude", "latitude", p.Latitude.Plain())
	return found
}

// within tells whether a figure is not farther from 0 than a bound.
func within(d Decimal, bound int64) bool {
	return d.Cmp(Int(-bound)) >= 0 && d.Cmp(Int(bound)) <= 0
}

// text is an exact value in plain digits.
func text(r *big.Rat) string {
	if r.IsInt() {
		return r.Num().String()
	}
	digits, exact := r.FloatPrec()
	if !exact {
		return r.FloatString(6)
	}
	return r.FloatString(digits)
}

// Move takes the project to another stage; reason is why it exits and is not needed otherwise. What
// the new stage demands has to be there before.
func (p Project) Move(to Stage, reason string) (Project, Problems) {
	if !stageMoves.allow(p.Stage, to) {
		return p, Problems{{Code: "project.move", Where: "stage", Facts: []string{"stage." + string(p.Stage), "stage." + string(to)}}}
	}
	moved := p
	moved.Stage = to
	moved.ExitReason = ""
	if to == Exited {
		moved.ExitReason = reason
	}
	if found := moved.stageProblems(); len(found) > 0 {
		return p, found
	}
	return moved, nil
}

// Funded is the money planned from all sources and what of it has arrived and been paid, exactly.
func (p Project) Funded() (planned, arrived, paid *big.Rat) {
	planned, arrived, paid = new(big.Rat), new(big.Rat), new(big.Rat)
	for _, fund := range p.Funds {
		planned.Add(planned, fund.Planned.Rat())
		arrived.Add(arrived, fund.Arrived.Rat())
		paid.Add(paid, fund.Paid.Rat())
	}
	return planned, arrived, paid
}

// ValidateProjects tells what is wrong with the projects of a plan.
func ValidateProjects(projects []Project) Problems {
	var found Problems
	ids, numbers := map[ProjectID]bool{}, map[string]bool{}
	for i, p := range projects {
		place := strconv.Itoa(i)
		found.within(place, p.Validate())
		found.add(!ids[p.ID], "project.twice", place+"/id", p.Name)
		found.add(p.Number == "" || !numbers[p.Number], "project.number_twice", place+"/number", p.Number)
		ids[p.ID], numbers[p.Number] = true, true
	}
	return found
}
