package public_test

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"luoshi/internal/service"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/public"
)

// write writes the site of a town into a folder.
func (o *town) write(tb testing.TB, folder string, options public.StaticOptions) public.Written {
	tb.Helper()
	ctx := service.As(tb.Context(), service.Caller{})
	return have[public.Written](tb)(o.pages.Write(ctx, folder, options))
}

// TestTheFilesAreAWholeSite: every page is valid, every link leads to a file or a place that is there, and nothing is
// loaded from elsewhere.
func TestTheFilesAreAWholeSite(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.promises(t, 210)
		o.open(t)
		folder := filepath.Join(t.TempDir(), "site")
		written := o.write(t, folder, public.StaticOptions{Origin: "https://luoshi.example/"})
		if written.Plans != 1 || written.Promises != 213 || written.Files < 3*213 {
			t.Errorf("written: %+v", written)
		}
		files, pages := read(t, folder), o.whole(t, folder)
		if pages < 2*213 || files["en/2026/section/1-2.html"] == nil || files["2026/files/records.jsonl"] == nil || files["2026/proofs/2026-002.json"] == nil {
			t.Errorf("%d pages of %d files", pages, len(files))
		}
		before := string(files["index.html"])
		o.write(t, folder, public.StaticOptions{Origin: "https://luoshi.example/"})
		if again := read(t, folder); string(again["index.html"]) != before || len(again) != len(files) {
			t.Error("written again it is another site")
		}
	})
}

// whole checks all pages of a folder and follows their links, and tells how many pages there are.
func (o *town) whole(t *testing.T, folder string) (pages int) {
	t.Helper()
	files := read(t, folder)
	for name, content := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		pages++
		for _, problem := range validate(content) {
			t.Errorf("%s: %s", name, problem)
		}
		follow(t, files, name, content)
		if bytes.Contains(content, []byte("\u27e6")) {
			t.Errorf("%s lacks words", name)
		}
	}
	return pages
}

// TestAFolderOfOthersIsLeftAlone: what is no public site is not written over.
func TestAFolderOfOthersIsLeftAlone(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		o := settle(t, dsn, 0)
		o.open(t)
		folder := t.TempDir()
		must(t, os.WriteFile(filepath.Join(folder, "letter.txt"), []byte("mine"), 0o600))
		if _, err := o.pages.Write(t.Context(), folder, public.StaticOptions{}); err == nil {
			t.Error("it was written over")
		}
		if _, err := os.Stat(filepath.Join(folder, "letter.txt")); err != nil {
			t.Error(err)
		}
	})
}

// read reads all files of a folder.
func read(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	must(t, fs.WalkDir(os.DirFS(folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files[name], err = os.ReadFile(filepath.Join(folder, name))
		return err
	}))
	return files
}

// follow follows the links of a page.
func follow(t *testing.T, files map[string][]byte, name string, content []byte) {
	t.Helper()
	root := have[*html.Node](t)(html.Parse(bytes.NewReader(content)))
	for node := range root.Descendants() {
		for _, a := range node.Attr {
			if a.Key != "href" && a.Key != "src" && a.Key != "data-search" && a.Key != "data-page" {
				continue
			}
			if strings.HasPrefix(a.Val, "https://luoshi.example/public/") {
				continue // to the server that takes what citizens say
			}
			to := have[*url.URL](t)(url.Parse(a.Val))
			if to.IsAbs() || strings.HasPrefix(a.Val, "/") {
				t.Errorf("%s leads to %s", name, a.Val)
				continue
			}
			target := path.Join(path.Dir(name), to.Path)
			if to.Path == "" {
				target = name
			}
			if strings.HasPrefix(target, "assets/") {
				continue // these are compiled into the program, or not
			}
			if files[target] == nil {
				t.Errorf("%s leads to %s, which is not there", name, target)
			}
			if to.Fragment != "" && !bytes.Contains(files[target], []byte(`id="`+to.Fragment+`"`)) {
				t.Errorf("%s leads to a place %s that is not there", name, a.Val)
			}
		}
	}
}

// BenchmarkSite writes the site of 5,000 promises, as a large district has them.
func BenchmarkSite(b *testing.B) {
	o := settle(b, "sqlite:"+filepath.Join(b.TempDir(), "luoshi.db"), 5000)
	o.open(b)
	folder := filepath.Join(b.TempDir(), "site")
	for b.Loop() {
		o.write(b, folder, public.StaticOptions{})
	}
}
