package encoding

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"luoshi/document/fault"
)

const text = "云溪区2025年工作安排\r\n一、地区生产总值增长6%左右，新增企业１５家。"

func encode(t *testing.T, e transform.Transformer, s string) []byte {
	t.Helper()
	data, _, err := transform.Bytes(e, []byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDecode tells the codings apart with and without a mark.
func TestDecode(t *testing.T) {
	little := encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), text)
	big := encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder(), text)
	latin := encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder(), "GDP grows 6 per cent\n")
	tests := []struct {
		name    string
		data    []byte
		charset Charset
		want    string
	}{
		{"UTF-8", []byte(text), UTF8, text},
		{"UTF-8 with mark", append([]byte("\xef\xbb\xbf"), text...), UTF8, text},
		{"UTF-16LE with mark", append([]byte("\xff\xfe"), little...), UTF16LE, text},
		{"UTF-16BE with mark", append([]byte("\xfe\xff"), big...), UTF16BE, text},
		{"UTF-16LE", little, UTF16LE, text},
		{"UTF-16BE", big, UTF16BE, text},
		{"UTF-16LE of ASCII", latin, UTF16LE, "GDP grows 6 per cent\n"},
		{"GB18030", encode(t, simplifiedchinese.GB18030.NewEncoder(), text), GB18030, text},
		{"GB18030 of four bytes", encode(t, simplifiedchinese.GB18030.NewEncoder(), text+"㐀𠀀"), GB18030, text + "㐀𠀀"},
		{"ASCII", []byte("6%"), UTF8, "6%"},
		{"damaged", []byte(text + "\xff" + text), UTF8, text + "\uFFFD" + text},
		{"cut off", []byte(text[:len(text)-1]), UTF8, text[:len(text)-3] + "\uFFFD"},
	}
	for _, tt := range tests {
		got, charset, err := Decode(tt.data)
		if err != nil || got != tt.want || charset != tt.charset {
			t.Errorf("%s: %q as %s (%v), want %q as %s", tt.name, got, charset, err, tt.want, tt.charset)
		}
	}
}

// TestDecodeRefuses ends bytes that are no text in a fault.
func TestDecodeRefuses(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"controls", bytes.Repeat([]byte{1, 2, 3, 'a'}, 20), fault.Unknown},
		{"no coding", bytes.Repeat([]byte{0xff, 0x80, 0xff}, 40), fault.Encoding},
		{"lone surrogates", append([]byte("\xff\xfe"), bytes.Repeat([]byte{0x00, 0xd8}, 60)...), fault.Encoding},
	}
	for _, tt := range tests {
		_, _, err := Decode(tt.data)
		var f *fault.Fault
		if !errors.As(err, &f) || f.Code != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// FuzzDecode gives valid UTF-8 or a fault.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(text))
	f.Add([]byte("\xff\xfe\x00\xd8"))
	f.Add([]byte(strings.Repeat("\xd4\xc6", 40)))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, err := Decode(data)
		var known *fault.Fault
		if err != nil && !errors.As(err, &known) {
			t.Fatalf("%v is no fault", err)
		}
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not valid", got)
		}
	})
}
