package reporting_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestFiguresAreWhatRecomputingGives does at random what people do (fill by either basis, send in, return, lock, correct,
// hand a commitment over, merge units, in whatever order) and holds the figures against everything computed anew.
func TestFiguresAreWhatRecomputingGives(t *testing.T) {
	for seed := range uint64(3) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			each(t, func(t *testing.T, o *town) {
				c := o.promise(t, o.Bureau.ID, ledger.Target{Number: 1, Subject: "改造", Cmp: ledger.AtLeast, Value: ledger.Int(40), Unit: "处", Measure: ledger.Level})
				o.begin(t, false)
				o.month(t, 9)
				p := &people{town: o, random: rand.New(rand.NewPCG(seed, 1)), handed: c}
				for range 120 {
					p.act(t)
				}
				o.sound(t)
				if p.locked == 0 || p.corrected == 0 {
					t.Errorf("%d locks and %d corrections prove little", p.locked, p.corrected)
				}
				p.totals(t)
			})
		})
	}
}

// people do things at random.
type people struct {
	*town
	random            *rand.Rand
	handed            ledger.Commitment
	merged            bool
	locked, corrected int
}

// act does one thing, or fails to, as people do.
func (p *people) act(t *testing.T) {
	t.Helper()
	units := []ledger.UnitID{p.Bureau.ID, p.Street.ID, p.statistics.ID}
	heads := []context.Context{p.head, p.AsAccount(t.Context(), "street-head", "unit-head", p.Street.ID), p.statistician}
	i := p.random.IntN(3)
	round := p.roundOf(t, 1+p.random.IntN(9))
	form, err := p.Form(heads[i], round.ID, units[i])
	if err != nil {
		return
	}
	id := []reporting.SubmissionID{form.Submission.ID}
	switch p.random.IntN(12) {
	case 0, 1, 2, 3, 4, 5:
		p.report(heads[i], t, form)
	case 6:
		p.Take(p.office, "return", id, "重新核实")
	case 7, 8:
		p.Take(p.office, "review", id, "")
		if p.Take(p.office, "lock", id, "")[0].Err == nil {
			p.locked++
		}
	case 9, 10:
		p.correct(t)
	case 11:
		p.reshape(t, units)
	}
}

// report fills a form and sends it in, and most often has it locked.
func (p *people) report(head context.Context, t *testing.T, form usecases.FormView) {
	t.Helper()
	filling := usecases.Filling{Round: form.Round.ID, Unit: form.Submission.Unit}
	for _, row := range form.Rows {
		if row.Gone {
			continue
		}
		given := []reporting.Basis{reporting.OfPeriod, reporting.Cumulative}[p.random.IntN(2)]
		filled := p.beds(int64(p.random.IntN(300)), given, row.Revision)
		filled.Subject = row.Subject
		filling.Rows = append(filling.Rows, filled)
	}
	saved, err := p.Save(head, filling)
	if err != nil || p.random.IntN(5) == 0 {
		return
	}
	sent, err := p.Submit(head, saved.Submission.ID, saved.Submission.Revision)
	if err != nil {
		return
	}
	id := []reporting.SubmissionID{sent.ID}
	if p.random.IntN(3) > 0 && p.Take(p.office, "review", id, "")[0].Err == nil && p.Take(p.office, "lock", id, "")[0].Err == nil {
		p.locked++
	}
}

// correct corrects a figure that is locked.
func (p *people) correct(t *testing.T) {
	t.Helper()
	figures := have[[]usecases.Figure](t)(p.Figures(p.office, p.Plan.ID, usecases.FigureFilter{}))
	if len(figures) == 0 {
		return
	}
	f := figures[p.random.IntN(len(figures))]
	after := f.Observation
	after.Value = ledger.Int(int64(p.random.IntN(300)))
	after.Given = []reporting.Basis{reporting.OfPeriod, reporting.Cumulative}[p.random.IntN(2)]
	c, err := p.ProposeCorrection(p.second, usecases.Proposal{
		Plan: p.Plan.ID, Subject: f.Subject, Unit: f.Unit, Period: f.Point.Period, After: after, Reason: "核实", Basis: "文件",
	})
	if err != nil {
		return
	}
	have[usecases.CorrectionView](t)(p.DecideCorrection(p.office, c.ID, "approve", "", c.Revision))
	p.corrected++
}

// reshape hands a commitment over to another unit, or merges one unit into another.
func (p *people) reshape(t *testing.T, units []ledger.UnitID) {
	t.Helper()
	if p.random.IntN(4) == 0 && !p.merged {
		street := have[store.Record[ledger.Unit]](t)(p.Store().Units().Get(t.Context(), string(p.Street.ID)))
		p.merged = true
		must(t, p.Store().Units().Changed(t.Context(), ledger.UnitChange{
			Unit: p.Street.ID, Kind: ledger.Merged, On: day(9, 1), Into: []ledger.UnitID{p.Bureau.ID},
		}, street.Revision))
		return
	}
	p.handOver(t, p.handed.ID, units[p.random.IntN(len(units))])
}

// totals fails a test unless totals are those of the figures and of nothing else.
func (p *people) totals(t *testing.T) {
	t.Helper()
	subject := reporting.IndicatorSubject(p.Indicator.ID)
	for month := 1; month <= 9; month++ {
		period := reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: month}
		figures := have[[]usecases.Figure](t)(p.Figures(p.office, p.Plan.ID, usecases.FigureFilter{
			Subjects: []reporting.Subject{subject}, Period: period,
		}))
		var parts []reporting.Part
		for _, f := range figures {
			parts = append(parts, reporting.Part{Unit: f.Unit, Point: f.Point})
		}
		totals := have[usecases.TotalPage](t)(p.Totals(p.office, p.Plan.ID, usecases.TotalQuery{
			Period: period, Subjects: []reporting.Subject{subject},
		}, store.Page{Limit: 1})).Totals
		if len(totals) == 0 {
			continue
		}
		want := reporting.RollUp(totals[0].Terms, period, parts)
		if text(t, totals[0].Total.Point) != text(t, want.Point) {
			t.Errorf("%s: the total is %s, the figures make %s", period.Key(), text(t, totals[0].Total.Point), text(t, want.Point))
		}
	}
}
