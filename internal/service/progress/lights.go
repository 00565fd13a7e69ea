package progress

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

const readLight access.Action = "light.read"

// Shown is the light of a commitment as it is shown. The three ways of saying where a matter stands are apart: Judged
// is what figures show, Judged.Said what the unit says, Calendar what the date says.
type Shown struct {
	Colour   light.Colour   `json:"colour"`
	Computed light.Colour   `json:"computed"` // differs from Colour where it was set by hand
	Since    calendar.Date  `json:"since"`    // from this day it shows its colour
	Earlier  light.Colour   `json:"earlier,omitempty"`
	Hand     *Hand          `json:"by_hand,omitempty"`
	Calendar light.Standing `json:"calendar"`
	Judged
}

// Differs tells whether what the unit says is not what figures show.
func (s Shown) Differs() bool { return differs(s.Said, s.Computed) }

// differs: a unit says that it is done, or in trouble, or has not begun, and figures show otherwise.
func differs(said reporting.Said, computed light.Colour) bool {
	switch said {
	case reporting.Completed:
		return computed != light.Blue && computed != ""
	case reporting.InTrouble, reporting.NotStarted:
		return computed == light.Blue
	}
	return false
}

// CommitmentLight is a commitment with its light.
type CommitmentLight struct {
	Commitment ledger.Commitment
	UnitName   string // that leads it
	Shown
}

// LightQuery narrows a list of lights. What is empty narrows nothing.
type LightQuery struct {
	Plan    ledger.PlanID
	Colours []light.Colour
	Unit    ledger.UnitID // that leads
	Below   bool          // or a unit beneath it
	Section int           // of the outline, with all beneath it
	Alone   bool          // directly in the section alone
	Kind    ledger.CommitmentKind
	Words   string    // in the title or the number
	ByHand  bool      // set by hand
	Differs bool      // what the unit says is not what figures show
	Turned  time.Time // whose light turned since
	Overdue bool      // whose deadline is over, and that are not done
}

// LightListing is a part of a list of lights.
type LightListing struct {
	Lights []CommitmentLight
	Next   string
}

// Lights are the lights of a published plan that the caller may see. They come in the orders of commitments (number,
// title, by, section, weight), or in that of Severity.
func (s *Service) Lights(ctx context.Context, query LightQuery, page store.Page) (LightListing, error) {
	plan, err := s.plan(ctx, query.Plan)
	if err != nil {
		return LightListing{}, err
	}
	filters, err := s.filters(ctx, plan, query)
	if err != nil {
		return LightListing{}, err
	}
	var listing store.Listing[ledger.Commitment]
	if page.Order == Severity {
		listing, err = s.bySeverity(ctx, plan.ID, page, filters)
	} else {
		listing, err = s.core.Store().Commitments().List(ctx, page, filters...)
	}
	if err != nil {
		return LightListing{}, err
	}
	lights, err := s.shown(ctx, plan, store.Values(listing.Records))
	return LightListing{Lights: lights, Next: listing.Next}, err
}

// CountLights is how many lights a query finds.
func (s *Service) CountLights(ctx context.Context, query LightQuery) (int64, error) {
	plan, err := s.plan(ctx, query.Plan)
	if err != nil {
		return 0, err
	}
	filters, err := s.filters(ctx, plan, query)
	if err != nil {
		return 0, err
	}
	q := s.core.Store().View(ctx).NewSelect().Model((*weighed)(nil)).ColumnExpr("count(*) AS number")
	for _, filter := range filters {
		q = filter(q)
	}
	found, err := recall[struct{ Number int64 }](ctx, s, plan.ID, q)
	if err != nil || len(found) == 0 {
		return 0, err
	}
	return found[0].Number, nil
}

// filters are what a query lets through of what the caller may see.
func (s *Service) filters(ctx context.Context, plan ledger.Plan, query LightQuery) ([]store.Filter, error) {
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	filters := []store.Filter{scope, store.InPlan(plan.ID), func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("EXISTS (?)", query.rows(s.core.Store().View(ctx).NewSelect()))
	}}
	if query.Unit != "" {
		units := []ledger.UnitID{query.Unit}
		if query.Below {
			if units, err = s.below(ctx, query.Unit); err != nil {
				return nil, err
			}
		}
		filters = append(filters, in("lead_unit", units))
	}
	switch {
	case query.Section != 0 && query.Alone:
		filters = append(filters, in("section", []int{query.Section}))
	case query.Section != 0:
		filters = append(filters, in("section", sectionsBelow(plan, query.Section)))
	}
	if query.Kind != "" {
		filters = append(filters, store.Where("kind", string(query.Kind)))
	}
	if words := strings.TrimSpace(query.Words); words != "" {
		filters = append(filters, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where(`(lower(commitments.title) LIKE ? ESCAPE '\' OR lower(commitments.number) LIKE ? ESCAPE '\')`, holding(words), holding(words))
		})
	}
	return filters, nil
}

// rows are the rows of lights that a query lets through, of one commitment.
func (query LightQuery) rows(q *bun.SelectQuery) *bun.SelectQuery {
	q = q.TableExpr("lights AS l").ColumnExpr("1").Where("l.commitment = commitments.id AND l.colour <> ''")
	if len(query.Colours) > 0 {
		q = q.Where("l.colour IN (?)", bun.List(query.Colours))
	}
	if query.ByHand {
		q = q.Where("l.by_hand <> ''")
	}
	if query.Differs {
		q = q.Where("("+differing+")", differingArgs()...)
	}
	if query.Overdue {
		q = q.Where("l.calendar = ? AND l.colour <> ?", light.Overdue, light.Blue)
	}
	if !query.Turned.IsZero() {
		q = q.Where("EXISTS (SELECT 1 FROM light_changes AS t WHERE t.commitment = l.commitment AND t.at_time > ? AND t.earlier <> '')",
			store.TimeText(query.Turned))
	}
	return q
}

func in[T any](column string, values []T) store.Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.? IN (?)", bun.Ident(column), bun.List(values))
	}
}

// holding is a pattern of LIKE for what holds a text, in small letters: the databases do not agree on large ones.
func holding(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}

// below is a unit with all beneath it.
func (s *Service) below(ctx context.Context, unit ledger.UnitID) ([]ledger.UnitID, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	all := []ledger.UnitID{unit}
	for i := 0; i < len(all) && i < len(tree.Units()); i++ {
		all = append(all, tree.Children(all[i], s.core.Today())...)
	}
	return all, nil
}

// sectionsBelow is a section with all beneath it.
func sectionsBelow(plan ledger.Plan, number int) []int {
	all := []int{number}
	for _, section := range plan.Outline {
		for _, above := range plan.Path(section.Number) {
			if above.Number == number && section.Number != number {
				all = append(all, section.Number)
			}
		}
	}
	return all
}

// shown are commitments with their lights, in the order given. Those without one are left out.
func (s *Service) shown(ctx context.Context, plan ledger.Plan, commitments []ledger.Commitment) ([]CommitmentLight, error) {
	if len(commitments) == 0 {
		return nil, nil
	}
	ids := make([]string, len(commitments))
	for i, c := range commitments {
		ids[i] = string(c.ID)
	}
	var rows []lightRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment IN (?)", bun.List(ids)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("progress: reading lights: %w", err)
	}
	byID := map[string]lightRow{}
	for _, r := range rows {
		byID[r.Commitment] = r
	}
	begins, err := s.begins(ctx, plan, ids)
	if err != nil {
		return nil, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var all []CommitmentLight
	for _, c := range commitments {
		r, there := byID[string(c.ID)]
		if !there || r.Colour == "" {
			continue
		}
		shown, err := s.show(r, c, begins(c.ID))
		if err != nil {
			return nil, err
		}
		all = append(all, CommitmentLight{Commitment: c, UnitName: tree.Name(c.Lead, s.core.Today()), Shown: shown})
	}
	return all, nil
}

func (s *Service) show(r lightRow, c ledger.Commitment, begins calendar.Date) (Shown, error) {
	j, err := r.judged()
	return Shown{
		Colour: light.Colour(r.Colour), Computed: light.Colour(r.Computed), Since: store.DateOf(r.Since), Earlier: light.Colour(r.Earlier),
		Hand: r.hand(s.core.Today()), Calendar: light.Calendar(begins, c.By, s.core.Today()), Judged: j,
	}, err
}

// begins tells from when the time of commitments counts.
func (s *Service) begins(ctx context.Context, plan ledger.Plan, ids []string) (func(ledger.CommitmentID) calendar.Date, error) {
	var rows []ownRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return nil, fmt.Errorf("progress: reading the paths of commitments: %w", err)
	}
	own := map[ledger.CommitmentID]OwnTerms{}
	for _, r := range rows {
		record, err := r.record()
		if err != nil {
			return nil, err
		}
		own[ledger.CommitmentID(r.Commitment)] = record.Value
	}
	return func(id ledger.CommitmentID) calendar.Date { return own[id].begins(plan) }, nil
}

// begins is from when elapsed time counts.
func (o OwnTerms) begins(plan ledger.Plan) calendar.Date {
	if !o.Begins.IsZero() {
		return o.Begins
	}
	return calendar.Date{Year: int16(plan.Year), Month: 1, Day: 1}
}

// row is the light of a commitment; sql.ErrNoRows where it has none.
func (s *Service) row(ctx context.Context, id ledger.CommitmentID) (lightRow, error) {
	r := lightRow{Commitment: string(id)}
	if err := s.core.Store().View(ctx).NewSelect().Model(&r).WherePK().Scan(ctx); err != nil {
		return r, fmt.Errorf("progress: reading the light of commitment %s: %w", id, err)
	}
	return r, nil
}
