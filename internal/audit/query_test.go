package audit_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

func TestEntriesAreFoundByWhoWhatAndWhen(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		clock := now()
		var log *audit.Log
		if err := within(db)(t.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
			log, err = audit.Open(ctx, tx, origin, signing.SHA256Ed25519, func() time.Time { clock = clock.Add(time.Hour); return clock })
			return err
		}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ actor, action, kind, id string }{
			{"u-1", "plan.edit", "plans", "p-1"},    // 1, 03:00
			{"u-2", "plan.publish", "plans", "p-1"}, // 2
			{"u-1", "planner.edit", "plans", "p-2"}, // 3
			{"u-1", "unit.edit", "units", "p-1"},    // 4
			{"u-3", "plan.edit", "plans", "p-1"},    // 5, 07:00
		} {
			_, err := appendTo(t.Context(), db, log, audit.Change{
				Actor: audit.Actor{ID: c.actor}, Action: c.action, Object: audit.Object{Kind: c.kind, ID: c.id}, Detail: "x",
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		at := func(hour int) time.Time { return time.Date(2026, 3, 1, hour, 0, 0, 0, time.UTC) }
		for name, c := range map[string]struct {
			query audit.Query
			want  []int64
		}{
			"all, the newest first":  {audit.Query{}, []int64{5, 4, 3, 2, 1}},
			"by actor":               {audit.Query{Actor: "u-1"}, []int64{4, 3, 1}},
			"by object":              {audit.Query{Kind: "plans", Object: "p-1"}, []int64{5, 2, 1}},
			"by action":              {audit.Query{Action: "plan.edit"}, []int64{5, 1}},
			"by a group of actions":  {audit.Query{Action: "plan."}, []int64{5, 2, 1}},
			"by time":                {audit.Query{From: at(4), Until: at(6)}, []int64{3, 2}},
			"before an entry":        {audit.Query{Before: 4, Limit: 2}, []int64{3, 2}},
			"none, however it reads": {audit.Query{Actor: "u-1' OR '1'='1"}, nil},
		} {
			if c.query.Limit == 0 {
				c.query.Limit = 10
			}
			entries, err := audit.Select(t.Context(), db, c.query)
			var got []int64
			for _, e := range entries {
				got = append(got, e.Sequence)
			}
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
		for upto, want := range map[int64][]string{5: {"plan.edit", "plan.publish", "planner.edit", "unit.edit"}, 0: nil} {
			actions, err := audit.Actions(t.Context(), db, 0, upto)
			slices.Sort(actions)
			if err != nil || !slices.Equal(actions, want) {
				t.Errorf("%v, %v", actions, err)
			}
		}
		if size, err := audit.Size(t.Context(), db); err != nil || size != 5 {
			t.Errorf("%d, %v", size, err)
		}
	})
}

func TestTheLastHeadIsTheNewest(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		key, _ := keyFile(t)
		log := begun(t, db, key.Public().Suite())
		if _, err := audit.LastHead(t.Context(), db); !errors.Is(err, audit.ErrNoHead) {
			t.Errorf("%v", err)
		}
		for n := range 2 {
			if _, err := appendTo(t.Context(), db, log, amended(n)); err != nil {
				t.Fatal(err)
			}
			signed, err := sign(t.Context(), db, log, key)
			if err != nil {
				t.Fatal(err)
			}
			if last, err := audit.LastHead(t.Context(), db); err != nil || last != signed {
				t.Errorf("%q, %v", last, err)
			}
		}
	})
}
