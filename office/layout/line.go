package layout

import (
	"strings"

	"golang.org/x/text/width"

	"luoshi/office/paper"
	"luoshi/office/shape"
)

// glyph is a character to be set.
type glyph struct {
	r      rune
	style  Style
	figure string
	step   float64
	wide   bool // as wide as high, as Chinese characters are
	tied   bool // to the one before it, by a word that is to stay whole
}

// glyphs are the characters of runs, with their widths.
func (s *setter) glyphs(runs []paper.Run, style Style) []glyph {
	count := 0
	for _, run := range runs {
		count += len(run.Text) // bytes: more than characters, but not many times more
	}
	all := make([]glyph, 0, count)
	for _, run := range runs {
		own := style
		own.Bold = own.Bold || run.Bold
		for _, r := range run.Text {
			if r == '\n' || r == '\r' || r == '\t' {
				r = ' '
			}
			g := glyph{r: r, style: own, figure: run.Figure}
			part := 1.0
			if !fullWidth(r) {
				part = s.metrics.Advance(own.Face, own.Bold, r)
			}
			g.wide = part == 1
			g.step = part*own.Size + own.tracking
			all = append(all, g)
		}
	}
	return all
}

func (s *setter) said(text string, style Style) []glyph {
	return s.glyphs([]paper.Run{{Text: text}}, style)
}

// fullWidth tells whether a character is as wide as it is high in every font.
func fullWidth(r rune) bool {
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}

// ambiguous tells whether a character is wide among Chinese ones and narrow elsewhere.
func ambiguous(r rune) bool { return width.LookupRune(r).Kind() == width.EastAsianAmbiguous }

// broken breaks characters into lines, the first of which may have less room than the others.
func broken(all []glyph, first, others float64) [][]glyph {
	var lines [][]glyph
	room := first
	for len(all) > 0 {
		n := fitting(all, room)
		lines = append(lines, all[:n])
		all, room = all[n:], others
	}
	return lines
}

// fitting is how many characters are put on a line: as many as it has room for, but no more than up to the last place
// where it may be broken. At least one is.
func fitting(all []glyph, room float64) int {
	const dust = .01
	wide, last := 0.0, 0
	for i, g := range all {
		if i > 0 && mayBreak(all[i-1], g) {
			last = i
		}
		wide += g.step
		if wide > room+dust && g.r != ' ' {
			if last == 0 {
				return max(1, i)
			}
			return last
		}
	}
	return len(all)
}

// mayBreak tells whether a line may end between two characters: not before what closes, after what opens, or within a
// word, a number, a dash or dots of two characters.
func mayBreak(before, after glyph) bool {
	switch {
	case strings.ContainsRune(mayNot["begin"], after.r) || strings.ContainsRune(mayNot["end"], before.r):
		return false
	case before.r == after.r && (after.r == '—' || after.r == '…'):
		return false
	case after.tied:
		return false
	case before.r == ' ' || before.wide || after.wide:
		return true
	}
	return after.r == ' '
}

// breadth is how wide a line is, without the spaces at its end.
func breadth(line []glyph) float64 {
	for len(line) > 0 && line[len(line)-1].r == ' ' {
		line = line[:len(line)-1]
	}
	wide := 0.0
	for _, g := range line {
		wide += g.step
	}
	return wide
}

// stretched spreads what room is left over the places between Chinese characters, unless it would tear the line apart.
func stretched(line []glyph, room float64) []glyph {
	line = append([]glyph(nil), line...)
	for len(line) > 0 && line[len(line)-1].r == ' ' {
		line = line[:len(line)-1]
	}
	rest := room - breadth(line)
	var gaps []int
	for i := range len(line) - 1 {
		if line[i].wide || line[i+1].wide {
			gaps = append(gaps, i)
		}
	}
	const most = .5 // of a character
	if len(gaps) == 0 || rest/float64(len(gaps)) > most*line[0].style.Size {
		return line
	}
	for _, i := range gaps {
		line[i].step += rest / float64(len(gaps))
	}
	return line
}

// put sets a line with its foot at a place, as one piece of text for each kind and figure.
func (p *Page) put(line []glyph, at shape.Point) {
	for i := 0; i < len(line); {
		t := Text{At: at, Style: line[i].style, Figure: line[i].figure}
		var b strings.Builder
		for ; i < len(line) && line[i].style == t.Style && line[i].figure == t.Figure; i++ {
			b.WriteRune(line[i].r)
			t.Steps = append(t.Steps, line[i].step)
			at.X += line[i].step
		}
		t.Text = b.String()
		p.Texts = append(p.Texts, t)
	}
}
