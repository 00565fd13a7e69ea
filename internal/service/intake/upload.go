package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"

	"luoshi/document"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// mediaTypes are under which type the files of a format are handed out again.
var mediaTypes = map[document.Format]string{
	document.Text: "text/plain; charset=utf-8", document.Markdown: "text/markdown; charset=utf-8",
	document.HTML: "text/html", document.CSV: "text/csv", document.PDF: "application/pdf", document.OFD: "application/ofd",
	document.Word:  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	document.Excel: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

// Uploaded is what came of an upload.
type Uploaded struct {
	Document store.Record[store.Document]
	Again    bool // the same file was there already; nothing was changed
}

// Upload takes a file in and asks for its reading. A file that cannot be opened is refused with the fault that
// says why. The same bytes again lead to the document that is there, whatever the file is called now.
func (s *Service) Upload(ctx context.Context, name string, content io.Reader) (Uploaded, error) {
	unit := s.home(ctx, upload)
	if err := s.core.Check(ctx, upload, service.Owned{Lead: unit}); err != nil {
		return Uploaded{}, err
	}
	if name = plainName(name); name == "" {
		return Uploaded{}, newFault("upload.name", nil)
	}
	// One byte more than is allowed tells that the file is too large without reading all of it.
	data, err := io.ReadAll(io.LimitReader(content, s.limits.Bytes+1))
	if err != nil {
		return Uploaded{}, newFault("upload.broken", err)
	}
	opened, err := s.open(ctx, name, data)
	if err != nil {
		return Uploaded{}, documentFault(err)
	}
	// The bytes come first: a file that no record speaks of does no harm, a record without its file would.
	stored, err := s.blobs.Put(ctx, bytes.NewReader(data), "")
	if err != nil {
		return Uploaded{}, fmt.Errorf("keeping the file: %w", err)
	}
	record := store.Document{
		Digest: stored.Digest, Name: name, MediaType: mediaTypes[opened.Format], Size: stored.Size,
		Title: titleOf(opened), Text: opened.Text,
	}
	return s.takeIn(ctx, record, opened, unit)
}

// takeIn records a document, or finds the one with its bytes.
func (s *Service) takeIn(ctx context.Context, doc store.Document, opened *document.Document, unit ledger.UnitID) (Uploaded, error) {
	earlier, err := s.core.Store().Documents().Get(ctx, string(doc.Digest))
	if err == nil {
		if _, err := s.readingOf(ctx, doc.Digest); err == nil {
			return Uploaded{Document: earlier, Again: true}, nil
		}
	}
	var missing *store.NotFound
	known := err == nil
	if err != nil && !errors.As(err, &missing) {
		return Uploaded{}, fmt.Errorf("looking for the document: %w", err)
	}
	var uploaded Uploaded
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, upload, service.Owned{Lead: unit}); err != nil {
			return err
		}
		uploaded = Uploaded{Document: earlier}
		if !known {
			if uploaded.Document, err = s.core.Store().Documents().Add(ctx, doc); err != nil {
				return err
			}
		}
		row := readingRow{
			Document: string(doc.Digest), Unit: string(unit), Account: string(service.CallerOf(ctx).Account()),
			Format: string(opened.Format), Kind: string(opened.Meta.Kind), PlanYear: opened.Meta.PlanYear,
			State: string(Waiting), Asked: moment{s.core.Store().Now()},
		}
		if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("asking for the document to be read: %w", err)
		}
		w.Record(upload, "documents", string(doc.Digest), nil, summary(doc), map[string]string{"unit": string(unit)})
		return w.Enqueue(ctx, service.Task{Kind: ReadKind, Args: readArgs{Document: doc.Digest}})
	})
	var exists *store.Exists
	if errors.As(err, &exists) { // somebody else brought the same file at the same moment
		uploaded.Document, err = s.core.Store().Documents().Get(ctx, string(doc.Digest))
		uploaded.Again = true
	}
	return uploaded, err
}

// open opens a file, waiting for a turn.
func (s *Service) open(ctx context.Context, name string, data []byte) (*document.Document, error) {
	select {
	case s.turns <- struct{}{}:
		defer func() { <-s.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return document.Open(ctx, name, data, document.Options{Limits: s.limits})
}

// brief is a document as the log keeps it: all but its text, which its digest vouches for.
type brief struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	Title     string `json:"title"`
}

func summary(d store.Document) brief { return brief{d.Name, d.MediaType, d.Size, d.Title} }

// titleOf is what a document is called in lists: what it calls itself, or else its file.
func titleOf(d *document.Document) string {
	if d.Meta.Title.Value != "" {
		return d.Meta.Title.Value
	}
	return strings.TrimSuffix(d.Name, path.Ext(d.Name))
}

// longestName is the length of a file's name in characters; what is longer is cut in the middle of nowhere by
// other programs too.
const longestName = 200

// plainName is the name of a file without folders and without what cannot be printed.
func plainName(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.TrimSpace(name)
	if name == "." || name == "/" || name == ".." {
		return ""
	}
	if letters := []rune(name); len(letters) > longestName {
		extension := []rune(path.Ext(name))
		extension = extension[:min(len(extension), longestName/2)]
		name = string(letters[:longestName-len(extension)]) + string(extension)
	}
	return name
}
