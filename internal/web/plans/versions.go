package plans

import (
	"net/http"

	"luoshi/internal/service/planning"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// versionsView is a plan as it was, or what changed between two versions of it.
type versionsView struct {
	page.Errors
	names
	Plan ledger.Plan
	// Version is shown as it was; 0 where two are compared.
	Version int
	planning.Stretch
	From, To    int
	Differences []ledger.Difference
}

func (p *Pages) versions(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	record, err := p.planning.Plan(ctx, planID(r))
	if err != nil {
		return err
	}
	q := r.URL.Query()
	view := versionsView{Plan: record.Value, Version: atoi(q.Get("version")), From: atoi(q.Get("from")), To: atoi(q.Get("to"))}
	if view.names, err = p.names(ctx); err != nil {
		return err
	}
	last := len(view.Plan.Versions)
	switch {
	case last == 0:
	case view.From == 0 && view.To == 0 && (view.Version > 0 || last == 1):
		view.Version = max(view.Version, 1)
		view.From, view.To = max(last-1, 1), last
		view.Stretch, err = p.planning.StretchAsOf(ctx, view.Plan.ID, view.Version, behind(r))
	default:
		if view.From == 0 && view.To == 0 {
			view.From, view.To = last-1, last
		}
		view.Version = 0
		view.Differences, err = p.planning.CompareVersions(ctx, view.Plan.ID, view.From, view.To)
	}
	if err == nil {
		return web.Show(w, r, versionsPage(view))
	}
	if !mendable(err) {
		return err
	}
	view.Errors = errorsOf(page.Of(ctx), err)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, versionsPage(view))
}

// differenceTone is the tone of what happened to a commitment between two versions.
func differenceTone(k ledger.DifferenceKind) page.Tone {
	switch k {
	case ledger.Added:
		return page.Success
	case ledger.Dropped:
		return page.Danger
	default:
		return page.Info
	}
}

// either is the commitment of a difference.
func either(d ledger.Difference) *ledger.Commitment {
	if d.After != nil {
		return d.After
	}
	return d.Before
}
