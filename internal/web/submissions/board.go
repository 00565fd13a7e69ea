package submissions

import (
	"fmt"
	"net/http"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// boardView is who has reported in a round.
type boardView struct {
	page.List
	uses.Board
	Plan  ledger.Plan
	Shown []uses.BoardLine
	Today calendar.Date
	// What the caller may do with the round.
	MayOpen, MayClose, MayEdit, MayRemind bool
}

// The filters beside the states of submissions.
const (
	silent  = "silent"  // not sent in
	tardy   = "overdue" // not sent in, and the due day is over
	sentOff = "sent"    // sent in, however far they are
)

// isSilent tells whether a form is still with its unit.
func isSilent(s reporting.State) bool { return s == reporting.Drafted || s == reporting.Returned }

// lets tells whether a filter lets a line through.
func lets(filter string, l uses.BoardLine) bool {
	switch filter {
	case "":
		return true
	case silent:
		return isSilent(l.State)
	case tardy:
		return l.Overdue
	case sentOff:
		return !isSilent(l.State)
	}
	return string(l.State) == filter
}

// boardStates are the choices of the filter.
func boardStates(v page.View) []page.Option {
	options := []page.Option{
		{Label: v.T("submissions.all")}, {Value: silent, Label: v.T("submissions.filter.silent")},
		{Value: tardy, Label: v.T("submissions.filter.overdue")}, {Value: sentOff, Label: v.T("submissions.filter.sent")},
	}
	for _, s := range []reporting.State{
		reporting.Drafted, reporting.Returned, reporting.Submitted, reporting.Statistic, reporting.Approved, reporting.Reviewed, reporting.Locked,
	} {
		options = append(options, page.Option{Value: string(s), Label: v.Wording(s.Label())})
	}
	return options
}

// remindable tells whether a unit can be reminded now: once a day.
func (b boardView) remindable(l uses.BoardLine) bool {
	return b.MayRemind && isSilent(l.State) && l.Asked > 0 && dayOf(l.Reminded) != b.Today
}

// toRemind is how many units can be reminded now, whichever are shown.
func (b boardView) toRemind() int {
	n := 0
	for _, l := range b.Lines {
		if b.remindable(l) {
			n++
		}
	}
	return n
}

// count is how many units a filter lets through.
func (b boardView) count(filter string) int {
	n := 0
	for _, l := range b.Lines {
		if lets(filter, l) {
			n++
		}
	}
	return n
}

func (p *Pages) boardView(r *http.Request) (boardView, error) {
	ctx, v := r.Context(), page.Of(r.Context())
	view := boardView{Today: p.core.Today(), List: page.ListOf(r,
		page.Column{Title: v.T("submissions.unit")}, page.Column{Title: v.T("submissions.state")},
		page.Column{Title: v.T("submissions.waits"), Narrow: true}, page.Column{Title: v.T("submissions.filled")},
		page.Column{Title: v.T("submissions.warnings"), Number: true}, page.Column{Title: v.T("submissions.sent"), Narrow: true},
		page.Column{Title: v.T("submissions.reminded"), Narrow: true},
	)}
	var err error
	if view.Board, err = p.uses.Board(ctx, roundID(r)); err != nil {
		return view, err
	}
	plan, err := p.core.Store().Plans().Get(ctx, string(view.Round.Plan))
	if err != nil {
		return view, err
	}
	view.Plan = plan.Value
	owned := service.Owned{Lead: view.Plan.Government}
	open := view.Round.State == reporting.Open
	view.MayOpen = view.Round.State == reporting.Planned && p.core.Can(ctx, "period.open", owned)
	view.MayClose = open && p.core.Can(ctx, "period.close", owned)
	view.MayEdit = p.core.Can(ctx, "period.edit", owned)
	view.MayRemind = view.Round.State != reporting.Planned && p.core.Can(ctx, "period.remind", owned)
	filter := view.Filter("state")
	for _, line := range view.Lines {
		if lets(filter, line) {
			view.Shown = append(view.Shown, line)
		}
	}
	return view, nil
}

func (p *Pages) board(w http.ResponseWriter, r *http.Request) error {
	view, err := p.boardView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, boardPage(view))
}

// remind reminds the units that were ticked, one, or all.
func (p *Pages) remind(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	to := back(r.PostForm.Get("back"), roundURL(roundID(r), ""))
	var units []ledger.UnitID
	switch one := r.PostForm.Get("one"); {
	case one != "":
		units = append(units, ledger.UnitID(one))
	case r.PostForm.Get("all") == "":
		for _, unit := range r.PostForm["unit"] {
			units = append(units, ledger.UnitID(unit))
		}
		if len(units) == 0 {
			web.Flash(w, r, page.Warning, "submissions.remind.none")
			return web.Redirect(w, r, to)
		}
	}
	told, err := p.uses.RemindNow(r.Context(), roundID(r), units)
	switch {
	case err != nil:
		return flashed(w, r, err, to)
	case told == 0:
		web.Flash(w, r, page.Info, "submissions.remind.nobody")
	default:
		web.Flash(w, r, page.Success, "submissions.remind.done", told)
	}
	return web.Redirect(w, r, to)
}

// exportBoard is the board as a workbook, as it is filtered.
func (p *Pages) exportBoard(w http.ResponseWriter, r *http.Request) error {
	view, err := p.boardView(r)
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	var rows [][]workbook.Cell
	for _, l := range view.Shown {
		rows = append(rows, []workbook.Cell{
			workbook.Text(l.UnitName), workbook.Text(v.Wording(l.State.Label())), workbook.Text(v.Wording(l.Waits)),
			workbook.Whole(int64(l.Filled)), workbook.Whole(int64(l.Asked)), workbook.Whole(int64(l.Warnings)),
			workbook.Moment(l.Sent.In(service.Zone())), workbook.Text(marks(v, l)), workbook.Moment(l.Reminded.In(service.Zone())), workbook.Text(l.Returned),
		})
	}
	name := v.T("submissions.two", view.Plan.Title, view.Round.Period.Title())
	if err := p.catalogue.NoteExport(r.Context(), roundURL(view.Round.ID, ""), r.URL.RawQuery, len(rows)); err != nil {
		return err
	}
	return workbook.Serve(w, name, workbook.Sheet{Name: v.Wording(view.Round.Period.Title()), Rows: workbook.Rows(rows...), Columns: workbook.Columns(v.T, "submissions.", exported)})
}

// exported are the columns of the exported board.
var exported = workbook.Headings{
	{"unit", 28}, {"state", 16}, {"waits", 18}, {"filled", 8}, {"asked", 8}, {"warnings", 8}, {"sent", 18}, {"remark", 14}, {"reminded", 18},
	{"returned", 40},
}

// marks say in words what a line's badges say.
func marks(v page.View, l uses.BoardLine) string {
	var said []string
	if l.Overdue {
		said = append(said, v.T("submissions.overdue"))
	}
	if l.Late {
		said = append(said, v.T("submissions.late"))
	}
	return strings.Join(said, " ")
}
