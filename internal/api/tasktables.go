package api

import (
	"bytes"
	"context"

	"luoshi/internal/service/intake"
	"luoshi/ledger"
	"luoshi/ledger/tasktable"
)

// workbookType is the content type of Excel files.
const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// TableImport is how a document with task tables is to be brought into a plan.
type TableImport struct {
	Plan    ledger.PlanID      `json:"plan,omitempty" maxLength:"100" doc:"A draft; where absent a plan is made"`
	Title   string             `json:"title,omitempty" maxLength:"200" doc:"Of the plan that is made"`
	Year    int                `json:"year,omitempty" minimum:"1949" maximum:"2999" doc:"Of the plan that is made"`
	Sheet   int                `json:"sheet,omitempty" minimum:"0" doc:"Which table of the document, from 0"`
	Mapping []tasktable.Column `json:"mapping,omitempty" maxItems:"200" doc:"What each column is; guessed where absent"`
}

func (t TableImport) of(document ledger.Digest) intake.Import {
	return intake.Import{Document: document, Plan: t.Plan, Title: t.Title, Year: t.Year, Sheet: t.Sheet, Mapping: t.Mapping}
}

// TablePreview is what an import would do.
type TablePreview struct {
	Headings []string           `json:"headings"`
	Mapping  []tasktable.Column `json:"mapping"`
	Good     int                `json:"good" doc:"Rows that would be imported"`
	Refused  int                `json:"refused" doc:"Rows that would not"`
	Rows     []TableRow         `json:"rows"`
}

// TableRow is a row of a task table.
type TableRow struct {
	Line  int    `json:"line"`
	Title string `json:"title"`
	Good  bool   `json:"good"`
	// Problems have the column as their place.
	Problems []Wrong `json:"problems"`
}

// Imported is what an import did.
type Imported struct {
	Plan ledger.PlanID `json:"plan"`
	Entered
}

func previewOf(x *exchange, p intake.Preview) TablePreview {
	shows := TablePreview{Headings: []string{}, Mapping: filled([]tasktable.Column(p.Mapping)), Good: p.Good, Refused: p.Refused, Rows: []TableRow{}}
	if p.Sheet < len(p.Sheets) {
		shows.Headings = filled(p.Sheets[p.Sheet].Headings)
	}
	for _, r := range p.Rows {
		row := TableRow{Line: r.Line, Title: r.Title, Good: r.Good(), Problems: []Wrong{}}
		for _, problem := range r.Problems {
			row.Problems = append(row.Problems, Wrong{Place: string(problem.Column), Code: problem.Code, Message: x.in(problem.What())})
		}
		shows.Rows = append(shows.Rows, row)
	}
	return shows
}

func (a *API) tableOperations() {
	s := a.options.Intake
	register(a, "preview-table", func(ctx context.Context, in *Doing[ledger.Digest, TableImport]) (*plain[TablePreview], error) {
		p, err := s.Preview(ctx, in.Body.of(in.ID))
		if err != nil {
			return nil, err
		}
		return &plain[TablePreview]{Body: previewOf(exchangeOf(ctx), p)}, nil
	})
	register(a, "import-table", func(ctx context.Context, in *Doing[ledger.Digest, TableImport]) (*plain[Imported], error) {
		plan, entered, err := s.Import(ctx, in.Body.of(in.ID))
		if err != nil {
			return nil, err
		}
		return &plain[Imported]{Body: Imported{Plan: plan, Entered: Entered(entered)}}, nil
	})
	register(a, "get-task-table", func(ctx context.Context, in *ByID[ledger.PlanID]) (*download, error) {
		var out bytes.Buffer
		if err := s.Export(ctx, in.ID, &out); err != nil {
			return nil, err
		}
		return &download{ContentType: workbookType, Disposition: `attachment; filename="plan.xlsx"`, Body: out.Bytes()}, nil
	}, answering(workbookType, "The plan as a task table of Excel"))
	register(a, "get-corrections", func(ctx context.Context, in *struct {
		OfReview
		What string `query:"what" enum:"corrected,removed" default:"corrected" doc:"Figures that should have been read otherwise, or such that are no promise"`
	},
	) (*download, error) {
		corrected, removed, err := s.Corrections(ctx, in.Plan, in.Document)
		if err != nil {
			return nil, err
		}
		out := &download{ContentType: linesType, Disposition: `attachment; filename="corrections.jsonl"`, Body: corrected}
		if in.What == "removed" {
			out.Body = removed
		}
		return out, nil
	}, answering(linesType, "Records of the reading guide, one a line"))
}

// download is a file as the answer.
type download struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}
