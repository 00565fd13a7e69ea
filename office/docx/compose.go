package docx

import (
	"luoshi/office/paper"
)

// composer turns a document into the text part of a Word file.
type composer struct {
	document  *paper.Document
	marked    bool // every page has a header
	out       markup
	last      *paragraph // not written yet: a section may end with it
	turned    bool       // the section that is open is one of turned pages
	begun     bool       // something stands in the section that is open
	back      bool       // the section that is open begins on the back of a sheet
	sectioned bool       // a section was written
	controls  int
	charts    []*paper.Chart
}

func (c *composer) compose() string {
	c.out.WriteString(declaration)
	c.out.open("w:document", "xmlns:w", wordSpace, "xmlns:r", relationSpace, "xmlns:mc", compatibility, "xmlns:w15", word2012,
		"xmlns:wp", inlineSpace, "xmlns:a", drawingSpace, "xmlns:c", chartSpace, "mc:Ignorable", "w15")
	c.out.open("w:body")
	c.head()
	c.title()
	for i := range c.document.Body {
		c.block(&c.document.Body[i])
	}
	c.close()
	c.foot()
	c.flush()
	c.out.WriteString(c.sectionOf(c.turned))
	c.out.close("w:body", "w:document")
	return c.out.String()
}

// add puts a paragraph behind what is there.
func (c *composer) add(p paragraph) {
	c.flush()
	c.last, c.begun = &p, true
}

func (c *composer) flush() {
	if c.last != nil {
		c.last.write(&c.out)
		c.last = nil
	}
}

// turn ends the section where the page is to stand the other way from here.
func (c *composer) turn(turned bool) {
	if turned == c.turned {
		return
	}
	if c.begun {
		if c.last == nil {
			c.add(paragraph{style: "Tail"})
		}
		c.last.section = c.sectionOf(c.turned)
		c.flush()
	}
	c.turned, c.begun = turned, false
}

func (c *composer) block(b *paper.Block) {
	switch b.Kind {
	case paper.Heading:
		c.turn(false)
		c.add(paragraph{style: "Heading" + itoa(b.Level), content: c.runs(b.Runs)})
	case paper.Paragraph:
		c.turn(false)
		c.add(paragraph{style: "BodyText", content: c.runs(b.Runs)})
	case paper.Tabular:
		c.turn(b.Table.Wide)
		c.table(b.Table)
	case paper.Graphic:
		c.turn(false)
		c.chart(b.Chart)
	}
}

// close is what follows the body: the names of the annexes, the signature and the date.
func (c *composer) close() {
	d := c.document
	if len(d.Annexes) > 0 || len(d.Signature) > 0 || d.Date != "" || !d.Foot.Empty() {
		c.turn(false)
	}
	const label, number = 3 * character, character // 附件 with its colon; a number with its stop
	for i, text := range d.AnnexLines() {
		p := paragraph{style: "Annex", left: 2*character + label, content: words(text)}
		switch {
		case len(d.Annexes) == 1:
			p.before, p.hanging = line, label
		case i == 0:
			p.before, p.left, p.hanging = line, p.left+number, label+number
		default:
			p.left, p.hanging = p.left+number, number
		}
		c.add(p)
	}
	c.sign()
}

// sign writes the signature centred above the date, which ends four characters from the right edge.
func (c *composer) sign() {
	d := c.document
	longest := paper.Width(d.Date)
	for _, organ := range d.Signature {
		longest = max(longest, paper.Width(organ))
	}
	const half = character / 2
	edge := 4 * character // of the date, unless a longer signature needs the room
	if over := (longest - paper.Width(d.Date)) / 2 * half; over > edge {
		edge = over
	}
	before := 2 * line
	for _, organ := range d.Signature {
		c.add(paragraph{style: "Signature", before: before, right: max(0, edge-(paper.Width(organ)-paper.Width(d.Date))/2*half), content: words(organ)})
		before = 0
	}
	if d.Date != "" {
		c.add(paragraph{style: "Date", before: before, right: edge, content: words(d.Date)})
	}
}
