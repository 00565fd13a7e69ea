package progress_test

import (
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

func TestAWallChartShowsEachPromiseAgainstTheYear(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		square := o.promise(t, ledger.CommitmentTerms{
			Number: "2026-003", Title: "建成望溪广场", Kind: ledger.KindTask, Section: 1, By: day(9, 30), Lead: o.Bureau.ID,
			Milestones: []ledger.Milestone{{Number: 1, Title: "开工", By: day(3, 1)}, {Number: 2, Title: "铺装", By: day(5, 1)}, {Number: 3, Title: "验收", By: day(9, 1)}},
		})
		o.amend(t, square, ledger.Applied, 2, day(6, 30), day(9, 30))
		wish := o.amend(t, square, ledger.Proposed, 0, day(9, 30), day(11, 30))
		o.clock.on(6, 2)
		must(t, planning.New(o.Core, planning.Options{}).Reach(o.head, square.ID, 1, day(3, 5), "已开工"))
		o.compute(t)

		wall := have[progress.Wall](t)(o.Wall(o.office, progress.WallQuery{LightQuery: progress.LightQuery{Plan: o.Plan.ID}}))
		if wall.Total.All != 3 || wall.Pages != 1 || len(wall.Parts) != 2 || wall.On != day(6, 2) || wall.Run.At.IsZero() {
			t.Fatalf("%+v", wall)
		}
		row := wall.Parts[0].Rows[0]
		if row.Commitment != square.ID || row.Begins != day(1, 1) || row.By != day(9, 30) || row.Colour == "" || len(row.Why) == 0 || !row.MayMove {
			t.Errorf("%+v", row)
		}
		if m := row.Milestones; len(m) != 3 || m[0].Reached != day(3, 5) || m[0].Missed || !m[1].Missed || m[2].Missed || !m[2].Reached.IsZero() {
			t.Errorf("one is reached, one missed, one not due: %+v", m)
		}
		if len(row.Slips) != 1 || row.Slips[0].From != day(6, 30) || row.Slips[0].To != day(9, 30) {
			t.Errorf("the deadline was moved once: %+v", row.Slips)
		}
		if row.Wish == nil || row.Wish.Amendment != wish || row.Wish.To != day(11, 30) {
			t.Errorf("another day is proposed: %+v", row.Wish)
		}
		reporter := have[progress.Wall](t)(o.Wall(o.reporter, progress.WallQuery{LightQuery: progress.LightQuery{Plan: o.Plan.ID, Words: "广场"}}))
		if row := reporter.Parts[0].Rows[0]; row.MayMove || reporter.Total.All != 1 {
			t.Errorf("a reporter does not propose amendments: %+v", row)
		}
	})
}

func TestAWallChartIsGroupedAndOrdered(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		for i, month := range []int{11, 3, 7} {
			o.promise(t, ledger.CommitmentTerms{
				Number: "2026-10" + string(rune('1'+i)), Title: "第" + string(rune('1'+i)) + "件", Kind: ledger.KindTask, Section: 1, By: day(month, 1), Lead: o.Bureau.ID,
			})
		}
		o.clock.on(6, 2)
		o.compute(t)
		in := progress.LightQuery{Plan: o.Plan.ID}
		for _, test := range []struct {
			name  string
			query progress.WallQuery
			want  string
		}{
			{"by area in the order of the plan", progress.WallQuery{LightQuery: in, GroupBy: progress.ByArea}, "一、民生:101 102 103 | 养老:? 001 |"},
			{"by deadline", progress.WallQuery{LightQuery: in, GroupBy: progress.ByArea, Order: "by"}, "一、民生:102 103 101 | 养老:? 001 |"},
			{"by unit", progress.WallQuery{LightQuery: in, GroupBy: progress.ByUnit}, "望溪区民政局:101 102 103 001 | 清河街道办事处:? |"},
			{"the second of three pages", progress.WallQuery{LightQuery: in, GroupBy: progress.ByUnit, Lines: 3, Page: 2}, "望溪区民政局+:103 001 |"},
			{"the rest of an area by deadline", progress.WallQuery{LightQuery: in, GroupBy: progress.ByArea, Order: "by", Lines: 3, Page: 2}, "一、民生+:101 |"},
			{"the worst first", progress.WallQuery{LightQuery: in, GroupBy: progress.ByArea, Order: progress.Severity, Lines: 3, Page: 1}, "一、民生:102 101 |"},
			{"behind the last page", progress.WallQuery{LightQuery: in, GroupBy: progress.ByUnit, Lines: 3, Page: 9}, "清河街道办事处:? |"},
			{"narrowed", progress.WallQuery{LightQuery: progress.LightQuery{Plan: o.Plan.ID, Overdue: true}}, "一、民生:102 |"},
			{"nothing", progress.WallQuery{LightQuery: progress.LightQuery{Plan: o.Plan.ID, Words: "没有"}}, ""},
		} {
			if got := written(have[progress.Wall](t)(o.Wall(o.office, test.query))); got != test.want {
				t.Errorf("%s: %s, not %s", test.name, got, test.want)
			}
		}
	})
}

// written is a wall chart in short: groups with the ends of their rows' numbers.
func written(wall progress.Wall) string {
	text := ""
	for i, part := range wall.Parts {
		if i > 0 {
			text += " "
		}
		text += part.Title.ZH
		if part.Continued {
			text += "+"
		}
		text += ":"
		for j, row := range part.Rows {
			if j > 0 {
				text += " "
			}
			if len(row.Number) < 3 {
				text += "?"
				continue
			}
			text += row.Number[len(row.Number)-3:]
		}
		text += " |"
	}
	return text
}

func TestAWallChartOfProjects(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		road := o.promise(t, ledger.CommitmentTerms{Title: "推进望溪路改造", Kind: ledger.KindProject, Section: 1, By: day(12, 31), Lead: o.Bureau.ID, Project: o.Project.ID})
		o.clock.on(6, 2)
		o.compute(t)
		wall := have[progress.Wall](t)(o.Wall(o.office, progress.WallQuery{LightQuery: progress.LightQuery{Plan: o.Plan.ID}, GroupBy: progress.ByCategory}))
		if len(wall.Groups) != 1 || wall.Groups[0].Key != string(ledger.CityRenewal) || wall.Groups[0].Title.ZH != "城市更新" {
			t.Fatalf("%+v", wall.Groups)
		}
		row := wall.Parts[0].Rows[0]
		if row.Project != o.Project.ID || row.Commitment != "" || len(row.Milestones) != 1 || row.Milestones[0].Title != "可研批复" || row.Begins != o.Project.Start {
			t.Errorf("%+v", row)
		}
		if got := have[progress.LightView](t)(o.Light(o.office, road.ID)); row.Colour != got.Colour {
			t.Errorf("a project has the worst light of what it serves: %s, not %s", row.Colour, got.Colour)
		}
		for name, query := range map[string]progress.WallQuery{
			"of another category": {LightQuery: progress.LightQuery{Plan: o.Plan.ID}, Category: ledger.Industry},
			"of another light":    {LightQuery: progress.LightQuery{Plan: o.Plan.ID, Colours: []light.Colour{light.Blue}}},
			"of another unit":     {LightQuery: progress.LightQuery{Plan: o.Plan.ID, Unit: o.Bureau.ID}},
			"of another name":     {LightQuery: progress.LightQuery{Plan: o.Plan.ID, Words: "没有"}},
		} {
			query.GroupBy = progress.ByCategory
			if got := have[progress.Wall](t)(o.Wall(o.office, query)); got.Total.All != 0 {
				t.Errorf("%s: %+v", name, got.Parts)
			}
		}
	})
}

func TestAWallChartShowsWhatTheCallerMaySee(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.promise(t, ledger.CommitmentTerms{Title: "民政局自己的事", By: day(12, 31), Lead: o.Bureau.ID})
		o.compute(t)
		query := progress.WallQuery{LightQuery: progress.LightQuery{Plan: o.Plan.ID}}
		if got := have[progress.Wall](t)(o.Wall(o.street, query)); got.Total.All != 2 {
			t.Errorf("what the bureau does alone is not the street's: %+v", got.Total)
		}
		_, err := o.Wall(t.Context(), query)
		wantRefused(t, err, "plan.read")
		_, err = o.Wall(o.office, progress.WallQuery{LightQuery: progress.LightQuery{Plan: "none"}})
		if err == nil {
			t.Error("a plan that is not there has a wall chart")
		}
	})
}

// amend keeps an amendment of a deadline as planning does.
func (o *town) amend(t *testing.T, c ledger.Commitment, state ledger.AmendmentState, version int, from, to calendar.Date) ledger.AmendmentID {
	t.Helper()
	a := ledger.Amendment{
		ID: store.NewID[ledger.AmendmentID](o.Store()), Plan: c.Plan, Commitment: c.ID, Reason: "管线迁改", State: state, Version: version,
		Changes:   []ledger.Change{{Field: ledger.DeadlineField, Old: ledger.Content{Date: from}, New: ledger.Content{Date: to}}},
		Effective: day(5, 20), Basis: ledger.Basis{Title: "区政府第12次常务会议纪要"},
	}
	have[store.Record[ledger.Amendment]](t)(o.Store().Amendments().Add(t.Context(), a))
	return a.ID
}

// BenchmarkWall reads a page of the wall chart of a district's plan of 5,000 commitments.
func BenchmarkWall(b *testing.B) {
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		c := &clock{}
		c.on(9, 2)
		o := settle(b, storetest.Open(b, dsn(b), store.Options{Rooms: rooms, Now: c.now}), c)
		o.district(b, 5000)
		o.compute(b)
		for _, by := range []progress.Grouping{progress.ByArea, progress.ByUnit} {
			b.Run(name+"/"+string(by), func(b *testing.B) {
				page := 0
				for b.Loop() {
					page++
					wall, err := o.Wall(o.office, progress.WallQuery{LightQuery: progress.LightQuery{Plan: o.Plan.ID}, GroupBy: by, Page: page%50 + 1})
					if err != nil || wall.Total.All < 5000 {
						b.Fatal(wall.Total.All, err)
					}
				}
			})
		}
	}
}
