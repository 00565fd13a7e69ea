package checking

import (
	"slices"
	"strings"

	"luoshi/document"
)

// marked reads items that follow on the same line with their ordinals: 一是…；二是…；三是….
func (p *paper) marked(c *counted, at int) (enumeration, bool) {
	text := p.Document.Text
	words := listWords()
	from := at + len(text[at:]) - len(strings.TrimLeft(text[at:], " \u3000"))
	for _, mark := range words.marks {
		first := words.ordinals[0] + mark
		if !strings.HasPrefix(text[from:], first) {
			continue
		}
		limit := p.sectionEnd(c, from)
		if again := strings.Index(text[from+len(first):limit], first); again >= 0 {
			limit = from + len(first) + again
		}
		k, last := 1, from
		for k < len(words.ordinals) {
			next := nextMark(text[:limit], last+len(first), words.ordinals[k]+mark)
			if next < 0 {
				break
			}
			k, last = k+1, next
		}
		return enumeration{Span: document.Span{Start: from, End: last + len(first)}, least: k, most: k, certain: true}, k >= leastItems
	}
	return enumeration{}, false
}

// itemOpeners are what stands before an item's ordinal.
var itemOpeners = []string{"。", "；", ";", "，", ",", "\n", "\u3000", " ", "、", "："}

// nextMark is where a mark opens an item, behind a stop.
func nextMark(text string, from int, mark string) int {
	for from < len(text) {
		step := strings.Index(text[from:], mark)
		if step < 0 {
			return -1
		}
		at := from + step
		if endsWithAny(text[:at], itemOpeners) {
			return at
		}
		from = at + len(mark)
	}
	return -1
}

// sectionEnd is where the innermost section that holds a count ends, or the text.
func (p *paper) sectionEnd(c *counted, at int) int {
	if s := c.block.Section; s >= 0 && p.Document.Outline[s].End > at {
		return p.Document.Outline[s].End
	}
	return len(p.Document.Text)
}

// outlineBehind reads the numbered outline that begins on the line below a count: 做好以下四项工作： above (一),
// (二), (三), (四).
func (p *paper) outlineBehind(c *counted) (enumeration, bool) {
	outline := p.Document.Outline
	i, _ := slices.BinarySearchFunc(outline, c.block.End, func(s document.Section, at int) int { return s.Start - at })
	if i == len(outline) || strings.TrimSpace(p.Document.Text[c.block.End:outline[i].Start]) != "" {
		return enumeration{}, false
	}
	first := &outline[i]
	if c.block.Kind == document.Heading && first.Parent != c.block.Section {
		return enumeration{}, false
	}
	e := enumeration{Span: document.Span{Start: first.Start, End: first.Start}, numbered: true, certain: true}
	for ; i < len(outline); i++ {
		s := &outline[i]
		if s.Level < first.Level {
			break
		}
		if s.Level > first.Level {
			continue
		}
		if s.Parent != first.Parent || markNumber(s.Marker.In(p.Document.Text)) != e.least+1 {
			e.numbered = e.numbered && s.Parent == first.Parent && markNumber(s.Marker.In(p.Document.Text)) == 1
			break
		}
		e.least++
		e.End = s.Title.End
	}
	e.most = e.least
	return e, e.least >= leastItems
}

// markNumber is the number of an outline marker, 0 where it has none that is known.
func markNumber(marker string) int {
	inner := strings.Trim(marker, "（）()、.．是要 \u3000")
	if i := slices.Index(listWords().ordinals, inner); i >= 0 {
		return i + 1
	}
	n, ok := dayNumber(inner, 0)
	if !ok || n.End != len(inner) {
		return 0
	}
	return int(n.Value.Coef)
}
