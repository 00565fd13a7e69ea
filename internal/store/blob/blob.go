// Package blob keeps the bytes of documents and of evidence under their digests.
package blob

import (
	"context"
	"errors"
	"io"

	"luoshi/ledger"
)

// Store keeps bytes. A folder does it here; a bucket of an object store would do it as well.
type Store interface {
	// Put keeps what is read under its digest and tells the digest. What is there already is left as it
	// is. After an error nothing is kept; bytes that do not have the digest that is expected are
	// ErrDamaged.
	Put(ctx context.Context, content io.Reader, expected ledger.Digest) (Stored, error)
	// Open reads what is kept under a digest. Reading to the end fails with ErrDamaged where the bytes
	// are no longer those that were kept.
	Open(ctx context.Context, digest ledger.Digest) (io.ReadCloser, error)
	// Has tells whether something is kept under a digest.
	Has(ctx context.Context, digest ledger.Digest) (bool, error)
}

// Stored is what was kept.
type Stored struct {
	Digest ledger.Digest
	Size   int64
}

var (
	// ErrAbsent says that nothing is kept under a digest.
	ErrAbsent = errors.New("blob: nothing is kept under this digest")
	// ErrDamaged says that bytes do not have their digest.
	ErrDamaged = errors.New("blob: the bytes do not have their digest")
)
