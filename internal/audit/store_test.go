package audit_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/migrations"
	"luoshi/internal/audit/signing"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// The store carries the log as one of its rooms: it makes the tables, an entry is written within the transaction
// of its change, and the log is verified in a snapshot.
func TestTheStoreCarriesTheLog(t *testing.T) {
	room := store.Room{Name: "audit", Files: migrations.Files}
	storetest.EachWith(t, store.Options{Rooms: []store.Room{room}}, func(t *testing.T, s *store.Store) {
		key, err := signing.GenerateKey(signing.SM3SM2, origin)
		if err != nil {
			t.Fatal(err)
		}
		var log *audit.Log
		refused := errors.New("refused")
		for _, want := range []error{nil, refused, nil} {
			err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
				if log, err = audit.Open(ctx, tx, origin, signing.SM3SM2, s.Now); err != nil {
					return err
				}
				if _, err := log.Append(ctx, tx, amended(1), amended(2)); err != nil {
					return err
				}
				return want
			})
			if !errors.Is(err, want) {
				t.Fatal(err)
			}
		}
		err = s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			_, err := log.Sign(ctx, tx, key)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var file bytes.Buffer
		err = s.Snapshot(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			report, err := audit.Verify(ctx, tx, signing.Keyring{key.Public()})
			if err == nil && (!report.OK() || report.Entries != 4 || report.Covered != 4) {
				t.Errorf("%+v", report)
			}
			return errors.Join(err, audit.Export(ctx, tx, &file))
		})
		if err != nil {
			t.Fatal(err)
		}
		if report := verifiedFile(t, file.Bytes(), key); !report.OK() || report.Covered != 4 {
			t.Errorf("exported: %+v", report)
		}
	})
}
