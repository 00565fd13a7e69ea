package pdf

import (
	"fmt"
	"strings"

	"luoshi/office/layout"
	"luoshi/office/shape"
)

// entry is a heading in the outline, with those beneath it.
type entry struct {
	heading layout.Heading
	object  int
	entries []*entry
}

// outline writes the headings as a tree.
func (b *book) outline() int {
	root := &entry{object: b.file.reserve()}
	path := []*entry{root}
	for _, h := range b.printed.Headings {
		for len(path) > 1 && path[len(path)-1].heading.Level >= h.Level {
			path = path[:len(path)-1]
		}
		e := &entry{heading: h, object: b.file.reserve()}
		above := path[len(path)-1]
		above.entries = append(above.entries, e)
		path = append(path, e)
	}
	b.file.set(root.object, "<</Type/Outlines%s>>", root.ends())
	b.entries(root)
	return root.object
}

// ends point at the first and the last entry beneath one.
func (e *entry) ends() string {
	if len(e.entries) == 0 {
		return ""
	}
	return fmt.Sprintf("/First %d 0 R/Last %d 0 R/Count %d", e.entries[0].object, e.entries[len(e.entries)-1].object, e.count())
}

func (e *entry) count() int {
	n := len(e.entries)
	for _, below := range e.entries {
		n += below.count()
	}
	return n
}

func (b *book) entries(above *entry) {
	for i, e := range above.entries {
		var sides strings.Builder
		if i > 0 {
			fmt.Fprintf(&sides, "/Prev %d 0 R", above.entries[i-1].object)
		}
		if i < len(above.entries)-1 {
			fmt.Fprintf(&sides, "/Next %d 0 R", above.entries[i+1].object)
		}
		page := b.printed.Pages[e.heading.Page]
		b.file.set(e.object, "<</Title%s/Parent %d 0 R%s%s/Dest[%d 0 R/XYZ 0 %s null]>>",
			spoken(e.heading.Text), above.object, sides.String(), e.ends(), b.pages[e.heading.Page], points(page.Height-e.heading.Top))
		b.entries(e)
	}
}

// links make the figures of a page lead to where they come from.
func (b *book) links(p layout.Page) []int {
	if b.href == nil {
		return nil
	}
	var numbers []int
	for _, t := range p.Texts {
		if t.Figure == "" {
			continue
		}
		url := b.href(t.Figure)
		if url == "" {
			continue
		}
		wide := 0.0
		for _, step := range t.Steps {
			wide += step
		}
		const below = .15 // of the size
		low := shape.At(t.At.X, t.At.Y+below*t.Style.Size)
		high := shape.At(t.At.X+wide, t.At.Y+(below-1)*t.Style.Size)
		numbers = append(numbers, b.file.add("<</Type/Annot/Subtype/Link/Rect[%s %s]/Border[0 0 0]/A<</S/URI/URI%s>>>>",
			place(p, low), place(p, high), address(url)))
	}
	return numbers
}
