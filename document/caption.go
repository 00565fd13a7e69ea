package document

import (
	"strings"
	"unicode/utf8"
)

const (
	maxCaptionRunes = 50
	captionReach    = 3 // lines above a table among which its caption and unit are looked for
)

// unitLabels introduce the unit of a whole table.
var unitLabels = [...]string{"计量单位", "金额单位", "单位"}

// nameTable looks above a table for the line that names it and for its unit. What stands in the table
// itself goes before.
func (d *draft) nameTable(t *Table, first int) {
	for block := first - 1; block >= 0 && block >= first-captionReach; block-- {
		b := &d.doc.Blocks[block]
		if b.Table >= 0 {
			return
		}
		line := b.In(d.doc.Text)
		if unit := unitIn(d.doc.Text, b.Span); !unit.Empty() && t.Unit.Empty() {
			t.Unit = unit
		}
		if startsWithUnit(line) {
			b.Kind = Heading
			continue
		}
		if t.Caption.Empty() && isCaption(line) {
			t.Caption = b.Span
			b.Kind = Heading
		}
		return
	}
}

// isCaption tells a line that can name a table: short, and no sentence.
func isCaption(line string) bool {
	if len(line) > 4*maxCaptionRunes || utf8.RuneCountInString(line) > maxCaptionRunes {
		return false
	}
	if strings.ContainsAny(line, "。；;！!") || strings.HasSuffix(line, ",") || strings.HasSuffix(line, "，") {
		return false
	}
	if _, marked := markerAt(line); marked {
		return strings.HasSuffix(trimClosed(line), "表")
	}
	return true
}

// trimClosed is a line without what stands in brackets at its end, as in “完成情况表（单位：亿元）”.
func trimClosed(line string) string {
	line = strings.TrimRight(line, ":：")
	for _, pair := range [...][2]string{{"（", "）"}, {"(", ")"}} {
		if open := strings.LastIndex(line, pair[0]); open > 0 && strings.HasSuffix(line, pair[1]) {
			return line[:open]
		}
	}
	return line
}

func startsWithUnit(line string) bool {
	line = strings.TrimLeft(line, "（(【[ ")
	for _, label := range unitLabels {
		if behind, ok := strings.CutPrefix(line, label); ok {
			behind = strings.TrimLeft(behind, " 　")
			return strings.HasPrefix(behind, ":") || strings.HasPrefix(behind, "：")
		}
	}
	return false
}

// opensUnit tells 单位 as a word of its own from 发布单位 and 责任单位.
func opensUnit(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return before == "" || strings.ContainsRune(" 　（(【[|\t，,；;表", r)
}

// unitIn is what stands behind “单位：” in a line, up to a closing bracket or blank.
func unitIn(text string, line Span) Span {
	s := line.In(text)
	for _, label := range unitLabels {
		at := strings.Index(s, label)
		if at < 0 || !opensUnit(s[:at]) {
			continue
		}
		behind := at + len(label)
		behind += len(s[behind:]) - len(strings.TrimLeft(s[behind:], " 　"))
		if !strings.HasPrefix(s[behind:], ":") && !strings.HasPrefix(s[behind:], "：") {
			continue
		}
		_, size := utf8.DecodeRuneInString(s[behind:])
		behind += size
		end := len(s)
		if i := strings.IndexAny(s[behind:], "）)】]\t|"); i >= 0 {
			end = behind + i
		}
		return trim(text, Span{line.Start + behind, line.Start + end})
	}
	return Span{}
}
