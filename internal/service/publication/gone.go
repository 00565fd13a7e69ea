package publication

import (
	"context"
	"fmt"
	"time"

	"luoshi/internal/store"
)

// Gone is the error of a promise that the public was told of once and is told of no more.
type Gone struct {
	Key   string
	Since time.Time // since when
}

func (g *Gone) Error() string { return "publication: promise " + g.Key + " is no longer public" }

// gone is the error of a promise that is not public: that it was once, if it was.
func (s *Service) gone(ctx context.Context, o Opened, key string) error {
	var made string
	err := s.core.Store().View(ctx).NewSelect().TableExpr("publication_records AS r").Join("JOIN publication_editions AS e ON e.plan = r.plan AND e.number = r.until").
		Column("e.made").Where("r.plan = ?", o.Plan).Where("r.key = ?", key).Order("r.until DESC").Limit(1).Scan(ctx, &made)
	switch {
	case noRows(err):
		return &store.NotFound{Kind: "promises", ID: key}
	case err != nil:
		return fmt.Errorf("publication: looking for what was said of promise %s: %w", key, err)
	}
	return &Gone{Key: key, Since: store.TimeOf(made)}
}
