package wall

import (
	"net/http"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// moving is the form on which another deadline is proposed.
type moving struct {
	Plan       ledger.PlanID
	Commitment store.Record[ledger.Commitment]
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
	if to, err := calendar.ParseDate(r.URL.Query().Get("to")); err == nil {
		m.By = to.String()
	}
	return m, nil
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
	wish := planning.Wish{Commitment: m.Commitment.Value.ID, Seen: m.Seen, Deadline: &by, Reason: m.Reason, Basis: m.Basis, Effective: f.Date("effective")}
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
			Field: v.T("wall.deadline"), Mine: v.Date(by), Theirs: v.Date(m.Commitment.Value.By),
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
