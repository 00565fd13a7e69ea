package checking

import (
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/reading/lexicon"
)

// enumeration is the items of a counted list.
type enumeration struct {
	document.Span
	least, most int  // how many it may be read to name: 和 in the last item may part two
	partial     bool // 等 leaves the rest unnamed
	certain     bool // the marks leave no doubt what the items are
	numbered    bool // an outline whose items all bear consecutive numbers
}

// itemsOf finds the items that a count announces or sums up; ok is false where there are none, or where it
// cannot be told where they begin and end.
func (p *paper) itemsOf(c *counted) (enumeration, bool) {
	text := p.Document.Text[:c.block.End]
	end := c.End
	if c.quoted {
		end += len("”")
	}
	if c.quoted || c.noun != "" || end == len(text) || !strings.HasPrefix(text[end:], "、") {
		if e, ok := p.itemsBehind(c, end); ok {
			return e, e.tells(c)
		}
	}
	e, ok := itemsBefore(text, c)
	return e, ok && e.tells(c)
}

// tells tells whether a list that differs from its count is near enough to it to be its list.
func (e *enumeration) tells(c *counted) bool {
	if c.n >= e.least && c.n <= e.most || e.partial && c.n > e.most {
		return true
	}
	if !e.certain {
		return false
	}
	most := 2
	if c.groups > 1 {
		most = 1 // the numbers of a slogan need not add up
	}
	return e.numbered || e.least-c.n <= most && c.n-e.most <= most
}

// itemsBehind reads the items behind a count: 三类：A、B和C。 三项工作：一是…；二是… “五图”（A、B…）
func (p *paper) itemsBehind(c *counted, end int) (enumeration, bool) {
	text := p.Document.Text[:c.block.End]
	rest := text[end:]
	for _, colon := range []string{"：", ":"} {
		if after, found := strings.CutPrefix(rest, colon); found {
			return p.itemsBehindColon(c, len(text)-len(after))
		}
	}
	for _, open := range []string{"（", "("} {
		if after, found := strings.CutPrefix(rest, open); found {
			return itemsInside(text, len(text)-len(after), "）)", "，,。：\n", c)
		}
	}
	for _, open := range []string{"，即：", "，即", "——"} {
		if after, found := strings.CutPrefix(rest, open); found {
			return itemsInside(text, len(text)-len(after), "。；，,\n", "：", c)
		}
	}
	if strings.TrimSpace(rest) != "" || c.block.Kind != document.Heading {
		return enumeration{}, false
	}
	if e, ok := p.outlineBehind(c); ok {
		e.numbered = false // a heading counts what it is about, which need not be its sections
		return e, true
	}
	return p.itemsUnderHeading(c)
}

func (p *paper) itemsBehindColon(c *counted, at int) (enumeration, bool) {
	text := p.Document.Text[:c.block.End]
	if strings.TrimSpace(text[at:]) == "" {
		return p.outlineBehind(c)
	}
	if e, ok := p.marked(c, at); ok {
		return e, true
	}
	return itemsInside(text, at, "。！？\n", "，,：", c)
}

// itemsInside reads items set apart by 、 or ； up to one of the stops. A list with one of the breaks in it
// cannot be cut with certainty.
func itemsInside(text string, at int, stops, breaks string, c *counted) (enumeration, bool) {
	end := at
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if strings.ContainsRune(breaks, r) {
			return enumeration{}, false
		}
		if strings.ContainsRune(stops, r) {
			break
		}
		end += size
	}
	inner := text[at:end]
	parts := cutItems(inner, '、')
	if strings.ContainsAny(inner, "；;") {
		parts = cutItems(strings.ReplaceAll(inner, ";", "；"), '；')
	}
	if len(parts) < leastItems {
		return enumeration{}, false
	}
	e := enumerationOf(document.Span{Start: at, End: end}, parts)
	e.certain = plainItems(parts, c)
	return e, true
}

// cutItems divides a text at a mark outside quotation marks and brackets.
func cutItems(text string, mark rune) []string {
	var items []string
	depth, start := 0, 0
	for i, r := range text {
		switch r {
		case '“', '（', '(', '《', '‘', '〔':
			depth++
		case '”', '）', ')', '》', '’', '〕':
			depth = max(0, depth-1)
		case mark:
			if depth == 0 {
				items = append(items, text[start:i])
				start = i + utf8.RuneLen(mark)
			}
		}
	}
	return append(items, text[start:])
}

// enumerationOf counts items. A joint within the last may part it in two; any joint makes the count
// uncertain by one, upward.
func enumerationOf(span document.Span, items []string) enumeration {
	e := enumeration{Span: span, least: len(items), most: len(items)}
	last := items[len(items)-1]
	for _, word := range listWords().partial {
		if strings.HasSuffix(last, word) {
			e.partial = true
			last = strings.TrimSuffix(last, word)
		}
	}
	for _, item := range items {
		for _, joint := range listWords().joints {
			if strings.Contains(item, joint) {
				e.most++
				break
			}
		}
	}
	return e
}

// itemsBefore reads the items that a count sums up: A、B、C三项工程, A、B、C“五图”. They reach back to the last
// mark that ends a phrase.
func itemsBefore(text string, c *counted) (enumeration, bool) {
	end := c.Start
	if c.quoted {
		end -= len("“")
	}
	start := end
	depth := 0
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if strings.ContainsRune("”）)》", r) {
			depth++
		} else if strings.ContainsRune("“（(《", r) {
			if depth == 0 {
				return enumeration{}, false
			}
			depth--
		} else if depth == 0 && strings.ContainsRune("，。；：,;:!?！？\n\r\u3000", r) {
			break
		}
		start -= size
	}
	items := cutItems(text[start:end], '、')
	last := len(items) - 1
	if last < 1 || items[last] == "" {
		return enumeration{}, false
	}
	e := enumerationOf(document.Span{Start: start, End: end}, items)
	if e.partial {
		items = items[:last]
	} else {
		items[last] = strings.TrimSuffix(strings.TrimSuffix(items[last], "的"), "这")
	}
	plain := plainItems(items, c)
	e.certain = plain && len(items) > leastItems
	return e, plain || e.least == c.n && c.n > leastItems
}

// plainItems tells whether what stands between the marks must be the list: all items but the first, which
// its verb may open, are bare nouns; or they are short verbs of one length (改革、开放、创新) behind which the
// count can only gather them. Verbs before three parks act on the parks.
func plainItems(items []string, c *counted) bool {
	const longest = len("新一代信息技术产业集群")
	words := lexicon.Default()
	last := len(items) - 1
	verbs, parallel := false, len(items[last]) <= len("做实做细")
	for i, item := range items {
		if item == "" || strings.ContainsAny(item, "“”《》") || countsSomething(item) {
			return false
		}
		if i == 0 {
			continue
		}
		if len(item) > longest || strings.Contains(item, "的") {
			return false
		}
		tags, end := words.Match(item, 0)
		opens := tags&(lexicon.Verb|lexicon.Predicate|lexicon.Before) != 0
		verbs = verbs || opens && (end < len(item) || i == last)
		parallel = parallel && len(item) == len(items[last])
	}
	return markNumber(items[0]) == 0 && (!verbs || parallel && c.gathers)
}

// countsSomething tells whether an item has a number of its own.
func countsSomething(item string) bool {
	for at := opensCount.next(item, 0); at < len(item); at = opensCount.next(item, at) {
		if item[at] < utf8.RuneSelf {
			return true
		}
		c, next := countAt(item, at)
		if c.n > 0 {
			return true
		}
		at = next
	}
	return false
}

// itemsUnderHeading reads the list with which the text under a heading begins, where its items end in the
// thing counted: “三项工程” above 实施A工程、B工程、C工程。
func (p *paper) itemsUnderHeading(c *counted) (enumeration, bool) {
	i, _ := slices.BinarySearchFunc(p.Document.Blocks, c.Start, func(b document.Block, at int) int { return b.End - at })
	if i+1 >= len(p.Document.Blocks) || c.groups != 1 {
		return enumeration{}, false
	}
	next := &p.Document.Blocks[i+1]
	_, end := listWords().counters.Match(c.noun, 0)
	noun := c.noun[max(0, end):]
	if next.Table >= 0 || noun == "" {
		return enumeration{}, false
	}
	e, ok := itemsInside(p.Document.Text[:next.End], next.Start, "。！？\n", "，,：", c)
	if !ok {
		return enumeration{}, false
	}
	for _, item := range cutItems(e.In(p.Document.Text), '、') {
		if !strings.HasSuffix(item, noun) {
			return enumeration{}, false
		}
	}
	return e, true
}
