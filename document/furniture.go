package document

import (
	_ "embed"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Furniture is what a page has around its text: navigation, sharing, sources, links to other pages and
// licence footers. Whole lines are told, and nearly all of them only near the head or the tail.

//go:embed furniture.json
var furnitureJSON []byte

// furnitureRule is a line of furniture.json.
type furnitureRule struct {
	Zone  string   // head, tail or any
	Form  string   // whole, prefix, suffix, contains, or onward: all that follows is furniture too
	Max   int      // runes that the line has at most; 0 where the whole line is given
	Words []string // in the line as it stands
}

// zone holds the rules of one part of a page: those that a line's first character points to, and those
// that look further into it.
type zone struct {
	byRune map[rune][]furnitureRule
	others []furnitureRule
}

// zones are head, tail and any.
var zones = func() map[string]*zone {
	var rules []furnitureRule
	if err := json.Unmarshal(furnitureJSON, &rules); err != nil {
		panic("document: furniture.json: " + err.Error())
	}
	all := map[string]*zone{}
	for _, rule := range rules {
		if all[rule.Zone] == nil {
			all[rule.Zone] = &zone{byRune: map[rune][]furnitureRule{}}
		}
		all[rule.Zone].add(rule)
	}
	return all
}()

func (z *zone) add(rule furnitureRule) {
	if rule.Form == "suffix" || rule.Form == "contains" {
		z.others = append(z.others, rule)
		return
	}
	for _, word := range rule.Words {
		first, _ := utf8.DecodeRuneInString(word)
		one := rule
		one.Words = []string{word}
		z.byRune[first] = append(z.byRune[first], one)
	}
}

var headRules, tailRules, anyRules = zones["head"], zones["tail"], zones["any"]

// longestFurniture is the most bytes that a line of furniture has.
const longestFurniture = 480

func (r *furnitureRule) matches(line string) bool {
	if r.Max > 0 && !withinRunes(line, r.Max) {
		return false
	}
	for _, word := range r.Words {
		switch r.Form {
		case "whole":
			if line == word {
				return true
			}
		case "suffix":
			if strings.HasSuffix(line, word) {
				return true
			}
		case "contains":
			if strings.Contains(line, word) {
				return true
			}
		default:
			if strings.HasPrefix(line, word) {
				return true
			}
		}
	}
	return false
}

// marks asks the rules of the zone; onward tells that everything behind the line is furniture too.
func (z *zone) marks(line string) (furniture, onward bool) {
	if len(line) > longestFurniture {
		return false, false
	}
	first, _ := utf8.DecodeRuneInString(line)
	for _, rules := range [...][]furnitureRule{z.byRune[first], z.others} {
		for i := range rules {
			if rules[i].matches(line) {
				return true, rules[i].Form == "onward"
			}
		}
	}
	return false, false
}

const (
	headZone     = 40 // lines, up to the first long paragraph
	headMargin   = 2  // lines behind it
	tailZone     = 60 // lines
	maxAnywhere  = 48 // bytes of a line that is furniture wherever it stands
	longLine     = 90 // runes
	tailFraction = 3  // the tail begins behind two of three parts of the text
)

// markFurniture marks what is around the text.
func markFurniture(d *draft) {
	blocks := d.doc.Blocks
	end := d.headEnd()
	for i := range end {
		b := &blocks[i]
		line := b.In(d.doc.Text)
		if furniture, _ := headRules.marks(line); furniture || isTimestamp(line) {
			b.Furniture = true
		}
	}
	d.markAnywhere()
	d.markContents()
	d.markTail()
}

// headEnd is behind the first long paragraph, at headZone at the latest.
func (d *draft) headEnd() int {
	end := min(len(d.doc.Blocks), headZone)
	for i := range end {
		line := d.line(i)
		if utf8.RuneCountInString(line) < longLine {
			continue
		}
		if furniture, _ := headRules.marks(line); !furniture {
			return min(i+headMargin, end)
		}
	}
	return end
}

func (d *draft) markAnywhere() {
	for i := range d.doc.Blocks {
		b := &d.doc.Blocks[i]
		if b.End-b.Start > maxAnywhere {
			continue
		}
		line := b.In(d.doc.Text)
		if isPageNumber(line) {
			b.Furniture = true
		} else if furniture, _ := anyRules.marks(line); furniture {
			b.Furniture = true
		}
	}
}

// markTail goes over the last lines; a line such as “相关报道:” takes everything behind it along.
func (d *draft) markTail() {
	blocks := d.doc.Blocks
	onward := false
	for i := max(0, len(blocks)-tailZone); i < len(blocks); i++ {
		b := &blocks[i]
		if onward {
			b.Furniture = true
			continue
		}
		line := b.In(d.doc.Text)
		furniture, rest := tailRules.marks(line)
		if furniture = furniture && b.Table < 0; furniture {
			b.Furniture = !rest || d.inTail(b.Start)
		}
		onward = furniture && rest && d.inTail(b.Start)
		if i >= len(blocks)-headMargin && isTimestamp(line) {
			b.Furniture = true
		}
	}
}

func (d *draft) inTail(at int) bool {
	return at >= len(d.doc.Text)-len(d.doc.Text)/tailFraction
}

// isTimestamp tells “2026-01-31 07:00:44”.
func isTimestamp(line string) bool {
	if len(line) < len("2006-01-02") || len(line) > len("2006-01-02 15:04:05 ")+2 {
		return false
	}
	for i := range len(line) {
		if b := line[i]; !isDigit(b) && b != '-' && b != ':' && b != ' ' && b != '/' {
			return false
		}
	}
	return line[4] == '-' || line[4] == '/'
}

// isPageNumber tells “— 12 —”, “第3页 共10页” and “3/10” with a page's mark.
func isPageNumber(line string) bool {
	bare := strings.Trim(line, "-—–－ 　·")
	if bare == "" || len(bare) == len(line) {
		return strings.HasPrefix(line, "第") && strings.HasSuffix(line, "页") && isPageCount(line)
	}
	if len(bare) > 4 || line[0] != '-' && line[0] < utf8.RuneSelf {
		return false
	}
	for i := range len(bare) {
		if !isDigit(bare[i]) {
			return false
		}
	}
	dash, _ := utf8.DecodeLastRuneInString(line)
	return strings.ContainsRune("-—–－·", dash)
}

func isPageCount(line string) bool {
	return strings.Trim(line, "第页共总/,，0123456789 　") == ""
}

const (
	contentsZone  = 80  // lines among which a list of contents begins
	maxContents   = 400 // lines of it
	minLeaderRuns = 3   // lines with page numbers that are a list of contents without its name
)

// markContents marks the list of contents: lines that end in a page number, and those that come again
// as headings.
func (d *draft) markContents() {
	blocks := d.doc.Blocks
	for i := range min(len(blocks), contentsZone) {
		if isContentsTitle(d.line(i)) {
			blocks[i].Furniture = d.markEntries(i+1) > 0
			return
		}
		if hasLeader(d.line(i)) && i+minLeaderRuns <= len(blocks) && hasLeader(d.line(i+1)) && hasLeader(d.line(i+2)) {
			d.markEntries(i)
			return
		}
	}
}

func isContentsTitle(line string) bool {
	rest, ok := strings.CutPrefix(line, "目")
	return ok && strings.Trim(rest, " 　:：") == "录"
}

// markEntries marks the entries from a line on and counts them.
func (d *draft) markEntries(from int) int {
	entries := 0
	for i := from; i < len(d.doc.Blocks) && entries < maxContents; i++ {
		b := &d.doc.Blocks[i]
		line := b.In(d.doc.Text)
		if !hasLeader(line) && !(withinRunes(line, maxTitleRunes) && strings.Contains(d.doc.Text[b.End:], "\n"+line+"\n")) {
			break
		}
		b.Furniture = true
		entries++
	}
	return entries
}

// hasLeader tells a line that ends in a page number behind dots or blanks.
func hasLeader(line string) bool {
	title := strings.TrimRight(line, "0123456789")
	if title == line || len(line)-len(title) > maxArabic || !withinRunes(line, 2*maxTitleRunes) {
		return false
	}
	bare := strings.TrimRight(title, ".…·．-— \t　")
	return bare != "" && utf8.RuneCountInString(title[len(bare):]) >= 2 || strings.HasSuffix(title, "\t")
}
