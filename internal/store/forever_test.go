package store_test

import (
	"context"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// Not only the program but the databases themselves refuse to alter what was promised.
func TestDatabasesGuardWhatWasPromised(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		d := storetest.Settle(t, s)
		for name, statement := range map[string]string{
			"alter the wording":        `UPDATE commitment_passages SET wording = '新增养老床位20张'`,
			"move the passage":         `UPDATE commitment_passages SET starts_at = starts_at + 1`,
			"take a passage away":      `DELETE FROM commitment_passages`,
			"add a passage":            `INSERT INTO commitment_passages SELECT commitment, number + 1, document, starts_at, ends_at, wording FROM commitment_passages`,
			"take a commitment away":   `DELETE FROM commitments`,
			"alter a document's text":  `UPDATE documents SET body = body || '。'`,
			"take a document away":     `DELETE FROM documents`,
			"take a plan away":         `DELETE FROM plans`,
			"take a unit away":         `DELETE FROM units`,
			"take a project away":      `DELETE FROM projects WHERE name LIKE '望溪%'`,
			"take an indicator away":   `DELETE FROM indicators`,
			"refer to a unit of none":  `UPDATE posts SET unit = 'nobody'`,
			"promise without a source": `INSERT INTO commitment_passages SELECT 'nobody', number, document, starts_at, ends_at, wording FROM commitment_passages`,
		} {
			err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
				_, err := tx.ExecContext(ctx, statement)
				return err
			})
			if err == nil {
				t.Errorf("one can %s", name)
			}
		}
		same(t, d.Commitment, s.Commitments().Get, string(d.Commitment.ID))
		err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.ExecContext(ctx, "DELETE FROM commitments")
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "kept for ever") {
			t.Errorf("the refusal says %v", err)
		}
	})
}
