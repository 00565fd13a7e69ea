package reporting

import (
	"context"
	"fmt"
	"io"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Evidence is a 佐证材料: a file that shows what a row says.
type Evidence struct {
	ID         reporting.EvidenceID   `json:"id"`
	Submission reporting.SubmissionID `json:"submission"`
	Subject    reporting.Subject      `json:"subject"`
	Name       string                 `json:"name"`
	MediaType  string                 `json:"media_type"`
	Size       int64                  `json:"size"`
	Digest     ledger.Digest          `json:"digest"`
	Preview    ledger.Digest          `json:"preview,omitempty"` // a small picture of it; empty where there is none
	Scanned    bool                   `json:"scanned"`           // a virus scanner has looked at it
	By         ledger.AccountID       `json:"by"`
	At         time.Time              `json:"at"`
}

// mostEvidence is how many files a row takes.
const mostEvidence = 20

// Attach keeps a file as evidence of a row while its form is being filled.
func (s *Service) Attach(ctx context.Context, id reporting.SubmissionID, subject reporting.Subject, name string, content io.Reader) (Evidence, error) {
	d, err := s.deskBy(ctx, id)
	if err != nil {
		return Evidence{}, err
	}
	if err := s.core.Check(ctx, attachEvidence, d.owned()); err != nil {
		return Evidence{}, err
	}
	if err := attachable(d, subject); err != nil {
		return Evidence{}, err
	}
	row, err := s.takeFile(ctx, name, content)
	if err != nil {
		return Evidence{}, err
	}
	row.ID, row.Submission, row.Subject = store.NewID[string](s.core.Store()), string(id), subject.String()
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), SubmissionKind, string(id)); err != nil {
			return err
		}
		d, err := s.deskBy(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, attachEvidence, d.owned()); err != nil {
			return err
		}
		if err := attachable(d, subject); err != nil {
			return err
		}
		there, err := w.Tx().NewSelect().Table("evidence").Where("submission = ?", id).Where("subject = ?", row.Subject).
			Where("removed IS NULL").Count(ctx)
		if err != nil {
			return fmt.Errorf("counting the evidence of submission %s: %w", id, err)
		}
		if there >= mostEvidence {
			return fault("evidence.many", number(mostEvidence))
		}
		row.Account, row.AtTime = string(service.CallerOf(ctx).Account()), s.core.Store().NowText()
		w.Record(attachEvidence, SubmissionKind, string(id), nil, nil, row.evidence())
		return store.Insert(ctx, w.Tx(), row)
	})
	return row.evidence(), err
}

// attachable fails where a row takes no evidence now.
func attachable(d *desk, subject reporting.Subject) error {
	if !d.filling() {
		return fault("submission.settled", reporting.State(d.row.State).Label())
	}
	if _, asked := d.asked(subject); !asked {
		return fault("form.row", said(d.title(subject)))
	}
	return nil
}

// takeFile looks at a file and keeps its bytes.
func (s *Service) takeFile(ctx context.Context, name string, content io.Reader) (evidenceRow, error) {
	file, err := s.files.Take(ctx, name, content)
	return evidenceRow{
		Name: file.Name, MediaType: file.MediaType, Size: file.Size, Digest: string(file.Digest), Preview: string(file.Preview),
		Scanned: file.Scanned,
	}, err
}

// evidenceOf is a file of evidence with the desk that it belongs to.
func (s *Service) evidenceOf(ctx context.Context, id reporting.EvidenceID) (evidenceRow, *desk, error) {
	var row evidenceRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Where("removed IS NULL").Scan(ctx)
	if noRows(err) {
		return row, nil, &store.NotFound{Kind: "evidence", ID: string(id)}
	}
	if err != nil {
		return row, nil, fmt.Errorf("reading evidence %s: %w", id, err)
	}
	d, err := s.deskBy(ctx, reporting.SubmissionID(row.Submission))
	return row, d, err
}

// OpenEvidence opens a file of evidence, or its small picture.
func (s *Service) OpenEvidence(ctx context.Context, id reporting.EvidenceID, preview bool) (Evidence, io.ReadCloser, error) {
	row, d, err := s.evidenceOf(ctx, id)
	if err != nil {
		return Evidence{}, nil, err
	}
	if err := s.mayRead(ctx, d); err != nil {
		return Evidence{}, nil, err
	}
	if preview && row.Preview == "" {
		return Evidence{}, nil, &store.NotFound{Kind: "evidence", ID: string(id)}
	}
	found := row.evidence()
	file := evidence.File{Name: row.Name, MediaType: row.MediaType, Digest: found.Digest, Preview: found.Preview}
	mediaType, content, err := s.files.Open(ctx, file, preview)
	found.MediaType = mediaType
	return found, content, err
}

// RemoveEvidence takes a file back while its form is being filled. That it was there stays in the log.
func (s *Service) RemoveEvidence(ctx context.Context, id reporting.EvidenceID) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row, d, err := s.evidenceOf(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, attachEvidence, d.owned()); err != nil {
			return err
		}
		if err := s.hold(ctx, w.Tx(), SubmissionKind, d.row.ID); err != nil {
			return err
		}
		if d, err = s.deskBy(ctx, reporting.SubmissionID(d.row.ID)); err != nil {
			return err
		}
		if !d.filling() {
			return fault("submission.settled", reporting.State(d.row.State).Label())
		}
		now := s.core.Store().NowText()
		if _, err := w.Tx().NewUpdate().Table("evidence").Set("removed = ?", now).Where("id = ?", id).Exec(ctx); err != nil {
			return fmt.Errorf("removing evidence %s: %w", id, err)
		}
		w.Record(attachEvidence, SubmissionKind, d.row.ID, nil, nil, map[string]any{"removed": row.evidence()})
		return nil
	})
}

// evidenceFor puts the evidence of a form to its rows.
func (s *Service) evidenceFor(ctx context.Context, view *FormView) error {
	if view.Submission.ID == "" {
		return nil
	}
	var rows []evidenceRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("submission = ?", view.Submission.ID).
		Where("removed IS NULL").Order("id").Scan(ctx)
	if err != nil {
		return fmt.Errorf("reading the evidence of submission %s: %w", view.Submission.ID, err)
	}
	by := map[reporting.Subject][]Evidence{}
	for _, row := range rows {
		e := row.evidence()
		by[e.Subject] = append(by[e.Subject], e)
	}
	for i := range view.Rows {
		view.Rows[i].Evidence = by[view.Rows[i].Subject]
	}
	return nil
}
