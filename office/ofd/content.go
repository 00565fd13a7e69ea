package ofd

import (
	"fmt"
	"strings"

	"luoshi/office/layout"
	"luoshi/office/shape"
)

// content is a page.
func (b *book) content(p layout.Page) []byte {
	e := root("Page", "")
	box := fmt.Sprintf("0 0 %s %s", number(p.Width), number(p.Height))
	e.printf(`<ofd:Area><ofd:PhysicalBox>%s</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="%d" Type="Body">`, box, b.id())
	for _, path := range p.Paths {
		b.path(e, path, box)
	}
	for _, t := range p.Texts {
		for _, span := range b.spans(t) {
			b.text(e, t, span)
		}
	}
	e.printf(`</ofd:Layer></ofd:Content>`)
	return e.end("Page")
}

// colour is an ink as an element.
func colour(name string, ink shape.Ink) string {
	r, g, b := ink.RGB()
	return fmt.Sprintf(`<ofd:%s Value="%d %d %d"/>`, name, r, g, b)
}

func (b *book) path(e *element, p shape.Path, box string) {
	e.printf(`<ofd:PathObject ID="%d" Boundary="%s" LineWidth="%s" Stroke="%t" Fill="%t">`,
		b.id(), box, number(p.Thick), p.Stroke != "", p.Fill != "")
	if p.Stroke != "" {
		e.printf(`%s`, colour("StrokeColor", p.Stroke))
	}
	if p.Fill != "" {
		e.printf(`%s`, colour("FillColor", p.Fill))
	}
	var s strings.Builder
	for i, at := range p.Points {
		step := " L "
		if i == 0 {
			step = "M "
		}
		s.WriteString(step + number(at.X) + " " + number(at.Y))
	}
	if p.Closed {
		s.WriteString(" C")
	}
	e.printf(`<ofd:AbbreviatedData>%s</ofd:AbbreviatedData></ofd:PathObject>`, s.String())
}

// text writes characters of one font. Their box reaches from above the highest to below the lowest of them; a text that
// runs down the page is turned within its box.
func (b *book) text(e *element, t layout.Text, span layout.Span) {
	const above, below = .9, .3 // of the size
	size, wide := t.Style.Size, 0.0
	for _, step := range span.Steps {
		wide += step
	}
	box := []float64{span.At.X, span.At.Y - above*size, wide, (above + below) * size}
	foot, turn := above*size, ""
	if t.Turned {
		box = []float64{span.At.X - below*size, span.At.Y, (above + below) * size, wide}
		foot, turn = 0, fmt.Sprintf(` CTM="0 1 -1 0 %s 0"`, number(below*size))
	}
	weight := ""
	if t.Style.Bold && (b.embedded == nil || !b.embedded.Fonts[span.Font].Font.Bold()) {
		weight = ` Weight="700"`
	}
	e.printf(`<ofd:TextObject ID="%d" Boundary="%s" Font="%d" Size="%s"%s%s>`,
		b.id(), numbers(box), b.faces[span.Font], number(size), weight, turn)
	if url := b.address(t.Figure); url != "" {
		e.printf(`<ofd:Actions><ofd:Action Event="CLICK"><ofd:URI URI="%s"/></ofd:Action></ofd:Actions>`, escaped(url))
	}
	e.printf(`%s<ofd:TextCode X="0" Y="%s"%s>%s</ofd:TextCode></ofd:TextObject>`,
		colour("FillColor", t.Style.Ink), number(foot), steps(span.Steps), escaped(string(span.Runes)))
}

// address is where a figure leads to.
func (b *book) address(figure string) string {
	if figure == "" || b.href == nil {
		return ""
	}
	return b.href(figure)
}

func numbers(all []float64) string {
	texts := make([]string, len(all))
	for i, v := range all {
		texts[i] = number(v)
	}
	return strings.Join(texts, " ")
}

// steps tell how far each character is from the one before; those that are alike are said at once.
func steps(all []float64) string {
	if len(all) < 2 {
		return ""
	}
	all = all[:len(all)-1]
	var parts []string
	for i := 0; i < len(all); {
		end := i + 1
		for end < len(all) && number(all[end]) == number(all[i]) {
			end++
		}
		if end-i > 2 {
			parts = append(parts, fmt.Sprintf("g %d %s", end-i, number(all[i])))
		} else {
			for range end - i {
				parts = append(parts, number(all[i]))
			}
		}
		i = end
	}
	return fmt.Sprintf(` DeltaX="%s"`, strings.Join(parts, " "))
}
