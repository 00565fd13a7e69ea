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
	Index    int32 // into Reading.Quantities
	Name     indicator.Name
	Figure   judge.Figure
	Terms    judge.Terms
	Sentence document.Span // bytes; the cell in tables
	block    int32         // index into Document.Blocks; -1 outside
	years    bool          // the figure covers several years
	column   string        // what the header of its column names beyond target, result and growth
	row      int           // in its table; -1 outside
	col      int
	runes    uint64 // which characters its topic may hold
}

// Several tells whether the figure covers several years rather than one: 五年来, 年均.
func (i *Item) Several() bool { return i.years }

// Paper is a reading prepared for pairing.
type Paper struct {
	*reading.Reading
	Items   []Item  // one for each quantity
	Targets []int32 // into Items
	Results []int32
	cues    []cue
}

// Prepare looks at every quantity once.
func Prepare(r *reading.Reading) *Paper {
	p := &Paper{Reading: r, Items: make([]Item, len(r.Quantities))}
	p.cues = periodCues(r.Document)
	columns := newColumns(r.Document)
	for i := range r.Quantities {
		it := &p.Items[i]
		it.Quantity, it.Index = &r.Quantities[i], int32(i)
		it.block, it.row = p.blockAt(it.Span.Start), -1
		p.locate(it, columns)
		it.name(r.Document.Text)
		it.years = p.several(it)
		switch it.Kind {
		case reading.Target:
			p.Targets = append(p.Targets, int32(i))
		case reading.Result:
			p.Results = append(p.Results, int32(i))
		}
	}
	return p
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
func (i *Item) name(text string) {
	context := ""
	if i.row < 0 {
		context = i.Sentence.In(text)
	}
	i.Name = indicator.NameOf(i.Subject, context)
	i.Figure = judge.Of(i.Quantity)
	i.Terms = judge.TermsOf(i.Quantity)
	if known := i.Name.Indicator; known != nil {
		i.Terms.Direction, i.Terms.Aggregation = known.Direction, known.Aggregation
	}
	i.runes = runeSet(i.Name.Topic)
}

// runeSet marks the characters of a text, several sharing each bit.
func runeSet(text string) uint64 {
	var set uint64
	for _, r := range text {
		set |= 1 << (uint32(r) * 2654435761 >> 26)
	}
	return set
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
