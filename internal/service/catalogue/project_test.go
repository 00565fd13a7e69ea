package catalogue_test

import (
	"slices"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/store"
	"luoshi/ledger"
)

func accessRole(name string) access.Role { return access.Role(name) }

func TestWhoMayChangeAProject(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		edit := func(role access.Role, unit ledger.UnitID) error {
			p := d.project(t)
			p.Value.Content += "。"
			return d.EditProject(d.As(t.Context(), role, unit), p.Value, p.Revision)
		}
		for _, c := range []struct {
			role access.Role
			unit ledger.UnitID
			may  bool
		}{
			{"supervising-office", d.Government.ID, true},
			{"unit-head", d.Street.ID, true},
			{"unit-head", d.Government.ID, true},
			{"unit-head", d.Bureau.ID, false},
			{"reporter", d.Street.ID, true},
			{"reporter", d.Government.ID, false},
			{"leader", d.Government.ID, false},
			{"reviewer", d.Government.ID, false},
			{"administrator", d.Government.ID, false},
		} {
			if err := edit(c.role, c.unit); (err == nil) != c.may || err != nil && !refused(err) {
				t.Errorf("%s of %s: %v", c.role, c.unit, err)
			}
		}
		// Nobody hands a project over to a unit where he may not add one.
		p := d.project(t)
		p.Value.Lead = d.Bureau.ID
		if err := d.EditProject(d.As(t.Context(), "unit-head", d.Street.ID), p.Value, p.Revision); !refused(err) {
			t.Errorf("handing over: %v", err)
		}
		must(t, d.EditProject(d.As(t.Context(), "unit-head", d.Government.ID), p.Value, p.Revision))
		if err := edit("unit-head", d.Street.ID); !refused(err) {
			t.Errorf("the former unit: %v", err)
		}
	})
}

func TestAProjectIsChangedWholeOrNot(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.Office(t.Context())
		p := d.project(t)
		broken := p.Value
		broken.Funds = []ledger.Fund{{Source: ledger.OwnBudget, Planned: ledger.Int(100), Arrived: ledger.Int(101)}}
		if err := d.EditProject(ctx, broken, p.Revision); !wrong(err, "fund.arrived_exceeds") {
			t.Errorf("%v", err)
		}
		if _, err := d.AddProject(ctx, ledger.Project{Plan: d.Plan.ID, Number: "WX-07", Name: "另一条路", Category: ledger.Industry, Stage: ledger.Reserve}); !wrong(err, "project.number_twice") {
			t.Errorf("%v", err)
		}
		must(t, d.ReviseProject(ctx, p.Value.ID, 1, func(p ledger.Project) (ledger.Project, error) {
			p.Obstacles = append(p.Obstacles, ledger.Obstacle{Number: 2, Text: "管线迁改", Raised: d.Core().Today()})
			return p, nil
		}))
		err := d.ReviseProject(ctx, p.Value.ID, 1, func(p ledger.Project) (ledger.Project, error) { return p, nil })
		if !store.IsConflict(err) {
			t.Errorf("the second editor is told %v", err)
		}
		if got := d.project(t); got.Revision != 2 || len(got.Value.Obstacles) != 2 || len(got.Value.Funds) != 1 {
			t.Errorf("%+v", got)
		}
		if got := d.Entries(t, "projects", string(p.Value.ID)); !slices.Equal(got, []string{"project.edit"}) {
			t.Errorf("the log has %v", got)
		}
	})
}

func TestAProjectMovesThroughItsStages(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.As(t.Context(), "unit-head", d.Street.ID)
		id, err := d.AddProject(ctx, ledger.Project{Plan: d.Plan.ID, Name: "清河桥", Category: ledger.Infrastructure, Stage: ledger.Reserve, Lead: d.Street.ID})
		must(t, err)
		steps := []struct {
			step catalogue.Stage
			want string
		}{
			{catalogue.Stage{To: ledger.Preparing}, "amendment.reason"},
			{catalogue.Stage{To: ledger.Preparing, Reason: "列入年度前期计划"}, ""},
			{catalogue.Stage{To: ledger.Ongoing, Reason: "跳过"}, "project.move"},
			{catalogue.Stage{To: ledger.Starting, Reason: "取得施工许可"}, "project.no_start"},
			{catalogue.Stage{To: ledger.Starting, Reason: "取得施工许可", Date: day(t, "2026-03-01")}, ""},
			{catalogue.Stage{To: ledger.Finished, Reason: "竣工验收", Date: day(t, "2026-02-01")}, "project.reversed"},
			{catalogue.Stage{To: ledger.Finished, Reason: "竣工验收", Date: day(t, "2026-11-01")}, ""},
		}
		revision := int64(1)
		for _, s := range steps {
			err := d.MoveProject(ctx, id, s.step, revision)
			if s.want == "" {
				must(t, err)
				revision++
			} else if !wrong(err, s.want) {
				t.Errorf("%+v: %v", s.step, err)
			}
		}
		p, err := d.Service.Project(ctx, id)
		must(t, err)
		var stages []ledger.Stage
		for _, move := range p.Moves {
			stages = append(stages, move.To)
			if move.Reason == "" || move.On != d.Core().Today() || move.Account != "unit-head" {
				t.Errorf("%+v", move)
			}
		}
		if !slices.Equal(stages, []ledger.Stage{ledger.Preparing, ledger.Starting, ledger.Finished}) || p.Value.Stage != ledger.Finished ||
			p.Value.Start != day(t, "2026-03-01") || p.Value.Completion != day(t, "2026-11-01") {
			t.Errorf("%v, %+v", stages, p.Value)
		}
		if err := d.MoveProject(d.As(t.Context(), "reporter", d.Street.ID), id, catalogue.Stage{To: ledger.Exited, Reason: "甲"}, revision); !refused(err) {
			t.Errorf("a reporter: %v", err)
		}
	})
}

func TestTheSummaryIsThatOfTheList(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.Office(t.Context())
		for i, total := range []string{"0.1", "0.2", "1e3"} {
			_, err := d.AddProject(ctx, ledger.Project{
				Plan: d.Plan.ID, Name: "工程" + total, Category: ledger.Industry, Stage: ledger.Stages()[i%2], Total: figure(t, total),
				Years: []ledger.Investment{{Year: 2026, Planned: figure(t, "0.1"), Done: figure(t, "0.05")}}, Lead: d.Bureau.ID,
			})
			must(t, err)
		}
		rows, err := d.ProjectSummary(ctx, catalogue.ProjectQuery{Plan: d.Plan.ID}, 2026)
		must(t, err)
		if len(rows) != 3 || rows[0].Category != ledger.Industry || rows[0].Number != 3 || rows[0].Total.Plain() != "1000.3" ||
			rows[0].Planned.Plain() != "0.3" || rows[0].Stages[ledger.Reserve] != 2 || rows[2].Category != "" || rows[2].Number != 4 ||
			rows[2].Total.Plain() != "1594001000.3" {
			t.Errorf("%+v", rows)
		}
		if rate, ok := rows[0].Rate(); !ok || rate.FloatString(2) != "50.00" {
			t.Errorf("%v", rate)
		}
		own, err := d.ProjectSummary(d.As(t.Context(), "reporter", d.Bureau.ID), catalogue.ProjectQuery{Category: ledger.Industry}, 2026)
		if err != nil || own[len(own)-1].Number != 3 {
			t.Errorf("%+v, %v", own, err)
		}
		none, err := d.ProjectSummary(t.Context(), catalogue.ProjectQuery{}, 2026)
		if err != nil || len(none) != 1 || none[0].Number != 0 {
			t.Errorf("the public: %+v, %v", none, err)
		}
	})
}

func TestProjectsAreNarrowedAndOrdered(t *testing.T) {
	each(t, func(t *testing.T, d district) {
		ctx := d.Office(t.Context())
		add := func(p ledger.Project) {
			t.Helper()
			p.Plan = d.Plan.ID
			_, err := d.AddProject(ctx, p)
			must(t, err)
		}
		add(ledger.Project{Name: "5G基站100%覆盖", Number: "A_1", Category: ledger.Infrastructure, Stage: ledger.Reserve, Total: ledger.Int(5)})
		add(ledger.Project{Name: "公园Ｂ区", Number: "A1", Category: ledger.Ecology, Stage: ledger.Preparing, Lead: d.Bureau.ID, Total: ledger.Int(70)})
		for name, c := range map[string]struct {
			query catalogue.ProjectQuery
			page  store.Page
			want  []string
		}{
			"all by name":     {page: store.Page{Order: "name"}, want: []string{"5G基站100%覆盖", "公园Ｂ区", "望溪路改造"}},
			"dearest first":   {page: store.Page{Order: "total", Descending: true}, want: []string{"望溪路改造", "公园Ｂ区", "5G基站100%覆盖"}},
			"by start":        {page: store.Page{Order: "start", Descending: true, Limit: 1}, want: []string{"望溪路改造"}},
			"words":           {query: catalogue.ProjectQuery{Words: "5g 基站"}, want: []string{"5G基站100%覆盖"}},
			"a sign of LIKE":  {query: catalogue.ProjectQuery{Words: "0%"}, want: []string{"5G基站100%覆盖"}},
			"an underscore":   {query: catalogue.ProjectQuery{Words: "a_"}, want: []string{"5G基站100%覆盖"}},
			"a wide letter":   {query: catalogue.ProjectQuery{Words: "Ｂ"}, want: []string{"公园Ｂ区"}},
			"a backslash":     {query: catalogue.ProjectQuery{Words: `\`}},
			"category":        {query: catalogue.ProjectQuery{Category: ledger.Ecology}, want: []string{"公园Ｂ区"}},
			"stage":           {query: catalogue.ProjectQuery{Stage: ledger.Ongoing}, want: []string{"望溪路改造"}},
			"unit":            {query: catalogue.ProjectQuery{Unit: d.Bureau.ID}, want: []string{"公园Ｂ区"}},
			"nobody's":        {query: catalogue.ProjectQuery{NoUnit: true}, want: []string{"5G基站100%覆盖"}},
			"hindered":        {query: catalogue.ProjectQuery{Hindered: true}, want: []string{"望溪路改造"}},
			"of another plan": {query: catalogue.ProjectQuery{Plan: "other"}},
		} {
			listed, err := d.Projects(ctx, c.query, c.page)
			must(t, err)
			var got []string
			for _, r := range listed.Records {
				got = append(got, r.Value.Name)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v", name, got)
			}
		}
		_, err := d.Projects(ctx, catalogue.ProjectQuery{}, store.Page{After: "nonsense"})
		_, searched := d.Search(ctx, catalogue.Search{Words: "公园", Kind: catalogue.FoundProject, After: "nonsense"})
		if !wrong(err, "page.cursor") || !wrong(searched, "page.cursor") {
			t.Errorf("a place that is none: %v, %v", err, searched)
		}
	})
}
