package orders

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"luoshi/flow"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// settingsView is the rules by which orders are timed, numbered, graded and urged.
type settingsView struct {
	page.Errors
	Typed   typedSettings
	Seen    int64
	MayEdit bool
	Clash   *page.Clash
}

// typedSettings are the rules as somebody typed them. The last rows of terms and urging are empty, for further ones.
type typedSettings struct {
	Terms   []typedTerm
	Numbers []typedSeries
	Urging  []typedUrging
	Grading string
}

type typedTerm struct{ Kind, Source, Urgency, Days, Unit, Interim string }

// empty tells that a row says nothing and is left out.
func (t typedTerm) empty() bool { return t.Days == "" }

type typedSeries struct{ Name, Form, First, Width string }

type typedUrging struct {
	Clock, Kind, At, Every, Times string
	To                            []string
}

func (t typedUrging) empty() bool { return t.At == "" }

func typedRules(s supervision.Settings) typedSettings {
	t := typedSettings{Grading: s.Grading}
	for _, rule := range s.Terms {
		t.Terms = append(t.Terms, typedTerm{
			string(rule.Kind), string(rule.Source), string(rule.Urgency), number(rule.Term.Days), string(rule.Term.Unit), strconv.Itoa(rule.Interim),
		})
	}
	for _, series := range s.Numbering {
		t.Numbers = append(t.Numbers, typedSeries{series.Name, series.Form, strconv.Itoa(series.First), strconv.Itoa(series.Width)})
	}
	for _, rule := range s.Urging {
		t.Urging = append(t.Urging, typedUrging{
			rule.Clock, string(rule.Kind), strconv.Itoa(rule.At), number(rule.Every), number(rule.Times), texts(rule.To),
		})
	}
	return t
}

// readRules reads the fields of the form. Rows have the same fields under the same names, one after another; boxes carry
// the number of their row.
func readRules(form url.Values) typedSettings {
	at := func(name string, i int) string {
		if values := form[name]; i < len(values) {
			return strings.TrimSpace(values[i])
		}
		return ""
	}
	t := typedSettings{Grading: form.Get("grading")}
	for i := range form["term.days"] {
		t.Terms = append(t.Terms, typedTerm{at("term.kind", i), at("term.source", i), at("term.urgency", i), at("term.days", i), at("term.unit", i), at("term.interim", i)})
	}
	for i := range form["series.name"] {
		t.Numbers = append(t.Numbers, typedSeries{at("series.name", i), at("series.form", i), at("series.first", i), at("series.width", i)})
	}
	for i := range form["urge.at"] {
		t.Urging = append(t.Urging, typedUrging{
			at("urge.clock", i), at("urge.kind", i), at("urge.at", i), at("urge.every", i), at("urge.times", i), form["urge.to."+strconv.Itoa(i)],
		})
	}
	return t
}

// rules are what was typed, and what of it cannot be read.
func (t typedSettings) rules(v page.View) (supervision.Settings, page.Errors) {
	var e page.Errors
	whole := func(text string) int {
		n, err := strconv.Atoi(or(text, "0"))
		if err != nil {
			e.Add("", v.T("forms.number", text))
		}
		return n
	}
	s := supervision.Settings{Grading: t.Grading}
	for _, row := range t.Terms {
		if !row.empty() {
			s.Terms = append(s.Terms, supervision.TermRule{
				Kind: supervision.Kind(row.Kind), Source: supervision.SourceKind(row.Source), Urgency: supervision.Urgency(row.Urgency),
				Term: supervision.Term{Days: whole(row.Days), Unit: flow.TermUnit(row.Unit)}, Interim: whole(row.Interim),
			})
		}
	}
	for _, row := range t.Numbers {
		s.Numbering = append(s.Numbering, supervision.Series{Name: row.Name, Form: row.Form, First: whole(row.First), Width: whole(row.Width)})
	}
	for _, row := range t.Urging {
		if !row.empty() {
			s.Urging = append(s.Urging, supervision.UrgingRule{
				Clock: row.Clock, Kind: supervision.Occasion(row.Kind), At: whole(row.At), Every: whole(row.Every), Times: whole(row.Times),
				To: named[supervision.Recipient](row.To),
			})
		}
	}
	return s, e
}

func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	record, err := p.uses.Settings(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, settingsPage(p.settingsView(r, typedRules(record.Value), record.Revision)))
}

func (p *Pages) settingsView(r *http.Request, t typedSettings, seen int64) settingsView {
	view := settingsView{Typed: t, Seen: seen, MayEdit: page.Of(r.Context()).Can("config.rules")}
	if view.MayEdit {
		if n := len(t.Terms); n == 0 || !t.Terms[n-1].empty() {
			view.Typed.Terms = append(view.Typed.Terms, typedTerm{Unit: string(flow.Workdays)})
		}
		if n := len(t.Urging); n == 0 || !t.Urging[n-1].empty() {
			view.Typed.Urging = append(view.Typed.Urging, typedUrging{})
		}
	}
	return view
}

func (p *Pages) saveSettings(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	v, typed := page.Of(r.Context()), readRules(r.PostForm)
	settings, e := typed.rules(v)
	var err error
	if e.None() {
		if _, err = p.uses.SaveSettings(r.Context(), settings, forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "orders.settings.saved")
			return web.Redirect(w, r, "/orders/settings")
		}
	}
	view := p.settingsView(r, typed, forms.Seen(r))
	view.Errors = e
	if err == nil {
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, settingsPage(view))
	}
	if now, stale := forms.Stale[supervision.Settings](err); stale {
		view.Seen = now.Revision
		if view.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, "/orders/settings", view.differences(v, typedRules(now.Value))); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusConflict, settingsPage(view))
	}
	mendable := false
	if view.Errors, mendable = v.ErrorsOf(err); !mendable {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, settingsPage(view))
}

// differences are what was typed beside what somebody else has saved meanwhile.
func (s settingsView) differences(v page.View, theirs typedSettings) []page.Difference {
	terms := func(t typedSettings) string {
		var lines []string
		for _, row := range t.Terms {
			if !row.empty() {
				lines = append(lines, v.T("orders.settings.term", anyOf(v, supervision.Kind(row.Kind)), anyOf(v, supervision.SourceKind(row.Source)),
					anyOf(v, supervision.Urgency(row.Urgency)), row.Days, supervision.TermLabel(flow.TermUnit(row.Unit))))
			}
		}
		return strings.Join(lines, " ")
	}
	numbers := func(t typedSettings) string {
		var lines []string
		for _, row := range t.Numbers {
			lines = append(lines, row.Form)
		}
		return strings.Join(lines, " ")
	}
	urging := func(t typedSettings) string {
		var lines []string
		for _, row := range t.Urging {
			if !row.empty() {
				lines = append(lines, v.T("orders.settings.urge", clockName(v, row.Clock), supervision.Occasion(row.Kind).Label(), row.At))
			}
		}
		return strings.Join(lines, " ")
	}
	return []page.Difference{
		{Field: v.T("orders.settings.terms"), Mine: terms(s.Typed), Theirs: terms(theirs)},
		{Field: v.T("orders.settings.numbers"), Mine: numbers(s.Typed), Theirs: numbers(theirs)},
		{Field: v.T("orders.settings.urging"), Mine: urging(s.Typed), Theirs: urging(theirs)},
		{Field: v.T("orders.settings.grading"), Mine: gradingTitle(v, s.Typed.Grading), Theirs: gradingTitle(v, theirs.Grading)},
	}
}

func gradingTitle(v page.View, name string) string {
	rule, _ := supervision.GradingByName(name)
	return v.Wording(rule.Title)
}

// anyOf is what a value of a vocabulary is called; that it fits all where it is empty.
func anyOf[V interface {
	~string
	Label() ledger.Wording
}](v page.View, value V) string {
	if value == "" {
		return v.T("orders.settings.any")
	}
	return v.Wording(value.Label())
}

// clockName is what a clock of flow order is called.
func clockName(v page.View, name string) string {
	if c := definition().Clock(name); c != nil {
		return v.Wording(ledger.Wording{ZH: c.Title.Chinese, EN: c.Title.English})
	}
	return name
}

func clockOptions(v page.View) []page.Option {
	var options []page.Option
	for _, name := range supervision.Clocks() {
		options = append(options, page.Option{Value: name, Label: clockName(v, name)})
	}
	return options
}

// seriesName is what the orders of a series are called: a kind, of graded sheets with the colour behind a slash.
func seriesName(v page.View, name string) string {
	kind, sheet, _ := strings.Cut(name, "/")
	return v.Wording(kindName(supervision.Kind(kind), supervision.Sheet(sheet)))
}

// sends tells whether a row of urging goes to a recipient.
func (t typedUrging) sends(to supervision.Recipient) bool { return slices.Contains(t.To, string(to)) }
