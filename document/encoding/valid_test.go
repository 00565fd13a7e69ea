package encoding

import (
	"testing"
	"unicode/utf8"
)

// TestValidAgreesWithUTF8 puts every pair of bytes at the head of each character of a text that is long enough
// to be checked eight characters at a time.
func TestValidAgreesWithUTF8(t *testing.T) {
	const text = "全年新增城镇就业人数稳步增长，望溪区的。"
	for first := range 256 {
		for second := range 256 {
			for at := 0; at < len(text); at += len("全") {
				data := []byte(text)
				data[at], data[at+1] = byte(first), byte(second)
				if got, want := valid(data), utf8.Valid(data); got != want {
					t.Fatalf("% x at %d: %t, want %t", data[at:at+3], at, got, want)
				}
			}
		}
	}
}

// TestValidWithinOtherCharacters shifts Chinese text against the steps in which it is checked.
func TestValidWithinOtherCharacters(t *testing.T) {
	for _, text := range []string{
		"", "6", "6%左右", "增长6.5%左右，新增就业1.2万人，完成投资100亿元以上", "é增长é新增é就业é人数é完成é投资", "😀增长新增就业人数完成投资😀",
		"增长新增就业人数完成投资\xe5", "增长新增就业人数完成投资\xff增长新增就业人数完成投资", "\x80增长新增就业人数完成投资",
	} {
		for cut := range len(text) + 1 {
			if got, want := valid([]byte(text[cut:])), utf8.ValidString(text[cut:]); got != want {
				t.Errorf("%q: %t, want %t", text[cut:], got, want)
			}
		}
	}
}
