package submissions

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// spareObstacles is how many obstacles a correction may add.
const spareObstacles = 1

func nodeField(number int) string { return "node." + strconv.Itoa(number) }

// obstacleFields are the fields of one obstacle: what it is, and who is asked.
func obstacleFields(i int) (what, ask string) {
	return "obstacle." + strconv.Itoa(i), "ask." + strconv.Itoa(i)
}

// numbers are the nodes that can be corrected: those that were asked, and those of which something was said.
func (p proposal) numbers() []int {
	var all []int
	for _, n := range p.Row.Nodes {
		all = append(all, n.Number)
	}
	for _, n := range p.Before.Nodes {
		all = append(all, n.Number)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// nodes are the nodes that are to stand there, each with its day.
func (p *proposal) nodes(v page.View, form url.Values) []reporting.NodeReached {
	var reached []reporting.NodeReached
	for _, n := range p.numbers() {
		text := strings.TrimSpace(form.Get(nodeField(n)))
		if text == "" {
			continue
		}
		on, err := calendar.ParseDate(text)
		if err != nil {
			p.Add(nodeField(n), v.T("forms.date", text))
		}
		reached = append(reached, reporting.NodeReached{Number: n, On: on})
	}
	return reached
}

// places is how many obstacles there is room for; none where the row does not ask for them.
func (p proposal) places() int {
	if !p.Row.Asks(reporting.FieldObstacles) && len(p.Before.Obstacles) == 0 {
		return 0
	}
	return len(p.Before.Obstacles) + spareObstacles
}

// obstacles are the obstacles that are to stand there.
func (p *proposal) obstacles(v page.View, form url.Values) []reporting.Obstacle {
	var all []reporting.Obstacle
	for i := range p.places() {
		what, ask := obstacleFields(i)
		o := reporting.Obstacle{Text: strings.TrimSpace(form.Get(what)), Ask: ledger.UnitID(form.Get(ask))}
		if o.Text == "" && o.Ask != "" {
			p.Add(what, v.T("submissions.correct.obstacle"))
		}
		if o.Text != "" {
			all = append(all, o)
		}
	}
	return all
}

// nodeInputs are the nodes as fields of the form.
func (p proposal) nodeInputs(v page.View) []page.Field {
	var fields []page.Field
	for _, n := range p.numbers() {
		stands, shown := "", ""
		if on := reachedOn(p.Before, n); !on.IsZero() {
			stands, shown = on.String(), v.Date(on)
		}
		fields = append(fields, page.Field{
			Name: nodeField(n), Type: "date", Label: nodeTitle(v, p.Row, n), Help: v.T("submissions.stands", orNone(v, shown)),
			Value: p.typed(nodeField(n), stands), Errors: p.At(nodeField(n)),
		})
	}
	return fields
}

// obstacleInputs are the two fields of an obstacle.
func (p proposal) obstacleInputs(v page.View, i int) (what, ask page.Field) {
	var stands reporting.Obstacle
	if i < len(p.Before.Obstacles) {
		stands = p.Before.Obstacles[i]
	}
	text, asked := obstacleFields(i)
	what = page.Field{
		Name: text, Label: v.T("submissions.correct.obstacle.of", i+1), Value: p.typed(text, stands.Text), Errors: p.At(text), Max: 1000,
	}
	ask = page.Field{Name: asked, Label: v.T("submissions.correct.ask.of", i+1), Value: p.typed(asked, string(stands.Ask))}
	return what, ask
}

// reachedOn is the day on which a node was said to be reached; zero where it was not.
func reachedOn(o reporting.Observation, number int) calendar.Date {
	for _, n := range o.Nodes {
		if n.Number == number {
			return n.On
		}
	}
	return calendar.Date{}
}

// nodeTitle is what a node of a row is called, by its number where the row is not at hand.
func nodeTitle(v page.View, row shownRow, number int) string {
	if title := row.node(number); title != "" {
		return title
	}
	return v.T("submissions.correction.node", number)
}

// nodeSides are the nodes of which a correction says something anew, and those that stay.
func (c correctionView) nodeSides(v page.View, row shownRow) []side {
	var numbers []int
	for _, n := range slices.Concat(c.Before.Nodes, c.After.Nodes) {
		numbers = append(numbers, n.Number)
	}
	slices.Sort(numbers)
	var sides []side
	for _, n := range slices.Compact(numbers) {
		sides = append(sides, side{nodeTitle(v, row, n), day(v, reachedOn(c.Before, n)), day(v, reachedOn(c.After, n))})
	}
	return sides
}

func day(v page.View, on calendar.Date) string {
	if on.IsZero() {
		return ""
	}
	return v.Date(on)
}

// obstacleText is what an observation says stands in the way.
func obstacleText(v page.View, names forms.Names, o reporting.Observation) string {
	texts := make([]string, len(o.Obstacles))
	for i, obstacle := range o.Obstacles {
		texts[i] = obstacle.Text
		if obstacle.Ask != "" {
			texts[i] = v.T("submissions.correction.obstacle", obstacle.Text, names.Unit(obstacle.Ask))
		}
	}
	return listed(v, texts)
}
