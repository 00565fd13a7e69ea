package reading

import (
	"strings"

	"luoshi/reading/lexicon"
	"luoshi/reading/unit"
)

const comparators = lexicon.AtLeast | lexicon.MoreThan | lexicon.AtMost | lexicon.LessThan | lexicon.About

const behindNumber = lexicon.OrMore | lexicon.OrLess | lexicon.OrSo

// behind is the comparator that stands directly behind figure token i.
func (p *phrase) behind(i int) lexicon.Tag {
	if i+1 >= p.g.last {
		return 0
	}
	t := p.tok(i + 1)
	if !t.is(behindNumber) || int(t.start)-int(p.tok(i).end) > 1 {
		return 0
	}
	if p.r.text[t.start:t.end] == "内" && p.figure(i).class != unit.Duration {
		return 0
	}
	return t.tags & behindNumber
}

// behindEnd is the token index behind figure i and its comparator.
func (p *phrase) behindEnd(i int) int {
	if p.behind(i) != 0 {
		return i + 1
	}
	return i
}

// isDifference tells whether the figure is a distance in points: 高于全国1.7个百分点 states it exactly.
func (p *phrase) isDifference() bool { return strings.Contains(p.f.unit, "百分点") }

// comparator is how the number bounds its noun. A range says so itself; words behind the number come
// before words in front of it (GUIDE, Decision 3).
func (p *phrase) comparator() Comparator {
	switch {
	case p.f.ranged:
		return Between
	case p.after&lexicon.OrMore != 0:
		return AtLeast
	case p.after&lexicon.OrLess != 0:
		return AtMost
	case p.after&lexicon.OrSo != 0:
		return Approximately
	}
	before := p.before
	if before == 0 {
		before = p.inherited()
	}
	switch {
	case before&lexicon.AtLeast != 0:
		return AtLeast
	case before&lexicon.AtMost != 0:
		return AtMost
	case before&lexicon.LessThan != 0:
		return LessThan
	case before&lexicon.MoreThan != 0:
		return MoreThan
	case before&lexicon.About != 0:
		return Approximately
	case p.f.more:
		return MoreThan
	default:
		return Equal
	}
}

// inherited is the comparator before an earlier figure of an elliptic list: 至少4项在全国、8项在全省.
func (p *phrase) inherited() lexicon.Tag {
	j := p.head - 1
	if j < p.g.first || p.tok(j).kind != pause || p.tok(j).end != p.tok(p.head).start {
		return 0
	}
	for ; j >= p.g.first; j-- {
		if p.tok(j).kind == figure {
			first := phrase{r: p.r, s: p.s, g: p.g, i: j, f: p.figure(j)}
			first.chain()
			first.walk()
			if first.before == 0 {
				return first.boundAtHead()
			}
			return first.before
		}
	}
	return 0
}

// boundAtHead is a bound that stands before the verb of the segment: 至少包抓2个项目、3家企业.
func (p *phrase) boundAtHead() lexicon.Tag {
	for k := p.nounToken; k >= p.g.first; k-- {
		t := p.tok(k)
		if t.kind == figure || t.kind == pause {
			return 0
		}
		if t.is(lexicon.AtLeast|lexicon.AtMost) && !strings.HasPrefix(p.r.text[t.start:], "最") {
			return t.tags & comparators
		}
	}
	return 0
}

// measure is what the words around the number make of it; see settleMeasure for what the subject adds.
func (p *phrase) measure() Measure {
	switch {
	case p.f.unit == "番":
		return Growth
	case p.share:
		return Share
	case p.grow:
		return Growth
	case p.fall:
		return Decline
	case p.f.class == unit.Percent && p.byMeans("的增速", "的增长", "的速度", "的预期目标"):
		return Growth
	case p.f.class == unit.Percent && p.byMeans("的幅度压", "的幅度下", "的幅度削", "的比例压", "的幅度降"):
		return Decline
	case p.f.fraction:
		return Share
	case p.f.class == unit.Percent && p.ofPrevious && p.f.unit != "个百分点":
		return Share
	case p.f.class == unit.Percent && p.rightIs("的", "以上的") && !p.hasNounBefore():
		return Share
	case p.f.value.Coef == 0 && p.f.spelled && p.f.unit == "" && p.rightIs("增加", "增长", "新增"):
		return Growth
	case p.improves():
		return Decline
	case p.f.class == unit.Percent && p.changeVerb&lexicon.Fall != 0:
		return Decline
	case p.f.class == unit.Percent && p.changeVerb&lexicon.Grow != 0:
		return Growth
	default:
		return Level
	}
}

// byMeans tells whether one of the words stands behind the figure and its comparator.
func (p *phrase) byMeans(words ...string) bool {
	return startsWithAny(p.r.text[p.behindBytes():], words...)
}

// improves tells whether a concentration gets better by the number (GUIDE, Decision 5).
func (p *phrase) improves() bool {
	return p.f.class == unit.Percent && strings.HasSuffix(p.r.text[p.g.start:p.nounEnd], "改善")
}

func (p *phrase) rightIs(words ...string) bool {
	return startsWithAny(p.r.text[p.tok(p.i).end:], words...)
}

func (p *phrase) hasNounBefore() bool { return p.nounEnd > p.g.start+2 && p.nounToken >= p.g.first }

// levelEndings are nouns whose percentage is a level: rates, indices, degrees (GUIDE, Decision 4).
var levelEndings = list("level-endings")

// shareEndings are nouns that name a part of a whole.
var shareEndings = list("share-endings")

// shareOrLevel decides for a percentage that nothing else explains.
func shareOrLevel(subject string) Measure {
	for _, ending := range shareEndings {
		if strings.HasSuffix(subject, ending) {
			return Share
		}
	}
	for _, ending := range levelEndings {
		if strings.HasSuffix(subject, ending) {
			return Level
		}
	}
	return Share
}
