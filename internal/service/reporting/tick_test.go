package reporting_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestRoundsGoByTheCalendar follows a round whose unit says nothing, with the clock asking again and again.
func TestRoundsGoByTheCalendar(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		january := o.roundOf(t, 1)
		opens, due, closes := january.Opens, january.Due, january.Closes
		for on := day(1, 20); on.Before(closes.AddDays(3)); on = on.AddDays(1) {
			o.clock.on(int(on.Month), int(on.Day))
			must(t, o.Tick(o.job, nil))
			must(t, o.Tick(o.job, nil))
			want := reporting.Planned
			if !on.Before(opens) {
				want = reporting.Open
			}
			if closes.Before(on) {
				want = reporting.Closed
			}
			if got := o.roundOf(t, 1); got.State != want {
				t.Errorf("on %s it is %s", on, got.State)
			}
		}
		entries := o.Entries(t, usecases.RoundKind, string(january.ID))
		want := []string{"period.open", "period.remind", "period.remind", "period.remind", "period.remind", "period.close"}
		if !slices.Equal(entries, want) {
			t.Errorf("the log tells of %v, due %s", entries, due)
		}
		reminders := have[[]usecases.Reminder](t)(o.Reminders(o.reporter))
		if len(reminders) < 4 || reminders[0].Unit != o.Bureau.ID || reminders[0].By != "" {
			t.Errorf("the reporter is reminded by %+v", reminders)
		}
		for _, r := range reminders {
			if r.Unit != o.Bureau.ID {
				t.Errorf("the reporter reads the reminder to %s", r.UnitName)
			}
		}
	})
}

// TestLateFiguresAreLockedLater: who reports after closing is late, and is locked once he was reviewed.
func TestLateFiguresAreLockedLater(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		january := o.month(t, 1)
		o.clock.on(2, 27)
		must(t, o.Tick(o.job, nil))
		if got := o.roundOf(t, 1).State; got != reporting.Closed {
			t.Fatalf("it is %s", got)
		}
		form := o.fill(o.head, t, january.ID, o.Bureau.ID, 20, reporting.Cumulative)
		sent := have[usecases.Submission](t)(o.Submit(o.head, form.Submission.ID, form.Submission.Revision))
		if !sent.Late {
			t.Errorf("sent in after the due day it is %+v", sent)
		}
		o.one(o.office, t, "review", form.Submission.ID, "")
		must(t, o.Tick(o.job, nil))
		if got := have[usecases.FormView](t)(o.Submission(o.office, form.Submission.ID)).Submission.State; got != reporting.Locked {
			t.Errorf("it is %s", got)
		}
		if round := o.roundOf(t, 1); round.Late != 1 || round.Reported != 1 || round.Units != 2 {
			t.Errorf("counted is %+v", round)
		}
		o.sound(t)
	})
}

// TestAnEarlierMonthThatComesLateMakesTheLaterOnesWhole: what was absent is derived as soon as it can be.
func TestAnEarlierMonthThatComesLateMakesTheLaterOnesWhole(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.month(t, 1)
		o.lockedMonth(t, 2, 50)
		filter := usecases.FigureFilter{Subjects: []reporting.Subject{reporting.IndicatorSubject(o.Indicator.ID)}}
		if f := have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, filter)); f[0].Point.Lacks == "" || f[0].Point.OfPeriod.Known() {
			t.Errorf("without January, February is %+v", f[0].Point)
		}
		january := o.roundOf(t, 1)
		form := o.fill(o.head, t, january.ID, o.Bureau.ID, 20, reporting.Cumulative)
		have[usecases.Submission](t)(o.Submit(o.head, form.Submission.ID, form.Submission.Revision))
		o.one(o.office, t, "review", form.Submission.ID, "")
		o.one(o.office, t, "lock", form.Submission.ID, "")
		if f := have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, filter)); len(f) != 2 || f[1].Point.OfPeriod.String() != "30" {
			t.Errorf("with January, February is %+v", f)
		}
		o.sound(t)
	})
}

// TestTheOfficeMayBeAheadOfTheCalendar opens, moves, reminds and closes by hand.
func TestTheOfficeMayBeAheadOfTheCalendar(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		march := o.roundOf(t, 3)
		opened := have[usecases.RoundView](t)(o.OpenRound(o.office, march.ID, march.Revision))
		if opened.State != reporting.Open || opened.Units != 2 {
			t.Fatalf("opened is %+v", opened)
		}
		_, err := o.CloseRound(o.office, march.ID, march.Revision)
		if !store.IsConflict(err) {
			t.Errorf("closed as it was seen before: %v", err)
		}
		if n := have[int](t)(o.RemindNow(o.office, march.ID, []ledger.UnitID{o.Street.ID})); n != 1 {
			t.Errorf("%d were reminded", n)
		}
		if n := have[int](t)(o.RemindNow(o.office, march.ID, nil)); n != 1 {
			t.Errorf("of two, one was reminded today already, and %d were now", n)
		}
		if n := have[int](t)(o.RemindNow(o.office, march.ID, nil)); n != 0 {
			t.Errorf("%d were reminded twice a day", n)
		}
		form := o.fill(o.head, t, march.ID, o.Bureau.ID, 20, reporting.Cumulative)
		have[usecases.Submission](t)(o.Submit(o.head, form.Submission.ID, form.Submission.Revision))
		o.one(o.office, t, "review", form.Submission.ID, "")
		closed := have[usecases.RoundView](t)(o.CloseRound(o.office, march.ID, opened.Revision))
		if closed.State != reporting.Closed || closed.States[reporting.Locked] != 1 {
			t.Errorf("closed is %+v", closed)
		}
		again := have[usecases.RoundView](t)(o.ChangeRound(o.office, march.ID,
			usecases.RoundDates{Opens: march.Opens, Due: day(4, 20), Closes: day(4, 24)}, closed.Revision))
		if again.State != reporting.Open || again.Due != day(4, 20) {
			t.Errorf("prolonged is %+v", again)
		}
	})
}

// TestAReminderIsMadeUpFor: where no server ran on the day, the next one reminds.
func TestAReminderIsMadeUpFor(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		january := o.month(t, 1)
		late := january.Due.AddDays(-1)
		o.clock.on(int(late.Month), int(late.Day))
		must(t, o.Tick(o.job, nil))
		must(t, o.Tick(o.job, nil))
		if entries := o.Entries(t, usecases.RoundKind, string(january.ID)); !slices.Equal(entries, []string{"period.open", "period.remind"}) {
			t.Errorf("the log tells of %v", entries)
		}
	})
}

func TestADraftOfAPlanIsNotReportedOn(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		plan := have[store.Record[ledger.Plan]](t)(o.Store().Plans().Get(t.Context(), string(o.Plan.ID)))
		plan.Value.State = ledger.Draft
		have[store.Record[ledger.Plan]](t)(o.Store().Plans().Change(t.Context(), plan.Value, plan.Revision))
		january := o.month(t, 1)
		if january.State != reporting.Planned {
			t.Errorf("the round of a draft is %s", january.State)
		}
		_, err := o.OpenRound(o.office, january.ID, january.Revision)
		wantFault(t, err, "plan.not_published")
	})
}

// TestThreeServersThatAreKilledDoEverythingOnce lets three servers on one PostgreSQL do the work of half a year, and
// kills them in the middle of it again and again.
func TestThreeServersThatAreKilledDoEverythingOnce(t *testing.T) {
	dsn := storetest.Postgres(t)
	c := &clock{}
	c.on(1, 2)
	options := store.Options{Rooms: rooms, Now: c.now}
	o := settle(t, storetest.Open(t, dsn, options), c)
	o.begin(t, false)
	for range 30 { // so that opening and locking take long enough to be killed in
		o.promise(t, o.Bureau.ID, ledger.Target{Number: 1, Subject: "改造", Cmp: ledger.AtLeast, Value: ledger.Int(4), Unit: "处", Measure: ledger.Level})
	}
	servers := []*usecases.Service{o.Service}
	for range 2 {
		servers = append(servers, another(t, storetest.Open(t, dsn, options)))
	}
	killed := 0
	for on := day(1, 20); on.Before(day(7, 1)); on = on.AddDays(1) {
		c.on(int(on.Month), int(on.Day))
		killed += o.tickAll(t, servers)
		must(t, servers[rand.IntN(len(servers))].Tick(o.job, nil)) // one comes through in the end
		if on.Day == 3 {                                           // somebody reports, so that there is something to lock at closing
			round := o.roundOf(t, int(on.AddDays(-5).Month))
			form := o.fill(o.head, t, round.ID, o.Bureau.ID, int64(on.Month)*10, reporting.Cumulative)
			have[usecases.Submission](t)(o.Submit(o.head, form.Submission.ID, form.Submission.Revision))
			o.one(o.office, t, "review", form.Submission.ID, "")
		}
	}
	o.once(t)
	o.sound(t)
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
	return usecases.New(service.New(service.Parts{Store: s, Log: log}), nil, usecases.Options{})
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
			timer := time.AfterFunc(time.Duration(rand.IntN(12_000))*time.Microsecond, kill)
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

// once fails a test unless every round that was due was opened and closed once, and nobody reminded twice a day.
func (o *town) once(t *testing.T) {
	t.Helper()
	for month := 1; month <= 5; month++ {
		round := o.roundOf(t, month)
		done := map[string]int{}
		for _, action := range o.Entries(t, usecases.RoundKind, string(round.ID)) {
			done[action]++
		}
		if round.State != reporting.Closed || done["period.open"] != 1 || done["period.close"] != 1 || done["period.remind"] != 4 {
			t.Errorf("of %s the log tells %v", round.Period.Key(), done)
		}
		if round.Units != 2 || round.States[reporting.Locked] != 1 {
			t.Errorf("%s has %v", round.Period.Key(), round.States)
		}
	}
	var locks int
	must(t, o.Store().View(t.Context()).NewSelect().Table("flow_steps").ColumnExpr("count(*)").Where("action = 'lock'").Scan(t.Context(), &locks))
	if locks != 5 {
		t.Errorf("%d submissions were locked, of five", locks)
	}
}
