package catalogue

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/indicator"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// indicatorKind is what the log calls indicators.
const indicatorKind = "indicators"

// IndicatorQuery narrows a list of indicators. What is empty does not narrow it.
type IndicatorQuery struct {
	Plan      ledger.PlanID
	Words     string // in the name, the code or the scope note
	Direction ledger.Direction
	Own       bool // those that the dictionary does not know
}

func (q IndicatorQuery) filters() []store.Filter {
	var filters []store.Filter
	if q.Plan != "" {
		filters = append(filters, store.InPlan(q.Plan))
	}
	if q.Direction != "" {
		filters = append(filters, store.Where("direction", q.Direction))
	}
	if q.Own {
		filters = append(filters, store.Where("code", ""))
	}
	return append(filters, containing(q.Words, "name", "code", "scope"))
}

// Indicators is a part of the indicators that the caller may see.
func (s *Service) Indicators(ctx context.Context, q IndicatorQuery, page store.Page) (store.Listing[ledger.Indicator], error) {
	scope, err := s.Scope(ctx, "indicator.read", indicatorColumns)
	if err != nil {
		return store.Listing[ledger.Indicator]{}, err
	}
	listing, err := s.Store().Indicators().List(ctx, page, append(q.filters(), scope)...)
	return listing, readable(err)
}

// Indicator is an indicator with what belongs to it.
type Indicator struct {
	store.Record[ledger.Indicator]
	Entry  *indicator.Indicator // of the dictionary; nil for one of the plan's own
	Units  []ledger.UnitID      // that answer for a target of it
	Breaks []int                // years from which on figures are of another scope
}

// Indicator is the indicator with an identifier.
func (s *Service) Indicator(ctx context.Context, id ledger.IndicatorID) (Indicator, error) {
	record, err := s.Store().Indicators().Get(ctx, string(id))
	if err != nil {
		return Indicator{}, err
	}
	units, err := s.answering(ctx, id)
	if err != nil {
		return Indicator{}, err
	}
	if err := s.Check(ctx, "indicator.read", s.ownedByAny(ctx, "indicator.read", units)); err != nil {
		return Indicator{}, err
	}
	return Indicator{
		Record: record, Entry: indicator.ByCode(record.Value.Code), Units: units, Breaks: record.Value.Breaks(),
	}, nil
}

// CanIndicator tells whether a page offers an action to an indicator.
func (s *Service) CanIndicator(ctx context.Context, action access.Action, i Indicator) bool {
	return s.Can(ctx, action, s.ownedByAny(ctx, action, i.Units))
}

// answering are the units that lead commitments with a target for an indicator.
func (s *Service) answering(ctx context.Context, id ledger.IndicatorID) ([]ledger.UnitID, error) {
	var units []ledger.UnitID
	err := s.Store().View(ctx).NewSelect().Table("catalogue_indicator_units").Column("unit").Distinct().
		Where("indicator = ?", id).Order("unit").Scan(ctx, &units)
	if err != nil {
		return nil, fmt.Errorf("finding the units of indicator %s: %w", id, err)
	}
	return units, nil
}

// ownedByAny is whose an object of several units is for a caller: that unit's for which he may do the action, the
// first one's where there is none.
func (s *Service) ownedByAny(ctx context.Context, action access.Action, units []ledger.UnitID) service.Owned {
	for _, unit := range units {
		if s.Can(ctx, action, service.Owned{Lead: unit}) {
			return service.Owned{Lead: unit}
		}
	}
	if len(units) > 0 {
		return service.Owned{Lead: units[0]}
	}
	return service.Owned{}
}

// Dictionary is the indicators of the dictionary whose names hold a word, in its order.
func Dictionary(word string, most int) []*indicator.Indicator {
	var found []*indicator.Indicator
	word = strings.ToLower(strings.TrimSpace(word))
	holds := func(name string) bool { return strings.Contains(strings.ToLower(name), word) }
	for entry := range indicator.All() {
		if len(found) == most {
			break
		}
		if holds(entry.ZH) || holds(entry.EN) || holds(entry.Code) || slices.ContainsFunc(entry.Aliases, holds) {
			found = append(found, entry)
		}
	}
	return found
}

// AddIndicator adds an indicator to a plan. What the dictionary knows of it stands in place of what was left open.
func (s *Service) AddIndicator(ctx context.Context, i ledger.Indicator) (ledger.IndicatorID, error) {
	err := s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "indicator.edit", service.Owned{}); err != nil {
			return err
		}
		i.ID = store.NewID[ledger.IndicatorID](s.Store())
		i = completed(i)
		if err := s.soundIndicator(ctx, i); err != nil {
			return err
		}
		if _, err := s.Store().Indicators().Add(ctx, i); err != nil {
			return err
		}
		w.Record("indicator.edit", indicatorKind, string(i.ID), nil, i, nil)
		return nil
	})
	return i.ID, err
}

func completed(i ledger.Indicator) ledger.Indicator {
	entry := indicator.ByCode(i.Code)
	if entry == nil {
		return i
	}
	known := ledger.IndicatorOf(entry, i.Unit)
	if i.Name == "" {
		i.Name = known.Name
	}
	if i.Direction == "" {
		i.Direction = known.Direction
	}
	if i.Aggregation == "" {
		i.Aggregation = known.Aggregation
	}
	return i
}

// RedefineIndicator changes what an indicator is: all but its plan and its series.
func (s *Service) RedefineIndicator(ctx context.Context, i ledger.Indicator, seen int64) error {
	return s.changeIndicator(ctx, i.ID, "indicator.edit", seen, func(before ledger.Indicator) (ledger.Indicator, any, error) {
		after := completed(i)
		after.Plan, after.Series = before.Plan, before.Series
		return after, nil, nil
	})
}

// SetYear sets the figures of an indicator for a year. Why an earlier figure is changed is kept in the log.
func (s *Service) SetYear(ctx context.Context, id ledger.IndicatorID, year ledger.YearFigure, reason string, seen int64) error {
	return s.changeIndicator(ctx, id, "indicator.series", seen, func(before ledger.Indicator) (ledger.Indicator, any, error) {
		after := before
		after.Series = slices.Clone(before.Series)
		at, there := slices.BinarySearchFunc(after.Series, year.Year, func(y ledger.YearFigure, year int) int { return y.Year - year })
		if !there {
			after.Series = slices.Insert(after.Series, at, year)
			return after, nil, nil
		}
		if strings.TrimSpace(reason) == "" {
			return before, nil, ledger.Problems{{Code: "amendment.reason", Where: "reason"}}
		}
		after.Series[at] = year
		return after, map[string]string{"reason": reason}, nil
	})
}

// DropYear takes the figures of a year out of an indicator's series.
func (s *Service) DropYear(ctx context.Context, id ledger.IndicatorID, year int, reason string, seen int64) error {
	return s.changeIndicator(ctx, id, "indicator.series", seen, func(before ledger.Indicator) (ledger.Indicator, any, error) {
		after := before
		after.Series = slices.DeleteFunc(slices.Clone(before.Series), func(y ledger.YearFigure) bool { return y.Year == year })
		switch {
		case len(after.Series) == len(before.Series):
			return before, nil, fault("year.absent", fmt.Sprint(year))
		case strings.TrimSpace(reason) == "":
			return before, nil, ledger.Problems{{Code: "amendment.reason", Where: "reason"}}
		}
		return after, map[string]string{"reason": reason}, nil
	})
}

func (s *Service) changeIndicator(ctx context.Context, id ledger.IndicatorID, action access.Action, seen int64,
	change func(ledger.Indicator) (ledger.Indicator, any, error),
) error {
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		record, err := s.Store().Indicators().Get(ctx, string(id))
		if err != nil {
			return err
		}
		units, err := s.answering(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, action, s.ownedByAny(ctx, action, units)); err != nil {
			return err
		}
		after, detail, err := change(record.Value)
		if err != nil {
			return err
		}
		if err := s.soundIndicator(ctx, after); err != nil {
			return err
		}
		if _, err := s.Store().Indicators().Change(ctx, after, seen); err != nil {
			return err
		}
		w.Record(action, indicatorKind, string(id), record.Value, after, detail)
		return nil
	})
}

// soundIndicator tells what is wrong with an indicator, by itself and among those of its plan.
func (s *Service) soundIndicator(ctx context.Context, i ledger.Indicator) error {
	if err := i.Validate().Err(); err != nil {
		return err
	}
	if _, err := s.Store().Plans().Get(ctx, string(i.Plan)); err != nil {
		return err
	}
	records, err := service.All(ctx, s.Store().Indicators().List, store.InPlan(i.Plan))
	if err != nil {
		return fmt.Errorf("reading the indicators of plan %s: %w", i.Plan, err)
	}
	all := []ledger.Indicator{}
	for _, r := range records {
		if r.Value.ID != i.ID {
			all = append(all, r.Value)
		}
	}
	return fields(ledger.ValidateIndicators(append(all, i))).Err()
}

// Quote finds words in a document, so that a figure can name its source. The caller must be able to read it.
func (s *Service) Quote(ctx context.Context, document ledger.Digest, words string) (ledger.Passage, error) {
	if err := s.Check(ctx, "document.read", service.Owned{}); err != nil {
		return ledger.Passage{}, err
	}
	record, err := s.Store().Documents().Get(ctx, string(document))
	if err != nil {
		return ledger.Passage{}, err
	}
	words = strings.TrimSpace(words)
	before, _, found := strings.Cut(record.Value.Text, words)
	if !found || words == "" {
		return ledger.Passage{}, fault("quote.absent", record.Value.Name)
	}
	at := len([]rune(before))
	return ledger.Quote(document, record.Value.Text, at, at+len([]rune(words)))
}

// Targeted are the commitments with a target for an indicator, as far as the caller may read them.
func (s *Service) Targeted(ctx context.Context, id ledger.IndicatorID) ([]store.Record[ledger.Commitment], error) {
	scope, err := s.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return nil, err
	}
	targets := func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("commitments.id IN (SELECT commitment FROM commitment_targets WHERE indicator = ?)", id)
	}
	listing, err := s.Store().Commitments().List(ctx, store.Page{Limit: store.MaxLimit}, targets, scope)
	return listing.Records, err
}
