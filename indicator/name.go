package indicator

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Name is what a quantity measures, in a form that can be compared with another passage's.
type Name struct {
	Indicator *Indicator // nil where the dictionary does not know it
	Scope     []string   // scopes that the subject and its context state, in order
	Rest      string     // with an indicator: qualifiers that the dictionary does not know
	Topic     string     // the subject without scope, idle verbs and notes: what is compared where there is no indicator
	Generic   bool       // the topic names too little to be paired by itself: 项目

	flow    string   // the verb that makes a flow of the topic: 新增
	measure string   // the noun of measure that trails it: 面积
	grams   []uint64 // the pairs of neighbouring characters of the topic, sorted
	marks   []mark   // scopes that exclude others
	kinds   []mark   // words that tell things apart
	parts   []string // the members of a topic that is a list
	whom    string   // the place for which something is done: 为望溪区提供…
	places  []string // places named in the scope
	include []inclusion
}

// mark is a word of a group whose other words it excludes.
type mark struct{ group, word string }

// inclusion is “含X” or “不含X”.
type inclusion struct {
	what string
	with bool
}

// NameOf is what a subject measures. The context is its sentence or the note of its row (备注): it may
// hold scopes before the subject (全市完成…) or in brackets behind it (不含农户).
func NameOf(subject, context string) Name {
	d := load()
	folded := fold(subject)
	base, notes := brackets(folded)
	var n Name
	if m, ok := d.head(base); ok {
		n.Indicator, n.Scope, n.Rest = m.Indicator, m.Scope, m.Rest
		n.Topic = n.Rest
	} else {
		n.Scope, n.Topic = d.words.split(d.untrailed(base))
	}
	n.Scope = append(n.Scope, d.words.notes(notes)...)
	n.addContext(d.words, folded, base, fold(context))
	n.dissect(d.words)
	if n.Indicator != nil && strings.IndexByte(base, '*') >= 0 {
		base = n.Indicator.ZH // says what the mask hides
	}
	n.compare(d.words, base)
	return n
}

// untrailed is a phrase without the words that only say how it moved.
func (d *dictionary) untrailed(phrase string) string {
	for range maxTrail {
		w, size := d.words.last(reverse(phrase), trail)
		if size == 0 || size == len(phrase) || w.roles&generic != 0 {
			break
		}
		phrase = phrase[:len(phrase)-size]
	}
	return phrase
}

// addContext takes the scopes of the context that bear on the subject and are not yet known.
func (n *Name) addContext(v *vocabulary, subject, base, context string) {
	if context == "" || context == subject {
		return
	}
	var scopes []string
	at, length := strings.Index(context, subject), len(subject)
	if at < 0 {
		at, length = strings.Index(context, base), len(base)
	}
	if at < 0 || subject == "" {
		if !strings.ContainsAny(context, "。;") && !strings.ContainsAny(context, "0123456789") {
			scopes = v.note(context)
		}
	} else {
		before := context[clauseStart(context[:at]):at]
		scopes = v.before(withoutNotes(before))
		n.whom = v.beneficiary(before)
		behind := context[at+length:]
		_, notes := brackets(behind[:clauseEnd(behind)])
		scopes = append(scopes, v.notes(notes)...)
	}
	for _, scope := range scopes {
		if !slices.Contains(n.Scope, scope) && scope != n.whom {
			n.Scope = append(n.Scope, scope)
		}
	}
}

// maxContextPlace is how long the name of a place at the head of a clause may be: what is longer is
// rather a phrase that ends like one.
const maxContextPlace = 4

// before is the scopes that what stands before a subject in its clause states for it.
func (v *vocabulary) before(text string) []string {
	found, _ := v.split(text)
	var scopes []string
	for i, scope := range found {
		switch w := v.scopes[scope]; {
		case w != nil && slices.Contains(v.reaching, w.group),
			w == nil && i == 0 && strings.HasPrefix(text, scope) && utf8.RuneCountInString(scope) <= maxContextPlace:
			scopes = append(scopes, scope)
		}
	}
	if w, _ := v.last(reverse(text), apart); w != nil && !slices.Contains(scopes, w.scope) {
		scopes = append(scopes, w.scope)
	}
	return scopes
}

func withoutNotes(text string) string {
	base, _ := brackets(text)
	return base
}

// clauseStart is where the clause begins that ends with the text.
func clauseStart(before string) int {
	at := strings.LastIndexAny(before, ",。;:")
	if at < 0 {
		return 0
	}
	_, size := utf8.DecodeRuneInString(before[at:])
	return at + size
}

// clauseEnd is where the clause ends with which the text begins; what stands in brackets belongs to it.
func clauseEnd(behind string) int {
	depth := 0
	for at, r := range behind {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		case ',', '。', ';':
			if depth <= 0 {
				return at
			}
		}
	}
	return len(behind)
}

// beneficiary is the place that a clause names behind 为, 向 or 对: what is done there is not done here.
func (v *vocabulary) beneficiary(before string) string {
	for _, preposition := range []string{"为", "向", "帮扶", "对口支援", "援助"} {
		at := strings.LastIndex(before, preposition)
		if at < 0 {
			continue
		}
		run := before[at+len(preposition):]
		for end, r := range run {
			end += utf8.RuneLen(r)
			if strings.ContainsRune(placeEnds, r) && v.place(run[:end]) {
				if w, _ := v.at(run[:end], 0, scopeRole); w == nil {
					return run[:end]
				}
			}
		}
	}
	return ""
}

// dissect parts the topic into the verb of flow, the core and the noun of measure.
func (n *Name) dissect(v *vocabulary) {
	topic := n.Topic
	if w, end := v.at(topic, 0, flow); w != nil && end <= len(topic) {
		n.flow, topic = w.text, topic[end:]
	}
	if n.Indicator != nil {
		n.Topic = topic
		return
	}
	for topic != "" {
		w, size := v.last(reverse(topic), measure)
		if size == 0 || size == len(topic) {
			break
		}
		n.measure, topic = w.text+n.measure, topic[:len(topic)-size]
	}
	if topic == "" {
		topic, n.flow = n.flow, ""
	}
	n.Topic = topic
	n.Generic = topic == "" || v.is(topic, generic)
	if parts := strings.FieldsFunc(topic, func(r rune) bool { return strings.ContainsRune("、和与及", r) }); len(parts) > 1 {
		n.parts = parts
	}
}

// compare prepares what Same and ScopeConflict look at.
func (n *Name) compare(v *vocabulary, base string) {
	n.grams = grams(n.Topic)
	for _, scope := range n.Scope {
		switch {
		case v.scopes[scope] != nil:
			n.mark(v.scopes[scope])
		case strings.HasPrefix(scope, without):
			n.include = append(n.include, inclusion{strings.TrimPrefix(scope, without), false})
		case strings.HasPrefix(scope, with):
			n.include = append(n.include, inclusion{strings.TrimPrefix(scope, with), true})
		default:
			n.places = append(n.places, scope)
		}
	}
	for at := 0; at < len(base); {
		w, end := v.at(base, at, apart|differ)
		if w == nil {
			_, size := utf8.DecodeRuneInString(base[at:])
			at += size
			continue
		}
		if w.roles&apart != 0 {
			n.mark(w)
		}
		if w.differ != "" {
			n.kinds = append(n.kinds, mark{w.differ, w.text})
		}
		at = end
	}
}

func (n *Name) mark(w *word) {
	if m := (mark{w.group, w.scope}); w.roles&apart != 0 && !slices.Contains(n.marks, m) {
		n.marks = append(n.marks, m)
	}
}

// grams is the pairs of neighbouring characters of a text, sorted; a single character pairs with none.
func grams(text string) []uint64 {
	var pairs []uint64
	var before rune
	for _, r := range text {
		if before != 0 {
			pairs = append(pairs, uint64(before)<<32|uint64(r))
		}
		before = r
	}
	if len(pairs) == 0 && before != 0 {
		pairs = append(pairs, uint64(before)<<32)
	}
	slices.Sort(pairs)
	return pairs
}
