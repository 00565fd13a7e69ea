package operations_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/operations/archive"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
)

// place is a district with its operations.
type place struct {
	*servicetest.Fixture
	*operations.Service
	key     *signing.Key
	backups string
}

func each(t *testing.T, test func(t *testing.T, p *place)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
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
		p := &place{Fixture: f, key: key, backups: filepath.Join(t.TempDir(), "backups")}
		p.Service = operations.New(f.Core, operations.Parts{
			Key: key, Backups: p.backups, Keep: 2, Archive: archive.Source{Store: f.Store(), Blobs: blobs, KeyFile: keyFile},
		})
		test(t, p)
	}, operations.Room())
}

func (p *place) auditor(ctx context.Context) context.Context {
	return p.As(ctx, "auditor", p.Government.ID)
}

func (p *place) administrator(ctx context.Context) context.Context {
	return p.As(ctx, "administrator", p.Government.ID)
}

// retitle is a change that the log speaks of.
func (p *place) retitle(t *testing.T, title string) {
	t.Helper()
	err := p.Change(p.Office(t.Context()), func(ctx context.Context, w *service.Work) error {
		record, err := p.Store().Plans().Get(ctx, string(p.Plan.ID))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: p.Government.ID}); err != nil {
			return err
		}
		after := record.Value
		after.Title = title
		if _, err := p.Store().Plans().Change(ctx, after, record.Revision); err != nil {
			return err
		}
		w.Record("plan.edit", "plans", string(after.ID), record.Value, after, nil)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func isRefused(err error) bool {
	var refused *service.Refused
	return errors.As(err, &refused)
}

func TestTheLogIsTheAuditorsToRead(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for _, title := range []string{"甲", "乙", "丙"} {
			p.retitle(t, title)
		}
		ctx := p.auditor(t.Context())
		first, next, err := p.Service.Entries(ctx, audit.Query{Kind: "plans", Limit: 2})
		if err != nil || len(first) != 2 || first[0].Sequence != 3 || next != 2 {
			t.Fatalf("%+v, %d, %v", first, next, err)
		}
		rest, next, err := p.Service.Entries(ctx, audit.Query{Kind: "plans", Limit: 2, Before: next})
		if err != nil || len(rest) != 1 || rest[0].Sequence != 1 || next != 0 {
			t.Errorf("%+v, %d, %v", rest, next, err)
		}
		if entry, err := p.Entry(ctx, 2); err != nil || !strings.Contains(string(entry.Change), "乙") {
			t.Errorf("%+v, %v", entry, err)
		}
		var absent *store.NotFound
		if _, err := p.Entry(ctx, 99); !errors.As(err, &absent) {
			t.Errorf("%v", err)
		}
		for _, role := range []access.Role{"administrator", "supervising-office", "reporter"} {
			if _, _, err := p.Service.Entries(p.As(t.Context(), role, p.Government.ID), audit.Query{}); !isRefused(err) {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}

func TestAVerificationGoesOnInTheBackground(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.retitle(t, "甲")
		if err := p.SignHead(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx := p.auditor(t.Context())
		id, err := p.AskVerification(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if v, err := p.Verification(ctx, id); err != nil || !v.Going() || v.Total != 1 || v.OK() {
			t.Errorf("%+v, %v", v, err)
		}
		p.work(t)
		v, err := p.Verification(ctx, id)
		if err != nil || v.Going() || !v.OK() || v.Done != 2 || v.Report.Covered != 1 || v.Account != "auditor" {
			t.Errorf("%+v, %v", v, err)
		}
		if got := p.Fixture.Entries(t, "verifications", id); len(got) != 2 {
			t.Errorf("the log keeps %v", got)
		}
	})
}

// work does the work that was asked for last.
func (p *place) work(t *testing.T) {
	t.Helper()
	tasks := p.Queue.Tasks()
	task := tasks[len(tasks)-1]
	args, err := json.Marshal(task.Args)
	if err != nil {
		t.Fatal(err)
	}
	do := map[string]func(context.Context, json.RawMessage) error{
		operations.VerifyKind: p.Verify, operations.BackupKind: p.RunBackup,
	}[task.Kind]
	job := service.Caller{System: "job", May: slices.Concat(operations.VerifyMay, operations.BackupMay)}
	if err := do(service.As(t.Context(), job), args); err != nil {
		t.Fatal(err)
	}
}

// One byte changed in the database by hand: the verification names the entry.
func TestAVerificationNamesTheEntryThatWasAltered(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		for _, title := range []string{"甲", "乙", "丙"} {
			p.retitle(t, title)
		}
		if err := p.SignHead(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.tamper(t, "UPDATE audit_entries SET change = replace(change, '乙', '己') WHERE sequence = 2")
		ctx := p.auditor(t.Context())
		id, err := p.AskVerification(ctx)
		if err != nil {
			t.Fatal(err)
		}
		p.work(t)
		v, err := p.Verification(ctx, id)
		if err != nil || v.OK() || v.Report.FirstEntry() != 2 {
			t.Fatalf("%+v, %v", v, err)
		}
		var said bytes.Buffer
		if err := v.Report.Write(&said, "zh"); err != nil || !strings.Contains(said.String(), "第 2 条记录被改动") {
			t.Errorf("%s, %v", said.String(), err)
		}
	})
}

// tamper changes the log as somebody does who has the database in his hands.
func (p *place) tamper(t *testing.T, statement string) {
	t.Helper()
	disarm := "DROP TRIGGER audit_entries_fixed"
	if p.Store().Dialect() == store.Postgres {
		disarm += " ON audit_entries"
	}
	for _, s := range []string{disarm, statement} {
		if _, err := p.Store().SQL().ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhoSeesARecordMayHaveItsHistoryProved(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.retitle(t, "甲")
		plan := audit.Object{Kind: "plans", ID: string(p.Plan.ID)}
		proof, err := p.Prove(p.Office(t.Context()), plan)
		if err != nil {
			t.Fatal(err)
		}
		if _, entries, err := proof.Verify(signing.Keyring{p.key.Public()}); err != nil || len(entries) != 1 {
			t.Errorf("%d entries, %v", len(entries), err)
		}
		p.retitle(t, "乙")
		if proof, err = p.Prove(p.auditor(t.Context()), plan); err != nil || len(proof.Entries) != 2 || len(proof.Pending) != 0 {
			t.Errorf("%+v, %v", proof, err)
		}
		other := audit.Object{Kind: "commitments", ID: string(p.Commitment.ID)}
		if _, err := p.Prove(p.As(t.Context(), "reporter", p.Street.ID), other); !isRefused(err) {
			t.Errorf("a unit that has nothing to do with it: %v", err)
		}
		if _, err := p.Prove(p.Office(t.Context()), audit.Object{Kind: "accounts", ID: "reporter"}); !isRefused(err) {
			t.Errorf("accounts are not the office's to prove: %v", err)
		}
		var absent *store.NotFound
		if _, err := p.Prove(p.auditor(t.Context()), audit.Object{Kind: "documents", ID: "ff"}); !errors.As(err, &absent) {
			t.Errorf("%v", err)
		}
	})
}

func TestAnExportOfTheLogVerifiesByItself(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		p.retitle(t, "甲")
		var file bytes.Buffer
		if err := p.Export(p.auditor(t.Context()), func() io.Writer { return &file }); err != nil {
			t.Fatal(err)
		}
		report, err := audit.VerifyExport(&file, signing.Keyring{p.key.Public()})
		if err != nil || !report.OK() || report.Covered != 2 {
			t.Errorf("%+v, %v", report, err)
		}
		asked := false
		if err := p.Export(p.Office(t.Context()), func() io.Writer { asked = true; return io.Discard }); !isRefused(err) || asked {
			t.Errorf("%v, begun: %v", err, asked)
		}
	})
}

func TestBackupsAreMadeListedAndTakenAway(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		ctx := p.administrator(t.Context())
		if list, err := p.Backups(ctx); err != nil || len(list) != 0 {
			t.Errorf("%v, %v", list, err)
		}
		if err := p.AskBackup(ctx); err != nil {
			t.Fatal(err)
		}
		left := filepath.Join(p.backups, "luoshi-20200101-000000.zip.part")
		if err := errors.Join(os.MkdirAll(p.backups, 0o700), os.WriteFile(left, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		p.work(t)
		list, err := p.Backups(ctx)
		if err != nil || len(list) != 1 || list[0].Daily || list[0].Size == 0 {
			t.Fatalf("%+v, %v", list, err)
		}
		if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
			t.Error("an unfinished backup was left")
		}
		var taken bytes.Buffer
		if err := p.Download(ctx, list[0].Name, func() io.Writer { return &taken }); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "taken.zip")
		if err := os.WriteFile(path, taken.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := archive.Open(path)
		if err != nil || a.Manifest.HasKey() {
			t.Errorf("what is taken away has the key: %v", err)
		}
		defer a.Close()
		var absent *store.NotFound
		for _, name := range []string{"../../etc/passwd", "luoshi-20200101-000000.zip", "audit.key"} {
			if err := p.Download(ctx, name, func() io.Writer { return io.Discard }); !errors.As(err, &absent) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := p.Download(p.auditor(t.Context()), list[0].Name, func() io.Writer { return io.Discard }); !isRefused(err) {
			t.Errorf("the auditor takes a backup away: %v", err)
		}
	})
}

func TestOldDailyBackupsGo(t *testing.T) {
	each(t, func(t *testing.T, p *place) {
		if err := os.MkdirAll(p.backups, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{
			"luoshi-daily-20200101-000000.zip", "luoshi-daily-20200102-000000.zip", "luoshi-20200101-000000.zip", "notes.zip",
		} {
			if err := os.WriteFile(filepath.Join(p.backups, name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		job := service.As(t.Context(), service.Caller{System: "job", May: operations.BackupMay})
		if err := p.RunDaily(job, nil); err != nil {
			t.Fatal(err)
		}
		list, err := p.Backups(p.administrator(t.Context()))
		if err != nil || len(list) != 3 || !list[0].Daily || list[1].Name != "luoshi-daily-20200102-000000.zip" || list[2].Name != "luoshi-20200101-000000.zip" {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
