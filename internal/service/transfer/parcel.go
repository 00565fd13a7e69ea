package transfer

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"

	"luoshi/internal/store/parts"
)

// Parcel is a parcel that was opened and found whole: every part is of the size and the digest that its manifest says.
type Parcel struct {
	Manifest Manifest
	parts    map[string]*zip.File
	closer   io.Closer
}

// Open opens a parcel.
func Open(path string) (*Parcel, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	p, err := read(file, info.Size(), usual)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	p.closer = file
	return p, nil
}

// Close closes the file.
func (p *Parcel) Close() error {
	if p.closer == nil {
		return nil
	}
	return p.closer.Close()
}

func read(file io.ReaderAt, size int64, limits Limits) (*Parcel, error) {
	if size > limits.File {
		return nil, fault(nil, "transfer.large", fmt.Sprintf("%d > %d B", size, limits.File))
	}
	opened, err := zip.NewReader(file, size)
	if err != nil {
		return nil, fault(err, "transfer.not_parcel")
	}
	p := &Parcel{parts: map[string]*zip.File{}}
	if err := p.look(opened.File, limits); err != nil {
		return nil, err
	}
	if err := p.readManifest(); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	return p, nil
}

// entryName is how entries may be called: no folder but ours, and nothing deeper.
var entryName = regexp.MustCompile(`^(manifest\.json|records/[a-z_]+/[a-z_]+\.jsonl|files/[0-9a-f]{64})$`)

// look looks at what the entries say of themselves, before any of them is unpacked.
func (p *Parcel) look(entries []*zip.File, limits Limits) error {
	if len(entries) > limits.Entries {
		return fault(nil, "transfer.large", fmt.Sprintf("%d > %d", len(entries), limits.Entries))
	}
	var records, files int64
	for _, e := range entries {
		if !entryName.MatchString(e.Name) || p.parts[e.Name] != nil || !e.Mode().IsRegular() {
			return fault(fmt.Errorf("there is an entry %q", e.Name), "transfer.not_parcel")
		}
		unpacked, packed := int64(e.UncompressedSize64), int64(e.CompressedSize64)
		if unpacked < 0 || packed < 0 || unpacked > small && unpacked/limits.Ratio > packed {
			return fault(nil, "transfer.large", fmt.Sprintf("%s %d/%d B", e.Name, unpacked, packed))
		}
		sum, most := &records, limits.Records
		if e.Name[0] == 'f' {
			sum, most = &files, limits.Files
		}
		if *sum += unpacked; unpacked > most || *sum > most {
			return fault(nil, "transfer.large", fmt.Sprintf("%s %d > %d B", e.Name, *sum, most))
		}
		p.parts[e.Name] = e
	}
	return nil
}

// open unpacks an entry, up to the size that it says it has.
func (p *Parcel) open(name string) (io.ReadCloser, error) {
	entry := p.parts[name]
	if entry == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	content, err := entry.Open()
	if err != nil {
		return nil, err
	}
	return bounded{io.LimitReader(content, int64(entry.UncompressedSize64)+1), content}, nil
}

// bounded reads a part and closes the whole.
type bounded struct {
	io.Reader
	io.Closer
}

func (p *Parcel) readManifest() error {
	content, err := p.open(manifestName)
	if err != nil {
		return fault(err, "transfer.not_parcel")
	}
	text, err := io.ReadAll(io.LimitReader(content, largestManifest))
	if err = errors.Join(err, content.Close()); err == nil {
		err = json.Unmarshal(text, &p.Manifest)
	}
	if err != nil || p.Manifest.Format != Format {
		return fault(err, "transfer.not_parcel")
	}
	if p.Manifest.Version != Version {
		return fault(nil, "transfer.version", manifestName)
	}
	return nil
}

// check compares every part with the manifest, and the manifest with the parts.
func (p *Parcel) check() error {
	listed := map[string]bool{manifestName: true}
	for _, part := range p.Manifest.Parts {
		if err := p.checkPart(part); err != nil || listed[part.Name] {
			return fault(err, "transfer.damaged", part.Name)
		}
		listed[part.Name] = true
	}
	for name := range p.parts {
		if !listed[name] {
			return fault(nil, "transfer.damaged", name)
		}
	}
	for _, k := range kinds {
		for _, t := range k.tables {
			if !listed[recordsName(k, t)] {
				return fault(nil, "transfer.version", t.name)
			}
		}
	}
	return nil
}

func (p *Parcel) checkPart(part parts.Part) error {
	content, err := p.open(part.Name)
	if err != nil {
		return err
	}
	return part.Check(content)
}

// contents are the records of the parcel.
func (p *Parcel) contents(shapes map[string]shape) (contents, error) {
	found := noContents()
	for i, k := range kinds {
		for j, t := range k.tables {
			lines, err := p.rows(recordsName(k, t), shapes[t.name])
			if errors.Is(err, errColumns) {
				return nil, fault(err, "transfer.version", t.name)
			}
			if err != nil {
				return nil, fault(err, "transfer.damaged", recordsName(k, t))
			}
			found[i][j] = lines
		}
	}
	return found, nil
}

// rows are the lines of an entry, each of which ends.
func (p *Parcel) rows(name string, s shape) ([]row, error) {
	content, err := p.open(name)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(content)
	if err = errors.Join(err, content.Close()); err != nil {
		return nil, err
	}
	var found []row
	for number := 1; len(text) > 0; number++ {
		line, rest, ended := bytes.Cut(text, []byte("\n"))
		if !ended {
			return nil, fmt.Errorf("line %d has no end", number)
		}
		r, err := s.parse(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		found, text = append(found, r), rest
	}
	return found, nil
}
