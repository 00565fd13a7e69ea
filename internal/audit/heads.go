package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit/merkle"
	"luoshi/internal/audit/signing"
)

// ErrUnfit is the error of signing a tree that is not a growth of the last signed one: somebody changed it. Run
// Verify to find what; nothing is signed any more until then.
var ErrUnfit = errors.New("the stored tree does not continue the last signed head")

// Sign stores a signed head of all entries up to now, in the transaction, and returns it as a signed note. Where
// nothing was appended since the last head by the same key, it is that head. Earlier keys are those that
// earlier heads were signed with. It waits for appenders, and they for it, until the transaction ends.
func (l *Log) Sign(ctx context.Context, tx bun.Tx, key *signing.Key, earlier ...*signing.PublicKey) (string, error) {
	if key.Public().Suite() != l.suite || key.Public().Origin() != l.origin {
		return "", fmt.Errorf("sign the audit log %s (%s) with a key of %s (%s): %w",
			l.origin, l.suite, key.Public().Origin(), key.Public().Suite(), ErrOtherLog)
	}
	signed, err := l.sign(ctx, tx, key, append(signing.Keyring{key.Public()}, earlier...))
	if err != nil {
		return "", fmt.Errorf("sign the audit log: %w", err)
	}
	return signed, nil
}

func (l *Log) sign(ctx context.Context, tx bun.Tx, key *signing.Key, keys signing.Keyring) (string, error) {
	size, err := lock(ctx, tx)
	if err != nil {
		return "", err
	}
	root, err := l.suite.Hashing().Root(size, nodeReader(ctx, tx))
	if err != nil {
		return "", err
	}
	head := signing.Head{Size: size, Root: root, Number: 1, Time: l.now().UTC().Truncate(time.Second), Previous: signing.Digest(l.suite, "")}
	last, err := headsAfter(ctx, tx, "number DESC", 0, 1)
	if err != nil {
		return "", err
	}
	if len(last) == 1 {
		opened, err := l.continues(ctx, tx, last[0], head, keys)
		if err != nil {
			return "", err
		}
		if _, err := (signing.Keyring{key.Public()}).Open(last[0].Note); err == nil && opened.Size == size {
			return last[0].Note, nil
		}
		head.Number, head.Previous = opened.Number+1, signing.Digest(l.suite, last[0].Note)
	}
	signed, err := key.Sign(head)
	if err != nil {
		return "", err
	}
	_, err = tx.NewRaw(`INSERT INTO audit_heads (number, size, note) VALUES (?, ?, ?)`, head.Number, head.Size, signed).Exec(ctx)
	return signed, err
}

// continues makes sure that the new head is a growth of the last one.
func (l *Log) continues(ctx context.Context, tx bun.Tx, last headRow, head signing.Head, keys signing.Keyring) (signing.Head, error) {
	opened, err := keys.Open(last.Note)
	if err != nil {
		return signing.Head{}, fmt.Errorf("head %d: %w", last.Number, err)
	}
	if opened.Size > head.Size {
		return signing.Head{}, fmt.Errorf("head %d has %d entries, the log %d: %w", opened.Number, opened.Size, head.Size, ErrUnfit)
	}
	path, err := l.suite.Hashing().ProveConsistency(opened.Size, head.Size, nodeReader(ctx, tx))
	if err != nil {
		return signing.Head{}, err
	}
	if err := l.suite.Hashing().VerifyConsistency(opened.Size, head.Size, opened.Root, head.Root, path); err != nil {
		return signing.Head{}, fmt.Errorf("after head %d: %w: %w", opened.Number, ErrUnfit, err)
	}
	return opened, nil
}

// Within runs do in a transaction, as store.Within does.
type Within func(ctx context.Context, do func(ctx context.Context, tx bun.Tx) error) error

// KeepSigning signs at each tick until the context ends, and once more then, so that an orderly stop leaves
// nothing unsigned. It reports each failure and goes on.
func (l *Log) KeepSigning(ctx context.Context, within Within, ticks <-chan time.Time, failed func(error),
	key *signing.Key, earlier ...*signing.PublicKey,
) {
	sign := func(ctx context.Context) {
		err := within(ctx, func(ctx context.Context, tx bun.Tx) error {
			_, err := l.Sign(ctx, tx, key, earlier...)
			return err
		})
		if err != nil {
			failed(err)
		}
	}
	for {
		select {
		case <-ticks:
			sign(ctx)
		case <-ctx.Done():
			sign(context.WithoutCancel(ctx))
			return
		}
	}
}

// Heads are the stored signed heads after the number, oldest first, at most limit of them. They are as stored:
// open them with a keyring.
func Heads(ctx context.Context, db bun.IDB, after int64, limit int) ([]string, error) {
	rows, err := headsAfter(ctx, db, "number", after, limit)
	notes := make([]string, len(rows))
	for i, row := range rows {
		notes[i] = row.Note
	}
	return notes, err
}

func headsAfter(ctx context.Context, db bun.IDB, order string, after int64, limit int) ([]headRow, error) {
	var rows []headRow
	err := db.NewRaw(`SELECT number, size, note FROM audit_heads WHERE number > ? ORDER BY ? LIMIT ?`,
		after, bun.Safe(order), limit).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("read signed heads: %w", err)
	}
	return rows, nil
}

// ProveGrowth is the consistency proof between two sizes of the stored tree, for whoever holds a head of each.
func (l *Log) ProveGrowth(ctx context.Context, db bun.IDB, from, to int64) ([]merkle.Hash, error) {
	found, err := state(ctx, db)
	if err != nil {
		return nil, err
	}
	if to > found.size {
		return nil, fmt.Errorf("prove the growth from %d to %d entries: the log has %d", from, to, found.size)
	}
	return l.suite.Hashing().ProveConsistency(from, to, nodeReader(ctx, db))
}
