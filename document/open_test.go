package document

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/document/fault"
	"luoshi/document/limit"
)

const sample = "一、总体要求\n全年新增规模以上工业企业15家。\n"

// entry is a member of a zip file made for a test.
type entry struct {
	name string
	data []byte
	gbk  bool // the name is written in GBK, without saying so
}

func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.gbk {
			name, err := simplifiedchinese.GBK.NewEncoder().String(e.name)
			if err != nil {
				t.Fatal(err)
			}
			header.Name, header.NonUTF8 = name, true
		}
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func codeOf(t *testing.T, err error) fault.Code {
	t.Helper()
	var f *fault.Fault
	if err == nil {
		return ""
	}
	if !errors.As(err, &f) {
		t.Fatalf("%v is no fault", err)
	}
	return f.Code
}

// compoundFile with the stream's name as its directory spells it.
func compound(stream string) []byte {
	return append([]byte(compoundFile+strings.Repeat("\x00", 1024)), utf16Name(stream)...)
}

// TestFaults ends every file that cannot be read in a fault that says what it is.
func TestFaults(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"empty.txt", nil, fault.Empty},
		{"blank.txt", []byte(" \r\n　\u200b\n"), fault.Empty},
		{"a.doc", compound("WordDocument"), fault.LegacyFormat},
		{"a.xls", compound("Workbook"), fault.LegacyFormat},
		{"a.ppt", compound("PowerPoint Document"), fault.LegacyFormat},
		{"a.wps", compound("Root Entry"), fault.LegacyFormat},
		{"locked.docx", compound("EncryptedPackage"), fault.Encrypted},
		{"a.rtf", []byte(`{\rtf1\ansi 2021}`), fault.LegacyFormat},
		{"a.mht", []byte("MIME-Version: 1.0\nContent-Type: multipart/related\n"), fault.LegacyFormat},
		{"word.xml", []byte("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>"), fault.LegacyFormat},
		{"a.png", []byte("\x89PNG\r\n\x1a\n\x00"), fault.Image},
		{"a.txt", []byte("\xff\xd8\xff\xe0\x00\x10JFIF"), fault.Image},
		{"a.gif", []byte("GIF89a\x01\x00"), fault.Image},
		{"a.webp", []byte("RIFF\x10\x00\x00\x00WEBPVP8 "), fault.Image},
		{"a.tif", []byte("II*\x00\x08\x00"), fault.Image},
		{"a.bmp", []byte("BM\x36\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01"), fault.Image},
		{"a.rar", []byte("Rar!\x1a\x07\x01\x00"), fault.NotRead},
		{"a.7z", []byte("7z\xbc\xaf\x27\x1c\x00\x04"), fault.NotRead},
		{"a.exe", append([]byte("MZ\x90\x00\x03\x00"), make([]byte, 100)...), fault.Unknown},
		{"a.so", []byte("\x7fELF\x02\x01\x01"), fault.Unknown},
		{"noise.txt", bytes.Repeat([]byte{0x00, 0x01, 0xff, 0x13, 0x80}, 50), fault.Unknown},
		{"noise.bin", bytes.Repeat([]byte{0xff, 0xff, 0x80, 0x80}, 50), fault.Encoding},
		{"cut.docx", zipOf(t, entry{name: "word/document.xml", data: []byte("<w:document>")})[:40], fault.Corrupt},
		{"deck.pptx", zipOf(t, entry{name: "[Content_Types].xml"}, entry{name: "ppt/presentation.xml"}), fault.NotRead},
		{"a.odt", zipOf(t, entry{name: "mimetype"}, entry{name: "content.xml"}), fault.NotRead},
		{"some.zip", zipOf(t, entry{name: "a.txt", data: []byte(sample)}), fault.NotRead},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Open(context.Background(), tt.name, tt.data, Options{})
			if got := codeOf(t, err); got != tt.want {
				t.Errorf("fault %q (%v, %v), want %q", got, err, doc, tt.want)
			}
		})
	}
}

// TestFormats lets the content decide, and the extension only between kinds of text.
func TestFormats(t *testing.T) {
	tests := []struct {
		name, data string
		want       Format
	}{
		{"plan.txt", sample, Text},
		{"plan.docx", sample, Text},
		{"plan", sample, Text},
		{"plan.md", sample, Markdown},
		{"plan.csv", "指标,数\n企业,15\n", CSV},
		{"plan.txt", "<!DOCTYPE html><html><body><p>全年新增15家。</p></body></html>", HTML},
		{"plan.txt", "\ufeff<table><tr><td>指标</td><td>15</td></tr></table>", HTML},
		{"plan.txt", "<注>全年新增15家。</注>", Text},
		{"plan.html", sample, Text},
	}
	for _, tt := range tests {
		if got, err := sniff(tt.name, []byte(tt.data), limit.Default); err != nil || got != tt.want {
			t.Errorf("%s %q is %q (%v), want %q", tt.name, tt.data, got, err, tt.want)
		}
	}
	office := zipOf(t, entry{name: "[Content_Types].xml"}, entry{name: "xl/workbook.xml"})
	if got, err := sniff("a.zip", office, limit.Default); got != Excel || err != nil {
		t.Errorf("a workbook called .zip is %q (%v)", got, err)
	}
	if got, err := sniff("a.zip", zipOf(t, entry{name: "OFD.xml"}), limit.Default); got != OFD || err != nil {
		t.Errorf("an OFD called .zip is %q (%v)", got, err)
	}
}

// TestBrokenPromise tells what is left of a file in an office format from text under a wrong name.
func TestBrokenPromise(t *testing.T) {
	garbage := bytes.Repeat([]byte{0x9B, 0x01, 0xE3, 0x07, 0x40}, 40)
	tests := []struct {
		name string
		data []byte
		want string // the beginning of the fault, in Chinese; empty where the file reads
	}{
		{"one byte.docx", []byte("P"), ".docx 文件已损坏或不完整（内容不是这种格式"},
		{"a few bytes.PDF", []byte("%PD"), ".pdf 文件已损坏或不完整（内容不是这种格式"},
		{"a few letters.xlsx", []byte("not found\n"), ".xlsx 文件已损坏或不完整（内容不是这种格式"},
		{"blanks.ofd", bytes.Repeat([]byte(" \n"), 50), ".ofd 文件已损坏或不完整（内容不是这种格式"},
		{"garbage.docx", garbage, ".docx 文件已损坏或不完整（内容不是这种格式"},
		{"garbage.zip", garbage, ".zip 文件已损坏或不完整（内容不是这种格式"},
		{"garbage.doc", garbage, ".doc 文件已损坏或不完整（内容不是这种格式"},
		{"cut off.docx", []byte("PK\x03\x04\x14\x00\x06\x00"), ".docx 文件已损坏或不完整（压缩目录缺失"},
		{"cut off", []byte("PK\x03\x04\x14\x00\x06\x00"), ".zip 文件已损坏或不完整（压缩目录缺失"},
		{"garbage.txt", garbage, "认不出这是什么文件"},
		{"text.docx", []byte(sample), ""},
		{"a few letters.txt", []byte("甲\n"), ""},
		{"a page.xlsx", []byte("<table><tr><td>甲</td></tr></table>"), ""},
	}
	for _, tt := range tests {
		_, err := Open(context.Background(), tt.name, tt.data, Options{})
		message := ""
		if f, ok := errors.AsType[*fault.Fault](err); ok {
			message = f.Message("zh")
		}
		if tt.want == "" && err != nil || !strings.HasPrefix(message, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, message, tt.want)
		}
	}
}

// TestTextIsKept changes nothing of a text but its byte order mark, and counts from behind it.
func TestTextIsKept(t *testing.T) {
	text := "  首行 \r\n\r\n１．５万人\t增长\u00a0 \r\n"
	doc, err := Open(context.Background(), "a.txt", []byte("\ufeff"+text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if doc.Text != text {
		t.Errorf("text is %q", doc.Text)
	}
	want := []string{"首行", "１．５万人\t增长"}
	if len(doc.Blocks) != len(want) {
		t.Fatalf("%d blocks", len(doc.Blocks))
	}
	for i, b := range doc.Blocks {
		if b.In(doc.Text) != want[i] {
			t.Errorf("block %d is %q, want %q", i, b.In(doc.Text), want[i])
		}
	}
}

// TestArchive yields the members under their own names; a bad one does not end the rest.
func TestArchive(t *testing.T) {
	inner := zipOf(t, entry{name: "附件.txt", data: []byte(sample)})
	data := zipOf(t,
		entry{name: "__MACOSX/._a.txt", data: []byte("x")},
		entry{name: "一/计划.txt", data: []byte(sample)},
		entry{name: "报表/总结.txt", data: []byte(sample), gbk: true},
		entry{name: "照片.png", data: []byte("\x89PNG\r\n\x1a\n")},
		entry{name: "材料.zip", data: inner},
	)
	var got []string
	for doc, err := range OpenAll(context.Background(), "all.zip", data, Options{}) {
		got = append(got, fmt.Sprint(doc.Name, " ", codeOf(t, err), doc.Format))
	}
	want := []string{"all.zip/一/计划.txt txt", "all.zip/报表/总结.txt txt", "all.zip/照片.png image", "all.zip/材料.zip/附件.txt txt"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	for doc, err := range OpenAll(context.Background(), "a.txt", []byte(sample), Options{}) {
		if err != nil || doc.Name != "a.txt" {
			t.Errorf("a single file yields %v, %v", doc, err)
		}
	}
}

// TestLimits names the limit that a file exceeds.
func TestLimits(t *testing.T) {
	bomb := zipOf(t, entry{name: "a.txt", data: bytes.Repeat([]byte("零"), 2<<20)})
	nested := zipOf(t, entry{name: "a.zip", data: zipOf(t, entry{name: "b.zip", data: zipOf(t, entry{name: "c.txt", data: []byte(sample)})})})
	many := zipOf(t, entry{name: "a.txt"}, entry{name: "b.txt"}, entry{name: "c.txt"})
	tests := []struct {
		name  string
		file  string
		data  []byte
		lim   limit.Limits
		code  fault.Code
		named string
	}{
		{"bytes", "a.txt", []byte(sample), limit.Limits{Bytes: 8}, fault.TooLarge, "文件大小"},
		{"text", "a.txt", []byte(sample), limit.Limits{Text: 8}, fault.TooLarge, "文字量"},
		{"cells", "a.txt", []byte("甲|乙\n丙|丁\n"), limit.Limits{Cells: 3}, fault.TooLarge, "表格单元格数"},
		{"blocks", "a.txt", []byte("一、甲\n\n二、乙\n三、丙\n"), limit.Limits{Blocks: 2}, fault.TooLarge, "段落、表格行或标题数"},
		{"blocks of items", "a.txt", []byte("一是甲；二是乙；三是丙。"), limit.Limits{Blocks: 2}, fault.TooLarge, "段落、表格行或标题数"},
		{"cells of csv", "a.csv", []byte("甲,乙\n丙,丁\n"), limit.Limits{Cells: 3}, fault.TooLarge, "表格单元格数"},
		{"ratio", "a.zip", bomb, limit.Limits{Ratio: 10}, fault.TooLarge, "压缩比"},
		{"expanded", "a.zip", bomb, limit.Limits{Ratio: 1 << 20, Expanded: 1 << 20}, fault.TooLarge, "解压后的大小"},
		{"depth", "a.zip", nested, limit.Limits{Depth: 2}, fault.TooLarge, "嵌套层数"},
		{"entries", "a.zip", many, limit.Limits{Entries: 2}, fault.TooLarge, "包内文件或工作表数"},
		{"time", "a.txt", []byte(sample), limit.Limits{Time: time.Nanosecond}, fault.TooSlow, "1 秒"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var last error
			for _, err := range OpenAll(context.Background(), tt.file, tt.data, Options{Limits: tt.lim}) {
				last = err
			}
			f, _ := errors.AsType[*fault.Fault](last)
			if f == nil || f.Code != tt.code || !strings.Contains(f.Message("zh"), tt.named) {
				t.Errorf("%v, want %s of %s", last, tt.code, tt.named)
			}
		})
	}
}

// TestCancelled gives up when the caller does.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Open(ctx, "a.txt", []byte(sample), Options{}); codeOf(t, err) != fault.Cancelled {
		t.Errorf("%v", err)
	}
}
