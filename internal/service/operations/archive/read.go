package archive

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"luoshi/internal/audit/signing"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/parts"
)

// Archive is an archive that was opened.
type Archive struct {
	Manifest Manifest
	zip      *zip.ReadCloser
}

// largestManifest bounds what is read before anything is known of a file.
const largestManifest = 64 << 20

// Open opens an archive and reads its manifest; Check compares the rest with it.
func Open(path string) (*Archive, error) {
	reader, err := zip.OpenReader(path)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil, err
	}
	if err != nil {
		return nil, notWhole(path, err)
	}
	a := &Archive{zip: reader}
	if err := a.readManifest(); err != nil {
		return nil, errors.Join(notWhole(path, err), reader.Close())
	}
	if a.Manifest.Format != Format || a.Manifest.Version != Version {
		return nil, errors.Join(fault(nil, "archive.version", path), reader.Close())
	}
	return a, nil
}

func notWhole(path string, cause error) error {
	return fault(cause, "archive.not_whole", path)
}

func (a *Archive) readManifest() error {
	file, err := a.zip.Open(manifestName)
	if err != nil {
		return err
	}
	defer file.Close()
	return json.NewDecoder(io.LimitReader(file, largestManifest)).Decode(&a.Manifest)
}

// Close closes the file.
func (a *Archive) Close() error { return a.zip.Close() }

// Check reads everything and compares it with the manifest, and the ledger with its own digest.
func (a *Archive) Check() error {
	for _, part := range a.Manifest.Parts {
		if err := a.checkPart(part); err != nil {
			return fault(err, "archive.damaged", part.Name)
		}
	}
	rows, err := a.zip.Open(ledgerName)
	if err != nil {
		return err
	}
	return errors.Join(backup.Read(rows, deaf{}), rows.Close())
}

func (a *Archive) checkPart(part parts.Part) error {
	content, err := a.zip.Open(part.Name)
	if err != nil {
		return err
	}
	return part.Check(content)
}

// deaf takes rows and does nothing with them.
type deaf struct{}

// Header lets the header go.
func (deaf) Header(backup.Header) error { return nil }

// Table lets a table go.
func (deaf) Table(backup.Table) error { return nil }

// Row lets a row go.
func (deaf) Row(backup.Table, []any) error { return nil }

// Public are the public keys of the audit log.
func (a *Archive) Public() (signing.Keyring, error) {
	text, err := a.text(publicName)
	if err != nil {
		return nil, err
	}
	key, err := signing.ParsePublicKey(strings.TrimSpace(text))
	if err != nil {
		return nil, fmt.Errorf("archive: the public key: %w", err)
	}
	return signing.Keyring{key}, nil
}

// largestText bounds the small parts.
const largestText = 1 << 20

func (a *Archive) text(name string) (string, error) {
	file, err := a.zip.Open(name)
	if err != nil {
		return "", fmt.Errorf("archive: %w", err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, largestText))
	if err != nil {
		return "", fmt.Errorf("archive: read %s: %w", name, err)
	}
	return string(text), nil
}

// WriteWithoutKey copies the archive but for the key that signs the log: whoever carries the copy away cannot write
// another history. What is packed is not packed anew.
func (a *Archive) WriteWithoutKey(ctx context.Context, w io.Writer) error {
	packed := map[string]*zip.File{}
	for _, entry := range a.zip.File {
		packed[entry.Name] = entry
	}
	out := &writer{parts: parts.NewWriter(w, a.Manifest.Made), manifest: a.Manifest}
	for _, part := range a.Manifest.Parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if part.Name == keyName {
			continue
		}
		if packed[part.Name] == nil {
			return notWhole(part.Name, fs.ErrNotExist)
		}
		if err := out.parts.Copy(part, packed[part.Name]); err != nil {
			return fmt.Errorf("archive: %w", err)
		}
	}
	return out.close()
}

// readKey reads the text of a key that signing.LoadKey has found in order.
func readKey(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("archive: the key of the audit log: %w", err)
	}
	return string(text), nil
}
