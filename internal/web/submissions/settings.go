package submissions

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// settingsView is the form of the settings of a plan.
type settingsView struct {
	page.Errors
	Plan       ledger.Plan
	Revision   int64
	Typed      typedSettings
	Names      forms.Names
	Asked      *uses.Askable
	Indicators []page.Option
	Find       string // names that hold it are to choose from
	Clash      *page.Clash
}

// titleOf is what a subject is called, with what sort of thing it is.
func titleOf(v page.View, all *uses.Askable, subject reporting.Subject) string {
	name := all.Title(subject)
	if name == "" {
		return v.T("submissions.subject.gone")
	}
	return v.T("submissions.subject", v.Wording(subject.Kind.Label()), name)
}

// kinds are the kinds of what is asked, in the order of the form.
var kinds = []reporting.SubjectKind{reporting.OfIndicator, reporting.OfTarget, reporting.OfTask, reporting.OfProject}

// frequencies are the choices of how often something is asked; first those that stand before them.
func frequencies(v page.View, before ...page.Option) []page.Option {
	return append(before, forms.Labels(v, v.T("submissions.unasked"), reporting.Frequencies())...)
}

// presets are the schedules of a frequency to choose from.
func presets(f reporting.Frequency) []reporting.Preset {
	return slices.DeleteFunc(reporting.Presets(), func(p reporting.Preset) bool { return p.Schedule.Frequency != f })
}

// source is where a preset is written. The paper in which the sources were gathered, which they name in brackets, is not
// at hand where the page is read.
func source(p reporting.Preset) string {
	text, _, _ := strings.Cut(p.Source, " (")
	return text
}

// reminders says on which working days units are reminded.
func reminders(v page.View, days []int) string {
	said := make([]string, len(days))
	for i, n := range days {
		switch {
		case n > 0:
			said[i] = v.T("submissions.remind.before", n)
		case n == 0:
			said[i] = v.T("submissions.remind.day")
		default:
			said[i] = v.T("submissions.remind.after", -n)
		}
	}
	return orNone(v, listed(v, said))
}

// mostChoices is how many subjects are to choose from at once; where there are more, they are looked for by name.
const mostChoices = 60

// choices are the subjects that have no exception yet, as far as they are looked for, and how many there are in all.
func (s settingsView) choices(v page.View) (options []page.Option, all int) {
	for _, a := range s.Asked.All {
		if _, excepted := s.Typed.Exceptions[a.Subject]; excepted || a.Again || !strings.Contains(a.Title, s.Find) {
			continue
		}
		if all++; all <= mostChoices {
			options = append(options, page.Option{Value: a.Subject.String(), Label: titleOf(v, s.Asked, a.Subject)})
		}
	}
	return options, all
}

// excepted are the subjects with an exception, in the order of the form.
func (s settingsView) excepted() []reporting.Subject {
	var subjects []reporting.Subject
	for subject := range s.Typed.Exceptions {
		subjects = append(subjects, subject)
	}
	slices.SortFunc(subjects, func(a, b reporting.Subject) int { return strings.Compare(a.String(), b.String()) })
	return subjects
}

func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	plan := ledger.PlanID(r.URL.Query().Get("plan"))
	record, err := p.uses.Settings(r.Context(), plan)
	if err != nil {
		return err
	}
	view, err := p.settingsView(r, plan, typedOf(record.Value))
	if err != nil {
		return err
	}
	view.Revision = record.Revision
	return web.Show(w, r, settingsPage(view))
}

func (p *Pages) settingsView(r *http.Request, id ledger.PlanID, typed typedSettings) (settingsView, error) {
	ctx := r.Context()
	view := settingsView{Typed: typed}
	plan, err := p.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return view, err
	}
	view.Plan = plan.Value
	if view.Asked, err = p.uses.Subjects(ctx, id); err != nil {
		return view, err
	}
	for _, a := range view.Asked.All {
		if a.Subject.Kind == reporting.OfIndicator && !a.Again {
			view.Indicators = append(view.Indicators, page.Option{Value: a.Subject.ID, Label: a.Title})
		}
	}
	view.Names, err = forms.NamesOf(ctx, p.core)
	return view, err
}

func (p *Pages) saveSettings(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	v, plan := page.Of(r.Context()), ledger.PlanID(r.PostForm.Get("plan"))
	typed := readSettings(r.PostForm)
	settings, problems := typed.settings(v)
	if r.PostForm.Get("then") == "find" {
		view, err := p.settingsView(r, plan, typed)
		if err != nil {
			return err
		}
		view.Revision, view.Find = forms.Seen(r), strings.TrimSpace(r.PostForm.Get("find"))
		return web.Show(w, r, settingsPage(view))
	}
	var err error
	if problems.None() {
		if _, err = p.uses.SaveSettings(r.Context(), plan, settings, forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "submissions.settings.saved")
			return web.Redirect(w, r, planURL("/rounds", plan))
		}
	}
	view, failed := p.settingsView(r, plan, typed)
	if failed != nil {
		return failed
	}
	view.Errors, view.Revision = problems, forms.Seen(r)
	if err == nil {
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, settingsPage(view))
	}
	var clash *store.Conflict[uses.Settings]
	if errors.As(err, &clash) {
		view.Revision = clash.Current.Revision
		fields := view.differences(v, typedOf(clash.Current.Value))
		if view.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, planURL("/rounds/settings", plan), fields); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusConflict, settingsPage(view))
	}
	e, mendable := errorsOf(v, err)
	if !mendable {
		return err
	}
	view.Errors = e
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, settingsPage(view))
}

// differences are what was typed beside what somebody else has saved meanwhile.
func (s settingsView) differences(v page.View, theirs typedSettings) []page.Difference {
	mine := s.Typed
	often := func(f reporting.Frequency) string {
		if f == "" {
			return v.T("submissions.unasked")
		}
		return v.Wording(f.Label())
	}
	var fields []page.Difference
	for _, kind := range kinds {
		fields = append(fields, page.Difference{Field: v.Wording(kind.Label()), Mine: often(mine.Kinds[kind]), Theirs: often(theirs.Kinds[kind])})
	}
	for _, f := range reporting.Frequencies() {
		fields = append(fields, page.Difference{Field: v.Wording(f.Label()), Mine: mine.Schedules[f].text(v, f), Theirs: theirs.Schedules[f].text(v, f)})
	}
	said := func(t typedSettings) string {
		var lines []string
		for _, subject := range (settingsView{Typed: t}).excepted() {
			lines = append(lines, v.T("submissions.pair", titleOf(v, s.Asked, subject), often(t.Exceptions[subject])))
		}
		return listed(v, lines)
	}
	return append(fields,
		page.Difference{Field: v.T("submissions.exceptions"), Mine: said(mine), Theirs: said(theirs)},
		page.Difference{Field: v.T("submissions.statistics.unit"), Mine: s.Names.Unit(mine.StatisticsUnit), Theirs: s.Names.Unit(theirs.StatisticsUnit)},
		page.Difference{Field: v.T("submissions.statistics"), Mine: s.named(mine.Statistics), Theirs: s.named(theirs.Statistics)},
		page.Difference{Field: v.T("submissions.from"), Mine: mine.From, Theirs: theirs.From})
}

// named are the names of indicators.
func (s settingsView) named(ids []string) string {
	var names []string
	for _, o := range s.Indicators {
		if slices.Contains(ids, o.Value) {
			names = append(names, o.Label)
		}
	}
	return strings.Join(names, " ")
}
