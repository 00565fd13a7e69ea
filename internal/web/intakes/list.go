package intakes

import (
	"net/http"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/intake"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/searching"
)

// reviewList is the list of reviews as its page shows it.
type reviewList struct {
	page.List
	Reviews []intake.ReviewRef
	Views   []catalogue.SavedView
}

func reviewsOf(r *http.Request) page.List {
	v := page.Of(r.Context())
	return page.ListOf(r, page.Column{Title: v.T("intakes.document")}, page.Column{Title: v.T("intakes.plan")},
		page.Column{Title: v.T("intakes.progress")}, page.Column{Title: v.T("intakes.opened"), Narrow: true})
}

func queryOf(l page.List) intake.ReviewQuery {
	return intake.ReviewQuery{Words: l.Filter("words"), Stage: intake.ReviewStage(l.Filter("stage")), Limit: l.Limit, After: l.After}
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	l := reviewList{List: reviewsOf(r)}
	var to string
	var err error
	if l.Views, to, err = searching.Views(r, p.catalogue, l.List); err != nil {
		return err
	}
	if to != "" {
		return web.Redirect(w, r, to)
	}
	found, err := p.intake.ListReviews(r.Context(), queryOf(l.List))
	if err != nil {
		return err
	}
	l.Reviews, l.Next = found.Reviews, found.Next
	return web.Show(w, r, listPage(l))
}

// export is the list as a workbook.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	sheet := workbook.Sheet{Name: v.T("intakes.reviews"), Columns: []workbook.Column{
		{Heading: v.T("intakes.document"), Width: 48, Wrap: true}, {Heading: v.T("intakes.plan"), Width: 36, Wrap: true},
		{Heading: v.T("intakes.status.pending")}, {Heading: v.T("intakes.status.accepted")}, {Heading: v.T("intakes.status.rejected")},
		{Heading: v.T("intakes.number-entered"), Width: 14}, {Heading: v.T("intakes.opened"), Width: 20}, {Heading: v.T("intakes.ended"), Width: 20},
	}}
	rows := 0
	sheet.Rows = func(yield func([]workbook.Cell, error) bool) {
		for ref, err := range p.intake.EachReview(ctx, queryOf(reviewsOf(r))) {
			if rows++; !yield(exportRow(ref), err) {
				return
			}
		}
		// The log has it before the file leaves.
		if err := p.catalogue.NoteExport(ctx, "/intakes", r.URL.RawQuery, rows); err != nil {
			yield(nil, err)
		}
	}
	return workbook.Serve(w, v.T("intakes.reviews"), sheet)
}

func exportRow(ref intake.ReviewRef) []workbook.Cell {
	if ref.Document == "" {
		return nil
	}
	return []workbook.Cell{
		workbook.Text(ref.DocumentTitle), workbook.Text(ref.PlanTitle), workbook.Whole(int64(ref.Pending)),
		workbook.Whole(int64(ref.Accepted)), workbook.Whole(int64(ref.Rejected)), workbook.Whole(int64(ref.Commitments)),
		workbook.Moment(ref.Opened), workbook.Moment(ref.Entered),
	}
}

func stageOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("intakes.all")}}
	for _, stage := range intake.ReviewStages() {
		options = append(options, page.Option{Value: string(stage), Label: v.T("intakes.stage." + string(stage))})
	}
	return options
}
