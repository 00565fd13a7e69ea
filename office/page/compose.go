package page

import (
	"regexp"
	"strconv"
	"strings"

	"luoshi/office/paper"
)

// composer turns a document into an article.
type composer struct {
	markup
	document *paper.Document
	options  Options
	charts   int
}

func (c *composer) compose() error {
	d := c.document
	c.line(`<article class="official" lang="zh-CN">`)
	c.element("p", "official-mark", c.options.Mark)
	c.head()
	c.element(c.heading(0), "official-title", d.Title)
	c.element("p", "official-subtitle", d.Subtitle)
	c.element("p", "official-subtitle", d.Speaker)
	c.element("p", "official-addressee", d.Addressee)
	for i := range d.Body {
		if err := c.block(&d.Body[i]); err != nil {
			return err
		}
	}
	for _, line := range d.AnnexLines() {
		c.element("p", "official-annex", line)
	}
	if len(d.Signature) > 0 || d.Date != "" {
		c.line(`<div class="official-signature">`)
		for _, organ := range d.Signature {
			c.element("p", "", organ)
		}
		c.element("p", "", d.Date)
		c.line(`</div>`)
	}
	c.foot()
	c.line(`</article>`)
	return nil
}

// heading is the element of a heading so many levels beneath the title.
func (c *composer) heading(level int) string {
	const deepest = 6
	return "h" + strconv.Itoa(min(c.options.Top+level, deepest))
}

func (c *composer) head() {
	h := c.document.Head
	if h.Empty() {
		return
	}
	class := "official-head"
	if h.Plain() {
		class = "official-head official-plain"
	}
	c.open("header", "class", class)
	c.line("")
	if !h.Letter {
		c.element("p", "official-urgency", h.Urgency)
	}
	c.element("p", "official-organ", h.Organ)
	c.element("p", "official-issue", h.Issue)
	if !h.Letter {
		c.pair("official-number", h.Number, h.SignerLine())
	}
	c.pair("official-edited", h.Office, h.On)
	c.line(`</header>`)
	if h.Letter {
		c.pair("official-letter", h.Urgency, h.Number)
	}
}

// pair is a line of one text at the left and one at the right, as far as there are any.
func (c *composer) pair(class, left, right string) {
	if left == "" && right == "" {
		return
	}
	c.open("p", "class", class)
	for i, text := range []string{left, right} {
		if i > 0 {
			c.raw(" ")
		}
		c.open("span")
		c.text(text)
		c.close("span")
	}
	c.line(`</p>`)
}

func (c *composer) foot() {
	f := c.document.Foot
	if f.Empty() {
		return
	}
	c.line(`<footer class="official-imprint">`)
	c.element("p", "", f.CopiesLine())
	c.pair("official-printer", f.Printer, f.PrintedLine())
	c.line(`</footer>`)
}

func (c *composer) block(b *paper.Block) error {
	switch b.Kind {
	case paper.Heading:
		name := c.heading(b.Level)
		c.open(name, "class", "official-h"+strconv.Itoa(b.Level), "data-block", b.Key)
		c.runs(b.Runs)
		c.close(name)
		c.line("")
	case paper.Paragraph:
		c.open("p", "data-block", b.Key)
		c.runs(b.Runs)
		c.line("</p>")
	case paper.Tabular:
		c.table(b.Table)
	case paper.Graphic:
		return c.chart(b.Chart)
	}
	return nil
}

func (c *composer) runs(all []paper.Run) {
	for _, r := range all {
		if r.Bold {
			c.open("strong")
		}
		c.run(r)
		if r.Bold {
			c.close("strong")
		}
	}
}

// run writes words, or a figure that leads to its source.
func (c *composer) run(r paper.Run) {
	if r.Figure == "" {
		c.lines(r.Text)
		return
	}
	href := ""
	if c.options.Href != nil {
		href = c.options.Href(r.Figure)
	}
	c.open("data", "class", "official-figure", "value", valueOf(r.Text), "data-figure", r.Figure)
	if href != "" {
		c.open("a", "href", href)
	}
	c.lines(r.Text)
	if href != "" {
		c.close("a")
	}
	c.close("data")
}

func (c *composer) lines(text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			c.raw("<br>")
		}
		c.text(line)
	}
}

var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// valueOf is a figure's text as a machine reads it: the number without the commas that group its digits, or the text
// itself where it is no number alone.
func valueOf(text string) string {
	if number := strings.ReplaceAll(text, ",", ""); plainNumber.MatchString(number) {
		return number
	}
	return text
}
