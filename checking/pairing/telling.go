package pairing

import (
	"strings"

	"luoshi/checking/judge"
	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
)

// Telling is the sentences of a document that speak of an item and say that its target was missed or
// why.
type Telling struct {
	Text   string // the sentences
	Reason string // from the words that give the reason on; "" where none does
}

// Tellings are the sentences of a document that tell of targets missed or of reasons.
type Tellings struct {
	doc       *document.Document
	sentences []string
}

// Tellings looks through the document once.
func (p *Paper) Tellings() *Tellings {
	t := &Tellings{doc: p.Document}
	for _, b := range p.Document.Blocks {
		if b.Furniture || b.Kind == document.TableRow {
			continue
		}
		for sentence := range strings.SplitSeq(b.In(p.Document.Text), "。") {
			if vocabulary.holds("failed", sentence) || vocabulary.holds("reason", sentence) {
				t.sentences = append(t.sentences, strings.TrimSpace(sentence))
			}
		}
	}
	return t
}

// Of is what the document tells of an item.
func (t *Tellings) Of(it *Item) Telling {
	var told Telling
	for _, s := range t.sentences {
		for part := range strings.SplitSeq(s, "；") {
			name := it.namedIn(part)
			if name < 0 {
				continue
			}
			told.Text += part + "。"
			if told.Reason == "" {
				told.Reason = reasonIn(part[name:])
			}
		}
	}
	return told
}

// namedIn is where a text names the item as what it speaks of, which is before any reason; -1 where it
// does not.
func (i *Item) namedIn(text string) int {
	names := []string{i.Subject}
	if known := i.Name.Indicator; known != nil && i.Name.Topic == "" {
		names = append(append(names, known.ZH), known.Aliases...)
	}
	if cut := reasonAt(text); cut >= 0 {
		text = text[:cut]
	}
	for _, n := range names {
		if n == "" {
			continue
		}
		if at := strings.Index(text, n); at >= 0 {
			return at
		}
	}
	return -1
}

// reasonAt is where a text begins to give a reason; -1 where it gives none.
func reasonAt(text string) int {
	first := -1
	for _, w := range vocabulary.of("reason") {
		if at := strings.Index(text, w); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// reasonIn is the reason that a sentence gives, without the words that announce it.
func reasonIn(text string) string {
	at := reasonAt(text)
	if at < 0 {
		return ""
	}
	text = text[at:]
	for _, w := range vocabulary.of("reason") {
		if rest, ok := strings.CutPrefix(text, w); ok {
			return strings.TrimLeft(rest, "：:，, ")
		}
	}
	return text
}

// Overrule is a judgement as the document itself sees it: a result just under its 左右 is missed where the
// document says so.
func Overrule(tellings func() *Tellings, target, result *Item, j judge.Judgement) judge.Judgement {
	if j.Outcome == judge.Met && target.Cmp == reading.Approximately && strings.HasPrefix(j.Gap, "-") == (target.Terms.Direction != indicator.Less) &&
		tellings().saysMissed(result) {
		j.Outcome = judge.Missed
	}
	return j
}

// saysMissed tells whether one clause names the item and says that its target was not reached.
func (t *Tellings) saysMissed(it *Item) bool {
	for _, s := range t.sentences {
		for clause := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("，,；;：:", r) }) {
			if vocabulary.holds("failed", clause) && it.namedIn(clause) >= 0 {
				return true
			}
		}
	}
	return false
}
