package page

import (
	_ "embed"
	"io"

	"luoshi/checking"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

//go:embed results.json
var resultWordsJSON []byte

// resultWords are what the pages of checking and matching say besides.
var resultWords = wording.Parse(resultWordsJSON)

var checkPage = newKind("check",
	[]string{"base", "paper", "controls", "overlay", "results", "check", "results-media"},
	[]string{"check-state", "elements", "papers", "check-list", "speak", "check-reader", "theme", "check-keys", "keyboard", "start"},
	words, wording.Results, resultWords)

// Checked is a document with what was found in it, ready for a page.
type Checked struct {
	Reading   *reading.Reading
	Relations int // compared, whether they hold or not
}

// Check is the page of what checking found. A finding's places name documents by their index.
type Check struct {
	Lang      wording.Lang
	Documents []Checked
	Findings  []checking.Finding
	Rules     []checking.Rule
}

// severities are the classes of marks, by grade.
var severities = []string{"ok", "note", "rounding", "warning", "error"}

// around is the number of characters of a sentence shown on either side of a figure in a list.
const around = 28

// bilingual is a sentence for the script of a page.
type bilingual struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

func inBoth(w checking.Wording) bilingual {
	if w.EN == "" {
		w.EN = w.ZH
	}
	return bilingual(w)
}

// finding is a finding as the script of the page knows it.
type finding struct {
	Rule        string     `json:"rule"`
	Severity    string     `json:"severity"`
	Verdict     string     `json:"verdict,omitempty"`
	Message     bilingual  `json:"message"`
	Computation string     `json:"computation,omitempty"`
	Suggestion  *bilingual `json:"suggestion,omitempty"`
	Places      []place    `json:"places"`
}

// checkedPaper is a document of the page with the number of relations compared in it.
type checkedPaper struct {
	paper
	Relations int `json:"relations"`
}

// ruleEntry is what the page says of a rule.
type ruleEntry struct {
	Title bilingual `json:"title"`
	Doc   bilingual `json:"doc"`
}

// checkData is what the script of the page works on.
type checkData struct {
	Lang      wording.Lang         `json:"lang"`
	Words     wording.Catalogue    `json:"words"`
	Documents []checkedPaper       `json:"documents"`
	Findings  []finding            `json:"findings"`
	Rules     map[string]ruleEntry `json:"rules"`
}

// WriteTo writes the page. The same findings give the same bytes.
func (c *Check) WriteTo(w io.Writer) (int64, error) {
	d := checkData{Lang: c.Lang, Words: checkPage.words, Findings: []finding{}, Rules: map[string]ruleEntry{}}
	for i := range c.Rules {
		d.Rules[c.Rules[i].Name] = ruleEntry{inBoth(c.Rules[i].Title), inBoth(c.Rules[i].Doc)}
	}
	var labels []string
	for _, document := range c.Documents {
		p := newPaper(document.Reading.Document)
		d.Documents = append(d.Documents, checkedPaper{p, document.Relations})
		labels = append(labels, p.label())
	}
	claims := make([][]claim, len(c.Documents))
	for i := range c.Findings {
		f := &c.Findings[i]
		d.Findings = append(d.Findings, c.finding(f))
		for _, p := range f.Places {
			claims[p.Doc] = append(claims[p.Doc], claim{p.Span, int(f.Severity)})
		}
	}
	names := numbered(labels)
	title := words.Say(c.Lang, "brand")
	if len(names) == 1 {
		title = names[0] + " · " + resultWords.Say(c.Lang, "check.title")
	}
	bodies := setMarks(c.readings(), claims, severities, d.places)
	common, err := checkPage.newShell(c.Lang, title, d)
	if err != nil {
		return 0, err
	}
	common.Names = names
	s := resultShell{shell: common, Grades: []string{"error", "warning", "rounding", "note", "ok"}}
	for i, body := range bodies {
		s.Articles = append(s.Articles, article(i, body))
	}
	return checkPage.write(w, c.Lang, s)
}

func (c *Check) readings() []*reading.Reading {
	list := make([]*reading.Reading, len(c.Documents))
	for i := range c.Documents {
		list[i] = c.Documents[i].Reading
	}
	return list
}

func (c *Check) finding(f *checking.Finding) finding {
	out := finding{
		Rule: f.Rule, Severity: f.Severity.String(), Verdict: f.Verdict, Message: inBoth(f.Message),
		Computation: f.Computation, Places: []place{},
	}
	if f.Suggestion.ZH != "" {
		s := inBoth(f.Suggestion)
		out.Suggestion = &s
	}
	for i := range f.Places {
		p := &f.Places[i]
		out.Places = append(out.Places, newPlace(c.Documents[p.Doc].Reading, p, p.Doc, around))
	}
	return out
}

// places visits the places of all findings in one document, in the order of the findings.
func (d *checkData) places(doc int, visit func(*place)) {
	for i := range d.Findings {
		for n := range d.Findings[i].Places {
			if p := &d.Findings[i].Places[n]; p.Doc == doc {
				visit(p)
			}
		}
	}
}

// setMarks marks the claims in the documents and tells each place which marks show it. The claims of a
// document stand in the order in which its places are visited.
func setMarks(readings []*reading.Reading, claims [][]claim, classes []string, places func(doc int, visit func(*place))) []string {
	bodies := make([]string, len(readings))
	for doc, r := range readings {
		marks, ranges := stretches(claims[doc], classes, len(r.Document.Text))
		n := 0
		places(doc, func(p *place) {
			p.Marks = ranges[n]
			n++
		})
		bodies[doc] = marked(r.Document, marks)
	}
	return bodies
}
