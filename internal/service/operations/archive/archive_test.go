package archive_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/operations/archive"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
)

// home is a server with a district.
type home struct {
	*servicetest.Fixture
	blobs   *blob.Folder
	files   string
	keyFile string
	key     *signing.Key
}

func settle(t *testing.T, s *store.Store) *home {
	t.Helper()
	h := &home{Fixture: servicetest.Settle(t, s), files: t.TempDir()}
	h.blobs = folder(t, h.files)
	if _, err := h.blobs.Put(t.Context(), strings.NewReader(h.Document.Text), h.Document.Digest); err != nil {
		t.Fatal(err)
	}
	h.keyFile = filepath.Join(t.TempDir(), "audit.key")
	var err error
	if h.key, err = signing.LoadOrGenerate(h.keyFile, signing.SHA256Ed25519, servicetest.Origin); err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"甲", "乙", "丙"} {
		h.rename(t, title)
	}
	h.sign(t)
	return h
}

func folder(t *testing.T, dir string) *blob.Folder {
	t.Helper()
	f, err := blob.NewFolder(dir, sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

// rename is a change of the ledger.
func (h *home) rename(t *testing.T, title string) {
	t.Helper()
	err := h.Change(h.Office(t.Context()), func(ctx context.Context, w *service.Work) error {
		record, err := h.Store().Plans().Get(ctx, string(h.Plan.ID))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: record.Value.Government}); err != nil {
			return err
		}
		after := record.Value
		after.Title = title
		if _, err := h.Store().Plans().Change(ctx, after, record.Revision); err != nil {
			return err
		}
		w.Record("plan.edit", "plans", string(after.ID), record.Value, after, nil)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *home) sign(t *testing.T) {
	t.Helper()
	err := h.Store().Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		_, err := h.Log().Sign(ctx, tx, h.key)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (h *home) write(t *testing.T) (string, archive.Manifest, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "luoshi.zip")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	manifest, err := archive.Write(t.Context(), file, archive.Source{
		Store: h.Store(), Blobs: h.blobs, KeyFile: h.keyFile, Settings: "listen = :80\n", Program: "test",
	})
	return path, manifest, err
}

func (h *home) written(t *testing.T) string {
	t.Helper()
	path, _, err := h.write(t)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string) *archive.Archive {
	t.Helper()
	a, err := archive.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.Close() })
	return a
}

// place is where an archive is restored into.
func place(t *testing.T, dsn string) archive.Target {
	t.Helper()
	return archive.Target{
		Store: storetest.Open(t, dsn, store.Options{Rooms: servicetest.Rooms()}),
		Blobs: folder(t, t.TempDir()), KeyFile: filepath.Join(t.TempDir(), "audit.key"),
	}
}

func each(t *testing.T, test func(t *testing.T, h *home)) {
	storetest.EachWith(t, store.Options{Rooms: servicetest.Rooms()}, func(t *testing.T, s *store.Store) { test(t, settle(t, s)) })
}

// A server moves with all that it has, also from one kind of database to the other.
func TestAnArchiveMakesTheSameServer(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		a := open(t, h.written(t))
		if err := a.Check(); err != nil {
			t.Fatal(err)
		}
		for _, dsn := range []string{storetest.SQLite(t), storetest.Postgres(t)} {
			into := place(t, dsn)
			report, err := a.Restore(t.Context(), into)
			if err != nil {
				t.Fatal(err)
			}
			if !report.OK() || report.Entries != 3 || report.Covered != 3 {
				t.Errorf("%+v", report)
			}
			head, err := audit.LastHead(t.Context(), into.Store.View(t.Context()))
			if err != nil || head != a.Manifest.Head {
				t.Errorf("the head is %q, %v", head, err)
			}
			if has, err := into.Blobs.Has(t.Context(), h.Document.Digest); !has || err != nil {
				t.Errorf("the file is there: %v, %v", has, err)
			}
			plan, err := into.Store.Plans().Get(t.Context(), string(h.Plan.ID))
			if err != nil || plan.Value.Title != "丙" {
				t.Errorf("%q, %v", plan.Value.Title, err)
			}
			if key, err := signing.LoadKey(into.KeyFile); err != nil || key.Public().String() != h.key.Public().String() {
				t.Errorf("the key: %v", err)
			}
		}
	})
}

// While others write, an archive holds one moment: its log is a beginning of the present one, and nothing in it is
// half of a change.
func TestAnArchiveTakenUnderLoadHoldsOneMoment(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		stop, written := make(chan struct{}), make(chan struct{}, 1000)
		var writers sync.WaitGroup
		for range 2 {
			writers.Go(func() {
				for {
					select {
					case <-stop:
						return
					default:
						if h.tryRename(t) {
							select {
							case written <- struct{}{}:
							default:
							}
						}
					}
				}
			})
		}
		for range 5 {
			<-written
		}
		path, _, err := h.write(t)
		close(stop)
		writers.Wait()
		h.rename(t, "丁")
		if err != nil {
			t.Fatal(err)
		}
		a := open(t, path)
		into := place(t, storetest.SQLite(t))
		report, err := a.Restore(t.Context(), into)
		if err != nil || !report.OK() {
			t.Fatalf("%+v, %v", report, err)
		}
		now, err := audit.Size(t.Context(), h.Store().View(t.Context()))
		if err != nil || report.Entries >= now || report.Entries < 8 {
			t.Errorf("the archive has %d of %d entries, %v", report.Entries, now, err)
		}
		plan, err := into.Store.Plans().Get(t.Context(), string(h.Plan.ID))
		if err != nil || plan.Revision != report.Entries+1 {
			t.Errorf("the plan is at revision %d after %d changes, %v", plan.Revision, report.Entries, err)
		}
	})
}

// tryRename may meet another writer, and then leaves it at that.
func (h *home) tryRename(t *testing.T) bool {
	err := h.Change(h.Office(t.Context()), func(ctx context.Context, w *service.Work) error {
		record, err := h.Store().Plans().Get(ctx, string(h.Plan.ID))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: record.Value.Government}); err != nil {
			return err
		}
		if _, err := h.Store().Plans().Change(ctx, record.Value, record.Revision); err != nil {
			return err
		}
		w.Record("plan.edit", "plans", string(record.Value.ID), record.Value, record.Value, nil)
		return nil
	})
	if err != nil && !store.IsConflict(err) {
		t.Error(err)
	}
	return err == nil
}

func TestADamagedArchiveIsNamed(t *testing.T) {
	storetest.EachWith(t, store.Options{Rooms: servicetest.Rooms()}, func(t *testing.T, s *store.Store) {
		whole, err := os.ReadFile(settle(t, s).written(t))
		if err != nil {
			t.Fatal(err)
		}
		damaged := filepath.Join(t.TempDir(), "damaged.zip")
		for name, bytes := range map[string][]byte{
			"cut off": whole[:len(whole)-200],
			"empty":   nil,
			"no zip":  []byte(strings.Repeat("年度计划", 1000)),
		} {
			if err := os.WriteFile(damaged, bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := archive.Open(damaged); !service.HasCode(err, "archive.not_whole") {
				t.Errorf("%s: %v", name, err)
			}
		}
		at := bytes.Index(whole, []byte("望溪区2026年工作要点\n"))
		if at < 0 {
			at = bytes.Index(whole, []byte("新增养老床位"))
		}
		flipped := bytes.Clone(whole)
		flipped[at+20] ^= 1
		if err := os.WriteFile(damaged, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := open(t, damaged).Check(); !service.HasCode(err, "archive.damaged") || !strings.Contains(err.Error(), "files/") {
			t.Errorf("a byte of a file was changed: %v", err)
		}
	})
}

func TestAFileThatIsMissingKeepsFromArchiving(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		path := filepath.Join(h.files, string(h.Document.Digest[:2]), string(h.Document.Digest))
		if err := os.WriteFile(path, []byte("altered"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.write(t); !service.HasCode(err, "archive.file_damaged") {
			t.Errorf("%v", err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.write(t); !service.HasCode(err, "archive.file_absent") {
			t.Errorf("%v", err)
		}
	})
}

func TestACopyWithoutTheKeyNeedsItToBeThere(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		copied := filepath.Join(t.TempDir(), "copy.zip")
		var buffer bytes.Buffer
		if err := open(t, h.written(t)).WriteWithoutKey(t.Context(), &buffer); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copied, buffer.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		a := open(t, copied)
		if err := a.Check(); err != nil || a.Manifest.HasKey() {
			t.Errorf("%v, %v", a.Manifest.HasKey(), err)
		}
		into := place(t, storetest.SQLite(t))
		if _, err := a.Restore(t.Context(), into); !service.HasCode(err, "archive.no_key") {
			t.Errorf("%v", err)
		}
		if err := h.key.Save(into.KeyFile); err != nil {
			t.Fatal(err)
		}
		if report, err := a.Restore(t.Context(), into); err != nil || !report.OK() {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

func TestNothingIsRestoredOverWhatIsThere(t *testing.T) {
	each(t, func(t *testing.T, h *home) {
		a := open(t, h.written(t))
		full := archive.Target{Store: h.Store(), Blobs: h.blobs, KeyFile: h.keyFile}
		if _, err := a.Restore(t.Context(), full); err == nil || !strings.Contains(err.Error(), "not empty") {
			t.Errorf("%v", err)
		}
		into := place(t, storetest.SQLite(t))
		other, err := signing.GenerateKey(signing.SHA256Ed25519, servicetest.Origin)
		if err := errors.Join(err, other.Save(into.KeyFile)); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Restore(t.Context(), into); !service.HasCode(err, "archive.other_key") {
			t.Errorf("%v", err)
		}
	})
}
