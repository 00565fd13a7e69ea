package audit_test

import (
	"path/filepath"
	"sync"
	"testing"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// A backup is made while others write. What it holds is the log as it was at one moment, and the log has grown
// from there.
func TestABackupUnderLoadIsAnEarlierHead(t *testing.T) {
	folder := t.TempDir()
	db := prepared(t, "sqlite:"+filepath.Join(folder, "log.db"))
	do(t, db, work)
	key, _ := keyFile(t)
	log := begun(t, db, signing.SHA256Ed25519)
	var group sync.WaitGroup
	committed, enough := make(chan struct{}), make(chan struct{})
	for writer := range 4 {
		group.Go(func() {
			for n := writer * 100_000; ; n++ {
				if err := useCase(t.Context(), db, log, n, nil); err != nil {
					t.Error(err)
					return
				}
				select {
				case committed <- struct{}{}:
				case <-enough:
					return
				default:
				}
			}
		})
	}
	some := func() {
		for range 50 {
			<-committed
		}
	}
	some()
	before := signedNow(t, db, log, key)
	some()
	copied := filepath.Join(folder, "backup.db")
	do(t, db, "VACUUM INTO '"+copied+"'")
	some()
	close(enough)
	group.Wait()

	backup, err := open("sqlite:" + copied)
	if err != nil {
		t.Fatal(err)
	}
	defer backup.Close()
	sameSet(t, logged(t, backup), worked(t, backup))
	held, now := verified(t, backup, key, before), verified(t, db, key, before)
	if !held.OK() || !now.OK() || held.Entries >= now.Entries || held.Entries <= held.Covered || held.Heads != 1 {
		t.Fatalf("the backup: %+v\nthe log: %+v", held, now)
	}
	heldRoot, err := merkle.ParseHash(held.Root)
	if err != nil {
		t.Fatal(err)
	}
	nowRoot, err := merkle.ParseHash(now.Root)
	if err != nil {
		t.Fatal(err)
	}
	path, err := log.ProveGrowth(t.Context(), db, held.Entries, now.Entries)
	if err != nil {
		t.Fatal(err)
	}
	if err := merkle.SHA256.VerifyConsistency(held.Entries, now.Entries, heldRoot, nowRoot, path); err != nil {
		t.Error(err)
	}
	// The backup is a log to go on with.
	signedNow(t, backup, begun(t, backup, signing.SHA256Ed25519), key)
	if report := verified(t, backup, key); !report.OK() || report.Heads != 2 {
		t.Errorf("the backup, signed anew: %+v", report)
	}
}
