package main

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/store/storetest"
)

// alter changes the database by hand, behind the back of what keeps it: the trigger that forbids it goes first.
func alter(t *testing.T, s *server, dsn, trigger, table, change string) {
	t.Helper()
	drop := "DROP TRIGGER " + trigger
	if !strings.HasPrefix(dsn, "sqlite:") {
		drop += " ON " + table
	}
	for _, statement := range []string{drop, change} {
		done, err := s.store.SQL().ExecContext(t.Context(), statement)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
		if n, err := done.RowsAffected(); statement == change && (err != nil || n == 0) {
			t.Fatalf("%s: %d rows, %v", statement, n, err)
		}
	}
}

// TestWhoeverAltersTheDatabaseIsFoundOutFromOutside: a record that says something else than it did is named, and so is an
// entry of the log.
func TestWhoeverAltersTheDatabaseIsFoundOutFromOutside(t *testing.T) {
	for name, c := range map[string]struct{ trigger, table, change, named string }{
		"a record": {
			"publication_records_said", "publication_records", "UPDATE publication_records SET body = replace(body, '200', '150')", "承诺 2026-001《",
		},
		"the log": {
			"audit_entries_fixed", "audit_entries", "UPDATE audit_entries SET change = replace(change, '\"leaves\"', '\"leafs\"') WHERE object_kind = 'editions'",
			"entry ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			storetest.EachDSN(t, func(t *testing.T, dsn string) {
				s, _ := publicServer(t, dsn)
				key := filepath.Join(s.config.Data(), "audit.pub")
				verify := func() outcome {
					handler, err := s.handler()
					if err != nil {
						t.Fatal(err)
					}
					site := httptest.NewServer(handler)
					defer site.Close()
					return execute(t, nil, "audit", "verify", "--url", site.URL+"/public", "--key", key)
				}
				expect(t, verify(), statusDone, "核验通过")
				alter(t, s, dsn, c.trigger, c.table, c.change)
				found := verify()
				expect(t, found, statusFindings, "公布的内容与日志不符")
				expect(t, found, statusFindings, c.named)
			})
		})
	}
}
