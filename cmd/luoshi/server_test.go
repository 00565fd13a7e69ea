package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/config"
	"luoshi/internal/store/storetest"
)

// testConfig are the settings of a server of a test; more go before its own.
func testConfig(t *testing.T, dsn string, more map[string]string) *config.Config {
	t.Helper()
	flags := map[string]string{
		"db": dsn, "data": filepath.Join(t.TempDir(), "data"), "listen": "127.0.0.1:0", "public-url": "http://luoshi.example",
	}
	maps.Copy(flags, more)
	cfg, err := config.Load(config.Sources{Flags: flags})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// openedServer is a server of a test, closed at its end.
func openedServer(t *testing.T, cfg *config.Config) *server {
	t.Helper()
	s, err := openServer(t.Context(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return s
}

// startedServer is a running server of a test, stopped at its end.
func startedServer(t *testing.T, s *server) *running {
	t.Helper()
	r, err := s.start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if r.stop != nil {
			stopServer(t, r)
		}
	})
	return r
}

func stopServer(t *testing.T, r *running) {
	t.Helper()
	if err := r.end(context.WithoutCancel(t.Context())); err != nil {
		t.Errorf("stop: %v", err)
	}
	r.stop = nil
}

func get(t *testing.T, r *running, path, token string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+r.address+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

func TestAServerAnswers(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		r := startedServer(t, openedServer(t, testConfig(t, dsn, map[string]string{"metrics-token": "secret"})))
		for _, c := range []struct {
			path, token string
			status      int
			says        string
		}{
			{"/healthz", "", http.StatusOK, "ok"},
			{"/readyz", "", http.StatusOK, `"database":"ok"`},
			{"/", "", http.StatusSeeOther, ""},
			{"/about", "", http.StatusOK, "落实"},
			{"/no-such-page", "", http.StatusNotFound, "<html"},
			{"/metrics", "", http.StatusUnauthorized, ""},
			{"/metrics", "secret", http.StatusOK, `luoshi_request_seconds_count{route="GET /about",status="200"} 1`},
		} {
			if status, body := get(t, r, c.path, c.token); status != c.status || !strings.Contains(body, c.says) {
				t.Errorf("%s gives %d %.300s", c.path, status, body)
			}
		}
	})
}

func TestMetricsAreNotOfferedToEverybody(t *testing.T) {
	r := startedServer(t, openedServer(t, testConfig(t, storetest.SQLite(t), nil)))
	if status, body := get(t, r, "/metrics", ""); strings.Contains(body, "luoshi_info") {
		t.Errorf("%d %.200s", status, body)
	}
}

var password = regexp.MustCompile(`[0-9a-z]{5}(-[0-9a-z]{5})+`)

func TestTheFirstStartShowsAPasswordOnce(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := openedServer(t, testConfig(t, dsn, nil))
		for _, want := range []bool{true, false} {
			var said bytes.Buffer
			if err := (&console{lang: "zh", stderr: &said}).begin(t.Context(), s); err != nil {
				t.Fatal(err)
			}
			if got := password.MatchString(said.String()) && strings.Contains(said.String(), "http://luoshi.example"); got != want {
				t.Errorf("it says %q", said.String())
			}
		}
	})
}

// A stopped server leaves nothing that no signed head covers.
func TestStoppingSignsTheLog(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := openedServer(t, testConfig(t, dsn, nil))
		if _, err := s.identity.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		stopServer(t, startedServer(t, s))
		err := s.store.Snapshot(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			report, err := audit.Verify(ctx, tx, s.keyring())
			if err == nil && (!report.OK() || report.Entries == 0 || report.Covered != report.Entries) {
				t.Errorf("%+v", report)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestALostKeyIsNotReplaced(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		cfg := testConfig(t, dsn, nil)
		if err := openedServer(t, cfg).close(); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(cfg.KeyFile()); err != nil {
			t.Fatal(err)
		}
		_, err := openServer(t.Context(), cfg, slog.New(slog.DiscardHandler))
		var said *saidError
		if !errors.As(err, &said) || said.key != "server.no_key" {
			t.Fatalf("%v", err)
		}
		if _, err := os.Stat(cfg.KeyFile()); !errors.Is(err, os.ErrNotExist) {
			t.Error("a new key was made")
		}
	})
}

func TestAKeyOfAnotherLogIsRefused(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		s := openedServer(t, testConfig(t, dsn, nil))
		if _, err := s.identity.Begin(t.Context()); err != nil {
			t.Fatal(err)
		}
		stopServer(t, startedServer(t, s))
		for name, c := range map[string]struct {
			other map[string]string // of the server whose key it is
			opens map[string]string
			key   string
		}{
			"of another name":         {map[string]string{"public-url": "http://other.example"}, nil, "server.other_log"},
			"of the same name":        {nil, nil, "server.other_log"},
			"of another algorithm":    {map[string]string{"suite": "sm3-sm2"}, map[string]string{"suite": "sm3-sm2"}, "server.other_log"},
			"other than the settings": {map[string]string{"suite": "sm3-sm2"}, nil, "server.other_suite"},
		} {
			opens := map[string]string{"data": openedServer(t, testConfig(t, storetest.SQLite(t), c.other)).config.Data()}
			maps.Copy(opens, c.opens)
			_, err := openServer(t.Context(), testConfig(t, dsn, opens), slog.New(slog.DiscardHandler))
			var said *saidError
			if !errors.As(err, &said) || said.key != c.key {
				t.Errorf("a key %s: %v", name, err)
			}
		}
	})
}

func TestTheCommercialAlgorithmsMayBeChosen(t *testing.T) {
	s := openedServer(t, testConfig(t, storetest.SQLite(t), map[string]string{"suite": "sm3-sm2"}))
	if s.key.Public().Suite() != "sm3-sm2" {
		t.Errorf("the key is of %s", s.key.Public().Suite())
	}
}
