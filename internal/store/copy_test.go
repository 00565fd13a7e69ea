package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

func TestACopyMadeUnderLoadIsWhole(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{})
	d := storetest.Settle(t, s)
	path := filepath.Join(t.TempDir(), "副本.db")
	stop := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := s.Units().Add(t.Context(), bureau(s, d, fmt.Sprint(i))); err != nil {
				t.Error(err)
				return
			}
		}
	})
	err := s.CopyTo(t.Context(), path)
	close(stop)
	wait.Wait()
	if err != nil {
		t.Fatal(err)
	}
	restored := storetest.Open(t, "sqlite:"+path, store.Options{})
	got, err := restored.Commitments().Get(t.Context(), string(d.Commitment.ID))
	if err != nil || !reflect.DeepEqual(got.Value, d.Commitment) {
		t.Errorf("the copy has %+v, %v", got.Value, err)
	}
	if err := s.CopyTo(t.Context(), path); !store.HasFault(err, "copy.exists") {
		t.Errorf("a second copy over the first gives %v", err)
	}
}

func TestADamagedCopyIsNoticed(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{})
	d := storetest.Settle(t, s)
	d.Promises(t, s, 50)
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := s.CopyTo(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if err := store.Sound(t.Context(), path); err != nil {
		t.Fatalf("a sound copy: %v", err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) / 2; i < len(data)/2+8192; i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := store.Sound(t.Context(), path); !store.HasFault(err, "sqlite.damaged") {
		t.Errorf("a damaged copy: %v", err)
	}
	if err := store.Sound(t.Context(), path+".absent"); !store.HasFault(err, "sqlite.absent") {
		t.Errorf("an absent copy: %v", err)
	}
}

func TestPostgresIsNotCopiedAsAFile(t *testing.T) {
	s := storetest.Open(t, storetest.Postgres(t), store.Options{})
	if err := s.CopyTo(t.Context(), filepath.Join(t.TempDir(), "copy.db")); !store.HasFault(err, "copy.sqlite_only") {
		t.Errorf("the error is %v", err)
	}
}
