package audit

import "luoshi/internal/audit/merkle"

// explain says what happened where a row and its stored leaf do not agree. The leaves stored beside the entries
// tell what was once written where: a row whose content has the leaf of another number stood there, and a leaf
// whose content is found in another row belongs to that.
func (w *walk) explain(row entryRow, leaf merkle.Hash, encodable bool, stored *merkle.Hash) (Problem, error) {
	sequence := row.Sequence
	if stored == nil {
		return w.leafless(sequence), nil
	}
	if encodable {
		sound, err := w.parentFits(sequence, leaf)
		if err != nil {
			return Problem{}, err
		}
		if sound {
			return Problem{Code: NodeAltered, Args: []any{sequence, sequence}}, nil
		}
		origin, err := w.writtenAs(row)
		if err != nil {
			return Problem{}, err
		}
		if origin != 0 {
			return w.gone(sequence, origin)
		}
	}
	now, err := w.standsAt(sequence, *stored)
	if err != nil {
		return Problem{}, err
	}
	if now != 0 {
		return Problem{Code: Inserted, Sequence: sequence, Args: []any{sequence}}, nil
	}
	return Problem{Code: Altered, Sequence: sequence, Args: []any{sequence}}, nil
}

// leafless tells a leaf that was taken away from an entry that never had one: within the size of the log each
// entry has a leaf.
func (w *walk) leafless(sequence int64) Problem {
	if sequence > w.size {
		return Problem{Code: Inserted, Sequence: sequence, Args: []any{sequence}}
	}
	return Problem{Code: NodeAltered, Args: []any{sequence, sequence}}
}

// gone says of an entry that is not in its place whether it stands elsewhere. The row in its place was written as
// the entry numbered instead; 0 where there is no row.
func (w *walk) gone(sequence, instead int64) (Problem, error) {
	stored, err := nodeReader(w.ctx, w.db)([]int64{merkle.Position(0, sequence-1)})
	now := int64(0)
	if err == nil {
		if now, err = w.standsAt(sequence, stored[0]); err != nil {
			return Problem{}, err
		}
	}
	switch {
	case now != 0:
		return Problem{Code: Moved, Sequence: sequence, Args: []any{sequence, now}}, nil
	case instead != 0:
		return Problem{Code: Replaced, Sequence: sequence, Args: []any{sequence, instead}}, nil
	}
	return Problem{Code: Removed, Sequence: sequence, Args: []any{sequence}}, nil
}

// parentFits tells whether the recomputed leaf, with the leaf stored beside it, has the stored parent: then the
// entry is as it was and its stored leaf was altered.
func (w *walk) parentFits(sequence int64, leaf merkle.Hash) (bool, error) {
	index := sequence - 1
	read := nodeReader(w.ctx, w.db)
	stored, err := read([]int64{merkle.Position(0, index^1), merkle.Position(1, index/2)})
	if err != nil {
		return false, w.ctx.Err() // the last entry may have neither
	}
	if index%2 == 0 {
		return w.hashing.Node(leaf, stored[0]) == stored[1], nil
	}
	return w.hashing.Node(stored[0], leaf) == stored[1], nil
}

// writtenAs finds the number under which the content of the row was written; 0 where it never was.
func (w *walk) writtenAs(row entryRow) (int64, error) {
	nodes := nodePages(w.ctx, w.db)
	for {
		node, ok, err := nodes.next()
		if err != nil || !ok {
			return 0, err
		}
		from, to := merkle.Covered(node.Position)
		if to != from+1 || len(node.Hash) != merkle.Size {
			continue
		}
		if leaf, ok := leafOf(w.hashing, row, to); ok && leaf == merkle.Hash(node.Hash) {
			return to, nil
		}
	}
}

// standsAt finds the row that has the content once written under the number; 0 where none has.
func (w *walk) standsAt(sequence int64, written merkle.Hash) (int64, error) {
	rows := entryPages(w.ctx, w.db)
	for {
		row, ok, err := rows.next()
		if err != nil || !ok {
			return 0, err
		}
		if leaf, ok := leafOf(w.hashing, row, sequence); ok && leaf == written {
			return row.Sequence, nil
		}
	}
}
