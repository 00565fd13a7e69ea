package reporting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Burdens are what each unit is asked in a round.
type Burdens struct {
	Round RoundView
	Units []reporting.Burden // in the order of the units
	// Uncounted are forms that were not counted yet.
	Uncounted int
}

// Burden is what each unit is asked in a round, of the units that the caller may see. Forms are counted when they are
// handed out, and once more when they are sent in: what had others said by then?
func (s *Service) Burden(ctx context.Context, round reporting.RoundID) (Burdens, error) {
	var found Burdens
	board, err := s.Board(ctx, round)
	if err != nil {
		return found, err
	}
	found.Round = board.Round
	var rows []struct{ Unit, Burden string }
	err = s.core.Store().View(ctx).NewSelect().Table("submissions").Column("unit", "burden").Where("round = ?", round).
		Where("burden <> ''").Scan(ctx, &rows)
	if err != nil {
		return found, fmt.Errorf("reading what is asked in round %s: %w", round, err)
	}
	counted := map[ledger.UnitID]string{}
	for _, row := range rows {
		counted[ledger.UnitID(row.Unit)] = row.Burden
	}
	for _, line := range board.Lines {
		text, is := counted[line.Unit]
		if !is {
			found.Uncounted++
			continue
		}
		var b reporting.Burden
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			return found, fmt.Errorf("reading what unit %s is asked in round %s: %w", line.Unit, round, err)
		}
		found.Units = append(found.Units, b)
	}
	return found, nil
}

// burden counts what the form on the desk asks.
func (a *surroundings) burden() reporting.Burden {
	b := reporting.Burden{Unit: ledger.UnitID(a.desk.row.Unit)}
	for _, row := range a.desk.rows {
		_, hints := a.offered(row, a.known(row))
		b.Count(row, hints)
	}
	return b
}

// offered is a row as far as it can be filled without asking, and where that is from.
func (a *surroundings) offered(row reporting.Row, known reporting.Known) (reporting.Observation, []reporting.Hint) {
	return reporting.Prefill(row, a.desk.round.Period, slices.Concat(known.Year, known.YearBefore), a.held(row))
}

// weigh counts what the forms ask that a round is about to hand out, before a transaction needs it; the context carries it.
func (s *Service) weigh(ctx context.Context, round reporting.Round) (context.Context, error) {
	ctx = once(ctx)
	m, err := s.material(ctx, round.Plan)
	if err != nil {
		return ctx, err
	}
	missing, err := s.missing(ctx, m, round)
	if err != nil {
		return ctx, err
	}
	counted := map[ledger.UnitID]string{}
	for _, row := range missing {
		d := &desk{material: m, round: round, row: row}
		if err := s.lay(ctx, d); err != nil {
			return ctx, err
		}
		around, err := s.contextOf(ctx, d)
		if err != nil {
			return ctx, err
		}
		counted[ledger.UnitID(row.Unit)] = written(around.burden())
	}
	return context.WithValue(ctx, weighedKey{}, counted), nil
}

// weighedKey is under which a context carries what forms ask that are about to be handed out.
type weighedKey struct{}

// weighed is what a form asks that is about to be handed out; empty where that was not counted.
func weighed(ctx context.Context, unit ledger.UnitID) string {
	counted, _ := ctx.Value(weighedKey{}).(map[ledger.UnitID]string)
	return counted[unit]
}
