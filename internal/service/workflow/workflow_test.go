package workflow_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
)

const steps = `
submission submit  submission.submit
submission return  submission.return
submission approve submission.approve
`

func begun(n int) map[string]calendar.Date {
	all := map[string]calendar.Date{}
	for i := range n {
		all[fmt.Sprint("s", i)] = calendar.Date{Year: 2026, Month: 1, Day: 5}
	}
	return all
}

// TestManyCases opens, moves and reads back a thousand cases, with the tables of planning and without.
func TestManyCases(t *testing.T) {
	for name, rooms := range map[string][]store.Room{
		"alone":           {workflow.Room()},
		"behind planning": {planning.Room(), workflow.Room()},
	} {
		t.Run(name, func(t *testing.T) {
			servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
				const n = 1000
				k, d := workflow.New(f.Core, nil, steps), workflow.Shipped("submission")
				reporter := f.As(t.Context(), "reporter", f.Bureau.ID)
				owned := service.Owned{Lead: f.Bureau.ID}
				take := func(ctx context.Context, action, reason string, some ...string) error {
					return f.Change(ctx, func(ctx context.Context, w *service.Work) error {
						right, _ := k.Right(d, action)
						if err := w.AllowFor(ctx, right, owned); err != nil {
							return err
						}
						cases, err := k.Cases(ctx, d, "submissions", begun(n))
						if err != nil {
							return err
						}
						step, err := k.StepBy(ctx, d, action, owned)
						if err != nil {
							return err
						}
						step.Reason, step.Facts = reason, []string{"sound"}
						var moves []workflow.Move
						for _, id := range some {
							moves = append(moves, workflow.Move{Case: cases[id], ID: id, Step: step})
						}
						w.Record(right, "submissions", "all", nil, nil, len(moves))
						_, err = k.TakeAll(ctx, w, "submissions", moves...)
						return err
					})
				}
				var all []string
				for id := range begun(n) {
					all = append(all, id)
				}
				if err := take(reporter, "submit", "", all...); err != nil {
					t.Fatal(err)
				}
				if err := take(f.As(t.Context(), "unit-head", f.Bureau.ID), "return", "重填", all[:3]...); err != nil {
					t.Fatal(err)
				}
				var fault *service.Fault
				if err := take(f.As(t.Context(), "unit-head", f.Bureau.ID), "approve", "", all...); !errors.As(err, &fault) || fault.Code != "flow.not-now" {
					t.Errorf("three of them cannot be approved: %v", err)
				}
				cases, err := k.Cases(t.Context(), d, "submissions", begun(n))
				if err != nil {
					t.Fatal(err)
				}
				returned := 0
				for _, c := range cases {
					if c.State == "returned" && len(c.Steps) == 2 && c.Steps[1].Reason == "重填" && c.Steps[1].Account == "unit-head" {
						returned++
					} else if c.State != "submitted" || c.Steps[0].Role != "reporter" {
						t.Fatalf("a case is %+v", c)
					}
				}
				if returned != 3 {
					t.Errorf("%d are returned", returned)
				}
				if _, err := f.Store().SQL().ExecContext(t.Context(), "UPDATE flow_steps SET reason = ''"); err == nil {
					t.Error("steps can be altered")
				}
			}, rooms...)
		})
	}
}

func TestOffersAreThoseOfTheCaller(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		k := workflow.New(f.Core, nil, steps)
		c := k.Begin(workflow.Shipped("submission"), f.Today())
		for _, row := range []struct {
			who     context.Context
			facts   []string
			offers  int
			against bool
		}{
			{f.As(t.Context(), "reporter", f.Bureau.ID), []string{"sound"}, 1, false},
			{f.As(t.Context(), "reporter", f.Bureau.ID), nil, 1, true},
			{f.As(t.Context(), "reporter", f.Street.ID), nil, 0, false},
			{f.Office(t.Context()), nil, 0, false},
		} {
			offers, err := k.Offers(row.who, c, service.Owned{Lead: f.Bureau.ID}, row.facts)
			if err != nil || len(offers) != row.offers || row.offers > 0 && (offers[0].Against.ZH != "") != row.against {
				t.Errorf("offered is %+v, %v", offers, err)
			}
		}
	}, workflow.Room())
}
