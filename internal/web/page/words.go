package page

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Lang is a language of the pages, as HTML names it.
type Lang string

// The languages of the pages.
const (
	Chinese Lang = "zh-CN"
	English Lang = "en"
)

// phrase is one text in both languages.
type phrase struct{ zh, en string }

// dictionary holds the words of all pages. It is filled while packages are initialised and read afterwards.
type dictionary struct {
	sync.RWMutex
	phrases map[string]phrase
	read    bool
}

var words = &dictionary{phrases: map[string]phrase{}}

// Words adds the words of a package, the text of its words.txt: a line “key | 中文 | English” each, “#” before what is
// no line. {0}, {1} stand for what T is told. It is called while packages are initialised:
//
//	//go:embed words.txt
//	var wordsFile string
//
//	var _ = page.Words(wordsFile)
//
// A line that cannot be read, or a key that stands twice, is an error of the program and ends it.
func Words(text string) int {
	parsed, err := parseWords(text)
	if err != nil {
		panic("page: " + err.Error())
	}
	words.Lock()
	defer words.Unlock()
	if words.read {
		panic("page: words are added while packages are initialised, not later")
	}
	for key, p := range parsed {
		if _, twice := words.phrases[key]; twice {
			panic("page: the key " + key + " stands twice")
		}
		words.phrases[key] = p
	}
	return len(parsed)
}

func parseWords(text string) (map[string]phrase, error) {
	parsed := map[string]phrase{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: want “key | 中文 | English”, got %q", number, line)
		}
		key, p := strings.TrimSpace(f[0]), phrase{strings.TrimSpace(f[1]), strings.TrimSpace(f[2])}
		if key == "" || p.zh == "" || p.en == "" {
			return nil, fmt.Errorf("line %d: %q lacks a key, its Chinese or its English", number, line)
		}
		if _, twice := parsed[key]; twice {
			return nil, fmt.Errorf("line %d: the key %s stands twice", number, key)
		}
		parsed[key] = p
	}
	return parsed, nil
}

// lookUp is a text of the dictionary in a language.
func lookUp(lang Lang, key string) (string, bool) {
	words.RLock()
	p, ok := words.phrases[key]
	read := words.read
	words.RUnlock()
	if !read {
		words.Lock()
		words.read = true
		words.Unlock()
	}
	if lang == English {
		return p.en, ok
	}
	return p.zh, ok
}

// Keys are the keys of all words, sorted.
func Keys() []string {
	words.RLock()
	defer words.RUnlock()
	keys := make([]string, 0, len(words.phrases))
	for key := range words.phrases {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Missing begins what T gives for a key that is not in the dictionary; a page that holds it fails the tests.
const Missing = "\u27e6"

// fill puts values in the places {0}, {1} of a text.
func fill(text string, values []string) string {
	if len(values) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(values))
	for i, v := range values {
		pairs = append(pairs, fmt.Sprintf("{%d}", i), v)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Has tells whether the dictionary has a key.
func Has(key string) bool {
	_, ok := lookUp(Chinese, key)
	return ok
}
