package intake_test

import (
	"bytes"
	"context"
	"slices"
	"testing"

	"luoshi/document"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/tasktable"
)

// titles are the commitments of a task table that somebody takes out.
func titles(ctx context.Context, t *testing.T, r *room) []string {
	t.Helper()
	var file bytes.Buffer
	if err := r.Export(ctx, r.Plan.ID, &file); err != nil {
		t.Fatal(err)
	}
	doc, err := document.Open(t.Context(), "table.xlsx", file.Bytes(), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, sheet := range tasktable.Sheets(doc) {
		at := slices.Index(tasktable.Written(), tasktable.Title)
		for _, row := range sheet.Rows {
			all = append(all, row.Cells[at].Text)
		}
	}
	return all
}

func TestNobodyTakesOutWhatHeMayNotSee(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		const joint, streets, bureaus = "新增养老床位", "街道的事", "民政局的事"
		for title, lead := range map[string]ledger.UnitID{streets: r.Street.ID, bureaus: r.Bureau.ID} {
			promise := r.Promise(r.Store(), ledger.CommitmentTerms{Title: title, Section: 2, Lead: lead})
			if _, err := r.Store().Commitments().Add(t.Context(), promise); err != nil {
				t.Fatal(err)
			}
		}
		for _, state := range []ledger.PlanState{ledger.Draft, ledger.Published} {
			plan, err := r.Store().Plans().Get(t.Context(), string(r.Plan.ID))
			if err != nil {
				t.Fatal(err)
			}
			plan.Value.State = state
			if _, err := r.Store().Plans().Change(t.Context(), plan.Value, plan.Revision); err != nil {
				t.Fatal(err)
			}
			all := []string{joint, bureaus, streets}
			for name, c := range map[string]struct {
				role access.Role
				unit ledger.UnitID
				want []string
			}{
				"office": {"supervising-office", r.Government.ID, all}, "leader": {"leader", r.Government.ID, all},
				"reviewer": {"reviewer", r.Government.ID, all}, "head of all": {"unit-head", r.Government.ID, all},
				"head of the bureau": {"unit-head", r.Bureau.ID, []string{joint, bureaus}},
				"head of the street": {"unit-head", r.Street.ID, []string{joint, streets}},
				"reporter of bureau": {"reporter", r.Bureau.ID, []string{joint, bureaus}},
				"reporter of street": {"reporter", r.Street.ID, []string{streets}},
			} {
				got := titles(r.As(t.Context(), c.role, c.unit), t, r)
				if slices.Sort(got); !slices.Equal(got, c.want) {
					t.Errorf("%s, %s: takes out %v, want %v", state, name, got, c.want)
				}
			}
			for _, ctx := range []context.Context{
				r.As(t.Context(), "administrator", r.Government.ID), r.As(t.Context(), "security-officer", r.Government.ID),
				r.As(t.Context(), "auditor", r.Government.ID), service.As(t.Context(), service.Caller{}),
			} {
				var file bytes.Buffer
				if err := r.Export(ctx, r.Plan.ID, &file); !isRefused(err) || file.Len() > 0 {
					t.Errorf("%s, %s takes out %d bytes: %v", state, service.CallerOf(ctx).Account(), file.Len(), err)
				}
			}
		}
		if got := r.Entries(t, "exports", "plans/"+string(r.Plan.ID)+"/task-table"); len(got) != 16 || got[0] != "export.run" {
			t.Errorf("the log has %v", got)
		}
	})
}
