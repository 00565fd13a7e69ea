package auditlog_test

import (
	"fmt"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// Every page in a real browser, wide and narrow, in both languages: it fits, and nobody is shut out.
func TestPagesInABrowser(t *testing.T) {
	rooms := store.Options{Rooms: servicetest.Rooms(operations.Room())}
	s := serve(t, servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), rooms)))
	if err := s.operations.SignHead(t.Context()); err != nil {
		t.Fatal(err)
	}
	id, err := s.operations.AskVerification(s.Fixture.As(t.Context(), "auditor", s.Government.ID))
	if err != nil {
		t.Fatal(err)
	}
	tab := s.auditor().Browse(t)
	look := func(name, path string) {
		t.Helper()
		tab.Wide()
		tab.Open(path + "?lang=en")
		tab.Fits()
		tab.Picture(name + "-en")
		tab.Open(path + "?lang=zh-CN")
		tab.Fits()
		tab.Axe()
		tab.Picture(name + "-zh")
		tab.Narrow()
		tab.Open(path)
		tab.Fits()
		tab.Picture(name + "-narrow")
	}
	look("audit-going", "/audit/verifications/"+id)
	job := service.As(t.Context(), service.Caller{System: "job: audit.verify", May: operations.VerifyMay})
	if err := s.operations.Verify(job, fmt.Appendf(nil, `{"id":%q}`, id)); err != nil {
		t.Fatal(err)
	}
	look("audit", "/audit")
	look("audit-entry", "/audit/entries/2")
	look("audit-history", "/audit/objects/plans/"+string(s.Plan.ID))
	look("audit-verified", "/audit/verifications/"+id)
	look("audit-verifications", "/audit/verifications")
	look("audit-heads", "/audit/heads")
	look("audit-proof", "/proofs/plans/"+string(s.Plan.ID))
}
