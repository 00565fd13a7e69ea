package reporting

import (
	"context"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// AskedSubject is something that a unit can be asked, with what it is called and who leads it.
type AskedSubject struct {
	Subject reporting.Subject
	Title   string
	Unit    ledger.UnitID
	Again   bool // another unit before it reports the same
}

// Askable is all that units can be asked of a plan. It never changes once made.
type Askable struct {
	All    []AskedSubject // a subject that several units report comes once for each of them
	titles map[reporting.Subject]string
}

// Title is what a subject is called; empty where it cannot be asked.
func (a *Askable) Title(subject reporting.Subject) string { return a.titles[subject] }

// Subjects are all that units can be asked of a plan, whatever its settings ask: what settings and grants choose among.
func (s *Service) Subjects(ctx context.Context, plan ledger.PlanID) (*Askable, error) {
	if err := s.checkPlan(ctx, readRound, plan); err != nil {
		return nil, err
	}
	m, err := s.material(ctx, plan)
	if err != nil {
		return nil, err
	}
	return m.askable(), nil
}

// askable is all that units can be asked of a plan, whatever its settings ask.
func (m *material) askable() *Askable {
	m.asked.once.Do(func() {
		all := reporting.Asking{Kinds: map[reporting.SubjectKind]reporting.Frequency{
			reporting.OfIndicator: reporting.Yearly, reporting.OfTarget: reporting.Yearly,
			reporting.OfTask: reporting.Yearly, reporting.OfProject: reporting.Yearly,
		}}
		year := reporting.Round{Period: reporting.Period{Frequency: reporting.Yearly, Year: m.plan.Year, Number: 1}}
		asked := &Askable{titles: map[reporting.Subject]string{}}
		for _, unit := range m.leads {
			for _, row := range m.formOf(year, all, unit).Rows {
				_, again := asked.titles[row.Subject]
				asked.titles[row.Subject] = row.Title
				asked.All = append(asked.All, AskedSubject{row.Subject, row.Title, unit, again})
			}
		}
		m.asked.all = asked
	})
	return m.asked.all
}
