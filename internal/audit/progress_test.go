package audit_test

import (
	"slices"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

func TestVerifyingTellsHowFarItIs(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		key, _ := keyFile(t)
		log := begun(t, db, key.Public().Suite())
		changes := make([]audit.Change, 2500)
		for i := range changes {
			changes[i] = amended(i)
		}
		if _, err := appendTo(t.Context(), db, log, changes...); err != nil {
			t.Fatal(err)
		}
		var heard []int64
		ctx := audit.WithProgress(t.Context(), func(entries int64) { heard = append(heard, entries) })
		if _, err := verify(ctx, db, signing.Keyring{key.Public()}); err != nil || !slices.Equal(heard, []int64{1000, 2000}) {
			t.Errorf("heard %v, %v", heard, err)
		}
	})
}
