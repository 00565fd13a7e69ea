package lexicon

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// longest finds the longest of some words at text[at:] by trying them all.
func longest(words []string, text string, at int) (id, end int) {
	id = -1
	for i, word := range words {
		if strings.HasPrefix(text[at:], word) && at+len(word) > end {
			id, end = i, at+len(word)
		}
	}
	return id, end
}

// checkTrie compares a trie with the naive search at every character of a text.
func checkTrie(t *testing.T, words []string, text string) {
	t.Helper()
	trie := NewTrie(words)
	for at, r := range text {
		id, end := trie.Match(text, at)
		wantID, wantEnd := longest(words, text, at)
		if id != wantID || id >= 0 && end != wantEnd {
			t.Errorf("%q at %d: word %d up to %d, want %d up to %d", text, at, id, end, wantID, wantEnd)
		}
		if id >= 0 && !trie.Starts(r) {
			t.Errorf("%q begins %q, and Starts denies it", r, words[id])
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		if alone, _ := longest(words, string(r), 0); (alone >= 0) != func() bool { _, id := trie.First(r); return id >= 0 }() {
			t.Errorf("Alone(%q) is %v", r, func() bool { _, id := trie.First(r); return id >= 0 }())
		}
		if second, n := utf8.DecodeRuneInString(text[at+size:]); id >= 0 && end > at+size && n > 0 && !trie.Pairs().May(uint32(r), uint32(second)) {
			t.Errorf("the filter denies %q, which %q begins with", string([]rune{r, second}), words[id])
		}
	}
}

func TestTrie(t *testing.T) {
	checkTrie(t, []string{"增", "增长", "增长率", "增加", "长", "GDP", "G"}, "增长率增长点增加值增增长GDP和GD长")
	checkTrie(t, []string{"建成"}, "建")
	checkTrie(t, []string{"建成"}, "建😀成建成😀")
	checkTrie(t, []string{"ab", "a"}, "aab")
	checkTrie(t, nil, "空")
}

func TestTrieBeyondTheText(t *testing.T) {
	if id, _ := NewTrie([]string{"建成"}).Match("建成", len("建成")); id != -1 {
		t.Errorf("word %d at the end of the text", id)
	}
}

func TestDefaultAgreesWithTheWords(t *testing.T) {
	text := "全年实现地区生产总值增长百分之六以上,力争新开工建设规模以上工业企业不少于一百家;进一步统一思想,推进一体化。"
	var words []string
	for _, l := range wordLines(t) {
		words = append(words, l.words...)
	}
	for at := range text {
		_, end := Default().Match(text, at)
		if _, want := longest(words, text, at); want > 0 && end != want || want == 0 && end != at {
			t.Errorf("%q: up to %d, want %d", text[at:], end, want)
		}
	}
}

// FuzzTrie builds a trie over the words of a list and looks for them in a text.
func FuzzTrie(f *testing.F) {
	f.Add("增长 增长率 增加", "增长率与增加")
	f.Add("a ab abc b", "ababcab")
	f.Add("建成 建成投用 成", "建成投运成")
	f.Add("é è ê", "éèê")
	f.Add("一 二", "\xff一\xe4\xb8")
	f.Fuzz(func(t *testing.T, list, text string) {
		if len(list) > 1<<10 || len(text) > 1<<10 {
			t.Skip("long lists only slow the search")
		}
		var words []string
		seen := map[string]bool{}
		for _, word := range strings.Fields(strings.ToValidUTF8(list, "")) {
			if !seen[word] && !strings.ContainsFunc(word, func(r rune) bool { return r > 0xFFFF || r == 0 }) {
				words = append(words, word)
			}
			seen[word] = true
		}
		checkTrie(t, words, strings.ToValidUTF8(text, ""))
	})
}
