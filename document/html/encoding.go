package html

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"luoshi/document/fault"
)

// decode turns the page into UTF-8. Bytes that are UTF-8, or nearly so, are taken as such whatever the page declares,
// because no other encoding gives valid UTF-8 by chance; then comes what it declares, then GB18030.
func decode(data []byte) (string, error) {
	if utf16 := utf16Of(data); utf16 != nil {
		return decodeBest(data, []encoding.Encoding{utf16})
	}
	data = bytes.TrimPrefix(data, []byte("\xEF\xBB\xBF"))
	if nearlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\uFFFD"), nil
	}
	candidates := []encoding.Encoding{simplifiedchinese.GB18030, unicode.UTF8}
	if declared := declaredIn(data); declared != nil {
		candidates = append([]encoding.Encoding{declared}, candidates...)
	}
	return decodeBest(data, candidates)
}

// nearlyUTF8 tells whether the bytes are UTF-8, save for the odd one that was cut off or damaged.
func nearlyUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	const odd = 50 // one in so many characters that are not ASCII
	wide, wrong := 0, 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			wrong++
		case size > 1:
			wide++
		}
		data = data[size:]
	}
	return wrong*odd < wide
}

// utf16Of is the UTF-16 that the byte order mark states; nil without one.
func utf16Of(data []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	}
	return nil
}

// declaredIn is the encoding that the page's head declares; nil where it declares none or UTF-8.
func declaredIn(data []byte) encoding.Encoding {
	declared, name, certain := charset.DetermineEncoding(data[:min(len(data), 4096)], "")
	if name == "windows-1252" && !certain || name == "utf-8" { // the first is a mere guess
		return nil
	}
	if name == "gbk" || name == "gb2312" || name == "gb18030" {
		return simplifiedchinese.GB18030
	}
	if canonical, err := htmlindex.Get(name); err == nil {
		return canonical
	}
	return declared
}

// decodeBest decodes with the encoding that leaves the fewest bytes unread; more than one in a hundred
// is a fault that names the first.
func decodeBest(data []byte, candidates []encoding.Encoding) (string, error) {
	const bearable = 100
	best, fewest := "", len(data)+1
	for _, candidate := range candidates {
		text, err := candidate.NewDecoder().String(string(data))
		if err != nil {
			continue
		}
		text = strings.ToValidUTF8(text, "\uFFFD")
		if wrong := strings.Count(text, "\uFFFD"); wrong < fewest {
			best, fewest = text, wrong
		}
		if fewest == 0 {
			break
		}
	}
	if fewest > 0 && fewest > len(data)/bearable {
		return "", fault.New(fault.Encoding, nil, firstInvalid(data))
	}
	return best, nil
}

// firstInvalid is the offset of the first byte that is not UTF-8.
func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return 0
}
