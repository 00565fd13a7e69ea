package docx

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"luoshi/office/paper"
)

//go:embed parts/frame.xml
var frame string

// head writes 版头: urgency, the organ in red 35 mm beneath the text's upper edge, number and signer, and the red rule.
func (c *composer) head() {
	h := c.document.Head
	if h.Empty() {
		return
	}
	if h.Letter {
		c.letterHead(h)
		return
	}
	if h.Plain() {
		c.plainHead(h)
		return
	}
	above := 1984 // 35 mm
	if h.Urgency != "" {
		c.add(paragraph{style: "Urgency", content: words(h.Urgency)})
		above -= line
	}
	var lines []paragraph
	if h.Organ != "" {
		lines = append(lines, paragraph{style: "Organ", before: above, content: organ(h.Organ)})
	}
	if h.Issue != "" {
		lines = append(lines, paragraph{style: "Number", before: line, content: words(h.Issue)})
	}
	if p, ok := number(h); ok {
		if h.Issue == "" {
			p.before = 2 * line
		}
		lines = append(lines, p)
	}
	if h.Office != "" || h.On != "" {
		lines = append(lines, paragraph{style: "Number", before: line, align: "left", first: character, content: words(h.Office + "\t" + h.On)})
	}
	for i, p := range lines {
		p.keep = true
		if i == len(lines)-1 {
			p.rule = "head"
		}
		c.add(p)
	}
}

// letterHead writes the head of a letter: the organ at the upper edge and the rule; beneath it urgency at the left and
// the number at the right.
func (c *composer) letterHead(h paper.Head) {
	if h.Organ != "" {
		c.add(paragraph{style: "Organ", keep: true, rule: "letter", content: organ(h.Organ)})
	}
	if h.Urgency != "" || h.Number != "" {
		c.add(paragraph{style: "Number", before: line / 2, align: "left", content: words(h.Urgency + "\t" + h.Number)})
	}
}

// plainHead writes what is there of a head without an organ, at the upper edge: urgency at the left, number at the right.
func (c *composer) plainHead(h paper.Head) {
	if h.Urgency != "" {
		c.add(paragraph{style: "Urgency", content: words(h.Urgency)})
	}
	if p, ok := number(h); ok {
		if h.Signer == "" {
			p.align = "right"
		}
		c.add(p)
	}
}

// organ sets 发文机关标志 as large as one line allows, up to 15 mm.
func organ(name string) string {
	const largest, smallest = 84, 44 // half points
	size := min(largest, max(smallest, textWidth/10/max(1, utf8.RuneCountInString(name))))
	m := &markup{}
	m.open("w:r")
	m.open("w:rPr")
	m.value("w:sz", itoa(size))
	m.value("w:szCs", itoa(size))
	m.close("w:rPr")
	m.open("w:t")
	m.text(name)
	m.close("w:t", "w:r")
	return m.String()
}

// number is the line of the document's number: in the middle, or to the left where a signer stands to the right.
func number(h paper.Head) (paragraph, bool) {
	if h.Number == "" && h.Signer == "" {
		return paragraph{}, false
	}
	if h.Signer == "" {
		return paragraph{style: "Number", content: words(h.Number)}, true
	}
	return paragraph{style: "Number", align: "left", first: character, content: words(h.Number + "\t" + h.SignerLine())}, true
}

// title writes the title, who says it where, and whom it addresses.
func (c *composer) title() {
	d := c.document
	before := 0
	switch {
	case d.Head.Letter, d.Head.Plain() && !d.Head.Empty():
		before = line
	case !d.Head.Empty():
		before = 2 * line
	}
	if d.Title != "" {
		const room = 40 // half-width places: twenty characters of 22 points
		c.add(paragraph{style: "Title", before: before, content: words(strings.Join(paper.TitleLines(d.Title, room), "\n"))})
	}
	if d.Subtitle != "" {
		c.add(paragraph{style: "Subtitle", before: line / 2, content: words(d.Subtitle)})
	}
	if d.Speaker != "" {
		c.add(paragraph{style: "Subtitle", content: words(d.Speaker)})
	}
	if d.Addressee != "" {
		c.add(paragraph{style: "Addressee", before: line, content: words(d.Addressee)})
	} else if c.last != nil {
		c.add(paragraph{style: "Normal"})
	}
}

// foot writes 版记 into a frame of one cell at the foot of the last page, between two thick rules. It belongs on the back
// of the last sheet.
func (c *composer) foot() {
	f := c.document.Foot
	if f.Empty() {
		return
	}
	if c.endsOnFront() {
		c.goToBack()
	}
	const margin, label = 280, 3 * 280
	var lines []paragraph
	if f.Copies != "" {
		lines = append(lines, paragraph{style: "Imprint", left: margin + label, right: margin, hanging: label, content: words(f.CopiesLine())})
	}
	if f.Printer != "" || f.Printed != "" {
		lines = append(lines, paragraph{style: "Imprint", content: words(f.Printer + "\t" + f.PrintedLine())})
	}
	if len(lines) == 2 {
		lines[1].rule = "inside"
	}
	c.flush()
	c.out.WriteString(frame)
	for i := range lines {
		lines[i].write(&c.out)
	}
	c.out.close("w:tc", "w:tr", "w:tbl")
	c.add(paragraph{style: "Tail"})
}
