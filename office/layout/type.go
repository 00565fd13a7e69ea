package layout

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"luoshi/office/font"
	"luoshi/office/shape"
)

// Type are the fonts that travel in a printed document, each of no more characters than it prints.
type Type struct {
	Fonts []*font.Subset // by name
	set   *font.Set
	index map[*font.Font]int
}

// Type takes the fonts of every character from those at hand. Characters that no font has are an error, a *font.Missing: a
// box in their place would say something else than the document does.
func (p *Printed) Type(set *font.Set) (*Type, error) {
	used := map[*font.Font][]rune{}
	var missing []rune
	for _, page := range p.Pages {
		for _, text := range page.Texts {
			for _, r := range text.Text {
				if f := set.Pick(text.Style.Face, text.Style.Bold, r); f != nil {
					used[f] = append(used[f], r)
				} else {
					missing = append(missing, r)
				}
			}
		}
	}
	if len(missing) > 0 {
		return nil, &font.Missing{Characters: missing}
	}
	t := &Type{set: set, index: map[*font.Font]int{}}
	for f, runes := range used {
		subset, err := f.Subset(runes)
		if err != nil {
			return nil, fmt.Errorf("take the type of the document: %w", err)
		}
		t.Fonts = append(t.Fonts, subset)
	}
	slices.SortFunc(t.Fonts, func(a, b *font.Subset) int {
		return cmp.Or(strings.Compare(a.Font.Name, b.Font.Name), bytes.Compare(a.Data, b.Data))
	})
	for i, s := range t.Fonts {
		t.index[s.Font] = i
	}
	return t, nil
}

// Span is a part of a text that one font prints.
type Span struct {
	Font  int // its place among the fonts
	At    shape.Point
	Runes []rune
	Steps []float64
}

// Spans are the parts of a text.
func (t *Type) Spans(text Text) []Span {
	var spans []Span
	at, last := text.At, -1
	for i, r := range []rune(text.Text) {
		own := t.index[t.set.Pick(text.Style.Face, text.Style.Bold, r)]
		if own != last {
			spans, last = append(spans, Span{Font: own, At: at}), own
		}
		span := &spans[len(spans)-1]
		span.Runes, span.Steps = append(span.Runes, r), append(span.Steps, text.Steps[i])
		if text.Turned {
			at.Y += text.Steps[i]
		} else {
			at.X += text.Steps[i]
		}
	}
	return spans
}
