package catalogue

import (
	"context"
	"fmt"
	"slices"
	"time"

	"luoshi/internal/audit"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// LastChange is who changed a record last, and when.
type LastChange struct {
	Account ledger.AccountID
	Time    time.Time
}

// keptBeside is under what else the log keeps what is done to records of a kind.
var keptBeside = map[string][]string{unitKind: {ChangesKind}}

// lately is how far back the log is read for the last change of a record: between changes it may say what else was done
// with the record, such as that somebody failed to sign in.
const lately = 50

// Meanwhile is who changed the record that a conflict is about, as the log knows it; the zero LastChange where the error is
// no conflict. Whoever meets a conflict may change the record, and so may know.
func (s *Service) Meanwhile(ctx context.Context, conflict error) (LastChange, error) {
	kind, id, ok := store.Changed(conflict)
	if !ok {
		return LastChange{}, nil
	}
	var last audit.Entry
	for _, kept := range append([]string{kind}, keptBeside[kind]...) {
		entries, err := audit.Select(ctx, s.Store().View(ctx), audit.Query{Kind: kept, Object: id, Limit: lately})
		if err != nil {
			return LastChange{}, fmt.Errorf("reading who changed %s %s: %w", kind, id, err)
		}
		i := slices.IndexFunc(entries, func(e audit.Entry) bool { return e.Before != e.After })
		if i >= 0 && entries[i].Sequence > last.Sequence {
			last = entries[i]
		}
	}
	return LastChange{Account: ledger.AccountID(last.Actor.ID), Time: last.Time}, nil
}
