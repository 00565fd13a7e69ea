package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"
)

// file collects the objects of a PDF, which point at each other by number.
type file struct {
	objects       [][]byte // number 1 first
	catalog, info int
}

// reserve takes a number for an object that is written later.
func (f *file) reserve() int {
	f.objects = append(f.objects, nil)
	return len(f.objects)
}

func (f *file) set(number int, format string, args ...any) {
	f.objects[number-1] = fmt.Appendf(nil, format, args...)
}

// add writes an object and tells its number.
func (f *file) add(format string, args ...any) int {
	number := f.reserve()
	f.set(number, format, args...)
	return number
}

// stream writes an object with compressed content; entries stand in its dictionary.
func (f *file) stream(entries string, content []byte) (int, error) {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	if _, err := z.Write(content); err != nil {
		return 0, fmt.Errorf("compress a stream: %w", err)
	}
	if err := z.Close(); err != nil {
		return 0, fmt.Errorf("compress a stream: %w", err)
	}
	number := f.reserve()
	object := fmt.Appendf(nil, "<</Length %d/Filter/FlateDecode%s>>stream\n", packed.Len(), entries)
	f.objects[number-1] = append(append(object, packed.Bytes()...), "\nendstream"...)
	return number, nil
}

// bytes is the file: the objects, where each of them begins, and where that list does.
func (f *file) bytes() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	places := make([]int, len(f.objects))
	for i, object := range f.objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	// The name of the file is made of what is in it.
	name := sha256.Sum256(b.Bytes())
	list := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, place := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n",
		len(places)+1, f.catalog, f.info, name[:16], name[:16], list)
	return b.Bytes()
}

// spoken is a text as PDF has it outside of pages.
func spoken(text string) string {
	var s strings.Builder
	s.WriteString("<feff")
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&s, "%04x", unit)
	}
	s.WriteString(">")
	return s.String()
}

// address is a web address as PDF has it.
func address(url string) string {
	return "(" + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(url) + ")"
}

// references are pointers to objects.
func references(numbers []int) string {
	var s strings.Builder
	for i, n := range numbers {
		if i > 0 {
			s.WriteString(" ")
		}
		fmt.Fprintf(&s, "%d 0 R", n)
	}
	return s.String()
}
