package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/office/paper"
)

// line is a line of a paper as a reader of the file finds it: a paragraph, or a row of a table with its cells set apart.
type line struct {
	block string // its key; empty of what stands around the body
	runs  []paper.Run
	table int // of the paper, from 0; -1 outside tables
}

func (l line) text() string { return textOf(l.runs) }

// barred sets cells apart in the text of a document.
const barred = " | "

// linesOf are the lines of a paper, from the head to the foot.
func linesOf(p paper.Document) []line {
	w := &liner{}
	h := p.Head
	w.around(h.Urgency, h.Organ, h.Issue, h.Number+"\t"+h.SignerLine(), h.Office+"\t"+h.On, p.Title, p.Subtitle, p.Speaker, p.Addressee)
	for i := range p.Body {
		w.block(&p.Body[i])
	}
	w.around(p.AnnexLines()...)
	w.around(p.Signature...)
	w.around(p.Date, p.Foot.CopiesLine(), p.Foot.Printer+"\t"+p.Foot.PrintedLine())
	return w.lines
}

type liner struct {
	lines  []line
	tables int
}

// around adds lines that hold no figure.
func (w *liner) around(texts ...string) {
	for _, text := range texts {
		if strings.TrimSpace(text) != "" {
			w.lines = append(w.lines, line{runs: wordsOf(text), table: -1})
		}
	}
}

func (w *liner) block(b *paper.Block) {
	switch {
	case b.Table != nil:
		w.around(b.Table.Caption, b.Table.Measure)
		for _, rows := range [][][]paper.Cell{b.Table.Header, b.Table.Rows} {
			for _, row := range rows {
				w.lines = append(w.lines, line{b.Key, rowOf(row), w.tables})
			}
		}
		w.tables++
		w.around(b.Table.Notes...)
	case b.Chart != nil:
		caption := b.Chart.Caption
		if b.Chart.Measure != "" {
			caption += "\uff08" + b.Chart.Measure + "\uff09"
		}
		w.around(caption)
	default:
		w.lines = append(w.lines, line{b.Key, b.Runs, -1})
	}
}

func rowOf(cells []paper.Cell) []paper.Run {
	var runs []paper.Run
	for i, cell := range cells {
		if i > 0 {
			runs = append(runs, paper.Run{Text: barred})
		}
		runs = append(runs, cell.Runs...)
	}
	return runs
}

// plain is a text in which every blank stretch is one blank and none is at an end, with where each of its bytes stood.
func plain(text string) (string, []int) {
	var b strings.Builder
	var at []int
	blank, blankAt := false, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if i += size; unicode.IsSpace(r) {
			if !blank {
				blank, blankAt = b.Len() > 0, i-size
			}
			continue
		}
		if blank {
			b.WriteByte(' ')
			at = append(at, blankAt)
			blank = false
		}
		b.WriteString(text[i-size : i])
		for k := range size {
			at = append(at, i-size+k)
		}
	}
	return b.String(), append(at, len(text))
}

// figureAt is a figure at a place of a text.
type figureAt struct {
	document.Span
	key, text string // as the run prints it
}

// figuresIn are the figures of a line, at their places in its text without superfluous blanks.
func (l line) figuresIn() (string, []figureAt) {
	text, at := plain(l.text())
	place := make(map[int]int, len(at))
	for to, from := range at {
		if _, known := place[from]; !known {
			place[from] = to
		}
	}
	var all []figureAt
	start := 0
	for _, r := range l.runs {
		end := start + len(r.Text)
		if r.Figure != "" {
			from, known := place[start]
			to, ended := place[end]
			if !ended {
				to = from + len(r.Text)
			}
			if known {
				all = append(all, figureAt{document.Span{Start: from, End: to}, r.Figure, r.Text})
			}
		}
		start = end
	}
	return text, all
}
