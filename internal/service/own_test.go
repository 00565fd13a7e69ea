package service_test

import (
	"context"
	"errors"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
)

func TestWhatIsAllowedOfOnesOwn(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		own := func(ctx context.Context) error {
			return f.Change(ctx, func(_ context.Context, w *service.Work) error {
				if err := w.AllowOwn("self.password"); err != nil {
					return err
				}
				w.Record("self.password", "accounts", string(service.CallerOf(ctx).Account()), nil, nil, nil)
				return nil
			})
		}
		var refused *service.Refused
		if err := own(f.As(t.Context(), "reporter", f.Bureau.ID)); err != nil {
			t.Errorf("who has signed in: %v", err)
		}
		if err := own(t.Context()); !errors.As(err, &refused) {
			t.Errorf("a stranger: %v", err)
		}
		job := service.Caller{System: "job: tidy", May: []access.Action{"self.password"}}
		if err := own(service.As(t.Context(), job)); !errors.As(err, &refused) {
			t.Errorf("the program has no account: %v", err)
		}
	})
}
