package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"time"

	"luoshi/ledger"
)

// Bucket keeps bytes in an S3-compatible object store, under the same names as a folder does, so that the one can be
// copied into the other.
type Bucket struct {
	options BucketOptions
	base    *url.URL
	signer  signer
}

// BucketOptions say where a bucket is.
type BucketOptions struct {
	URL         string // with the bucket's name in the path: https://host/bucket
	Region      string
	Key, Secret string
	Digest      func() hash.Hash // of the ledger
	// Client sends the requests; one with a limit of time where it is nil.
	Client *http.Client
	// Now is the clock; time.Now where it is nil. The store refuses requests whose time is off by a quarter of an hour.
	Now func() time.Time
}

// NewBucket opens a bucket that is there. Nothing is asked of it yet.
func NewBucket(options BucketOptions) (*Bucket, error) {
	base, err := url.Parse(options.URL)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("blob: %q is no address of a bucket", options.URL)
	}
	if options.Client == nil {
		options.Client = &http.Client{Timeout: 10 * time.Minute}
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	return &Bucket{options: options, base: base, signer: signer{key: options.Key, secret: options.Secret, region: options.Region}}, nil
}

// nothing is the digest of an empty body.
var nothing = hex.EncodeToString(sha256.New().Sum(nil))

// send sends a signed request about a digest; the body's digest must be known before.
func (b *Bucket) send(ctx context.Context, method string, digest ledger.Digest, body io.Reader, size int64, sum string) (*http.Response, error) {
	name, err := fileOf(digest)
	if err != nil {
		return nil, err
	}
	target := *b.base
	target.Path = path.Join("/", target.Path, name)
	request, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return nil, fmt.Errorf("blob: %w", err)
	}
	request.ContentLength = size
	b.signer.sign(request, sum, b.options.Now())
	response, err := b.options.Client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("blob: the bucket does not answer: %w", err)
	}
	return response, nil
}

// refused is the error of an answer that is none of those expected. What the store says goes with it, as far as it
// is short: it names the reason and no secret.
func refused(response *http.Response) error {
	said, _ := io.ReadAll(io.LimitReader(response.Body, 500))
	return fmt.Errorf("blob: the bucket answers %s: %s", response.Status, said)
}

// Has tells whether something is kept under a digest.
func (b *Bucket) Has(ctx context.Context, digest ledger.Digest) (bool, error) {
	response, err := b.send(ctx, http.MethodHead, digest, http.NoBody, 0, nothing)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	switch response.StatusCode {
	case http.StatusOK:
		return true, nil
	case http.StatusNotFound:
		return false, nil
	}
	return false, refused(response)
}

// Open reads what is kept under a digest and checks it on the way.
func (b *Bucket) Open(ctx context.Context, digest ledger.Digest) (io.ReadCloser, error) {
	response, err := b.send(ctx, http.MethodGet, digest, http.NoBody, 0, nothing)
	if err != nil {
		return nil, err
	}
	switch response.StatusCode {
	case http.StatusOK:
		return &checkedBody{ReadCloser: response.Body, sum: b.options.Digest(), digest: digest}, nil
	case http.StatusNotFound:
		err = ErrAbsent
	default:
		err = refused(response)
	}
	return nil, errors.Join(err, response.Body.Close())
}

// checkedBody is compared with its digest as it is read.
type checkedBody struct {
	io.ReadCloser
	sum    hash.Hash
	digest ledger.Digest
}

// Read reads on; the end is also the end of the comparison.
func (c *checkedBody) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.sum.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(c.sum.Sum(nil)) != string(c.digest) {
		return n, ErrDamaged
	}
	return n, err
}

// Put writes a draft on this machine first: an object's name is its digest, which is known only when all was read.
// The store itself shows an object only when it is complete.
func (b *Bucket) Put(ctx context.Context, content io.Reader, expected ledger.Digest) (Stored, error) {
	draft, err := os.CreateTemp("", "luoshi-upload-*")
	if err != nil {
		return Stored{}, fmt.Errorf("blob: %w", err)
	}
	stored, err := b.put(ctx, draft, content, expected)
	return stored, errors.Join(err, draft.Close(), os.Remove(draft.Name()))
}

func (b *Bucket) put(ctx context.Context, draft *os.File, content io.Reader, expected ledger.Digest) (Stored, error) {
	own, body := b.options.Digest(), sha256.New()
	size, err := io.Copy(io.MultiWriter(draft, own, body), untilDone{ctx, content})
	if err != nil {
		return Stored{}, fmt.Errorf("blob: write: %w", err)
	}
	stored := Stored{Digest: ledger.Digest(hex.EncodeToString(own.Sum(nil))), Size: size}
	if expected != "" && stored.Digest != expected {
		return Stored{}, ErrDamaged
	}
	if there, err := b.Has(ctx, stored.Digest); err != nil || there {
		return stored, err
	}
	response, err := b.send(ctx, http.MethodPut, stored.Digest, io.NewSectionReader(draft, 0, size), size, hex.EncodeToString(body.Sum(nil)))
	if err != nil {
		return Stored{}, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return Stored{}, refused(response)
	}
	return stored, nil
}
