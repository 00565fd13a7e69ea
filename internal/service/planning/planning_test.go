package planning_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// office is the fixture with the use cases of planning and everybody who works on a plan.
type office struct {
	*servicetest.Fixture
	*planning.Service
	staff, second, leader, head, street, reporter, reviewer context.Context
}

// each runs a test in the district of the fixture, whose plan holds one promise, led by the bureau with the street.
func each(t *testing.T, test func(t *testing.T, o *office)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		ctx := t.Context()
		test(t, &office{
			Fixture: f, Service: planning.New(f.Core, planning.Options{}),
			staff:    f.Office(ctx),
			second:   f.AsAccount(ctx, "second", "supervising-office", f.Government.ID),
			leader:   f.As(ctx, "leader", f.Government.ID),
			head:     f.As(ctx, "unit-head", f.Bureau.ID),
			street:   f.AsAccount(ctx, "street-head", "unit-head", f.Street.ID),
			reporter: f.As(ctx, "reporter", f.Bureau.ID),
			reviewer: f.As(ctx, "reviewer", f.Government.ID),
		})
	}, planning.Room(), workflow.Room())
}

func day(y, m, d int) calendar.Date {
	return calendar.Date{Year: int16(y), Month: int8(m), Day: int8(d)}
}

func ptr[T any](v T) *T { return &v }

// must fails a test where something that has to be done is not.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func have[T any](t *testing.T) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

// wantFault fails a test unless an error is the fault with a code.
func wantFault(t *testing.T, err error, code string) {
	t.Helper()
	var fault *service.Fault
	if !errors.As(err, &fault) || fault.Code != code {
		t.Errorf("want %s, got %v", code, err)
		return
	}
	if fault.Words.ZH == "" || fault.Words.EN == "" || slices.Contains([]rune(fault.Words.ZH), '{') {
		t.Errorf("%s is not said: %q", code, fault.Words)
	}
}

func wantRefused(t *testing.T, err error, action access.Action) {
	t.Helper()
	var refused *service.Refused
	if !errors.As(err, &refused) || refused.Action != action {
		t.Errorf("want %s to be refused, got %v", action, err)
	}
}

func wantProblem(t *testing.T, err error, code string) {
	t.Helper()
	var problems ledger.Problems
	if !errors.As(err, &problems) || !problems.Has(code) {
		t.Errorf("want %s, got %v", code, err)
	}
}

// plan is the plan as it is now.
func (o *office) plan(t *testing.T) store.Record[ledger.Plan] {
	t.Helper()
	return have[store.Record[ledger.Plan]](t)(o.Plan(o.staff, o.District.Plan.ID))
}

// now is a commitment as it is now.
func (o *office) now(t *testing.T, id ledger.CommitmentID) store.Record[ledger.Commitment] {
	t.Helper()
	return have[store.Record[ledger.Commitment]](t)(o.Commitment(o.staff, id))
}

// promise adds a commitment to the plan.
func (o *office) promise(t *testing.T, terms ledger.CommitmentTerms) store.Record[ledger.Commitment] {
	t.Helper()
	return have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), o.Promise(o.Store(), terms)))
}

// step takes the plan a step.
func (o *office) step(who context.Context, t *testing.T, action, reason string) error {
	t.Helper()
	_, err := o.TakePlanStep(who, planning.PlanStep{
		Plan: o.District.Plan.ID, Seen: o.plan(t).Revision, Action: action, Reason: reason, Basis: "望政发〔2026〕1号", On: day(2026, 2, 1),
	})
	return err
}

// publish brings the plan in force.
func (o *office) publish(t *testing.T) {
	t.Helper()
	must(t, o.step(o.staff, t, "submit", ""))
	must(t, o.step(o.leader, t, "approve", ""))
	must(t, o.step(o.staff, t, "publish", ""))
}

// sound tells whether what is stored of a record is what its last entry in the log says.
func (o *office) sound(t *testing.T, c ledger.CommitmentID) {
	t.Helper()
	o.logged(t, "commitments", string(c), o.now(t, c).Value)
}
