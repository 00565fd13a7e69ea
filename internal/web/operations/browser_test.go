package operations_test

import (
	"context"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/job"
	"luoshi/internal/service"
	uses "luoshi/internal/service/operations"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// Every page in a real browser, wide and narrow, in both languages: it fits, and nobody is shut out.
func TestPagesInABrowser(t *testing.T) {
	rooms := store.Options{Rooms: servicetest.Rooms(uses.Room(), job.Room())}
	s := serve(t, servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), rooms)))
	if err := s.uses.RunBackup(service.As(t.Context(), service.Caller{System: "job", May: uses.BackupMay}), nil); err != nil {
		t.Fatal(err)
	}
	err := s.Store().Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		return s.queue.Enqueue(ctx, tx, service.Task{Kind: "intake.read"}, service.Task{Kind: uses.VerifyKind})
	})
	if err != nil {
		t.Fatal(err)
	}
	tab := s.administrator().Browse(t)
	for name, path := range map[string]string{
		"operations": "/operations", "jobs": "/operations/jobs", "backups": "/operations/backups", "settings": "/operations/settings",
	} {
		tab.Wide()
		tab.Open(path + "?lang=en")
		tab.Fits()
		tab.Picture("operations-" + name + "-en")
		tab.Open(path + "?lang=zh-CN")
		tab.Fits()
		tab.Axe()
		tab.Picture("operations-" + name + "-zh")
		tab.Narrow()
		tab.Open(path)
		tab.Fits()
		tab.Picture("operations-" + name + "-narrow")
	}
}
