package auditlog_test

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/web/auditlog"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// site is the pages over a district whose plan was retitled three times.
type site struct {
	*webtest.Site
	operations *operations.Service
	key        *signing.Key
}

func serve(t *testing.T, f *servicetest.Fixture) *site {
	t.Helper()
	key, err := signing.LoadOrGenerate(filepath.Join(t.TempDir(), "audit.key"), signing.SHA256Ed25519, servicetest.Origin)
	if err != nil {
		t.Fatal(err)
	}
	uses := operations.New(f.Core, operations.Parts{Key: key})
	persons := func(_ context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error) {
		return map[ledger.AccountID]string{"supervising-office": "何静"}, nil
	}
	for i := range 3 {
		retitle(t, f, fmt.Sprintf("第%d稿", i+1))
	}
	pages := auditlog.New(uses, f.Rights(), persons)
	return &site{Site: webtest.Serve(t, f, pages.Routes()...), operations: uses, key: key}
}

func retitle(t *testing.T, f *servicetest.Fixture, title string) {
	t.Helper()
	err := f.Change(f.Office(t.Context()), func(ctx context.Context, w *service.Work) error {
		record, err := f.Store().Plans().Get(ctx, string(f.Plan.ID))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: f.Government.ID}); err != nil {
			return err
		}
		after := record.Value
		after.Title = title
		if _, err := f.Store().Plans().Change(ctx, after, record.Revision); err != nil {
			return err
		}
		w.Record("plan.edit", "plans", string(after.ID), record.Value, after, map[string]string{"reason": "会议要求"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func each(t *testing.T, test func(t *testing.T, s *site)) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { test(t, serve(t, f)) }, operations.Room())
}

func (s *site) auditor() *webtest.Client { return s.As("auditor", s.Government.ID) }

func TestTheAuditorReadsTheLog(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a := s.auditor()
		a.Get("/audit").Want(http.StatusOK, "何静", "编制计划", "/audit/entries/3")
		a.Get("/audit?limit=1").Want(http.StatusOK, "/audit/entries/3").Lacks("/audit/entries/2")
		a.Get("/audit?actor=nobody&from=x").Want(http.StatusOK, "没有符合条件的记录")
		a.Get("/audit?from=2000-01-01&until=2000-01-02").Want(http.StatusOK, "没有符合条件的记录")
		a.Get("/audit/entries/2").Want(http.StatusOK, "第1稿", "第2稿", "会议要求")
		a.Get("/audit/entries/99").Want(http.StatusNotFound)
		a.Get("/audit/entries/x").Want(http.StatusNotFound)
		a.Get("/audit/objects/plans/"+string(s.Plan.ID)).Want(http.StatusOK, "/audit/entries/1", "/audit/entries/3")
		a.Get("/audit/objects/plans/none").Want(http.StatusNotFound)
		a.Get("/audit?lang=en").Want(http.StatusOK, "Audit log")
	})
}

func TestTheLogIsVerifiedFromThePage(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		a := s.auditor()
		a.Get("/audit/verifications").Want(http.StatusOK, "还没有校验过")
		going := a.Post("/audit/verifications", nil)
		going.Want(http.StatusOK, "正在校验", "hx-get")
		task := s.Queue.Tasks()[0]
		id := strings.TrimPrefix(going.Path, "/audit/verifications/")
		args := []byte(fmt.Sprintf(`{"id":%q}`, id))
		if err := s.operations.Verify(service.As(t.Context(), service.Caller{System: "job", May: operations.VerifyMay}), args); err != nil {
			t.Fatal(err)
		}
		if task.Kind != operations.VerifyKind {
			t.Errorf("the work is %s", task.Kind)
		}
		a.Get(going.Path).Want(http.StatusOK, "校验通过", "4 条记录").Lacks("hx-get")
		a.Get("/audit/verifications").Want(http.StatusOK, "通过")
		a.Get("/audit/heads").Want(http.StatusOK, "还没有签名树头", s.key.Public().String())
		if err := s.operations.SignHead(t.Context()); err != nil {
			t.Fatal(err)
		}
		a.Get("/audit/heads").Want(http.StatusOK, servicetest.Origin)
	})
}

func TestAProofIsTakenAwayAndHolds(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		path := "/proofs/plans/" + string(s.Plan.ID)
		s.Office().Get(path).Want(http.StatusOK, "存证成立", s.key.Public().String(), path+"/proof.json")
		file := s.Office().Get(path + "/proof.json").Want(http.StatusOK)
		proof, err := audit.ParseProof([]byte(file.Body))
		if err != nil {
			t.Fatal(err)
		}
		if _, entries, err := proof.Verify(signing.Keyring{s.key.Public()}); err != nil || len(entries) != 3 {
			t.Errorf("%d entries, %v", len(entries), err)
		}
		s.Office().Get("/proofs/accounts/x").Want(http.StatusNotFound)
		s.As("reporter", s.Street.ID).Get("/proofs/commitments/" + string(s.Commitment.ID)).Want(http.StatusForbidden)
		// The refusal just now is in the log, about an account.
		s.Office().Get("/proofs/accounts/reporter").Want(http.StatusForbidden)
		if got := s.Public().Get("/audit/key").Want(http.StatusOK).Body; strings.TrimSpace(got) != s.key.Public().String() {
			t.Errorf("the key is %q", got)
		}
	})
}

func TestTheExportIsTakenAwayAndVerifies(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		file := s.auditor().Post("/audit/export", nil).Want(http.StatusOK)
		report, err := audit.VerifyExport(strings.NewReader(file.Body), signing.Keyring{s.key.Public()})
		if err != nil || !report.OK() || report.Entries != 4 {
			t.Errorf("%+v, %v", report, err)
		}
		if file.Header.Get("Content-Disposition") == "" {
			t.Error("it is not offered as a file")
		}
	})
}

func TestNobodyElseReadsTheLog(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) { serve(t, f).Matrix(t) }, operations.Room())
}

func TestPagesHoldNoScripts(t *testing.T) {
	each(t, func(t *testing.T, s *site) {
		for _, path := range []string{"/audit", "/audit/entries/1", "/audit/verifications", "/audit/heads", "/proofs/plans/" + string(s.Plan.ID)} {
			if inline := s.auditor().Get(path).Want(http.StatusOK).Inline(); len(inline) > 0 {
				t.Errorf("%s holds %v", path, inline)
			}
		}
	})
}
