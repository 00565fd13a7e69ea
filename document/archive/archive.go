// Package archive opens zip containers of foreign origin within limits, and the XML parts inside
// them. Nothing is unpacked before its declared size, its ratio and its place have been checked, and
// nothing is trusted to be as large as declared.
package archive

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/tally"
)

// ratioFrom is the unpacked size from which an entry's ratio is looked at: a small text may well be
// all blanks.
const ratioFrom = 1 << 20

// Archive is an open container. It is not safe for concurrent use: it counts what is unpacked.
type Archive struct {
	ctx      context.Context
	format   string
	lim      limit.Limits
	files    map[string]*zip.File
	entries  []Entry
	expanded int64
}

// Entry is a file within the container.
type Entry struct {
	Name string // with forward slashes, decoded from GB18030 where the container says no encoding
	Size int64  // unpacked, as declared
}

// Open reads the container's directory. The format's name is for the wording of faults. Every error
// is a *fault.Fault.
func Open(ctx context.Context, data []byte, format string, lim limit.Limits) (*Archive, error) {
	lim = lim.WithDefaults()
	if isEncryptedOffice(data) {
		return nil, fault.New(fault.Encrypted, nil, format)
	}
	if CountEntries(data) > lim.Entries {
		return nil, tooManyEntries(lim)
	}
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.New(fault.Corrupt, fmt.Errorf("read zip directory: %w", err), format, fault.DamageDirectory)
	}
	if len(reader.File) > lim.Entries {
		return nil, tooManyEntries(lim)
	}
	a := &Archive{ctx: ctx, format: format, lim: lim, files: make(map[string]*zip.File, len(reader.File))}
	for _, file := range reader.File {
		if strings.HasSuffix(file.Name, "/") || file.FileInfo().IsDir() {
			continue
		}
		name := entryName(file)
		if _, twice := a.files[name]; twice || name == "" {
			continue
		}
		a.files[name] = file
		a.entries = append(a.entries, Entry{Name: name, Size: int64(min(file.UncompressedSize64, 1<<62))})
	}
	if err := a.checkOverlap(reader.File); err != nil {
		return nil, err
	}
	return a, nil
}

// isEncryptedOffice tells whether the file is the OLE2 wrapper in which Office keeps a container that
// has a password: the wrapper's directory names the stream in UTF-16.
func isEncryptedOffice(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")) &&
		bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"))
}

// CountEntries bounds the number of entries of a container from above without making a list of them:
// it counts the marks of directory entries from where the directory is said to begin.
func CountEntries(data []byte) int {
	tail := max(0, len(data)-(22+1<<16))
	end := bytes.LastIndex(data[tail:], []byte("PK\x05\x06"))
	if end < 0 || tail+end+20 > len(data) {
		return 0
	}
	directory := int64(binary.LittleEndian.Uint32(data[tail+end+16:]))
	if directory >= int64(len(data)) { // it stands in a record for large files
		directory = 0
	}
	return bytes.Count(data[directory:], []byte("PK\x01\x02"))
}

// entryName cleans a name so that it can neither climb out of the container nor hide behind another
// spelling.
func entryName(file *zip.File) string {
	name := file.Name
	if !utf8.ValidString(name) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name)
		if err != nil {
			return ""
		}
		name = decoded
	}
	name = strings.ReplaceAll(name, "\\", "/")
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// checkOverlap refuses containers whose entries share bytes, which is how a small file comes to
// unpack into a huge one without any entry having a high ratio.
func (a *Archive) checkOverlap(files []*zip.File) error {
	type extent struct{ start, end int64 }
	extents := make([]extent, 0, len(files))
	for _, file := range files {
		start, err := file.DataOffset()
		if err != nil {
			return a.corrupt(file.Name, err)
		}
		size := int64(min(file.CompressedSize64, 1<<62))
		if size > 0 {
			extents = append(extents, extent{start, start + size})
		}
	}
	slices.SortFunc(extents, func(x, y extent) int { return int(min(max(x.start-y.start, -1), 1)) })
	for i := 1; i < len(extents); i++ {
		if extents[i].start < extents[i-1].end {
			return fault.New(fault.Corrupt, errors.New("entries overlap"), a.format, fault.DamageEntry)
		}
	}
	return nil
}

// Entries lists the files in the order of the directory; folders are left out.
func (a *Archive) Entries() []Entry { return a.entries }

// Has tells whether the container holds the file.
func (a *Archive) Has(name string) bool { return a.files[clean(name)] != nil }

// Read unpacks a file. A file that is not there is a fault of kind Corrupt; ask Has first where it
// may be absent.
func (a *Archive) Read(name string) ([]byte, error) {
	stream, err := a.Stream(name)
	if err != nil {
		return nil, err
	}
	defer stream.Close()
	var out bytes.Buffer
	out.Grow(int(stream.file.UncompressedSize64) + bytes.MinRead)
	if _, err := out.ReadFrom(stream); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Stream opens a file for reading piece by piece; what it yields counts against the limits as it is
// read. A file that is not there is a fault of kind Corrupt.
func (a *Archive) Stream(name string) (*Stream, error) {
	name = clean(name)
	file := a.files[name]
	if file == nil {
		return nil, a.corrupt(name, fmt.Errorf("%s is missing", name))
	}
	const encryptedFlag = 1
	if file.Flags&encryptedFlag != 0 {
		return nil, fault.New(fault.Encrypted, nil, a.format)
	}
	s := &Stream{archive: a, file: file, name: name}
	if err := s.admit(int64(min(file.UncompressedSize64, 1<<62))); err != nil {
		return nil, err
	}
	var err error
	if s.inner, err = file.Open(); err != nil {
		return nil, a.corrupt(name, err)
	}
	return s, nil
}

// Stream is a file of the container while it is being read. Its errors, save io.EOF, are faults.
type Stream struct {
	archive *Archive
	file    *zip.File
	name    string
	inner   io.ReadCloser
	read    int64
}

// Read unpacks the next piece.
func (s *Stream) Read(p []byte) (int, error) {
	if err := s.archive.ctx.Err(); err != nil {
		return 0, tally.Late(err, s.archive.lim)
	}
	n, err := s.inner.Read(p)
	s.read += int64(n)
	if err := s.admit(s.read); err != nil {
		return 0, err
	}
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, s.archive.corrupt(s.name, err)
}

// Close ends the reading and counts what was read.
func (s *Stream) Close() error {
	s.archive.expanded += s.read
	s.read = 0
	return s.inner.Close()
}

// admit holds a size, declared or met, against the limits.
func (s *Stream) admit(size int64) error {
	a := s.archive
	if size > a.lim.Expanded-a.expanded {
		return fault.New(fault.TooLarge, nil, fault.LimitExpanded, tally.Size(a.lim.Expanded))
	}
	if size > ratioFrom && size/a.lim.Ratio > int64(min(s.file.CompressedSize64, 1<<62)) {
		return fault.New(fault.TooLarge, nil, fault.LimitRatio, fmt.Sprintf("%d:1", a.lim.Ratio))
	}
	return nil
}

func (a *Archive) corrupt(detail string, err error) error {
	if err == nil {
		err = errors.New(detail)
	}
	return fault.New(fault.Corrupt, fmt.Errorf("unpack %q: %w", detail, err), a.format, strings.ToValidUTF8(detail, "?"))
}

func tooManyEntries(lim limit.Limits) error {
	return fault.New(fault.TooLarge, nil, fault.LimitEntries, lim.Entries)
}

func clean(name string) string { return strings.TrimPrefix(path.Clean("/"+name), "/") }
