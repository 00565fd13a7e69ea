// Package pairing finds which result answers which target: by what both name, by their measure, unit
// and period, and by where they stand. It says nothing of whether the target was met.
package pairing

import (
	"sort"
	"strings"

	"luoshi/calendar"
	"luoshi/checking/judge"
	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
)

// Item is a quantity with what pairing asks of it.
type Item struct {
	*reading.Quantity
	Index    int32  // into Reading.Quantities
	Subject  string // what is measured, completed where the sentence leaves it to what went before
	Name     indicator.Name
	Figure   judge.Figure
	Terms    judge.Terms
	Sentence document.Span // bytes; the cell in tables
	block    int32         // index into Document.Blocks; -1 outside
	years    bool          // the figure covers several years
	reduced  bool          // what was taken away rather than what there is
	counted  bool          // by a counter: 个, 家
	gained   bool          // what was added, as the list says in which it stands
	recalled bool          // a result of the year before that a plan recalls
	column   string        // what the header of its column names beyond target, result and growth
	row      int           // in its table; -1 outside
	col      int
	poor     bool  // the name says too little to be paired by itself
	theme    theme // the words of its clause; nil until they are asked for
}

// Several tells whether the figure covers several years rather than one: 五年来, 年均.
func (i *Item) Several() bool { return i.years }

// Column is what the header of an item's column names beyond target, result and growth; "" outside
// tables.
func (i *Item) Column() string { return i.column }

// Paper is a reading prepared for pairing.
type Paper struct {
	*reading.Reading
	Items   []Item  // one for each quantity
	Targets []int32 // into Items
	Results []int32
	past    []int32 // standards of the past that the plan names: from 240 yuan to 280
	cues    []cue
	courses []course // what each section of the outline does
	found   *words   // nil until it is asked for
}

// Prepare looks at every quantity once.
func Prepare(r *reading.Reading) *Paper {
	p := &Paper{Reading: r, Items: make([]Item, len(r.Quantities))}
	p.cues = periodCues(r.Document)
	p.courses = courses(r)
	columns := newColumns(r.Document)
	for i := range r.Quantities {
		it := &p.Items[i]
		it.Quantity, it.Index = &r.Quantities[i], int32(i)
		it.block, it.row = p.blockAt(it.Span.Start), -1
		p.locate(it, columns)
		p.reclassify(it)
		p.complete(it)
		p.name(it)
		it.years = p.several(it) && !p.standing(it)
		p.file(it)
	}
	return p
}

// file lists an item under what its document does with it.
func (p *Paper) file(it *Item) {
	switch {
	case p.threshold(it) || p.retold(it):
	case it.Kind == reading.Target:
		p.Targets = append(p.Targets, it.Index)
	case it.Kind == reading.Result && !p.misplaced(it):
		p.Results = append(p.Results, it.Index)
	case it.Kind == reading.Context && it.Measure == reading.Level:
		p.past = append(p.past, it.Index)
	}
}

// locate finds the sentence, or the row and the column, of an item.
func (p *Paper) locate(it *Item, columns *columns) {
	if it.Table >= 0 && it.Cell >= 0 {
		cell := &p.Document.Tables[it.Table].Cells[it.Cell]
		it.Sentence, it.row, it.col = cell.Span, cell.Row, cell.Col
		it.column = columns.of(it.Table, cell.Col)
		return
	}
	it.Sentence = p.SentenceAt(it.Span.Start)
}

// name works out what an item measures and how such figures are judged.
func (p *Paper) name(it *Item) {
	context := ""
	if it.row < 0 {
		context = it.Sentence.In(p.Document.Text)
	}
	it.Name, it.Figure = indicator.NameOf(it.Subject, context), judge.Of(it.Quantity)
	it.poor = poor(it.Subject) || it.Name.Indicator == nil && (it.Name.Generic || poor(it.Name.Topic)) || p.refers(it)
	it.counted = it.Unit != "" && judge.CountsThings(it.Unit)
	it.Terms = judge.TermsOf(it.Quantity)
	if known := it.Name.Indicator; known != nil {
		it.Terms.Direction, it.Terms.Aggregation = known.Direction, known.Aggregation
	}
	if it.gained = p.added(it); it.gained {
		it.Terms.Aggregation = indicator.Sum
	}
	if p.lifted(it) {
		it.reduced = true
	}
	if it.reduced {
		it.Terms = judge.Terms{Direction: indicator.More, Aggregation: indicator.Sum}
	}
}

// blockAt is the block that holds a byte of the text; -1 for none.
func (p *Paper) blockAt(at int) int32 {
	blocks := p.Document.Blocks
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].End > at })
	if i == len(blocks) || blocks[i].Start > at {
		return -1
	}
	return int32(i)
}

// stops end a sentence.
const stops = "。；;！!"

// SentenceAt is the sentence around a byte of the text, within its block.
func (p *Paper) SentenceAt(at int) document.Span {
	block := p.blockAt(at)
	if block < 0 {
		return document.Span{Start: at, End: at}
	}
	b := p.Document.Blocks[block]
	text := p.Document.Text
	start := b.Start
	if i := strings.LastIndexAny(text[b.Start:at], stops); i >= 0 {
		start = b.Start + i + stopSize(text[b.Start+i])
	}
	end := b.End
	if i := strings.IndexAny(text[at:b.End], stops); i >= 0 {
		end = at + i
	}
	return document.Span{Start: start, End: end}
}

func stopSize(first byte) int {
	if first < 0x80 {
		return 1
	}
	return len("。")
}

// ClauseText is the clause of an item; its cell in tables.
func (p *Paper) ClauseText(it *Item) string {
	if it.Clause < 0 {
		return it.Sentence.In(p.Document.Text)
	}
	return p.Clauses[it.Clause].Text
}

// Verb is the action that the item's clause names.
func (p *Paper) Verb(it *Item) string {
	if it.Clause < 0 {
		return ""
	}
	return p.Clauses[it.Clause].Verb
}

// section is the innermost section of an item; -1 for none.
func (p *Paper) section(it *Item) int32 {
	if it.block < 0 {
		return -1
	}
	return p.Document.Blocks[it.block].Section
}

// SectionTitles are the titles above an item, innermost first.
func (p *Paper) SectionTitles(it *Item) []string {
	var titles []string
	for s := p.section(it); s >= 0; s = p.Document.Outline[s].Parent {
		titles = append(titles, p.Document.Outline[s].Title.In(p.Document.Text))
	}
	return titles
}

// Latest is the last day for which the document states a result.
func (p *Paper) Latest() calendar.Date {
	if to := p.Document.Meta.ReportPeriod.To; !to.IsZero() {
		return to
	}
	var latest calendar.Date
	for _, i := range p.Results {
		if latest.Before(p.Items[i].By) {
			latest = p.Items[i].By
		}
	}
	return latest
}
