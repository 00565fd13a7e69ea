package ledger

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Passage is a place in a document with the words that stand there. It is made once and has nothing
// that changes it: a promise keeps the wording in which it was given.
type Passage struct {
	document Digest
	at, end  int
	wording  string
}

// Quote takes the words from code point at up to end out of a document's canonical text.
func Quote(document Digest, text string, at, end int) (Passage, error) {
	p := Passage{document: document, at: at, end: end}
	if at < 0 || end <= at || end > utf8.RuneCountInString(text) {
		return Passage{}, Problems{{Code: "passage.outside", Where: "passage"}}
	}
	p.wording = string([]rune(text)[at:end])
	return p, p.Validate().Err()
}

// RestorePassage is a passage as it was stored. It fails where its parts do not fit one another.
func RestorePassage(document Digest, at, end int, wording string) (Passage, error) {
	p := Passage{document: document, at: at, end: end, wording: wording}
	return p, p.Validate().Err()
}

// Document is the digest of the document that holds the passage.
func (p Passage) Document() Digest { return p.document }

// At is the code point of the document's canonical text where the passage begins.
func (p Passage) At() int { return p.at }

// End is the code point behind the passage.
func (p Passage) End() int { return p.end }

// Wording is the passage verbatim.
func (p Passage) Wording() string { return p.wording }

// IsZero tells whether there is no passage.
func (p Passage) IsZero() bool { return p == Passage{} }

// StandsIn tells whether the words stand in the canonical text where the passage says.
func (p Passage) StandsIn(text string) bool {
	quoted, err := Quote(p.document, text, p.at, p.end)
	return err == nil && quoted == p
}

// Validate tells whether the parts fit one another: as many code points as the place has.
func (p Passage) Validate() Problems {
	var found Problems
	found.add(p.document.wellFormed(), "passage.digest", "document")
	found.add(strings.TrimSpace(p.wording) != "", "passage.empty", "wording")
	found.add(p.at >= 0 && utf8.RuneCountInString(p.wording) == p.end-p.at, "passage.length", "at")
	return found
}

// passageJSON is a passage in JSON.
type passageJSON struct {
	Document Digest `json:"document"`
	At       int    `json:"at"`
	End      int    `json:"end"`
	Wording  string `json:"wording"`
}

func (p Passage) MarshalJSON() ([]byte, error) {
	return json.Marshal(passageJSON{p.document, p.at, p.end, p.wording})
}

func (p *Passage) UnmarshalJSON(data []byte) error {
	var stored passageJSON
	if err := json.Unmarshal(data, &stored); err != nil {
		return err
	}
	if stored == (passageJSON{}) {
		*p = Passage{}
		return nil
	}
	restored, err := RestorePassage(stored.Document, stored.At, stored.End, stored.Wording)
	if err != nil {
		return err
	}
	*p = restored
	return nil
}

// Part is the words from one code point of the document up to another, both within the passage.
func (p Passage) Part(at, end int) (Passage, error) {
	if at < p.at || end > p.end || end <= at {
		return Passage{}, Problems{{Code: "passage.outside", Where: "passage"}}
	}
	words := string([]rune(p.wording)[at-p.at : end-p.at])
	return RestorePassage(p.document, at, end, words)
}

// Trim is the passage without punctuation and blanks at its ends. It is zero where nothing is left.
func (p Passage) Trim() Passage {
	idle := func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsPunct(r) && !strings.ContainsRune("“”《》（）()%％‰", r)
	}
	front := strings.TrimLeftFunc(p.wording, idle)
	p.at = p.end - utf8.RuneCountInString(front)
	p.wording = strings.TrimRightFunc(front, idle)
	p.end = p.at + utf8.RuneCountInString(p.wording)
	if p.wording == "" {
		return Passage{}
	}
	return p
}

// Holds tells whether another passage lies within this one.
func (p Passage) Holds(other Passage) bool {
	return p.document == other.document && p.at <= other.at && other.end <= p.end
}
