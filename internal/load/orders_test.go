package load_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/load"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// openOrders is how many a large district has.
const openOrders = 10_000

// pressed is a district whose orders are many and whose promises are few, as what is measured are lists of orders.
var pressed = load.Size{Units: 300, Commitments: 1_000, Projects: 100, Indicators: 10, Years: 1}

// handling are the users who have to do with orders: of the office, leaders and heads of units.
var handling = []int{0, 1, 2, 4, 5, 8}

// BenchmarkOrders measures the program as it is installed with ten thousand open orders: how fast lists, what waits for
// somebody, and the wall chart come while 20 people use it at once.
func BenchmarkOrders(b *testing.B) {
	for _, database := range []struct {
		name string
		dsn  func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			plan := ""
			s := launch(b, prepare(b, database.dsn(b), pressed, func(b *testing.B, s *store.Store) { plan = ordered(b, s) }))
			pages := map[string][]string{
				"list": {"/orders"}, "list, page 2": {second(b, s)}, "all": {"/orders?tab=all"}, "to sign": {"/orders?tab=sign"},
				"overdue": {"/orders?overdue=1"}, "by unit": {"/orders/units"}, "by words": {"/orders?q=第77件"}, "inbox": {"/"},
				"wall": {"/plans/" + plan + "/wall"},
			}
			shapes := []string{}
			for shape := range pages {
				shapes = append(shapes, shape)
			}
			slices.Sort(shapes)
			people := make([]*user, users)
			for i := range people {
				people[i] = signIn(b, s, handling[i%len(handling)])
				people[i].pages, people[i].shapes = pages, shapes
			}
			b.ResetTimer()
			costs := workOf(b, s, people)
			calm := together(b, people, nil, browses/2, pause)
			report(os.Stdout, b.Name(), calm, costs, 80*time.Millisecond)
			everything := slices.Concat(calm.times()...)
			slices.Sort(everything)
			b.ReportMetric(float64(percentile(everything, 95).Microseconds())/1000, "p95-ms")
		})
	}
}

// second is the second part of the list.
func second(b *testing.B, s *server) string {
	b.Helper()
	_, body, err := signIn(b, s, 0).send(b, http.MethodGet, "/orders", nil)
	for _, link := range linksOf(body) {
		if strings.HasPrefix(link, "/orders?after=") {
			return link
		}
	}
	b.Fatalf("the list has one part: %v", err)
	return ""
}

type orderRow struct {
	bun.BaseModel `bun:"table:orders"`

	ID, Number, Kind, Plan, Title, Lead, State, Urgency, Sheet, Drafter, Drafted, Issued, Signed, Replied, Ended, Due, SignDue, InterimDue string

	Revision                                            int64
	Running, Paused, Estimated, SignedLate, RepliedLate bool
	Updated, Body                                       string
}

type (
	wordsRow struct {
		bun.BaseModel  `bun:"table:order_words"`
		OrderID, Words string
	}
	subjectRow struct {
		bun.BaseModel          `bun:"table:order_subjects"`
		OrderID, Kind, Subject string
	}
	unitRow struct {
		bun.BaseModel          `bun:"table:order_units"`
		OrderID, Unit, Account string
	}
)

// ordered writes the orders of a large district, as their use cases would, and returns the plan that they are about.
func ordered(b *testing.B, s *store.Store) string {
	b.Helper()
	var promises []struct{ ID, Plan, Lead string }
	err := s.View(b.Context()).NewSelect().Table("commitments").ColumnExpr("id, plan, lead_unit AS lead").Order("id").Scan(b.Context(), &promises)
	if err != nil {
		b.Fatal(err)
	}
	states, today := []string{"issued", "handling", "handling", "replied"}, time.Now()
	day := func(n int) string { return today.AddDate(0, 0, n).Format(time.DateOnly) }
	var rows []orderRow
	var words []wordsRow
	var subjects []subjectRow
	var units []unitRow
	for i := range openOrders {
		promise, state := promises[i%len(promises)], states[i%len(states)]
		row := orderRow{
			ID: store.NewID[string](s), Revision: 3, Number: fmt.Sprintf("督〔2026〕%d号", i+1), Kind: "assign", Plan: promise.Plan,
			Title: fmt.Sprintf("第%d件 推进滞后事项", i), Lead: promise.Lead, State: state, Urgency: "normal", Drafter: "load",
			Drafted: store.TimeText(today), Issued: day(-i % 90), Due: day(i%90 - 20), Running: state != "replied", Updated: store.TimeText(today), Body: "{}",
		}
		switch state {
		case "issued":
			row.SignDue = day(1)
		case "replied":
			row.Signed, row.Replied = row.Issued, day(0)
		default:
			row.Signed = row.Issued
		}
		rows, words = append(rows, row), append(words, wordsRow{OrderID: row.ID, Words: row.Title})
		subjects = append(subjects, subjectRow{OrderID: row.ID, Kind: "commitment", Subject: promise.ID})
		if other := promises[(i+7)%len(promises)].Lead; i%3 == 0 && other != promise.Lead {
			units = append(units, unitRow{OrderID: row.ID, Unit: other})
		}
	}
	err = s.Within(b.Context(), func(ctx context.Context, tx bun.Tx) error {
		for part := range slices.Chunk(rows, 500) {
			if _, err := tx.NewInsert().Model(&part).Exec(ctx); err != nil {
				return err
			}
		}
		for _, all := range []any{&words, &subjects, &units} {
			if _, err := tx.NewInsert().Model(all).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return promises[0].Plan
}
