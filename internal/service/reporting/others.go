package reporting

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// related are the units whose figures on indicators a unit's are held against: those above and beneath it, and of a
// department the other departments that follow one of those that are looked for elsewhere.
func (d *desk) related(unit ledger.UnitID, elsewhere []reporting.Subject) []ledger.UnitID {
	on := d.round.Period.Span().To
	related := d.tree.Children(unit, on)
	if above := d.tree.Parent(unit, on); above != "" {
		related = append(related, above)
	}
	if !d.isDepartment(unit) {
		return related
	}
	for _, subject := range elsewhere {
		for _, other := range d.followers[ledger.IndicatorID(subject.ID)] {
			if other != unit && d.isDepartment(other) {
				related = append(related, other)
			}
		}
	}
	slices.Sort(related)
	return slices.Compact(related)
}

// others are the points of other units for the period of a form, by indicator: parts of a whole, and of those that are
// looked for elsewhere what others hold.
func (s *Service) others(ctx context.Context, d *desk, subjects, elsewhere []reporting.Subject) (map[reporting.Subject][]reporting.Point, error) {
	indicators := ofIndicators(subjects)
	units := d.related(ledger.UnitID(d.row.Unit), ofIndicators(elsewhere))
	if len(indicators) == 0 || len(units) == 0 {
		return nil, nil
	}
	said := history{}
	for some := range slices.Chunk(units, atOnce) {
		if err := s.saidBy(ctx, said, asked{d.round.Plan, d.round.Period, indicators, some, false}); err != nil {
			return nil, err
		}
	}
	return said.during(d.round.Period), nil
}

func ofIndicators(subjects []reporting.Subject) []reporting.Subject {
	return slices.DeleteFunc(slices.Clone(subjects), func(subject reporting.Subject) bool { return subject.Kind != reporting.OfIndicator })
}

// asked is of what is asked what was said for a period.
type asked struct {
	plan     ledger.PlanID
	period   reporting.Period
	subjects []reporting.Subject
	units    []ledger.UnitID // all where empty
	open     bool            // that alone which is not locked
}

// saidBy puts what units said for a period into a history, with what they said before where the cumulative figure follows
// from that alone.
func (s *Service) saidBy(ctx context.Context, said history, of asked) error {
	ends := of.period.Span().To.String()
	now := history{}
	err := s.saidWhere(ctx, now, of, of.units, func(q *bun.SelectQuery) *bun.SelectQuery {
		if of.open {
			q = q.Where("s.state <> ?", string(reporting.Locked))
		}
		return q.Where("s.ends = ?", ends).Where("s.period = ?", of.period.Key())
	})
	if err != nil {
		return err
	}
	follows := map[ledger.UnitID][]reporting.Subject{}
	for l, remarks := range now {
		switch {
		case len(remarks) == 0: // said nothing
		case remarks[0].Given == reporting.OfPeriod:
			follows[l.unit] = append(follows[l.unit], l.subject)
		default:
			said[l] = remarks
		}
	}
	if len(follows) == 0 {
		return nil
	}
	all := history{}
	err = s.saidWhere(ctx, all, of, slices.Collect(maps.Keys(follows)), func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("s.ends <= ?", ends)
	})
	for unit, subjects := range follows {
		for _, subject := range subjects {
			said[laneOf(subject, unit)] = all[laneOf(subject, unit)]
		}
	}
	return err
}

// saidWhere puts what units said on subjects into a history, narrowed by a condition on their submissions.
func (s *Service) saidWhere(ctx context.Context, found history, of asked, units []ledger.UnitID,
	narrow func(*bun.SelectQuery) *bun.SelectQuery,
) error {
	texts := make([]string, len(of.subjects))
	for i, subject := range of.subjects {
		texts[i] = subject.String()
	}
	var rows []saidRow
	query := narrow(s.saidQuery(ctx, byForm, of.plan)).Where("o.subject IN (?)", bun.List(texts))
	if len(units) > 0 {
		query = query.Where("s.unit IN (?)", bun.List(units))
	}
	if err := query.Scan(ctx, &rows); err != nil {
		return fmt.Errorf("reading what other units said in plan %s: %w", of.plan, err)
	}
	return s.remember(ctx, found, span{plan: of.plan}, rows, texts)
}
