package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	lights "luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// publicServer is a server with a public plan, and the flags that name it.
func publicServer(t *testing.T, dsn string) (*server, []string) {
	t.Helper()
	t.Setenv("LUOSHI_LANG", "")
	s := openedServer(t, testConfig(t, dsn, nil))
	d := storetest.Settle(t, s.store)
	ctx := t.Context()
	plan, err := s.store.Plans().Get(ctx, string(d.Plan.ID))
	if err != nil {
		t.Fatal(err)
	}
	plan.Value.State = ledger.Published
	plan.Value.Versions = []ledger.Version{{Number: 1, On: calendar.Date{Year: 2026, Month: 1, Day: 1}, Basis: "望政发〔2026〕1号"}}
	if _, err := s.store.Plans().Change(ctx, plan.Value, plan.Revision); err != nil {
		t.Fatal(err)
	}
	promise, err := s.store.Commitments().Get(ctx, string(d.Commitment.ID))
	if err != nil {
		t.Fatal(err)
	}
	promise.Value.State, promise.Value.Project = ledger.InForce, ""
	if _, err := s.store.Commitments().Change(ctx, promise.Value, promise.Revision); err != nil {
		t.Fatal(err)
	}
	if _, err := s.progress.ComputeNow(asCommand(ctx, "a test", lights.ComputeMay...), plan.Value.ID); err != nil {
		t.Fatal(err)
	}
	office := service.As(ctx, service.Caller{System: "a test", May: []access.Action{"plan.disclose"}})
	wish := publication.Settings{Open: true, Address: "2026", Shows: disclosed.Parts()}
	if _, err := s.public.Save(office, plan.Value.ID, wish, 0); err != nil {
		t.Fatal(err)
	}
	return s, []string{"--db", dsn, "--data", s.config.Data(), "--public-url", s.config.PublicURL()}
}

// TestAPublicSiteIsCheckedFromOutside: the server's and the files', with the key and heads that were kept; whoever
// changes a digit, or shows another log, is found out.
func TestAPublicSiteIsCheckedFromOutside(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s, flags := publicServer(t, dsn)
		handler, err := s.handler()
		if err != nil {
			t.Fatal(err)
		}
		site := httptest.NewServer(handler)
		defer site.Close()
		key, folder := filepath.Join(s.config.Data(), "audit.pub"), filepath.Join(t.TempDir(), "site")
		head := filepath.Join(t.TempDir(), "head.txt")
		expect(t, execute(t, nil, with("audit head", flags, "-o", head)...), statusDone, "")
		expect(t, execute(t, nil, "audit", "verify", "--url", site.URL+"/public", "--key", key, "--head", head), statusDone, "1 项承诺与日志")
		expect(t, execute(t, nil, "audit", "verify", "--url", site.URL+"/public/", "--lang", "en"), statusDone, "compare it with what the government")
		expect(t, execute(t, nil, "audit", "verify", "--url", site.URL), statusBad, "site.json")
		expect(t, execute(t, nil, "audit", "verify", "--url", "luoshi.example"), statusBad, "不是网址")
		expect(t, execute(t, nil, "audit", "verify", "--url", site.URL, "export.jsonl"), statusBad, "不能同时")

		expect(t, execute(t, nil, with("publish", flags, folder)...), statusDone, "承诺事项 1 项")
		files := httptest.NewServer(http.FileServer(http.Dir(folder)))
		defer files.Close()
		expect(t, execute(t, nil, "audit", "verify", "--url", files.URL, "--key", key, "--head", head), statusDone, "核验通过")

		records := filepath.Join(folder, "2026", "files", "records.jsonl")
		text, err := os.ReadFile(records)
		if err != nil {
			t.Fatal(err)
		}
		altered := strings.Replace(string(text), "200", "150", 1)
		if altered == string(text) {
			t.Fatal("there is nothing to alter")
		}
		if err := os.WriteFile(records, []byte(altered), 0o600); err != nil {
			t.Fatal(err)
		}
		expect(t, execute(t, nil, "audit", "verify", "--url", files.URL, "--key", key), statusFindings, "公布的内容与日志不符")

		other, err := os.ReadFile(head)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(head, []byte("x"+string(other)), 0o600); err != nil {
			t.Fatal(err)
		}
		expect(t, execute(t, nil, "audit", "verify", "--url", site.URL+"/public", "--key", key, "--head", head), statusFindings, "无法证实")
		expect(t, execute(t, nil, with("publish", flags, t.TempDir()+"/..")...), statusBad, "别的文件")
	})
}
