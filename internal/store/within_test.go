package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// bureau is a new unit below the government.
func bureau(s *store.Store, d storetest.District, name string) ledger.Unit {
	return ledger.Unit{ID: store.NewID[ledger.UnitID](s), Parent: d.Government.ID, Kind: ledger.Department, Name: name}
}

var errRefused = errors.New("refused")

func TestAnErrorTakesEverythingBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		err := s.Within(t.Context(), func(ctx context.Context, _ bun.Tx) error {
			if _, err := s.Units().Add(ctx, bureau(s, d, "甲局")); err != nil {
				return err
			}
			// A use case within a use case belongs to the same transaction.
			return s.Within(ctx, func(ctx context.Context, _ bun.Tx) error {
				if _, err := s.Commitments().Add(ctx, d.Promise(s, ledger.CommitmentTerms{Title: "乙项"})); err != nil {
					return err
				}
				return errRefused
			})
		})
		if !errors.Is(err, errRefused) {
			t.Fatalf("the error is %v", err)
		}
		expectCounts(t, s, 3, 1)
		if hits, err := s.Search(t.Context(), store.Query{Text: "乙项"}); err != nil || len(hits.Hits) > 0 {
			t.Errorf("what was taken back is found: %v, %v", hits, err)
		}
	})
}

func expectCounts(t *testing.T, s *store.Store, units, commitments int64) {
	t.Helper()
	u, err := s.Units().Count(t.Context())
	c, err2 := s.Commitments().Count(t.Context())
	if u != units || c != commitments || err != nil || err2 != nil {
		t.Errorf("there are %d units and %d commitments, want %d and %d; %v", u, c, units, commitments, errors.Join(err, err2))
	}
}

func TestAPanicTakesEverythingBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = s.Within(t.Context(), func(ctx context.Context, _ bun.Tx) error {
				if _, err := s.Units().Add(ctx, bureau(s, d, "甲局")); err != nil {
					return err
				}
				panic("lost")
			})
		}()
		expectCounts(t, s, 3, 1)
		if _, err := s.Units().Add(t.Context(), bureau(s, d, "乙局")); err != nil {
			t.Errorf("afterwards nothing can be written: %v", err)
		}
	})
}

func TestReadsInsideSeeWhatWasWrittenThere(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		unit := bureau(s, d, "甲局")
		err := s.Within(t.Context(), func(ctx context.Context, _ bun.Tx) error {
			if _, err := s.Units().Add(ctx, unit); err != nil {
				return err
			}
			if _, err := s.Units().Get(ctx, string(unit.ID)); err != nil {
				t.Errorf("inside: %v", err)
			}
			if _, err := s.Units().Get(t.Context(), string(unit.ID)); err == nil {
				t.Error("others see it before it is committed")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Two stores on one database stand for two processes: on SQLite they meet the lock of the file.
func TestManyWritersLoseNothing(t *testing.T) {
	const writers, writes = 8, 25
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		stores := []*store.Store{storetest.Open(t, dsn, store.Options{}), storetest.Open(t, dsn, store.Options{})}
		d := storetest.Settle(t, stores[0])
		failed := make(chan error, writers*writes)
		var wait sync.WaitGroup
		for w := range writers {
			wait.Go(func() {
				s := stores[w%len(stores)]
				for i := range writes {
					if _, err := s.Units().Add(t.Context(), bureau(s, d, fmt.Sprintf("%d-%d", w, i))); err != nil {
						failed <- err
					}
				}
			})
		}
		wait.Wait()
		close(failed)
		for err := range failed {
			t.Error(err)
		}
		expectCounts(t, stores[0], 3+writers*writes, 1)
	})
}

// Everybody changes one record; each change that was acknowledged counts once.
func TestRivalsForOneRecordEachWinOnce(t *testing.T) {
	const rivals, wins = 6, 5
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		var wait sync.WaitGroup
		for range rivals {
			wait.Go(func() {
				for won := 0; won < wins; {
					seen, err := s.Units().Get(t.Context(), string(d.Bureau.ID))
					if err != nil {
						t.Error(err)
						return
					}
					seen.Value.Order++
					_, err = s.Units().Change(t.Context(), seen.Value, seen.Revision)
					if err == nil {
						won++
					} else if !store.IsConflict(err) {
						t.Error(err)
						return
					}
				}
			})
		}
		wait.Wait()
		got, err := s.Units().Get(t.Context(), string(d.Bureau.ID))
		if err != nil || got.Value.Order != d.Bureau.Order+rivals*wins || got.Revision != 1+rivals*wins {
			t.Errorf("after %d changes the record is %+v, %v", rivals*wins, got, err)
		}
	})
}

func TestALostTransactionIsTriedAnew(t *testing.T) {
	dsn := storetest.Postgres(t)
	s := storetest.Open(t, dsn, store.Options{})
	d := storetest.Settle(t, s)
	// Two transactions that lock the same two rows in opposite order: the server ends one of them.
	rows := []string{string(d.Bureau.ID), string(d.Street.ID)}
	var both sync.WaitGroup
	both.Add(2)
	var mu sync.Mutex
	tries := 0
	change := func(first, second string) error {
		meet := sync.OnceFunc(func() { both.Done(); both.Wait() })
		return s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			mu.Lock()
			tries++
			mu.Unlock()
			for i, id := range []string{first, second} {
				if _, err := tx.ExecContext(ctx, "UPDATE units SET place = place + 1 WHERE id = ?", id); err != nil {
					return err
				}
				if i == 0 {
					meet()
				}
			}
			return nil
		})
	}
	var wait sync.WaitGroup
	wait.Go(func() {
		if err := change(rows[0], rows[1]); err != nil {
			t.Error(err)
		}
	})
	wait.Go(func() {
		if err := change(rows[1], rows[0]); err != nil {
			t.Error(err)
		}
	})
	wait.Wait()
	if tries < 3 {
		t.Errorf("%d tries for two transactions that stood in each other's way", tries)
	}
	for _, before := range []ledger.Unit{d.Bureau, d.Street} {
		got, err := s.Units().Get(t.Context(), string(before.ID))
		if err != nil || got.Value.Order != before.Order+2 {
			t.Errorf("%s is %+v, %v", before.Name, got.Value, err)
		}
	}
}
