package document

import (
	"testing"
	"unicode/utf8"
)

// TestOffsets asks for every place of a text behind every other, whatever lies between them.
func TestOffsets(t *testing.T) {
	const text = "望溪区2026年GDP增长6.5%左右，é😀新增城镇就业1.2万人\r\n一、全年完成投资100亿元以上"
	for first := range text {
		for second := range text {
			offsets := NewOffsets(text)
			for _, at := range []int{first, second, len(text)} {
				if got, want := offsets.CodePoints(at), utf8.RuneCountInString(text[:at]); got != want {
					t.Fatalf("byte %d behind byte %d: %d code points, want %d", at, first, got, want)
				}
			}
		}
	}
}
