package main

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/internal/present/columns"
	"luoshi/internal/present/source"
	"luoshi/internal/present/wording"
	"luoshi/reading"
	"luoshi/reading/score"
)

// A measure is one column of the scores: its heading and its value for a document.
type measure struct {
	heading string
	of      func(t score.Tally) string
}

func (e *evalCommand) finding() []measure {
	return []measure{
		{e.say("eval.gold"), func(t score.Tally) string { return fmt.Sprint(t.Gold) }},
		{e.say("eval.read"), func(t score.Tally) string { return fmt.Sprint(t.Read) }},
		{e.say("eval.found"), func(t score.Tally) string { return fmt.Sprint(t.Found) }},
		{e.say("eval.precision"), func(t score.Tally) string { return share(t.Precision()) }},
		{e.say("eval.recall"), func(t score.Tally) string { return share(t.Recall()) }},
		{e.say("eval.f1"), func(t score.Tally) string { return share(t.F1()) }},
		{e.say("eval.whole"), func(t score.Tally) string { return share(t.WholeF1()) }},
	}
}

func (e *evalCommand) fields() []measure {
	var list []measure
	for f := range score.Fields {
		list = append(list, measure{e.fieldName(f), func(t score.Tally) string { return share(t.Share(f)) }})
	}
	return list
}

func (e *evalCommand) fieldName(f score.Field) string {
	return wording.Records.Say(e.lang, "field."+f.String())
}

func share(x float64) string { return fmt.Sprintf("%.4f", x) }

// scores is two tables, of finding and of fields, with a row for each document and one for all.
func (e *evalCommand) scores(list []evaluated) string {
	all := evaluated{name: e.say("eval.all")}
	for i := range list {
		all.tally = all.tally.Plus(list[i].tally)
	}
	rows := slices.Concat(list, []evaluated{all})
	return e.table(rows, e.finding()) + "\n" + e.table(rows, e.fields())
}

// columnGap stands between two columns.
const columnGap = "  "

func (e *evalCommand) table(rows []evaluated, measures []measure) string {
	cells := make([][]string, len(rows)+1)
	cells[0] = []string{e.say("eval.document")}
	for _, m := range measures {
		cells[0] = append(cells[0], m.heading)
	}
	for i := range rows {
		cells[i+1] = []string{columns.Plain(rows[i].name)}
		for _, m := range measures {
			cells[i+1] = append(cells[i+1], m.of(rows[i].tally))
		}
	}
	return aligned(cells)
}

// aligned sets cells below each other: words, in the first column, to the left and numbers to the right.
func aligned(cells [][]string) string {
	widths := make([]int, len(cells[0]))
	for _, row := range cells {
		for c, cell := range row {
			widths[c] = max(widths[c], columns.Of(cell))
		}
	}
	var text strings.Builder
	for _, row := range cells {
		for c, cell := range row {
			if c > 0 {
				text.WriteString(columnGap)
			}
			text.WriteString(columns.Pad(cell, widths[c], c > 0))
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// differences lists the first differences of all documents, as many as were asked for, each with the sentence
// around it.
func (e *evalCommand) differences(list []evaluated) string {
	if e.misses == 0 {
		return ""
	}
	var text strings.Builder
	shown, all := 0, 0
	for i := range list {
		one := &list[i]
		all += len(one.differences)
		for _, d := range one.differences[:min(e.misses-shown, len(one.differences))] {
			fmt.Fprintln(&text, columns.Plain(e.sayDifference(one.name, d)))
			if sentence := passage(one.reading, d); sentence != "" {
				fmt.Fprintln(&text, "    "+columns.Plain(sentence))
			}
			shown++
		}
	}
	return "\n" + e.say("eval.differences", shown, all) + "\n" + text.String()
}

func (e *evalCommand) sayDifference(name string, d score.Difference) string {
	switch {
	case d.Read == nil:
		return e.say("eval.missed", name, d.Gold.At, d.Gold.Surface, d.Gold.Subject)
	case d.Gold == nil:
		return e.say("eval.extra", name, d.Read.At, d.Read.Surface, d.Read.Subject)
	}
	return e.say("eval.wrong", name, d.Gold.At, d.Gold.Surface, e.fieldName(d.Field), e.word(d.Gold, d.Field), e.word(d.Read, d.Field))
}

// word is the value of a field in the user's language where it has a word for it.
func (e *evalCommand) word(r *score.Record, f score.Field) string {
	value := r.Text(f)
	key := f.String() + "." + value
	if word := wording.Records.Say(e.lang, key); word != key {
		return word
	}
	return value
}

// passage is the sentence or the table's row around a difference; "" where it is not within the text.
func passage(r *reading.Reading, d score.Difference) string {
	record := d.Gold
	if record == nil {
		record = d.Read
	}
	text := r.Document.Text
	start, ok := byteOf(text, record.At)
	if !ok {
		return ""
	}
	around := reading.Quantity{Span: document.Span{Start: start, End: start}, Table: tableAt(r.Document, start)}
	if strings.HasPrefix(text[start:], record.Surface) {
		around.Span.End += len(record.Surface)
	}
	return source.Passage(r, &around)
}

// byteOf is the byte at which a code point of the text begins.
func byteOf(text string, codePoint int) (int, bool) {
	at := 0
	for ; codePoint > 0 && at < len(text); codePoint-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at, at < len(text)
}

// tableAt is the table that holds a byte of the text; -1 for none.
func tableAt(doc *document.Document, at int) int32 {
	i := sort.Search(len(doc.Blocks), func(i int) bool { return doc.Blocks[i].End > at })
	if i == len(doc.Blocks) {
		return -1
	}
	return doc.Blocks[i].Table
}
