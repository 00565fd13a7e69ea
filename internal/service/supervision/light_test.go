package supervision_test

import (
	"encoding/json"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	usecases "luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/supervision"
)

// TestARedLightBecomesAnOrder with why it is red in the basis, and joins the one that the matter has.
func TestARedLightBecomesAnOrder(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		c := &clock{}
		c.on(day(3, 2))
		rooms := servicetest.Rooms(planning.Room(), workflow.Room(), reporting.Room(), progress.Room(), usecases.Room())
		f := servicetest.Settle(t, storetest.Open(t, dsn, store.Options{Rooms: rooms, Now: c.now}))
		publish(t, f)
		lights := progress.New(f.Core, reporting.New(f.Core, nil, reporting.Options{}))
		uses := usecases.New(f.Core, nil, usecases.Options{Lights: lights})
		office, id := f.Office(t.Context()), f.Commitment.ID
		job := service.As(t.Context(), service.Caller{System: "job: progress.compute", May: progress.ComputeMay, Request: "test"})
		must(t, lights.Compute(job, json.RawMessage("{}")))
		outcomes := have[[]usecases.LightOutcome](t)(uses.FromLight(office, id))
		wantFault(t, outcomes[0].Err, "light.green")
		must(t, lights.SetByHand(office, progress.ByHand{Commitment: id, Colour: light.Red, Reason: "现场停工"}))
		_, err := uses.FromLight(f.As(t.Context(), "unit-head", f.Bureau.ID), id)
		wantRefused(t, err, "order.issue")
		outcomes = have[[]usecases.LightOutcome](t)(uses.FromLight(office, id))
		if outcomes[0].Err != nil || outcomes[0].Joined {
			t.Fatalf("drafted is %+v", outcomes[0])
		}
		o := have[usecases.View](t)(uses.Order(office, outcomes[0].Drafted.Order.ID)).Order
		if o.Kind != supervision.Graded || o.Sheet != supervision.Yellow || o.Lead != f.Commitment.Lead ||
			!strings.Contains(o.Basis, f.Commitment.Title) || !strings.Contains(o.Basis, "红灯") || strings.Contains(o.Basis, "{") {
			t.Errorf("the order is %+v", o)
		}
		if o.Sources[0].Ref != string(id) || o.Sources[0].Kind != supervision.FromLight || len(o.Validate()) != 0 {
			t.Errorf("its source is %+v", o.Sources)
		}
		if again := have[[]usecases.LightOutcome](t)(uses.FromLight(office, id)); !again[0].Joined {
			t.Errorf("a second time it is %+v", again[0])
		}
		have[usecases.Summary](t)(uses.Issue(office, o.ID, 0))
		c.on(day(3, 30))
		if graver := have[supervision.Order](t)(uses.Proposed(office, id)); graver.Sheet != supervision.Red {
			t.Errorf("with the yellow sheet overdue, proposed is %+v", graver)
		}
	})
}

// publish brings the plan of the district in force as it stands.
func publish(t testing.TB, f *servicetest.Fixture) {
	t.Helper()
	ctx, s := t.Context(), f.Store()
	plan := have[store.Record[ledger.Plan]](t)(s.Plans().Get(ctx, string(f.Plan.ID)))
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: day(1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(s.Plans().Change(ctx, plan.Value, plan.Revision))
	promise := have[store.Record[ledger.Commitment]](t)(s.Commitments().Get(ctx, string(f.Commitment.ID)))
	promise.Value.State = ledger.InForce
	have[store.Record[ledger.Commitment]](t)(s.Commitments().Change(ctx, promise.Value, promise.Revision))
}
