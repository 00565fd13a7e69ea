package progress_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// BenchmarkCompute computes all lights of a district's plan, reading everything that they rest on and writing what has
// changed: 5,000 commitments with a figure for each of twelve months.
func BenchmarkCompute(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			c := &clock{}
			c.on(1, 2)
			o := settle(b, storetest.Open(b, dsn(b), store.Options{Rooms: rooms, Now: c.now}), c)
			o.district(b, 5000)
			b.ResetTimer()
			for month := range b.N {
				c.on(month%12+1, 27) // other lights each time
				o.compute(b)
			}
		})
	}
}

// BenchmarkOverview reads a leader's year of the same district.
func BenchmarkOverview(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			c := &clock{}
			c.on(9, 2)
			o := settle(b, storetest.Open(b, dsn(b), store.Options{Rooms: rooms, Now: c.now}), c)
			o.district(b, 5000)
			o.compute(b)
			b.ResetTimer()
			for range b.N {
				if _, err := o.Overview(o.leader, o.Plan.ID); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// district adds commitments, all of which have locked figures for every month, as closing a round writes them.
func (o *town) district(b *testing.B, n int) {
	b.Helper()
	o.Promises(b, o.Store(), n)
	must(b, o.Store().Within(b.Context(), func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw("UPDATE commitments SET state = ? WHERE plan = ?", string(ledger.InForce), o.Plan.ID).Exec(ctx); err != nil {
			return err
		}
		var ids []string
		if err := tx.NewSelect().Table("commitments").Column("id").Where("plan = ?", o.Plan.ID).Scan(ctx, &ids); err != nil {
			return err
		}
		for month := 1; month <= 12; month++ {
			if err := o.figures(ctx, tx, month, ids); err != nil {
				return err
			}
		}
		return nil
	}))
}

type figureRow struct {
	bun.BaseModel `bun:"table:figures"`
	Plan          string `bun:"plan"`
	Subject       string `bun:"subject"`
	Unit          string `bun:"unit"`
	Period        string `bun:"period"`
	Ends          string `bun:"ends"`
	Submission    string `bun:"submission"`
	OfPeriod      string `bun:"of_period"`
	Cumulative    string `bun:"cumulative"`
	Corrected     bool   `bun:"corrected"`
	Point         string `bun:"point"`
	Body          string `bun:"body"`
}

// figures are those of a month.
func (o *town) figures(ctx context.Context, tx bun.Tx, month int, ids []string) error {
	p := reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: month}
	round, submission := fmt.Sprintf("round-%d", month), fmt.Sprintf("submission-%d", month)
	day := p.Span().To.String()
	_, err := tx.NewRaw("INSERT INTO rounds (id, revision, plan, period, ends, opens, due, closes, state) VALUES (?, 1, ?, ?, ?, ?, ?, ?, 'closed')",
		round, o.Plan.ID, p.Key(), day, day, day, day).Exec(ctx)
	if err != nil {
		return err
	}
	_, err = tx.NewRaw("INSERT INTO submissions (id, revision, round, plan, period, ends, unit, state, asked, filled, warnings, statistics, late, updated, returned, form) "+
		"VALUES (?, 1, ?, ?, ?, ?, ?, 'locked', 0, 0, 0, FALSE, FALSE, '2026-01-01T00:00:00.000000Z', '', '')", submission, round, o.Plan.ID, p.Key(), day, o.Bureau.ID).Exec(ctx)
	if err != nil {
		return err
	}
	var rows []figureRow
	for i, id := range ids {
		subject := reporting.TargetSubject(ledger.CommitmentID(id), 1)
		value := ledger.Int(int64(i * month / 12))
		point := reporting.Point{
			Period: p, Unit: o.Bureau.ID, Observation: reporting.ObservationID(fmt.Sprintf("%s-%d", id, month)), Given: reporting.Cumulative,
			OfPeriod: ledger.Int(int64(i / 12)), Cumulative: value, Said: reporting.UnderWay, State: reporting.Locked, Reason: "按计划推进",
		}
		body := reporting.Observation{Subject: subject, Figures: reporting.Figures{Given: reporting.Cumulative, Value: value}, Said: reporting.UnderWay}
		pointText, _ := json.Marshal(point)
		bodyText, _ := json.Marshal(body)
		rows = append(rows, figureRow{
			Plan: string(o.Plan.ID), Subject: subject.String(), Unit: string(o.Bureau.ID), Period: p.Key(), Ends: day, Submission: submission,
			OfPeriod: point.OfPeriod.String(), Cumulative: value.String(), Point: string(pointText), Body: string(bodyText),
		})
		if len(rows) == 500 || i == len(ids)-1 {
			if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
				return err
			}
			rows = rows[:0]
		}
	}
	return nil
}
