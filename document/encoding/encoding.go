// Package encoding turns the bytes of a text file into a string: UTF-8, UTF-16 or GB18030, with or
// without a byte order mark, told apart by the bytes alone.
package encoding

import (
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"luoshi/document/fault"
)

// Charset is the coding that a text was found to be in.
type Charset string

const (
	UTF8    Charset = "UTF-8"
	UTF16LE Charset = "UTF-16LE"
	UTF16BE Charset = "UTF-16BE"
	GB18030 Charset = "GB18030"
)

// sampleSize is how much of a file is looked at where a share has to be estimated.
const sampleSize = 8 << 10

// Decode gives the text without its byte order mark. A few damaged bytes become U+FFFD; bytes that are
// no text in any of the codings give fault.Encoding or, where they are not text at all, fault.Unknown.
func Decode(data []byte) (string, Charset, error) {
	if charset, mark := byteOrderMark(data); mark > 0 {
		return decodeMarked(data[mark:], charset)
	}
	if charset, ok := unmarkedUTF16(data); ok {
		return decodeUTF16(data, charset)
	}
	if isBinary(data) {
		return "", "", fault.New(fault.Unknown, errors.New("control bytes as in a binary file"))
	}
	if valid(data) {
		return string(data), UTF8, nil
	}
	if mostlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\uFFFD"), UTF8, nil
	}
	return decodeGB18030(data)
}

func byteOrderMark(data []byte) (Charset, int) {
	switch {
	case len(data) >= 3 && data[0] == 0xEF && data[1] == 0xBB && data[2] == 0xBF:
		return UTF8, 3
	case len(data) >= 2 && data[0] == 0xFF && data[1] == 0xFE:
		return UTF16LE, 2
	case len(data) >= 2 && data[0] == 0xFE && data[1] == 0xFF:
		return UTF16BE, 2
	}
	return "", 0
}

func decodeMarked(data []byte, charset Charset) (string, Charset, error) {
	if charset != UTF8 {
		return decodeUTF16(data, charset)
	}
	if isBinary(data) {
		return "", "", fault.New(fault.Unknown, errors.New("control bytes behind a byte order mark"))
	}
	return strings.ToValidUTF8(string(data), "\uFFFD"), UTF8, nil
}

func decodeUTF16(data []byte, charset Charset) (string, Charset, error) {
	order := unicode.LittleEndian
	if charset == UTF16BE {
		order = unicode.BigEndian
	}
	decoded, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	if err != nil {
		return "", "", fault.New(fault.Encoding, err, 0)
	}
	text := string(decoded)
	if at, bad := damage(text); bad {
		return "", "", fault.New(fault.Encoding, errors.New("too many lone surrogates"), at)
	}
	return text, charset, nil
}

func decodeGB18030(data []byte) (string, Charset, error) {
	decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil {
		return "", "", fault.New(fault.Encoding, err, 0)
	}
	text := string(decoded)
	if at, bad := damage(text); bad {
		return "", "", fault.New(fault.Encoding, errors.New("no Chinese coding fits"), at)
	}
	return text, GB18030, nil
}

// damage tells whether more than one rune in fifty is a replacement, a control or of private use, and
// where the first of them stands.
func damage(text string) (at int, bad bool) {
	first, strange, total := -1, 0, 0
	for i, r := range text {
		total++
		if r == utf8.RuneError || isStrange(r) {
			if first < 0 {
				first = i
			}
			strange++
		}
	}
	return max(first, 0), strange*50 > total+50
}

func isStrange(r rune) bool {
	switch {
	case r < ' ':
		return r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v'
	case r >= 0x80 && r < 0xA0:
		return true
	}
	return r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000
}

// isBinary tells whether control bytes are as many as in a binary file.
func isBinary(data []byte) bool {
	sample := data[:min(len(data), sampleSize)]
	controls := 0
	for _, b := range sample {
		if b < ' ' && isStrange(rune(b)) {
			controls++
		}
	}
	return controls*100 > len(sample)
}

// mostlyUTF8 tells whether what is wrong with the bytes is a few of them and not the coding as a whole:
// in GB18030 and the like, broken sequences outnumber accidental ones by far.
func mostlyUTF8(data []byte) bool {
	sequences, broken := 0, 0
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			broken++
		} else {
			sequences++
		}
		i += size
	}
	return broken*8 < sequences
}

// unmarkedUTF16 looks for UTF-16 without a byte order mark: nearly all of its units are then ASCII, Han
// or Chinese punctuation in one byte order and hardly any in the other.
func unmarkedUTF16(data []byte) (Charset, bool) {
	if len(data) < 4 || len(data)%2 != 0 {
		return "", false
	}
	sample := data[:min(len(data), sampleSize)&^1]
	if utf8.Valid(sample[:len(sample)-trailingFragment(sample)]) && !hasZero(sample) {
		return "", false
	}
	little, big := 0, 0
	for i := 0; i+1 < len(sample); i += 2 {
		if isCommonUnit(uint16(sample[i]) | uint16(sample[i+1])<<8) {
			little++
		}
		if isCommonUnit(uint16(sample[i+1]) | uint16(sample[i])<<8) {
			big++
		}
	}
	units := len(sample) / 2
	switch {
	case little*20 >= units*19 && little > big:
		return UTF16LE, true
	case big*20 >= units*19 && big > little:
		return UTF16BE, true
	}
	return "", false
}

// trailingFragment is the length of a UTF-8 sequence that the end of a sample cuts off.
func trailingFragment(sample []byte) int {
	for n := 1; n <= 3 && n <= len(sample); n++ {
		b := sample[len(sample)-n]
		if utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(sample[len(sample)-n:]) {
				return n
			}
			return 0
		}
	}
	return 0
}

func hasZero(sample []byte) bool {
	for _, b := range sample {
		if b == 0 {
			return true
		}
	}
	return false
}

func isCommonUnit(u uint16) bool {
	switch {
	case u < 0x80:
		return u >= ' ' || u == '\n' || u == '\r' || u == '\t'
	case u >= 0x4E00 && u <= 0x9FFF, u >= 0x3000 && u <= 0x303F, u >= 0xFF00 && u <= 0xFFEF:
		return true
	case u >= 0x2010 && u <= 0x203F, u >= 0x2150 && u <= 0x218F, u >= 0x2460 && u <= 0x24FF:
		return true
	}
	return u == 0xB7 || u == 0xD7 || u == 0xA0 || u == 0x2103
}
