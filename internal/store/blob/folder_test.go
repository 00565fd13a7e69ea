package blob_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

var _ blob.Store = (*blob.Folder)(nil)

func open(t *testing.T) (*blob.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "文件")
	f, err := blob.NewFolder(dir, sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f, dir
}

func digestOf(content string) ledger.Digest {
	sum := sha256.Sum256([]byte(content))
	return ledger.Digest(hex.EncodeToString(sum[:]))
}

// files are the files below a folder.
func files(t *testing.T, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestBytesComeBack(t *testing.T) {
	f, dir := open(t)
	for _, content := range []string{"", "望溪区工作要点", strings.Repeat("x", 1<<20)} {
		for range 2 { // the same again changes nothing
			stored, err := f.Put(t.Context(), strings.NewReader(content), digestOf(content))
			if err != nil || stored.Digest != digestOf(content) || stored.Size != int64(len(content)) {
				t.Fatalf("put %.20q: %+v, %v", content, stored, err)
			}
		}
		r, err := f.Open(t.Context(), digestOf(content))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil || string(got) != content {
			t.Errorf("got %.20q, %v", got, err)
		}
		if has, err := f.Has(t.Context(), digestOf(content)); !has || err != nil {
			t.Errorf("has it: %v, %v", has, err)
		}
	}
	if found := files(t, dir); len(found) != 3 {
		t.Errorf("the folder holds %v", found)
	}
}

func TestWhatFailsLeavesNothing(t *testing.T) {
	f, dir := open(t)
	lost := errors.New("connection lost")
	if _, err := f.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(lost)), ""); !errors.Is(err, lost) {
		t.Errorf("a broken upload gives %v", err)
	}
	if _, err := f.Put(t.Context(), strings.NewReader("altered"), digestOf("original")); !errors.Is(err, blob.ErrDamaged) {
		t.Errorf("other bytes than expected give %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := f.Put(ended, strings.NewReader("late"), ""); !errors.Is(err, context.Canceled) {
		t.Errorf("an upload that was given up gives %v", err)
	}
	if found := files(t, dir); len(found) > 0 {
		t.Errorf("the folder holds %v", found)
	}
}

func TestAbsentAndForgedDigests(t *testing.T) {
	f, _ := open(t)
	if _, err := f.Open(t.Context(), digestOf("absent")); !errors.Is(err, blob.ErrAbsent) {
		t.Errorf("absent: %v", err)
	}
	if has, err := f.Has(t.Context(), digestOf("absent")); has || err != nil {
		t.Errorf("absent: %v, %v", has, err)
	}
	for _, forged := range []ledger.Digest{"", "a", "../../etc/passwd", "ab/../../cd", "zz"} {
		if _, err := f.Open(t.Context(), forged); err == nil || errors.Is(err, blob.ErrAbsent) {
			t.Errorf("%q: %v", forged, err)
		}
	}
}

func TestDamageIsNoticedInReading(t *testing.T) {
	f, dir := open(t)
	content := strings.Repeat("年度计划。", 1000)
	if _, err := f.Put(t.Context(), strings.NewReader(content), ""); err != nil {
		t.Fatal(err)
	}
	path := files(t, dir)[0]
	altered := []byte(content)
	altered[len(altered)/2] ^= 1
	if err := os.WriteFile(path, altered, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, read := range map[string]func(io.Reader) error{
		"ReadAll": func(r io.Reader) error { _, err := io.ReadAll(r); return err },
		"Copy":    func(r io.Reader) error { _, err := io.Copy(&bytes.Buffer{}, r); return err },
		"WriteTo": func(r io.Reader) error { _, err := r.(io.WriterTo).WriteTo(io.Discard); return err },
	} {
		r, err := f.Open(t.Context(), digestOf(content))
		if err != nil {
			t.Fatal(err)
		}
		if err := read(r); !errors.Is(err, blob.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestManyMayPutTheSame(t *testing.T) {
	f, dir := open(t)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if _, err := f.Put(t.Context(), strings.NewReader("同一份文件"), ""); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if found := files(t, dir); len(found) != 1 {
		t.Errorf("the folder holds %v", found)
	}
}
