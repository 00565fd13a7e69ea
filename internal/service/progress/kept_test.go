package progress_test

import (
	"context"
	"errors"
	"reflect"
	"sync"
	"testing"

	"luoshi/internal/service/progress"
	"luoshi/ledger/reporting"
)

// TestManyWhoAskAtOnceGetTheSame: accounts are made by one at a time and given to all who wait for them; who gives up does
// not wait.
func TestManyWhoAskAtOnceGetTheSame(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		month := reporting.Period{Frequency: reporting.Monthly, Year: o.Plan.Year, Number: 1}
		const many = 12
		tables, standings := make([]progress.Tables, many), make([][]progress.Standing, many)
		failed := make([]error, many)
		var wait sync.WaitGroup
		for i := range many {
			wait.Go(func() {
				var one, other error
				tables[i], one = o.Tables(o.leader, o.Plan.ID, month)
				standings[i], other = o.Standings(o.leader, o.Plan.ID)
				failed[i] = errors.Join(one, other)
			})
		}
		wait.Wait()
		if err := errors.Join(failed...); err != nil {
			t.Fatal(err)
		}
		for i := range many {
			if !reflect.DeepEqual(tables[i], tables[0]) || !reflect.DeepEqual(standings[i], standings[0]) {
				t.Errorf("one got %+v, another %+v", tables[0], tables[i])
			}
		}
		if len(tables[0].Indicators) == 0 || len(standings[0]) == 0 {
			t.Errorf("there is nothing in them: %+v %+v", tables[0], standings[0])
		}
		given, giveUp := context.WithCancel(o.leader)
		giveUp()
		if _, err := o.Tables(given, o.Plan.ID, month.Next()); !errors.Is(err, context.Canceled) {
			t.Errorf("who gave up got %v", err)
		}
	})
}
