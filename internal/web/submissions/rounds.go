package submissions

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"luoshi/calendar"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// roundsView is the year of a plan's rounds.
type roundsView struct {
	Plans   []ledger.Plan
	Plan    ledger.Plan
	Rounds  []uses.RoundView
	SetUp   bool // somebody has saved settings
	Today   calendar.Date
	Problem string
}

// month is a month of the calendar with the rounds that are due in it.
type month struct {
	Year   int
	Number time.Month
	Now    bool
	Rounds []uses.RoundView
}

// months are those of the plan's year, and what comes behind it.
func (v roundsView) months() []month {
	var all []month
	for n := range 12 {
		all = append(all, month{Year: v.Plan.Year, Number: time.Month(n + 1)})
	}
	for _, r := range v.Rounds {
		m := month{Year: int(r.Due.Year), Number: time.Month(r.Due.Month)}
		i := slices.IndexFunc(all, func(o month) bool { return o.Year == m.Year && o.Number == m.Number })
		if i < 0 {
			i, all = len(all), append(all, m)
		}
		all[i].Rounds = append(all[i].Rounds, r)
	}
	for i, m := range all {
		all[i].Now = m.Year == int(v.Today.Year) && m.Number == time.Month(v.Today.Month)
		slices.SortStableFunc(all[i].Rounds, func(a, b uses.RoundView) int { return b.Due.DaysTo(a.Due) })
	}
	return all
}

func (m month) title() ledger.Wording {
	return ledger.Wording{ZH: fmt.Sprintf("%d\u5e74%d\u6708", m.Year, m.Number), EN: fmt.Sprintf("%s %d", m.Number.String()[:3], m.Year)}
}

// of are the rounds of a frequency.
func (v roundsView) of(f reporting.Frequency) []uses.RoundView {
	return slices.DeleteFunc(slices.Clone(v.Rounds), func(r uses.RoundView) bool { return r.Period.Frequency != f })
}

// overdue is how many units of a round should have reported by a day and have not.
func overdue(r uses.RoundView, on calendar.Date) int {
	if r.State == reporting.Planned || !r.Due.Before(on) {
		return 0
	}
	return r.Units - r.Reported
}

func (p *Pages) rounds(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	view := roundsView{Today: p.core.Today()}
	var err error
	if view.Plans, err = p.catalogue.Plans(ctx); err != nil {
		return err
	}
	view.Plan = forms.Chosen(view.Plans, r.URL.Query().Get("plan"))
	if view.Plan.ID == "" {
		return web.Show(w, r, roundsPage(view))
	}
	settings, err := p.uses.Settings(ctx, view.Plan.ID)
	if err != nil {
		return err
	}
	view.SetUp = settings.Revision > 0
	if view.Rounds, err = p.uses.Rounds(ctx, view.Plan.ID); err != nil {
		return err
	}
	return web.Show(w, r, roundsPage(view))
}

func roundID(r *http.Request) reporting.RoundID { return reporting.RoundID(r.PathValue("round")) }

func (p *Pages) openRound(w http.ResponseWriter, r *http.Request) error {
	view, err := p.uses.OpenRound(r.Context(), roundID(r), forms.Seen(r))
	return p.changed(w, r, "submissions.round.opened", view, err)
}

func (p *Pages) closeRound(w http.ResponseWriter, r *http.Request) error {
	view, err := p.uses.CloseRound(r.Context(), roundID(r), forms.Seen(r))
	return p.changed(w, r, "submissions.round.closed", view, err)
}

func (p *Pages) changeRound(w http.ResponseWriter, r *http.Request) error {
	f := forms.ValuesOf(r)
	dates := uses.RoundDates{Opens: f.Date("opens"), Due: f.Date("due"), Closes: f.Date("closes")}
	if !f.None() {
		web.Flash(w, r, page.Danger, "submissions.said", f.All()[0])
		return web.Redirect(w, r, roundURL(roundID(r), ""))
	}
	view, err := p.uses.ChangeRound(r.Context(), roundID(r), dates, forms.Seen(r))
	return p.changed(w, r, "submissions.round.changed", view, err)
}

// changed leads back to a round that was changed by hand, or says why it was not.
func (p *Pages) changed(w http.ResponseWriter, r *http.Request, key string, view uses.RoundView, err error) error {
	if err != nil {
		return flashed(w, r, err, roundURL(roundID(r), ""))
	}
	web.Flash(w, r, page.Success, key, view.Period.Title())
	return web.Redirect(w, r, roundURL(view.ID, ""))
}
