package identity

import (
	"context"
	"fmt"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/service"
)

// What a token needs for other systems to deliver figures with it, and who decides which of them.
const (
	importFigures access.Action = "observation.import"
	grantDelivery access.Action = "observation.grant"
)

// Deliverers are the tokens that are neither revoked nor expired and with which figures can be delivered, the oldest
// first: for who decides which figures those are.
func (s *Service) Deliverers(ctx context.Context) ([]Token, error) {
	if err := s.core.Check(ctx, grantDelivery, service.Owned{}); err != nil {
		return nil, err
	}
	var rows []tokenRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading tokens: %w", err)
	}
	now := s.core.Store().Now()
	var found []Token
	for _, r := range rows {
		if t := r.issued(); slices.Contains(t.Scopes, importFigures) && (t.Works(now) || t.Waits(now)) {
			found = append(found, t)
		}
	}
	return found, nil
}
