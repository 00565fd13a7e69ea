package indicator

import (
	"strings"
	"unicode/utf8"
)

// brackets parts a folded phrase into what stands outside its brackets and what stands in each.
func brackets(phrase string) (base string, notes []string) {
	open := strings.IndexByte(phrase, '(')
	if open < 0 {
		return phrase, nil
	}
	var outside strings.Builder
	for open >= 0 {
		outside.WriteString(phrase[:open])
		length := strings.IndexByte(phrase[open:], ')')
		if length < 0 {
			phrase = phrase[open+1:]
			break
		}
		notes = append(notes, phrase[open+1:open+length])
		phrase = phrase[open+length+1:]
		open = strings.IndexByte(phrase, '(')
	}
	outside.WriteString(phrase)
	return outside.String(), notes
}

// split takes apart what stands before a name: scopes in order, and the rest.
func (v *vocabulary) split(before string) (scopes []string, rest string) {
	start := 0 // of what is not yet explained
	var kept string
	keep := func(end int) {
		run := before[start:end]
		switch {
		case v.place(run):
			scopes = append(scopes, run)
		case strings.Trim(run, "*") != "": // a mask alone qualifies nothing that can be compared
			kept += run
		}
	}
	for at := 0; at < len(before); {
		wanted := scopeRole | light
		if at == start {
			wanted |= lead
		}
		w, end := v.at(before, at, wanted)
		if w == nil {
			_, size := utf8.DecodeRuneInString(before[at:])
			at += size
			continue
		}
		keep(at)
		if w.roles&scopeRole != 0 {
			scopes = append(scopes, w.scope)
		}
		at, start = end, end
	}
	keep(len(before))
	return scopes, kept
}

// The names of places are of two to seven characters, the last of which says what kind of place it is.
const (
	placeEnds    = "省市县区州旗盟镇乡"
	maxPlaceName = 7
)

// place tells whether a run of characters is the name of a place: 望溪区.
func (v *vocabulary) place(run string) bool {
	n := utf8.RuneCountInString(run)
	if n < 2 || n > maxPlaceName || strings.ContainsAny(run, "、,和与及") {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(run)
	if !strings.ContainsRune(placeEnds, last) {
		return false
	}
	for at := range run {
		if w, end := v.at(run, at, noPlace); w != nil && end == len(run) {
			return false
		}
	}
	return true
}

// notes is the scopes that notes in brackets or beside a row state.
func (v *vocabulary) notes(notes []string) []string {
	var scopes []string
	for _, note := range notes {
		scopes = append(scopes, v.note(note)...)
	}
	return scopes
}

// note is the scopes that one note states: words of scope, and “含X、Y” or “不含X、Y” once for each.
func (v *vocabulary) note(note string) []string {
	var scopes []string
	for clause := range strings.FieldsFuncSeq(note, func(r rune) bool { return strings.ContainsRune(",;。:", r) }) {
		if w, end := v.at(clause, 0, scopeRole); w != nil && end == len(clause) {
			scopes = append(scopes, w.scope)
			continue
		}
		if sign, parts, ok := including(clause); ok {
			for part := range strings.FieldsFuncSeq(parts, func(r rune) bool { return strings.ContainsRune("、和及与", r) }) {
				scopes = append(scopes, sign+part)
			}
			continue
		}
		found, _ := v.split(clause)
		scopes = append(scopes, found...)
	}
	return scopes
}

const with, without = "含", "不含"

var inclusions = []struct{ word, sign string }{
	{"不包括", without}, {"不包含", without}, {"不含", without}, {"未含", without}, {"剔除", without}, {"扣除", without},
	{"包括", with}, {"包含", with}, {"含", with},
}

// including parts “(口径)含X、Y” into its sign and what is included.
func including(clause string) (sign, parts string, ok bool) {
	for _, i := range inclusions {
		if at := strings.Index(clause, i.word); at >= 0 {
			return i.sign, clause[at+len(i.word):], true
		}
	}
	return "", "", false
}
