package supervision_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/uptrace/bun"

	usecases "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// openOrders is how many a large district has.
const openOrders = 10_000

// BenchmarkAsManyOpenOrders measures what is done with ten thousand open orders of three hundred units: the list, the
// inbox of the office and of a head, statistics, and the run of a night in which a fifth of them is overdue.
func BenchmarkAsManyOpenOrders(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			c := &clock{}
			c.on(day(1, 5))
			o := settle(b, storetest.Open(b, dsn(b), store.Options{Rooms: rooms, Now: c.now}), c)
			o.fill(b)
			head := o.As(b.Context(), "unit-head", o.Bureau.ID)
			measured(b, "list", func() error {
				_, err := o.List(o.office, usecases.Filter{Open: true}, store.Page{})
				return err
			})
			measured(b, "list of what is overdue", func() error {
				_, err := o.List(o.office, usecases.Filter{Overdue: true}, store.Page{Order: "updated", Descending: true})
				return err
			})
			measured(b, "list by words", func() error {
				_, err := o.List(o.office, usecases.Filter{Text: "第77件"}, store.Page{})
				return err
			})
			measured(b, "inbox of the office", func() error { _, err := o.Inbox(o.office); return err })
			measured(b, "inbox of a head", func() error { _, err := o.Inbox(head); return err })
			measured(b, "statistics", func() error {
				_, err := o.Statistics(o.office, "", day(1, 1), day(12, 31))
				return err
			})
			b.Run("night", func(b *testing.B) {
				on := day(1, 26)
				for b.Loop() {
					o.clock.on(on)
					must(b, o.Tick(o.job, nil))
					on = on.AddDays(1)
				}
			})
		})
	}
}

// measured runs something and tells the time within which 95 of 100 runs are done.
func measured(b *testing.B, what string, do func() error) {
	b.Run(what, func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			start := time.Now()
			must(b, do())
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	})
}

// fill makes the orders of a large district: one through the use cases, and copies of its rows.
func (o *town) fill(b *testing.B) {
	b.Helper()
	units := append(o.district(b, 300), o.Bureau.ID)
	states := []string{"issued", "handling", "replied"}
	order := o.matter()
	order.Cooperating = nil
	pattern := map[string]string{
		"issued": string(o.issued(b, order).ID), "handling": string(o.handled(b, order).ID), "replied": string(o.done(b, o.handled(b, order).ID).ID),
	}
	must(b, o.Store().Within(b.Context(), func(ctx context.Context, tx bun.Tx) error {
		for i := range openOrders {
			of, id := pattern[states[i%len(states)]], store.NewID[string](o.Store())
			title, unit := fmt.Sprintf("第%d件 望溪路改造滞后", i), string(units[i%len(units)])
			for _, statement := range []string{
				`INSERT INTO orders (id, revision, number, kind, parent, plan, title, lead, state, urgency, sheet, drafter, drafted, issued, signed,
					replied, ended, due, sign_due, interim_due, running, paused, estimated, signed_late, replied_late, updated, body)
					SELECT ?0, revision, number || ?0, kind, parent, plan, ?1, ?2, state, urgency, sheet, drafter, drafted, issued, signed,
					replied, ended, due, sign_due, interim_due, running, paused, estimated, signed_late, replied_late, updated,
					replace(body, '"lead":"', '"lead":"' || ?2 || '","was":"') FROM orders WHERE id = ?3`,
				`INSERT INTO order_words VALUES (?0, ?1)`,
				`INSERT INTO flow_cases SELECT kind, ?0, flow, version, begun, state FROM flow_cases WHERE kind = 'orders' AND object = ?3`,
				`INSERT INTO flow_steps (kind, object, number, action, role, account, on_day, at_time, facts, reason, days, until_day)
					SELECT kind, ?0, number, action, role, account, on_day, at_time, facts, reason, days, until_day FROM flow_steps
					WHERE kind = 'orders' AND object = ?3`,
			} {
				if _, err := tx.NewRaw(statement, id, title, unit, of).Exec(ctx); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}
