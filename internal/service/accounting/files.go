package accounting

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"luoshi/internal/account"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/office/paper"
)

// File is a frozen report in one format.
type File struct {
	Format string
	Size   int64
	Digest ledger.Digest
}

// Format is a format in which reports are offered.
type Format struct {
	Name      string // docx
	MediaType string
	write     func(w io.Writer, d paper.Document, how print) error
}

// bytesOf is a paper in a format.
func (f Format) bytesOf(d paper.Document, how print) ([]byte, error) {
	var b bytes.Buffer
	if err := f.write(&b, d, how); err != nil {
		return nil, fmt.Errorf("accounting: writing %s: %w", f.Name, err)
	}
	return b.Bytes(), nil
}

// Differs is why a report is not offered: what its file says is not what the ledger says.
type Differs struct{ account.Verification }

// Error says it in English.
func (d *Differs) Error() string {
	return fmt.Sprintf("the file that was written differs from the ledger in %d places", len(d.Differences))
}

// readBack writes the file of a report, opens it again, and holds what stands in it against the ledger.
func (s *Service) readBack(ctx context.Context, printed, now account.Content) (account.Verification, error) {
	word, _ := FormatOf(wordFormat)
	file, err := word.bytesOf(printed.Paper, print{})
	if err != nil {
		return account.Verification{}, err
	}
	return account.Verify(ctx, file, printed, current(printed, now))
}

// kept is what reading back a revision of a report has shown, against the ledger as it was then.
type kept struct {
	revision int64
	state    ledgerState
	found    account.Verification
}

// verify reads a report back, once for each revision and state of the ledger.
func (s *Service) verify(ctx context.Context, r Report) (account.Verification, error) {
	state, err := s.state(ctx, r.subject())
	if err != nil {
		return account.Verification{}, err
	}
	if known, ok := s.verified.Load(r.ID); ok {
		if last, ok := known.(kept); ok && last.revision == r.Revision && last.state == state {
			return last.found, nil
		}
	}
	now, err := s.compose(ctx, r.subject())
	if err != nil {
		return account.Verification{}, err
	}
	printed, _ := r.Printed()
	found, err := s.readBack(ctx, printed, now)
	if err == nil {
		s.verified.Store(r.ID, kept{r.Revision, state, found})
	}
	return found, err
}

// Verify reads a report back: its Word file is written, opened, read like any other, checked, and held against the ledger.
func (s *Service) Verify(ctx context.Context, id ID) (account.Verification, error) {
	r, err := s.readable(ctx, id)
	if err != nil {
		return account.Verification{}, err
	}
	return s.verify(ctx, r)
}

// Download is a report as a file. Of a frozen one it is the file that was kept; a draft is read back before, and one that
// differs from the ledger is not offered.
func (s *Service) Download(ctx context.Context, id ID, format string) (Report, Format, io.ReadCloser, error) {
	f, known := FormatOf(format)
	if !known {
		return Report{}, f, nil, &store.NotFound{Kind: Kind, ID: string(id) + "." + format}
	}
	r, err := s.readable(ctx, id)
	if err != nil {
		return r, f, nil, err
	}
	if r.State == Frozen {
		if i := slices.IndexFunc(r.Files, func(file File) bool { return file.Format == format }); i >= 0 {
			content, err := s.blobs.Open(ctx, r.Files[i].Digest)
			if err != nil {
				err = fmt.Errorf("accounting: opening %s of %s: %w", format, id, err)
			}
			return r, f, content, err
		}
		return r, f, nil, &store.NotFound{Kind: Kind, ID: string(id) + "." + format}
	}
	found, err := s.verify(ctx, r)
	if err != nil {
		return r, f, nil, err
	}
	if len(found.Differences) > 0 {
		return r, f, nil, differing(found)
	}
	printed, _ := r.Printed()
	data, err := f.bytesOf(printed.Paper, print{draftMark, s.fonts()})
	return r, f, io.NopCloser(bytes.NewReader(data)), fontless(err)
}

// differing is the fault of a report that differs from the ledger.
func differing(found account.Verification) error {
	fault := faults.New("report.differs", fmt.Sprint(len(found.Differences)))
	fault.Cause = &Differs{found}
	return fault
}

// DifferencesOf are the differences that kept a report from being offered; none where it was something else.
func DifferencesOf(err error) []account.Difference {
	var d *Differs
	if errors.As(err, &d) {
		return d.Differences
	}
	return nil
}

// keepFiles writes a report in every format and keeps the bytes. They come before the record that names them: a file that
// no record speaks of does no harm.
func (s *Service) keepFiles(ctx context.Context, d paper.Document) ([]File, error) {
	var files []File
	for _, f := range formats {
		data, err := f.bytesOf(d, print{fonts: s.fonts()})
		if isFontless(err) {
			continue // the other formats say the same
		}
		if err != nil {
			return nil, err
		}
		stored, err := s.blobs.Put(ctx, bytes.NewReader(data), "")
		if err != nil {
			return nil, fmt.Errorf("accounting: keeping %s: %w", f.Name, err)
		}
		files = append(files, File{Format: f.Name, Size: stored.Size, Digest: stored.Digest})
	}
	return files, nil
}

// filesOf are the files of a frozen report, in the order of the formats.
func (s *Service) filesOf(ctx context.Context, id ID) ([]File, error) {
	var rows []fileRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("paper = ?", id).Scan(ctx); err != nil {
		return nil, fmt.Errorf("accounting: reading the files of %s: %w", id, err)
	}
	var files []File
	for _, f := range formats {
		for _, r := range rows {
			if r.Format == f.Name {
				files = append(files, File{Format: r.Format, Size: r.Size, Digest: ledger.Digest(r.Digest)})
			}
		}
	}
	return files, nil
}

// digest is that of a paper as it is kept: whoever has the paper can see that nothing of it was changed.
func digest(c account.Content) (string, error) {
	text, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("accounting: writing the paper: %w", err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}
