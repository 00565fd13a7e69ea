package notify

import (
	"context"

	"luoshi/internal/service/outward"
)

// checkAddress tells whether a subscription may have an address.
func (s *Service) checkAddress(ctx context.Context, address string) error {
	if fit := outward.Check(ctx, address, s.options.Inside); fit != outward.Fits {
		return fault("webhook."+string(fit), "")
	}
	return nil
}
