// Package unit knows what can stand behind a number: percentages, money, physical units, counted
// things, and what turns a number into a date or a name.
package unit

import (
	_ "embed"
	"slices"
	"sync"

	"luoshi/reading/lexicon"
)

// Class is what kind of unit stands behind a number.
type Class uint8

const (
	None     Class = iota
	Percent        // %, ‰, 个百分点
	Times          // 倍, 番, 成
	Money          // 元, 美元
	Physical       // 吨, 公里, 千伏
	Duration       // 天, 个工作日, 小时
	Person         // 人, 人次, 名
	Count          // 个, 家, 项
	Date           // 年, 月, 日: the number is a date
	Name           // 号线, 强, 届: the number is part of a name
)

var classNames = map[string]Class{
	"percent": Percent, "times": Times, "money": Money, "physical": Physical, "duration": Duration,
	"person": Person, "count": Count, "date": Date, "name": Name,
}

//go:embed units.txt
var unitsFile string

type table struct {
	trie    *lexicon.Trie
	classes []Class
}

var units = sync.OnceValue(func() table {
	var t table
	var words []string
	for line := range lexicon.Lines(unitsFile) {
		class, known := classNames[line.Head]
		if !known {
			panic("unit: units.txt: unknown class " + line.Head)
		}
		words = append(words, line.Words...)
		t.classes = append(t.classes, slices.Repeat([]Class{class}, len(line.Words))...)
	}
	t.trie = lexicon.NewTrie(words)
	return t
})

// Match is the class of the longest unit that begins at text[at:] and the byte where it ends. A second
// unit behind a stroke belongs to it: 微克/立方米, 吨/年, 元/人.
func Match(text string, at int) (Class, int) {
	t := units()
	id, end := t.trie.Match(text, at)
	if id < 0 {
		return None, at
	}
	class := t.classes[id]
	if end < len(text) && text[end] == '/' && class != Date && class != Name {
		if per, perEnd := t.trie.Match(text, end+1); per >= 0 && t.classes[per] != Name {
			end = perEnd
		}
	}
	return class, end
}
