package identity_test

import (
	"errors"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/store"
)

func TestWhatIsDoneOnBehalfOfAnAccountIsLimited(t *testing.T) {
	each(t, func(t *testing.T, v *town) {
		head := v.seed(t, "unit-head")[0]
		actor, err := v.OnBehalf(t.Context(), head, "commitment.read")
		if err != nil || actor.Account != head {
			t.Fatalf("%+v, %v", actor, err)
		}
		for action, want := range map[access.Action]bool{"commitment.read": true, "assignment.accept": false} {
			if got := v.Rights().May(actor, action); got != want {
				t.Errorf("%s: %v", action, got)
			}
		}
		if _, err := v.Disable(v.admin, head); err != nil {
			t.Fatal(err)
		}
		if actor, err = v.OnBehalf(t.Context(), head, "commitment.read"); err != nil || actor.Account != "" || v.Rights().May(actor, "commitment.read") && len(actor.Posts) > 0 {
			t.Errorf("%+v, %v", actor, err)
		}
		var absent *store.NotFound
		if _, err := v.OnBehalf(t.Context(), "nobody"); !errors.As(err, &absent) {
			t.Errorf("%v", err)
		}
	})
}
