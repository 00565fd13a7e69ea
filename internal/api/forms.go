package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"time"

	"github.com/danielgtaylor/huma/v2"

	reports "luoshi/internal/service/reporting"
	forms "luoshi/internal/service/reporting/sheet"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// OfForm is which form an operation is about.
type OfForm struct {
	Round reporting.RoundID `path:"id" maxLength:"100"`
	Unit  ledger.UnitID     `path:"unit" maxLength:"100"`
}

// FilledRow is what is to stand in a row.
type FilledRow struct {
	reporting.Observation
	Revision int64 `json:"revision,omitempty" minimum:"0" doc:"Of the row as it was seen; 0 where nothing was said"`
}

// FilledRows are rows that are filled.
type FilledRows struct {
	Rows []FilledRow `json:"rows" minItems:"1" maxItems:"1000"`
}

// SavedRows is what came of filling rows.
type SavedRows struct {
	Submission Submission    `json:"submission"`
	Rows       []FormRow     `json:"rows" doc:"Those that were saved, with what is derived from them and what the checks say"`
	Conflicts  []RowConflict `json:"conflicts" doc:"Rows that somebody else has changed since they were seen; nothing of them was saved"`
}

// RowConflict is a row that somebody else has changed.
type RowConflict struct {
	Subject  reporting.Subject     `json:"subject"`
	Mine     reporting.Observation `json:"mine"`
	Theirs   reporting.Observation `json:"theirs"`
	Revision int64                 `json:"revision" doc:"Of theirs"`
	By       ledger.AccountID      `json:"by"`
	At       time.Time             `json:"at"`
}

func savedOf(ctx context.Context, s reports.Saved) SavedRows {
	out := SavedRows{Submission: submissionOf(s.Submission), Rows: formRowsOf(exchangeOf(ctx), s.Rows), Conflicts: []RowConflict{}}
	for _, c := range s.Conflicts {
		out.Conflicts = append(out.Conflicts, RowConflict(c))
	}
	return out
}

func (a *API) formOperations() {
	r := a.options.Reporting
	register(a, "get-form", func(ctx context.Context, in *OfForm) (*plain[Form], error) {
		v, err := r.Form(ctx, in.Round, in.Unit)
		if err != nil {
			return nil, err
		}
		return &plain[Form]{Body: unitFormOf(ctx, v)}, nil
	})
	register(a, "fill-rows", func(ctx context.Context, in *struct {
		OfForm
		Body FilledRows
	},
	) (*plain[SavedRows], error) {
		filling := reports.Filling{Round: in.Round, Unit: in.Unit, Token: tokenOf(ctx)}
		for _, row := range in.Body.Rows {
			o := row.Observation
			o.Origin, o.Source = reporting.Typed, ""
			filling.Rows = append(filling.Rows, reports.Filled{Observation: o, Seen: row.Revision})
		}
		saved, err := r.Save(ctx, filling)
		if err != nil {
			return nil, err
		}
		return &plain[SavedRows]{Body: savedOf(ctx, saved)}, nil
	})
	a.formFiles()
}

// sheetForm is the form of an upload of a workbook or a table.
type sheetForm struct {
	File      huma.FormFile `form:"file" required:"true" contentType:"application/octet-stream"`
	Mapping   string        `form:"mapping" required:"false" maxLength:"20000" doc:"Of a table: for what columns are to be taken, a JSON object of keys by headings; those that are not in it are recognised by their usual names"`
	SoundOnly bool          `form:"sound_only" required:"false" doc:"Of a table: bring in the rows without errors where others have some"`
}

// sheetUpload is an upload of a workbook or a table for a form.
type sheetUpload struct {
	OfForm
	RawBody huma.MultipartFormFiles[sheetForm]
}

// read is the file of an upload, with its name and what its columns are to be taken for.
func (u *sheetUpload) read(ctx context.Context) (name string, data []byte, mapping forms.Mapping, err error) {
	// What does not fit into memory is in files that nobody else takes away.
	defer func() { _ = u.RawBody.Form.RemoveAll() }()
	form := u.RawBody.Data()
	if form.Mapping != "" && json.Unmarshal([]byte(form.Mapping), &mapping) != nil {
		x := exchangeOf(ctx)
		p := problemOf(ctx, kindInvalid)
		p.Errors = []Wrong{x.wrongOf(&huma.ErrorDetail{Location: "body.mapping", Message: "expected object"})}
		return "", nil, nil, p
	}
	data, err = io.ReadAll(io.LimitReader(form.File, forms.MostBytes+1))
	return form.File.Filename, data, mapping, err
}

// SheetResult is what came of a file with figures.
type SheetResult struct {
	Imported bool            `json:"imported" doc:"All of its rows stand in the form; where false none of them does"`
	Saved    *SavedRows      `json:"saved,omitempty"`
	Problems []SheetProblem  `json:"problems"`
	Marked   []byte          `json:"marked,omitempty" doc:"The workbook with the problems marked, in base64"`
	Columns  []TableColumn   `json:"columns,omitempty" doc:"Of a table: for what its columns were taken"`
	Table    []FormTableLine `json:"table,omitempty" doc:"Of a table: its rows"`
}

// SheetProblem is something wrong with a cell.
type SheetProblem struct {
	Sheet   string `json:"sheet,omitempty"`
	Cell    string `json:"cell,omitempty"`
	Title   string `json:"title,omitempty" doc:"Of the row"`
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Warning bool   `json:"warning"`
	Message string `json:"message"`
	Advice  string `json:"advice"`
}

// TableColumn is a column of a table, and for what it was taken.
type TableColumn struct {
	Heading string `json:"heading"`
	Key     string `json:"key,omitempty" doc:"Nothing where it is left out"`
}

// FormTableLine is a row of a table.
type FormTableLine struct {
	Line        int                    `json:"line" doc:"In the file, from 1"`
	Name        string                 `json:"name"`
	Subject     *reporting.Subject     `json:"subject,omitempty" doc:"Absent where it is nothing that the unit is asked for"`
	Title       string                 `json:"title,omitempty"`
	Observation *reporting.Observation `json:"observation,omitempty"`
	Sound       bool                   `json:"sound" doc:"It can come in"`
	Problems    []SheetProblem         `json:"problems"`
}

func sheetProblemsOf(x *exchange, problems []forms.Problem) []SheetProblem {
	all := []SheetProblem{}
	for _, p := range problems {
		all = append(all, SheetProblem{
			Sheet: p.Sheet, Cell: p.Cell, Title: p.Title, Column: p.Column, Code: p.Code, Warning: p.Warning,
			Message: x.in(p.What), Advice: x.in(p.Do),
		})
	}
	return all
}

func sheetResultOf(ctx context.Context, r reports.FromSheet) SheetResult {
	x := exchangeOf(ctx)
	out := SheetResult{Imported: r.Imported, Problems: sheetProblemsOf(x, r.Problems), Marked: r.Marked}
	if r.Imported && r.Saved.Submission.ID != "" {
		saved := savedOf(ctx, r.Saved)
		out.Saved = &saved
	}
	for _, c := range r.Table.Columns {
		out.Columns = append(out.Columns, TableColumn(c))
	}
	for _, l := range r.Table.Rows {
		line := FormTableLine{Line: l.Number, Name: l.Name, Title: l.Title, Sound: l.Sound(), Problems: sheetProblemsOf(x, l.Problems)}
		if l.Subject != (reporting.Subject{}) {
			line.Subject, line.Observation = &l.Subject, &l.Observation
		}
		out.Table = append(out.Table, line)
	}
	return out
}

func (a *API) formFiles() {
	r := a.options.Reporting
	register(a, "get-form-sheet", func(ctx context.Context, in *OfForm) (*download, error) {
		var out bytes.Buffer
		name, err := r.WriteSheet(ctx, in.Round, in.Unit, exchangeOf(ctx).lang, &out)
		if err != nil {
			return nil, err
		}
		return &download{ContentType: workbookType, Disposition: attached(name), Body: out.Bytes()}, nil
	}, answering(workbookType, "The form as a workbook of Excel, to be filled and sent back"))
	take := func(name string, do func(context.Context, *sheetUpload, string, []byte, forms.Mapping) (reports.FromSheet, error)) {
		register(a, name, func(ctx context.Context, in *sheetUpload) (*plain[SheetResult], error) {
			file, data, mapping, err := in.read(ctx)
			if err != nil {
				return nil, err
			}
			result, err := do(ctx, in, file, data, mapping)
			if err != nil {
				return nil, err
			}
			return &plain[SheetResult]{Body: sheetResultOf(ctx, result)}, nil
		}, bringing(forms.MostBytes))
	}
	take("fill-from-sheet", func(ctx context.Context, in *sheetUpload, file string, data []byte, _ forms.Mapping) (reports.FromSheet, error) {
		return r.FillFromSheet(ctx, in.Round, in.Unit, exchangeOf(ctx).lang, file, data)
	})
	take("preview-form-table", func(ctx context.Context, in *sheetUpload, file string, data []byte, m forms.Mapping) (reports.FromSheet, error) {
		table, err := r.PreviewTable(ctx, in.Round, in.Unit, exchangeOf(ctx).lang, file, data, m)
		return reports.FromSheet{Table: table}, err
	})
	take("fill-from-table", func(ctx context.Context, in *sheetUpload, file string, data []byte, m forms.Mapping) (reports.FromSheet, error) {
		return r.FillFromTable(ctx, in.Round, in.Unit, exchangeOf(ctx).lang, file, data, m, in.RawBody.Data().SoundOnly)
	})
}

// bringing says that an operation takes a file of some size at most, and is not repeated by a key.
func bringing(most int64) func(*huma.Operation) {
	return func(o *huma.Operation) {
		o.MaxBodyBytes = most + largest
		o.BodyReadTimeout = 10 * time.Minute
		unkept(o)
	}
}

// attached says that an answer is a file with a name.
func attached(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
