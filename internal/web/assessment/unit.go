package assessment

import (
	"fmt"
	"net/http"

	uses "luoshi/internal/service/assessment"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

// unitView is the score of a unit with the way to every point.
type unitView struct {
	page.Errors
	uses.View
	Score     rules.Score
	Names     forms.Names
	People    map[ledger.AccountID]string
	MayAppeal bool
	Appealed  uses.Appeal // what was typed
}

// items are what an appeal can be against.
func (u unitView) items(v page.View) []page.Option {
	options := []page.Option{{Value: "", Label: v.T("assessment.choose")}}
	for _, l := range u.Score.Lines {
		options = append(options, page.Option{Value: l.Item, Label: l.Title})
	}
	return options
}

func (p *Pages) unitView(r *http.Request) (unitView, error) {
	ctx := r.Context()
	var u unitView
	var err error
	if u.View, err = p.uses.Assessment(ctx, idOf(r)); err != nil {
		return u, err
	}
	unit := ledger.UnitID(r.PathValue("unit"))
	score, there := u.Result.Of(unit)
	if !there {
		return u, &store.NotFound{Kind: "assessment_scores", ID: string(unit)}
	}
	u.Score, u.MayAppeal = score, p.uses.MayAppeal(ctx, u.View, score)
	if u.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return u, err
	}
	var accounts []ledger.AccountID
	for _, l := range score.Lines {
		for _, e := range l.Entries {
			accounts = append(accounts, e.Account)
		}
	}
	u.People, err = p.people(ctx, accounts...)
	return u, err
}

func (p *Pages) unit(w http.ResponseWriter, r *http.Request) error {
	u, err := p.unitView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, unitPage(u))
}

// appeal appeals against an item of a unit's score.
func (p *Pages) appeal(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	unit := ledger.UnitID(r.PathValue("unit"))
	appeal := uses.Appeal{Unit: unit, Item: r.PostForm.Get("item"), Text: r.PostForm.Get("text"), Basis: r.PostForm.Get("basis")}
	err := p.uses.Appeal(r.Context(), idOf(r), appeal)
	if err == nil {
		web.Flash(w, r, page.Success, "assessment.appeal.sent")
		return web.Redirect(w, r, unitURL(idOf(r), unit, ""))
	}
	return failed(r, err, func(e page.Errors) error {
		u, err := p.unitView(r)
		if err != nil {
			return err
		}
		u.Errors, u.Appealed = e, appeal
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, unitPage(u))
	})
}

// figureOf is what a fact comes to in a line, with the records that it comes from.
func figureOf(l rules.Line, name rules.FactName) []rules.Fact {
	var facts []rules.Fact
	for _, f := range l.Inputs {
		if f.Name == name {
			facts = append(facts, f)
		}
	}
	return facts
}

// sources are the records behind a line: those of the whole, which hold those of the part. Part tells which they are.
func sources(l rules.Line) (all []rules.Source, part map[string]bool) {
	f := formulaOf(l.Formula)
	part = map[string]bool{}
	for _, fact := range figureOf(l, f.Part) {
		for _, s := range fact.Sources {
			part[s.ID] = true
		}
	}
	for _, fact := range figureOf(l, f.Whole) {
		all = append(all, fact.Sources...)
	}
	return all, part
}

// others are the units, besides the unit itself, whose figures count in a line.
func (u unitView) others(v page.View, l rules.Line) string {
	seen, names := map[ledger.UnitID]bool{u.Score.Unit: true}, []string{}
	for _, f := range l.Inputs {
		if !seen[f.Unit] {
			names = append(names, u.Names.Unit(f.Unit))
		}
		seen[f.Unit] = true
	}
	return joined(v, names)
}

// sumText is the sum behind a line's points, with its figures.
func sumText(v page.View, l rules.Line) string {
	key := "assessment.sum"
	if formulaOf(l.Formula).Rest {
		key = "assessment.sum.rest"
	}
	return v.T(key, l.Part.Plain(), l.Whole.Plain(), l.Share.Plain(), l.Weight.Plain(), l.Points.Plain())
}

// sourceTitle is what a record is called.
func sourceTitle(v page.View, s rules.Source) string {
	if s.Kind == "submissions" {
		if period, err := reporting.ParsePeriod(s.Title); err == nil {
			return v.Wording(period.Title())
		}
	}
	return s.Title
}
