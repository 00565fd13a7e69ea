package blob_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

// objects is an object store that keeps to what a bucket relies on: a body that is not what was signed is refused,
// and an object is there as a whole or not at all.
type objects struct {
	mu      sync.Mutex
	kept    map[string]string
	refuses bool
}

func (o *objects) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.refuses || !strings.HasPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 Credential=key/") {
		http.Error(w, "<Code>AccessDenied</Code>", http.StatusForbidden)
		return
	}
	content, there := o.kept[r.URL.Path]
	switch {
	case r.Method == http.MethodPut:
		body, err := io.ReadAll(r.Body)
		if sum := sha256.Sum256(body); err != nil || hex.EncodeToString(sum[:]) != r.Header.Get("X-Amz-Content-Sha256") {
			http.Error(w, "<Code>XAmzContentSHA256Mismatch</Code>", http.StatusBadRequest)
			return
		}
		o.kept[r.URL.Path] = string(body)
	case !there:
		http.Error(w, "<Code>NoSuchKey</Code>", http.StatusNotFound)
	default:
		_, _ = io.WriteString(w, content)
	}
}

func openBucket(t *testing.T) (*blob.Bucket, *objects) {
	t.Helper()
	o := &objects{kept: map[string]string{}}
	server := httptest.NewServer(o)
	t.Cleanup(server.Close)
	b, err := blob.NewBucket(blob.BucketOptions{
		URL: server.URL + "/luoshi", Region: "us-east-1", Key: "key", Secret: "secret", Digest: sha256.New,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b, o
}

func TestABucketKeepsBytes(t *testing.T) {
	b, o := openBucket(t)
	for _, content := range []string{"", "一份文件", strings.Repeat("年度计划。", 100_000)} {
		for range 2 {
			stored, err := b.Put(t.Context(), strings.NewReader(content), digestOf(content))
			if err != nil || stored.Digest != digestOf(content) || stored.Size != int64(len(content)) {
				t.Fatalf("%+v, %v", stored, err)
			}
		}
		r, err := b.Open(t.Context(), digestOf(content))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err = errors.Join(err, r.Close()); err != nil || string(got) != content {
			t.Errorf("got %.20q, %v", got, err)
		}
		if has, err := b.Has(t.Context(), digestOf(content)); !has || err != nil {
			t.Errorf("%v, %v", has, err)
		}
		digest := string(digestOf(content))
		if _, there := o.kept["/luoshi/"+digest[:2]+"/"+digest]; !there {
			t.Error("the object does not have the name of a folder's file")
		}
	}
}

func TestABucketKeepsNothingOfWhatFails(t *testing.T) {
	b, o := openBucket(t)
	lost := errors.New("connection lost")
	if _, err := b.Put(t.Context(), io.MultiReader(strings.NewReader("half"), iotest.ErrReader(lost)), ""); !errors.Is(err, lost) {
		t.Errorf("a broken upload gives %v", err)
	}
	if _, err := b.Put(t.Context(), strings.NewReader("altered"), digestOf("original")); !errors.Is(err, blob.ErrDamaged) {
		t.Errorf("other bytes than expected give %v", err)
	}
	if len(o.kept) > 0 {
		t.Errorf("it keeps %v", o.kept)
	}
}

func TestABucketTellsWhatIsAbsentDamagedAndRefused(t *testing.T) {
	b, o := openBucket(t)
	if _, err := b.Open(t.Context(), digestOf("absent")); !errors.Is(err, blob.ErrAbsent) {
		t.Errorf("absent: %v", err)
	}
	if has, err := b.Has(t.Context(), digestOf("absent")); has || err != nil {
		t.Errorf("absent: %v, %v", has, err)
	}
	for _, forged := range []ledger.Digest{"", "a", "../../etc/passwd", "zz"} {
		if _, err := b.Open(t.Context(), forged); err == nil || errors.Is(err, blob.ErrAbsent) {
			t.Errorf("%q: %v", forged, err)
		}
	}
	if _, err := b.Put(t.Context(), strings.NewReader("计划"), ""); err != nil {
		t.Fatal(err)
	}
	for name := range o.kept {
		o.kept[name] = "计划。"
	}
	r, err := b.Open(t.Context(), digestOf("计划"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(r); !errors.Is(err, blob.ErrDamaged) {
		t.Errorf("damaged: %v", err)
	}
	r.Close()
	o.refuses = true
	for _, err := range []error{
		func() error { _, err := b.Has(t.Context(), digestOf("计划")); return err }(),
		func() error { _, err := b.Open(t.Context(), digestOf("计划")); return err }(),
		func() error { _, err := b.Put(t.Context(), strings.NewReader("x"), ""); return err }(),
	} {
		if err == nil || !strings.Contains(err.Error(), "403") || strings.Contains(err.Error(), "secret") {
			t.Errorf("refused: %v", err)
		}
	}
}
