package store_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// same tells what comes back where it is not what was stored.
func same[T any](t *testing.T, want T, get func(context.Context, string) (store.Record[T], error), id string) {
	t.Helper()
	got, err := get(t.Context(), id)
	if err != nil {
		t.Errorf("%T: %v", want, err)
		return
	}
	if !reflect.DeepEqual(got.Value, want) {
		t.Errorf("%T came back as\n%+v\nstored was\n%+v", want, got.Value, want)
	}
	if got.Revision != 1 || got.Created.IsZero() || !got.Created.Equal(got.Updated) {
		t.Errorf("%T: revision %d, created %v, updated %v", want, got.Revision, got.Created, got.Updated)
	}
}

func TestEverythingComesBackAsItWasStored(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		same(t, d.Government, s.Units().Get, string(d.Government.ID))
		same(t, d.Bureau, s.Units().Get, string(d.Bureau.ID))
		same(t, d.Post, s.Posts().Get, string(d.Post.ID))
		same(t, d.Document, s.Documents().Get, string(d.Document.Digest))
		same(t, d.Plan, s.Plans().Get, string(d.Plan.ID))
		same(t, d.Indicator, s.Indicators().Get, string(d.Indicator.ID))
		same(t, d.Project, s.Projects().Get, string(d.Project.ID))
		same(t, d.Commitment, s.Commitments().Get, string(d.Commitment.ID))

		shorter := calendar.Date{Year: 2026, Month: 10, Day: 1}
		amendment := ledger.Amendment{
			ID: store.NewID[ledger.AmendmentID](s), Plan: d.Plan.ID, Commitment: d.Commitment.ID, Reason: "提前完成",
			Changes: []ledger.Change{{
				Field: ledger.DeadlineField, Old: ledger.Content{Date: d.Commitment.By}, New: ledger.Content{Date: shorter},
			}},
			Basis: ledger.Basis{Title: "常务会议纪要", Number: "望政纪〔2026〕12号"}, Effective: shorter, State: ledger.Proposed,
		}
		if _, err := s.Amendments().Add(t.Context(), amendment); err != nil {
			t.Fatal(err)
		}
		same(t, amendment, s.Amendments().Get, string(amendment.ID))
	})
}

func TestChangingKeepsTheSource(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		terms := d.Commitment.CommitmentTerms
		terms.Title, terms.Lead, terms.Cooperating, terms.Targets = "养老床位", d.Street.ID, nil, nil
		other, err := ledger.Quote(d.Document.Digest, d.Document.Text, 0, 4)
		if err != nil {
			t.Fatal(err)
		}
		changed, err := s.Commitments().Change(t.Context(), ledger.NewCommitment(terms, other), 1)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Commitments().Get(t.Context(), string(terms.ID))
		if err != nil {
			t.Fatal(err)
		}
		if want := ledger.NewCommitment(terms, d.Commitment.Source()...); !reflect.DeepEqual(got.Value, want) {
			t.Errorf("got  %+v\nwant %+v", got.Value, want)
		}
		if got.Revision != 2 || changed.Revision != 2 || !changed.Created.Equal(got.Created) {
			t.Errorf("revision %d, said %d; created %v, said %v", got.Revision, changed.Revision, got.Created, changed.Created)
		}
	})
}

func TestStaleChangeIsToldTheCurrentRecord(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		first, second := d.Project, d.Project
		first.Stage, second.Name = ledger.Finished, "望溪大道改造"
		if _, err := s.Projects().Change(t.Context(), first, 1); err != nil {
			t.Fatal(err)
		}
		_, err := s.Projects().Change(t.Context(), second, 1)
		var conflict *store.Conflict[ledger.Project]
		if !errors.As(err, &conflict) || !store.IsConflict(err) {
			t.Fatalf("the second editor got %v", err)
		}
		if conflict.Seen != 1 || conflict.Current.Revision != 2 || !reflect.DeepEqual(conflict.Current.Value, first) {
			t.Errorf("the conflict is %+v", conflict)
		}
		if got, err := s.Projects().Get(t.Context(), string(d.Project.ID)); err != nil || !reflect.DeepEqual(got.Value, first) {
			t.Errorf("stored is %+v, %v", got.Value, err)
		}
	})
}

func TestWhatIsAbsentIsNotFound(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		absent := ledger.Unit{ID: store.NewID[ledger.UnitID](s), Kind: ledger.Department, Name: "无"}
		_, got := s.Units().Get(t.Context(), string(absent.ID))
		_, changed := s.Units().Change(t.Context(), absent, 1)
		for _, err := range []error{got, changed} {
			var missing *store.NotFound
			if !errors.As(err, &missing) || missing.ID != string(absent.ID) || missing.Kind != "units" {
				t.Errorf("error is %v", err)
			}
		}
	})
}

func TestTheSameDocumentAgainIsRecognised(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		again := d.Document
		again.Name = "另一个名字.docx"
		_, err := s.Documents().Add(t.Context(), again)
		var exists *store.Exists
		if !errors.As(err, &exists) || exists.Kind != "documents" || exists.ID != string(again.Digest) {
			t.Errorf("the error is %v", err)
		}
		same(t, d.Document, s.Documents().Get, string(d.Document.Digest))
	})
}

func TestUnitsAndPostsHaveHistories(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d, ctx := storetest.Settle(t, s), t.Context()
		renamed := ledger.UnitChange{
			Unit: d.Bureau.ID, On: calendar.Date{Year: 2026, Month: 5, Day: 1}, Kind: ledger.Renamed, Name: "望溪区民政和社会工作局",
			Basis: "望编发〔2026〕2号",
		}
		merged := ledger.UnitChange{
			Unit: d.Street.ID, On: calendar.Date{Year: 2026, Month: 1, Day: 1}, Kind: ledger.Merged, Into: []ledger.UnitID{d.Bureau.ID},
		}
		if err := errors.Join(s.Units().Changed(ctx, renamed, 1), s.Units().Changed(ctx, merged, 1)); err != nil {
			t.Fatal(err)
		}
		if err := s.Units().Changed(ctx, renamed, 1); !store.IsConflict(err) {
			t.Errorf("a change of a unit at an old revision gives %v", err)
		}
		if got, err := s.Units().Changes(ctx); err != nil || !reflect.DeepEqual(got, []ledger.UnitChange{merged, renamed}) {
			t.Errorf("changes are %+v, %v", got, err)
		}
		holders := []ledger.Holder{
			{Post: d.Post.ID, Person: "林远", From: calendar.Date{Year: 2024, Month: 1, Day: 1}, To: calendar.Date{Year: 2026, Month: 2, Day: 28}},
			{Post: d.Post.ID, Person: "周岚", From: calendar.Date{Year: 2026, Month: 3, Day: 1}},
		}
		if err := s.Posts().Hold(ctx, d.Post.ID, holders, 1); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Posts().Holders(ctx, d.Post.ID); err != nil || !reflect.DeepEqual(got, holders) {
			t.Errorf("holders are %+v, %v", got, err)
		}
	})
}

func TestVersionsOfAPlanAreOnlyAdded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		plan := d.Plan
		plan.State = ledger.Published
		for i := range 2 {
			plan.Versions = append(plan.Versions, ledger.Version{Number: i + 1, On: calendar.Date{Year: 2026, Month: int8(2 + i), Day: 1}, Basis: "印发"})
			if _, err := s.Plans().Change(t.Context(), plan, int64(i+1)); err != nil {
				t.Fatal(err)
			}
		}
		got, err := s.Plans().Get(t.Context(), string(plan.ID))
		if err != nil || !reflect.DeepEqual(got.Value, plan) {
			t.Errorf("got %+v, %v", got.Value, err)
		}
		plan.Versions = plan.Versions[:1]
		if _, err := s.Plans().Change(t.Context(), plan, 3); err == nil {
			t.Error("a version could be taken away")
		}
	})
}
