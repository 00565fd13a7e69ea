package evidence

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path"
	"strconv"

	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

// Scan looks at a file before it is kept. Where it finds something harmful it tells what; an error says that it could
// not look, and the file is not taken either.
type Scan func(ctx context.Context, name string, content io.Reader) (found string, err error)

// Taker takes files. It is safe for concurrent use.
type Taker struct {
	Blobs blob.Store
	// Scan looks at files; nobody does where it is nil.
	Scan Scan
	// MaxBytes bounds a file; MaxBytes of the package where it is 0.
	MaxBytes int64
}

// MaxBytes is how large a file may be where nothing else is said.
const MaxBytes = 50 << 20

// File is a file that was taken.
type File struct {
	Name      string        `json:"name"`
	MediaType string        `json:"media_type"`
	Size      int64         `json:"size"`
	Digest    ledger.Digest `json:"digest"`
	Preview   ledger.Digest `json:"preview,omitempty"` // a small picture of it; empty where there is none
	Scanned   bool          `json:"scanned"`           // a virus scanner has looked at it
}

// Take looks at a file and keeps its bytes. They come before the record that names them: a file that no record speaks of
// does no harm.
func (t Taker) Take(ctx context.Context, name string, content io.Reader) (File, error) {
	file := File{Name: plainName(name)}
	data, err := t.read(file.Name, content)
	if err != nil {
		return file, err
	}
	known := false
	if file.MediaType, known = mediaType(file.Name, data); !known {
		return file, fault("evidence.type", path.Ext(file.Name))
	}
	if err := t.scan(ctx, &file, data); err != nil {
		return file, err
	}
	stored, err := t.Blobs.Put(ctx, bytes.NewReader(data), "")
	if err != nil {
		return file, fmt.Errorf("keeping evidence: %w", err)
	}
	file.Digest, file.Size = stored.Digest, stored.Size
	if small := smallPicture(data); small != nil {
		stored, err := t.Blobs.Put(ctx, bytes.NewReader(small), "")
		if err != nil {
			return file, fmt.Errorf("keeping the preview of evidence: %w", err)
		}
		file.Preview = stored.Digest
	}
	return file, nil
}

// read is the content of a file, if it is whole and not too large.
func (t Taker) read(name string, content io.Reader) ([]byte, error) {
	most := t.MaxBytes
	if most == 0 {
		most = MaxBytes
	}
	if name == "" {
		return nil, fault("evidence.name")
	}
	// One byte more than is allowed tells that the file is too large without reading all of it.
	data, err := io.ReadAll(io.LimitReader(content, most+1))
	switch {
	case err != nil:
		return nil, because(err, "evidence.broken")
	case len(data) == 0:
		return nil, fault("evidence.empty")
	case int64(len(data)) > most:
		return nil, fault("evidence.large", strconv.FormatInt(most>>20, 10))
	}
	return data, nil
}

// scan lets the scanner look at a file, where there is one.
func (t Taker) scan(ctx context.Context, file *File, data []byte) error {
	if t.Scan == nil {
		return nil
	}
	found, err := t.Scan(ctx, file.Name, bytes.NewReader(data))
	if err != nil {
		return because(err, "evidence.unscanned")
	}
	if found != "" {
		return fault("evidence.harmful", found)
	}
	file.Scanned = true
	return nil
}

// Open opens a file, or its small picture, and tells under which type it is handed out. There is no small picture of a
// file whose Preview is empty.
func (t Taker) Open(ctx context.Context, file File, preview bool) (string, io.ReadCloser, error) {
	digest, mediaType := file.Digest, file.MediaType
	if preview {
		digest, mediaType = file.Preview, "image/jpeg"
	}
	content, err := t.Blobs.Open(ctx, digest)
	if err != nil {
		return "", nil, fmt.Errorf("opening %s: %w", file.Name, err)
	}
	return mediaType, content, nil
}
