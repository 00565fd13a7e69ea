package reporting

import (
	"context"
	"io"

	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Paper is the file of a document that a correction rests on, as somebody brings it. There is none without content.
type Paper struct {
	Name    string
	Content io.Reader
}

// takePaper keeps the file that comes with a proposal. Without one it is what the proposal says of a document that is
// here already.
func (s *Service) takePaper(ctx context.Context, p Proposal) (evidence.File, error) {
	if p.Paper.Content == nil {
		return evidence.File{Digest: p.Document}, nil
	}
	if err := s.core.Check(ctx, amendObservation, service.Owned{Lead: p.Unit}); err != nil {
		return evidence.File{}, err
	}
	return s.files.Take(ctx, p.Paper.Name, p.Paper.Content)
}

// paperDetail is what the log keeps of a paper.
func paperDetail(file evidence.File) any {
	if file.Digest == "" {
		return nil
	}
	return map[string]any{"document": file}
}

// AttachPaper puts the file of the document to a correction that waits for its decision, in place of an earlier one.
func (s *Service) AttachPaper(ctx context.Context, id reporting.CorrectionID, paper Paper) (CorrectionView, error) {
	row, err := s.correctionRow(ctx, id)
	if err != nil {
		return CorrectionView{}, err
	}
	owned := service.Owned{Lead: ledger.UnitID(row.Unit)}
	file, err := s.takePaper(ctx, Proposal{Unit: owned.Lead, Paper: paper})
	if err != nil {
		return CorrectionView{}, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), CorrectionKind, string(id)); err != nil {
			return err
		}
		if row, err = s.correctionRow(ctx, id); err != nil {
			return err
		}
		if err := w.AllowFor(ctx, amendObservation, owned); err != nil {
			return err
		}
		if row.State != string(Proposed) {
			return fault("correction.decided")
		}
		row.Document, row.PaperName, row.PaperType = string(file.Digest), file.Name, file.MediaType
		row.Revision++
		w.Record(amendObservation, CorrectionKind, row.ID, nil, nil, paperDetail(file))
		return s.writeCorrection(ctx, w, row)
	})
	if err != nil {
		return CorrectionView{}, err
	}
	return s.Correction(ctx, id)
}

// OpenPaper opens the file of the document that a correction rests on, and tells its name and type.
func (s *Service) OpenPaper(ctx context.Context, id reporting.CorrectionID) (evidence.File, io.ReadCloser, error) {
	row, err := s.correctionRow(ctx, id)
	if err != nil {
		return evidence.File{}, nil, err
	}
	if err := s.core.Check(ctx, readObservation, service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
		return evidence.File{}, nil, err
	}
	if row.PaperName == "" {
		return evidence.File{}, nil, &store.NotFound{Kind: "correction papers", ID: string(id)}
	}
	file := evidence.File{Name: row.PaperName, MediaType: row.PaperType, Digest: ledger.Digest(row.Document)}
	_, content, err := s.files.Open(ctx, file, false)
	return file, content, err
}
