package document

import (
	"strings"
	"unicode/utf8"
)

// shiNumbers are the markers of items within a paragraph, in their order.
var shiNumbers = func() []string {
	digits := []string{"一", "二", "三", "四", "五", "六", "七", "八", "九"}
	var all []string
	for tens := range 2 {
		for i := range 10 {
			number := ""
			switch {
			case tens == 0 && i == 9:
				number = "十"
			case tens == 0:
				number = digits[i]
			case i < 9:
				number = "十" + digits[i]
			default:
				number = "二十"
			}
			all = append(all, number+"是")
		}
	}
	return all
}()

// shiItems finds 一是…二是… within a paragraph: two of them at least, each behind a stop.
func (f *headFinder) shiItems(block int, span Span) []head {
	text := f.d.doc.Text
	var starts []int
	for ; len(f.shi) > 0 && int(f.shi[0]) < span.End; f.shi = f.shi[1:] {
		if at := int(f.shi[0]); at >= span.Start && opensItem(text[span.Start:at]) {
			starts = append(starts, at)
		}
	}
	if len(starts) == 0 {
		return nil
	}
	starts = append(starts, span.End)
	var items []head
	for i := 0; i < len(starts)-1 && len(items) <= f.most; i++ {
		items = append(items, itemsOf(text, block, starts[i], starts[i+1])...)
	}
	return closeItems(items, text, span.End)
}

// opensItem tells that an item may begin behind this text: at the start or behind a stop.
func opensItem(before string) bool {
	before = strings.TrimRight(before, " ")
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("：:。；;，,、！（(—”)）", r)
}

// itemsOf follows the numbers from 一是 on, up to end.
func itemsOf(text string, block, at, end int) []head {
	var items []head
	from := at
	for _, number := range shiNumbers {
		found := itemFrom(text[:end], number, from)
		if found < 0 {
			break
		}
		marker := Span{found, found + len(number)}
		items = append(items, head{block: int32(block), kind: shiItem, value: len(items) + 1, marker: marker, own: true})
		from = marker.End
	}
	if len(items) < 2 {
		return nil
	}
	return items
}

// itemFrom is the next place behind a stop where the number stands; -1 if there is none.
func itemFrom(text, number string, from int) int {
	for from < len(text) {
		i := strings.Index(text[from:], number)
		if i < 0 {
			return -1
		}
		if opensItem(text[max(0, from+i-2*utf8.UTFMax):from+i]) || from+i == 0 {
			return from + i
		}
		from += i + len(number)
	}
	return -1
}

// closeItems lets each item end where the next begins, and gives it its title.
func closeItems(items []head, text string, end int) []head {
	for i := range items {
		item := &items[i]
		item.end = end
		if i+1 < len(items) {
			item.end = items[i+1].marker.Start
		}
		item.title = titleOf(text, trim(text, Span{item.marker.End, item.end}), true)
	}
	return items
}
