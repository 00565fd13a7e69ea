package progress

import (
	"context"
	"net/http"

	"luoshi/calendar"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/charts"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// lightPage is the light of a commitment as its page shows it.
type lightPage struct {
	uses.LightView
	Today   calendar.Date
	Options charts.Options
	Person  func(ledger.AccountID) string
	// What was typed into the form that sets a light by hand, and what is wrong with it.
	Colour, Reason, Until, Lifting string
	page.Errors
}

func (p *Pages) light(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r.Context(), commitmentID(r))
	if err != nil {
		return err
	}
	return web.Show(w, r, lightShown(s))
}

func (p *Pages) load(ctx context.Context, id ledger.CommitmentID) (lightPage, error) {
	v, err := p.uses.Light(ctx, id)
	if err != nil {
		return lightPage{}, err
	}
	s := lightPage{LightView: v, Today: p.core.Today()}
	if s.Options, err = Sources(ctx, p.core, p.reports, v.Plan.ID); err != nil {
		return s, err
	}
	var accounts []ledger.AccountID
	for _, turn := range v.History {
		if turn.Account != "" {
			accounts = append(accounts, turn.Account)
		}
	}
	if v.Hand != nil {
		accounts = append(accounts, v.Hand.Account)
	}
	s.Person, err = p.named(ctx, accounts...)
	return s, err
}

// parts are what is measured of the commitment, each with its course.
func (s lightPage) parts() []part {
	var all []part
	for i, judged := range s.Parts {
		one := part{Part: judged, Number: i + 1}
		for _, c := range s.Courses {
			if c.Subject == judged.Subject && c.Unit == judged.Unit && c.Light.Target == judged.Light.Target {
				one.Course, one.Drawn = c, true
			}
		}
		one.Options = s.Options
		if s.Evidence > 0 {
			one.Options = withEvidence(s.Options, judged.Subject)
		}
		one.Options.ID = "course-" + decimal(one.Number)
		all = append(all, one)
	}
	return all
}

// part is what is measured of a commitment.
type part struct {
	uses.Part
	Number  int
	Course  uses.Course
	Drawn   bool // it has a course
	Options charts.Options
}

// settable are the colours that somebody may set.
var settable = []light.Colour{light.Red, light.Yellow, light.Green, light.Blue}

func (p *Pages) setByHand(w http.ResponseWriter, r *http.Request) error {
	v, id := forms.ValuesOf(r), commitmentID(r)
	set := uses.ByHand{Commitment: id, Colour: light.Colour(v.Text("colour")), Reason: v.Text("reason"), Until: v.Date("until")}
	var err error
	if v.None() {
		if err = p.uses.SetByHand(r.Context(), set); err == nil {
			web.Flash(w, r, page.Success, "light.set")
			return web.Redirect(w, r, LightURL(id, ""))
		}
	}
	return p.again(w, r, v, err)
}

func (p *Pages) lift(w http.ResponseWriter, r *http.Request) error {
	v, id := forms.ValuesOf(r), commitmentID(r)
	err := p.uses.Lift(r.Context(), id, v.Text("reason"))
	if err == nil {
		web.Flash(w, r, page.Success, "light.lifted")
		return web.Redirect(w, r, LightURL(id, ""))
	}
	return p.again(w, r, v, err)
}

// again shows the page once more with what was typed and what is wrong with it.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, v *forms.Values, err error) error {
	wrong, ok := forms.Mendable(r, v, err)
	if !ok {
		return err
	}
	s, err := p.load(r.Context(), commitmentID(r))
	if err != nil {
		return err
	}
	s.Errors, s.Colour, s.Reason, s.Until = wrong, v.Text("colour"), v.Text("reason"), v.Text("until")
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, lightShown(s))
}
