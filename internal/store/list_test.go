package store_test

import (
	"context"
	"slices"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// walk reads a list to its end and gives the identifiers, in order.
func walk[T any](t *testing.T, list func(context.Context, store.Page, ...store.Filter) (store.Listing[T], error), id func(T) string, page store.Page, filters ...store.Filter) []string {
	t.Helper()
	var all []string
	for {
		listing, err := list(t.Context(), page, filters...)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range listing.Records {
			all = append(all, id(r.Value))
		}
		if page.After = listing.Next; page.After == "" {
			return all
		}
	}
}

func commitmentID(c ledger.Commitment) string { return string(c.ID) }

func TestPagesMakeTheWholeList(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		d.Promises(t, s, 30)
		for _, order := range []string{"", "number", "title", "by", "section", "weight"} {
			whole := walk(t, s.Commitments().List, commitmentID, store.Page{Order: order, Limit: store.MaxLimit})
			if len(whole) != 31 {
				t.Fatalf("by %q: %d commitments", order, len(whole))
			}
			if got := walk(t, s.Commitments().List, commitmentID, store.Page{Order: order, Limit: 4}); !slices.Equal(got, whole) {
				t.Errorf("by %q in parts:\n%v\nin one:\n%v", order, got, whole)
			}
			slices.Reverse(whole)
			if got := walk(t, s.Commitments().List, commitmentID, store.Page{Order: order, Limit: 7, Descending: true}); !slices.Equal(got, whole) {
				t.Errorf("by %q backwards:\n%v\nwant:\n%v", order, got, whole)
			}
		}
	})
}

func TestAListThatGrowsNeitherRepeatsNorSkips(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		d.Promises(t, s, 9)
		first, err := s.Commitments().List(t.Context(), store.Page{Order: "number", Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		before := d.Promise(s, ledger.CommitmentTerms{Number: "2026-000", Title: "插在前面"})
		if _, err := s.Commitments().Add(t.Context(), before); err != nil {
			t.Fatal(err)
		}
		rest, err := s.Commitments().List(t.Context(), store.Page{Order: "number", Limit: 50, After: first.Next})
		if err != nil || len(rest.Records) != 5 || rest.Records[0].Value.Number <= first.Records[4].Value.Number {
			t.Errorf("the rest is %v, %v", rest.Records, err)
		}
	})
}

func TestFiltersNarrowLists(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		d.Promises(t, s, 6)
		free := d.Promise(s, ledger.CommitmentTerms{Title: "无人负责"})
		if _, err := s.Commitments().Add(t.Context(), free); err != nil {
			t.Fatal(err)
		}
		nowhere := ledger.PlanID("none")
		for _, c := range []struct {
			name    string
			filters []store.Filter
			want    int64
		}{
			{"of the plan", []store.Filter{store.InPlan(d.Plan.ID)}, 8},
			{"of another plan", []store.Filter{store.InPlan(nowhere)}, 0},
			{"led by the bureau", []store.Filter{store.LedBy(d.Bureau.ID)}, 7},
			{"led by the street", []store.Filter{store.LedBy(d.Street.ID)}, 0},
			{"with the street", []store.Filter{store.WithUnit(d.Street.ID)}, 1},
			{"led by nobody", []store.Filter{store.Unassigned}, 1},
			{"promised in the document", []store.Filter{store.PromisedIn(d.Document.Digest)}, 8},
			{"of a section led by the bureau", []store.Filter{store.LedBy(d.Bureau.ID), store.Where("section", 2)}, 4},
		} {
			got := walk(t, s.Commitments().List, commitmentID, store.Page{Limit: 3}, c.filters...)
			counted, err := s.Commitments().Count(t.Context(), c.filters...)
			if int64(len(got)) != c.want || counted != c.want || err != nil {
				t.Errorf("%s: listed %d, counted %d, want %d; %v", c.name, len(got), counted, c.want, err)
			}
		}
	})
}

func TestFiguresSortByValueAndAddUpExactly(t *testing.T) {
	sorted := []string{"", "-1594e6", "-12.5", "-12.25", "-0.3", "0", "0.001", "0.10", "9", "10", "11.0", "11.5", "99.99", "1594e6"}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		for i := range sorted {
			project := d.Project
			project.ID, project.Name = store.NewID[ledger.ProjectID](s), "甲"
			project.Years, project.Funds, project.Nodes, project.Obstacles = nil, nil, nil, nil
			// Added in another order than that of their values.
			total, err := ledger.ParseDecimal(sorted[(i*5)%len(sorted)])
			if err != nil {
				t.Fatal(err)
			}
			project.Total = total
			if _, err := s.Projects().Add(t.Context(), project); err != nil {
				t.Fatal(err)
			}
		}
		total := func(p ledger.Project) string { return p.Total.String() }
		only := store.Where("name", "甲")
		got := walk(t, s.Projects().List, total, store.Page{Order: "total", Limit: 3}, only)
		if !slices.Equal(got, sorted) {
			t.Errorf("sorted: %q\nwant:   %q", got, sorted)
		}
		var sum string
		err := s.View(t.Context()).NewSelect().TableExpr("projects").ColumnExpr("decimal_sum(total)").Where("name = ?", "甲").Scan(t.Context(), &sum)
		if want := "116.541"; err != nil || sum != want {
			t.Errorf("the sum is %q, want %q; %v", sum, want, err)
		}
		err = s.View(t.Context()).NewSelect().TableExpr("projects").ColumnExpr("decimal_sum(total)").Where("name = ?", "无").Scan(t.Context(), &sum)
		if err != nil || sum != "" {
			t.Errorf("the sum of nothing is %q, %v", sum, err)
		}
	})
}

func TestPlacesInListsAreChecked(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		d.Promises(t, s, 3)
		byNumber, err := s.Commitments().List(t.Context(), store.Page{Order: "number", Limit: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, page := range []store.Page{
			{After: "?"}, {After: "bm9uZQ"}, {After: "eyJrIjpbXX0"}, {Order: "title", After: byNumber.Next},
			{Order: "number", Descending: true, After: byNumber.Next},
		} {
			if _, err := s.Commitments().List(t.Context(), page); !store.HasFault(err, "page.cursor") {
				t.Errorf("%+v gives %v", page, err)
			}
		}
		if _, err := s.Commitments().List(t.Context(), store.Page{Order: "colour"}); err == nil {
			t.Error("an unknown order is taken")
		}
		if _, err := s.Commitments().List(t.Context(), store.Page{Order: "number; DROP TABLE units"}); err == nil {
			t.Error("an order goes into the statement as it is")
		}
	})
}

// The holders of many posts come in one question, and each post's in the order of their time.
func TestHoldersOfManyPosts(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		other := ledger.Post{ID: store.NewID[ledger.PostID](s), Unit: d.Bureau.ID, Title: "局长"}
		if _, err := s.Posts().Add(t.Context(), other); err != nil {
			t.Fatal(err)
		}
		day := func(year int16) calendar.Date { return calendar.Date{Year: year, Month: 1, Day: 1} }
		for post, holders := range map[ledger.PostID][]ledger.Holder{
			d.Post.ID: {{Post: d.Post.ID, Person: "甲", From: day(2020), To: day(2022)}, {Post: d.Post.ID, Person: "乙", From: day(2023)}},
			other.ID:  {{Post: other.ID, Person: "丙", From: day(2021)}},
		} {
			if err := s.Posts().Hold(t.Context(), post, holders, 1); err != nil {
				t.Fatal(err)
			}
		}
		held, err := s.Posts().HoldersOf(t.Context(), other.ID, d.Post.ID)
		if err != nil {
			t.Fatal(err)
		}
		var persons string
		for _, h := range held {
			persons += h.Person
		}
		if persons != "甲乙丙" {
			t.Errorf("held by %s", persons)
		}
		if none, err := s.Posts().HoldersOf(t.Context()); err != nil || len(none) > 0 {
			t.Errorf("no posts are held by %v, %v", none, err)
		}
	})
}
