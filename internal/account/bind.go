package account

import (
	"slices"
	"strings"

	"luoshi/office/paper"
)

// binder binds the figures of a text that people wrote.
type binder struct {
	content Content
	block   string
	own     []paper.Run // the runs that the text stands for
	offered []Figure    // figures to which a number without braces is bound by what it says
	left    []paper.Run // of the own figures those that the text no longer has
	found   []Finding
}

// piece is a stretch of a text: words, or what stands in braces.
type piece struct {
	text   string
	braced bool
	figure string // its key, once it is known
}

// paragraphs are the lines of a text, with figures. A figure in braces is named by its key, or by what it prints; a
// number without braces that an own figure prints is that figure.
func (b *binder) paragraphs(text string) [][]paper.Run {
	for _, r := range b.own {
		if r.Figure != "" {
			b.left = append(b.left, r)
		}
	}
	var lines [][]piece
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, pieces(line))
		}
	}
	for _, resolve := range []func(*piece){b.named, b.printed, b.altered} {
		for _, line := range lines {
			for i := range line {
				if line[i].braced && line[i].figure == "" {
					resolve(&line[i])
				}
			}
		}
	}
	all := make([][]paper.Run, len(lines))
	for i, line := range lines {
		all[i] = b.runs(line)
	}
	return all
}

// pieces cuts a line at its braces. A brace that is not closed is a word.
func pieces(line string) []piece {
	var all []piece
	for line != "" {
		before, rest, opened := strings.Cut(line, "{")
		inside, after, closed := strings.Cut(rest, "}")
		if !opened || !closed {
			return append(all, piece{text: braces.Replace(line)})
		}
		if before != "" {
			all = append(all, piece{text: braces.Replace(before)})
		}
		all = append(all, piece{text: braces.Replace(inside), braced: true})
		line = after
	}
	return all
}

// named finds a figure by its key: {key}, {|key}, {747.7|key}.
func (b *binder) named(p *piece) {
	text, key, given := strings.Cut(p.text, "|")
	if !given {
		text, key = "", p.text
	}
	f, known := b.content.Figures[key]
	if !known {
		return
	}
	b.take(p, key)
	if p.text = text; text == "" {
		p.text = f.Text
	}
	if p.text != f.Text {
		b.found = append(b.found, Finding{Kind: Altered, Block: b.block, Figure: key, Was: f.Text, Is: p.text})
	}
}

// printed finds an own figure by what it prints.
func (b *binder) printed(p *piece) {
	if at := slices.IndexFunc(b.left, func(r paper.Run) bool { return r.Text == p.text }); at >= 0 {
		b.take(p, b.left[at].Figure)
		return
	}
	if at := slices.IndexFunc(b.own, func(r paper.Run) bool { return r.Figure != "" && r.Text == p.text }); at >= 0 {
		p.figure = b.own[at].Figure
	}
}

// altered takes what stands in braces for the first own figure that is left: somebody has typed over it.
func (b *binder) altered(p *piece) {
	if text, key, given := strings.Cut(p.text, "|"); len(b.left) == 0 || given {
		p.text, p.braced = text, false
		b.found = append(b.found, Finding{Kind: Unknown, Block: b.block, Figure: key, Is: text})
		return
	}
	was := b.left[0]
	b.take(p, was.Figure)
	b.found = append(b.found, Finding{Kind: Altered, Block: b.block, Figure: was.Figure, Was: was.Text, Is: p.text})
}

// take binds a piece, and takes the figure from those that are left.
func (b *binder) take(p *piece, key string) {
	p.figure = key
	if at := slices.IndexFunc(b.left, func(r paper.Run) bool { return r.Figure == key }); at >= 0 {
		b.left = slices.Delete(slices.Clone(b.left), at, at+1)
	}
}

// runs are the pieces of a line. Numbers in words are bound where they print or say a figure.
func (b *binder) runs(line []piece) []paper.Run {
	var all []paper.Run
	for _, p := range line {
		if p.figure != "" {
			all = append(all, paper.Run{Text: p.text, Figure: p.figure})
			continue
		}
		at := 0
		for _, n := range numbers(p.text, b.content.Period.Year) {
			key := b.keyOf(p.text, n)
			if key == "" {
				continue
			}
			all = append(all, paper.Run{Text: p.text[at:n.start]}, paper.Run{Text: p.text[n.start:n.end], Figure: key})
			at = n.end
		}
		all = append(all, paper.Run{Text: p.text[at:]})
	}
	return joined(all)
}

// keyOf is the figure that a number without braces is: an own one that prints it, or one that was offered and says it.
func (b *binder) keyOf(text string, n found) string {
	digits := text[n.start:n.end]
	for _, r := range b.left {
		f := b.content.Figures[r.Figure]
		if r.Text == digits && strings.HasPrefix(text[n.end:], f.Measure) {
			b.take(&piece{}, r.Figure)
			return r.Figure
		}
	}
	for _, f := range b.offered {
		if f.Value.Same(n.value) && f.Unit == n.unit {
			return f.Key
		}
	}
	return ""
}
