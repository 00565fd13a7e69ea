package archive

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"luoshi/internal/audit/signing"
	"luoshi/internal/store/backup"
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
		return nil, errors.Join(fault("version", nil, "备份 "+path+" 的格式不是本程序所知道的\uff0c请用建立它的程序恢复。",
			"The archive "+path+" is of a form that this program does not know; use the program that made it."), reader.Close())
	}
	return a, nil
}

func notWhole(path string, cause error) error {
	return fault("not_whole", cause, path+" 不是完整的备份文件\uff0c请换一个备份。", path+" is not a whole archive; take another one.")
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
			return fault("damaged", err, "备份里的 "+part.Name+" 已经损坏\uff0c请换一个备份。",
				"The part "+part.Name+" of the archive is damaged; take another archive.")
		}
	}
	rows, err := a.zip.Open(ledgerName)
	if err != nil {
		return err
	}
	return errors.Join(backup.Read(rows, deaf{}), rows.Close())
}

func (a *Archive) checkPart(part Part) error {
	content, err := a.zip.Open(part.Name)
	if err != nil {
		return err
	}
	sum := sha256.New()
	size, err := io.Copy(sum, content)
	if err = errors.Join(err, content.Close()); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); size != part.Size || got != part.SHA256 {
		return fmt.Errorf("it has %d bytes with the digest %s", size, got)
	}
	return nil
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
	out := &writer{zip: zip.NewWriter(w), manifest: a.Manifest}
	out.manifest.Parts = nil
	for _, part := range a.Manifest.Parts {
		if part.Name != keyName {
			out.manifest.Parts = append(out.manifest.Parts, part)
		}
	}
	for _, entry := range a.zip.File {
		if err := ctx.Err(); err != nil {
			return err
		}
		if entry.Name == keyName || entry.Name == manifestName {
			continue
		}
		if err := out.zip.Copy(entry); err != nil {
			return fmt.Errorf("archive: copy %s: %w", entry.Name, err)
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
