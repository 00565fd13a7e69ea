package api

import (
	"bytes"
	"maps"
	"net/http"
)

// recorder holds an answer back until it is known whether it stands.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) { r.status = status }

func (r *recorder) Write(data []byte) (int, error) { return r.body.Write(data) }

// send passes the answer on.
func (r *recorder) send(w http.ResponseWriter) {
	maps.Copy(w.Header(), r.header)
	w.WriteHeader(r.status)
	// Nobody is left to be told where the answer cannot be written.
	_, _ = w.Write(r.body.Bytes())
}
