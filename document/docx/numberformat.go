package docx

import (
	"strconv"
	"strings"
)

// sequences are the number formats that count along a fixed row of signs, from 1.
var sequences = map[string][]rune{
	"decimalEnclosedCircle":        circled,
	"decimalEnclosedCircleChinese": circled,
	"decimalEnclosedParen":         []rune("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
	"decimalEnclosedFullstop":      []rune("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
	"ideographEnclosedCircle":      []rune("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
	"ideographTraditional":         []rune("甲乙丙丁戊己庚辛壬癸"),
	"ideographZodiac":              []rune("子丑寅卯辰巳午未申酉戌亥"),
}

var circled = []rune("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿")

// counting says, for the formats that spell a number out, the signs for 0 to 9 and for 10, 100, 1000.
var counting = map[string]struct{ digits, places []rune }{
	"chineseCounting":           {[]rune("零一二三四五六七八九"), []rune("十百千")},
	"chineseCountingThousand":   {[]rune("零一二三四五六七八九"), []rune("十百千")},
	"taiwaneseCounting":         {[]rune("零一二三四五六七八九"), []rune("十百千")},
	"taiwaneseCountingThousand": {[]rune("零一二三四五六七八九"), []rune("十百千")},
	"japaneseCounting":          {[]rune("零一二三四五六七八九"), []rune("十百千")},
	"chineseLegalSimplified":    {[]rune("零壹贰叁肆伍陆柒捌玖"), []rune("拾佰仟")},
	"ideographLegalTraditional": {[]rune("零壹貳參肆伍陸柒捌玖"), []rune("拾佰仟")},
}

// digitwise are the formats that write a number digit by digit in other signs.
var digitwise = map[string][]rune{
	"decimalFullWidth":           []rune("０１２３４５６７８９"),
	"decimalFullWidth2":          []rune("０１２３４５６７８９"),
	"ideographDigital":           []rune("〇一二三四五六七八九"),
	"taiwaneseDigital":           []rune("〇一二三四五六七八九"),
	"japaneseDigitalTenThousand": []rune("〇一二三四五六七八九"),
}

// formatNumber writes a list's count the way Word does; formats it does not know are decimal.
func formatNumber(count int, format string) string {
	if row, ok := sequences[format]; ok && count >= 1 && count <= len(row) {
		return string(row[count-1])
	}
	if signs, ok := counting[format]; ok && count >= 0 && count < 10000 {
		return spellOut(count, signs.digits, signs.places)
	}
	if digits, ok := digitwise[format]; ok {
		return inDigits(count, digits)
	}
	switch format {
	case "decimalZero":
		if count >= 0 && count < 10 {
			return "0" + strconv.Itoa(count)
		}
	case "upperRoman":
		return roman(count)
	case "lowerRoman":
		return strings.ToLower(roman(count))
	case "upperLetter":
		return letters(count, 'A')
	case "lowerLetter":
		return letters(count, 'a')
	case "bullet", "none":
		return ""
	}
	return strconv.Itoa(count)
}

// spellOut writes 0 to 9999: 十二, 二十, 一百零五.
func spellOut(count int, digits, places []rune) string {
	if count == 0 {
		return string(digits[0])
	}
	var b strings.Builder
	gap := false
	for place, unit := 3, 1000; place >= 0; place, unit = place-1, unit/10 {
		digit := count / unit % 10
		switch {
		case digit == 0:
			gap = b.Len() > 0
		case place == 0:
			writeAfterGap(&b, gap, digits[0])
			b.WriteRune(digits[digit])
		default:
			writeAfterGap(&b, gap, digits[0])
			if !(digit == 1 && place == 1 && b.Len() == 0) { // 十二, not 一十二
				b.WriteRune(digits[digit])
			}
			b.WriteRune(places[place-1])
			gap = false
		}
	}
	return b.String()
}

func writeAfterGap(b *strings.Builder, gap bool, zero rune) {
	if gap {
		b.WriteRune(zero)
	}
}

func inDigits(count int, digits []rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return digits[r-'0']
		}
		return r
	}, strconv.Itoa(count))
}

func roman(count int) string {
	if count < 1 || count > 3999 {
		return strconv.Itoa(count)
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; count >= step.value; count -= step.value {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}

// letters counts a … z, aa, bb, as Word does.
func letters(count int, first rune) string {
	if count < 1 || count > 26*26 {
		return strconv.Itoa(count)
	}
	return strings.Repeat(string(first+rune((count-1)%26)), (count-1)/26+1)
}
