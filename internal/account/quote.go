package account

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/ledger"
	"luoshi/office/paper"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// found is a number in a text that people wrote.
type found struct {
	start, end    int // of its digits
	value         ledger.Decimal
	measure, unit string
}

// braces have a meaning in the text of edits.
var braces = strings.NewReplacer("{", "\uff5b", "}", "\uff5d")

// tidy is what people wrote as it stands within a sentence: on one line, without the stop at its end.
func tidy(text string) string {
	text = braces.Replace(strings.Join(strings.Fields(text), " "))
	return strings.TrimRight(text, "。；，;,. \u3000")
}

// bracketing begins a line that stands in brackets, or behind a dash, already.
const bracketing = "(\uff08[\u3014\u2014"

// Note is the line beneath a title that says on which occasion a report is given (题注). It stands in brackets, unless
// somebody has put it so already.
func Note(occasion string) string {
	if first, _ := utf8.DecodeRuneInString(occasion); occasion == "" || strings.ContainsRune(bracketing, first) {
		return occasion
	}
	return "\uff08" + occasion + "\uff09"
}

// numbers are those of a text, in order: what reading finds in it, and every other number in digits that is no date and
// no part of a name.
func numbers(text string, year int) []found {
	begins := func(r rune) bool { return unicode.IsDigit(r) || numeral.Starts(r) }
	if !strings.ContainsFunc(text, begins) {
		return nil
	}
	doc := &document.Document{Format: document.Word, Text: text, Blocks: []document.Block{{
		Span: document.Span{End: len(text)}, Section: -1, Table: -1,
	}}}
	var all []found
	for _, q := range reading.Read(doc, reading.Options{Year: year}).Quantities {
		all = append(all, readNumbers(text, &q)...)
	}
	return slices.DeleteFunc(withDigits(text, all), func(f found) bool { return f.end <= f.start })
}

// spelledShare begins a share that is spelled out: 百分之六.
var spelledShare = regexp.MustCompile(`^[百千万]分之`)

// readNumbers are the number of a quantity, and the upper one of a range.
func readNumbers(text string, q *reading.Quantity) []found {
	first := found{start: q.Span.Start, value: ledger.Exactly(q.Value), unit: q.Unit}
	if first.end = digitsEnd(text, first.start); spelledShare.MatchString(text[first.start:]) {
		first.end = q.Span.End // the words are the number: 百分之六
		return []found{first}
	}
	first.measure = text[first.end:max(first.end, q.Span.End)]
	if q.Cmp != reading.Between {
		return []found{first}
	}
	at := first.end
	for at < q.Span.End {
		if n, ok := numeral.Scan(text, at); ok && n.End <= q.Span.End {
			second := found{start: at, value: ledger.Exactly(q.Upper), unit: q.Unit, end: digitsEnd(text, at)}
			second.measure = text[second.end:q.Span.End]
			return []found{first, second}
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return []found{first}
}

// digitsEnd is where the digits of a number end: before its magnitude; of a spelled one where the numeral ends. Where no
// number begins it is the place itself.
func digitsEnd(text string, at int) int {
	n, ok := numeral.Scan(text, at)
	if !ok {
		return at
	}
	end := at
	for end < n.End && (isDigit(text[end]) || (text[end] == '.' || text[end] == ',') && end+1 < n.End && isDigit(text[end+1])) {
		end++
	}
	if end > at {
		return end
	}
	return n.End
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// notFigures stand behind the digits of dates and of names that are counted.
const notFigures = "年月日号时期届"

// withDigits adds the numbers in digits that reading passed over.
func withDigits(text string, read []found) []found {
	all := read
	for at := 0; at < len(text); at++ {
		if !isDigit(text[at]) {
			continue
		}
		end := digitsEnd(text, at)
		if !named(text, at, end) && !slices.ContainsFunc(read, func(f found) bool { return f.start < end && at < f.end }) {
			if n, ok := numeral.Scan(text, at); ok && end > at {
				all = append(all, found{start: at, end: end, value: ledger.Exactly(n.Value), measure: text[end:n.End]})
			}
		}
		for at = max(at, end); at < len(text) && isDigit(text[at]); {
			at++ // a run of digits that is too long to be a figure is passed over as a whole
		}
	}
	slices.SortFunc(all, func(a, b found) int { return a.start - b.start })
	return all
}

// named tells whether digits are part of a name or of a date: 5G, G312, 2026年, 第35次.
func named(text string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:start])
	behind, _ := utf8.DecodeRuneInString(text[end:])
	latin := func(r rune) bool {
		return r < utf8.RuneSelf && (unicode.IsLetter(r) || r == '-' || r == '/' || r == '.')
	}
	return latin(before) || latin(behind) || before == '第' || strings.ContainsRune(notFigures, behind)
}

// bound are the runs of a text that people wrote, with its numbers as figures.
func (c *composer) bound(t *thing, name string, q quotation) []paper.Run {
	return c.bind(t, name, q, numbers(q.text, c.facts.Period.Year))
}

func (c *composer) bind(t *thing, name string, q quotation, all []found) []paper.Run {
	var runs []paper.Run
	at := 0
	for i, n := range all {
		if n.start > at {
			runs = append(runs, paper.Run{Text: q.text[at:n.start]})
		}
		key := t.key + "." + name + "." + strconv.Itoa(i+1)
		c.figures[key] = Figure{
			Key: key, Name: c.called(t, name), Text: q.text[n.start:n.end], Measure: n.measure, Value: n.value, Unit: n.unit,
			Quoted: true, Sources: []Source{q.from},
		}
		runs = append(runs, paper.Run{Text: q.text[n.start:n.end], Figure: key})
		at = n.end
	}
	if at < len(q.text) {
		runs = append(runs, paper.Run{Text: q.text[at:]})
	}
	return runs
}
