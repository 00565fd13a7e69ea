package store_test

import (
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// review opens a review of the district's document.
func review(t *testing.T, s *store.Store, d storetest.District) intake.Proposal {
	t.Helper()
	proposal := intake.Proposal{
		Source: d.Plan.Sources[0], Year: 2026, Outline: d.Plan.Outline,
		Items: []intake.Item{{ID: "p1", Source: d.Commitment.Source(), Kind: ledger.KindTask, Title: "养老", Status: intake.Pending}},
	}
	if err := s.Reviews().Open(t.Context(), d.Plan.ID, proposal); err != nil {
		t.Fatal(err)
	}
	return proposal
}

func TestAReviewComesBackStepByStep(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		proposal := review(t, s, d)
		document := d.Document.Digest
		if got, err := s.Reviews().Proposal(t.Context(), d.Plan.ID, document); err != nil || !reflect.DeepEqual(got, proposal) {
			t.Errorf("the proposal is %+v, %v", got, err)
		}
		steps := []store.ReviewEvent{
			{Event: intake.Event{Number: 1, Op: intake.Reject, Items: []intake.ItemID{"p1"}, Reason: "背景"}, Account: "a", At: s.Now()},
			{Event: intake.Event{Number: 2, Op: intake.Undo}, Account: "b", At: s.Now()},
		}
		for _, step := range steps {
			if err := s.Reviews().Take(t.Context(), d.Plan.ID, document, step); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := s.Reviews().Events(t.Context(), d.Plan.ID, document); err != nil || !reflect.DeepEqual(got, steps) {
			t.Errorf("the steps are %+v, %v", got, err)
		}
		_, err := s.Reviews().Proposal(t.Context(), d.Plan.ID, "none")
		var missing *store.NotFound
		if !errors.As(err, &missing) {
			t.Errorf("a review that there is not gives %v", err)
		}
	})
}

func TestStepsOfAReviewAreTakenInTurn(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		review(t, s, d)
		step := func(number int) error {
			event := intake.Event{Number: number, Op: intake.Accept, Items: []intake.ItemID{"p1"}}
			return s.Reviews().Take(t.Context(), d.Plan.ID, d.Document.Digest, store.ReviewEvent{Event: event, At: s.Now()})
		}
		if err := step(1); err != nil {
			t.Fatal(err)
		}
		for _, number := range []int{-1, 0, 1, 3} {
			var outOfTurn *store.OutOfTurn
			if err := step(number); !errors.As(err, &outOfTurn) || outOfTurn.Next != 2 || !store.IsConflict(err) {
				t.Errorf("step %d: %v", number, err)
			}
		}
		var taken atomic.Int32
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				if err := step(2); err == nil {
					taken.Add(1)
				} else if !store.IsConflict(err) {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		if taken.Load() != 1 {
			t.Errorf("%d took the second step", taken.Load())
		}
	})
}
