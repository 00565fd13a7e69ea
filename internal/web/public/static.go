package public

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/web/assets"
	"luoshi/internal/web/charts"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// StaticOptions are what Write may be told.
type StaticOptions struct {
	// Origin is the address of the server that takes what citizens say; the pages do not lead there where it is empty.
	Origin string
	// Notice is said above every page, of a demonstration that it is one.
	Notice ledger.Wording
}

// Written is what was written.
type Written struct {
	Plans, Promises int
	Files           int64
}

// ErrOccupied is the error of a folder that holds something else than a public site.
var ErrOccupied = errors.New("the folder holds something else")

// Write writes everything that is public as files that any file server gives out, in both languages. Links lead from
// file to file, so that the folder may lie anywhere. What was written there before is replaced as a whole once the new
// files are complete; a folder that holds anything else is left alone.
func (p *Pages) Write(ctx context.Context, folder string, o StaticOptions) (Written, error) {
	if err := vacant(folder); err != nil {
		return Written{}, err
	}
	fresh := strings.TrimSuffix(folder, string(filepath.Separator)) + ".new"
	if err := os.RemoveAll(fresh); err != nil {
		return Written{}, fmt.Errorf("making room for the site: %w", err)
	}
	w := &writer{Pages: p, ctx: ctx, folder: fresh, options: o, folders: map[string]bool{}}
	if err := w.site(); err != nil {
		return w.done, errors.Join(err, os.RemoveAll(fresh))
	}
	w.done.Files = w.files.Load()
	return w.done, replace(fresh, folder)
}

// marker is the file by which a folder is known to hold a public site.
const marker = "site.json"

// vacant fails where a folder holds something else than a public site.
func vacant(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("looking into the folder of the site: %w", err)
	}
	if !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return e.Name() == marker }) {
		return fmt.Errorf("%s: %w", folder, ErrOccupied)
	}
	return nil
}

// replace puts a folder in the place of another one.
func replace(fresh, folder string) error {
	old := fresh + ".old"
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("replacing the site: %w", err)
	}
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("replacing the site: %w", err)
	}
	if err := os.Rename(fresh, folder); err != nil {
		return fmt.Errorf("replacing the site: %w", err)
	}
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("replacing the site: %w", err)
	}
	return nil
}

// writer writes a site. Pages are rendered on all processors.
type writer struct {
	*Pages
	ctx     context.Context
	folder  string
	options StaticOptions
	done    Written
	files   atomic.Int64

	mu      sync.Mutex
	folders map[string]bool // that were made
	failed  error
	pages   chan pageToWrite
	wait    sync.WaitGroup
}

// pageToWrite is a page in a language.
type pageToWrite struct {
	at      site
	title   string
	content content
}

// languages are those in which pages are written.
var languages = []page.Lang{page.Chinese, page.English}

func (w *writer) site() error {
	plans, err := w.uses.Plans(w.ctx)
	if err != nil {
		return err
	}
	w.pages = make(chan pageToWrite, 64)
	for range runtime.GOMAXPROCS(0) {
		w.wait.Go(func() {
			for p := range w.pages {
				w.fail(w.page(p))
			}
		})
	}
	err = w.everything(plans)
	close(w.pages)
	w.wait.Wait()
	return errors.Join(err, w.failed)
}

func (w *writer) fail(err error) {
	if err != nil {
		w.mu.Lock()
		w.failed = errors.Join(w.failed, err)
		w.mu.Unlock()
	}
}

// everything writes all pages and files.
func (w *writer) everything(plans []publication.Opened) error {
	var all []counted
	var index []indexed
	for _, o := range plans {
		tally, err := w.uses.Count(w.ctx, o)
		if err != nil {
			return err
		}
		all = append(all, counted{o, tally})
		found, err := w.plan(counted{o, tally})
		if err != nil {
			return err
		}
		index = append(index, found...)
	}
	w.render("", "public.title", homePage(all))
	w.render("about", "public.about", aboutPage(w.key()))
	w.render("search", "public.search", searchPage(searchView{}))
	if err := w.json("search.json", index); err != nil {
		return err
	}
	return w.shared(plans)
}

// shared writes what belongs to the whole site.
func (w *writer) shared(plans []publication.Opened) error {
	for _, name := range []string{"tabler.css", "app.css", charts.Style, "public.css", "public.js", "logo.svg"} {
		file, content, ok := assets.Content(name)
		if !ok {
			continue // the program was built without it, and pages say so
		}
		if err := w.bytes("assets/"+file, content); err != nil {
			return err
		}
	}
	log, err := w.uses.Log(w.ctx)
	if err != nil {
		return err
	}
	if err := w.json("log.json", log); err != nil {
		return err
	}
	feed, err := w.siteFeed(with(w.ctx, site{static: true, lang: page.Chinese, here: "search"}))
	if err != nil {
		return err
	}
	if err := w.stream("feed.xml", feed.write); err != nil {
		return err
	}
	w.done.Plans = len(plans)
	return w.json(marker, siteFiles(plans))
}

// indexed is a promise as the search in the browser knows it.
type indexed struct {
	Title  string `json:"title"`
	Number string `json:"number,omitempty"`
	Unit   string `json:"unit,omitempty"`
	Page   string `json:"page"`
	Words  string `json:"words"`
}

// plan writes a plan, and tells what of it is found by searching.
func (w *writer) plan(c counted) ([]indexed, error) {
	told, err := w.uses.All(w.ctx, c.Opened)
	if err != nil {
		return nil, err
	}
	prover, err := w.prover(w.ctx, c.Opened)
	if err != nil {
		return nil, err
	}
	var index []indexed
	for _, t := range told {
		p := t.Promise
		name := c.Address + "/promises/" + p.Key
		view := promiseView{Promise: p, told: t, plan: c.Opened}
		w.title(name, p.Title, promisePage(view))
		if err := w.pictures(view); err != nil {
			return nil, err
		}
		proof, err := prover.Of(t)
		if err != nil {
			return nil, err
		}
		if err := w.json(c.Address+"/proofs/"+p.Key+".json", proof); err != nil {
			return nil, err
		}
		index = append(index, indexed{
			Title: p.Title, Number: p.Number, Unit: p.Lead, Page: fileName(name), Words: strings.ToLower(p.Number + " " + p.Title + " " + p.Wording + " " + p.Lead),
		})
	}
	w.done.Promises += len(told)
	w.lists(c, told)
	overview := planView{counted: c}
	if overview.papers, err = w.paperFiles(c.Opened); err != nil {
		return nil, err
	}
	w.title(c.Address, c.Title, planPage(overview))
	if c.Shown(disclosed.Data) {
		w.render(c.Address+"/data", "public.data", dataPage(c.Opened))
	}
	view, err := w.proofView(w.ctx, c.Opened)
	if err != nil {
		return nil, err
	}
	w.render(c.Address+"/proof", "public.proof", proofPage(view))
	return index, errors.Join(w.planFiles(c.Opened), w.documents(c.Opened))
}

// planFiles writes the files of a plan.
func (w *writer) planFiles(o publication.Opened) error {
	ctx := with(w.ctx, site{static: true, lang: page.Chinese, here: o.Address + "/files/feed"})
	for _, name := range fileNames {
		kind, _ := fileKindOf(name)
		if kind.data && !o.Shown(disclosed.Data) {
			continue
		}
		if err := w.stream(o.Address+"/files/"+name, func(out io.Writer) error { return kind.write(w.Pages, ctx, o, out) }); err != nil {
			return err
		}
	}
	return nil
}

// documents writes the documents that can be downloaded.
func (w *writer) documents(o publication.Opened) error {
	for _, d := range o.Documents {
		if !d.Open {
			continue
		}
		_, file, err := w.uses.Document(w.ctx, o, d.Digest)
		if err != nil {
			return err
		}
		err = w.stream(documentFile(site{static: true}, o, d), func(out io.Writer) error {
			_, err := io.Copy(out, file)
			return err
		})
		if err := errors.Join(err, file.Close()); err != nil {
			return err
		}
	}
	return nil
}

// at is the site as a page sees it.
func (w *writer) at(lang page.Lang, name string) site {
	return site{static: true, lang: lang, here: name, origin: strings.TrimSuffix(w.options.Origin, "/")}
}

// render writes a page in both languages, under a title of the dictionary.
func (w *writer) render(name, title string, inner content) {
	for _, lang := range languages {
		w.pages <- pageToWrite{w.at(lang, name), page.View{Lang: lang}.T(title), inner}
	}
}

// title writes a page in both languages, under the title that the plan gives it.
func (w *writer) title(name, title string, inner content) {
	for _, lang := range languages {
		w.pages <- pageToWrite{w.at(lang, name), title, inner}
	}
}

// page writes a page.
func (w *writer) page(p pageToWrite) error {
	ctx := page.With(with(w.ctx, p.at), page.View{Lang: p.at.lang, Notice: w.options.Notice})
	var text bytes.Buffer
	if err := shell(p.title, p.content).Render(ctx, &text); err != nil {
		return fmt.Errorf("writing the page %s: %w", p.at.here, err)
	}
	return w.bytes(p.at.folder()+fileName(p.at.here), text.Bytes())
}

func (w *writer) json(name string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return w.bytes(name, text)
}

func (w *writer) stream(name string, write func(io.Writer) error) error {
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return err
	}
	return w.bytes(name, text.Bytes())
}

// readableByAll and enterableByAll are the modes of what everybody may read.
const (
	readableByAll  = 0o644
	enterableByAll = 0o755
)

// bytes writes a file, and its folder where it is the first in it.
func (w *writer) bytes(name string, content []byte) error {
	path := filepath.Join(w.folder, filepath.FromSlash(name))
	if err := w.enter(filepath.Dir(path)); err != nil {
		return err
	}
	if err := os.WriteFile(path, content, readableByAll); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	w.files.Add(1)
	return nil
}

func (w *writer) enter(folder string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.folders[folder] {
		return nil
	}
	if err := os.MkdirAll(folder, enterableByAll); err != nil {
		return fmt.Errorf("making the folder %s: %w", folder, err)
	}
	w.folders[folder] = true
	return nil
}
