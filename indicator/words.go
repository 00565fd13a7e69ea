package indicator

import (
	"embed"
	"fmt"
	"strings"

	"luoshi/reading/lexicon"
)

//go:embed words/*.txt
var wordFiles embed.FS

// role is what a word does to the name it stands by. The roles are explained in words/topics.txt.
type role uint16

const (
	apart      role = 1 << iota // a scope that its group's other scopes exclude
	beside                      // a scope that excludes none
	lead                        // dropped where a name begins
	flow                        // makes a flow of a thing: 新增
	trail                       // dropped where a name ends: 增速
	measure                     // a noun of measure at the end: 面积
	light                       // a qualifier without weight: 各类
	generic                     // names too little by itself: 项目
	differ                      // tells things apart
	noPlace                     // ends like a place and is none: 社区
	behindRole                  // makes a qualifier of the name before it: 能耗
)

const scopeRole = apart | beside

var roles = map[string]role{"apart": apart, "beside": beside, "lead": lead, "flow": flow, "trail": trail,
	"measure": measure, "light": light, "generic": generic, "differ": differ, "noplace": noPlace, "behind": behindRole}

// word is an entry of the files of words.
type word struct {
	text   string
	roles  role
	scope  string // the name under which a scope is kept
	group  string // of scopes
	differ string // the group of things it tells apart
}

// vocabulary is all words by their place in a trie, once as written and once from the end.
type vocabulary struct {
	words    []word
	forward  *lexicon.Trie
	backward *lexicon.Trie
	scopes   map[string]*word // by the name under which they are kept
	reaching []string         // groups of scopes that hold for a whole clause
}

func loadWords() (*vocabulary, error) {
	v := &vocabulary{scopes: map[string]*word{}}
	byText := map[string]int{}
	for _, name := range []string{"words/scopes.txt", "words/topics.txt"} {
		file, err := wordFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read words: %w", err)
		}
		for line := range lexicon.Lines(string(file)) {
			head := strings.Fields(line.Head)
			if line.Head == "clause" {
				v.reaching = line.Words
				continue
			}
			if len(head) == 0 || roles[head[0]] == 0 {
				return nil, fmt.Errorf("%s:%d: unknown role %q", name, line.Number, line.Head)
			}
			for _, text := range line.Words {
				text = fold(text)
				at, known := byText[text]
				if !known {
					at = len(v.words)
					byText[text] = at
					v.words = append(v.words, word{text: text})
				}
				v.words[at].take(head, text)
			}
		}
	}
	v.index()
	return v, nil
}

// take adds what a line says of a word.
func (w *word) take(head []string, text string) {
	r := roles[head[0]]
	w.roles |= r
	switch {
	case r&scopeRole != 0:
		w.group, w.scope = head[1], text
		if len(head) > 2 {
			w.scope = head[2]
		}
	case r == differ:
		w.differ = head[1]
	}
}

func (v *vocabulary) index() {
	forward, backward := make([]string, len(v.words)), make([]string, len(v.words))
	for i := range v.words {
		w := &v.words[i]
		forward[i], backward[i] = w.text, reverse(w.text)
		if w.roles&scopeRole != 0 {
			v.scopes[w.scope] = w
		}
	}
	v.forward, v.backward = lexicon.NewTrie(forward), lexicon.NewTrie(backward)
}

// at is the longest word of a role that begins at the byte, and where it ends; nil where there is none.
func (v *vocabulary) at(text string, at int, wanted role) (*word, int) {
	limit := len(text)
	for {
		id, end := v.forward.Match(text[:limit], at)
		if id < 0 {
			return nil, at
		}
		if w := &v.words[id]; w.roles&wanted != 0 {
			return w, end
		}
		limit = end - lastSize(text[:end])
		if limit <= at {
			return nil, at
		}
	}
}

// last is the longest word of a role with which the reversed text begins, and its length in bytes.
func (v *vocabulary) last(reversed string, wanted role) (*word, int) {
	limit := len(reversed)
	for limit > 0 {
		id, end := v.backward.Match(reversed[:limit], 0)
		if id < 0 {
			break
		}
		if w := &v.words[id]; w.roles&wanted != 0 {
			return w, end
		}
		limit = end - lastSize(reversed[:end])
	}
	return nil, 0
}

// is tells whether the whole text is a word of the role.
func (v *vocabulary) is(text string, wanted role) bool {
	w, end := v.at(text, 0, wanted)
	return w != nil && end == len(text)
}
