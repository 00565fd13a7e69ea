package livelihood

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/service/evidence"
)

// blobs are the files of pictures, counted sheets and surveys, by their digests.
func blobs(ctx context.Context, tx bun.Tx) ([]string, error) {
	var all []string
	for _, table := range []string{"livelihood_pictures", "livelihood_sheets", "livelihood_surveys"} {
		var texts []string
		if err := tx.NewSelect().Table(table).Column("file").Scan(ctx, &texts); err != nil {
			return nil, fmt.Errorf("livelihood: finding the files of %s: %w", table, err)
		}
		for _, text := range texts {
			file, err := parsed[evidence.File](text)
			if err != nil {
				return nil, err
			}
			all = append(all, string(file.Digest), string(file.Preview))
		}
	}
	return all, nil
}
