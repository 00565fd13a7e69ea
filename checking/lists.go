package checking

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/lexicon"
	"luoshi/reading/numeral"
)

var list = Rule{
	Name:  "list",
	Title: Wording{"列举与计数", "Counted lists"},
	Doc: Wording{
		"写明数目的列举（“五图”、三项工程、以下四个方面、十件实事）所列项数是否与数目一致。带“等”的列举只在多于数目时提示；界限不清的列举不判断。",
		"Whether a counted list (“五图”, three projects, the following four points) names as many items as it counts. With 等 only more items than counted are reported; what cannot be delimited is left alone.",
	},
	check: checkLists,
}

func checkLists(p *paper) []Finding {
	var found []Finding
	for i := range p.Document.Blocks {
		b := &p.Document.Blocks[i]
		if b.Furniture || b.Table >= 0 {
			continue
		}
		text := p.Document.Text[:b.End]
		for at := opensCount.next(text, b.Start); at < len(text); at = opensCount.next(text, at) {
			var c counted
			if c, at = countAt(text, at); c.n == 0 {
				continue
			}
			c.block = b
			if items, ok := p.itemsOf(&c); ok {
				found = append(found, p.compare(&c, &items))
			}
		}
	}
	return found
}

// counted is a number of things that a text is likely to name one by one.
type counted struct {
	document.Span        // from the number to the end of the thing counted; within the quotes where quoted
	n             int    // of a slogan the sum of its numbers: 三大一新 is four
	groups        int    // numbers in it
	first         int    // the first of them
	noun          string // what stands behind the counter
	quoted        bool
	gathers       bool // it can only sum up what stands before it: 三大…, 三者, “三化”
	block         *document.Block
}

// listVocabulary is counted.txt.
type listVocabulary struct {
	counters, names *lexicon.Trie
	partial, joints []string
	ordinals, marks []string
	gathering       []bool // by counter
	merged          []string
}

//go:embed counted.txt
var countedFile string

var listWords = sync.OnceValue(func() *listVocabulary {
	lines := map[string][]string{}
	for line := range lexicon.Lines(countedFile) {
		lines[line.Head] = line.Words
	}
	gathering := make([]bool, len(lines["counters"]))
	for i, counter := range lines["counters"] {
		gathering[i] = slices.Contains(lines["gathering"], counter)
	}
	return &listVocabulary{
		gathering: gathering, merged: lines["merged"],
		counters: lexicon.NewTrie(lines["counters"]), names: lexicon.NewTrie(lines["names"]),
		partial: lines["partial"], joints: lines["joints"], ordinals: lines["ordinals"], marks: lines["marks"],
	}
})

const (
	leastItems = 2
	mostItems  = 30
)

// opensCount is the characters at which a count can begin: the first of its number, in Chinese or in
// digits, or an opening quotation mark.
var opensCount = charactersOf("0123456789一二两三四五六七八九十“")

// countAt is the count that begins at a byte, if one does (n is 0 otherwise), and where to look on.
func countAt(text string, at int) (counted, int) {
	if strings.HasPrefix(text[at:], "“") {
		if c, ok := slogan(text, at+len("“")); ok {
			return c, c.End + len("”")
		}
		return counted{}, at + len("“")
	}
	number, ok := numeral.Scan(text, at)
	if !ok {
		return counted{}, max(at+1, number.End)
	}
	n, ok := itemCount(number)
	if !ok || ordinal(text[:at]) {
		return counted{}, number.End
	}
	words := listWords()
	id, end := words.counters.Match(text, number.End)
	if id < 0 {
		return counted{}, number.End
	}
	noun := nounBehind(text, end)
	return counted{Span: document.Span{Start: at, End: end + len(noun)}, n: n, groups: 1, noun: noun, gathers: words.gathering[id]}, end
}

func itemCount(n numeral.Number) (int, bool) {
	if n.Value.Exp != 0 || n.Scaled || n.More || n.Serial || n.Value.Coef < leastItems || n.Value.Coef > mostItems {
		return 0, false
	}
	return int(n.Value.Coef), true
}

// ordinal tells whether what stands before a number makes it none of a list: 第三, 前三, 每两.
func ordinal(before string) bool {
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("第前后每近约超达之+.．/／", r) || r >= '0' && r <= '9'
}

// nounBehind is what stands behind a counter up to the next mark; "" where that is too long to be a noun.
func nounBehind(text string, at int) string {
	const longest = len("重点改革攻坚任务举措工程")
	end := at
	for end < len(text) && end-at <= longest {
		r, size := utf8.DecodeRuneInString(text[end:])
		if strings.ContainsRune("，。；：、！？“”（）《》,;:()!?\n\r \u3000", r) {
			return text[at:end]
		}
		end += size
	}
	if end == len(text) && end-at <= longest {
		return text[at:]
	}
	return ""
}

// slogan reads what stands behind an opening quotation mark as numbers and the words they count: 五图,
// 三项工程, 三大一新.
func slogan(text string, at int) (counted, bool) {
	const longest = len("两个屏障两个基地一个桥头堡")
	size := strings.Index(text[at:min(len(text), at+longest+len("”"))], "”")
	if size <= 0 {
		return counted{}, false
	}
	end := at + size
	if _, stop := listWords().names.Match(text, at); stop == end {
		return counted{}, false
	}
	c := counted{Span: document.Span{Start: at, End: end}, quoted: true, gathers: true}
	for i := at; i < end; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !numeral.Starts(r) {
			if i == at {
				return counted{}, false
			}
			i += size
			continue
		}
		number, ok := numeral.Scan(text[:end], i)
		if !ok || number.Scaled || number.More || number.Serial || number.Value.Exp != 0 || number.Value.Coef > mostItems || number.End == end {
			return counted{}, false
		}
		c.n += int(number.Value.Coef)
		if c.groups++; c.groups == 1 {
			c.first = c.n
		}
		c.noun = text[number.End:end]
		i = number.End
	}
	if endsWithAny(text[:end], listWords().merged) {
		c.n, c.groups = c.first, 1
	}
	return c, c.n >= leastItems
}

// compare says whether a list names as many items as are counted.
func (p *paper) compare(c *counted, items *enumeration) Finding {
	there, name := p.countPlace(c), p.countName(c)
	f := Finding{Severity: OK, Places: []Place{there, passage(p.Reading, items.Span)}}
	switch {
	case items.partial && c.n > items.most:
		f.Message = Wording{
			"“" + name + "”共" + strconv.Itoa(c.n) + "项，文中以“等”列举了其中" + strconv.Itoa(items.least) + "项。",
			name + " counts " + strconv.Itoa(c.n) + "; " + strconv.Itoa(items.least) + " of them are named, with 等.",
		}
		f.Computation = strconv.Itoa(items.least) + " ≤ " + strconv.Itoa(c.n)
		return f
	case c.n >= items.least && c.n <= items.most:
		f.Message = Wording{
			"“" + name + "”列举了" + strconv.Itoa(c.n) + "项，与数目一致。",
			name + " counts " + strconv.Itoa(c.n) + " and as many are named.",
		}
		f.Computation = strconv.Itoa(c.n) + " = " + strconv.Itoa(c.n)
		return f
	}
	f.Severity = Warning
	if items.numbered && !items.partial {
		f.Severity = Error
	}
	f.Message = Wording{
		"“" + name + "”的数目是" + strconv.Itoa(c.n) + "，实际列举" + strconv.Itoa(items.least) + "项。",
		name + " counts " + strconv.Itoa(c.n) + ", but " + strconv.Itoa(items.least) + " are named.",
	}
	f.Computation = strconv.Itoa(c.n) + " ≠ " + strconv.Itoa(items.least)
	f.Suggestion = Wording{
		"请核对数目，或补齐、合并所列各项；未列全的，请加“等”。",
		"Correct the count, or complete or merge the items; if only some are named, add 等.",
	}
	return f
}

// countName is how a message names a count.
func (p *paper) countName(c *counted) string {
	const longest = len("方面重点工作")
	if len(c.noun) > longest && !c.quoted {
		return p.Document.Text[c.Start : c.End-len(c.noun)]
	}
	return c.In(p.Document.Text)
}

// countPlace is a count as a place: the quantity where reading took it for one.
func (p *paper) countPlace(c *counted) Place {
	i, exact := slices.BinarySearchFunc(p.Quantities, c.Start, func(q reading.Quantity, at int) int { return q.Span.Start - at })
	if exact {
		return place(p.Reading, int32(i))
	}
	return passage(p.Reading, c.Span)
}
