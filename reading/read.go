package reading

import "luoshi/document"

// Options steers reading where the document leaves a choice. The zero value reads as the document says.
type Options struct {
	// Year overrules the plan year, and with it the default deadline of targets; 0 leaves it.
	Year int
}

// Read finds every quantity and clause of a document. It is safe for concurrent use.
func Read(doc *document.Document, opts Options) *Reading {
	r := &reader{
		doc: doc, text: doc.Text, lex: newLexer(doc.Text), titles: newLexer(doc.Text),
		out: &Reading{Document: doc}, offsets: document.NewOffsets(doc.Text), frame: newFrame(doc, opts),
	}
	table := int32(-1)
	for i := range doc.Blocks {
		b := &doc.Blocks[i]
		switch {
		case b.Furniture:
		case b.Table >= 0:
			if b.Table > table {
				table = b.Table
				r.enter(b.Section)
				r.readTable(table)
			}
		default:
			r.readBlock(b)
		}
	}
	return r.out
}
