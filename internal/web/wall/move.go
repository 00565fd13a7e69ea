package wall

import (
	"net/http"
	"slices"
	"strconv"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// moving is the form on which another deadline is proposed, of the whole or of a milestone.
type moving struct {
	Plan       ledger.PlanID
	Commitment store.Record[ledger.Commitment]
	Milestone  ledger.Milestone // that is to be moved; zero where it is the deadline
	By         string
	Reason     string
	Basis      ledger.Basis
	BasisDate  string
	Effective  string
	Seen       int64
	page.Errors
	Clash *page.Clash
}

// moving is the form as it is first shown: with the day to which the deadline was drawn.
func (p *Pages) moving(r *http.Request) (moving, error) {
	record, err := p.planning.Commitment(r.Context(), ledger.CommitmentID(r.PathValue("commitment")))
	if err != nil {
		return moving{}, err
	}
	plan := ledger.PlanID(r.PathValue("plan"))
	if record.Value.Plan != plan {
		return moving{}, &store.NotFound{Kind: "commitments", ID: string(record.Value.ID)}
	}
	m := moving{Plan: plan, Commitment: record, By: record.Value.By.String(), Effective: p.core.Today().String(), Seen: record.Revision}
	if text := r.URL.Query().Get("milestone"); text != "" {
		i := slices.IndexFunc(record.Value.Milestones, func(one ledger.Milestone) bool { return strconv.Itoa(one.Number) == text })
		if i < 0 {
			return moving{}, &store.NotFound{Kind: "milestones", ID: string(record.Value.ID) + "/" + text}
		}
		m.Milestone = record.Value.Milestones[i]
		m.By = m.Milestone.By.String()
	}
	if to, err := calendar.ParseDate(r.URL.Query().Get("to")); err == nil {
		m.By = to.String()
	}
	return m, nil
}

// now is the day that is to be moved.
func (m moving) now() calendar.Date {
	if m.Milestone.Number > 0 {
		return m.Milestone.By
	}
	return m.Commitment.Value.By
}

// action is where the form is sent to.
func (m moving) action() string {
	to := URL(m.Plan) + "/deadline/" + string(m.Commitment.Value.ID)
	if m.Milestone.Number > 0 {
		to += "?milestone=" + strconv.Itoa(m.Milestone.Number)
	}
	return to
}

// title and label are what the page and its first field are called.
func (m moving) title(v page.View) string {
	if m.Milestone.Number > 0 {
		return v.T("wall.move.milestone.title")
	}
	return v.T("wall.move.title")
}

func (m moving) label(v page.View) string {
	if m.Milestone.Number > 0 {
		return v.T("wall.move.milestone.to")
	}
	return v.T("wall.move.to")
}

func (p *Pages) moveForm(w http.ResponseWriter, r *http.Request) error {
	m, err := p.moving(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, movePage(m))
}

// move proposes what the form says. Nothing on the chart changes before others have approved it and put it in force.
func (p *Pages) move(w http.ResponseWriter, r *http.Request) error {
	m, err := p.moving(r)
	if err != nil {
		return err
	}
	f := forms.ValuesOf(r)
	m.By, m.Reason, m.Effective, m.BasisDate, m.Seen = f.Text("by"), f.Text("reason"), f.Text("effective"), f.Text("basis.date"), forms.Seen(r)
	m.Basis = ledger.Basis{Title: f.Text("basis.title"), Number: f.Text("basis.number"), Date: f.Date("basis.date")}
	by := f.Date("by")
	wish := planning.Wish{Commitment: m.Commitment.Value.ID, Seen: m.Seen, Reason: m.Reason, Basis: m.Basis, Effective: f.Date("effective")}
	if m.Milestone.Number > 0 {
		wish.Milestones = map[int]calendar.Date{m.Milestone.Number: by}
	} else {
		wish.Deadline = &by
	}
	if f.None() {
		var made store.Record[ledger.Amendment]
		if made, err = p.planning.ProposeAmendment(r.Context(), wish); err == nil {
			web.Flash(w, r, page.Success, "wall.proposed")
			return web.Redirect(w, r, page.AmendmentURL(made.Value.ID, ""))
		}
	}
	if store.IsConflict(err) {
		v := page.Of(r.Context())
		m.Clash = &page.Clash{URL: page.CommitmentURL(m.Commitment.Value.ID, ""), Fields: []page.Difference{{
			Field: v.T("wall.deadline"), Mine: v.Date(by), Theirs: v.Date(m.now()),
		}}}
		m.Seen = m.Commitment.Revision
		return web.ShowStatus(w, r, http.StatusConflict, movePage(m))
	}
	errors, mendable := forms.Mendable(r, f, err)
	if !mendable {
		return err
	}
	m.Errors = errors
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, movePage(m))
}
