package layout

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Unify gives the ordinary character for a sign that only looks like it: fonts in PDF files often say
// that a glyph is the radical ⼯ where the text has 工.
func Unify(r rune) rune {
	switch {
	case r >= 0x2F00 && r <= 0x2FD5, r >= 0xF900 && r <= 0xFAD9, r >= 0x2F800 && r <= 0x2FA1D:
		if unified := norm.NFKC.String(string(r)); utf8.RuneCountInString(unified) == 1 {
			r, _ = utf8.DecodeRuneInString(unified)
		}
	case r >= 0x2E80 && r <= 0x2EFF:
		if unified, ok := radicals[r]; ok {
			return unified
		}
	case r == 0xA0:
		return ' '
	}
	return r
}

// radicals are the simplified radicals for which Unicode states no ordinary character.
var radicals = map[rune]rune{
	'⺟': '母', '⺠': '民', '⻁': '虎', '⻄': '西', '⻅': '见', '⻆': '角', '⻉': '贝', '⻋': '车', '⻓': '长', '⻔': '门',
	'⻘': '青', '⻙': '韦', '⻚': '页', '⻛': '风', '⻜': '飞', '⻝': '食', '⻢': '马', '⻣': '骨', '⻤': '鬼', '⻥': '鱼',
	'⻦': '鸟', '⻧': '卤', '⻨': '麦', '⻩': '黄', '⻬': '齐', '⻮': '齿', '⻰': '龙', '⻳': '龟',
}
