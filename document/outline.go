package document

import (
	"strings"
	"unicode/utf8"

	"luoshi/document/limit"
)

// outline builds the tree of sections and gives every block its place in it.
func outline(d *draft, lim limit.Limits) error {
	heads, err := d.heads(lim)
	if err != nil {
		return err
	}
	ranks := rank(heads)
	if len(heads) > 0 {
		d.doc.Outline = make([]Section, 0, len(heads))
	}
	b := builder{d: d}
	next := 0
	for i := range d.doc.Blocks {
		block := &d.doc.Blocks[i]
		if block.Furniture {
			continue
		}
		b.closeOwn()
		for ; next < len(heads) && int(heads[next].block) == i && heads[next].end == 0; next++ {
			b.open(&heads[next], ranks, block.Span)
		}
		block.Section = b.innermost()
		b.end = block.End
		for ; next < len(heads) && int(heads[next].block) == i; next++ {
			b.open(&heads[next], ranks, Span{heads[next].marker.Start, heads[next].end})
		}
	}
	b.closeAll()
	return nil
}

// builder keeps the sections that are open at a place of the text.
type builder struct {
	d     *draft
	stack []openSection
	end   int // of the last block
}

type openSection struct {
	section int32
	rank    int
	own     bool
	end     int // where it ends at the latest; 0 where that is not known yet
}

func (b *builder) innermost() int32 {
	if len(b.stack) == 0 {
		return -1
	}
	return b.stack[len(b.stack)-1].section
}

// open starts a section below the nearest open one of a higher rank.
func (b *builder) open(h *head, ranks *[headKinds]int, span Span) {
	rank := ranks[h.kind]
	for len(b.stack) > 0 && b.stack[len(b.stack)-1].rank >= rank {
		end := b.end
		if h.end > 0 {
			end = span.Start
		}
		b.pop(end)
	}
	parent, level := b.innermost(), int32(1)
	if parent >= 0 {
		level = b.d.doc.Outline[parent].Level + 1
	}
	start := span.Start
	if !h.marker.Empty() {
		start = h.marker.Start
	}
	b.stack = append(b.stack, openSection{int32(len(b.d.doc.Outline)), rank, h.own, span.End})
	b.d.doc.Outline = append(b.d.doc.Outline, Section{
		Span: Span{start, span.End}, Marker: h.marker, Title: h.title, Level: level, Parent: parent,
	})
}

// closeOwn closes the sections that end with their paragraph.
func (b *builder) closeOwn() {
	for i, open := range b.stack {
		if open.own {
			for len(b.stack) > i {
				b.pop(b.end)
			}
			return
		}
	}
}

func (b *builder) closeAll() {
	for len(b.stack) > 0 {
		b.pop(b.end)
	}
}

// pop ends the innermost section at the given place, blanks left away.
func (b *builder) pop(end int) {
	top := b.stack[len(b.stack)-1]
	b.stack = b.stack[:len(b.stack)-1]
	if top.own {
		end = min(end, top.end)
	}
	s := &b.d.doc.Outline[top.section]
	s.Span = trim(b.d.doc.Text, Span{s.Start, max(end, s.Title.End, s.Marker.End)})
}

// rank numbers the kinds of heads from the highest down. They nest in the usual order, except where the
// document itself shows another: where a kind starts again at one while another counts on, it lies below.
func rank(heads []head) *[headKinds]int {
	var above [headKinds][headKinds]int
	var last [headKinds]int
	var restarted [headKinds]uint32 // for each kind, which others have started at one since its last
	for _, h := range heads {
		if h.kind >= plainHead {
			continue
		}
		if h.value == last[h.kind]+1 && h.value > 1 {
			for other := range headKinds {
				if restarted[h.kind]&(1<<other) != 0 {
					above[h.kind][other]++
				}
			}
		}
		if h.value == 1 {
			for other := range restarted {
				restarted[other] |= 1 << h.kind
			}
		}
		last[h.kind] = h.value
		restarted[h.kind] = 0
	}
	order := usualOrder(heads)
	for i := 1; i < len(order); i++ {
		for j := i; j > 0 && above[order[j]][order[j-1]] > above[order[j-1]][order[j]]; j-- {
			order[j], order[j-1] = order[j-1], order[j]
		}
	}
	var ranks [headKinds]int
	for i, kind := range order {
		ranks[kind] = i
	}
	return &ranks
}

// usualOrder is the order of headKind, with lines without markers at the top where one of them opens the
// outline.
func usualOrder(heads []head) []headKind {
	order := make([]headKind, 0, headKinds)
	plainFirst := opensWithPlain(heads)
	for kind := range headKinds {
		if kind == partHead && plainFirst {
			order = append(order, plainHead)
		}
		if kind != plainHead || !plainFirst {
			order = append(order, kind)
		}
	}
	return order
}

func opensWithPlain(heads []head) bool {
	for _, h := range heads {
		switch {
		case h.kind == plainHead:
			return true
		case h.kind < plainHead:
			return false
		}
	}
	return false
}

// minLikes is how many run-in headings or sentences a part of a document has, if they are headings.
const minLikes = 2

// settle drops the run-in headings and sentences that have none of their like beside them: a single
// short sentence is prose.
func settle(heads []head, text string) []head {
	kept := heads[:0]
	for start := 0; start < len(heads); {
		end := start + 1
		for end < len(heads) && heads[end].kind > plainHead {
			end++
		}
		var likes [4]int
		for _, h := range heads[start:end] {
			if isTentative(h.kind) {
				likes[shape(h, text)]++
			}
		}
		for _, h := range heads[start:end] {
			if !isTentative(h.kind) || likes[shape(h, text)] >= minLikes {
				kept = append(kept, h)
			}
		}
		start = end
	}
	return kept
}

func isTentative(kind headKind) bool { return kind == runInHead || kind == sentenceHead }

// shape numbers what tentative heads of one part have in common: their kind, and whether they have two
// halves.
func shape(h head, text string) int {
	n := 0
	if h.kind == runInHead {
		n = 2
	}
	if title := h.title.In(text); strings.Contains(title, ",") || strings.Contains(title, "，") {
		n++
	}
	return n
}

const (
	headLines    = 24 // within which the title, the date and the names of a document stand
	minLongRunes = 60 // a paragraph, as against a title
)

// bodyStart is the first block behind the lines with which a document introduces itself: a salutation,
// an outline number, a sentence or a long paragraph begins the body.
func (d *draft) bodyStart() int {
	for i := range min(len(d.doc.Blocks), headLines) {
		b := &d.doc.Blocks[i]
		line := b.In(d.doc.Text)
		if b.Furniture || isDashed(line) {
			continue
		}
		_, marked := markerAt(line)
		if marked || b.Kind == TableRow || isSalutation(line) || strings.HasSuffix(line, "。") || utf8.RuneCountInString(line) >= minLongRunes {
			return i
		}
	}
	return 0
}

// isSalutation tells “各位代表：” and the like.
func isSalutation(line string) bool {
	if !withinRunes(line, maxPlainRunes) {
		return false
	}
	return strings.HasPrefix(line, "各位") || strings.HasPrefix(line, "尊敬的") || strings.HasPrefix(line, "同志们") ||
		strings.Contains(line, "各位") && endsInColon(line)
}
