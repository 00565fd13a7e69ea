package document

// draft is a document in the making: what the later steps need to know besides the Document itself.
type draft struct {
	doc *Document
	// styles has the heading depth that the format states for each block, 0 where it states none; nil
	// for plain text.
	styles []int8
	// title is the block that the format itself calls the title; -1 where it does not say.
	title int
	// facts are the pairs of a metadata table such as “发布机构: | 某某区人民政府”.
	facts []namedFact
	sights
}

// namedFact is a label and what stands beside it.
type namedFact struct{ name, value Span }

func newDraft(text string, blocks int) *draft {
	return &draft{doc: &Document{Text: text, Blocks: make([]Block, 0, blocks)}, title: -1, sights: look(text)}
}

// addBlock appends the block of one line; its section comes later.
func (d *draft) addBlock(span Span) {
	d.doc.Blocks = append(d.doc.Blocks, Block{Span: span, Section: -1, Table: -1})
}

// line is the text of a block.
func (d *draft) line(block int) string { return d.doc.Blocks[block].In(d.doc.Text) }

// style is the heading depth that the format states for a block.
func (d *draft) style(block int) int8 {
	if d.styles == nil {
		return 0
	}
	return d.styles[block]
}
