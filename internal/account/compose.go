package account

import (
	"embed"
	"fmt"
	"path"
	"strings"

	"luoshi/internal/account/template"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
	"luoshi/office/paper"
)

// Template is a form of reports.
type Template = template.Template

//go:embed templates/*.txt
var templateFiles embed.FS

// shippedNames are the templates in the order in which they are offered.
var shippedNames = []string{"half-year", "year", "work-report", "projects", "livelihood", "month", "summary"}

// Templates are those that are shipped, in the order in which they are offered.
func Templates() []Template {
	all := make([]Template, len(shippedNames))
	for i, name := range shippedNames {
		text, err := templateFiles.ReadFile(path.Join("templates", name+".txt"))
		if err == nil {
			all[i], err = Parse(name, string(text))
		}
		if err != nil {
			panic(fmt.Sprintf("account: the shipped template %s: %v", name, err))
		}
	}
	return all
}

// Parse reads a template that somebody wrote. What is wrong with it is a template.Faults.
func Parse(name, text string) (Template, error) { return template.Parse(name, text, vocabulary{}) }

// TemplateFor is the shipped template with a name; it is false where there is none.
func TemplateFor(name string) (Template, bool) {
	for _, t := range Templates() {
		if t.Name == name {
			return t, true
		}
	}
	return Template{}, false
}

// Compose makes a report of what the ledger says. The same template and facts always give the same report.
func Compose(t Template, f Facts) Content {
	c := newComposer(f)
	w := &writer{composer: c, stack: []frame{{thing: c.report()}}}
	content := Content{Template: t.Name, Plan: f.Plan, Period: f.Period, On: f.On, Lacks: f.Open}
	content.Paper = w.head(t)
	w.nodes(t.Body, "")
	content.Paper.Body = w.blocks
	content.Figures, content.Cut = c.used(content.Paper), c.spoken > mostSpoken
	return content
}

// mostSpoken bounds what lists within lists may tell: a report of a large district tells some ten thousand things.
const mostSpoken = 200_000

// composer makes the things that a report speaks of.
type composer struct {
	facts     Facts
	elapsed   ledger.Decimal
	figures   map[string]Figure
	root      *thing
	areas     map[int]*thing
	unitsByID map[ledger.UnitID]*thing
	mottos    map[string]bool // that are used
	spoken    int             // things that lists have told so far
}

func newComposer(f Facts) *composer {
	return &composer{
		facts: f, elapsed: elapsed(f.Period), figures: map[string]Figure{}, areas: map[int]*thing{},
		unitsByID: map[ledger.UnitID]*thing{}, mottos: map[string]bool{},
	}
}

// used are the figures that a paper prints.
func (c *composer) used(p paper.Document) map[string]Figure {
	all := map[string]Figure{}
	var use func(key string)
	use = func(key string) {
		f, is := c.figures[key]
		if _, known := all[key]; !is || known {
			return
		}
		all[key] = f
		for _, s := range f.Sources {
			for _, of := range s.Of {
				use(of) // a reader of the figure is led to those that it is computed from
			}
		}
	}
	for _, key := range keysOf(p) {
		use(key)
	}
	return all
}

// keysOf are the keys of the figures that stand in a paper, in their order, each as often as it stands there.
func keysOf(p paper.Document) []string {
	var all []string
	runs := func(some []paper.Run) {
		for _, r := range some {
			if r.Figure != "" {
				all = append(all, r.Figure)
			}
		}
	}
	for _, b := range p.Body {
		runs(b.Runs)
		if b.Table != nil {
			for _, row := range b.Table.Rows {
				for _, cell := range row {
					runs(cell.Runs)
				}
			}
		}
		if b.Chart != nil {
			for _, s := range b.Chart.Series {
				for _, key := range s.Keys {
					if key != "" {
						all = append(all, key)
					}
				}
			}
		}
	}
	return all
}

// head is the paper without its body.
func (w *writer) head(t Template) paper.Document {
	say := func(name string) string { return textOf(w.parts(t.Head[name].Parts)) }
	d := paper.Document{
		Head:  paper.Head{Organ: say("organ"), Number: say("number"), Issue: say("issue"), Signer: say("signer")},
		Title: say("title"), Subtitle: say("subtitle"), Speaker: say("speaker"), Addressee: say("addressee"), Date: say("date"),
		Foot: paper.Foot{Copies: say("copies"), Printer: say("printer"), Printed: say("printed")},
	}
	if signature := say("signature"); signature != "" {
		d.Signature = strings.Split(signature, "\n")
	}
	return d
}

// Fits tells whether a template is written of periods like this one.
func Fits(t Template, p reporting.Period) bool {
	if len(t.Periods) == 0 {
		return true
	}
	for _, f := range t.Periods {
		if f == p.Frequency {
			return true
		}
	}
	return false
}
