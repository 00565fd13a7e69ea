package public

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"luoshi/internal/service/publication"
	"luoshi/ledger"
)

// Paper is a bulletin or a report that everybody may read.
type Paper struct {
	Title string
	Path  string // of its page on the server
	On    time.Time
	Name  string // of its files where there is no server, without their endings
	// Files are the formats in which it is written there, the one that browsers show first.
	Files func(ctx context.Context) ([]PaperFile, error)

	written []PaperFile
}

// PaperFile is a paper in a format.
type PaperFile struct {
	Format string // html
	Write  func(ctx context.Context, w io.Writer) error
}

// Papers are the bulletins and reports of a plan that everybody may read, the youngest first.
type Papers func(ctx context.Context, plan ledger.PlanID) ([]Paper, error)

// WithPapers is the pages with the papers of plans on them.
func (p *Pages) WithPapers(papers Papers) *Pages {
	p.papers = papers
	return p
}

// papersOf are the papers of a plan; none where nobody tells.
func (p *Pages) papersOf(ctx context.Context, plan ledger.PlanID) ([]Paper, error) {
	if p.papers == nil {
		return nil, nil
	}
	return p.papers(ctx, plan)
}

// paperLink is a way to a paper, or to one of its formats.
type paperLink struct{ title, url string }

// links lead to a paper: to its page on the server, or to each of its files.
func (p Paper) links(s site, o publication.Opened) []paperLink {
	if !s.static {
		return []paperLink{{p.Title, p.Path}}
	}
	var all []paperLink
	for i, f := range p.written {
		title := strings.ToUpper(f.Format)
		if i == 0 {
			title = p.Title
		}
		all = append(all, paperLink{title, s.file(p.file(o, f))})
	}
	return all
}

// file is where a file of the paper is.
func (p Paper) file(o publication.Opened, f PaperFile) string {
	return o.Address + "/papers/" + p.Name + "." + f.Format
}

// paperFiles writes the papers of a plan as files, and tells which there are.
func (w *writer) paperFiles(o publication.Opened) ([]Paper, error) {
	all, err := w.papersOf(w.ctx, o.Plan)
	if err != nil {
		return nil, err
	}
	for i, one := range all {
		if all[i].written, err = one.Files(w.ctx); err != nil {
			return nil, err
		}
		for _, f := range all[i].written {
			if err := w.stream(one.file(o, f), func(out io.Writer) error { return f.Write(w.ctx, out) }); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// pictures writes the pictures of a promise.
func (w *writer) pictures(p promiseView) error {
	written := map[string]bool{}
	for _, picture := range p.Pictures {
		for _, name := range []string{picture.Name(), picture.SmallName()} {
			if written[name] {
				continue
			}
			written[name] = true
			file, err := w.uses.Picture(w.ctx, p.Promise, name)
			if err != nil {
				return err
			}
			err = w.stream(p.picture(name), func(out io.Writer) error {
				_, err := io.Copy(out, file)
				return err
			})
			if err := errors.Join(err, file.Close()); err != nil {
				return err
			}
		}
	}
	return nil
}
