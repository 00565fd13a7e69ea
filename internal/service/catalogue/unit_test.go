package catalogue_test

import (
	"slices"
	"testing"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

func names(branches []catalogue.Branch) []string {
	var all []string
	for _, b := range branches {
		all = append(all, b.Name)
	}
	return all
}

func TestUnitsThroughTheirChanges(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx, today := d.administrator(t.Context()), d.Core().Today()
		heir, err := d.FoundUnit(ctx, ledger.Unit{Parent: d.Government.ID, Kind: ledger.Department, Name: "望溪区社会工作局", Order: 3})
		must(t, err)
		must(t, d.ChangeUnit(ctx, ledger.UnitChange{Unit: d.Bureau.ID, On: today.AddDays(-30), Kind: ledger.Renamed, Name: "望溪区民政和养老局", Basis: "望编发〔2026〕2号"}, 1))
		must(t, d.ChangeUnit(ctx, ledger.UnitChange{Unit: d.Street.ID, On: today.AddDays(-20), Kind: ledger.Moved, Parent: d.Bureau.ID}, 1))

		merge := ledger.UnitChange{Unit: d.Bureau.ID, On: today.AddDays(-10), Kind: ledger.Merged, Into: []ledger.UnitID{heir}, Basis: "望编发〔2026〕8号"}
		effect, err := d.ForeseeChange(ctx, merge)
		must(t, err)
		if !effect.Ends || effect.Unsettled || effect.Ahead || effect.Commitments != 1 || effect.Projects != 0 ||
			effect.Before.Name != "望溪区民政和养老局" || len(effect.Heirs) != 1 || effect.Heirs[0].Name != "望溪区社会工作局" ||
			len(effect.Children) != 1 || effect.Children[0].ID != d.Street.ID {
			t.Errorf("foreseen: %+v", effect)
		}
		if unit, err := d.Service.Unit(ctx, d.Bureau.ID); err != nil || !unit.Exists || len(unit.Changes) != 1 {
			t.Errorf("foreseeing did something: %+v, %v", unit, err)
		}
		must(t, d.ChangeUnit(ctx, merge, 2))

		unit, err := d.Service.Unit(ctx, d.Bureau.ID)
		must(t, err)
		if unit.Exists || unit.Name != "望溪区民政和养老局" || len(unit.Changes) != 2 || len(unit.Heirs) != 1 || unit.Heirs[0].ID != heir {
			t.Errorf("the merged unit: %+v", unit)
		}
		successor, err := d.Service.Unit(ctx, heir)
		must(t, err)
		if len(successor.Before) != 1 || len(successor.Below) != 1 || successor.Below[0].ID != d.Street.ID || len(successor.Above) != 1 {
			t.Errorf("its heir: %+v", successor)
		}
		for on, want := range map[int][]string{
			-31: {"望溪区人民政府", "望溪区民政局", "清河街道办事处", "望溪区社会工作局"},
			-20: {"望溪区人民政府", "望溪区民政和养老局", "清河街道办事处", "望溪区社会工作局"},
			-10: {"望溪区人民政府", "望溪区社会工作局", "清河街道办事处"},
		} {
			tree, err := d.TreeOn(ctx, today.AddDays(on))
			if err != nil || !slices.Equal(names(tree), want) {
				t.Errorf("%d days: %v, %v", on, names(tree), err)
			}
		}
		if got := d.Entries(t, catalogue.ChangesKind, string(d.Bureau.ID)); !slices.Equal(got, []string{"unit.edit", "unit.edit"}) {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestUnitsThatCannotBe(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx, today := d.administrator(t.Context()), d.Core().Today()
		for name, c := range map[string]struct {
			err  error
			want string
		}{
			"its own parent": {d.ChangeUnit(ctx, ledger.UnitChange{Unit: d.Government.ID, On: today, Kind: ledger.Moved, Parent: d.Bureau.ID}, 1), "unit.circle"},
			"no name":        {d.CorrectUnit(ctx, ledger.Unit{ID: d.Bureau.ID, Parent: d.Government.ID, Kind: ledger.Department}, 1), "unit.name"},
			"no heir":        {d.ChangeUnit(ctx, ledger.UnitChange{Unit: d.Bureau.ID, On: today, Kind: ledger.Merged}, 1), "unit_change.merged_into"},
			"before it was founded": {
				d.ChangeUnit(ctx, ledger.UnitChange{Unit: d.Bureau.ID, On: day(t, "2019-01-01"), Kind: ledger.Abolished}, 1), "unit_change.before_founding",
			},
		} {
			if !wrong(c.err, c.want) {
				t.Errorf("%s: %v", name, c.err)
			}
		}
		correct := d.Bureau
		correct.Name = "望溪区民政事务局"
		must(t, d.CorrectUnit(ctx, correct, 1))
		if err := d.CorrectUnit(ctx, correct, 1); !store.IsConflict(err) {
			t.Errorf("the second editor is told %v", err)
		}
		if err := d.ChangeUnit(ctx, ledger.UnitChange{Unit: d.Bureau.ID, On: today, Kind: ledger.Abolished}, 1); !store.IsConflict(err) {
			t.Errorf("the second editor is told %v", err)
		}
		for _, who := range []string{"supervising-office", "leader", "unit-head", "reporter", "reviewer", "auditor", "security-officer"} {
			if err := d.CorrectUnit(d.As(t.Context(), accessRole(who), d.Government.ID), correct, 2); !refused(err) {
				t.Errorf("%s: %v", who, err)
			}
		}
		if _, err := d.Service.Unit(t.Context(), d.Bureau.ID); !refused(err) {
			t.Errorf("the public: %v", err)
		}
	})
}

// What a unit led belongs to the one that it was merged into, from the day of the merger on.
func TestAMergerMovesAccess(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		admin, today := d.administrator(t.Context()), d.Core().Today()
		heir, err := d.FoundUnit(admin, ledger.Unit{Parent: d.Government.ID, Kind: ledger.StreetOffice, Name: "新河街道办事处", Order: 9})
		must(t, err)
		head := d.As(t.Context(), "unit-head", heir)
		id := d.Fixture.Project.ID
		sees := func() bool {
			_, err := d.Service.Project(head, id)
			listed, failed := d.Projects(head, catalogue.ProjectQuery{}, store.Page{})
			must(t, failed)
			if (err == nil) != (len(listed.Records) == 1) || err != nil && !refused(err) {
				t.Fatalf("the page says %v, the list has %d", err, len(listed.Records))
			}
			return err == nil
		}
		if sees() {
			t.Fatal("a unit sees a project of another one")
		}
		must(t, d.ChangeUnit(admin, ledger.UnitChange{Unit: d.Street.ID, On: today.AddDays(1), Kind: ledger.Merged, Into: []ledger.UnitID{heir}}, 1))
		if sees() {
			t.Fatal("a merger of tomorrow moves access today")
		}
		other, err := d.FoundUnit(admin, ledger.Unit{Parent: d.Government.ID, Kind: ledger.StreetOffice, Name: "老河街道办事处", Order: 10})
		must(t, err)
		project := d.project(t)
		project.Value.Lead, project.Value.Place.Unit = other, ""
		must(t, d.EditProject(d.Office(t.Context()), project.Value, project.Revision))
		must(t, d.ChangeUnit(admin, ledger.UnitChange{Unit: other, On: today, Kind: ledger.Merged, Into: []ledger.UnitID{heir}}, 1))
		if !sees() {
			t.Error("the heir does not see what it took over")
		}
		// The list for the heir has what the merged unit led.
		listed, err := d.Projects(d.Office(t.Context()), catalogue.ProjectQuery{Unit: heir}, store.Page{})
		if err != nil || len(listed.Records) != 1 {
			t.Errorf("%d projects, %v", len(listed.Records), err)
		}
		below, err := d.Projects(d.Office(t.Context()), catalogue.ProjectQuery{Unit: d.Government.ID, Below: true}, store.Page{})
		if err != nil || len(below.Records) != 1 {
			t.Errorf("%d projects of the government and beneath, %v", len(below.Records), err)
		}
	})
}

func TestAPostPassesToASuccessor(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.Office(t.Context())
		post, err := d.AddPost(ctx, ledger.Post{Unit: d.Bureau.ID, Title: "局长"})
		must(t, err)
		must(t, d.Succeed(ctx, ledger.Holder{Post: post, Person: "林澜", From: day(t, "2025-03-01")}, 1))
		must(t, d.Succeed(ctx, ledger.Holder{Post: post, Person: "赵屿", From: day(t, "2026-06-01")}, 2))
		if err := d.Succeed(ctx, ledger.Holder{Post: post, Person: "钱江", From: day(t, "2026-05-01")}, 3); !wrong(err, "holder.overlap") {
			t.Errorf("two at once: %v", err)
		}
		if err := d.Succeed(ctx, ledger.Holder{Post: post, Person: "钱江", From: day(t, "2026-07-01")}, 2); !store.IsConflict(err) {
			t.Errorf("the second editor is told %v", err)
		}
		posts, err := d.Posts(ctx, d.Bureau.ID)
		must(t, err)
		if len(posts) != 1 || len(posts[0].Holders) != 2 {
			t.Fatalf("%+v", posts)
		}
		for on, want := range map[string]string{"2025-02-28": "", "2026-05-31": "林澜", "2026-06-01": "赵屿"} {
			if holder, _ := posts[0].On(day(t, on)); holder.Person != want {
				t.Errorf("%s: %s", on, holder.Person)
			}
		}
		must(t, d.Leave(ctx, post, day(t, "2026-08-31"), 3))
		if err := d.Leave(ctx, post, day(t, "2026-09-30"), 4); !wrong(err, "post.vacant") {
			t.Errorf("%v", err)
		}
		must(t, d.RenamePost(ctx, post, "党组书记、局长", 4))
		if err := d.RenamePost(d.As(t.Context(), "unit-head", d.Bureau.ID), post, "局长", 5); !refused(err) {
			t.Errorf("a unit's head: %v", err)
		}
		if got := d.Entries(t, catalogue.HoldersKind, string(post)); len(got) != 3 {
			t.Errorf("the log has %v", got)
		}
	})
}
