package audit

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// Verify recomputes the log of a database from its entries, compares it with the stored tree and with every signed
// head, and reports the first entry that does not fit, with what happened to it, and all heads that do not. Its
// memory does not grow with the log. The database is to be a transaction that sees one moment, such as that
// of store.Snapshot; it stops no writer.
//
// The keys are the public keys of the log, the present one and those before it; without any there is nothing to
// hold the log against. The known heads are signed heads that were kept elsewhere; there may be none. An error
// means that the log could not be read, not that something is wrong with it.
func Verify(ctx context.Context, db bun.IDB, keys signing.Keyring, known ...string) (*Report, error) {
	report, err := verify(ctx, db, keys, known)
	if err != nil {
		return nil, fmt.Errorf("verify the audit log: %w", err)
	}
	return report, nil
}

func verify(ctx context.Context, db bun.IDB, keys signing.Keyring, known []string) (*Report, error) {
	found, err := state(ctx, db)
	if err != nil {
		return nil, err
	}
	x, err := newExaminer(found.origin, keys, known)
	if err != nil {
		return nil, err
	}
	if found.origin != keys[0].Origin() || found.suite != string(keys[0].Suite()) {
		x.report.add(OriginAltered, 0, nil, found.origin+" ("+found.suite+")", fmt.Sprintf("%s (%s)", keys[0].Origin(), keys[0].Suite()))
	}
	w := &walk{examiner: x, ctx: ctx, db: db, nodes: &nodeStream{rows: nodePages(ctx, db)}, heads: headPages(ctx, db), size: found.size}
	if err := w.run(); err != nil {
		return nil, err
	}
	return x.finish(found.size), nil
}

// walk goes through the tables of a log side by side.
type walk struct {
	*examiner
	ctx   context.Context
	db    bun.IDB
	nodes *nodeStream
	heads *pages[headRow]
	size  int64 // that the log says it has
}

func (w *walk) run() error {
	entries := entryPages(w.ctx, w.db)
	for !w.broken {
		if err := w.headsUpTo(w.edge.Size()); err != nil {
			return err
		}
		row, ok, err := entries.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if err := w.entry(row); err != nil {
			return err
		}
		tellProgress(w.ctx, w.edge.Size())
	}
	if err := w.remainingHeads(); err != nil || w.broken {
		return err
	}
	return w.afterTheEnd()
}

// entry compares an entry with its stored leaf and with the nodes that it completes.
func (w *walk) entry(row entryRow) error {
	if row.Sequence != w.next() {
		problem, err := w.gone(w.next(), 0)
		if err == nil {
			w.fail(problem)
		}
		return err
	}
	position := merkle.Position(0, w.edge.Size())
	leaf, encodable := leafOf(w.hashing, row, row.Sequence)
	stored, err := w.nodes.at(position)
	if err != nil {
		return err
	}
	if !encodable || stored == nil || *stored != leaf {
		problem, err := w.explain(row, leaf, encodable, stored)
		if err == nil {
			w.fail(problem)
		}
		return err
	}
	for i, node := range w.push(leaf)[1:] {
		above := position + int64(i) + 1
		stored, err := w.nodes.at(above)
		if err != nil {
			return err
		}
		if stored == nil || *stored != node {
			from, to := merkle.Covered(above)
			w.fail(Problem{Code: NodeAltered, Args: []any{from + 1, to}})
			return nil
		}
	}
	return nil
}

// headsUpTo takes in the heads whose rows say that they cover no more than size entries.
func (w *walk) headsUpTo(size int64) error {
	for {
		row, ok, err := w.heads.peek()
		if err != nil || !ok || row.Size > size {
			return err
		}
		w.heads.drop()
		w.head(row)
		if w.broken {
			return nil
		}
	}
}

func (w *walk) remainingHeads() error {
	for {
		row, ok, err := w.heads.next()
		if err != nil || !ok {
			return err
		}
		w.head(row)
	}
}

// afterTheEnd looks for what is left of entries that are gone, and for what was never part of the log.
func (w *walk) afterTheEnd() error {
	row, ok, err := w.nodes.rows.next()
	if err != nil || !ok {
		return err
	}
	if w.size > w.edge.Size() && row.Position == merkle.Position(0, w.edge.Size()) {
		w.fail(Problem{Code: Removed, Sequence: w.next(), Args: []any{w.next()}})
	} else {
		w.report.add(NodeSurplus, 0, nil, row.Position)
	}
	return nil
}

// leafOf is the hash of what the row would be as the entry of that number, and whether it can be an entry at all.
func leafOf(hashing merkle.Hashing, row entryRow, sequence int64) (merkle.Hash, bool) {
	entry, err := row.entry()
	if err != nil {
		return merkle.Hash{}, false
	}
	entry.Sequence = sequence
	line, err := entry.Encode()
	if err != nil {
		return merkle.Hash{}, false
	}
	return hashing.Leaf(line), true
}
