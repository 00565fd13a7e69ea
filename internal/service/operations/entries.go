package operations

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// MostEntries bounds a part of the log.
const MostEntries = 200

// Entries are the entries of the log that a query asks for, the newest first, and the number that the next part comes
// before; 0 behind the last.
func (s *Service) Entries(ctx context.Context, q audit.Query) ([]audit.Entry, int64, error) {
	if err := s.core.Check(ctx, "audit.read", service.Owned{}); err != nil {
		return nil, 0, err
	}
	limit := q.Limit
	if limit <= 0 || limit > MostEntries {
		limit = MostEntries
	}
	q.Limit = limit + 1
	entries, err := audit.Select(ctx, s.core.Store().View(ctx), q)
	if err != nil || len(entries) <= limit {
		return entries, 0, err
	}
	return entries[:limit], entries[limit-1].Sequence, nil
}

// Entry is an entry by its number.
func (s *Service) Entry(ctx context.Context, number int64) (audit.Entry, error) {
	if err := s.core.Check(ctx, "audit.read", service.Owned{}); err != nil {
		return audit.Entry{}, err
	}
	entries, err := audit.Entries(ctx, s.core.Store().View(ctx), number-1, 1)
	if err != nil {
		return audit.Entry{}, err
	}
	if len(entries) == 0 || entries[0].Sequence != number {
		return audit.Entry{}, &store.NotFound{Kind: "audit_entries", ID: strconv.FormatInt(number, 10)}
	}
	return entries[0], nil
}

// actionsSeen are the actions of the entries up to one: the log only grows, so that only new entries are looked at.
type actionsSeen struct {
	mu      sync.Mutex
	through int64
	names   []string
}

// Actions are the actions that the log speaks of, by name.
func (s *Service) Actions(ctx context.Context) ([]string, error) {
	if err := s.core.Check(ctx, "audit.read", service.Owned{}); err != nil {
		return nil, err
	}
	db := s.core.Store().View(ctx)
	size, err := audit.Size(ctx, db)
	if err != nil {
		return nil, err
	}
	seen := &s.actions
	seen.mu.Lock()
	defer seen.mu.Unlock()
	if size > seen.through {
		newer, err := audit.Actions(ctx, db, seen.through, size)
		if err != nil {
			return nil, err
		}
		names := slices.Concat(seen.names, newer)
		slices.Sort(names)
		seen.names, seen.through = slices.Compact(names), size
	}
	return seen.names, nil
}

// SignedHead is a signed head of the log, read with its key.
type SignedHead struct {
	signing.Head
	Note  string // as it was signed
	Sound bool   // the signature is by the log's key
}

// Heads are the newest signed heads, at most limit of them, the newest first.
func (s *Service) Heads(ctx context.Context, limit int) ([]SignedHead, error) {
	if err := s.core.Check(ctx, "audit.read", service.Owned{}); err != nil {
		return nil, err
	}
	db := s.core.Store().View(ctx)
	last, err := s.lastHead(ctx)
	if err != nil || last == nil {
		return nil, err
	}
	notes, err := audit.Heads(ctx, db, max(0, last.Number-int64(limit)), limit)
	if err != nil {
		return nil, err
	}
	slices.Reverse(notes)
	heads := make([]SignedHead, len(notes))
	for i, note := range notes {
		heads[i] = s.readHead(note)
	}
	return heads, nil
}

func (s *Service) readHead(note string) SignedHead {
	head, err := s.keyring().Open(note)
	return SignedHead{Head: head, Note: note, Sound: err == nil}
}

// lastHead is the newest signed head; nil where none was signed yet.
func (s *Service) lastHead(ctx context.Context) (*SignedHead, error) {
	note, err := audit.LastHead(ctx, s.core.Store().View(ctx))
	if errors.Is(err, audit.ErrNoHead) {
		return nil, nil //nolint:nilnil // a log without a head is none of the exceptions
	}
	if err != nil {
		return nil, err
	}
	head := s.readHead(note)
	return &head, nil
}

// PublicKey is the key that checks the heads of the log: no secret.
func (s *Service) PublicKey() string { return s.parts.Key.Public().String() }

// SignHead signs a head of all entries up to now, so that it covers what was done last.
func (s *Service) SignHead(ctx context.Context) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := s.core.Log().Sign(ctx, tx, s.parts.Key)
		return err
	})
}

// Export writes the log as a file that can be verified without the server. That somebody took it is in the log
// before the first byte goes out.
func (s *Service) Export(ctx context.Context, w func() io.Writer) error {
	at := s.core.Store().Now()
	err := s.core.Change(ctx, func(_ context.Context, work *service.Work) error {
		if err := work.Allow("audit.export", access.Object{}); err != nil {
			return err
		}
		work.Record("audit.export", "audit", "log", nil, nil, map[string]string{"at": at.Format(time.RFC3339)})
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.SignHead(ctx); err != nil {
		return err
	}
	return s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error { return audit.Export(ctx, tx, w()) })
}
