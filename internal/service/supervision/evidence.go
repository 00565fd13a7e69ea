package supervision

import (
	"context"
	"fmt"
	"io"
	"time"

	"luoshi/internal/service/evidence"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// EvidenceID names a file of evidence.
type EvidenceID string

// Evidence is a file that shows what a reply says: a picture, a scanned sealed letter.
type Evidence struct {
	evidence.File
	ID    EvidenceID          `json:"id"`
	Order supervision.OrderID `json:"order"`
	Reply string              `json:"reply"`
	By    ledger.AccountID    `json:"by"`
	At    time.Time           `json:"at"`
}

// mostEvidence is how many files a reply takes.
const mostEvidence = 20

// File is a file that comes with a reply.
type File struct {
	Name    string
	Content io.Reader
}

// takeFiles keeps the bytes of files before the reply that names them.
func (s *Service) takeFiles(ctx context.Context, files []File) ([]evidenceRow, error) {
	if len(files) > mostEvidence {
		return nil, fault("evidence.many", number(mostEvidence))
	}
	rows := make([]evidenceRow, len(files))
	for i, f := range files {
		taken, err := s.files.Take(ctx, f.Name, f.Content)
		if err != nil {
			return nil, err
		}
		rows[i] = evidenceRow{
			ID: store.NewID[string](s.core.Store()), Name: taken.Name, MediaType: taken.MediaType, Size: taken.Size,
			Digest: string(taken.Digest), Preview: string(taken.Preview), Scanned: taken.Scanned,
		}
	}
	return rows, nil
}

// OpenEvidence opens a file of evidence, or its small picture.
func (s *Service) OpenEvidence(ctx context.Context, id EvidenceID, preview bool) (Evidence, io.ReadCloser, error) {
	var row evidenceRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	if noRows(err) {
		return Evidence{}, nil, &store.NotFound{Kind: "order_evidence", ID: string(id)}
	}
	if err != nil {
		return Evidence{}, nil, fmt.Errorf("reading evidence %s: %w", id, err)
	}
	order, err := s.row(ctx, supervision.OrderID(row.Order))
	if err != nil {
		return Evidence{}, nil, err
	}
	if err := s.mayRead(ctx, order); err != nil {
		return Evidence{}, nil, err
	}
	found := row.evidence()
	if preview && found.Preview == "" {
		return Evidence{}, nil, &store.NotFound{Kind: "order_evidence", ID: string(id)}
	}
	mediaType, content, err := s.files.Open(ctx, found.File, preview)
	found.MediaType = mediaType
	return found, content, err
}
