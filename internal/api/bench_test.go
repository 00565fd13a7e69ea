package api

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// What a program waits for: a part of a list, one record, and a record that it has already.
func BenchmarkReading(b *testing.B) {
	for name, open := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			f := servicetest.Settle(b, storetest.Open(b, open(b), store.Options{Rooms: servicetest.Rooms(rooms...)}))
			w := settle(b, f)
			w.Promises(b, w.Store(), 5000)
			for what, request := range map[string][2]string{
				"list":      {"/commitments?order=by&limit=50", ""},
				"one":       {"/commitments/" + string(w.Commitment.ID), ""},
				"unchanged": {"/commitments/" + string(w.Commitment.ID), `"1"`},
			} {
				b.Run(what, func(b *testing.B) { w.reading(b, request[0], request[1]) })
			}
		})
	}
}

func (w *world) reading(b *testing.B, path, has string) {
	for b.Loop() {
		r := httptest.NewRequestWithContext(b.Context(), http.MethodGet, Base+path, nil)
		r.Header.Set("Authorization", "Bearer "+office)
		r.Header.Set("If-None-Match", has)
		answer := httptest.NewRecorder()
		w.api.ServeHTTP(answer, r)
		if answer.Code >= http.StatusBadRequest {
			b.Fatal(answer.Body)
		}
	}
}
