package transfer_test

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/transfer"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
	rules "luoshi/ledger/reporting"
)

// reported lets the units of a place report for a month, up to a figure that was locked and corrected, with evidence.
func reported(t *testing.T, p place, d storetest.District) *reporting.Service {
	t.Helper()
	ctx := t.Context()
	f := servicetest.Fixture{Core: p.Core, District: d}
	as := func(account ledger.AccountID, role access.Role, unit ledger.UnitID) context.Context {
		return f.AsAccount(ctx, account, role, unit)
	}
	staff, head := as("staff", "supervising-office", d.Government.ID), as("head", "unit-head", d.Bureau.ID)
	plan := have[store.Record[ledger.Plan]](t)(p.Store().Plans().Get(ctx, string(d.Plan.ID)))
	plan.Value.State, plan.Value.Versions = ledger.Published, []ledger.Version{{Number: 1, On: day(2026, 1, 1), Basis: "望政发〔2026〕1号"}}
	have[store.Record[ledger.Plan]](t)(p.Store().Plans().Change(ctx, plan.Value, plan.Revision))
	bed := have[store.Record[ledger.Commitment]](t)(p.Store().Commitments().Get(ctx, string(d.Commitment.ID)))
	bed.Value.State = ledger.InForce
	have[store.Record[ledger.Commitment]](t)(p.Store().Commitments().Change(ctx, bed.Value, bed.Revision))

	s := reporting.New(p.Core, p.blobs, reporting.Options{})
	settings := reporting.UsualSettings()
	settings.Asking.Kinds = map[rules.SubjectKind]rules.Frequency{rules.OfIndicator: rules.Monthly}
	have[store.Record[reporting.Settings]](t)(s.SaveSettings(staff, d.Plan.ID, settings, 0))
	rounds := have[[]reporting.RoundView](t)(s.Rounds(staff, d.Plan.ID))
	round := have[reporting.RoundView](t)(s.OpenRound(staff, rounds[0].ID, rounds[0].Revision))
	have[int](t)(s.RemindNow(staff, round.ID, nil))
	said := rules.Observation{
		Subject: rules.IndicatorSubject(d.Indicator.ID), Figures: rules.Figures{Given: rules.Cumulative, Value: ledger.Int(20)}, Override: "已核实",
	}
	saved := have[reporting.Saved](t)(s.Save(head, reporting.Filling{
		Round: round.ID, Unit: d.Bureau.ID, Rows: []reporting.Filled{{Observation: said}},
	}))
	id := saved.Submission.ID
	have[reporting.Evidence](t)(s.Attach(head, id, said.Subject, "验收单.txt", strings.NewReader("验收合格")))
	have[reporting.Submission](t)(s.Submit(head, id, saved.Submission.Revision))
	for _, step := range []string{"review", "lock"} {
		must(t, s.Take(staff, step, []rules.SubmissionID{id}, "")[0].Err)
	}
	said.Value = ledger.Int(21)
	wish := have[reporting.CorrectionView](t)(s.ProposeCorrection(head, reporting.Proposal{
		Plan: d.Plan.ID, Subject: said.Subject, Unit: d.Bureau.ID, Period: round.Period, After: said, Reason: "漏报", Basis: "文件",
	}))
	have[reporting.CorrectionView](t)(s.DecideCorrection(staff, wish.ID, "approve", "", wish.Revision))
	return s
}

// What units have reported goes along with their plan: rounds, forms, evidence with its file, figures and corrections.
func TestWhatWasReportedGoesAlong(t *testing.T) {
	for name, path := range map[string][2]func(testing.TB) string{
		"SQLite to PostgreSQL": {storetest.SQLite, storetest.Postgres},
		"PostgreSQL to SQLite": {storetest.Postgres, storetest.SQLite},
	} {
		t.Run(name, func(t *testing.T) {
			from, d := settled(t, path[0](t))
			was := reported(t, from, d)
			file, first := carried(t, from, d.Plan.ID)
			to := open(t, path[1](t))
			report := have[transfer.Report](t)(to.Import(importing(t.Context()), opened(t, file)))
			if len(report.Differences) > 0 || report.Files != 2 {
				t.Fatalf("%+v", report)
			}
			_, again := carried(t, to, d.Plan.ID)
			if said(t, first.Parts) != said(t, again.Parts) {
				t.Errorf("it went as\n%v\nand came as\n%v", first.Parts, again.Parts)
			}
			is := reporting.New(to.Core, to.blobs, reporting.Options{})
			there := office(t.Context(), to, d)
			figures := have[[]reporting.Figure](t)(is.Figures(there, d.Plan.ID, reporting.FigureFilter{}))
			anew := have[[]reporting.Figure](t)(is.Recompute(there, d.Plan.ID))
			before := have[[]reporting.Figure](t)(was.Figures(office(t.Context(), from, d), d.Plan.ID, reporting.FigureFilter{}))
			if len(figures) != 1 || figures[0].Point.Cumulative.String() != "21" || said(t, figures) != said(t, before) || said(t, anew) != said(t, figures) {
				t.Errorf("the figures were %s, are %s and should be %s", said(t, before), said(t, figures), said(t, anew))
			}
			form := have[reporting.FormView](t)(is.Submission(there, figures[0].Submission))
			if form.Submission.State != rules.Locked || len(form.Rows[0].Evidence) != 1 || len(form.Case.Steps) == 0 {
				t.Fatalf("the form is %+v", form)
			}
			_, content, err := is.OpenEvidence(there, form.Rows[0].Evidence[0].ID, false)
			must(t, err)
			if text := have[[]byte](t)(io.ReadAll(content)); string(text) != "验收合格" {
				t.Errorf("the evidence says %q", text)
			}
			must(t, content.Close())
		})
	}
}

func said(t *testing.T, value any) string {
	t.Helper()
	return string(have[[]byte](t)(json.Marshal(value)))
}
