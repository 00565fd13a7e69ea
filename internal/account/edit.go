package account

import "luoshi/office/paper"

// Edit is what a person makes of one block of a report.
type Edit struct {
	Block string `json:"block"` // its key
	// Text is the block's text with its figures in braces, as Marked gives it. Lines are paragraphs.
	Text    string `json:"text,omitempty"`
	Removed bool   `json:"removed,omitempty"`
	// After is what is added behind the block, paragraph by paragraph, with figures in braces.
	After string `json:"after,omitempty"`
}

// Basis is why a number stands in a report that no figure of it says: typed by a person, who names what it rests on.
type Basis struct {
	Block string `json:"block"`
	Text  string `json:"text"` // the number as typed, with its unit: 44.2万人次
	From  string `json:"from"` // 区统计局《统计月报》第7期
}

// FindingKind is what is found of an edit.
type FindingKind string

// The findings of edits.
const (
	Altered FindingKind = "altered" // a bound figure prints something else than what it says
	Dropped FindingKind = "dropped" // a bound figure is gone from the block
	Unbound FindingKind = "unbound" // a number that no figure says, and that has no basis
	Unknown FindingKind = "unknown" // a figure in braces that the report has not
	Gone    FindingKind = "gone"    // the block that was edited is no longer there
)

// Finding is what is found of an edit.
type Finding struct {
	Kind   FindingKind `json:"kind"`
	Block  string      `json:"block"`
	Figure string      `json:"figure,omitempty"` // its key
	Was    string      `json:"was,omitempty"`
	Is     string      `json:"is,omitempty"`
}

// Marked is a block's text with its figures in braces: {747.7}, or {747.7|key} where two of the block print the same.
func Marked(b paper.Block) string { return "" }

// Apply is a report with what people made of it, and what is found of that. Figures in braces stay bound; one that was
// typed without braces as the block had it is bound again.
func Apply(c Content, edits []Edit, bases []Basis) (Content, []Finding) { return c, nil }

// Accept reads a drafted narrative. Every number in it that a given figure says is bound to it. The draft is good only
// where nothing is found: a number that was not given rejects it.
func Accept(draft string, given map[string]Figure) ([]paper.Block, []Finding) { return nil, nil }
