package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"luoshi/internal/store"
)

// Known is what a reader has already.
type Known struct {
	IfNoneMatch string `header:"If-None-Match" doc:"The ETag that the reader has; the answer is 304 where it still holds"`
}

// Seen is from which revision a change is made.
type Seen struct {
	IfMatch string `header:"If-Match" doc:"The ETag of the record as it was read. Needed: 428 without it, 412 where the record was changed since"`
}

// revision is the revision of If-Match.
func (s Seen) revision(ctx context.Context) (int64, error) {
	if s.IfMatch == "" || s.IfMatch == "*" {
		return 0, problemOf(ctx, kindRevisionMissing)
	}
	text, quoted := strings.CutPrefix(strings.TrimSuffix(s.IfMatch, `"`), `"`)
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || !quoted || n < 0 {
		// A tag that was never given out holds for no revision.
		return 0, problemOf(ctx, kindChanged)
	}
	return n, nil
}

// one is the answer with one record. Its ETag is its revision.
type one[T any] struct {
	Status   int
	ETag     string `header:"ETag" doc:"The revision of the record"`
	Location string `header:"Location" doc:"Where the record is found, of a new one"`
	Body     T
}

// Kept is what every record carries beside its value.
type Kept struct {
	Revision int64     `json:"revision" doc:"One more with each change; the ETag of the record"`
	Created  time.Time `json:"created"`
	Updated  time.Time `json:"updated"`
}

func keptOf[T any](r store.Record[T]) Kept {
	return Kept{Revision: r.Revision, Created: r.Created, Updated: r.Updated}
}

func tagOf(revision int64) string { return `"` + strconv.FormatInt(revision, 10) + `"` }

// answered is a record as the answer, or 304 where the reader has it.
func answered[T any](k Known, revision int64, body T) *one[T] {
	etag := tagOf(revision)
	for has := range strings.SplitSeq(k.IfNoneMatch, ",") {
		if has = strings.TrimPrefix(strings.TrimSpace(has), "W/"); has == etag || has == "*" {
			return &one[T]{Status: http.StatusNotModified, ETag: etag}
		}
	}
	return &one[T]{Status: http.StatusOK, ETag: etag, Body: body}
}

// changed is a record as it is after a change.
func changed[T any](revision int64, body T) *one[T] {
	return &one[T]{Status: http.StatusOK, ETag: tagOf(revision), Body: body}
}

// made is a new record.
func made[T any](path string, revision int64, body T) *one[T] {
	return &one[T]{Status: http.StatusCreated, ETag: tagOf(revision), Location: Base + path, Body: body}
}

// cached says that an operation may answer 304.
func cached(o *huma.Operation) {
	o.Responses = map[string]*huma.Response{"304": {
		Description: "The reader has it already",
		Headers:     map[string]*huma.Header{"ETag": {Schema: &huma.Schema{Type: huma.TypeString}}},
	}}
}

// plain is an answer that is no record.
type plain[T any] struct{ Body T }
