package reading

import (
	"strings"

	"luoshi/reading/lexicon"
	"luoshi/reading/unit"
)

// nounBehind is the counted noun behind the number, up to a mark or a verb.
func (p *phrase) nounBehind() string {
	last := p.i
	if p.count > 1 {
		last = p.lastOfChain()
	}
	k := p.behindEnd(last) + 1
	start := int(p.tok(k - 1).end)
	if p.f.spelled && strings.HasPrefix(p.r.text[start:], "大") {
		start += len("大")
	}
	start = p.skipBlank(start, p.g.end)
	if voltage := p.voltageBehind(); voltage != "" {
		return voltage
	}
	end := p.g.end
scan:
	for ; k < p.g.last; k++ {
		t := p.tok(k)
		if int(t.start) < start {
			continue
		}
		switch {
		case t.kind == name && int(t.start) == start && k+1 < p.g.last && strings.Contains(p.r.text[t.start:t.end], "小时"):
			start = int(t.end) // 24小时自助服务区 counts 自助服务区
			if p.tok(k+1).kind == quote && int(p.tok(k+1).start) == start && int(p.tok(k+1).end) < p.g.end {
				start = int(p.tok(k + 1).end)
			}
		case t.kind == pause && int(t.start)-start < len("省直") && int(t.start) > start:
		case t.kind == opening && p.continuesBehind(k):
		case t.kind == closing && p.opens(k) > p.i:
		case t.kind == quote && int(t.start) > start && p.plainAt(k+1, int(t.end)):
		case t.kind == pause || t.kind == opening || t.kind == closing || t.kind == figure || (t.kind == date || t.kind == quote) && int(t.start) > start:
			end = int(t.start)
			break scan
		case t.kind == word && t.tags&lexicon.Head == 0 && int(t.start) > start:
			if p.endsNoun(k, start) {
				end = int(t.start)
				break scan
			}
		}
	}
	text := p.r.text[start:max(start, end)]
	if of := strings.LastIndex(text, "的"); of > 0 {
		head, rest := text[:of], text[of+len("的"):]
		if p.isWork(rest) {
			text = head
		} else if rest != "" {
			text = rest
		}
	}
	return tidy(p.resolveList(text))
}

// voltageBehind is the noun with its voltage that directly follows a count: 3座110千伏变电站.
func (p *phrase) voltageBehind() string {
	k := p.i + 1
	if k >= p.g.last || p.tok(k).kind != figure || p.tok(k).start != p.tok(p.i).end || p.figure(k).class != unit.Physical {
		return ""
	}
	next := phrase{r: p.r, s: p.s, g: p.g, i: k, f: p.figure(k)}
	if !next.rightNoun(int(p.tok(k).end)) {
		return ""
	}
	next.read()
	if next.f.unit != "千伏" {
		return next.nounBehind()
	}
	return next.f.text(p.r.text) + next.nounBehind()
}

// plainAt tells whether plain text or a noun, not a mark or a predicate, stands at the byte where token
// k would begin.
func (p *phrase) plainAt(k, at int) bool {
	if at >= p.g.end {
		return false
	}
	if k >= p.g.last || int(p.tok(k).start) > at {
		return true
	}
	return p.tok(k).is(lexicon.Head)
}

// continuesBehind tells whether the noun goes on behind the parenthesis that token k opens:
// 12所师范(教师教育)院校.
func (p *phrase) continuesBehind(k int) bool {
	for j := k + 1; j < p.g.last; j++ {
		switch p.tok(j).kind {
		case figure, opening:
			return false
		case closing:
			return p.plainAt(j+1, int(p.tok(j).end))
		}
	}
	return false
}

// lastOfChain is the last figure of the chain when nothing but figures and marks stands between.
func (p *phrase) lastOfChain() int { return p.tail }

// endsNoun tells whether the word at token k ends the counted noun that began at start: a verb does,
// unless it is the activity inside a longer noun (水生态修复项目).
func (p *phrase) endsNoun(k, start int) bool {
	t := p.tok(k)
	if movesOn[p.r.text[t.start:t.end]] {
		return int(t.start)-start > len("省")
	}
	if t.tags&lexicon.And != 0 {
		if k+1 < p.g.last && p.tok(k+1).kind == figure && p.tok(k+1).start == t.end {
			return true
		}
		return int(t.start)-start <= maxPlainNoun && p.tok(k-1).is(lexicon.Head) && int(p.tok(k-1).start) == start && p.tok(k-1).end == t.start
	}
	if t.tags&(lexicon.Predicate|lexicon.Each|lexicon.Base|lexicon.Grow|lexicon.Fall|lexicon.Share) != 0 && (t.tags&lexicon.Work == 0 || t.tags&lexicon.Predicate != 0 && !p.workEnds(k)) {
		return !p.isNominalized(t) && !(modifies[p.r.text[t.start:t.end]] && k+1 < p.g.last && p.tok(k+1).start == t.end && p.tok(k+1).is(lexicon.Generic))
	}
	if t.tags&lexicon.Work != 0 {
		return p.isWork(p.r.text[t.end:min(p.g.end, int(t.end)+6)]) || p.workEnds(k)
	}
	if t.tags&(lexicon.Link|comparators) != 0 && t.tags&lexicon.Verb == 0 {
		return t.end-t.start > 3 || t.tags&comparators != 0
	}
	if t.tags&lexicon.Verb != 0 {
		closes := int(t.end) < p.g.end || t.end-t.start >= longVerb && t.tags&(lexicon.Keep|lexicon.Drop) != 0
		return t.end-t.start > 3 && p.workEnds(k) && closes
	}
	return t.tags&lexicon.Adverb != 0 && t.end-t.start > 3 && !p.isNominal(k)
}

// movesOn are short words that end a counted noun of more than one character: 毕业生在省内就业.
var movesOn = set("moves-on")

// maxPlainNoun is the longest plain noun, in bytes, that 和 sets apart from what follows: 3条道路和变电站
// counts roads only.
const maxPlainNoun = 9

// longVerb is the length in bytes from which a verb at the very end is a predicate and no part of a name:
// 17个项目竣工投产.
const longVerb = 12

// workEnds tells whether an activity at token k ends its phrase: a mark, a verb or nothing follows.
func (p *phrase) workEnds(k int) bool {
	end := p.tok(k).end
	for k++; ; k++ {
		if int(end) >= p.g.end {
			return true
		}
		if k >= p.g.last || p.tok(k).start != end {
			return false
		}
		next := p.tok(k)
		switch {
		case next.kind != word:
			return true
		case next.tags&lexicon.Head != 0:
			return false
		case next.tags&lexicon.Modifier != 0:
		case next.tags&(lexicon.Adverb|lexicon.And|lexicon.Predicate) != 0 && next.tags&lexicon.Work == 0:
			return true
		case next.tags&(lexicon.Verb|lexicon.Work) == 0 || next.tags&lexicon.Generic != 0:
			return false
		}
		end = next.end
	}
}

// isWork tells whether text is nothing but activities: 改造提升.
func (p *phrase) isWork(text string) bool {
	if text == "" {
		return false
	}
	for at := 0; at < len(text); {
		tags, end := p.r.lex.words.Match(text, at)
		if tags&lexicon.Work == 0 {
			return false
		}
		at = end
	}
	return true
}
