package intake

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/intake"
	"luoshi/reading"
)

// Result is what the program has made of a document: what its page shows beside the text. All places are code
// points of the text.
type Result struct {
	Meta     Meta            `json:"meta"`
	Sections []Section       `json:"sections,omitempty"` // in the order of the text; Number is from 1
	Blocks   []Block         `json:"blocks"`
	Tables   []Table         `json:"tables,omitempty"`
	Figures  []intake.Figure `json:"figures,omitempty"`
	Findings []Finding       `json:"findings,omitempty"`
}

// Meta is what a document says of itself.
type Meta struct {
	Issuer string `json:"issuer,omitempty"`
	Region string `json:"region,omitempty"`
	Date   string `json:"date,omitempty"`
}

// Section is a heading of the document and where all that it holds stands.
type Section struct {
	ledger.Section
	At  int `json:"at"`
	End int `json:"end"`
}

// Block is a line of the text.
type Block struct {
	At        int                `json:"at"`
	End       int                `json:"end"`
	Kind      document.BlockKind `json:"kind,omitempty"`
	Furniture bool               `json:"furniture,omitempty"`
	Section   int                `json:"section,omitempty"` // number of the innermost section; 0 for none
	Table     int                `json:"table,omitempty"`   // number of the table from 1; 0 for none
}

// Table is a grid of cells.
type Table struct {
	Rows       int    `json:"rows"`
	Cols       int    `json:"cols"`
	HeaderRows int    `json:"header_rows,omitempty"`
	Cells      []Cell `json:"cells"`
}

// Cell is a cell of a table.
type Cell struct {
	At      int `json:"at"`
	End     int `json:"end"`
	Row     int `json:"row"`
	Col     int `json:"col"`
	RowSpan int `json:"row_span"`
	ColSpan int `json:"col_span"`
}

// Finding is what checking says of figures of the document.
type Finding struct {
	Rule        string           `json:"rule"`
	Severity    string           `json:"severity"`
	Message     checking.Wording `json:"message"`
	Places      []Place          `json:"places"`
	Computation string           `json:"computation,omitempty"`
	Suggestion  checking.Wording `json:"suggestion"`
}

// Place is a passage that a finding speaks of.
type Place struct {
	At      int    `json:"at"`
	End     int    `json:"end"`
	Surface string `json:"surface"`
}

// resultOf makes the result of a reading.
func resultOf(r *reading.Reading, findings []checking.Finding) Result {
	d := r.Document
	points := document.NewOffsets(d.Text)
	result := Result{
		Meta:    Meta{Issuer: d.Meta.Issuer.Value, Region: d.Meta.Region.Value, Date: d.Meta.Date.Value},
		Figures: intake.Figures(r),
	}
	for i, section := range intake.Outline(d) {
		span := d.Outline[i].Span
		result.Sections = append(result.Sections, Section{section, points.CodePoints(span.Start), points.CodePoints(span.End)})
	}
	for _, b := range d.Blocks {
		result.Blocks = append(result.Blocks, Block{
			At: points.CodePoints(b.Start), End: points.CodePoints(b.End), Kind: b.Kind, Furniture: b.Furniture,
			Section: int(b.Section) + 1, Table: int(b.Table) + 1,
		})
	}
	for _, t := range d.Tables {
		result.Tables = append(result.Tables, tableOf(t, points))
	}
	for _, f := range findings {
		result.Findings = append(result.Findings, findingOf(f))
	}
	return result
}

func tableOf(t document.Table, points *document.Offsets) Table {
	table := Table{Rows: t.Rows, Cols: t.Cols, HeaderRows: t.HeaderRows, Cells: make([]Cell, len(t.Cells))}
	for i, c := range t.Cells {
		table.Cells[i] = Cell{points.CodePoints(c.Start), points.CodePoints(c.End), c.Row, c.Col, c.RowSpan, c.ColSpan}
	}
	return table
}

func findingOf(f checking.Finding) Finding {
	finding := Finding{
		Rule: f.Rule, Severity: f.Severity.String(), Message: f.Message, Computation: f.Computation, Suggestion: f.Suggestion,
	}
	for _, p := range f.Places {
		finding.Places = append(finding.Places, Place{p.At, p.At + len([]rune(p.Surface)), p.Surface})
	}
	return finding
}

// count is how many findings there are of a severity.
func (r Result) count(severity checking.Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == severity.String() {
			n++
		}
	}
	return n
}

// SectionAt is the number of the innermost section that holds a place; 0 for none.
func (r Result) SectionAt(at int) int {
	number := 0
	for _, section := range r.Sections {
		if section.At <= at && at < section.End {
			number = section.Number
		}
	}
	return number
}

// Result is what was made of a document, once it is read.
func (s *Service) Result(ctx context.Context, digest ledger.Digest) (Result, error) {
	progress, err := s.Progress(ctx, digest)
	if err != nil {
		return Result{}, err
	}
	if err := progress.ready(); err != nil {
		return Result{}, err
	}
	return s.result(ctx, progress)
}

// result is the result of a reading that is done.
func (s *Service) result(ctx context.Context, p Progress) (Result, error) {
	return cached(s.known, "result/"+p.key(), func() (result Result, size int, err error) {
		row, err := s.resultRow(ctx, p.Document)
		if err != nil {
			return result, 0, err
		}
		return result, len(row.Result), decode(row.Result, &result)
	})
}

// proposal is what the document of a reading that is done offers to a plan.
func (s *Service) proposal(ctx context.Context, p Progress) (intake.Proposal, error) {
	return cached(s.known, "proposal/"+p.key(), func() (proposal intake.Proposal, size int, err error) {
		row, err := s.resultRow(ctx, p.Document)
		if err != nil {
			return proposal, 0, err
		}
		return proposal, len(row.Proposal), decode(row.Proposal, &proposal)
	})
}

// key names what was made of a document by one attempt.
func (p Progress) key() string { return fmt.Sprintf("%s/%d", p.Document, p.Attempt) }

func decode(text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("decoding what was made of a document: %w", err)
	}
	return nil
}

func (s *Service) resultRow(ctx context.Context, digest ledger.Digest) (resultRow, error) {
	var row resultRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("document = ?", string(digest)).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, &store.NotFound{Kind: "documents", ID: string(digest)}
	}
	if err != nil {
		return row, fmt.Errorf("reading what was made of a document: %w", err)
	}
	return row, nil
}

// Document is a document with its text.
func (s *Service) Document(ctx context.Context, digest ledger.Digest) (store.Record[store.Document], error) {
	if err := s.core.Check(ctx, readDocument, service.Owned{}); err != nil {
		return store.Record[store.Document]{}, err
	}
	return s.core.Store().Documents().Get(ctx, string(digest))
}
