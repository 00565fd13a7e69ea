package blob

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"

	"luoshi/ledger"
)

// Folder keeps bytes in files below a folder, each named by its digest.
type Folder struct {
	root   *os.Root
	digest func() hash.Hash
}

// NewFolder opens a folder, which is made where it is absent. The digest is that of the ledger: SHA-256
// or SM3.
func NewFolder(dir string, digest func() hash.Hash) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return &Folder{root, digest}, nil
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

// fileOf is where a digest's bytes are: in 256 folders, so that none grows too long to be listed.
func fileOf(digest ledger.Digest) (string, error) {
	if raw, err := hex.DecodeString(string(digest)); err != nil || len(raw) < 2 {
		return "", fmt.Errorf("blob: %q is no digest", digest)
	}
	return path.Join(string(digest[:2]), string(digest)), nil
}

// Put writes a file beside its place and moves it there when it is complete and on the disk, so that
// nobody ever sees a part of it.
func (f *Folder) Put(ctx context.Context, content io.Reader, expected ledger.Digest) (Stored, error) {
	draft, err := f.draft()
	if err != nil {
		return Stored{}, err
	}
	stored, err := f.write(ctx, draft, content)
	if err == nil && expected != "" && stored.Digest != expected {
		err = ErrDamaged
	}
	if err == nil {
		err = f.settle(draft.Name(), stored.Digest)
	}
	if err != nil {
		return Stored{}, errors.Join(err, f.remove(draft))
	}
	return stored, nil
}

const drafts = "incoming"

func (f *Folder) draft() (*os.File, error) {
	if err := f.root.Mkdir(drafts, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("blob: %w", err)
	}
	file, err := os.CreateTemp(path.Join(f.root.Name(), drafts), "*")
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return file, nil
}

func (f *Folder) remove(draft *os.File) error {
	if err := os.Remove(draft.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("blob: %w", err)
	}
	return nil
}

func (f *Folder) write(ctx context.Context, draft *os.File, content io.Reader) (Stored, error) {
	sum := f.digest()
	size, err := io.Copy(io.MultiWriter(draft, sum), untilDone{ctx, content})
	if err == nil {
		err = draft.Sync()
	}
	if err := errors.Join(err, draft.Close()); err != nil {
		return Stored{}, fmt.Errorf("blob: write: %w", err)
	}
	return Stored{Digest: ledger.Digest(hex.EncodeToString(sum.Sum(nil))), Size: size}, nil
}

// untilDone reads until its context is done.
type untilDone struct {
	ctx    context.Context
	reader io.Reader
}

func (r untilDone) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.reader.Read(p)
}

// settle moves a complete draft to its place, over the same bytes where they are there already.
func (f *Folder) settle(draft string, digest ledger.Digest) error {
	name, err := fileOf(digest)
	if err != nil {
		return err
	}
	folder := path.Dir(name)
	if err := f.root.Mkdir(folder, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("blob: %w", err)
	}
	if err := f.root.Rename(path.Join(drafts, path.Base(draft)), name); err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	// The name is on the disk only when its folder is.
	listing, err := f.root.Open(folder)
	if err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	if err := errors.Join(listing.Sync(), listing.Close()); err != nil {
		return fmt.Errorf("blob: %w", err)
	}
	return nil
}

// Has tells whether something is kept under a digest.
func (f *Folder) Has(_ context.Context, digest ledger.Digest) (bool, error) {
	name, err := fileOf(digest)
	if err != nil {
		return false, err
	}
	_, err = f.root.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Open reads what is kept under a digest and checks it on the way.
func (f *Folder) Open(_ context.Context, digest ledger.Digest) (io.ReadCloser, error) {
	name, err := fileOf(digest)
	if err != nil {
		return nil, err
	}
	file, err := f.root.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	return &checked{File: file, sum: f.digest(), digest: digest}, nil
}

// checked is a file that is compared with its digest as it is read.
type checked struct {
	*os.File
	sum    hash.Hash
	digest ledger.Digest
}

// Read reads on; the end of the file is also the end of the comparison.
func (c *checked) Read(p []byte) (int, error) {
	n, err := c.File.Read(p)
	c.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(c.sum.Sum(nil)) != string(c.digest) {
		return n, ErrDamaged
	}
	return n, err
}

// WriteTo is Read to the end; that of a file would pass the comparison by.
func (c *checked) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{c})
}
