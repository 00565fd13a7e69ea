package progress_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"
	"testing"

	"luoshi/internal/service/planning"
	"luoshi/internal/service/progress"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// TestLightsAreThoseComputedFromScratch does at random what people do in a year, and compares the stored lights after
// each step with those that follow from what was said and corrected alone.
func TestLightsAreThoseComputedFromScratch(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		y := &year{town: o, dice: rand.New(rand.NewPCG(2026, 11)), month: 1, locked: map[ledger.UnitID]int{}}
		for range 50 {
			step := y.step(t)
			y.compute(t)
			stored := have[map[ledger.CommitmentID]string](t)(progress.Stored(t.Context(), o.Service, o.Plan.ID))
			scratch := have[map[ledger.CommitmentID]string](t)(progress.Scratch(t.Context(), o.Service, o.Plan.ID))
			if !maps.Equal(stored, scratch) {
				t.Fatalf("after %s the lights are\n%v\nand from scratch\n%v", step, stored, scratch)
			}
		}
	})
}

// year is a year that goes by at random.
type year struct {
	*town
	dice   *rand.Rand
	month  int
	locked map[ledger.UnitID]int // the last month that a unit has locked
}

func (y *year) step(t *testing.T) string {
	t.Helper()
	switch y.dice.IntN(6) {
	case 0:
		return y.correct(t)
	case 1:
		return y.mark(t)
	case 2:
		return y.rule(t)
	case 3:
		colour := light.Colours()[y.dice.IntN(2)]
		must(t, y.SetByHand(y.office, progress.ByHand{Commitment: y.share.ID, Colour: colour, Reason: "抽查"}))
		return "setting a light by hand"
	}
	return y.report(t)
}

// report locks what a unit says for the month, cumulative or of the month alone; each other time the month is over then.
func (y *year) report(t *testing.T) string {
	t.Helper()
	head, unit := y.head, y.Bureau.ID
	if y.locked[unit] == y.month {
		head, unit = y.street, y.Street.ID
	}
	if y.locked[unit] == y.month {
		y.month = min(y.month+1, 11)
		y.clock.on(y.month, 2)
		return "a month's end"
	}
	o := said(reporting.IndicatorSubject(y.Indicator.ID), strconv.Itoa(y.dice.IntN(20)), reporting.SaidAll()[y.dice.IntN(3)])
	if o.Given = reporting.OfPeriod; y.dice.IntN(3) > 0 {
		o.Given, o.Value = reporting.Cumulative, reporting.Sum(o.Value, y.upToNow(t, o.Subject, unit))
	}
	y.lock(head, t, unit, y.month, o)
	y.locked[unit] = y.month
	return fmt.Sprintf("reporting %s for month %d", o.Value.Plain(), y.month)
}

// upToNow is the largest cumulative figure of a unit: one that falls is not taken.
func (y *year) upToNow(t *testing.T, subject reporting.Subject, unit ledger.UnitID) ledger.Decimal {
	t.Helper()
	filter := usecases.FigureFilter{Subjects: []reporting.Subject{subject}, Units: []ledger.UnitID{unit}}
	largest := ledger.Int(0)
	for _, f := range have[[]usecases.Figure](t)(y.reporting.Figures(y.office, y.Plan.ID, filter)) {
		if f.Point.Cumulative.Known() && f.Point.Cumulative.Cmp(largest) > 0 {
			largest = f.Point.Cumulative
		}
	}
	return largest
}

func (y *year) correct(t *testing.T) string {
	t.Helper()
	figures := have[[]usecases.Figure](t)(y.reporting.Figures(y.office, y.Plan.ID, usecases.FigureFilter{}))
	if len(figures) == 0 {
		return "nothing"
	}
	at := y.dice.IntN(len(figures))
	for at+1 < len(figures) && figures[at+1].Subject == figures[at].Subject && figures[at+1].Unit == figures[at].Unit {
		at++ // the last one: an earlier one that rises may not be passed over
	}
	f := figures[at]
	after := f.Observation
	after.Value = reporting.Sum(after.Value, ledger.Int(int64(y.dice.IntN(20)+1)))
	c := have[usecases.CorrectionView](t)(y.reporting.ProposeCorrection(y.office, usecases.Proposal{
		Plan: y.Plan.ID, Subject: f.Subject, Unit: f.Unit, Period: f.Point.Period, After: after, Reason: "统计口径调整", Basis: "望统〔2026〕3号",
	}))
	second := y.AsAccount(context.Background(), "second", "supervising-office", y.Government.ID)
	_, err := y.reporting.DecideCorrection(second, c.ID, "approve", "", c.Revision)
	must(t, err)
	return "correcting " + f.Subject.String() + " of " + f.Point.Period.Key()
}

func (y *year) mark(t *testing.T) string {
	t.Helper()
	must(t, planning.New(y.Core, planning.Options{}).Reach(y.head, y.Commitment.ID, 1, y.Today(), ""))
	return "reaching a milestone"
}

func (y *year) rule(t *testing.T) string {
	t.Helper()
	terms := have[store.Record[progress.Terms]](t)(y.Terms(y.office, y.Plan.ID))
	kinds := light.PathKinds()
	terms.Value.Rule = light.Rules()[y.dice.IntN(len(light.Rules()))].Name
	terms.Value.Paths = map[ledger.CommitmentKind]light.Path{ledger.KindTask: {Kind: kinds[y.dice.IntN(len(kinds))]}}
	if path := terms.Value.Paths[ledger.KindTask]; path.Kind == light.ByQuarters {
		path.Weights = [4]ledger.Decimal{ledger.Int(10), ledger.Int(20), ledger.Int(30), ledger.Int(40)}
		terms.Value.Paths[ledger.KindTask] = path
	}
	have[store.Record[progress.Terms]](t)(y.SetTerms(y.office, y.Plan.ID, terms.Value, terms.Revision))
	return "choosing rule " + terms.Value.Rule
}
