package publication

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
)

// Key is the public key of the log; nil where the server has none.
func (s *Service) Key() *signing.PublicKey { return s.options.Key }

// Prover proves what a plan's last edition says, one promise after another.
type Prover struct {
	disclosed.EditionProof
	tree *disclosed.Tree
	at   map[string]int64
}

// Prove makes the proof that the last edition of a public plan stands in the log.
func (s *Service) Prove(ctx context.Context, o Opened) (*Prover, error) {
	p := &Prover{EditionProof: disclosed.EditionProof{Edition: o.Edition.Edition}}
	var err error
	if p.Log, err = s.logged(ctx, o.Edition.Edition); err != nil {
		return nil, err
	}
	p.tree, p.at, err = s.tree(ctx, o)
	return p, err
}

// Of is the proof of a promise.
func (p *Prover) Of(t Told) (disclosed.Proof, error) {
	leaf, there := p.at[string(t.Promise.ID)]
	if !there {
		return disclosed.Proof{}, &store.NotFound{Kind: "promises", ID: t.Promise.Key}
	}
	path, err := p.tree.Path(leaf)
	return disclosed.Proof{Record: t.Body, Leaf: leaf, Path: path, EditionProof: p.EditionProof}, err
}

// logged is the proof of the log; a head is signed where none covers the edition yet.
func (s *Service) logged(ctx context.Context, e disclosed.Edition) (*audit.Proof, error) {
	proof, err := s.proof(ctx, e)
	if err != nil && !errors.Is(err, audit.ErrNoHead) || err == nil && len(proof.Entries) > 0 {
		return proof, err
	}
	if s.options.Sign == nil {
		return nil, faults.New("proof.waiting")
	}
	if err := s.options.Sign(ctx); err != nil {
		return nil, err
	}
	if proof, err = s.proof(ctx, e); err == nil && len(proof.Entries) == 0 {
		err = faults.New("proof.waiting")
	}
	return proof, err
}

func (s *Service) proof(ctx context.Context, e disclosed.Edition) (proof *audit.Proof, err error) {
	err = s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		proof, err = audit.Prove(ctx, tx, audit.Object{Kind: EditionKind, ID: disclosed.EditionID(e)}, 0, 1)
		return err
	})
	return proof, err
}

// fewHeads is how many of the youngest heads of the log are shown; of the older ones the first is.
const fewHeads = 200

// Log is what the public can see of the log.
func (s *Service) Log(ctx context.Context) (disclosed.Log, error) {
	var log disclosed.Log
	if s.options.Key == nil {
		return log, audit.ErrNoHead
	}
	log = disclosed.Log{Origin: s.options.Key.Origin(), Suite: s.options.Key.Suite(), Key: s.options.Key.String()}
	err := s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		log.Heads = nil
		notes, err := s.heads(ctx, tx)
		if err != nil {
			return err
		}
		var before signing.Head
		for _, note := range notes {
			head, err := s.keyring().Open(note)
			if err != nil {
				return fmt.Errorf("publication: reading a head of the log: %w", err)
			}
			path := []merkle.Hash{}
			if len(log.Heads) > 0 {
				if path, err = s.core.Log().ProveGrowth(ctx, tx, before.Size, head.Size); err != nil {
					return err
				}
			}
			log.Heads, before = append(log.Heads, disclosed.SignedHead{Note: note, Path: path}), head
		}
		return nil
	})
	return log, err
}

func (s *Service) keyring() signing.Keyring { return signing.Keyring{s.options.Key} }

// heads are the signed heads that are shown, the oldest first.
func (s *Service) heads(ctx context.Context, tx bun.Tx) ([]string, error) {
	first, err := audit.Heads(ctx, tx, 0, 1)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	last, err := audit.LastHead(ctx, tx)
	if err != nil {
		return nil, err
	}
	head, err := s.keyring().Open(last)
	if err != nil {
		return nil, fmt.Errorf("publication: reading the last head of the log: %w", err)
	}
	if head.Number <= fewHeads {
		return audit.Heads(ctx, tx, 0, fewHeads)
	}
	young, err := audit.Heads(ctx, tx, head.Number-fewHeads, fewHeads)
	return append(first, young...), err
}

// Growth is the way from a head that somebody kept, by the size that it names, to the last one.
func (s *Service) Growth(ctx context.Context, from int64) (disclosed.SignedHead, error) {
	var grown disclosed.SignedHead
	if s.options.Key == nil {
		return grown, audit.ErrNoHead
	}
	err := s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		last, err := audit.LastHead(ctx, tx)
		if err != nil {
			return err
		}
		head, err := s.keyring().Open(last)
		if err != nil {
			return fmt.Errorf("publication: reading the last head of the log: %w", err)
		}
		if from < 1 || from > head.Size {
			return &store.NotFound{Kind: "heads", ID: strconv.FormatInt(from, 10)}
		}
		grown.Note = last
		grown.Path, err = s.core.Log().ProveGrowth(ctx, tx, from, head.Size)
		return err
	})
	return grown, err
}
