package score

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Section is a part of a key.
type Section byte

// The sections of a key. Those behind Targets are facts that a careful reader notes, and count for nothing
// unless they say what must not be paired.
const (
	Totals     Section = 'A' // parts and totals
	Quotients  Section = 'B' // rates, shares, growth and differences
	Same       Section = 'C' // one quantity in several places
	Targets    Section = 'D' // targets against results
	Loose      Section = 'E' // what should agree and does not, or only loosely
	Orders     Section = 'F' // what must not be greater than something else
	CountLists Section = 'G' // lists that name as many as they say
	Derived    Section = 'H' // figures without a stated counterpart
)

// Arithmetic tells whether the relations of the section are between printed figures alone.
func (s Section) Arithmetic() bool { return s == Totals || s == Quotients || s == Same }

// Verdict is what the key says of a relation, as it is written there.
type Verdict string

const (
	Exact    Verdict = "EXACT"    // reproduces to the printed precision
	Rounding Verdict = "ROUNDING" // only within the rounding of what is printed
	Fail     Verdict = "FAIL"     // does not hold
	Holds    Verdict = "HOLDS"    // an order or a list agrees
	Missed   Verdict = "MISSED"
	Exceeded Verdict = "EXCEEDED"
	Met      Verdict = "MET"
	OnTrack  Verdict = "ONTRACK" // at half-year at least half is done
	Behind   Verdict = "BEHIND"
	Open     Verdict = "OPEN" // the document does not decide it
)

// Role is what a figure does in its relation.
type Role uint8

const (
	Part   Role = iota // of a sum, a quotient or a group of equals; in Targets, the result
	Stated             // what the document says is the outcome of the arithmetic
	Target             // what was promised
	Base               // what a result without a target of its own is held against
	Decoy              // looks as if it belonged to the relation and does not
)

// Spot is one figure of a relation.
type Spot struct {
	Text string // as the document prints it
	At   int    // code points
	Role Role
}

// Claim is one equation of a relation. Most relations make one; a relation of equals may state several.
type Claim struct {
	Form  Form
	Spots []Spot
}

// Pair is two figures that nobody may set against each other.
type Pair struct {
	A, B int // code points
	// Unlike tells that they may be named together and are only of unlike scope, so that no warning and no
	// error may come of them.
	Unlike bool
}

// Relation is one line of a key.
type Relation struct {
	Section Section
	Verdict Verdict
	Title   string
	Line    int // from 1
	Claims  []Claim
	Apart   []Pair
}

// Spots are the figures of all claims in the order of the line.
func (r *Relation) Spots() []Spot {
	var list []Spot
	for _, c := range r.Claims {
		list = append(list, c.Spots...)
	}
	return list
}

// LineError is what is wrong with a line of a key.
type LineError struct {
	Line int // from 1
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("read relation on line %d: %v", e.Line, e.Err) }
func (e *LineError) Unwrap() error { return e.Err }

var (
	errForm    = errors.New("a relation reads “- **VERDICT** title: figures”")
	errSection = errors.New("it stands before the first section")
	errFigures = errors.New("it names no figures")
	errStated  = errors.New("it does not say what is stated")
	errAlone   = errors.New("fewer than two figures are said to be equal")
)

var (
	heading = regexp.MustCompile(`^## ([A-H])\. `)
	line    = regexp.MustCompile(`^- \*\*([A-Z]+)\*\* (.+)$`)
	spot    = regexp.MustCompile(`([0-9][0-9.]*|[一二三四五六七八九十百千万]+)@([0-9]+)`)
)

// Parse reads a key: a Markdown list under the headings “## A. …” to “## H. …”, one relation a line, its
// figures written text@offset. Everything else is for people. Every error is a *LineError.
func Parse(data []byte) ([]Relation, error) {
	var list []Relation
	var section Section
	number := 0
	for text := range strings.Lines(string(data)) {
		number++
		text = strings.TrimSpace(text)
		if m := heading.FindStringSubmatch(text); m != nil {
			section = Section(m[1][0])
		}
		if !strings.HasPrefix(text, "- ") {
			continue
		}
		r, err := relation(section, text)
		if err != nil {
			return nil, &LineError{number, err}
		}
		r.Line = number
		list = append(list, r)
	}
	return list, nil
}

func relation(section Section, text string) (Relation, error) {
	m := line.FindStringSubmatch(text)
	if m == nil {
		return Relation{}, errForm
	}
	if section == 0 {
		return Relation{}, errSection
	}
	r := Relation{Section: section, Verdict: Verdict(m[1])}
	title, body := untitled(m[2])
	r.Title = title
	var err error
	switch section {
	case Totals, Quotients:
		r.Claims, err = computed(section, body)
	case Same:
		r.Claims, err = equals(body)
	case Targets:
		spots := pledged(body)
		r.Claims = noted(spots)
		r.Apart = decoys(spots)
	default:
		spots := spotsOf(body)
		r.Claims = noted(spots)
		if strings.Contains(body, apart) {
			r.Apart = unlike(spots)
		}
	}
	return r, err
}

// apart is how a key says that figures may not be set against each other.
const apart = "must not be"

// untitled cuts a line at the last colon before its first figure.
func untitled(text string) (title, body string) {
	end := len(text)
	if first := spot.FindStringIndex(text); first != nil {
		end = first[0]
	}
	cut := strings.LastIndex(text[:end], ": ")
	if cut < 0 {
		cut = strings.LastIndex(text[:end], ":")
	}
	if cut < 0 || end == len(text) {
		title, body, _ = strings.Cut(text, ": ")
		return title, body
	}
	return text[:cut], text[cut+1:]
}

// spotsOf are the figures of a text in its order.
func spotsOf(text string) []Spot {
	var list []Spot
	for _, m := range spot.FindAllStringSubmatch(text, -1) {
		at, err := strconv.Atoi(m[2])
		if err != nil {
			continue // digits alone fail only by being too many for any document
		}
		list = append(list, Spot{Text: m[1], At: at})
	}
	return list
}

// noted is a claim without arithmetic; none where there are no figures.
func noted(spots []Spot) []Claim {
	if len(spots) == 0 {
		return nil
	}
	return []Claim{{Form: Named, Spots: spots}}
}

// statedWord stands before what the document says is the outcome.
const statedWord = "stated "

// computed reads “2@10 + 3@20 = 5; stated 5@30; …”. A sum may do without what is stated where its parts
// make a whole that needs no statement: “30@10 + 70@20 = 100”.
func computed(section Section, body string) ([]Claim, error) {
	inputs, rest, isStated := strings.Cut(body, statedWord)
	c := Claim{Form: formOf(section, inputs), Spots: spotsOf(inputs)}
	if len(c.Spots) == 0 {
		return nil, errFigures
	}
	switch outcome := spotsOf(rest); {
	case isStated && len(outcome) > 0:
		outcome[0].Role = Stated
		c.Spots = append(c.Spots, outcome[0])
	case isStated || section != Totals:
		return nil, errStated
	default:
		c.Form = Whole
	}
	return []Claim{c}, nil
}

// equals reads “5@10 = 5@20 = 5@30; 7@40=7@50”.
func equals(body string) ([]Claim, error) {
	var list []Claim
	for group := range strings.SplitSeq(body, ";") {
		spots := spotsOf(group)
		switch len(spots) {
		case 0:
			continue // a remark
		case 1:
			return nil, errAlone
		}
		list = append(list, Claim{Form: Equal, Spots: spots})
	}
	if len(list) == 0 {
		return nil, errFigures
	}
	return list, nil
}

// unlike sets every two figures apart.
func unlike(spots []Spot) []Pair {
	var list []Pair
	for i := range spots {
		for _, other := range spots[i+1:] {
			list = append(list, Pair{A: spots[i].At, B: other.At, Unlike: true})
		}
	}
	return list
}
