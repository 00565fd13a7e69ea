package document

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"luoshi/document/fault"
)

// What a bad file may cost.
const (
	badTime = 2 * time.Second
	badHeap = 256 << 20
)

// reads is the outcome of a file whose damage is harmless.
const reads fault.Code = "reads"

// badFile is a bad file and how opening it may end: in one of some faults, or in a document.
type badFile struct {
	name string
	data func(t testing.TB) []byte
	want []fault.Code
}

// TestBadFiles opens every bad file: each ends as said, soon, and without taking much memory.
func TestBadFiles(t *testing.T) {
	skipMeasures(t)
	warmUp(t)
	files := badFiles(t)
	if least := 200; len(files) < least {
		t.Fatalf("%d bad files, want at least %d", len(files), least)
	}
	seen := map[string]bool{}
	for _, file := range files {
		if seen[file.name] {
			t.Errorf("%s: two files of this name", file.name)
		}
		seen[file.name] = true
		t.Run(file.name, func(t *testing.T) { openBad(t, file) })
	}
	t.Logf("%d bad files", len(files))
}

// skipMeasures leaves out the tests that measure time and memory where neither is what it is in use.
func skipMeasures(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("time and memory are not measured in short runs, as with the race detector")
	}
}

// warmUp starts the PDF engine, which takes seconds where its compiled code is not in the cache.
func warmUp(t *testing.T) {
	if _, err := Open(context.Background(), "a.pdf", sampleFile(t, "pdf"), Options{}); err != nil {
		t.Fatal(err)
	}
}

// openBad opens one bad file, and all members of an archive, and holds the outcome against what is wanted.
func openBad(t *testing.T, file badFile) {
	data := file.data(t)
	runtime.GC()
	watch := watchHeap()
	outcomes, took := openAll(t, file.name, data)
	grown := watch()
	for range 2 { // other tests may have had the processor
		if took > badTime {
			_, again := openAll(t, file.name, data)
			took = min(took, again)
		}
	}
	if took > badTime {
		t.Errorf("took %v", took)
	}
	if grown > badHeap {
		t.Errorf("took %d MB of heap", grown>>20)
	}
	if len(outcomes) == 0 {
		t.Error("neither a document nor a fault")
	}
	for _, outcome := range outcomes {
		if !slices.Contains(file.want, outcome) {
			t.Errorf("got %q, want one of %q", outcome, file.want)
		}
	}
}

// openAll opens a file once. The time that it takes is that of the clock or, where other programs keep the processors busy,
// what of the processors it had.
func openAll(t *testing.T, name string, data []byte) (outcomes []fault.Code, took time.Duration) {
	t.Helper()
	begin, had := time.Now(), processorTime()
	for doc, err := range OpenAll(context.Background(), name, data, Options{}) {
		outcomes = append(outcomes, outcomeOf(t, doc, err))
	}
	return outcomes, min(time.Since(begin), processorTime()-had)
}

// processorTime is what this process has had of the processors.
func processorTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // fails for no process
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// outcomeOf is the code of a fault that is worded in both languages, or reads.
func outcomeOf(t *testing.T, doc *Document, err error) fault.Code {
	t.Helper()
	if err == nil {
		checkDocument(t, doc)
		return reads
	}
	var f *fault.Fault
	if !errors.As(err, &f) {
		t.Fatalf("%v is not a fault", err)
	}
	for _, lang := range []string{"zh", "en"} {
		if message := f.Message(lang); message == "" || strings.Contains(message, "{") {
			t.Errorf("message in %s: %q", lang, message)
		}
	}
	return f.Code
}

// watchHeap measures the heap until the function it returns is called, which says by how much it grew
// at most.
func watchHeap() func() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	read := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	start := read()
	peak := start
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		tick := time.NewTicker(2 * time.Millisecond)
		defer tick.Stop()
		for {
			peak = max(peak, read())
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return max(peak, read()) - start
	}
}

// sampleFiles are sound files of the formats, from which bad ones are made.
var sampleFiles = map[string]string{
	"docx": "docx/testdata/plan.docx", "xlsx": "xlsx/testdata/progress.xlsx", "html": "html/testdata/plan.html", "pdf": "pdf/testdata/plan.pdf",
}

func sampleFile(t testing.TB, format string) []byte {
	t.Helper()
	switch format {
	case "ofd":
		return ofdOf(t, `<Page><Content><TextObject Boundary="20 20 150 8" Size="5"><TextCode X="0" Y="5" DeltaX="g 9 5">全年新增企业十五家。</TextCode></TextObject></Content></Page>`)
	case "zip":
		return zipOf(t, entry{name: "计划.txt", data: []byte(sample)}, entry{name: "要点.md", data: []byte("# 要点\n\n全年新增企业15家。\n")})
	case "txt":
		return []byte(strings.Repeat(sample, 20))
	case "csv":
		return []byte("项目,投资\n大桥,5\n水厂,2\n")
	case "md":
		return []byte("# 要点\n\n- 全年新增企业15家。\n")
	}
	data, err := os.ReadFile(sampleFiles[format])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// of makes a file of fixed bytes.
func of(data []byte) func(testing.TB) []byte { return func(testing.TB) []byte { return data } }

// badFiles are all bad files.
func badFiles(t testing.TB) []badFile {
	var all []badFile
	for _, some := range [][]badFile{
		cutOff(t), damaged(t), ofWrongKind(), misnamed(t), empty(), badTexts(), badPages(), badContainers(t), badParts(t), badSheets(t), badPDFs(t),
	} {
		all = append(all, some...)
	}
	return all
}

// cutOff are files of which the end is missing. A container keeps its directory at its end, so nothing
// is left of it; the text of others reads up to the cut, and a PDF may be mended.
func cutOff(t testing.TB) []badFile {
	want := map[string][]fault.Code{
		"docx": {fault.Corrupt}, "xlsx": {fault.Corrupt}, "ofd": {fault.Corrupt}, "zip": {fault.Corrupt},
		"pdf": {fault.Corrupt, fault.Empty, reads}, "html": {reads, fault.Empty}, "txt": {reads},
	}
	var files []badFile
	for _, format := range []string{"docx", "xlsx", "ofd", "zip", "pdf", "html", "txt"} {
		data := sampleFile(t, format)
		const pieces = 10
		for i := 1; i < pieces; i++ {
			files = append(files, badFile{fmt.Sprintf("cut at %d of %d.%s", i, pieces, format), of(data[:len(data)*i/pieces]), want[format]})
		}
		files = append(files, badFile{"without its last byte." + format, of(data[:len(data)-1]), append([]fault.Code{reads}, want[format]...)})
	}
	return files
}

// damaged are files with bytes overwritten at places that a fixed sequence picks: wherever it strikes,
// the file reads or says what is wrong.
func damaged(t testing.TB) []badFile {
	var files []badFile
	for _, format := range []string{"docx", "xlsx", "ofd", "pdf", "html"} {
		for seed := range 6 {
			data := bytes.Clone(sampleFile(t, format))
			state := uint32(seed*7919 + 1)
			for range len(data)/500 + 3 {
				state = state*1664525 + 1013904223
				data[int(state>>8)%len(data)] = byte(state >> 24)
			}
			files = append(files, badFile{fmt.Sprintf("damaged %d.%s", seed, format), of(data),
				[]fault.Code{reads, fault.Corrupt, fault.Empty, fault.Encoding, fault.Encrypted, fault.Unknown, fault.TooLarge, fault.NotRead}})
		}
	}
	return files
}

// ofWrongKind are files of kinds that are not read, under the names of kinds that are.
func ofWrongKind() []badFile {
	utf16 := func(name string) string { return string(utf16Name(name)) }
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	pad := strings.Repeat("\x00", 600)
	kinds := []struct {
		name, data string
		want       fault.Code
	}{
		{"PNG", "\x89PNG\r\n\x1a\n" + pad, fault.Image}, {"JPEG", "\xff\xd8\xff\xe0" + pad, fault.Image}, {"GIF", "GIF89a" + pad, fault.Image},
		{"TIFF", "II*\x00" + pad, fault.Image}, {"BMP", "BM\x00\x10\x00\x00\x00\x00\x00\x00" + pad, fault.Image}, {"WebP", "RIFF\x00\x00\x00\x00WEBP" + pad, fault.Image},
		{"doc", ole + pad + utf16("WordDocument") + pad, fault.LegacyFormat}, {"xls", ole + pad + utf16("Workbook") + pad, fault.LegacyFormat},
		{"a compound file", ole + pad, fault.LegacyFormat}, {"an Office file with a password", ole + pad + utf16("EncryptedPackage") + pad, fault.Encrypted},
		{"RTF", `{\rtf1 text}`, fault.LegacyFormat}, {"RAR", "Rar!\x1a\x07\x00" + pad, fault.NotRead}, {"7z", "7z\xbc\xaf\x27\x1c" + pad, fault.NotRead}, {"gzip", "\x1f\x8b\x08" + pad, fault.NotRead},
		{"ELF", "\x7fELF" + pad, fault.Unknown},
	}
	var files []badFile
	for _, kind := range kinds {
		for _, extension := range []string{"docx", "xlsx", "pdf", "txt"} {
			files = append(files, badFile{kind.name + " called." + extension, of([]byte(kind.data)), []fault.Code{kind.want}})
		}
	}
	for _, extension := range []string{"wps", "et", "doc", "xls"} {
		files = append(files, badFile{"a compound file called." + extension, of([]byte(ole + pad)), []fault.Code{fault.LegacyFormat}})
	}
	return files
}

// misnamed are sound files under the names of other kinds: content wins.
func misnamed(t testing.TB) []badFile {
	var files []badFile
	formats := []string{"docx", "xlsx", "ofd", "pdf", "html", "zip"}
	for i, format := range formats {
		files = append(files, badFile{format + " called." + formats[(i+1)%len(formats)], of(sampleFile(t, format)), []fault.Code{reads}},
			badFile{format + " without an extension", of(sampleFile(t, format)), []fault.Code{reads}})
	}
	return files
}

// empty are files that hold nothing.
func empty() []badFile {
	var files []badFile
	for _, extension := range []string{"txt", "md", "csv", "html", "docx", "xlsx", "pdf", "ofd", "zip"} {
		files = append(files, badFile{"no bytes." + extension, of(nil), []fault.Code{fault.Empty}})
	}
	for name, data := range map[string]string{"blanks.txt": "  \n\t\n　　\r\n", "a mark alone.txt": "\xEF\xBB\xBF", "a UTF-16 mark alone.txt": "\xFF\xFE"} {
		files = append(files, badFile{name, of([]byte(data)), []fault.Code{fault.Empty}})
	}
	return files
}
