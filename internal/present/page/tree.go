package page

import (
	"html/template"
	"strconv"
	"strings"
)

// unfoldedSections is the number of sections up to which the whole outline opens unfolded; of a longer
// one only the two highest levels do.
const unfoldedSections = 60

// tree is the outline as nested lists.
type tree struct {
	entry    *entry
	children map[int32][]int32 // -1 has the sections at the top
	counts   []int             // quantities in each section, with all below it
	out      strings.Builder
}

func listing(e *entry) string {
	t := tree{entry: e, children: map[int32][]int32{}, counts: make([]int, len(e.Sections))}
	for i, s := range e.Sections {
		t.children[s.Parent] = append(t.children[s.Parent], int32(i))
	}
	for _, q := range e.Quantities {
		for s := q.Section; s >= 0; s = e.Sections[s].Parent {
			t.counts[s]++
		}
	}
	t.write(-1, 1)
	return t.out.String()
}

func (t *tree) write(parent int32, level int) {
	if len(t.children[parent]) == 0 {
		return
	}
	t.out.WriteString("<ol>")
	for _, i := range t.children[parent] {
		t.out.WriteString("<li>")
		if len(t.children[i]) > 0 {
			t.out.WriteString("<details")
			if level < 2 || len(t.entry.Sections) <= unfoldedSections {
				t.out.WriteString(" open")
			}
			t.out.WriteString("><summary>")
			t.link(i)
			t.out.WriteString("</summary>")
			t.write(i, level+1)
			t.out.WriteString("</details>")
		} else {
			t.link(i)
		}
		t.out.WriteString("</li>")
	}
	t.out.WriteString("</ol>")
}

func (t *tree) link(i int32) {
	number := strconv.Itoa(int(i))
	t.out.WriteString(`<a href="#s` + number + `" data-to="` + number + `"><span>` +
		template.HTMLEscapeString(t.entry.Sections[i].Title) + "</span>")
	if t.counts[i] > 0 {
		t.out.WriteString(`<i>` + strconv.Itoa(t.counts[i]) + "</i>")
	}
	t.out.WriteString("</a>")
}
