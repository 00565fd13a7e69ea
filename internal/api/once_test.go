package api

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
)

// plans is how many plans there are of a year.
func (w *world) plans(t *testing.T, year int) int {
	t.Helper()
	list, err := service.All(t.Context(), w.Store().Plans().List)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, p := range list {
		if p.Value.Year == year {
			n++
		}
	}
	return n
}

func newPlan(w *world, year int) map[string]any {
	return map[string]any{"government": string(w.Government.ID), "year": year}
}

func TestAWriteWithAKeyIsDoneOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const key = "plan-of-2027"
		answers := make([]answer, 8)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() { answers[i] = w.call(t, office, "POST /plans", newPlan(w, 2027), "Idempotency-Key", key) })
		}
		all.Wait()
		replayed := 0
		for _, a := range answers {
			if a.StatusCode != http.StatusCreated || a.text("id") != answers[0].text("id") || a.Header.Get("ETag") != `"1"` {
				t.Errorf("%d %s", a.StatusCode, a.body)
			}
			if a.Header.Get("Idempotency-Replayed") == "true" {
				replayed++
			}
		}
		if replayed != len(answers)-1 || w.plans(t, 2027) != 1 {
			t.Errorf("%d plans, %d answers again", w.plans(t, 2027), replayed)
		}
		if entries := w.Entries(t, "plans", answers[0].text("id")); !slices.Equal(entries, []string{"plan.create"}) {
			t.Errorf("the log has %v", entries)
		}
		if a := w.want(t, http.StatusUnprocessableEntity, office, "POST /plans", newPlan(w, 2028), "Idempotency-Key", key); a.text("code") != "key-reused" {
			t.Errorf("%s", a.body)
		}
		other := w.want(t, http.StatusCreated, office+"@"+string(w.Bureau.ID), "POST /plans", newPlan(w, 2028), "Idempotency-Key", key)
		if other.Header.Get("Idempotency-Replayed") != "" {
			t.Error("the key of one caller was another's")
		}
		w.want(t, http.StatusUnprocessableEntity, office, "POST /plans", newPlan(w, 2028), "Idempotency-Key", "short")
	})
}

func TestAWriteThatFailsLeavesNothingAndMayBeTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const key = "title-of-2026"
		path, title := "PATCH /plans/"+string(w.Plan.ID), map[string]string{"title": "新的名称"}
		w.want(t, http.StatusPreconditionFailed, office, path, title, "Idempotency-Key", key, "If-Match", `"2"`)
		w.want(t, http.StatusOK, office, path, title, "Idempotency-Key", key, "If-Match", `"1"`)
		again := w.want(t, http.StatusOK, office, path, title, "Idempotency-Key", key, "If-Match", `"1"`)
		if again.Header.Get("Idempotency-Replayed") != "true" || again.Header.Get("ETag") != `"2"` {
			t.Errorf("%v %s", again.Header, again.body)
		}
	})
}

func TestARefusalIsKeptThoughTheWriteIsUndone(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		street := "unit-head@" + string(w.Street.ID)
		path := "POST /plans/" + string(w.Plan.ID) + "/steps"
		w.want(t, http.StatusForbidden, street, path, map[string]string{"action": "consult"}, "Idempotency-Key", "consulting", "If-Match", `"1"`)
		if entries := w.Entries(t, "accounts", street); !slices.Equal(entries, []string{string(service.Refuse)}) {
			t.Errorf("the log keeps %v", entries)
		}
	})
}

func TestAnswersAreForgottenAfterADay(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		const key = "plan-of-2027"
		w.want(t, http.StatusCreated, office, "POST /plans", newPlan(w, 2027), "Idempotency-Key", key)
		count := func() int {
			n, err := w.Store().View(t.Context()).NewSelect().Model((*answerRow)(nil)).Count(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return int(n)
		}
		if err := w.api.Forget(t.Context(), nil); err != nil || count() != 1 {
			t.Fatalf("%v, %d answers", err, count())
		}
		err := w.Store().Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.NewUpdate().Model((*answerRow)(nil)).Set("kept_until = ?", "2026-01-01T00:00:00.000000Z").Where("1 = 1").Exec(ctx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		a := w.want(t, http.StatusCreated, office, "POST /plans", newPlan(w, 2029), "Idempotency-Key", key)
		if a.Header.Get("Idempotency-Replayed") != "" || count() != 1 {
			t.Errorf("an old answer stands in the way: %s", a.body)
		}
	})
}
