package document

import (
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/document/limit"
)

// head opens a section.
type head struct {
	block  int32
	kind   headKind
	number headKind // the kind of its outline number, where a style makes it a heading; else 0
	value  int
	marker Span
	title  Span
	// own tells that the section ends with its paragraph.
	own bool
	// end is where an item within a paragraph ends; 0 for all others.
	end int
}

const (
	maxTitleRunes    = 48 // beyond it a first sentence is cut at its first clause
	maxHeadingRunes  = 64 // a marked line up to which it can be a heading
	maxPlainRunes    = 32 // the same without a marker
	maxSentenceRunes = 26
	maxRunInRunes    = 20
	minBodyRunes     = 40 // what follows a heading without a marker
	minRunInBytes    = 60 // what follows a short first sentence in its paragraph
)

// heads gathers what may open a section, in the order of the text.
func (d *draft) heads(lim limit.Limits) ([]head, error) {
	f := headFinder{d: d, most: lim.Blocks, shi: d.items}
	f.start = d.bodyStart()
	for i := range d.doc.Blocks {
		b := &d.doc.Blocks[i]
		if b.Furniture || b.Kind == TableRow {
			continue
		}
		f.block(i, b)
		if len(f.heads) > f.most {
			return nil, tooManyBlocks(lim)
		}
	}
	adoptStyles(f.heads)
	return settle(f.heads, d.doc.Text), nil
}

// adoptStyles gives headings that somebody forgot to style the depth of those with the same kind of
// number, where at least as many are styled.
func adoptStyles(heads []head) {
	var depth [headKinds]headKind
	var styled, unstyled [headKinds]int
	for _, h := range heads {
		switch {
		case h.kind > styledHead:
			unstyled[h.kind]++
		case h.number > 0:
			depth[h.number] = h.kind
			styled[h.number]++
		}
	}
	for i := range heads {
		if kind := heads[i].kind; kind > styledHead && styled[kind] > 0 && styled[kind] >= unstyled[kind] {
			heads[i].kind = depth[kind]
		}
	}
}

// headFinder goes over the blocks.
type headFinder struct {
	d     *draft
	most  int // heads that there may be
	start int // the first block behind the title, the date and the names
	heads []head
	shi   []int32 // where 一是 stands in the rest of the text
}

// add appends heads to those found. There may be very many of them: room is doubled, as room that grows by
// a quarter leaves four times as much behind.
func (f *headFinder) add(found ...head) {
	if len(f.heads)+len(found) > cap(f.heads) {
		f.heads = slices.Grow(f.heads, len(f.heads)+len(found))
	}
	f.heads = append(f.heads, found...)
}

func (f *headFinder) block(i int, b *Block) {
	line := b.In(f.d.doc.Text)
	if style := f.d.style(i); style > 0 {
		f.styled(i, b.Span, line, style)
		return
	}
	items := f.shiItems(i, b.Span)
	m, marked := markerAt(line)
	switch {
	case marked && (m.kind != shiHead || len(items) == 0):
		f.marked(i, b.Span, line, m)
	case i < f.start, b.Kind == Heading:
	case isDashed(line):
		f.dashed(i, b.Span, line)
	case len(line) <= 4*maxPlainRunes:
		f.plain(i, b.Span, line)
	case len(items) == 0 || items[0].marker.Start > b.Start:
		f.runIn(i, b.Span, line)
	}
	f.add(items...)
}

func (f *headFinder) styled(i int, span Span, line string, style int8) {
	h := head{block: int32(i), kind: headKind(style - 1), title: span}
	if m, marked := markerAt(line); marked && m.kind != shiHead {
		h.value, h.number = m.value, m.kind
		h.marker = Span{span.Start, span.Start + m.size}
		h.title = trim(f.d.doc.Text, Span{h.marker.End, span.End})
	}
	f.d.doc.Blocks[i].Kind = Heading
	f.add(h)
}

func (f *headFinder) marked(i int, span Span, line string, m marker) {
	body := trim(f.d.doc.Text, Span{span.Start + m.size, span.End})
	h := head{block: int32(i), kind: m.kind, value: m.value, marker: Span{span.Start, span.Start + m.size}}
	h.title = titleOf(f.d.doc.Text, body, m.kind == shiHead)
	h.own = m.kind == shiHead && utf8.RuneCountInString(line) > maxHeadingRunes
	f.add(h)
	if f.namesOnly(i, body.In(f.d.doc.Text)) {
		f.d.doc.Blocks[i].Kind = Heading
	}
}

// titleOf is the first sentence of a body, or its first clause where clause asks for it or the sentence
// is too long for a title.
func titleOf(text string, body Span, clause bool) Span {
	s := window(body.In(text))
	sentence := sentenceEnd(s)
	if !clause && withinRunes(s[:sentence], maxTitleRunes) {
		return Span{body.Start, body.Start + sentence}
	}
	for _, pause := range [...]string{"，", ",", "：", ":"} {
		if i := strings.Index(s[:sentence], pause); i > 0 {
			sentence = i
		}
	}
	return Span{body.Start, body.Start + sentence}
}

// titleWindow is how many bytes of a paragraph are searched for the end of its title.
const titleWindow = 384

// window is the beginning of a text, cut between characters.
func window(s string) string {
	if len(s) <= titleWindow {
		return s
	}
	end := titleWindow
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// sentenceEnd is where the first sentence ends, its stop left away.
func sentenceEnd(s string) int {
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == ';':
			return i
		case b == 0xE3 && strings.HasPrefix(s[i:], "。"):
			return i
		case b == 0xEF && (strings.HasPrefix(s[i:], "；") || strings.HasPrefix(s[i:], "！") || strings.HasPrefix(s[i:], "？")):
			return i
		case b >= 0xE0:
			i += 2
		}
	}
	return len(s)
}

func withinRunes(s string, limit int) bool {
	return len(s) <= limit || len(s) <= 4*limit && utf8.RuneCountInString(s) <= limit
}

// namesOnly tells that a marked line only names what follows: it is short, has no figures and either no
// stop at its end or a longer paragraph below it.
func (f *headFinder) namesOnly(i int, body string) bool {
	if !withinRunes(body, maxHeadingRunes) {
		return false
	}
	end := sentenceEnd(body)
	if end < len(body) {
		return end+len("。") >= len(body) && !hasFigures(body) && f.followedByBody(i)
	}
	return !endsInComma(body) && (!hasFigures(body) || f.followedByBody(i))
}

func endsInComma(s string) bool { return strings.HasSuffix(s, ",") || strings.HasSuffix(s, "，") }

// hasFigures tells digits that are not those of a year.
func hasFigures(s string) bool {
	for i := 0; i < len(s); {
		if !isDigit(s[i]) {
			i++
			continue
		}
		end := i
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		if !isCalendarNumber(s[i:end], s[end:]) {
			return true
		}
		i = end
	}
	return false
}

// followedByBody tells that the next line is a paragraph that no outline number opens.
func (f *headFinder) followedByBody(i int) bool {
	if i+1 >= len(f.d.doc.Blocks) {
		return false
	}
	next := &f.d.doc.Blocks[i+1]
	if next.Furniture || next.Kind != Paragraph {
		return next.Kind == TableRow
	}
	line := next.In(f.d.doc.Text)
	if _, marked := markerAt(line); marked || withinRunes(line, minBodyRunes) {
		return false
	}
	return beginsLine(line)
}

// beginsLine tells that a line does not go on with the one before, as where a link has broken it.
func beginsLine(line string) bool {
	r, _ := utf8.DecodeRuneInString(line)
	return !strings.ContainsRune("，。；：、》」』）！？,;:)…", r)
}

// plain takes a short line without a marker that stands alone above a paragraph.
func (f *headFinder) plain(i int, span Span, line string) {
	stop := strings.HasSuffix(line, "。")
	if !stop && (endsOpen(line) || !f.followedByHead(i)) || stop && !f.followedByBody(i) {
		return
	}
	title := Span{span.Start, span.End}
	limit, kind := maxPlainRunes, plainHead
	if stop {
		title.End -= len("。")
		limit, kind = maxSentenceRunes, sentenceHead
	}
	s := title.In(f.d.doc.Text)
	if !withinRunes(s, limit) || len(s) < 2*len("一") || sentenceEnd(s) < len(s) || hasFigures(s) || f.continues(i) || pointsAhead(s) {
		return
	}
	f.add(head{block: int32(i), kind: kind, title: title})
}

// endsOpen tells that a line ends in a mark with which no title ends.
func endsOpen(line string) bool {
	r, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune(",，;；:：!！、…—?？《「“（(", r)
}

// followedByHead is followedByBody, or a line with an outline number.
func (f *headFinder) followedByHead(i int) bool {
	if f.followedByBody(i) {
		return true
	}
	if i+1 >= len(f.d.doc.Blocks) || f.d.doc.Blocks[i+1].Furniture {
		return false
	}
	_, marked := markerAt(f.d.line(i + 1))
	return marked
}

// continues tells that the line before is a sentence broken off, so that this one goes on with it.
func (f *headFinder) continues(i int) bool {
	if !beginsLine(f.d.line(i)) {
		return true
	}
	if i == 0 {
		return false
	}
	before := &f.d.doc.Blocks[i-1]
	if before.Furniture || before.Kind != Paragraph {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(before.In(f.d.doc.Text))
	return !strings.ContainsRune("。！？!?…”；;：:", r)
}

// aheadWords stand in sentences that announce a list and are not its heading.
var aheadWords = newWordSet([]string{"以下", "如下", "下列", "下面", "主要做了", "重点做好", "重点抓好", "各位代表", "代表们"})

func pointsAhead(s string) bool { return aheadWords.in(s) }

func isDashed(line string) bool {
	for _, dash := range [...]string{"——", "――", "──", "--"} {
		if strings.HasPrefix(line, dash) {
			return !strings.HasPrefix(strings.TrimLeft(line, "—―─-"), "19") && !strings.HasPrefix(strings.TrimLeft(line, "—―─-"), "20")
		}
	}
	return false
}

func (f *headFinder) dashed(i int, span Span, line string) {
	size := len(line) - len(strings.TrimLeft(line, "—―─-"))
	body := trim(f.d.doc.Text, Span{span.Start + size, span.End})
	if body.Empty() {
		return
	}
	h := head{block: int32(i), kind: dashHead, marker: Span{span.Start, span.Start + size}, own: true}
	s := body.In(f.d.doc.Text)
	end := sentenceEnd(s)
	if colon := strings.IndexAny(s[:end], ":："); colon > 0 && withinRunes(s[:colon], maxTitleRunes) {
		end = colon
	}
	h.title = titleOf(f.d.doc.Text, Span{body.Start, body.Start + end}, false)
	f.add(h)
}

// hasListMark tells figures and the marks between items, which no run-in heading has.
func hasListMark(s string) bool {
	for _, r := range s {
		switch r {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', '：', ';', '；', '！':
			return true
		}
	}
	return false
}

// runIn takes a short first sentence that names what its paragraph says.
func (f *headFinder) runIn(i int, span Span, line string) {
	end := sentenceEnd(line[:min(len(line), (maxRunInRunes+1)*len("。"))])
	if end < 2*len("一") || len(line)-end < minRunInBytes || !strings.HasPrefix(line[end:], "。") {
		return
	}
	s := line[:end]
	if !withinRunes(s, maxRunInRunes) || hasListMark(s) || pointsAhead(s) || f.continues(i) {
		return
	}
	f.add(head{block: int32(i), kind: runInHead, title: Span{span.Start, span.Start + end}, own: true})
}
