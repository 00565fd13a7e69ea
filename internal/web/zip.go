package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// worthZipping is from how many bytes on a page is smaller when it is compressed.
const worthZipping = 1 << 10

// Secrets may stand in these pages beside what a request brought. How long such a page is when it is compressed would
// tell the secret bit by bit to whoever can make the browser ask for it again and again, so they go as they are.
var unzipped = []string{"/sign-in", "/account", "/accounts", "/webhooks"}

var zippers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// zips tells whether a page is to be compressed: not where a form brought what it repeats.
func zips(r *http.Request, size int) bool {
	if size < worthZipping || r.Method != http.MethodGet || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return false
	}
	for _, path := range unzipped {
		if r.URL.Path == path || strings.HasPrefix(r.URL.Path, path+"/") {
			return false
		}
	}
	return true
}

// zipped is a page compressed.
func zipped(page []byte) []byte {
	var small bytes.Buffer
	w, ok := zippers.Get().(*gzip.Writer)
	if !ok {
		w = gzip.NewWriter(nil)
	}
	defer zippers.Put(w)
	w.Reset(&small)
	_, err := w.Write(page)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // memory takes everything
	}
	return small.Bytes()
}
