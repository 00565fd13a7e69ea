package main

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/access/credential"
	"luoshi/internal/demo"
	"luoshi/internal/service/identity"
	"luoshi/internal/store/storetest"
)

func TestTheDemonstrationIsSettledOnceAndLetsEverybodyIn(t *testing.T) {
	cfg := testConfig(t, storetest.SQLite(t), map[string]string{"demo": "yes"})
	c := &console{lang: "zh", stdout: io.Discard, stderr: io.Discard}
	for range 2 {
		s, err := openDemo(t.Context(), cfg, c)
		if err != nil {
			t.Fatal(err)
		}
		accounts, err := demo.Accounts()
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range accounts[:5] {
			session, _, err := s.identity.SignIn(t.Context(), identity.SignInRequest{Name: a.Name, Password: credential.NewSecret(demo.Password)})
			if err != nil || session.MustChange || len(session.Actor.Posts) != 1 {
				t.Errorf("%s: %+v, %v", a.Name, session, err)
			}
		}
		everyFileIsNamed(t, s)
		r := startedServer(t, s)
		if status, _ := get(t, r, "/readyz", ""); status != http.StatusOK {
			t.Errorf("it answers %d", status)
		}
		stopServer(t, r)
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
	}
}

// everyFileIsNamed holds the files that are kept against those that records name: a backup has the latter.
func everyFileIsNamed(t *testing.T, s *server) {
	t.Helper()
	var named, kept []string
	err := s.store.Snapshot(t.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
		named, err = s.store.Blobs(ctx, tx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(s.config.Blobs(), func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			kept = append(kept, entry.Name())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(kept)
	if len(named) == 0 || !slices.Equal(named, kept) {
		t.Errorf("records name %d files, kept are %d", len(named), len(kept))
	}
}

func TestTheDemonstrationIntroducesItself(t *testing.T) {
	cfg := testConfig(t, storetest.SQLite(t), nil)
	for lang, words := range map[string]string{"zh": "督查室", "en": "supervising office"} {
		var said bytes.Buffer
		if err := (&console{lang: languageOf([]string{"--lang=" + lang}), stdout: &said}).introduce(cfg); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{cfg.PublicURL(), demo.Password, "shubai", words} {
			if !strings.Contains(said.String(), want) {
				t.Errorf("it does not say %q", want)
			}
		}
	}
}
