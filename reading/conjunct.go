package reading

import (
	"strings"

	"luoshi/reading/lexicon"
)

// conjunct is the part of a noun that the figure of a distributed list belongs to:
// 城镇和农村居民收入为A、B gives 城镇居民收入 to A.
func (p *phrase) conjunct(text string) string {
	if p.count < 2 {
		p.r.conjuncts = nil
		return text
	}
	bare := strings.TrimPrefix(text, p.leadVerb)
	parts := splitConjuncts(bare, p.count)
	if len(parts) != p.count {
		p.r.conjuncts = nil
		return text
	}
	for i, part := range parts {
		if at := strings.LastIndex(part, "的"); at > 0 && at+len("的") < len(part) {
			parts[i] = part[at+len("的"):]
		}
	}
	p.r.conjuncts = parts
	return parts[p.nth]
}

// splitConjuncts divides a noun into n parts at 、 and 和 and gives each the tail that the last states
// for all; nil when it has not just n parts.
func splitConjuncts(text string, n int) []string {
	fields := strings.Split(text, "、")
	if len(fields) != n {
		fields = splitAtAnd(text)
	}
	if len(fields) != n {
		return nil
	}
	tail := parallelTail(fields[0], fields[n-1])
	if tail == "" && sharedMeasure(fields[0]) == "" && !isComplete(fields[0]) {
		tail = sharedMeasure(fields[n-1])
	}
	if tail == "" {
		return fields
	}
	for i := range fields[:n-1] {
		fields[i] += tail
	}
	return fields
}

// splitAtAnd divides a text at 、 and at 和, 及 and 与 where these are words of their own.
func splitAtAnd(text string) []string {
	words := lexicon.Default()
	var fields []string
	from := 0
	for at := 0; at < len(text); {
		tags, end := words.Match(text, at)
		_, size := decode(text, at)
		switch {
		case strings.HasPrefix(text[at:], "、"):
			end = at + len("、")
		case end > at && tags&lexicon.And != 0 && tags&lexicon.Head == 0:
		case end > at:
			at = end
			continue
		default:
			at += size
			continue
		}
		if at > from {
			fields = append(fields, text[from:at])
		}
		at, from = end, end
	}
	return append(fields, text[from:])
}

// parallels are beginnings that stand side by side without ending alike: 城镇/农村.
var parallels = set("parallels")

// parallelTail is what the last member has beyond a beginning as long as the first member and like it:
// 国考、市考断面达标率 share 断面达标率.
func parallelTail(first, last string) string {
	size := len(first)
	if size >= len(last) || size < len("国考") {
		return ""
	}
	if first[size-3:] == last[size-3:size] || parallels[first+"/"+last[:size]] || parallels[last[:size]+"/"+first] {
		return last[size:]
	}
	return ""
}

// isComplete tells whether a phrase is a measure's whole name: 地区生产总值, 城镇登记失业率.
func isComplete(phrase string) bool {
	if strings.HasSuffix(phrase, "率") {
		return true
	}
	tags, end := lexicon.Default().Match(phrase, 0)
	return end == len(phrase) && tags&lexicon.Head != 0 && end >= len("生产总值")
}

// sharedMeasure is the longest noun of measure that a phrase ends with but does not consist of.
func sharedMeasure(phrase string) string {
	words := lexicon.Default()
	for at := range phrase {
		if at == 0 {
			continue
		}
		if tags, end := words.Match(phrase, at); end == len(phrase) && tags&lexicon.Measure != 0 {
			return phrase[at:]
		}
	}
	return ""
}
