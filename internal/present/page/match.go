package page

import (
	"html/template"
	"io"

	"luoshi/checking"
	"luoshi/internal/present/confidence"
	"luoshi/internal/present/wording"
	"luoshi/matching"
	"luoshi/reading"
)

var matchPage = newKind("match",
	[]string{"base", "paper", "controls", "overlay", "results", "match", "results-media", "match-media"},
	[]string{"match-state", "elements", "papers", "match-list", "speak", "match-reader", "theme", "match-keys", "keyboard", "start"},
	words, wording.Results, resultWords)

// Match is the page of what became of promises. Where one document reviews and plans, Plan and Report
// are the same.
type Match struct {
	Lang         wording.Lang
	Plan, Report *reading.Reading
	Pairs        []matching.Pair
	Verdicts     []matching.Verdict // in the order in which they are counted
}

// verdicts are the classes of marks, by grade: where promises overlap, the text shows the worst.
var verdicts = []string{
	"not_comparable", "reported_without_figure", "kept", "exceeded", "ahead", "behind", "not_reported", "missed",
}

// within is the number of characters of a sentence shown on either side of a figure in the table.
const within = 60

// pair is a promise as the script of the page knows it.
type pair struct {
	Subject    string    `json:"subject"`
	Verdict    string    `json:"verdict"`
	Plan       place     `json:"plan"`
	Report     *place    `json:"report"`
	Gap        string    `json:"gap,omitempty"`
	Reason     string    `json:"reason,omitempty"`
	Confidence string    `json:"confidence,omitempty"`
	Why        bilingual `json:"why"`
}

// matchData is what the script of the page works on.
type matchData struct {
	Lang      wording.Lang      `json:"lang"`
	Words     wording.Catalogue `json:"words"`
	Documents []paper           `json:"documents"` // the plan and the report, or the one that is both
	Verdicts  []string          `json:"verdicts"`
	Pairs     []pair            `json:"pairs"`
}

// WriteTo writes the page. The same promises give the same bytes.
func (m *Match) WriteTo(w io.Writer) (int64, error) {
	d := matchData{Lang: m.Lang, Words: matchPage.words, Pairs: []pair{}}
	readings := m.readings()
	var names []string
	for _, r := range readings {
		p := newPaper(r.Document)
		d.Documents = append(d.Documents, p)
		names = append(names, p.label())
	}
	for _, v := range m.Verdicts {
		d.Verdicts = append(d.Verdicts, v.String())
	}
	claims := make([][]claim, len(readings))
	add := func(p *checking.Place, doc int, verdict string) {
		claims[doc] = append(claims[doc], claim{p.Span, gradeOf(verdict)})
	}
	last := len(readings) - 1
	for i := range m.Pairs {
		p := &m.Pairs[i]
		d.Pairs = append(d.Pairs, m.pair(p, last))
		add(&p.Plan, 0, p.Verdict.String())
		if p.Report != nil {
			add(p.Report, last, p.Verdict.String())
		}
	}
	bodies := setMarks(readings, claims, verdicts, d.places)
	heading := names[0]
	if len(names) > 1 {
		heading = resultWords.Say(m.Lang, "match.against", names[0], names[1])
	}
	common, err := matchPage.newShell(m.Lang, heading+" · "+resultWords.Say(m.Lang, "match.title"), d)
	if err != nil {
		return 0, err
	}
	common.Names = []string{heading}
	s := resultShell{shell: common, Grades: d.Verdicts}
	for i, body := range bodies {
		s.Articles = append(s.Articles, article(i, body))
	}
	return matchPage.write(w, m.Lang, s)
}

// readings are the documents of the page, each once.
func (m *Match) readings() []*reading.Reading {
	if m.Report == m.Plan {
		return []*reading.Reading{m.Plan}
	}
	return []*reading.Reading{m.Plan, m.Report}
}

func gradeOf(verdict string) int {
	for grade, name := range verdicts {
		if name == verdict {
			return grade
		}
	}
	return 0
}

// pair is a promise with its places, the report being the last of the documents.
func (m *Match) pair(p *matching.Pair, last int) pair {
	out := pair{
		Subject: p.Subject, Verdict: p.Verdict.String(), Plan: newPlace(m.Plan, &p.Plan, 0, within),
		Gap: p.Gap, Reason: p.Reason, Why: inBoth(p.Why),
	}
	if p.Report != nil {
		report := newPlace(m.Report, p.Report, last, within)
		out.Report, out.Confidence = &report, confidence.Word(p.Confidence)
	}
	return out
}

// places visits the places of all promises in one document, in the order of the promises.
func (d *matchData) places(doc int, visit func(*place)) {
	for i := range d.Pairs {
		if d.Pairs[i].Plan.Doc == doc {
			visit(&d.Pairs[i].Plan)
		}
		if r := d.Pairs[i].Report; r != nil && r.Doc == doc {
			visit(r)
		}
	}
}

// resultShell is what check.html and match.html are filled with.
type resultShell struct {
	shell
	Articles []template.HTML
	Grades   []string // severities or verdicts by which the reader filters
}
