package supervision_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/message"
	"luoshi/internal/service/servicetest"
	usecases "luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// TestUrgingByTheCalendar follows an order that its unit leaves lying, with the clock asking again and again.
func TestUrgingByTheCalendar(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		order := o.issued(t, o.matter())
		for on := day(1, 5); on.Before(day(1, 9)); on = on.AddDays(1) {
			o.clock.on(on)
			must(t, o.Tick(o.job, nil))
			must(t, o.Tick(o.job, nil))
		}
		v := o.view(o.office, t, order.ID)
		kinds := map[supervision.Occasion]int{}
		for _, urging := range v.Urgings {
			kinds[urging.Kind]++
		}
		// Due on the 6th: that day the unit, on the 7th and 8th the unit and its head.
		if kinds[supervision.ToSign] != 1 || kinds[supervision.Overdue] != 4 || len(v.Urgings) != 5 {
			t.Errorf("sent is %v", kinds)
		}
		out := o.Urge(o.office, []supervision.OrderID{order.ID, order.ID}, "请立即签收")
		if out[0].Err != nil {
			t.Error(out[0].Err)
		}
		wantFault(t, out[1].Err, "urge.today")
		_, err := o.Step(o.office, order.ID, usecases.Step{Action: "cancel", Reason: "重复交办"})
		must(t, err)
		o.clock.on(day(1, 12))
		must(t, o.Tick(o.job, nil))
		if now := o.view(o.office, t, order.ID); len(now.Urgings) != 6 {
			t.Errorf("of a cancelled order %d were sent", len(now.Urgings))
		}
	})
}

// TestALeaderIsToldOfEscalation: what is brought before the leader is a kind of its own, which may go by other channels
// than reminders do.
func TestALeaderIsToldOfEscalation(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		matter := o.matter()
		matter.Term.Days = 1
		o.handled(t, matter)
		o.clock.on(day(1, 20))
		must(t, o.Tick(o.job, nil))
		var told []string
		must(t, o.Store().View(t.Context()).NewSelect().TableExpr("message_notices").ColumnExpr("DISTINCT kind").
			Where("title_zh LIKE '%长期超期%'").Scan(t.Context(), &told))
		if !slices.Equal(told, []string{string(message.OfEscalation)}) {
			t.Errorf("the leader is told in %v", told)
		}
		must(t, o.Store().View(t.Context()).NewSelect().TableExpr("message_notices").ColumnExpr("DISTINCT kind").
			Where("title_zh NOT LIKE '%长期超期%'").Scan(t.Context(), &told))
		if !slices.Equal(told, []string{string(message.OfOrder)}) {
			t.Errorf("all others are told in %v", told)
		}
	})
}

// TestUrgingIsMadeUpFor: where no server ran on some days, the next one sends what was due on them.
func TestUrgingIsMadeUpFor(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.handled(t, o.matter())
		must(t, o.Tick(o.job, nil))
		o.clock.on(day(1, 29))
		must(t, o.Tick(o.job, nil))
		o.compare(t)
	})
}

// size is how large a simulated year is.
type size struct{ units, commitments, orders, days, steps int }

// yearOf is a year with as much as a test can wait for, or with as much as a large district has where LUOSHI_YEAR is set.
func yearOf(orders int) size {
	if os.Getenv("LUOSHI_YEAR") != "" {
		return size{units: 300, commitments: 5000, orders: 2000, days: 360, steps: 60}
	}
	return size{units: 12, commitments: 100, orders: orders, days: 120, steps: 10}
}

// TestAYearOfOrdersOnOneServer lets a district draft, handle, extend, suspend, return, decline, forward and cancel orders
// about its promises through a year, and compares what was sent with what the rule asks for, day by day.
func TestAYearOfOrdersOnOneServer(t *testing.T) {
	c := &clock{}
	c.on(day(1, 5))
	o := settle(t, storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: rooms, Now: c.now}), c)
	o.year(t, yearOf(60), func(t *testing.T) { must(t, o.Tick(o.job, nil)) })
}

// TestThreeServersThatAreKilledUrgeOnce lets three servers on one PostgreSQL do it, and kills them in the middle of it
// again and again.
func TestThreeServersThatAreKilledUrgeOnce(t *testing.T) {
	dsn := storetest.Postgres(t)
	c := &clock{}
	c.on(day(1, 5))
	options := store.Options{Rooms: rooms, Now: c.now}
	o := settle(t, storetest.Open(t, dsn, options), c)
	servers := []*usecases.Service{o.Service, another(t, storetest.Open(t, dsn, options)), another(t, storetest.Open(t, dsn, options))}
	killed := 0
	o.year(t, yearOf(40), func(t *testing.T) {
		killed += o.tickAll(t, servers)
		must(t, servers[rand.IntN(len(servers))].Tick(o.job, nil)) // one comes through in the end
	})
	t.Logf("%d of the runs were killed", killed)
}

// another is a further server on a database.
func another(t *testing.T, s *store.Store) *usecases.Service {
	t.Helper()
	var log *audit.Log
	must(t, s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
		log, err = audit.Open(ctx, tx, servicetest.Origin, signing.SHA256Ed25519, s.Now)
		return err
	}))
	core := service.New(service.Parts{Store: s, Log: log})
	return serve(t, core, message.New(core, identity.New(core, identity.Options{}), message.Options{}))
}

// tickAll lets all servers do what is due, of which some are killed, and tells how many were.
func (o *town) tickAll(t *testing.T, servers []*usecases.Service) int {
	t.Helper()
	var wait sync.WaitGroup
	var mu sync.Mutex
	killed := 0
	for i, s := range servers {
		ctx, kill := context.WithCancel(o.job)
		if i > 0 || rand.IntN(2) == 0 {
			timer := time.AfterFunc(time.Duration(rand.IntN(30_000))*time.Microsecond, kill)
			t.Cleanup(func() { timer.Stop() })
		}
		wait.Go(func() {
			defer kill()
			err := s.Tick(ctx, nil)
			switch {
			case err == nil:
			case ctx.Err() != nil || errors.Is(err, context.Canceled):
				mu.Lock()
				killed++
				mu.Unlock()
			default:
				t.Errorf("a server fails: %v", err)
			}
		})
	}
	wait.Wait()
	return killed
}

// year lets a district work with orders, with tick in the evening of each day.
func (o *town) year(t *testing.T, of size, tick func(*testing.T)) {
	t.Helper()
	units := o.district(t, of.units)
	promises := o.promised(t, units, of.commitments)
	random := rand.New(rand.NewPCG(6, 2026))
	drafted := 0
	for i := range of.days {
		on := day(1, 5).AddDays(i)
		o.clock.on(on)
		if calendar.ChineseWorkdays().Day(on).Working {
			for drafted < of.orders && drafted*of.days < of.orders*(i+20) {
				drafted++
				o.begin(t, random, promises[drafted*len(promises)/(of.orders+1)])
			}
			o.work(t, random, units, of.steps)
		}
		tick(t)
	}
	o.compare(t)
	o.sound(t)
	t.Logf("steps taken: %v", o.taken)
	for _, action := range []string{"sign", "extend", "suspend", "return", "close", "decline", "forward", "cancel"} {
		if o.taken[action] == 0 {
			t.Errorf("in all the year nobody has done %s: %v", action, o.taken)
		}
	}
}

// district adds units.
func (o *town) district(t testing.TB, number int) []ledger.UnitID {
	t.Helper()
	var units []ledger.UnitID
	must(t, o.Store().Within(t.Context(), func(ctx context.Context, _ bun.Tx) error {
		units = nil
		for i := range number {
			unit := ledger.Unit{
				ID: store.NewID[ledger.UnitID](o.Store()), Parent: o.Government.ID, Kind: ledger.Department, Name: fmt.Sprintf("第%d局", i), Order: 10 + i,
			}
			if _, err := o.Store().Units().Add(ctx, unit); err != nil {
				return err
			}
			units = append(units, unit.ID)
		}
		return nil
	}))
	return units
}

// promised adds commitments that the units lead.
func (o *town) promised(t testing.TB, units []ledger.UnitID, number int) []ledger.Commitment {
	t.Helper()
	var promises []ledger.Commitment
	must(t, o.Store().Within(t.Context(), func(ctx context.Context, _ bun.Tx) error {
		promises = nil
		for i := range number {
			c := o.Promise(o.Store(), ledger.CommitmentTerms{
				Title: fmt.Sprintf("第%d件实事", i+1), Section: 2, By: day(12, 20), Lead: units[i%len(units)], State: ledger.InForce,
			})
			if _, err := o.Store().Commitments().Add(ctx, c); err != nil {
				return err
			}
			promises = append(promises, c)
		}
		return nil
	}))
	return promises
}

// begin issues an order about a commitment to the unit that leads it.
func (o *town) begin(t *testing.T, random *rand.Rand, about ledger.Commitment) {
	t.Helper()
	order := o.matter()
	order.Title, order.Lead, order.Cooperating = about.Title, about.Lead, nil
	order.Plan, order.Commitments = about.Plan, []ledger.CommitmentID{about.ID}
	order.Term.Days, order.Interim = 3+random.IntN(30), random.IntN(8)
	if random.IntN(3) == 0 {
		order.Term = supervision.Term{Days: 20 + random.IntN(20), Unit: flow.Days}
	}
	o.issued(t, order)
}

// seldom is how many times a step that ends an order, or gives it to somebody else, is left for one time that it is taken.
const seldom = 8

// work takes some steps of orders that are open, whichever is offered.
func (o *town) work(t *testing.T, random *rand.Rand, units []ledger.UnitID, number int) {
	t.Helper()
	open := have[usecases.Listing](t)(o.List(o.office, usecases.Filter{Open: true}, store.Page{Limit: store.MaxLimit})).Orders
	for range min(number, len(open)) {
		order := o.view(o.office, t, open[random.IntN(len(open))].ID)
		role := random.IntN(3)
		who := []context.Context{o.office, o.leader, o.As(t.Context(), "unit-head", order.Lead)}[role]
		v := o.view(who, t, order.ID)
		if len(v.Offers) == 0 {
			continue
		}
		offer := v.Offers[random.IntN(len(v.Offers))]
		step := usecases.Step{Action: offer.Action.Name, Reason: "按程序办理"}
		switch {
		case offer.Against.ZH != "" || slices.Contains([]string{"cancel", "decline", "forward"}, step.Action) && v.State != "declined" && random.IntN(seldom) > 0:
			continue
		case step.Action == "forward":
			step.To = units[random.IntN(len(units))]
			if step.To == order.Lead || role > 0 { // a unit gives it to those beneath it alone, of which there are none
				continue
			}
		case len(offer.Action.Extends) > 0 || step.Action == "suspend" || step.Action == "return":
			step.Days = 1 + random.IntN(15)
		}
		if step.Action == "report" {
			reply, files := supervision.Reply{Text: "正在办理", Progress: 50}, []usecases.File(nil)
			if order.State == "handling" || order.State == "returned" {
				reply.Done, reply.Final, reply.Progress = true, true, 100
				files = []usecases.File{{Name: "验收单.txt", Content: strings.NewReader("验收合格")}}
			}
			have[usecases.Summary](t)(o.Reply(who, order.ID, reply, files))
			continue
		}
		o.step(who, t, order.ID, step)
		o.taken[step.Action]++
	}
}

// sentRow is something that was sent.
type sentRow struct{ OrderID, Urging string }

// compare fails a test unless exactly that was sent which the rule asks for, by the clocks as they stood on the evening of
// each day, and people were told of each thing once.
func (o *town) compare(t *testing.T) {
	t.Helper()
	var rows []sentRow
	must(t, o.Store().View(t.Context()).NewSelect().Table("urgings").Column("order_id", "urging").Scan(t.Context(), &rows))
	sent := map[string]int{}
	for _, row := range rows {
		sent[row.OrderID+" "+row.Urging]++
	}
	var ids []string
	must(t, o.Store().View(t.Context()).NewSelect().Table("orders").Column("id").Scan(t.Context(), &ids))
	wanted := 0
	for _, id := range ids {
		v := o.view(o.office, t, supervision.OrderID(id))
		for key := range o.wanted(t, v) {
			wanted++
			if n := sent[id+" "+key]; n != 1 {
				t.Errorf("order %s: %s was sent %d times", v.Number, key, n)
			}
			delete(sent, id+" "+key)
		}
	}
	for key := range sent {
		t.Errorf("nothing asks for %s", key)
	}
	if wanted == 0 {
		t.Error("nothing was to be sent")
	}
	t.Logf("%d reminders of %d orders, each sent once", wanted, len(ids))
	o.toldOnce(t, rows)
}

// toldOnce fails a test unless there is one notice of each thing that was urged, whoever it was sent to.
func (o *town) toldOnce(t *testing.T, rows []sentRow) {
	t.Helper()
	things := map[string]bool{}
	for _, row := range rows {
		things["order/"+row.OrderID+"/urge/"+path.Dir(row.Urging)] = true
	}
	var keys []string
	must(t, o.Store().View(t.Context()).NewSelect().Table("message_notices").Column("key").Where("key LIKE '%/urge/%'").Scan(t.Context(), &keys))
	told := map[string]bool{}
	for _, key := range keys {
		told[key] = true
	}
	if len(keys) != len(told) || !maps.Equal(things, told) {
		t.Errorf("%d things were urged, of which %d notices tell", len(things), len(keys))
	}
}

// wanted are the keys of what the rule asks for of an order.
func (o *town) wanted(t *testing.T, v usecases.View) map[string]bool {
	t.Helper()
	definition, days := workflow.Shipped("order"), calendar.ChineseWorkdays()
	c, _ := definition.Begin(v.Case.Begun, days)
	keys := map[string]bool{}
	step := 0
	for on := v.Case.Begun; !o.Today().Before(on); on = on.AddDays(1) {
		for ; step < len(v.Case.Steps) && v.Case.Steps[step].On == on; step++ {
			var err error
			if c, _, err = definition.Apply(c, v.Case.Steps[step].Step, days); err != nil {
				t.Fatal(err)
			}
		}
		if definition.State(c.State).End {
			continue
		}
		for _, reminder := range supervision.DefaultUrging().Remind(c.Clocks, calendar.Period{From: on, To: on}, days) {
			keys[reminder.Key] = true
		}
	}
	return keys
}
