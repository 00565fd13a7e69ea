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
	var follows []lane
	for l, remarks := range now {
		switch {
		case len(remarks) == 0: // said nothing
		case remarks[0].Given == reporting.OfPeriod && of.period.Number > 1:
			follows = append(follows, l)
		default:
			said[l] = remarks
		}
	}
	if len(follows) == 0 {
		return nil
	}
	if follows, err = s.followingLocked(ctx, said, now, of, follows); err != nil || len(follows) == 0 {
		return err
	}
	all := history{}
	of.subjects, of.units = parted(follows)
	err = s.saidWhere(ctx, all, of, of.units, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("s.ends <= ?", ends)
	})
	for _, l := range follows {
		said[l] = all[l]
	}
	return err
}

// followingLocked puts what was said for a period alone behind the figure of the period before, where that is locked: a
// point is derived from what was said and from the point before it. It returns the lanes of which that is not locked.
func (s *Service) followingLocked(ctx context.Context, said, now history, of asked, lanes []lane) ([]lane, error) {
	subjects, units := parted(lanes)
	locked, err := s.figures(ctx, of.plan, FigureFilter{Subjects: subjects, Units: units, Period: of.period.Previous(), bare: true}, everything)
	if err != nil {
		return nil, err
	}
	before := map[lane]Figure{}
	for _, f := range locked {
		before[laneOf(f.Subject, f.Unit)] = f
	}
	return slices.DeleteFunc(lanes, func(l lane) bool {
		f, is := before[l]
		if is {
			said[l] = append([]remark{f.cumulative()}, now[l]...)
		}
		return is
	}), nil
}

// cumulative is a locked figure as if it had been said as a cumulative one, for what follows from it.
func (f Figure) cumulative() remark {
	figures := reporting.Figures{
		Given: reporting.Cumulative, Value: f.Point.Cumulative, Numerator: f.Point.Numerator, Denominator: f.Point.Denominator,
	}
	return remark{Submission: f.Submission, Stated: reporting.Stated{
		Period: f.Point.Period, Unit: f.Unit, Observation: f.Point.Observation, Figures: figures, Said: f.Point.Said,
		State: f.Point.State, Corrected: f.Point.Corrected, Reason: f.Point.Reason,
	}}
}

// parted are the subjects and the units of lanes, each once.
func parted(lanes []lane) ([]reporting.Subject, []ledger.UnitID) {
	subjects, units := map[reporting.Subject]bool{}, map[ledger.UnitID]bool{}
	for _, l := range lanes {
		subjects[l.subject], units[l.unit] = true, true
	}
	return slices.Collect(maps.Keys(subjects)), slices.Collect(maps.Keys(units))
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
