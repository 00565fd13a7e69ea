// Package lexicon holds the words by which the sentences of plans and reports are taken apart: verbs,
// comparators, adverbs, nouns. Each file under words/ lists words by tag; a word may carry several.
package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// Tag is a set of roles that a word can play.
type Tag uint64

// The tags, named as in the files under words/.
const (
	Keep      Tag = 1 << iota // a verb that makes the quantity and stays in its subject: 新增, 引进
	Drop                      // a verb that the subject leaves out: 建设, 完成, 开展
	Act                       // any other verb; ends a counted noun that stands before it
	Spend                     // money spent for a purpose: 投资, 投入, 列支
	Link                      // leads from subject to number: 达到, 控制在, 为
	Adverb                    // neither subject nor action: 全年, 加快, 累计
	Place                     // 全区, 我市: the scope that every subject shares
	AtLeast                   // comparators that stand before a number
	MoreThan                  //
	AtMost                    //
	LessThan                  //
	About                     //
	OrMore                    // comparators that stand behind a number: 以上
	OrLess                    // 以内, 以下
	OrSo                      // 左右, 上下
	Grow                      // 增长, 提高
	Fall                      // 下降, 减少
	Base                      // 同比, 比上年: what a change is measured against
	Share                     // 占, 占比
	Soften                    // 力争, 预计
	Pledge                    // 确保, 将, 计划: speaks of what is to come
	Done                      // 已, 完成了: speaks of what has been
	Of                        // 其中, 包括
	Each                      // 分别, 各, 均
	And                       // 和, 及, 与
	Before                    // prepositions that a counted noun follows: 对, 在, 为
	List                      // 等
	Head                      // a noun that no verb in it may break: 地区生产总值, 增加值
	Generic                   // a noun that needs what stands before 等: 活动, 问题
	Work                      // activity that trails a counted noun: 建设, 改造提升
	Opaque                    // a word whose numeral is no number: 进一步, 统一
	Review                    // turns to what has been done: 工作回顾
	Outlook                   // turns to what is to be done: 工作安排
	Owner                     // 牵头单位, 责任单位
	Predicate                 // a verb that no noun phrase contains: 完成, 发放, 实现
	Abstract                  // what a small spelled-out number only seems to count: 方面, 阶段
	From                      // 从, 由: the base that a change starts from
	Planned                   // in an account: turns a figure back into what was planned
	Weak                      // of Review and Outlook: a year named beside it decides first
	Turn                      // of Review and Outlook: moves what follows even in running text
	Measure                   // a noun that names a measure and is shared by a distributed list
	Modifier                  // an adverb before a verb, part of the noun otherwise
	Formula                   // 请予审议: addresses the assembly
	Adjunct                   // 随着: opens a part that only says how or why
	NoAction                  // 增速: no action of a clause
	Colour                    // 加快 before another verb
)

var tagNames = map[string]Tag{
	"keep": Keep, "drop": Drop, "act": Act, "spend": Spend, "link": Link, "adverb": Adverb,
	"place": Place, "at-least": AtLeast, "more-than": MoreThan, "at-most": AtMost,
	"less-than": LessThan, "about": About, "or-more": OrMore, "or-less": OrLess, "or-so": OrSo,
	"grow": Grow, "fall": Fall, "base": Base, "share": Share, "soften": Soften, "pledge": Pledge,
	"done": Done, "of": Of, "each": Each, "and": And, "before": Before, "list": List, "head": Head,
	"generic": Generic, "work": Work, "opaque": Opaque, "review": Review, "outlook": Outlook,
	"owner": Owner, "predicate": Predicate, "abstract": Abstract, "from": From, "planned": Planned, "weak": Weak, "turn": Turn, "measure": Measure, "modifier": Modifier, "formula": Formula, "adjunct": Adjunct, "no-action": NoAction, "colour": Colour,
}

// Verb is the tags of words that name an action.
const Verb = Keep | Drop | Act | Spend

// Lexicon is an immutable set of tagged words.
type Lexicon struct {
	trie *Trie
	tags []Tag
}

// Match is the longest word at text[at:]: its tags and the byte where it ends; no tags when there is
// none.
func (l *Lexicon) Match(text string, at int) (Tag, int) {
	id, end := l.trie.Match(text, at)
	if id < 0 {
		return 0, at
	}
	return l.tags[id], end
}

// Tags is what the words are, by id. It must not be changed.
func (l *Lexicon) Tags() []Tag { return l.tags }

// Trie is the trie of the lexicon's words.
func (l *Lexicon) Trie() *Trie { return l.trie }

//go:embed words/*.txt
var files embed.FS

// Default is the lexicon of the files under words/. It is built once and never changes.
var Default = sync.OnceValue(func() *Lexicon {
	l, err := load(files)
	if err != nil {
		panic("lexicon: " + err.Error())
	}
	return l
})

// load reads lines of the form "tag tag: word word …".
func load(files fs.FS) (*Lexicon, error) {
	names, err := fs.Glob(files, "words/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list word files: %w", err)
	}
	ids := map[string]int{}
	var words []string
	l := &Lexicon{}
	for _, name := range names {
		file, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		for line := range Lines(string(file)) {
			tags, err := parseTags(line.Head)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, line.Number, err)
			}
			if len(line.Words) == 0 {
				return nil, fmt.Errorf("%s:%d: no words", name, line.Number)
			}
			for _, word := range line.Words {
				id, known := ids[word]
				if !known {
					id = len(words)
					ids[word] = id
					words = append(words, word)
					l.tags = append(l.tags, 0)
				}
				l.tags[id] |= tags
			}
		}
	}
	l.trie = NewTrie(words)
	return l, nil
}

func parseTags(names string) (Tag, error) {
	var tags Tag
	for _, name := range strings.Fields(names) {
		tag, known := tagNames[name]
		if !known {
			return 0, fmt.Errorf("unknown tag %q", name)
		}
		tags |= tag
	}
	return tags, nil
}
