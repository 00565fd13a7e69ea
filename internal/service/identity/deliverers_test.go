package identity_test

import (
	"testing"
	"time"
)

// The office is told which tokens can deliver figures, so that it need not type their identifiers; others are not.
func TestTokensThatCanDeliver(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		id := v.seed(t, "reporter")[0]
		v.issue(t, id, "commitment.read")
		delivers := v.issue(t, id, "observation.import", "commitment.read")
		revoked := v.issue(t, id, "observation.import")
		if err := v.RevokeToken(v.officer, revoked.ID); err != nil {
			t.Fatal(err)
		}
		office := v.AsAccount(t.Context(), "office", "supervising-office", v.Government.ID)
		found, err := v.Deliverers(office)
		if err != nil || len(found) != 1 || found[0].ID != delivers.ID || found[0].Purpose != "数据中台" || found[0].Account != id {
			t.Errorf("%+v, %v", found, err)
		}
		_, err = v.Deliverers(v.AsAccount(t.Context(), id, "reporter", v.Bureau.ID))
		wantRefused(t, err)
		v.clock.pass(25 * time.Hour)
		if found, err := v.Deliverers(office); err != nil || len(found) != 0 {
			t.Errorf("expired: %+v, %v", found, err)
		}
	})
}
