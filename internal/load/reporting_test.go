package load_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/load"
	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// moved is a clock that can be set back, for what happened in the past.
type moved struct{ by atomic.Int64 }

func (m *moved) now() time.Time { return time.Now().Add(time.Duration(m.by.Load())) }

// on sets the clock to the morning of a day.
func (m *moved) on(month time.Month) {
	m.by.Store(int64(time.Until(time.Date(2026, month, 10, 9, 0, 0, 0, service.Zone()))))
}

// reportThrough lets the units of a district report through a year, with lights as they were along the way, and measures
// what is done with forms and lights on the way.
func reportThrough(b *testing.B, core *service.Core, district *load.District, clock *moved) {
	b.Helper()
	begun := time.Now()
	said := must(district.Report(b.Context(), core))(b)
	fmt.Fprintf(os.Stdout, "%s: %d observations of %d units, written in bulk in %s\n", b.Name(), said, len(district.Units)-1, round(time.Since(begun)))
	known(b, core.Store())
	uses := usecases.New(core, nil, usecases.Options{})
	r := reports{b: b, core: core, district: district, uses: uses, lights: progress.New(core, uses)}
	for _, month := range []time.Month{4, 7, 10} {
		clock.on(month)
		r.light(fmt.Sprintf("in month %d", month))
	}
	clock.by.Store(0)
	r.light("of today")
	r.light("when nothing has changed")
	r.approve()
	r.light("after some forms were locked")
}

// known lets PostgreSQL look at tables that were filled at once, as it does by itself within minutes, and not while
// something is measured.
func known(b *testing.B, s *store.Store) {
	b.Helper()
	if s.Dialect() != store.Postgres {
		return
	}
	if _, err := s.View(b.Context()).ExecContext(b.Context(), "VACUUM ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

// reports is a district that reports, with its use cases.
type reports struct {
	b        *testing.B
	core     *service.Core
	district *load.District
	uses     *usecases.Service
	lights   *progress.Service
}

func (r reports) plan() ledger.PlanID { return r.district.Plans[len(r.district.Plans)-1] }

// light computes all lights of the year.
func (r reports) light(when string) {
	r.b.Helper()
	ctx := service.As(r.b.Context(), service.Caller{System: "load: light", May: progress.ComputeMay, Request: "load"})
	before := spentNow()
	run := must(r.lights.ComputeNow(ctx, r.plan()))(r.b)
	spent := spentNow().since(before)
	fmt.Fprintf(os.Stdout, "%s: all lights %s: %d judged, %d turned, in %s (aim 2s), work %s, %d MB allocated\n",
		r.b.Name(), when, run.Judged, run.Turned, round(spent.took), round(spent.worked), spent.allocated>>20)
}

// as is a context of somebody with a role in a unit.
func (r reports) as(name string, role access.Role, unit ledger.UnitID) context.Context {
	account := ledger.AccountID(name)
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	actor := r.core.Rights().Standing(account, r.core.Today(), []access.Appointment{appointment}, nil)
	return service.As(r.b.Context(), service.Caller{Actor: actor, Request: "load"})
}

// forms is how many forms are taken through their whole life, and hands how many people do that at once.
const (
	forms = 60
	hands = 8
)

// approve takes forms of the open round from their first row to their lock, some at once: filled, sent in, signed,
// reviewed and locked, each by the person that the rules want.
func (r reports) approve() {
	r.b.Helper()
	office := r.as("office", "supervising-office", r.district.Government)
	var waiting []ledger.UnitID
	for _, line := range must(r.uses.Board(office, r.open()))(r.b).Lines {
		if line.State == reporting.Drafted && len(waiting) < forms {
			waiting = append(waiting, line.Unit)
		}
	}
	todo := make(chan ledger.UnitID, len(waiting))
	for _, unit := range waiting {
		todo <- unit
	}
	close(todo)
	var rows atomic.Int64
	var wait sync.WaitGroup
	before := spentNow()
	for range hands {
		wait.Go(func() {
			for unit := range todo {
				rows.Add(r.life(office, unit))
			}
		})
	}
	wait.Wait()
	spent := spentNow().since(before)
	n := rows.Load()
	fmt.Fprintf(os.Stdout, "%s: %d approved observations of %d forms, %d at once: %.0f/s (aim 1000), work %s, %d kB allocated for each\n",
		r.b.Name(), n, len(waiting), hands, float64(n)/spent.took.Seconds(), spent.worked/time.Duration(max(n, 1)), spent.allocated>>10/uint64(max(n, 1)))
}

// open is the round that is open.
func (r reports) open() reporting.RoundID { return r.district.Rounds[len(r.district.Rounds)-1] }

// life takes a form through its whole life and tells how many rows it has.
func (r reports) life(office context.Context, unit ledger.UnitID) int64 {
	clerk, head := r.as("clerk "+string(unit), "reporter", unit), r.as("head "+string(unit), "unit-head", unit)
	form, err := r.uses.Form(clerk, r.open(), unit)
	if err != nil {
		r.b.Error(err)
		return 0
	}
	saved, err := r.uses.Save(clerk, filling(form))
	if err != nil {
		r.b.Error(err)
		return 0
	}
	sent, err := r.uses.Submit(clerk, saved.Submission.ID, saved.Submission.Revision)
	if err != nil {
		r.b.Error(err)
		return 0
	}
	statistics := r.as("statistics", "unit-head", r.district.Statistics)
	for _, step := range []struct {
		by   context.Context
		name string
	}{{head, "approve"}, {statistics, "confirm"}, {office, "review"}, {office, "lock"}} {
		if step.name == "confirm" && sent.State != reporting.Statistic {
			continue
		}
		outcome := r.uses.Take(step.by, step.name, []reporting.SubmissionID{sent.ID}, "")[0]
		if outcome.Err != nil {
			r.b.Errorf("%s of a form that is %s: %v", step.name, sent.State, outcome.Err)
			return 0
		}
		sent = outcome.Submission
	}
	return int64(len(form.Rows))
}

// filling is what a form takes: each row as it was a month ago, a little more of it.
func filling(form usecases.FormView) usecases.Filling {
	f := usecases.Filling{Round: form.Round.ID, Unit: form.Submission.Unit}
	for _, row := range form.Rows {
		o := reporting.Observation{Subject: row.Subject, Said: reporting.UnderWay, Note: "年末数", Override: "数据已核实", Origin: reporting.Typed}
		if row.Asks(reporting.FieldValue) {
			o.Given, o.Value = reporting.Cumulative, ledger.Int(1)
			if n := len(row.Earlier); n > 0 {
				o.Value = row.Earlier[n-1].Cumulative
			}
		}
		if row.Asks(reporting.FieldPercent) {
			o.Percent = ledger.Int(99)
		}
		if !row.Asks(reporting.FieldSaid) {
			o.Said = ""
		}
		f.Rows = append(f.Rows, usecases.Filled{Observation: o, Seen: row.Revision})
	}
	return f
}

// spent is what the process has used up.
type spent struct {
	took, worked time.Duration
	allocated    uint64
}

func spentNow() spent {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // fails for no process
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return spent{
		took: time.Duration(time.Now().UnixNano()), worked: time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), allocated: memory.TotalAlloc,
	}
}

func (s spent) since(before spent) spent {
	return spent{s.took - before.took, s.worked - before.worked, s.allocated - before.allocated}
}
