package catalogue_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// grow adds units in a random tree, with changes, and projects, indicators and commitments that are theirs.
func (d *district) grow(t *testing.T, r *rand.Rand) []ledger.UnitID {
	t.Helper()
	s, today := d.Core().Store(), d.Core().Today()
	units := []ledger.UnitID{d.Government.ID, d.Bureau.ID, d.Street.ID}
	anyone := func() ledger.UnitID { return units[r.IntN(len(units))] }
	for i := range 8 {
		unit := ledger.Unit{ID: store.NewID[ledger.UnitID](s), Parent: anyone(), Kind: ledger.Department, Name: fmt.Sprintf("第%d局", i), Order: 10 + i}
		if _, err := s.Units().Add(t.Context(), unit); err != nil {
			t.Fatal(err)
		}
		units = append(units, unit.ID)
	}
	for _, i := range []int{4, 6, 8} {
		// Changes that do not fit are refused, which is as good.
		_ = d.ChangeUnit(d.administrator(t.Context()), ledger.UnitChange{
			Unit: units[i], On: today.AddDays(r.IntN(3) - 2), Kind: ledger.Merged, Into: []ledger.UnitID{units[i-1]},
		}, 1)
	}
	must(t, s.Within(t.Context(), func(ctx context.Context, _ bun.Tx) error {
		for i := range 24 {
			p := ledger.Project{
				ID: store.NewID[ledger.ProjectID](s), Plan: d.Plan.ID, Name: fmt.Sprintf("道路工程%d", i), Category: ledger.Industry, Stage: ledger.Reserve,
			}
			if r.IntN(6) > 0 {
				p.Lead = anyone()
			}
			if r.IntN(3) == 0 {
				p.Place.Unit = anyone()
			}
			if r.IntN(3) == 0 {
				p.Obstacles = []ledger.Obstacle{{Number: 1, Text: "征地", Unit: anyone(), Raised: today}}
			}
			if _, err := s.Projects().Add(ctx, p); err != nil {
				return err
			}
			c := d.Promise(s, ledger.CommitmentTerms{Title: fmt.Sprintf("推进道路工程%d", i), Lead: p.Lead})
			if r.IntN(2) == 0 {
				c.Project, c.Lead = p.ID, anyone()
			}
			if other := anyone(); other != c.Lead {
				c.Cooperating = []ledger.UnitID{other}
			}
			if _, err := s.Commitments().Add(ctx, c); err != nil {
				return err
			}
		}
		return nil
	}))
	return units
}

// A list, a search and a summary show exactly what a page does not refuse: for every role in every unit.
func TestListsShowWhatPagesShow(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		units := d.grow(t, rand.New(rand.NewPCG(4, 2026)))
		projects, err := service.All(t.Context(), d.Core().Store().Projects().List)
		must(t, err)
		commitments, err := service.All(t.Context(), d.Core().Store().Commitments().List)
		must(t, err)
		shown, kept := 0, 0
		for _, role := range access.Rights().Roles() {
			for i, unit := range units {
				if i%2 == 1 {
					continue
				}
				ctx := d.As(t.Context(), role, unit)
				if role == access.Public {
					ctx = t.Context()
				}
				listed := d.listed(ctx, t)
				found := d.found(ctx, t)
				for _, p := range projects {
					id := string(p.Value.ID)
					page := d.Core().Can(ctx, "project.read", d.ownedProject(ctx, t, p.Value))
					if listed[id] != page || found[id] != (page && d.Core().May(ctx, "search.run")) {
						t.Fatalf("%s of %s, %s: page %t, list %t, search %t", role, unit, p.Value.Name, page, listed[id], found[id])
					}
					if page {
						shown++
					} else {
						kept++
					}
				}
				for _, c := range commitments {
					page := d.Core().Can(ctx, "commitment.read", service.Owned{Lead: c.Value.Lead, Cooperating: c.Value.Cooperating})
					if found[string(c.Value.ID)] != (page && d.Core().May(ctx, "search.run")) {
						t.Fatalf("%s of %s, %s: page %t, search %t", role, unit, c.Value.Title, page, !page)
					}
				}
				summary, err := d.ProjectSummary(ctx, catalogue.ProjectQuery{}, 2026)
				must(t, err)
				if total := summary[len(summary)-1].Number; int(total) != len(listed) {
					t.Fatalf("%s of %s: the summary counts %d, the list %d", role, unit, total, len(listed))
				}
			}
		}
		if shown < 200 || kept < 200 {
			t.Errorf("%d shown and %d kept: too few of one kind to prove anything", shown, kept)
		}
	})
}

// ownedProject is whose a project is, by the page of somebody who may see everything.
func (d district) ownedProject(_ context.Context, t *testing.T, p ledger.Project) service.Owned {
	t.Helper()
	page, err := d.Service.Project(d.Office(t.Context()), p.ID)
	must(t, err)
	return page.Owned()
}

func (d district) listed(ctx context.Context, t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	page := store.Page{Order: "name", Limit: 7}
	for {
		part, err := d.Projects(ctx, catalogue.ProjectQuery{}, page)
		must(t, err)
		for _, r := range part.Records {
			all[string(r.Value.ID)] = true
		}
		if page.After = part.Next; page.After == "" {
			return all
		}
	}
}

func (d district) found(ctx context.Context, t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, kind := range []string{catalogue.FoundProject, catalogue.FoundCommitment} {
		for _, words := range []string{"道路工程", "望溪路改造", "养老床位"} {
			q := catalogue.Search{Words: words, Kind: kind, Limit: 10}
			for {
				parts, err := d.Search(ctx, q)
				if refused(err) {
					return all
				}
				must(t, err)
				for _, hit := range parts[0].Hits {
					all[hit.ID] = true
				}
				if q.After = parts[0].Next; q.After == "" {
					break
				}
			}
		}
	}
	return all
}

// What somebody takes out is never more than what he sees.
func TestExportsAreWithinLists(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		units := d.grow(t, rand.New(rand.NewPCG(7, 2026)))
		out := 0
		for _, role := range []access.Role{"supervising-office", "leader", "unit-head", "reporter", "reviewer", "administrator"} {
			for _, unit := range units[:6] {
				ctx := d.As(t.Context(), role, unit)
				listed := d.listed(ctx, t)
				for record, err := range d.EachProject(ctx, catalogue.ProjectQuery{}, store.Page{Order: "name"}) {
					must(t, err)
					out++
					p := record.Value
					if !listed[string(p.ID)] || role == "reporter" && !d.Core().Can(ctx, "export.run", d.ownedProject(ctx, t, p)) {
						t.Errorf("%s of %s takes out %s", role, unit, p.Name)
					}
				}
			}
		}
		if out == 0 {
			t.Error("nobody takes anything out")
		}
		ctx := d.As(t.Context(), "reporter", d.Bureau.ID)
		must(t, d.NoteExport(ctx, "/projects", "stage=ongoing", 3))
		if got := d.Entries(t, "exports", "/projects"); !slices.Equal(got, []string{"export.run"}) {
			t.Errorf("the log has %v", got)
		}
		// What is published an administrator may take out like everybody; it is kept, as he has signed in.
		must(t, d.NoteExport(d.administrator(t.Context()), "/indicators", "", 3))
		if got := d.Entries(t, "exports", "/indicators"); !slices.Equal(got, []string{"export.run"}) {
			t.Errorf("the log has %v", got)
		}
		must(t, d.NoteExport(t.Context(), "/projects", "", 3))
		for record, err := range d.EachIndicator(ctx, catalogue.IndicatorQuery{}, store.Page{}) {
			if must(t, err); record.Value.ID != d.Fixture.Indicator.ID {
				t.Errorf("%+v", record)
			}
		}
	})
}
