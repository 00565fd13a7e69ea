package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"strings"

	"luoshi/document/fault"
	"luoshi/document/limit"
)

// archive is what sniff calls a zip file that is no document itself.
const archive Format = "zip"

// magic ties the first bytes of a file to the fault that it ends in.
type magic struct {
	at     int
	bytes  string
	code   fault.Code
	format string
	target string // what to save it as
}

var magics = []magic{
	{0, "\x89PNG\r\n\x1a\n", fault.Image, "PNG", ""},
	{0, "\xff\xd8\xff", fault.Image, "JPEG", ""},
	{0, "GIF87a", fault.Image, "GIF", ""},
	{0, "GIF89a", fault.Image, "GIF", ""},
	{0, "II*\x00", fault.Image, "TIFF", ""},
	{0, "MM\x00*", fault.Image, "TIFF", ""},
	{8, "WEBP", fault.Image, "WebP", ""},
	{4, "ftypheic", fault.Image, "HEIC", ""},
	{4, "ftypavif", fault.Image, "AVIF", ""},
	{0, `{\rtf`, fault.LegacyFormat, "RTF", ".docx"},
	{0, "Rar!\x1a\x07", fault.NotRead, "RAR", ".zip"},
	{0, "7z\xbc\xaf\x27\x1c", fault.NotRead, "7z", ".zip"},
	{0, "\x1f\x8b\x08", fault.NotRead, "gzip", ".zip"},
	{0, "BZh", fault.NotRead, "bzip2", ".zip"},
	{0, "\xfd7zXZ\x00", fault.NotRead, "xz", ".zip"},
	{0, "\x28\xb5\x2f\xfd", fault.NotRead, "zstd", ".zip"},
	{0, "\x7fELF", fault.Unknown, "", ""},
	{0, "\xcf\xfa\xed\xfe", fault.Unknown, "", ""},
	{0, "\xca\xfe\xba\xbe", fault.Unknown, "", ""},
	{0, "SQLite format 3\x00", fault.Unknown, "", ""},
}

const (
	compoundFile = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	zipEntry     = "PK\x03\x04"
	zipEmpty     = "PK\x05\x06"
	pdfHeader    = "%PDF-"
)

// sniff tells the format of a file from its bytes, or says as a fault why it cannot be read.
func sniff(name string, data []byte, lim limit.Limits) (Format, error) {
	switch {
	case len(data) == 0:
		return "", fault.New(fault.Empty, nil)
	case bytes.Contains(data[:min(len(data), 1024)], []byte(pdfHeader)):
		return PDF, nil
	case hasPrefix(data, compoundFile):
		return "", compoundFault(name, data)
	case hasPrefix(data, zipEntry), hasPrefix(data, zipEmpty):
		return sniffZip(name, data, lim)
	}
	if err := foreign(data); err != nil {
		return "", err
	}
	if format, err := sniffMarkup(data); format != "" || err != nil {
		return format, err
	}
	if err := brokenPromise(name, data); err != nil {
		return "", err
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return Markdown, nil
	case ".csv", ".tsv":
		return CSV, nil
	}
	return Text, nil
}

func hasPrefix(data []byte, prefix string) bool {
	return len(data) >= len(prefix) && string(data[:len(prefix)]) == prefix
}

// foreign recognises the formats that can never be read here.
func foreign(data []byte) error {
	for _, m := range magics {
		if len(data) < m.at || !hasPrefix(data[m.at:], m.bytes) {
			continue
		}
		if m.code == fault.Unknown {
			return fault.New(fault.Unknown, nil)
		}
		if m.code == fault.Image {
			return fault.New(fault.Image, nil, m.format)
		}
		return fault.New(m.code, nil, m.format, m.target)
	}
	if isBitmap(data) {
		return fault.New(fault.Image, nil, "BMP")
	}
	if isExecutable(data) {
		return fault.New(fault.Unknown, nil)
	}
	return nil
}

// isBitmap checks the reserved bytes too, as "BM" may well begin a text.
func isBitmap(data []byte) bool {
	return len(data) > 26 && hasPrefix(data, "BM") && string(data[6:10]) == "\x00\x00\x00\x00"
}

func isExecutable(data []byte) bool {
	return len(data) > 64 && hasPrefix(data, "MZ") && bytes.IndexByte(data[:64], 0) >= 0
}

// legacyKinds are the streams that tell what an OLE2 compound file holds.
var legacyKinds = []struct{ stream, format, target string }{
	{"WordDocument", ".doc", ".docx"},
	{"Workbook", ".xls", ".xlsx"},
	{"Book", ".xls", ".xlsx"},
	{"PowerPoint Document", ".ppt", ".docx"},
}

// legacyNames are WPS's own names for the same three kinds.
var legacyNames = map[string]string{".wps": ".docx", ".wpt": ".docx", ".et": ".xlsx", ".ett": ".xlsx", ".dps": ".docx"}

func compoundFault(name string, data []byte) error {
	extension := strings.ToLower(path.Ext(name))
	if bytes.Contains(data, utf16Name("EncryptedPackage")) {
		return fault.New(fault.Encrypted, nil, "Office")
	}
	if target, ok := legacyNames[extension]; ok {
		return fault.New(fault.LegacyFormat, nil, extension, target)
	}
	for _, kind := range legacyKinds {
		if bytes.Contains(data, utf16Name(kind.stream)) {
			return fault.New(fault.LegacyFormat, nil, kind.format, kind.target)
		}
	}
	return fault.New(fault.LegacyFormat, nil, "OLE2", ".docx")
}

// utf16Name is an ASCII name as a directory entry of a compound file spells it.
func utf16Name(name string) []byte {
	wide := make([]byte, 0, 2*len(name)+2)
	for i := range len(name) {
		wide = append(wide, name[i], 0)
	}
	return append(wide, 0, 0)
}

// sniffZip tells the office formats, which are all zip files, from an archive by their entries.
func sniffZip(name string, data []byte, lim limit.Limits) (Format, error) {
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fault.New(fault.Corrupt, err, containerName(name), fault.DamageDirectory)
	}
	if len(reader.File) > lim.Entries {
		return "", fault.New(fault.TooLarge, nil, fault.LimitEntries, lim.Entries)
	}
	contentTypes, found := false, Format("")
	for _, f := range reader.File {
		switch lower := strings.ToLower(f.Name); {
		case lower == "ofd.xml":
			return OFD, nil
		case lower == "[content_types].xml":
			contentTypes = true
		case strings.HasPrefix(lower, "word/"):
			found = Word
		case strings.HasPrefix(lower, "xl/"):
			found = Excel
		case strings.HasPrefix(lower, "ppt/"):
			found = "pptx"
		case lower == "content.xml", lower == "meta-inf/container.xml":
			found = "OpenDocument/EPUB"
		}
	}
	switch {
	case contentTypes && (found == Word || found == Excel):
		return found, nil
	case contentTypes && found == "pptx":
		return "", fault.New(fault.NotRead, nil, ".pptx", ".docx")
	case found == "OpenDocument/EPUB":
		return "", fault.New(fault.NotRead, nil, found, ".docx")
	case contentTypes:
		return "", fault.New(fault.Corrupt, fmt.Errorf("no main part among %d", len(reader.File)), "Office", fault.DamageMainPart)
	}
	return archive, nil
}
