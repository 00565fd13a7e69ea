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
}

// Subjects are all that units can be asked of a plan, whatever its settings ask: what settings and grants choose among.
// A subject that several units report comes once for each of them.
func (s *Service) Subjects(ctx context.Context, plan ledger.PlanID) ([]AskedSubject, error) {
	if err := s.checkPlan(ctx, readRound, plan); err != nil {
		return nil, err
	}
	m, err := s.material(ctx, plan)
	if err != nil {
		return nil, err
	}
	return m.subjects(), nil
}

// subjects are all that units can be asked of a plan, whatever its settings ask.
func (m *material) subjects() []AskedSubject {
	all := reporting.Asking{Kinds: map[reporting.SubjectKind]reporting.Frequency{
		reporting.OfIndicator: reporting.Yearly, reporting.OfTarget: reporting.Yearly,
		reporting.OfTask: reporting.Yearly, reporting.OfProject: reporting.Yearly,
	}}
	year := reporting.Round{Period: reporting.Period{Frequency: reporting.Yearly, Year: m.plan.Year, Number: 1}}
	m.asked.once.Do(func() {
		for _, unit := range m.leads {
			for _, row := range m.formOf(year, all, unit).Rows {
				m.asked.all = append(m.asked.all, AskedSubject{row.Subject, row.Title, unit})
			}
		}
	})
	return m.asked.all
}
