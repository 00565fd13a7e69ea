package checking

import (
	"slices"
	"strings"

	"luoshi/reading"
)

// minRows and minShared are how many items a list must have to be read as a grid, and how many things
// each must say that the one before it says too: with fewer, chance makes grids of unlike paragraphs.
const minRows, minShared = 3, 2

// attribute is what a figure of a list item says of it: the same for the same thing in every item.
type attribute struct {
	subject string
	unit    string
	measure reading.Measure
}

// listItem is a paragraph that may be a row of a list.
type listItem struct {
	block  int32
	label  string
	headed bool // the label is set apart by a colon
	joined bool // stands in the grid of a table
	facts  [2]int32
	has    []attribute // by fact
}

// listGrids finds runs of paragraphs that say the same things of one item after another, among those
// that no table has taken.
func (p *paper) listGrids(items []listItem) []grid {
	var grids []grid
	for first := 0; first < len(items); {
		last := first + 1
		for last < len(items) && follows(&items[last-1], &items[last]) {
			last++
		}
		if run, lead := withoutLead(items, first, last); len(run) >= minRows {
			grids = append(grids, p.listGrid(run, lead))
		}
		first = last
	}
	return grids
}

// withoutLead sets the paragraph that introduces a run apart from its items: the one before it, or its
// first where that lacks the heading that the others have.
func withoutLead(items []listItem, first, last int) (run []listItem, lead *listItem) {
	if last-first > minRows && !items[first].headed && items[first+1].headed && items[first+2].headed {
		return items[first+1 : last], &items[first]
	}
	if first > 0 {
		lead = &items[first-1]
	}
	return items[first:last], lead
}

// listItems are the paragraphs that state figures, with what each figure says.
func (p *paper) listItems() []listItem {
	var items []listItem
	for i := 0; i < len(p.sentences); {
		block := p.sentences[i].block
		item := listItem{block: block, facts: p.sentences[i].facts}
		for ; i < len(p.sentences) && p.sentences[i].block == block; i++ {
			item.facts[1] = p.sentences[i].facts[1]
		}
		item.label, item.headed = p.itemLabel(&item)
		item.has = p.attributes(&item)
		items = append(items, item)
	}
	return items
}

// itemLabel is the name of an item: what stands before its first colon, or else before its first comma,
// if no figure does.
func (p *paper) itemLabel(item *listItem) (label string, headed bool) {
	start := p.Document.Blocks[item.block].Start
	head := p.text[start:p.facts[item.facts[0]].Span.Start]
	if i := strings.IndexAny(head, ":\uff1a"); i >= 0 {
		return labelKey(head[:i]), true
	}
	if i := strings.IndexAny(head, ",\uff0c。"); i >= 0 {
		head = head[:i]
	}
	return labelKey(head), false
}

// attributes names what each figure of an item says; where the figure counts the item itself, the
// subject is empty.
func (p *paper) attributes(item *listItem) []attribute {
	has := make([]attribute, 0, item.facts[1]-item.facts[0])
	for i := item.facts[0]; i < item.facts[1]; i++ {
		f := &p.facts[i]
		subject := labelKey(f.Subject)
		if strings.TrimSuffix(subject, "项目") == strings.TrimSuffix(item.label, "项目") {
			subject = ""
		}
		a := attribute{strings.TrimSuffix(subject, "项目"), f.Unit, f.Measure}
		if slices.Contains(has, a) {
			a.unit += "′" // said twice: the second is another thing
		}
		has = append(has, a)
	}
	return has
}

// follows tells whether two paragraphs standing next to each other say the same things.
func follows(a, b *listItem) bool {
	if a.joined || b.joined || b.block-a.block > 2 || a.label == "" || b.label == "" || a.label == b.label {
		return false
	}
	shared := 0
	for _, x := range b.has {
		if slices.Contains(a.has, x) {
			shared++
		}
	}
	return shared >= minShared && 2*shared >= min(len(a.has), len(b.has))
}

// listGrid sets items into a grid. What the paragraph before them says of the same things is taken for
// their total.
func (p *paper) listGrid(items []listItem, lead *listItem) grid {
	var columns []attribute
	rows := make([]gridRow, 0, len(items)+1)
	for i := range items {
		rows = append(rows, gridRow{label: items[i].label})
		columns = mergeColumns(columns, items[i].has)
	}
	if lead != nil && p.leads(lead, columns) {
		rows = append(rows, gridRow{label: lead.label, total: true, lead: true})
		items = append(items[:len(items):len(items)], *lead)
	}
	g := newGrid(rows, len(columns))
	g.heads = make([]string, len(columns))
	for c := range columns {
		g.heads[c] = columns[c].subject
	}
	for r := range items {
		for i, a := range items[r].has {
			if c := slices.Index(columns, a); c >= 0 {
				g.cells[r][c][fromList] = items[r].facts[0] + int32(i)
				p.facts[items[r].facts[0]+int32(i)].listed = !rows[r].lead
			}
		}
	}
	return g
}

// mergeColumns puts the attributes of one more item among the columns, each behind the one it follows.
func mergeColumns(columns, has []attribute) []attribute {
	behind := 0
	for _, a := range has {
		if i := slices.Index(columns, a); i >= 0 {
			behind = i + 1
			continue
		}
		columns = slices.Insert(columns, behind, a)
		behind++
	}
	return columns
}

// leads tells whether a paragraph says of all items together what each says of itself.
func (p *paper) leads(lead *listItem, columns []attribute) bool {
	for i, a := range lead.has {
		if slices.Contains(columns, a) && p.facts[lead.facts[0]+int32(i)].additive() {
			return true
		}
	}
	return false
}
