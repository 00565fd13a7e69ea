package demo_test

import (
	"context"
	"crypto/sha256"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/demo"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/assessment"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// settle lets the story happen in a database.
func settle(tb testing.TB, dsn string) demo.Parts {
	tb.Helper()
	clock := demo.NewClock()
	s := storetest.Open(tb, dsn, store.Options{
		Now: clock.Now,
		Rooms: servicetest.Rooms(
			identity.Room(), intake.Room(), catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), progress.Room(), supervision.Room(),
			assessment.Room(), atlas.Room(), bulletin.Room(), publication.Room(), livelihood.Room(), accounting.Room(), peers.Room(),
		),
	})
	var log *audit.Log
	err := s.Within(tb.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
		log, err = audit.Open(ctx, tx, servicetest.Origin, signing.SHA256Ed25519, s.Now)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	folder, err := blob.NewFolder(tb.TempDir(), sha256.New)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = folder.Close() })
	core := service.New(service.Parts{Store: s, Log: log, Queue: &servicetest.Queue{}})
	parts := demo.Parts{
		Core: core, Clock: clock, Identity: identity.New(core, identity.Options{}), Intake: intake.New(core, folder, intake.Options{}),
		Catalogue: catalogue.New(core), Planning: planning.New(core, planning.Options{}),
		Reporting: reporting.New(core, folder, reporting.Options{}),
	}
	parts.Progress = progress.New(core, parts.Reporting)
	parts.Supervision = supervision.New(core, folder, supervision.Options{Lights: parts.Progress})
	parts.Livelihood = livelihood.New(core, parts.Planning, parts.Intake, folder, livelihood.Options{})
	parts.Bulletins = bulletin.New(core, parts.Progress, parts.Reporting, bulletin.Options{Orders: parts.Supervision, Livelihood: parts.Livelihood})
	parts.Atlas = atlas.New(core, parts.Progress)
	parts.Peers = peers.New(core, parts.Reporting)
	parts.Papers = accounting.New(core, folder, parts.Progress, parts.Reporting, accounting.Options{Orders: parts.Supervision, Peers: parts.Peers})
	parts.Assessment = assessment.New(core, assessment.Options{Livelihood: parts.Livelihood})
	parts.Publication = publication.New(core, parts.Progress, parts.Reporting, publication.Options{
		Orders: parts.Supervision, Files: folder, Items: parts.Livelihood.Witnessed,
	})
	if err := demo.Settle(tb.Context(), parts); err != nil {
		tb.Fatal(err)
	}
	return parts
}

func TestTheStoryLeavesAPublishedAndAmendedPlan(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		parts := settle(t, dsn)
		s := parts.Core.Store()
		plans, err := s.Plans().List(t.Context(), store.Page{})
		if err != nil || len(plans.Records) != 2 {
			t.Fatalf("%d plans: %v", len(plans.Records), err)
		}
		plan := plans.Records[0].Value
		if plan.State != ledger.Published || len(plan.Versions) != 2 {
			t.Errorf("the plan is %s in version %d", plan.State, len(plan.Versions))
		}
		commitments, err := s.Commitments().Count(t.Context(), store.Where("state", ledger.InForce))
		if err != nil || commitments < 80 {
			t.Errorf("%d commitments in force: %v", commitments, err)
		}
		states := map[ledger.AmendmentState]int{}
		amendments, err := s.Amendments().List(t.Context(), store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range amendments.Records {
			states[a.Value.State]++
		}
		if states[ledger.Applied] != 1 || states[ledger.Proposed] != 1 || states[ledger.Refused] != 1 {
			t.Errorf("amendments by state: %v", states)
		}
		projects, err := service.All(t.Context(), s.Projects().List)
		if err != nil || len(projects) != 40 {
			t.Errorf("%d projects: %v", len(projects), err)
		}
		for _, p := range projects {
			if p.Value.Number == "" {
				t.Errorf("%s was made of the plan and is none of the district's projects", p.Value.Name)
			}
		}
		accounts, err := demo.Accounts()
		if err != nil {
			t.Fatal(err)
		}
		ordersDiffer(t.Context(), t, parts)
		monthsBehindGrade(t.Context(), t, parts, plan.ID)
		thePublicIsTold(t.Context(), t, parts)
		checkLog(t, parts, len(accounts))
	})
}

// checkLog looks whether the log tells the story: in order of time, through the year, by people of many roles.
func checkLog(t *testing.T, parts demo.Parts, accounts int) {
	t.Helper()
	entries, err := audit.Entries(t.Context(), parts.Core.Store().View(t.Context()), 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	roles, actors := map[string]bool{}, map[string]bool{}
	for i, e := range entries {
		if i > 0 && e.Time.Before(entries[i-1].Time) {
			t.Fatalf("entry %d is of an earlier time than the one before", e.Sequence)
		}
		roles[e.Actor.Role], actors[e.Actor.ID] = true, true
	}
	first, last := entries[0].Time, entries[len(entries)-1].Time
	if first.Year() != 2026 || last.Year() != 2026 || last.Sub(first) < 200*24*time.Hour {
		t.Errorf("the story goes from %s to %s", first, last)
	}
	for _, role := range []string{"administrator", "supervising-office", "leader", "unit-head", "reviewer"} {
		if !roles[role] {
			t.Errorf("no %s has done anything", role)
		}
	}
	if len(actors) < 10 || len(actors) > accounts+5 {
		t.Errorf("%d actors", len(actors))
	}
}
