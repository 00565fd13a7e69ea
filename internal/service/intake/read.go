package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/uptrace/bun"

	"luoshi/checking"
	"luoshi/document"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
	"luoshi/ledger/intake"
	"luoshi/reading"
)

// readArgs are the arguments of a task of ReadKind.
type readArgs struct {
	Document ledger.Digest `json:"document"`
}

// How far a reading is after each of its steps, of a hundred.
const (
	percentOpened  = 30
	percentRead    = 60
	percentChecked = 90
	percentDone    = 100
)

// errSettled says that another run has finished the reading meanwhile.
var errSettled = errors.New("intake: the document is read already")

// Read is the job that reads a document. To run it again does no harm: what is read already is left alone. A fault
// of the file ends in the state Failed and is no error, because trying again would not help; whatever else fails
// is an error, for which the queue tries again.
func (s *Service) Read(ctx context.Context, args json.RawMessage) error {
	var asked readArgs
	if err := json.Unmarshal(args, &asked); err != nil {
		return fmt.Errorf("reading the task: %w", err)
	}
	begun, err := s.begin(ctx, asked.Document)
	if err != nil || !begun {
		return err
	}
	result, err := s.interpret(ctx, asked.Document)
	var f *service.Fault
	switch {
	case errors.As(err, &f):
		return s.fail(ctx, asked.Document, f)
	case err != nil:
		// Even where the job is stopped, its page says that it did not end well.
		return errors.Join(err, s.fail(context.WithoutCancel(ctx), asked.Document, newFault("reading.internal", nil)))
	}
	if err := s.keep(ctx, asked.Document, result); !errors.Is(err, errSettled) {
		return err
	}
	return nil
}

// begin marks a reading as running, unless it is done.
func (s *Service) begin(ctx context.Context, digest ledger.Digest) (bool, error) {
	row, err := s.readingOf(ctx, digest)
	if err != nil || State(row.State) == Done {
		return false, err
	}
	return true, s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := setReading(ctx, tx, digest, map[string]any{
			"state": Running, "percent": 0, "attempt": row.Attempt + 1, "started": moment{s.core.Store().Now()}, "ended": "",
			"fault_code": "", "fault_zh": "", "fault_en": "",
		}, Waiting, Running, Failed)
		return err
	})
}

// advance keeps how far a running reading is.
func (s *Service) advance(ctx context.Context, digest ledger.Digest, percent int) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := setReading(ctx, tx, digest, map[string]any{"percent": percent}, Running)
		return err
	})
}

// made is what a reading yields.
type made struct {
	document *document.Document
	result   Result
	proposal intake.Proposal
}

// interpret reads and checks a document.
func (s *Service) interpret(ctx context.Context, digest ledger.Digest) (made, error) {
	record, err := s.core.Store().Documents().Get(ctx, string(digest))
	if err != nil {
		return made{}, err
	}
	opened, err := s.reopen(ctx, record.Value)
	if err != nil {
		return made{}, err
	}
	if opened.Text != record.Value.Text {
		return made{}, newFault("reading.text_changed", nil)
	}
	if err := s.advance(ctx, digest, percentOpened); err != nil {
		return made{}, err
	}
	read := reading.Read(opened, reading.Options{})
	if err := s.advance(ctx, digest, percentRead); err != nil {
		return made{}, err
	}
	findings := checking.Check(read, checking.Options{})
	if err := s.advance(ctx, digest, percentChecked); err != nil {
		return made{}, err
	}
	return made{opened, resultOf(read, findings), intake.Propose(read)}, nil
}

// reopen opens the original file of a document again.
func (s *Service) reopen(ctx context.Context, d store.Document) (*document.Document, error) {
	data, err := s.bytes(ctx, d.Digest)
	if err != nil {
		return nil, err
	}
	opened, err := s.open(ctx, d.Name, data)
	if err != nil {
		return nil, documentFault(err)
	}
	opened.Digest = string(d.Digest) // the ledger's, which need not be SHA-256
	return opened, nil
}

// bytes are those of an original file.
func (s *Service) bytes(ctx context.Context, digest ledger.Digest) (data []byte, err error) {
	content, err := s.original(ctx, digest)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	if data, err = io.ReadAll(content); err != nil {
		return nil, fmt.Errorf("reading the original file: %w", err)
	}
	return data, nil
}

func (s *Service) original(ctx context.Context, digest ledger.Digest) (io.ReadCloser, error) {
	content, err := s.blobs.Open(ctx, digest)
	if errors.Is(err, blob.ErrAbsent) {
		return nil, newFault("reading.lost", err)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the original file: %w", err)
	}
	return content, nil
}

// fail keeps why a reading failed.
func (s *Service) fail(ctx context.Context, digest ledger.Digest, f *service.Fault) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := setReading(ctx, tx, digest, map[string]any{
			"state": Failed, "ended": moment{s.core.Store().Now()},
			"fault_code": f.Code, "fault_zh": f.Words.ZH, "fault_en": f.Words.EN,
		}, Running)
		return err
	})
}

// keep writes what was made of a document, and that it is done.
func (s *Service) keep(ctx context.Context, digest ledger.Digest, m made) error {
	result, err := json.Marshal(m.result)
	if err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	proposal, err := json.Marshal(m.proposal)
	if err != nil {
		return fmt.Errorf("writing the proposal: %w", err)
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row, err := s.readingOf(ctx, digest)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, interpret, service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
			return err
		}
		counts := map[string]any{
			"promises": len(m.proposal.Items), "figures": len(m.result.Figures),
			"errors": m.result.count(checking.Error), "warnings": m.result.count(checking.Warning),
		}
		w.Record(interpret, "documents", string(digest), nil, nil, counts)
		values := map[string]any{
			"state": Done, "percent": percentDone, "ended": moment{s.core.Store().Now()},
			"kind": string(m.document.Meta.Kind), "plan_year": m.document.Meta.PlanYear,
		}
		for name, count := range counts {
			values[name] = count
		}
		changed, err := setReading(ctx, w.Tx(), digest, values, Running)
		if err != nil {
			return err
		}
		if !changed {
			return errSettled
		}
		stored := resultRow{Document: string(digest), Result: string(result), Proposal: string(proposal)}
		_, err = w.Tx().NewInsert().Model(&stored).On("CONFLICT (document) DO UPDATE").
			Set("result = EXCLUDED.result").Set("proposal = EXCLUDED.proposal").Exec(ctx)
		if err != nil {
			return fmt.Errorf("keeping what was made of a document: %w", err)
		}
		return nil
	})
}

// patience is how long a reading may wait or run before it may be asked for once more.
const patience = 15 * time.Minute

// Stuck tells whether a reading has come to nothing, though it did not fail.
func (p Progress) Stuck(now time.Time) bool {
	return (p.State == Waiting || p.State == Running) && now.Sub(p.Asked) > patience
}

// Retry asks once more for a reading that failed, or that has come to nothing.
func (s *Service) Retry(ctx context.Context, digest ledger.Digest) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row, err := s.readingOf(ctx, digest)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, interpret, service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
			return err
		}
		states := []State{Failed}
		if row.progress().Stuck(s.core.Store().Now()) {
			states = append(states, Waiting, Running)
		}
		changed, err := setReading(ctx, w.Tx(), digest, map[string]any{
			"state": Waiting, "percent": 0, "asked": moment{s.core.Store().Now()}, "fault_code": "", "fault_zh": "", "fault_en": "",
		}, states...)
		if err != nil {
			return err
		}
		if !changed {
			return newFault("reading.not_failed", nil)
		}
		w.Record(interpret, "documents", string(digest), nil, nil, map[string]string{"failed": row.FaultCode})
		return w.Enqueue(ctx, service.Task{Kind: ReadKind, Args: readArgs{Document: digest}})
	})
}
