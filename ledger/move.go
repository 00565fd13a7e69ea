package ledger

import "slices"

// moves says from which state which others may follow.
type moves[S comparable] map[S][]S

// allow tells whether a step from one state to another is allowed.
func (m moves[S]) allow(from, to S) bool { return slices.Contains(m[from], to) }

// knows tells whether a state is one of them.
func (m moves[S]) knows(state S) bool {
	_, ok := m[state]
	return ok
}

// next is what may follow a state.
func (m moves[S]) next(state S) []S { return slices.Clone(m[state]) }
