package documents

import (
	"fmt"
	"net/http"
	"unicode/utf8"

	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/documents/marked"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// shown is a document as its page shows it.
type shown struct {
	Document store.Record[store.Document]
	Progress intake.Progress
	Stuck    bool // reading has come to nothing
	Result   intake.Result
	Lines    []marked.Line
	Drafts   []store.Record[ledger.Plan]
	Reviews  []intake.ReviewRef
	Others   []intake.Listed // with which it can be compared
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	s, err := p.shown(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, documentPage(s))
}

// notes is how many findings are worth knowing and nothing more.
func (s shown) notes() int {
	n := 0
	for _, finding := range s.Result.Findings {
		if finding.Severity == "note" {
			n++
		}
	}
	return n
}

// othersAtOnce is how many documents are offered for a comparison.
const othersAtOnce = 100

func (p *Pages) shown(r *http.Request) (s shown, err error) {
	ctx := r.Context()
	if s.Document, err = p.intake.Document(ctx, digestOf(r)); err != nil {
		return s, err
	}
	if s.Progress, err = p.intake.Progress(ctx, digestOf(r)); err != nil || s.Progress.State != intake.Done {
		s.Stuck = s.Progress.Stuck(p.core.Store().Now())
		return s, err
	}
	if s.Result, err = p.intake.Result(ctx, digestOf(r)); err != nil {
		return s, err
	}
	marks := append(marksOf(s.Result), asked(r, utf8.RuneCountInString(s.Document.Value.Text))...)
	s.Lines = marked.Lay(s.Document.Value.Text, s.Result, marks)
	v := page.Of(ctx)
	if v.Can("proposal.review") {
		if s.Drafts, err = p.drafts(r); err != nil {
			return s, err
		}
	}
	if v.Can("proposal.read") {
		if s.Reviews, err = p.intake.Reviews(ctx, digestOf(r)); err != nil {
			return s, err
		}
	}
	if v.Can("document.compare") {
		others, err := p.intake.List(ctx, intake.Query{State: intake.Done, Limit: othersAtOnce})
		if err != nil {
			return s, err
		}
		for _, other := range others.Documents {
			if other.Document != digestOf(r) {
				s.Others = append(s.Others, other)
			}
		}
	}
	return s, nil
}

// marksOf are the marks of figures and of findings. A finding is linked behind the first of its places.
func marksOf(result intake.Result) []marked.Mark {
	var marks []marked.Mark
	for _, figure := range result.Figures {
		quoted := figure.Target.Quoted
		marks = append(marks, marked.Mark{At: quoted.At(), End: quoted.End(), Class: "fig fig-" + figure.Kind})
	}
	for n, finding := range result.Findings {
		for i, place := range finding.Places {
			mark := marked.Mark{At: place.At, End: place.End, Class: "find find-" + finding.Severity, Item: findingID(n)}
			if i == 0 {
				mark.Label, mark.Href, mark.ID = fmt.Sprint(n+1), "#"+findingID(n), placeID(n)
			}
			marks = append(marks, mark)
		}
	}
	return marks
}

// findingID and placeID name a finding beside the text, and its first place in the text.
func findingID(n int) string { return fmt.Sprint("f", n+1) }
func placeID(n int) string   { return fmt.Sprint("at-f", n+1) }

// severities are the grades of findings, the gravest first, as badges show them.
var severities = map[string]page.Tone{"error": page.Danger, "warning": page.Warning, "rounding": page.Info, "note": page.Neutral, "ok": page.Success}

// stateTones are the states of readings as badges show them.
var stateTones = map[intake.State]page.Tone{
	intake.Waiting: page.Neutral, intake.Running: page.Info, intake.Done: page.Success, intake.Failed: page.Danger,
}

// compared is two versions of a document.
type compared struct {
	Earlier, Later store.Document
	Differences    []ledger.Difference
	Counts         map[ledger.DifferenceKind]int
}

func (p *Pages) comparison(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	later, err := p.intake.Document(ctx, digestOf(r))
	if err != nil {
		return err
	}
	earlier, err := p.intake.Document(ctx, ledger.Digest(r.URL.Query().Get("with")))
	if err != nil {
		return err
	}
	c := compared{Earlier: earlier.Value, Later: later.Value, Counts: map[ledger.DifferenceKind]int{}}
	if c.Differences, err = p.intake.Compare(ctx, earlier.Value.Digest, later.Value.Digest); err != nil {
		return err
	}
	for _, d := range c.Differences {
		c.Counts[d.Kind]++
	}
	return web.Show(w, r, comparisonPage(c))
}

var differenceTones = map[ledger.DifferenceKind]page.Tone{ledger.Changed: page.Warning, ledger.Added: page.Success, ledger.Dropped: page.Danger}
