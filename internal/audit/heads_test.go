package audit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

func TestAHeadIsSignedOncePerGrowthAndKey(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		log, key := history(t, db, signing.SHA256Ed25519)
		first := signedNow(t, db, log, key)
		if again := signedNow(t, db, log, key); again != first {
			t.Errorf("without growth another head was signed:\n%s", again)
		}
		next, err := signing.GenerateKey(signing.SHA256Ed25519, origin)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sign(t.Context(), db, log, next); !errors.Is(err, signing.ErrSignature) {
			t.Errorf("a new key that does not know the old one: %v", err)
		}
		signed, err := sign(t.Context(), db, log, next, key.Public())
		if err != nil {
			t.Fatal(err)
		}
		ring := signing.Keyring{next.Public(), key.Public()}
		head, err := ring.Open(signed)
		if err != nil || head.Number != 5 || head.Size != 40 || head.Previous != signing.Digest(signing.SHA256Ed25519, first) {
			t.Errorf("%+v (%v)", head, err)
		}
		report, err := verify(t.Context(), db, ring)
		if err != nil || !report.OK() || report.Heads != 5 || report.Covered != 40 {
			t.Errorf("%+v (%v)", report, err)
		}
	})
}

// Nobody signs what does not continue the last head: the signature would make the change good.
func TestNothingIsSignedOverAChangedTree(t *testing.T) {
	for name, statements := range map[string][]string{
		"nodes were altered": {"UPDATE audit_nodes SET hash = (SELECT n.hash FROM audit_nodes n WHERE n.position = 5)"},
		"the end is cut off": {"UPDATE audit_log SET size = 25"},
	} {
		t.Run(name, func(t *testing.T) {
			onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
				log, key := history(t, db, signing.SHA256Ed25519)
				disarm(t, db)
				do(t, db, statements...)
				if _, err := sign(t.Context(), db, log, key); !errors.Is(err, audit.ErrUnfit) {
					t.Errorf("%v, want ErrUnfit", err)
				}
			})
		})
	}
}

func TestTwoHeldHeadsAreProvedToBelongTogether(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		log, key := history(t, db, signing.SM3SM2)
		notes, err := audit.Heads(t.Context(), db, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		ring := signing.Keyring{key.Public()}
		older, err := ring.Open(notes[0])
		if err != nil {
			t.Fatal(err)
		}
		newer, err := ring.Open(notes[2])
		if err != nil {
			t.Fatal(err)
		}
		path, err := log.ProveGrowth(t.Context(), db, older.Size, newer.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := signing.SM3SM2.Hashing().VerifyConsistency(older.Size, newer.Size, older.Root, newer.Root, path); err != nil {
			t.Error(err)
		}
		if _, err := log.ProveGrowth(t.Context(), db, 10, 41); err == nil {
			t.Error("a growth beyond the log was proved")
		}
	})
}

func TestSigningGoesByTheTicksAndOnceAtTheEnd(t *testing.T) {
	db := prepared(t, "sqlite:"+t.TempDir()+"/log.db")
	log, key := history(t, db, signing.SHA256Ed25519)
	ctx, stop := context.WithCancel(t.Context())
	ticks, done := make(chan time.Time), make(chan struct{})
	go func() {
		defer close(done)
		log.KeepSigning(ctx, within(db), ticks, func(err error) { t.Error(err) }, key)
	}()
	ticks <- time.Time{}
	ticks <- time.Time{} // taken only after the first tick's head is stored
	if report := verified(t, db, key); report.Heads != 4 || report.Covered != 40 {
		t.Errorf("after a tick %d heads cover %d entries", report.Heads, report.Covered)
	}
	if _, err := appendTo(t.Context(), db, log, amended(41)); err != nil {
		t.Fatal(err)
	}
	stop()
	<-done
	if report := verified(t, db, key); !report.OK() || report.Covered != 41 {
		t.Errorf("after the end heads cover %d entries: %+v", report.Covered, report.Problems)
	}
}
