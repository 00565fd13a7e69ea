package assessment

import (
	"context"
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
	"luoshi/ledger/light"
)

// material is what an assessment rests on as things stand: the figures of its span up to yesterday, the points that people
// gave, and what appeals have corrected.
func (s *Service) material(ctx context.Context, a Assessment) (assessment.Material, error) {
	var m assessment.Material
	to := a.Scheme.To
	if yesterday := s.core.Today().AddDays(-1); yesterday.Before(to) {
		to = yesterday
	}
	var err error
	if m.Facts, err = s.facts(ctx, a.Plan, a.Scheme.From, to); err != nil {
		return m, err
	}
	if m.Heirs, err = s.heirs(ctx, a.Scheme, a.Scheme.To); err != nil {
		return m, err
	}
	return m, s.given(ctx, a.ID, &m)
}

// given reads what people gave and corrected, which the figures are kept apart from.
func (s *Service) given(ctx context.Context, id ID, m *assessment.Material) error {
	entries, err := s.entries(ctx, id)
	if err != nil {
		return err
	}
	m.Entries = nil
	for _, e := range entries {
		if e.Withdrawn == "" {
			m.Entries = append(m.Entries, e.Entry)
		}
	}
	appeals, err := s.appeals(ctx, id)
	if err != nil {
		return err
	}
	m.Corrections = nil
	for _, a := range appeals {
		if a.Correction != nil {
			m.Corrections = append(m.Corrections, *a.Correction)
		}
	}
	return nil
}

// tally gathers figures by unit, with the records that they come from.
type tally struct {
	facts map[ledger.UnitID]map[assessment.FactName]*assessment.Fact
	order []*assessment.Fact
}

// of is a figure of a unit, 0 until something is added.
func (t *tally) of(unit ledger.UnitID, name assessment.FactName) *assessment.Fact {
	if t.facts == nil {
		t.facts = map[ledger.UnitID]map[assessment.FactName]*assessment.Fact{}
	}
	if t.facts[unit] == nil {
		t.facts[unit] = map[assessment.FactName]*assessment.Fact{}
	}
	fact := t.facts[unit][name]
	if fact == nil {
		fact = &assessment.Fact{Unit: unit, Name: name, Value: ledger.Int(0)}
		t.facts[unit][name] = fact
		t.order = append(t.order, fact)
	}
	return fact
}

// count counts a record in a whole, and in the part of it where it belongs there.
func (t *tally) count(unit ledger.UnitID, whole, part assessment.FactName, belongs bool, source assessment.Source) {
	all, some := t.of(unit, whole), t.of(unit, part)
	all.Value, all.Sources = ledger.Int(all.Value.Number().Coef+1), append(all.Sources, source)
	if belongs {
		some.Value, some.Sources = ledger.Int(some.Value.Number().Coef+1), append(some.Sources, source)
	}
}

// facts are the figures of units over a span.
func (s *Service) facts(ctx context.Context, plan ledger.PlanID, from, to calendar.Date) ([]assessment.Fact, error) {
	t := &tally{}
	for _, gather := range []func(context.Context, *tally, ledger.PlanID, calendar.Date, calendar.Date) error{
		s.promises, s.items, s.submissions, s.ordered, s.tourFacts,
	} {
		if err := gather(ctx, t, plan, from, to); err != nil {
			return nil, err
		}
	}
	facts := make([]assessment.Fact, 0, len(t.order))
	for _, f := range t.order {
		facts = append(facts, *f)
	}
	return facts, nil
}

// promised is the light of a commitment that a unit leads.
type promised struct{ ID, Number, Title, Unit, ByDay, Colour, Body string }

// promises counts the commitments in force by their deadlines and lights. One without a deadline is due when the year of
// the plan is over.
func (s *Service) promises(ctx context.Context, t *tally, plan ledger.PlanID, from, to calendar.Date) error {
	var rows []promised
	err := s.core.Store().View(ctx).NewSelect().Table("commitments").
		Join("JOIN lights AS l ON l.commitment = commitments.id").
		ColumnExpr("commitments.id, commitments.number, commitments.title, commitments.lead_unit AS unit, commitments.by_day, l.colour, l.body").
		Where("commitments.plan = ?", plan).Where("commitments.lead_unit IS NOT NULL").Where("l.colour <> ''").
		Where("commitments.state <> ?", string(ledger.Withdrawn)).OrderExpr("commitments.number, commitments.id").Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("reading the lights of plan %s: %w", plan, err)
	}
	for _, r := range rows {
		if err := r.count(t, from, to); err != nil {
			return err
		}
	}
	return nil
}

// count counts one commitment.
func (r promised) count(t *tally, from, to calendar.Date) error {
	judged, err := parsed[struct {
		Light light.Light `json:"light"`
	}](r.Body)
	if err != nil {
		return fmt.Errorf("reading the light of commitment %s: %w", r.ID, err)
	}
	colour, unit := light.Colour(r.Colour), ledger.UnitID(r.Unit)
	source := assessment.Source{Kind: "commitments", ID: r.ID, Title: strings.TrimSpace(r.Number + " " + r.Title), Said: r.Colour}
	by := store.DateOf(r.ByDay)
	if by.IsZero() {
		by = calendar.LastDay(int(from.Year), 12)
	}
	if !by.Before(from) && !to.Before(by) {
		t.count(unit, "due", "done", colour == light.Blue, source)
	}
	if colour != light.Grey {
		t.count(unit, "judged", "on-path", colour == light.Blue || colour == light.Green, source)
		ahead := t.of(unit, "ahead")
		if judged.Light.Gap.Sign() > 0 {
			ahead.Value, ahead.Sources = ledger.Int(ahead.Value.Number().Coef+1), append(ahead.Sources, source)
		}
	}
	return nil
}

// reported is a form that a unit was asked to fill.
type reported struct {
	ID, Unit, Period, Due string
	Late, Gone, Returned  bool
}

// submissions counts what units were asked to report by a day within the span, what of it came late or not at all, and
// what was returned to them.
func (s *Service) submissions(ctx context.Context, t *tally, plan ledger.PlanID, from, to calendar.Date) error {
	var rows []reported
	returned := s.core.Store().View(ctx).NewSelect().TableExpr("flow_steps AS f").ColumnExpr("1").
		Where("f.kind = 'submissions' AND f.object = submissions.id AND f.action IN ('return', 'dispute')")
	err := s.core.Store().View(ctx).NewSelect().Table("submissions").Join("JOIN rounds ON rounds.id = submissions.round").
		ColumnExpr("submissions.id, submissions.unit, submissions.period, rounds.due, submissions.late").
		ColumnExpr("submissions.sent IS NOT NULL AS gone, EXISTS (?) AS returned", returned).
		Where("submissions.plan = ? AND submissions.asked > 0 AND rounds.state <> 'planned'", plan).
		Where("rounds.due >= ? AND rounds.due <= ?", from.String(), to.String()).
		OrderExpr("rounds.due, submissions.id").Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("reading the submissions of plan %s: %w", plan, err)
	}
	for _, r := range rows {
		unit := ledger.UnitID(r.Unit)
		source := assessment.Source{Kind: "submissions", ID: r.ID, Title: r.Period, Said: r.Due}
		t.count(unit, "asked", "late", r.Late || !r.Gone, source)
		if r.Gone {
			t.count(unit, "sent", "returned", r.Returned, source)
		}
	}
	return nil
}

// ordered is an order that a unit was given.
type ordered struct {
	ID, Number, Title, Lead, Issued, Replied, Due string
	Late, Overdue                                 bool
}

// ordered counts the orders that units were given within the span, which of them are or were overdue, and the replies
// given for good within it. What was taken back counts for nobody.
func (s *Service) ordered(ctx context.Context, t *tally, plan ledger.PlanID, from, to calendar.Date) error {
	var rows []ordered
	err := s.core.Store().View(ctx).NewSelect().Table("orders").
		Column("id", "number", "title", "lead", "issued", "replied", "due").ColumnExpr("replied_late AS late").
		ColumnExpr("running AND NOT paused AND due <> '' AND due < ? AS overdue", s.core.Today().String()).
		Where("plan = ? AND issued <> '' AND issued <= ? AND state <> ?", plan, to.String(), "cancelled").
		OrderExpr("issued, id").Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("reading the orders of plan %s: %w", plan, err)
	}
	for _, r := range rows {
		unit, begin := ledger.UnitID(r.Lead), from.String()
		source := assessment.Source{Kind: "orders", ID: r.ID, Title: strings.TrimSpace(r.Number + " " + r.Title), Said: r.Due}
		if r.Issued >= begin {
			t.count(unit, "orders", "overdue", r.Late || r.Overdue, source)
		}
		if r.Replied >= begin && r.Replied <= to.String() {
			t.count(unit, "replies", "replied-in-time", !r.Late, source)
		}
	}
	return nil
}
