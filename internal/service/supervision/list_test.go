package supervision_test

import (
	"slices"
	"testing"

	usecases "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// lined makes some orders that differ: drafted, issued, handled, replied to, overdue, closed.
func (o *town) lined(t testing.TB) map[string]supervision.OrderID {
	t.Helper()
	named := func(title string) supervision.Order {
		order := o.matter()
		order.Title = title
		return order
	}
	ids := map[string]supervision.OrderID{}
	ids["drafted"] = have[usecases.Drafted](t)(o.Draft(o.office, named("拟办的事"))).Order.ID
	late := named("超期的事")
	late.Term.Days = 2
	ids["late"] = o.handled(t, late).ID
	ids["issued"] = o.issued(t, named("刚交办的事")).ID
	street := named("街道牵头的事")
	street.Lead, street.Cooperating, street.Kind = o.Street.ID, nil, supervision.Rectify
	ids["street"] = o.issued(t, street).ID
	ids["replied"] = o.done(t, o.handled(t, named("已反馈的100%_事")).ID).ID
	closed := o.done(t, o.handled(t, named("已销号的事")).ID)
	ids["closed"] = o.step(o.office, t, closed.ID, usecases.Step{Action: "close"}).ID
	o.clock.on(day(1, 9))
	return ids
}

func TestListsNarrowAndSort(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		ids := o.lined(t)
		for what, row := range map[string]struct {
			filter usecases.Filter
			want   []string
		}{
			"all":            {usecases.Filter{}, []string{"closed", "drafted", "issued", "late", "replied", "street"}},
			"by state":       {usecases.Filter{States: []string{"issued"}}, []string{"issued", "street"}},
			"open":           {usecases.Filter{Open: true}, []string{"drafted", "issued", "late", "replied", "street"}},
			"overdue":        {usecases.Filter{Overdue: true}, []string{"late"}},
			"due soon":       {usecases.Filter{DueBefore: day(1, 12)}, []string{"late"}},
			"of a unit":      {usecases.Filter{Units: []ledger.UnitID{o.Street.ID}, Open: true, Kinds: []supervision.Kind{supervision.Rectify}}, []string{"street"}},
			"by words":       {usecases.Filter{Text: "的事 街道"}, []string{"street"}},
			"by number":      {usecases.Filter{Text: "督改〔2026〕1号"}, []string{"street"}},
			"no wildcards":   {usecases.Filter{Text: "100%_事"}, []string{"replied"}},
			"nothing":        {usecases.Filter{Commitment: o.Commitment.ID}, nil},
			"of other plans": {usecases.Filter{Plan: o.Plan.ID}, nil},
		} {
			l := have[usecases.Listing](t)(o.List(o.office, row.filter, store.Page{}))
			var got []string
			for name, id := range ids {
				if slices.ContainsFunc(l.Orders, func(s usecases.Summary) bool { return s.ID == id }) {
					got = append(got, name)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, row.want) || len(l.Orders) != len(row.want) {
				t.Errorf("%s: %v", what, got)
			}
		}
		l := have[usecases.Listing](t)(o.List(o.office, usecases.Filter{States: []string{"draft"}}, store.Page{}))
		if l.States["issued"] != 2 || l.States["draft"] != 1 || len(l.Orders) != 1 {
			t.Errorf("counted is %v", l.States)
		}
		late := have[usecases.Listing](t)(o.List(o.office, usecases.Filter{Overdue: true}, store.Page{})).Orders[0]
		if !late.Overdue || late.Left != -2 || late.LeadName == "" || late.Label.ZH != "办理中" {
			t.Errorf("late is %+v", late)
		}
		_, err := o.List(o.office, usecases.Filter{}, store.Page{Order: "beauty"})
		wantFault(t, err, "list.sort")
		_, err = o.List(o.office, usecases.Filter{}, store.Page{After: "?"})
		wantFault(t, err, "list.place")
	})
}

// TestListsGoOn from part to part without repeating or leaving out anything, both ways.
func TestListsGoOn(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.lined(t)
		for _, page := range []store.Page{{}, {Descending: true}, {Order: "number"}, {Order: "updated", Descending: true}, {Order: "title"}} {
			page.Limit = 2
			var seen []supervision.OrderID
			for {
				l := have[usecases.Listing](t)(o.List(o.office, usecases.Filter{}, page))
				for _, order := range l.Orders {
					seen = append(seen, order.ID)
				}
				if page.After = l.Next; page.After == "" {
					break
				}
			}
			distinct := slices.Clone(seen)
			slices.Sort(distinct)
			if len(seen) != 6 || len(slices.Compact(distinct)) != 6 {
				t.Errorf("by %q %d are listed", page.Order, len(seen))
			}
		}
	})
}

// TestWhatWaitsForWhom looks into everybody's inbox.
func TestWhatWaitsForWhom(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		ids := o.lined(t)
		o.step(o.head, t, ids["late"], usecases.Step{Action: "ask-extension", Reason: "下雨", Days: 3})
		waits := func(groups []usecases.Waiting, err error) map[string]int {
			must(t, err)
			found := map[string]int{}
			for _, g := range groups {
				if g.Title.ZH == "" || len(g.Orders) == 0 || len(g.States) == 0 {
					t.Errorf("%s shows nothing", g.Name)
				}
				found[g.Name] = g.Count
			}
			return found
		}
		for who, want := range map[string]map[string]int{
			"office": {"issue": 1, "review": 1}, "leader": {"decide": 1}, "head": {"sign": 1}, "street": {"sign": 1},
		} {
			ctx := map[string]func() ([]usecases.Waiting, error){
				"office": func() ([]usecases.Waiting, error) { return o.Inbox(o.office) },
				"leader": func() ([]usecases.Waiting, error) { return o.Inbox(o.leader) },
				"head":   func() ([]usecases.Waiting, error) { return o.Inbox(o.head) },
				"street": func() ([]usecases.Waiting, error) { return o.Inbox(o.street) },
			}[who]
			got := waits(ctx())
			for name, n := range want {
				if got[name] != n {
					t.Errorf("for the %s waits %v", who, got)
				}
			}
			if len(got) != len(want) {
				t.Errorf("for the %s waits %v", who, got)
			}
		}
	})
}

// TestStatisticsCountWhatHappened by unit, in a span of days.
func TestStatisticsCountWhatHappened(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		ids := o.lined(t)
		have[usecases.Summary](t)(o.Sign(o.head, ids["issued"])) // on the 9th, due on the 6th
		o.step(o.office, t, ids["replied"], usecases.Step{Action: "return", Reason: "重办"})
		o.done(t, ids["late"])
		all := have[[]usecases.UnitStatistics](t)(o.Statistics(o.office, "", day(1, 1), day(1, 31)))
		want := usecases.UnitStatistics{
			Unit: o.Bureau.ID, Name: o.Bureau.Name, Issued: 4, Signed: 4, SignedInTime: 3, Replied: 2, RepliedInTime: 1, Returned: 1,
			Closed: 1, Open: 3,
		}
		if len(all) != 2 || all[0] != want {
			t.Errorf("counted is %+v", all)
		}
		later := have[[]usecases.UnitStatistics](t)(o.Statistics(o.office, "", day(1, 6), day(1, 31)))
		if later[0].Issued != 0 || later[0].Signed != 1 || later[0].Closed != 0 {
			t.Errorf("from the 6th on it is %+v", later[0])
		}
		if own := have[[]usecases.UnitStatistics](t)(o.Statistics(o.street, "", day(1, 1), day(1, 31))); len(own) != 2 {
			t.Errorf("the street counts %+v", own)
		}
		if other := have[[]usecases.UnitStatistics](t)(o.Statistics(o.office, o.Plan.ID, day(1, 1), day(1, 31))); len(other) != 0 {
			t.Errorf("of the plan there are %+v", other)
		}
	})
}

// TestSettingsAreKept with the number of a year going on.
func TestSettingsAreKept(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.issued(t, o.matter())
		settings := supervision.Defaults()
		settings.Numbering = slices.Clone(settings.Numbering)
		settings.Numbering[0].Form, settings.Numbering[0].Width = "望督〔{year}〕{n}号", 3
		saved := have[store.Record[supervision.Settings]](t)(o.SaveSettings(o.office, settings, 0))
		_, err := o.SaveSettings(o.second, settings, 0)
		if !store.IsConflict(err) {
			t.Errorf("want a conflict, got %v", err)
		}
		settings.Numbering[0].Form = "号"
		if _, err := o.SaveSettings(o.office, settings, saved.Revision); err == nil {
			t.Error("a number without its year is saved")
		}
		if issued := o.issued(t, o.matter()); issued.Number != "望督〔2026〕002号" {
			t.Errorf("the number is %s", issued.Number)
		}
		if got := have[store.Record[supervision.Settings]](t)(o.Settings(o.head)); got.Revision != saved.Revision {
			t.Errorf("the settings are at %d", got.Revision)
		}
	})
}
