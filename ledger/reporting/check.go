package reporting

import (
	"slices"
	"strings"

	"luoshi/ledger"
)

// Known is what a row is held against when it is checked.
type Known struct {
	Period     Period         `json:"period"`
	Year       []Point        `json:"year,omitempty"`        // earlier points of the year, in order
	YearBefore []Point        `json:"year_before,omitempty"` // points of the year before, in order
	Parts      []Part         `json:"parts,omitempty"`       // what the parts of this figure say for the period, locked or not
	Whole      ledger.Decimal `json:"whole,omitzero"`        // cumulative figure of what this row is a part of
}

// Check tells what is wrong or doubtful with what was entered in a row. Of a row in which nothing was said there is
// nothing to tell; see Unfilled. Errors stop, warnings may be passed over with a reason.
func Check(row Row, o Observation, known Known) Findings {
	if o.IsEmpty() {
		return nil
	}
	c := checker{row: row, said: o, known: known}
	c.before = previous(known)
	c.point = row.Terms.derive(Stated{Period: known.Period, Figures: o.Figures, Said: o.Said}, c.before)
	c.form()
	c.quotients()
	if !c.slip() {
		c.falls()
		c.jump()
		c.behind()
	}
	c.parts()
	c.growth()
	if row.Subject.Kind == OfProject {
		c.money()
	}
	c.standing()
	return c.found
}

// Unfilled are the rows of a form that still have to be filled before it can be submitted.
func Unfilled(form Form, said map[Subject]Observation) Findings {
	var found Findings
	for _, row := range form.Rows {
		if o := said[row.Subject]; !row.Filled(o) {
			found.note("row.unfilled", row.Subject, row.Fields[0], row.Title)
		}
	}
	return found
}

// checker holds what was entered against all that is known.
type checker struct {
	row    Row
	said   Observation
	known  Known
	before Point // the period before; zero where it is not known
	point  Point // what was entered, in both views
	found  Findings
}

// previous is the period before the one that is checked; zero where it is not known.
func previous(known Known) Point {
	i := slices.IndexFunc(known.Year, func(p Point) bool { return p.Period == known.Period.Previous() })
	if i < 0 || known.Period.Number == 1 {
		return Point{}
	}
	return known.Year[i]
}

func (c *checker) note(code string, field Field, facts ...string) {
	c.found.note(code, c.row.Subject, field, facts...)
}

// shown is a figure of the row with its unit.
func (c *checker) shown(d ledger.Decimal) string {
	return strings.TrimSpace(c.row.Show(FieldValue, d) + " " + c.row.Measure())
}

// form checks what can be seen without any other figure.
func (c *checker) form() {
	o, t := c.said, c.row.Terms
	stated := o.Value.Known() || o.Numerator.Known() || o.Denominator.Known()
	viewless := t.Aggregation == ledger.AsLatest || c.known.Period.Number == 1
	if o.Given != OfPeriod && o.Given != Cumulative && (o.Given != "" || stated && !viewless) {
		c.note("given.missing", FieldValue)
	}
	if o.Said != "" && !slices.Contains(SaidAll(), o.Said) {
		c.note("said.unknown", FieldSaid, string(o.Said))
	}
	if o.Percent.Known() && (o.Percent.Sign() < 0 || o.Percent.Cmp(ledger.Int(100)) > 0) {
		c.note("percent.outside", FieldPercent, o.Percent.Plain())
	}
	if o.Growth.Known() && o.Growth.Cmp(ledger.Int(-100)) < 0 {
		c.note("growth.impossible", FieldGrowth, o.Growth.Plain())
	}
	if value := o.Value; value.Sign() < 0 && t.Aggregation != ledger.AsGrowth && !holdsWord("may_fall", c.row.Title) {
		c.note("value.negative", FieldValue, c.shown(value))
	}
	for _, n := range o.Nodes {
		if !c.row.hasNode(n.Number) || n.On.IsZero() {
			c.note("node.unknown", FieldNodes)
		}
	}
	if slices.ContainsFunc(o.Obstacles, func(o Obstacle) bool { return strings.TrimSpace(o.Text) == "" }) {
		c.note("obstacle.empty", FieldObstacles)
	}
}

// quotients checks numerator, denominator and what they make.
func (c *checker) quotients() {
	o, t := c.said, c.row.Terms
	if o.Numerator.Known() != o.Denominator.Known() {
		c.note("quotient.half", FieldDenominator)
	}
	if o.Denominator.Known() && o.Denominator.Sign() <= 0 {
		c.note("denominator.zero", FieldDenominator)
	}
	above := t.isShare() && !holdsWord("above_all", c.row.Title)
	if above && o.Numerator.Known() && o.Denominator.Known() && o.Numerator.Cmp(o.Denominator) > 0 {
		c.note("numerator.above", FieldNumerator, o.Numerator.Plain(), o.Denominator.Plain())
	}
	if above && o.Value.Known() && (o.Value.Sign() < 0 || o.Value.Cmp(ledger.Int(t.factor())) > 0) {
		c.note("rate.outside", FieldValue, o.Value.Plain(), ledger.Int(t.factor()).Plain())
	}
	exact := quotient(o.Numerator, o.Denominator, t.factor())
	if t.Rate && exact != nil && o.Value.Known() && distance(exact, o.Value.Rat()).Cmp(lastPlace(o.Value)) > 0 {
		c.note("rate.differs", FieldValue, o.Value.Plain(), Rounded(exact, 2).Plain())
	}
}

// growth checks whether growth follows from level and base. At constant prices it does not.
func (c *checker) growth() {
	o := c.said
	exact := growth(o.Value, o.Base)
	if exact == nil || !o.Growth.Known() || holdsWord("real_growth", c.row.Title) {
		return
	}
	if off := distance(exact, o.Growth.Rat()); off.Cmp(tenth) > 0 && off.Cmp(lastPlace(o.Growth)) > 0 {
		c.note("growth.differs", FieldGrowth, o.Growth.Plain(), Rounded(exact, 1).Plain())
	}
}

// parts checks the figure against its parts and against the whole.
func (c *checker) parts() {
	t, own := c.row.Terms, c.point.Cumulative
	if !t.Additive || !own.Known() {
		return
	}
	if c.known.Whole.Known() && own.Cmp(c.known.Whole) > 0 {
		c.note("whole.exceeded", FieldValue, c.shown(own), c.shown(c.known.Whole))
	}
	slack := lastPlace(own)
	var figures []ledger.Decimal
	for _, p := range c.known.Parts {
		if p.Scope != "" && p.Scope != t.Scope {
			return
		}
		figures = append(figures, p.Point.Cumulative)
		slack.Add(slack, lastPlace(p.Point.Cumulative))
	}
	if sum := Sum(figures...); sum.Known() && distance(sum.Rat(), own.Rat()).Cmp(slack) > 0 {
		c.note("parts.differ", FieldValue, c.shown(own), c.shown(sum))
	}
}

// money checks the funds and the investment of a project.
func (c *checker) money() {
	o, row := c.said, c.row
	if o.Paid.Known() && o.Arrived.Known() && o.Paid.Cmp(o.Arrived) > 0 {
		c.note("paid.above", FieldPaid, c.shown(o.Paid), c.shown(o.Arrived))
	}
	if o.Arrived.Known() && row.Funds.Known() && o.Arrived.Cmp(row.Funds) > 0 {
		c.note("arrived.above", FieldArrived, c.shown(o.Arrived), c.shown(row.Funds))
	}
	done := c.point.Cumulative
	if row.Before.Known() {
		done = Sum(done, row.Before)
	}
	if done.Known() && row.Total.Known() && done.Cmp(row.Total) > 0 {
		c.note("investment.above", FieldValue, c.shown(done), c.shown(row.Total))
	}
	if o.Said == NotStarted && c.point.Cumulative.Sign() > 0 {
		c.note("said.spent", FieldSaid, c.shown(c.point.Cumulative))
	}
}

// standing checks what the unit says of where the matter stands against what it says in figures.
func (c *checker) standing() {
	o := c.said
	if o.Said == InTrouble && strings.TrimSpace(o.Reason) == "" && len(o.Obstacles) == 0 {
		c.note("trouble.silent", FieldReason)
	}
	if o.Said != Completed {
		return
	}
	if o.Percent.Known() && o.Percent.Cmp(ledger.Int(100)) < 0 {
		c.note("completed.percent", FieldPercent, o.Percent.Plain())
	}
	for _, t := range c.row.Targets {
		if bound, missed := c.misses(t.Target); missed {
			c.note("completed.short", FieldSaid, c.shown(c.point.Cumulative), c.shown(bound))
		}
	}
	open := slices.ContainsFunc(c.row.Nodes, func(n OpenNode) bool {
		return !slices.ContainsFunc(o.Nodes, func(reached NodeReached) bool { return reached.Number == n.Number })
	})
	if open {
		c.note("completed.nodes", FieldNodes)
	}
}

// misses tells whether the cumulative figure misses a target that bounds the level, and the bound.
func (c *checker) misses(t ledger.Target) (bound ledger.Decimal, missed bool) {
	done := c.point.Cumulative
	if !c.bounds(t) || !done.Known() {
		return ledger.Decimal{}, false
	}
	switch t.Cmp {
	case ledger.AtMost, ledger.LessThan:
		return t.Value, done.Cmp(t.Value) > 0
	}
	return t.Value, done.Cmp(t.Value) < 0
}

// bounds tells whether a target bounds the row's level by a figure.
func (c *checker) bounds(t ledger.Target) bool {
	return t.Measure == ledger.Level && t.Value.Known() && t.Unit == c.row.Terms.Unit && c.row.Terms.Aggregation != ledger.AsGrowth
}
