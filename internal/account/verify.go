package account

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/ledger"
	"luoshi/reading"
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
	// Arguable tells of a contradiction that each of its numbers is a figure of the ledger: a person may find that what a
	// unit wrote speaks of something else, and pass it over with a reason.
	Arguable bool              `json:"arguable,omitempty"`
	Mark     string            `json:"mark,omitempty"`    // of a contradiction: by which it is passed over
	Figures  map[string]string `json:"figures,omitempty"` // of a contradiction: what contradicts, as printed, by key
}

// Verification is what reading a report back has shown.
type Verification struct {
	Differences []Difference       `json:"differences,omitempty"`
	Passed      []Pass             `json:"passed,omitempty"`   // contradictions that a person found to be none
	Warnings    []checking.Finding `json:"warnings,omitempty"` // they keep nothing from being offered
	// Explained is what looks contradictory and follows from what the figures are: the ledger has computed all of them, or
	// one is promised and another one is what was done of it.
	Explained []checking.Finding `json:"explained,omitempty"`
	Figures   int                `json:"figures"`         // places where figures stand
	Read      int                `json:"read"`            // of those that were read back with their value
	Words     []string           `json:"words,omitempty"` // numbers in words that nobody changed and that no figure says
}

// Sound tells whether the report may be offered.
func (v Verification) Sound() bool { return len(v.Differences) == 0 }

// Verify opens the file that was made of a report, reads it as any other document is read, checks it, and holds each
// figure against the report and against the ledger: the figures that the same template gives of the facts as they are
// now. Of nil for the ledger the report itself is the measure.
func Verify(ctx context.Context, file []byte, c Content, ledger map[string]Figure) (Verification, error) {
	doc, err := document.Open(ctx, "report.docx", file, document.Options{})
	if err != nil {
		return Verification{}, fmt.Errorf("read a report back: %w", err)
	}
	v := &verifying{content: c, document: doc, reading: reading.Read(doc, reading.Options{Year: c.Period.Year})}
	v.bound()
	v.lines()
	v.quantities()
	if err := v.charts(ctx, file); err != nil {
		return Verification{}, fmt.Errorf("read the charts of a report back: %w", err)
	}
	v.check()
	v.against(ledger)
	return v.Verification, nil
}

// verifying is one report that is held against its file.
type verifying struct {
	Verification
	content  Content
	document *document.Document
	reading  *reading.Reading
	placed   []placed // in the order of the document
}

// placed is a stretch of the document with what should stand there.
type placed struct {
	document.Span
	figure  string // its key; empty of the words between figures
	block   string
	changed bool // its words are not those of the report, or somebody has typed over the figure
}

func (v *verifying) differ(d Difference) { v.Differences = append(v.Differences, d) }

// bound finds figures that the report itself prints otherwise than they are: people have changed them.
func (v *verifying) bound() {
	for _, l := range linesOf(v.content.Paper) {
		for _, r := range l.runs {
			f, known := v.content.Figures[r.Figure]
			switch {
			case r.Figure == "":
			case !known:
				v.differ(Difference{Kind: FigureGone, Block: l.block, Figure: r.Figure, Is: r.Text})
			case f.Text != r.Text:
				v.differ(Difference{Kind: FigureAltered, Block: l.block, Figure: r.Figure, Was: f.Text, Is: r.Text})
			}
		}
	}
}

// quantities holds what reading found against the figures that stand there.
func (v *verifying) quantities() {
	slices.SortFunc(v.placed, func(a, b placed) int { return cmp.Compare(a.Start, b.Start) })
	at := 0
	for i := range v.reading.Quantities {
		q := &v.reading.Quantities[i]
		for at < len(v.placed) && v.placed[at].End <= q.Span.Start {
			at++
		}
		if at < len(v.placed) && v.placed[at].Start <= q.Span.Start {
			v.quantity(q, at)
		}
	}
}

// quantity holds one number against the figure that stands at its place. The upper end of a range is the next figure.
func (v *verifying) quantity(q *reading.Quantity, at int) {
	p := v.placed[at]
	if p.figure == "" {
		v.loose(q, p)
		return
	}
	v.compare(q, p, ledger.Exactly(q.Value))
	if q.Cmp != reading.Between {
		return
	}
	for _, next := range v.placed[at+1:] {
		if next.Start >= q.Span.End {
			return
		}
		if next.figure != "" {
			v.compare(q, next, ledger.Exactly(q.Upper))
			return
		}
	}
}

// loose is a number among words.
func (v *verifying) loose(q *reading.Quantity, p placed) {
	if p.changed || v.content.Edited[p.block] {
		v.differ(Difference{Kind: FigureAdded, Block: p.block, Is: q.Surface})
		return
	}
	v.Words = append(v.Words, q.Surface)
}

func (v *verifying) compare(q *reading.Quantity, p placed, value ledger.Decimal) {
	f, known := v.content.Figures[p.figure]
	switch {
	case p.changed:
	case !known || f.says(value, q.Measure):
		v.Read++
	default:
		v.differ(Difference{Kind: FigureMisread, Block: p.block, Figure: p.figure, Was: f.Value.Plain(), Is: value.Plain()})
	}
}

// says tells whether a number that was read is the figure. A fall is read without its sign, and what people wrote is read
// in the measure of the table that it stands in.
func (f Figure) says(value ledger.Decimal, m reading.Measure) bool {
	if f.Value.Same(value) || m == reading.Decline && f.Value.Rat().Cmp(negative(value)) == 0 {
		return true
	}
	return f.Quoted
}

// check runs the rules of checking over the document. What they say of promises against results the report says itself.
//
// Rules infer from a few rows what a column may mean, so that small counts can look contradictory by chance, and a rule
// cannot know that two units speak of two things, or that a title promises what a table has not reached. Where the ledger
// has computed all figures of a relation, and where one is of a promise, the finding is explained; where all of them are
// quoted from different records, an error is a warning. Neither keeps anything from being offered.
func (v *verifying) check() {
	for _, f := range checking.Check(v.reading, checking.Options{}) {
		o := v.origin(f.Places)
		switch {
		case f.Verdict != "" || f.Severity < checking.Warning:
		case o.explains(len(f.Places)):
			v.Explained = append(v.Explained, f)
		case f.Severity == checking.Warning || o.several(len(f.Places)):
			v.Warnings = append(v.Warnings, f)
		default:
			v.contradicted(f, o)
		}
	}
}

// contradicted notes that figures cannot all be right, unless a person has passed over that.
func (v *verifying) contradicted(f checking.Finding, o origin) {
	d := Difference{
		Kind: Contradiction, Is: f.Message.ZH, Error: &f, Arguable: o.computed+o.quoted == len(f.Places),
		Mark: markOf(f.Rule, o.figures), Figures: o.figures,
	}
	if !v.passed(d) {
		v.differ(d)
	}
}

// origin is where the figures of a finding are from: how many the ledger has computed, how many are quoted, from which
// records.
type origin struct {
	computed, quoted int
	promised         int // of those that are quoted
	records          map[string]bool
	figures          map[string]string // all of them, as printed
}

// explains tells whether so many figures say by what they are that nothing contradicts.
func (o origin) explains(all int) bool {
	return all > 0 && (o.computed == all || o.promised > 0 && o.computed+o.quoted == all)
}

// several tells whether so many figures are all quoted, and not from one record.
func (o origin) several(all int) bool { return o.quoted == all && len(o.records) > 1 }

func (v *verifying) origin(places []checking.Place) origin {
	o := origin{records: map[string]bool{}, figures: map[string]string{}}
	for _, p := range places {
		at, _ := slices.BinarySearchFunc(v.placed, p.Span.Start, func(s placed, start int) int { return cmp.Compare(s.End, start+1) })
		if at == len(v.placed) || v.placed[at].Start > p.Span.Start {
			continue
		}
		f, known := v.content.Figures[v.placed[at].figure]
		if known {
			o.figures[f.Key] = f.Text
		}
		switch {
		case !known || f.byHand():
		case f.Quoted:
			o.quoted++
			if f.Sources[0].Kind == FromPromise {
				o.promised++
			}
			o.records[string(f.Sources[0].Kind)+f.Sources[0].ID] = true
		default:
			o.computed++
		}
	}
	return o
}

// against holds the figures of the report against those of the ledger.
func (v *verifying) against(ledger map[string]Figure) {
	if ledger == nil {
		return
	}
	seen := map[string]bool{}
	for _, key := range keysOf(v.content.Paper) {
		f := v.content.Figures[key]
		if now, still := ledger[key]; seen[key] || f.byHand() {
			continue
		} else if !still {
			v.differ(Difference{Kind: FigureGone, Figure: key, Was: f.Text})
		} else if now.Text != f.Text || !now.Value.Same(f.Value) {
			v.differ(Difference{Kind: FigureMoved, Figure: key, Was: now.Text + now.Measure, Is: f.Text + f.Measure})
		}
		seen[key] = true
	}
}

// byHand tells whether a person gave the figure.
func (f Figure) byHand() bool { return len(f.Sources) > 0 && f.Sources[0].Kind == FromPerson }
