package reading

import (
	"strings"

	"luoshi/reading/lexicon"
)

// ownBlock gives the clauses of a block the owner that a sentence behind them names for all:
// …养老机构。(牵头单位:市民政局)
func (r *reader) ownBlock(s *sentence, first, before int) {
	if len(r.out.Clauses) > before || first == before || s.tags&lexicon.Owner == 0 {
		return
	}
	owner := r.owner(r.text[s.start:s.end])
	if owner == "" {
		return
	}
	for i := first; i < before; i++ {
		if c := &r.out.Clauses[i]; c.Owner == "" {
			c.Owner = owner
		}
	}
}

// ownerMarks introduce the unit responsible; a colon stands behind them.
var ownerMarks = list("owner-marks")

// ownerEnds close the name of a unit.
const ownerEnds = "，,。；;）)】\n"

// owner is the unit that a text names as responsible: 牵头单位：区发展改革局, 由区教育局负责.
func (r *reader) owner(text string) string {
	for _, mark := range ownerMarks {
		at := strings.Index(text, mark)
		if at < 0 {
			continue
		}
		rest := text[at+len(mark):]
		name, found := strings.CutPrefix(rest, ":")
		if !found {
			name, found = strings.CutPrefix(rest, "：")
		}
		if !found {
			continue
		}
		if end := strings.IndexAny(name, ownerEnds); end >= 0 {
			name = name[:end]
		}
		return strings.TrimSpace(name)
	}
	return ownerByVerb(text)
}

// ownerByVerb reads 由区教育局负责 and (区住建局牵头).
func ownerByVerb(text string) string {
	for _, verb := range []string{"牵头", "负责", "主责"} {
		at := strings.Index(text, verb)
		if at <= 0 {
			continue
		}
		before := text[:at]
		start := strings.LastIndex(before, "由")
		if start >= 0 {
			start += len("由")
		} else if start = strings.LastIndexAny(before, "(（"); start >= 0 {
			_, size := decode(before, start)
			start += size
		} else {
			start = 0 // 区住建局牵头,…
		}
		if name := before[start:]; isUnitName(name) {
			return name
		}
	}
	return ""
}

// unitEndings are how the names of offices end.
var unitEndings = list("unit-endings")

func isUnitName(name string) bool {
	return name != "" && len(name) <= 60 && hasAnySuffix(name, unitEndings)
}
