package reporting_test

import (
	"bytes"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/storetest"
)

// TestABackupKeepsWhatWasReported restores a backup into the other database, where figures are what they were, and what
// was locked still cannot be changed.
func TestABackupKeepsWhatWasReported(t *testing.T) {
	for name, path := range map[string][2]func(testing.TB) string{
		"sqlite to postgres": {storetest.SQLite, storetest.Postgres},
		"postgres to sqlite": {storetest.Postgres, storetest.SQLite},
	} {
		t.Run(name, func(t *testing.T) {
			c := &clock{}
			c.on(1, 2)
			options := store.Options{Rooms: rooms, Now: c.now}
			o := settle(t, storetest.Open(t, path[0](t), options), c)
			o.begin(t, false)
			round := o.lockedMonth(t, 1, 18)
			o.correctBeds(t, round)
			want := text(t, have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, usecases.FigureFilter{})))
			var file bytes.Buffer
			must(t, backup.Write(t.Context(), o.Store(), &file))

			restored := storetest.Open(t, path[1](t), options)
			must(t, backup.Restore(t.Context(), restored, &file))
			s := another(t, restored)
			if got := text(t, have[[]usecases.Figure](t)(s.Figures(o.office, o.Plan.ID, usecases.FigureFilter{}))); got != want {
				t.Errorf("figures were %s and are %s", want, got)
			}
			if got := text(t, have[[]usecases.Figure](t)(s.Recompute(o.office, o.Plan.ID))); got != want {
				t.Errorf("anew they are %s", got)
			}
			if _, err := restored.SQL().ExecContext(t.Context(), "UPDATE observations SET body = '{}'"); err == nil {
				t.Error("what was locked can be changed")
			}
		})
	}
}
