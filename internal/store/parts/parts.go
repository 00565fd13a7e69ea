// Package parts writes and checks the parts of a file that carries a ledger, or some of it, to another server: a zip file
// with the size and the digest of every part in a manifest, which stands last, so that a file that was cut off has none.
package parts

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"
)

// Part is one entry of the file but for the manifest itself.
type Part struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Check reads the content of a part to its end, compares it with what the manifest says, and closes it.
func (p Part) Check(content io.ReadCloser) error {
	found, err := measure(p.Name, func(w io.Writer) error {
		_, err := io.Copy(w, content)
		return err
	})
	if err = errors.Join(err, content.Close()); err != nil {
		return err
	}
	if found != p {
		return fmt.Errorf("it has %d bytes with the digest %s", found.Size, found.SHA256)
	}
	return nil
}

// measure is the part that something writes.
func measure(name string, write func(io.Writer) error) (Part, error) {
	sum, size := sha256.New(), counter(0)
	err := write(io.MultiWriter(sum, &size))
	return Part{Name: name, Size: int64(size), SHA256: hex.EncodeToString(sum.Sum(nil))}, err
}

// counter counts bytes.
type counter int64

// Write counts.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// Writer writes a file.
type Writer struct {
	zip   *zip.Writer
	made  time.Time
	parts []Part
}

// NewWriter begins a file; made is what its entries bear as their time.
func NewWriter(w io.Writer, made time.Time) *Writer {
	return &Writer{zip: zip.NewWriter(w), made: made}
}

// Parts are those written so far, as the manifest is to list them.
func (w *Writer) Parts() []Part { return w.parts }

// Add writes a part and notes its digest. The method is zip.Store for what is compressed already.
func (w *Writer) Add(name string, method uint16, write func(io.Writer) error) error {
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: w.made})
	if err != nil {
		return fmt.Errorf("begin %s: %w", name, err)
	}
	part, err := measure(name, func(measured io.Writer) error { return write(io.MultiWriter(entry, measured)) })
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	w.parts = append(w.parts, part)
	return nil
}

// Copy takes over a part of another file, packed as it is.
func (w *Writer) Copy(part Part, entry *zip.File) error {
	if err := w.zip.Copy(entry); err != nil {
		return fmt.Errorf("copy %s: %w", part.Name, err)
	}
	w.parts = append(w.parts, part)
	return nil
}

// Close writes the manifest and ends the file.
func (w *Writer) Close(name string, manifest any) error {
	text, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return fmt.Errorf("the manifest: %w", err)
	}
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: w.made})
	if err == nil {
		_, err = entry.Write(append(text, '\n'))
	}
	if err = errors.Join(err, w.zip.Close()); err != nil {
		return fmt.Errorf("the manifest: %w", err)
	}
	return nil
}
