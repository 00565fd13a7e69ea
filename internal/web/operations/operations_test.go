package operations_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/audit/signing"
	"luoshi/internal/job"
	"luoshi/internal/service"
	uses "luoshi/internal/service/operations"
	"luoshi/internal/service/operations/archive"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store/blob"
	"luoshi/internal/web/operations"
	"luoshi/internal/web/operations/watch"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

type site struct {
	*webtest.Site
	uses   *uses.Service
	queue  *job.Queue
	broken error // of the server's files
}

func each(t *testing.T, test func(t *testing.T, s *site)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { test(t, serve(t, f)) }, uses.Room(), job.Room())
}

func serve(t *testing.T, f *servicetest.Fixture) *site {
	t.Helper()
	keyFile := filepath.Join(t.TempDir(), "audit.key")
	key, err := signing.LoadOrGenerate(keyFile, signing.SHA256Ed25519, servicetest.Origin)
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.NewFolder(t.TempDir(), sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	if _, err := blobs.Put(t.Context(), strings.NewReader(f.Document.Text), f.Document.Digest); err != nil {
		t.Fatal(err)
	}
	s := &site{}
	if s.queue, err = job.Open(f.Store(), job.Options{Log: slog.New(slog.DiscardHandler)}); err != nil {
		t.Fatal(err)
	}
	s.uses = uses.New(f.Core, uses.Parts{
		Jobs: s.queue, Key: key, Backups: t.TempDir(), Archive: archive.Source{Store: f.Store(), Blobs: blobs, KeyFile: keyFile}, Program: "v1.2.3",
		Settings: []uses.Setting{{
			Group: ledger.Wording{ZH: "存储", EN: "storage"}, Words: ledger.Wording{ZH: "数据库", EN: "database"},
			Origin: ledger.Wording{ZH: "默认值", EN: "default"}, Name: "db", Value: "postgres://luoshi:******@db/luoshi",
		}},
	})
	health := watch.NewHealth(func(string, error) {}, watch.Check{Name: "files", Look: func(context.Context) error { return s.broken }})
	s.Site = webtest.Serve(t, f, operations.New(s.uses, health).Routes()...)
	return s
}

func (s *site) administrator() *webtest.Client { return s.As("administrator", s.Government.ID) }

func TestTheAdministratorSeesHowTheServerIs(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a := s.administrator()
		a.Get("/operations").Want(http.StatusOK, "v1.2.3", "正常", "最近七天没有备份").Lacks("不能用")
		s.broken = errors.New("the disk is gone")
		a.Get("/operations").Want(http.StatusOK, "不能用").Lacks("the disk is gone")
		a.Get("/operations?lang=en").Want(http.StatusOK, "does not work")
		a.Get("/operations/settings").Want(http.StatusOK, "db", "******", "default")
		s.As("auditor", s.Government.ID).Get("/operations").Want(http.StatusOK).Lacks("/operations/jobs\"")
	})
}

func TestWhatFailedIsTriedAgainByHand(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a, failed := s.administrator(), make(chan struct{}, 1)
		a.Get("/operations/jobs").Want(http.StatusOK, "没有这样的任务")
		err := s.Store().Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			return s.queue.Enqueue(ctx, tx, service.Task{Kind: "intake.read"})
		})
		if err != nil {
			t.Fatal(err)
		}
		a.Get("/operations/jobs").Want(http.StatusOK, "读取文件", "等待")
		reading := job.Kind{Name: "intake.read", Attempts: 1, Do: func(context.Context, json.RawMessage) error {
			failed <- struct{}{}
			return job.Lost(errors.New("文件不见了"))
		}}
		if err := s.queue.Start(t.Context(), reading); err != nil {
			t.Fatal(err)
		}
		<-failed
		if err := s.queue.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
		a.Get("/operations/jobs?state=cancelled").Want(http.StatusOK, "文件不见了", "/operations/jobs/1/retry")
		a.Post("/operations/jobs/1/retry", nil).Want(http.StatusOK, "已重新排入队列", "等待")
		a.Post("/operations/jobs/99/retry", nil).Want(http.StatusNotFound)
		if got := s.Entries(t, "jobs", "1"); len(got) != 1 || got[0] != "job.retry" {
			t.Errorf("the log keeps %v", got)
		}
	})
}

func TestBackupsAreMadeAndTakenAwayByPage(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a := s.administrator()
		a.Get("/operations/backups").Want(http.StatusOK, "还没有备份")
		a.Post("/operations/backups", nil).Want(http.StatusOK, "备份已开始")
		if tasks := s.Queue.Tasks(); len(tasks) != 1 || tasks[0].Kind != uses.BackupKind {
			t.Fatalf("%+v", tasks)
		}
		if err := s.uses.RunBackup(service.As(t.Context(), service.Caller{System: "job", May: uses.BackupMay}), nil); err != nil {
			t.Fatal(err)
		}
		list, err := s.uses.Backups(service.As(t.Context(), service.Caller{System: "test", May: []access.Action{"backup.read"}}))
		if err != nil || len(list) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		a.Get("/operations/backups").Want(http.StatusOK, list[0].Name)
		file := a.Post("/operations/backups/"+list[0].Name+"/download", nil).Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "PK") || !strings.Contains(file.Header.Get("Content-Disposition"), list[0].Name) {
			t.Errorf("it is %.20q, %s", file.Body, file.Header.Get("Content-Disposition"))
		}
		a.Post("/operations/backups/luoshi-20200101-000000.zip/download", nil).Want(http.StatusNotFound)
		s.As("auditor", s.Government.ID).Post("/operations/backups/"+list[0].Name+"/download", nil).Want(http.StatusForbidden)
	})
}

func TestWhoMayKeepTheServer(t *testing.T) {
	each(t, func(t *testing.T, s *site) { s.Matrix(t) })
}

func TestPagesHoldNoScripts(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, path := range []string{"/operations", "/operations/jobs", "/operations/backups", "/operations/settings"} {
			if inline := s.administrator().Get(path).Want(http.StatusOK).Inline(); len(inline) > 0 {
				t.Errorf("%s holds %v", path, inline)
			}
		}
	})
}
