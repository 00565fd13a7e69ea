package livelihood_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/service/livelihood"
	"luoshi/internal/store"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// promise is a commitment in force of a kind.
func (o *town) promise(t testing.TB, number string, kind ledger.CommitmentKind) ledger.CommitmentID {
	t.Helper()
	c := o.Promise(o.Store(), ledger.CommitmentTerms{
		Title: "实事" + number, Number: number, Section: 2, Kind: kind, Lead: o.Bureau.ID, State: ledger.InForce,
	})
	return have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c)).Value.ID
}

func TestItemsAreListedByTheirNumbersPartByPart(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		var ids []ledger.CommitmentID
		for _, number := range []string{"3", "1", "2"} {
			ids = append(ids, o.promise(t, number, ledger.KindLivelihood))
			o.promise(t, "0"+number, ledger.KindTask)
		}
		if told := have[[]livelihood.Item](t)(o.Witnessed(o.head, o.Plan.ID)); len(told) != 0 {
			t.Errorf("nobody has a picture or an answer: %+v", told)
		}
		first := have[livelihood.Listing](t)(o.List(o.head, o.Plan.ID, store.Page{Limit: 2}))
		rest := have[livelihood.Listing](t)(o.List(o.head, o.Plan.ID, store.Page{Limit: 2, After: first.Next}))
		var numbers []string
		for _, i := range append(first.Items, rest.Items...) {
			numbers = append(numbers, i.Commitment.Number)
		}
		if !slices.Equal(numbers, []string{"1", "2", "3"}) || rest.Next != "" {
			t.Errorf("listed are %v, then %q", numbers, rest.Next)
		}
		o.ask(t, rules.Survey{Scale: rules.Citizens, On: day(1, 5), Asked: 20, Counts: map[string]int{"very": 15, "bad": 5}, Note: "入户"}, ids[1])
		if n := have[livelihood.Counts](t)(o.Count(o.head, o.Plan.ID)); n != (livelihood.Counts{All: 3, Asked: 1}) {
			t.Errorf("counted %+v", n)
		}
		if told := have[[]livelihood.Item](t)(o.Witnessed(o.head, o.Plan.ID)); len(told) != 1 || told[0].Commitment.ID != ids[1] {
			t.Errorf("one item has answers: %+v", told)
		}
		stands := have[[]livelihood.Standing](t)(o.Standings(o.head, o.Plan.ID))
		if len(stands) != 3 || stands[0].Commitment != ids[1] || stands[0].Score.Rate.Plain() != "75.0" || stands[1].Score.Answers != 0 ||
			stands[1].State != livelihood.Delivering || stands[0].Lead != o.Bureau.ID || stands[0].Voted {
			t.Errorf("they stand %+v", stands)
		}
		wantRefused(t, second(o.List(o.public, o.Plan.ID, store.Page{})))
		wantRefused(t, second(o.Count(o.public, o.Plan.ID)))
		wantRefused(t, second(o.Standings(o.public, o.Plan.ID)))
	})
}

// reads counts what is read of a database.
type reads struct{ statements, rows int64 }

func (*reads) BeforeQuery(ctx context.Context, _ *bun.QueryEvent) context.Context { return ctx }

func (r *reads) AfterQuery(_ context.Context, event *bun.QueryEvent) {
	r.statements++
	if event.Result != nil {
		n, _ := event.Result.RowsAffected() // of what was selected
		r.rows += n
	}
}

// TestAPartOfAListReadsNoMoreInALargePlan: in a district of thousands of commitments the list of items must not read all.
func TestAPartOfAListReadsNoMoreInALargePlan(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		counting := &reads{}
		db, ok := o.Store().View(t.Context()).(*bun.DB)
		if !ok {
			t.Fatal("what is read is not read of a database")
		}
		//lint:ignore SA1019 WithQueryHook makes another handle, through which the store does not read
		db.AddQueryHook(counting) //nolint:staticcheck // as said above
		read := func() reads {
			*counting = reads{}
			have[livelihood.Listing](t)(o.List(o.office, o.Plan.ID, store.Page{Limit: 3}))
			have[livelihood.Counts](t)(o.Count(o.office, o.Plan.ID))
			return *counting
		}
		for i := range 4 {
			o.promise(t, fmt.Sprintf("%03d", i), ledger.KindLivelihood)
		}
		read() // keeps the tree of units
		small := read()
		for i := range 60 {
			o.promise(t, fmt.Sprintf("%03d", 10+i), ledger.KindLivelihood)
		}
		if large := read(); large != small || small.rows == 0 {
			t.Errorf("of a plan of 4 items it reads %+v, of one of 64 %+v", small, large)
		}
	})
}
