package document

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	"luoshi/document/fault"
)

const (
	wordSpace     = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	contentTypes  = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// docxOf makes a Word document of what stands within its body; others are more parts: name, content, …
func docxOf(t testing.TB, body string, others ...string) []byte {
	return officeOf(t, append([]string{"word/document.xml", `<w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`}, others...)...)
}

// xlsxOf makes a workbook of one sheet of what stands within it.
func xlsxOf(t testing.TB, sheet string, others ...string) []byte {
	return officeOf(t, append([]string{
		"xl/workbook.xml", `<workbook xmlns:r="` + relationSpace + `"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="` + relationSpace + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet>` + sheet + `</worksheet>`,
	}, others...)...)
}

// ofdOf makes an OFD file of one page.
func ofdOf(t testing.TB, page string, others ...string) []byte {
	return partsOf(t, append([]string{
		"OFD.xml", `<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>`,
		"Doc_0/Document.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages><Page ID="1" BaseLoc="Page.xml"/></Pages></Document>`,
		"Doc_0/Page.xml", page,
	}, others...)...)
}

func officeOf(t testing.TB, parts ...string) []byte {
	return partsOf(t, append([]string{"[Content_Types].xml", contentTypes}, parts...)...)
}

// partsOf makes a container: name, content, name, content …; a later part of a name takes the place of
// an earlier one.
func partsOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	latest := map[string]int{}
	for i := 0; i < len(parts); i += 2 {
		latest[parts[i]] = i
	}
	var entries []entry
	for i := 0; i < len(parts); i += 2 {
		if latest[parts[i]] == i {
			entries = append(entries, entry{name: parts[i], data: []byte(parts[i+1])})
		}
	}
	return zipOf(t, entries...)
}

func paragraph(text string) string { return `<w:p><w:r><w:t>` + text + `</w:t></w:r></w:p>` }

// badContainers are containers that lie about themselves or unpack without end.
func badContainers(t testing.TB) []badFile {
	corrupt, large := []fault.Code{fault.Corrupt}, []fault.Code{fault.TooLarge}
	good := docxOf(t, paragraph("全年目标"))
	bomb := strings.Repeat(paragraph("目标"), 400_000)
	directory := func(data []byte, at int, value ...byte) []byte {
		data = bytes.Clone(data)
		copy(data[bytes.Index(data, []byte("PK\x01\x02"))+at:], value)
		return data
	}
	files := []badFile{
		{"a bomb.docx", func(t testing.TB) []byte { return docxOf(t, bomb) }, large},
		{"a bomb.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, `<sheetData>`+strings.Repeat(`<row><c><v>1</v></c></row>`, 800_000)+`</sheetData>`)
		}, large},
		{"a bomb.ofd", func(t testing.TB) []byte { return ofdOf(t, "<Page>"+strings.Repeat("<Layer/>", 2_000_000)+"</Page>") }, large},
		{"a bomb of shared strings.xlsx", func(t testing.TB) []byte {
			return xlsxOf(t, `<sheetData/>`, "xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si/>", 3_000_000)+"</sst>")
		}, large},
		{"a bomb.zip", func(t testing.TB) []byte { return partsOf(t, "a.txt", strings.Repeat("0", 64<<20)) }, large},
		{"bombs within bombs.zip", func(t testing.TB) []byte {
			inner := partsOf(t, "a.txt", strings.Repeat("0", 32<<20))
			for range 5 {
				inner = partsOf(t, "a.zip", string(inner), "b.zip", string(inner))
			}
			return inner
		}, []fault.Code{fault.TooLarge, fault.NotRead, fault.Corrupt}},
		{"archives within archives.zip", func(t testing.TB) []byte {
			inner := partsOf(t, "a.txt", sample)
			for range 200 {
				inner = partsOf(t, "a.zip", string(inner))
			}
			return inner
		}, large},
		{"entries without end.docx", func(t testing.TB) []byte { return manyEntries(t, 100_000) }, large},
		{"entries without end.zip", func(t testing.TB) []byte { return manyEntries(t, 20_000) }, large},
		{"entries that share their bytes.docx", of(overlapping(docxOf(t, paragraph("全年目标")))), corrupt},
		{"a quine's directory.docx", of(directory(good, 42, 0xFF, 0xFF, 0xFF, 0x7F)), corrupt},
		{"an entry that claims 4 GB.docx", of(directory(good, 24, 0xF0, 0xFF, 0xFF, 0xFF)), []fault.Code{fault.TooLarge, fault.Corrupt, reads}},
		{"an unknown way of packing.docx", of(packedUnknown(good)), corrupt},
		{"a password on the entries.docx", of(encryptedEntries(good)), []fault.Code{fault.Encrypted}},
		{"a checksum that is wrong.docx", of(wrongChecksum(t)), corrupt},
		{"a directory alone.docx", of([]byte("PK\x05\x06" + strings.Repeat("\x00", 18))), []fault.Code{fault.Corrupt, fault.Empty, fault.Unknown, fault.NotRead}},
		{"a directory alone.zip", of([]byte("PK\x05\x06" + strings.Repeat("\x00", 18))), []fault.Code{fault.Corrupt, fault.Empty, fault.Unknown, fault.NotRead}},
		{"a head alone.docx", of([]byte("PK\x03\x04")), corrupt},
		{"text behind the mark of a zip.docx", of([]byte("PK\x03\x04" + strings.Repeat("计划", 1000))), corrupt},
		{"a folder for a document.docx", of(officeOf(t, "word/document.xml/", "", "word/x", "")), corrupt},
		{"names that climb out.docx", of(officeOf(t, "../../word/document.xml", "x", "word/a", "")), []fault.Code{fault.Corrupt, fault.Empty}},
		{"no types.docx", of(partsOf(t, "word/document.xml", "<a/>")), []fault.Code{reads, fault.NotRead, fault.Unknown, fault.Empty, fault.Corrupt}},
		{"types alone.docx", of(officeOf(t)), corrupt},
		{"slides.pptx", of(officeOf(t, "ppt/presentation.xml", "<p/>")), []fault.Code{fault.NotRead}},
		{"folders alone.zip", of(partsOf(t, "a/", "", "b/", "")), []fault.Code{fault.Empty, fault.NotRead}},
		{"images in an archive.zip", of(partsOf(t, "a.png", "\x89PNG\r\n\x1a\n", "b.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")), []fault.Code{fault.Image, fault.LegacyFormat}},
		{"one bad and one good.zip", of(partsOf(t, "a.docx", "PK\x03\x04", "b.txt", sample)), []fault.Code{fault.Corrupt, reads}},
	}
	return files
}

// manyEntries makes a container of empty entries.
func manyEntries(t testing.TB, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := range n {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("word/%d.txt", i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// eachDirectoryEntry calls change for each entry of the directory.
func eachDirectoryEntry(data []byte, change func(entry []byte)) []byte {
	data = bytes.Clone(data)
	for at := 0; ; at += 4 {
		next := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if next < 0 {
			return data
		}
		at += next
		change(data[at:])
	}
}

// overlapping lets all entries begin where the first does.
func overlapping(data []byte) []byte {
	return eachDirectoryEntry(data, func(e []byte) { binary.LittleEndian.PutUint32(e[42:], 0) })
}

func encryptedEntries(data []byte) []byte {
	return eachDirectoryEntry(data, func(e []byte) { e[8] |= 1 })
}

func packedUnknown(data []byte) []byte {
	return eachDirectoryEntry(data, func(e []byte) { binary.LittleEndian.PutUint16(e[10:], 99) })
}

// wrongChecksum packs a document whose text is not what its checksum says.
func wrongChecksum(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range [][2]string{{"[Content_Types].xml", contentTypes}, {"word/document.xml", "<w:document " + wordSpace + ">" + paragraph("全年") + "</w:document>"}} {
		var packed bytes.Buffer
		deflate, err := flate.NewWriter(&packed, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(deflate, part[1]); err != nil {
			t.Fatal(err)
		}
		if err := deflate.Close(); err != nil {
			t.Fatal(err)
		}
		raw, err := w.CreateRaw(&zip.FileHeader{
			Name: part[0], Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(part[1])) ^ 1,
			CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(part[1])),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := raw.Write(packed.Bytes()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
