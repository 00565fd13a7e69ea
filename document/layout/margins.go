package layout

import "slices"

// findMargins finds, for each page, between which places its lines run. Pages with few lines borrow the
// margins of the document, and a page of short lines its width; a document of few lines fills its page.
func (b *Builder) findMargins(body float64) {
	const enough = 4 // lines
	var all []line
	var widths []float64
	for i := range b.sheets {
		s := &b.sheets[i]
		own := s.bodyLines(body)
		all = append(all, own...)
		if len(own) >= enough {
			s.left, s.right = edges(own)
			s.marginsKnown = true
			widths = append(widths, s.right-s.left)
		}
	}
	if len(all) == 0 {
		return
	}
	left, right := edges(all)
	slices.Sort(widths)
	for i := range b.sheets {
		s := &b.sheets[i]
		if !s.marginsKnown {
			s.left, s.right = min(left, s.leftmost(left)), right
		}
		usual := s.width - 2*s.left
		if len(widths) > 0 {
			usual = widths[len(widths)/2]
		}
		const narrow, mostOfPage = 0.9, 0.5
		if width := s.right - s.left; len(widths) > 1 && width < narrow*usual || width < mostOfPage*s.width {
			s.right = s.left + max(width, min(usual, s.width-s.left))
			if s.right-s.left < mostOfPage*s.width {
				s.right = s.width - s.left
			}
		}
	}
}

// leftmost is where the leftmost line of text of a page begins.
func (s *sheet) leftmost(otherwise float64) float64 {
	left := otherwise
	for _, it := range s.items {
		if it.table == nil && !it.furniture {
			left = min(left, it.left)
		}
	}
	return left
}

// bodyLines are the lines of running text.
func (s *sheet) bodyLines(body float64) []line {
	const alike = 0.15
	var lines []line
	for _, it := range s.items {
		if it.table == nil && !it.furniture && it.size > (1-alike)*body && it.size < (1+alike)*body {
			lines = append(lines, it.line)
		}
	}
	return lines
}

// edges are the left and the right edge that most of the lines keep to: the leftmost place that a line
// in eight begins at, and the rightmost that one reaches.
func edges(lines []line) (left, right float64) {
	const share = 8
	lefts, rights := make([]float64, len(lines)), make([]float64, len(lines))
	for i, l := range lines {
		lefts[i], rights[i] = l.left, l.right
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	rank := len(lines) / share / 2
	return lefts[rank], rights[len(rights)-1-rank]
}

// pitch is the usual distance from one line to the next, in sizes of the upper line.
func (b *Builder) pitch() float64 {
	var steps []float64
	for _, s := range b.sheets {
		for i := 1; i < len(s.items); i++ {
			above, below := s.items[i-1], s.items[i]
			if above.table == nil && below.table == nil && above.size > 0 {
				steps = append(steps, (below.bottom-above.bottom)/above.size)
			}
		}
	}
	if len(steps) == 0 {
		return 1.5
	}
	slices.Sort(steps)
	return steps[len(steps)/3] // the lower third: gaps between paragraphs are not counted
}
