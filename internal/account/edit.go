package account

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"luoshi/office/paper"
)

// Edit is what a person makes of one block of a report. A table and a chart can only be taken out or added to.
type Edit struct {
	Block string `json:"block"` // its key
	// Text is the block's text with its figures in braces, as Marked gives it; empty leaves the block as it is. Lines are
	// paragraphs.
	Text    string `json:"text,omitempty"`
	Removed bool   `json:"removed,omitempty"`
	// After is what is added behind the block, paragraph by paragraph, with figures in braces.
	After string `json:"after,omitempty"`
	// Model is the language model whose wording the text began as; empty where a person wrote it.
	Model string `json:"model,omitempty"`
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
func Marked(b paper.Block) string {
	times := map[string]int{}
	for _, r := range b.Runs {
		if r.Figure != "" {
			times[r.Text]++
		}
	}
	var s strings.Builder
	for _, r := range b.Runs {
		switch {
		case r.Figure == "":
			s.WriteString(r.Text)
		case times[r.Text] > 1:
			s.WriteString("{" + r.Text + "|" + r.Figure + "}")
		default:
			s.WriteString("{" + r.Text + "}")
		}
	}
	return s.String()
}

// Bind is an edit in the form in which it is kept: its figures are named by their keys, so that it stays right when a
// figure moves. One that was typed over keeps what was typed.
func Bind(c Content, e Edit) Edit {
	at := slices.IndexFunc(c.Paper.Body, func(b paper.Block) bool { return b.Key == e.Block })
	if at < 0 {
		return e
	}
	kept := func(text string, own []paper.Run) string {
		b := binder{content: c, block: e.Block, own: own}
		var lines []string
		for _, runs := range b.paragraphs(text) {
			lines = append(lines, b.keyed(runs))
		}
		return strings.Join(lines, "\n")
	}
	if e.Text != "" {
		e.Text = kept(e.Text, c.Paper.Body[at].Runs)
	}
	e.After = kept(e.After, nil)
	return e
}

// keyed are runs as they are kept.
func (b *binder) keyed(runs []paper.Run) string {
	var s strings.Builder
	for _, r := range runs {
		f, known := b.content.Figures[r.Figure]
		switch {
		case r.Figure == "":
			s.WriteString(r.Text)
		case known && f.Text == r.Text:
			s.WriteString("{|" + r.Figure + "}")
		default:
			s.WriteString("{" + r.Text + "|" + r.Figure + "}")
		}
	}
	return s.String()
}

// Apply is a report with what people made of it, and what is found of that. Figures in braces stay bound; one that was
// typed without braces as the block had it is bound again.
func Apply(c Content, edits []Edit, bases []Basis) (Content, []Finding) {
	made := c
	made.Figures, made.Edited = maps.Clone(c.Figures), map[string]bool{}
	maps.Copy(made.Edited, c.Edited)
	a := &applying{content: made, bases: bases, edits: map[string]Edit{}}
	for _, e := range edits {
		a.edits[e.Block] = e
	}
	made.Paper.Body = nil
	for _, b := range c.Paper.Body {
		made.Paper.Body = append(made.Paper.Body, a.block(b)...)
		delete(a.edits, b.Key)
	}
	for _, key := range slices.Sorted(maps.Keys(a.edits)) {
		a.found = append(a.found, Finding{Kind: Gone, Block: key})
	}
	return made, a.found
}

// applying puts edits into a report.
type applying struct {
	content Content
	bases   []Basis
	edits   map[string]Edit // those that are still to be applied
	found   []Finding
}

// block is what a person made of a block: itself, or paragraphs in its place and behind it.
func (a *applying) block(b paper.Block) []paper.Block {
	e, edited := a.edits[b.Key]
	if !edited {
		return []paper.Block{b}
	}
	var all []paper.Block
	switch {
	case e.Removed:
		a.content.Edited[b.Key] = true
		a.dropped(b.Key, b.Runs)
	case e.Text == "" || e.Text == Marked(b) || b.Table != nil || b.Chart != nil:
		all = append(all, b)
	default:
		all = a.written(b, b.Key, e.Text, b.Runs)
	}
	if strings.TrimSpace(e.After) != "" {
		all = append(all, a.written(paper.Block{Kind: paper.Paragraph}, b.Key+"+", e.After, nil)...)
	}
	return all
}

// written are the paragraphs that a person wrote. The first is of the kind of the block that it stands for.
func (a *applying) written(like paper.Block, key, text string, own []paper.Run) []paper.Block {
	b := binder{content: a.content, block: key, own: own}
	var all []paper.Block
	for n, runs := range b.paragraphs(text) {
		made := paper.Block{Kind: paper.Paragraph, Key: key}
		if n == 0 {
			made.Kind, made.Level = like.Kind, like.Level
		} else {
			made.Key += "#" + strconv.Itoa(n+1)
		}
		a.content.Edited[made.Key] = true
		made.Runs = a.founded(made.Key, runs)
		all = append(all, made)
	}
	a.found = append(a.found, b.found...)
	a.dropped(key, b.left)
	return all
}

// dropped notes the figures among runs that a person took out.
func (a *applying) dropped(block string, runs []paper.Run) {
	for _, r := range runs {
		if r.Figure != "" {
			a.found = append(a.found, Finding{Kind: Dropped, Block: block, Figure: r.Figure, Was: r.Text})
		}
	}
}

// founded are runs in which numbers that a person gave a basis for are figures of their own. Others are found.
func (a *applying) founded(block string, runs []paper.Run) []paper.Run {
	var all []paper.Run
	for n, r := range runs {
		if r.Figure != "" {
			all = append(all, r)
			continue
		}
		all = append(all, a.loose(block, n, r)...)
	}
	return joined(all)
}

// loose looks for numbers in words that a person wrote.
func (a *applying) loose(block string, place int, words paper.Run) []paper.Run {
	var all []paper.Run
	at := 0
	for i, n := range numbers(words.Text, a.content.Period.Year) {
		text := words.Text[n.start:n.end]
		basis := slices.IndexFunc(a.bases, func(b Basis) bool { return b.Block == block && (b.Text == text+n.measure || b.Text == text) })
		if basis < 0 {
			a.found = append(a.found, Finding{Kind: Unbound, Block: block, Is: text + n.measure})
			continue
		}
		key := "hand:" + block + "." + strconv.Itoa(place) + "." + strconv.Itoa(i+1)
		a.content.Figures[key] = Figure{
			Key: key, Name: text + n.measure, Text: text, Measure: n.measure, Value: n.value, Unit: n.unit,
			Sources: []Source{{Kind: FromPerson, ID: a.bases[basis].From}},
		}
		all = append(all, paper.Run{Text: words.Text[at:n.start]}, paper.Run{Text: text, Figure: key})
		at = n.end
	}
	return append(all, paper.Run{Text: words.Text[at:]})
}

// Accept reads a drafted narrative. Every number in it that a given figure says is bound to it. The draft is good only
// where nothing is found: a number that was not given rejects it.
func Accept(draft string, given map[string]Figure) ([]paper.Block, []Finding) {
	b := binder{content: Content{Figures: given}, block: "draft"}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		b.offered = append(b.offered, given[key])
	}
	var all []paper.Block
	for n, runs := range b.paragraphs(draft) {
		made := paper.Block{Kind: paper.Paragraph, Key: "draft#" + strconv.Itoa(n+1), Runs: runs}
		all = append(all, made)
		for _, r := range runs {
			if r.Figure != "" {
				continue
			}
			for _, loose := range numbers(r.Text, 0) {
				b.found = append(b.found, Finding{Kind: Unbound, Block: made.Key, Is: r.Text[loose.start:loose.end] + loose.measure})
			}
		}
	}
	return all, b.found
}
