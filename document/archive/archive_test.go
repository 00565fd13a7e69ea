package archive

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

func TestReadGivesWhatWasPacked(t *testing.T) {
	a, err := Open(context.Background(), partcheck.Zip(t, "计划/年度.txt", "增长6.5%", "folder/", "", `a\b.txt`, "b"), "zip", limit.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(a.Entries()); got != "[{计划/年度.txt 10} {a/b.txt 1}]" {
		t.Errorf("entries %s", got)
	}
	for name, want := range map[string]string{"计划/年度.txt": "增长6.5%", "a/b.txt": "b", "/a/./b.txt": "b"} {
		if got, err := a.Read(name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	_, err = a.Read("missing")
	partcheck.WantFault(t, err, fault.Corrupt)
}

func TestNamesStayInside(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String("工作要点.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]string{
		"../../etc/passwd":   "etc/passwd",
		"/absolute":          "absolute",
		`..\..\windows\x`:    "windows/x",
		"a/../../b":          "b",
		gbk:                  "工作要点.txt",
		"./docs/./plan.docx": "docs/plan.docx",
	}
	for raw, want := range cases {
		a, err := Open(context.Background(), partcheck.Zip(t, raw, "x"), "zip", limit.Limits{})
		if err != nil {
			t.Errorf("%q: %v", raw, err)
			continue
		}
		if got := a.Entries()[0].Name; got != want {
			t.Errorf("%q is called %q, want %q", raw, got, want)
		}
	}
}

func TestLimits(t *testing.T) {
	ctx := context.Background()
	t.Run("entries", func(t *testing.T) {
		_, err := Open(ctx, partcheck.Zip(t, "a", "", "b", "", "c", ""), "zip", limit.Limits{Entries: 2})
		partcheck.WantFault(t, err, fault.TooLarge)
	})
	t.Run("ratio", func(t *testing.T) {
		a, err := Open(ctx, partcheck.Zip(t, "a", strings.Repeat("0", 8<<20)), "zip", limit.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Read("a")
		partcheck.WantFault(t, err, fault.TooLarge)
	})
	t.Run("expanded, over all that is read", func(t *testing.T) {
		a, err := Open(ctx, partcheck.Zip(t, "a", strings.Repeat("ab", 400), "b", strings.Repeat("ab", 400)), "zip", limit.Limits{Expanded: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.Read("a"); err != nil {
			t.Fatal(err)
		}
		_, err = a.Read("b")
		partcheck.WantFault(t, err, fault.TooLarge)
	})
	t.Run("depth of XML", func(t *testing.T) {
		a, err := Open(ctx, partcheck.Zip(t, "a", strings.Repeat("<a>", 200)), "zip", limit.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		partcheck.WantFault(t, a.EachElement("a", func(xml.StartElement) error { return nil }), fault.TooLarge)
	})
	t.Run("time", func(t *testing.T) {
		ended, cancel := context.WithCancel(ctx)
		a, err := Open(ended, partcheck.Zip(t, "a", "x"), "zip", limit.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		cancel()
		_, err = a.Read("a")
		partcheck.WantFault(t, err, fault.TooSlow)
	})
}

func TestLyingContainers(t *testing.T) {
	ctx := context.Background()
	t.Run("an entry marked as encrypted", func(t *testing.T) {
		data := partcheck.Zip(t, "a", "x")
		at := bytes.Index(data, []byte("PK\x01\x02"))
		data[at+8] |= 1
		a, err := Open(ctx, data, "zip", limit.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Read("a")
		partcheck.WantFault(t, err, fault.Encrypted)
	})
	t.Run("an entry larger than it says", func(t *testing.T) {
		data := partcheck.Zip(t, "a", strings.Repeat("x", 5000))
		at := bytes.Index(data, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(data[at+24:], 10)
		a, err := Open(ctx, data, "zip", limit.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Read("a")
		partcheck.WantFault(t, err, fault.Corrupt)
	})
	t.Run("an entry that claims 4 GB", func(t *testing.T) {
		data := partcheck.Zip(t, "a", "x")
		at := bytes.Index(data, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(data[at+24:], 0xFFFFFFF0)
		a, err := Open(ctx, data, "zip", limit.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Read("a")
		partcheck.WantFault(t, err, fault.TooLarge)
	})
	t.Run("entries that share their bytes", func(t *testing.T) {
		data := partcheck.Zip(t, "a", strings.Repeat("x", 100), "b", strings.Repeat("y", 100))
		second := bytes.LastIndex(data, []byte("PK\x01\x02"))
		binary.LittleEndian.PutUint32(data[second+42:], 0)
		_, err := Open(ctx, data, "zip", limit.Limits{})
		partcheck.WantFault(t, err, fault.Corrupt)
	})
	t.Run("an Office file with a password", func(t *testing.T) {
		var name bytes.Buffer
		for _, c := range []byte("EncryptedPackage") {
			name.Write([]byte{c, 0})
		}
		_, err := Open(ctx, append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), name.Bytes()...), "Word", limit.Limits{})
		partcheck.WantFault(t, err, fault.Encrypted)
	})
}

func TestXMLOfOtherEncodings(t *testing.T) {
	text := `<?xml version="1.0" encoding="UTF-16"?><a b="增长"/>`
	utf16 := []byte{0xFF, 0xFE}
	for _, r := range text {
		utf16 = binary.LittleEndian.AppendUint16(utf16, uint16(r))
	}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`<?xml version="1.0" encoding="GBK"?><a b="增长"/>`)
	if err != nil {
		t.Fatal(err)
	}
	for _, content := range []string{string(utf16), gbk, `<a b="增长"/>`} {
		a, err := Open(context.Background(), partcheck.Zip(t, "a.xml", content), "zip", limit.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		err = a.EachElement("a.xml", func(e xml.StartElement) error {
			got = Attr(e, "b")
			return nil
		})
		if err != nil || got != "增长" {
			t.Errorf("%q, %v", got, err)
		}
	}
}

func TestXMLExpandsNoEntities(t *testing.T) {
	laughs := `<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;">]><a>&m;</a>`
	a, err := Open(context.Background(), partcheck.Zip(t, "a.xml", laughs), "zip", limit.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	partcheck.WantFault(t, a.EachElement("a.xml", func(xml.StartElement) error { return nil }), fault.Corrupt)
}

func FuzzOpen(f *testing.F) {
	f.Add(partcheck.Zip(f, "a.xml", "<a/>", "b", strings.Repeat("x", 100)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Open(context.Background(), data, "zip", limit.Limits{Expanded: 1 << 20})
		if err == nil {
			err = readEntries(t, a)
		}
		if known := (*fault.Fault)(nil); err != nil && !errors.As(err, &known) {
			t.Errorf("%v is not a fault", err)
		}
	})
}

// readEntries reads all entries up to the first that cannot be read.
func readEntries(t *testing.T, a *Archive) error {
	for _, entry := range a.Entries() {
		if strings.HasPrefix(entry.Name, "/") || strings.Contains("/"+entry.Name+"/", "/../") {
			t.Errorf("%q leaves the container", entry.Name)
		}
		if _, err := a.Read(entry.Name); err != nil {
			return err
		}
	}
	return nil
}
