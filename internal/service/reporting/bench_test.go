package reporting_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/uptrace/bun"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// rowsOfAForm is what a unit of a large district is asked in a month.
const rowsOfAForm = 50

// BenchmarkApprovedObservations takes forms of fifty rows through their whole life (filled, sent in and signed,
// reviewed, locked with their figures) and tells how many observations that is in a second.
func BenchmarkApprovedObservations(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			c := &clock{}
			c.on(1, 2)
			o := settle(b, storetest.Open(b, dsn(b), store.Options{Rooms: rooms, Now: c.now}), c)
			units := o.district(b, 40)
			o.begin(b, false)
			rounds := make([]usecases.RoundView, 12)
			c.on(12, 28)
			must(b, o.Tick(o.job, nil))
			for month := range 12 {
				rounds[month] = o.roundOf(b, month+1)
			}
			heads := o.headsOf(b, units)
			n := 0
			for b.Loop() {
				i, month := n%len(units), n/len(units)%12
				if n/len(units) >= 12 {
					b.Fatal("the district is used up")
				}
				o.life(heads[i], b, rounds[month].ID, units[i], int64(month*10))
				n++
			}
			b.ReportMetric(float64(n*rowsOfAForm)/b.Elapsed().Seconds(), "observations/s")
		})
	}
}

// district adds units, each with as many commitments as a form has rows.
func (o *town) district(b *testing.B, number int) []ledger.UnitID {
	b.Helper()
	var units []ledger.UnitID
	must(b, o.Store().Within(b.Context(), func(ctx context.Context, _ bun.Tx) error {
		units = nil
		for i := range number {
			unit := ledger.Unit{
				ID: store.NewID[ledger.UnitID](o.Store()), Parent: o.Government.ID, Kind: ledger.Department, Name: fmt.Sprintf("第%d局", i), Order: 10 + i,
			}
			if _, err := o.Store().Units().Add(ctx, unit); err != nil {
				return err
			}
			units = append(units, unit.ID)
			for j := range rowsOfAForm {
				terms := ledger.CommitmentTerms{
					Title: fmt.Sprintf("第%d项任务", j), Section: 2, By: day(12, 31), Lead: unit.ID, State: ledger.InForce, Targets: []ledger.Target{{
						Number: 1, Subject: "完成数量", Cmp: ledger.AtLeast, Value: ledger.Int(100), Unit: "个", Measure: ledger.Level,
					}},
				}
				if _, err := o.Store().Commitments().Add(ctx, o.Promise(o.Store(), terms)); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	return units
}

// headsOf are the heads of units.
func (o *town) headsOf(b *testing.B, units []ledger.UnitID) []context.Context {
	b.Helper()
	var heads []context.Context
	for _, unit := range units {
		heads = append(heads, o.As(b.Context(), "unit-head", unit))
	}
	return heads
}

// life takes one form from its first figure to its lock.
func (o *town) life(head context.Context, b *testing.B, round reporting.RoundID, unit ledger.UnitID, value int64) {
	b.Helper()
	form := have[usecases.FormView](b)(o.Form(head, round, unit))
	if len(form.Rows) != rowsOfAForm {
		b.Fatalf("the form has %d rows", len(form.Rows))
	}
	filling := usecases.Filling{Round: round, Unit: unit}
	for _, row := range form.Rows {
		filled := o.beds(value, reporting.Cumulative, row.Revision)
		filled.Subject = row.Subject
		filling.Rows = append(filling.Rows, filled)
	}
	saved := have[usecases.Saved](b)(o.Save(head, filling))
	have[usecases.Submission](b)(o.Submit(head, saved.Submission.ID, saved.Submission.Revision))
	o.one(o.review, b, "review", saved.Submission.ID, "")
	o.one(o.office, b, "lock", saved.Submission.ID, "")
}
