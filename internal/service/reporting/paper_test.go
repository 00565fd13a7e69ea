package reporting_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/service/evidence"
	"luoshi/internal/service/planning"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// A correction keeps the file of the document that it rests on: who decides opens it, and after the decision it stays.
func TestACorrectionKeepsThePaperThatItRestsOn(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.lockedBy(o.head, t, o.Bureau.ID, 1, 18, reporting.Cumulative)
		wish := usecases.Proposal{
			Plan: o.Plan.ID, Subject: reporting.IndicatorSubject(o.Indicator.ID), Unit: o.Bureau.ID, Period: o.roundOf(t, 1).Period,
			After: o.beds(19, reporting.Cumulative, 0).Observation, Reason: "漏报1张", Basis: "望民发〔2026〕7号",
			Paper: usecases.Paper{Name: "更正.exe", Content: strings.NewReader("MZ\x90\x00")},
		}
		_, err := o.ProposeCorrection(o.head, wish)
		wantFault(t, err, "evidence.type")
		wish.Paper = usecases.Paper{Name: "更正说明.txt", Content: strings.NewReader("漏报1张")}
		made := have[usecases.CorrectionView](t)(o.ProposeCorrection(o.head, wish))
		if made.PaperName != "更正说明.txt" || made.Document == "" {
			t.Errorf("proposed is %+v", made)
		}
		paper := func() string {
			_, content, err := o.OpenPaper(o.office, made.ID)
			must(t, err)
			defer func() { must(t, content.Close()) }()
			return string(have[[]byte](t)(io.ReadAll(content)))
		}
		if got := paper(); got != "漏报1张" {
			t.Errorf("the paper says %q", got)
		}
		street := o.AsAccount(t.Context(), "street-head", "unit-head", o.Street.ID)
		if _, _, err := o.OpenPaper(street, made.ID); err == nil {
			t.Error("another unit opens the paper")
		}
		better := usecases.Paper{Name: "更正说明.txt", Content: strings.NewReader("漏报1张，附名单")}
		if _, err := o.AttachPaper(street, made.ID, better); err == nil {
			t.Error("another unit puts a paper there")
		}
		made = have[usecases.CorrectionView](t)(o.AttachPaper(o.head, made.ID, better))
		if got := paper(); got != "漏报1张，附名单" || made.Revision != 2 {
			t.Errorf("of revision %d the paper says %q", made.Revision, got)
		}
		have[usecases.CorrectionView](t)(o.DecideCorrection(o.office, made.ID, "approve", "", made.Revision))
		_, err = o.AttachPaper(o.head, made.ID, usecases.Paper{Name: "x.txt", Content: strings.NewReader("x")})
		wantFault(t, err, "correction.decided")
		if got := paper(); got != "漏报1张，附名单" {
			t.Errorf("after the decision the paper says %q", got)
		}
	})
}

// A correction without a file has none to open.
func TestACorrectionWithoutPaper(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.lockedBy(o.head, t, o.Bureau.ID, 1, 18, reporting.Cumulative)
		made := have[usecases.CorrectionView](t)(o.ProposeCorrection(o.head, usecases.Proposal{
			Plan: o.Plan.ID, Subject: reporting.IndicatorSubject(o.Indicator.ID), Unit: o.Bureau.ID, Period: o.roundOf(t, 1).Period,
			After: o.beds(19, reporting.Cumulative, 0).Observation, Reason: "漏报1张", Basis: "望民发〔2026〕7号",
		}))
		var missing *store.NotFound
		if file, _, err := o.OpenPaper(o.office, made.ID); !errors.As(err, &missing) || file != (evidence.File{}) {
			t.Errorf("there is %+v, %v", file, err)
		}
	})
}

// What a correction says of nodes and milestones holds from then on: one that was reached later, and one that was not.
// What was marked by hand on another day stays.
func TestACorrectionOfWhatWasReached(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		c, p := o.steps(t)
		plans := planning.New(o.Core, planning.Options{})
		round := o.month(t, 1)
		must(t, plans.Reach(o.head, c.ID, 1, day(1, 5), "方案已报备"))
		task, project := reporting.TaskSubject(c.ID), reporting.ProjectSubject(p.ID)
		form := o.fill(o.head, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative)
		filling := usecases.Filling{Round: round.ID, Unit: o.Bureau.ID}
		said := map[reporting.Subject]reporting.Observation{}
		for _, row := range form.Rows {
			filled := usecases.Filled{Observation: row.Observation, Seen: row.Revision}
			switch row.Subject {
			case task:
				filled.Nodes = []reporting.NodeReached{{Number: 1, On: day(1, 9)}, {Number: 2, On: day(1, 20)}}
			case project:
				filled.Nodes = []reporting.NodeReached{{Number: 1, On: day(1, 21)}}
			}
			said[row.Subject] = filled.Observation
			filling.Rows = append(filling.Rows, filled)
		}
		have[usecases.Saved](t)(o.Save(o.head, filling))
		have[usecases.Submission](t)(o.Submit(o.head, form.Submission.ID, 0))
		o.one(o.review, t, "review", form.Submission.ID, "")
		o.one(o.office, t, "lock", form.Submission.ID, "")

		correct := func(subject reporting.Subject, nodes []reporting.NodeReached, obstacles ...reporting.Obstacle) usecases.CorrectionView {
			after := said[subject]
			after.Nodes, after.Obstacles = nodes, obstacles
			made := have[usecases.CorrectionView](t)(o.ProposeCorrection(o.head, usecases.Proposal{
				Plan: o.Plan.ID, Subject: subject, Unit: o.Bureau.ID, Period: round.Period, After: after, Reason: "核实", Basis: "现场核查记录",
			}))
			return have[usecases.CorrectionView](t)(o.DecideCorrection(o.office, made.ID, "approve", "", made.Revision))
		}
		correct(task, nil)
		if marks := have[[]planning.Mark](t)(plans.Marks(o.head, c.ID)); len(marks) != 1 || marks[0].Reached != day(1, 5) {
			t.Errorf("marked are %+v", marks)
		}
		node := func() ledger.Node {
			return have[store.Record[ledger.Project]](t)(o.Store().Projects().Get(t.Context(), string(p.ID))).Value.Nodes[0]
		}
		correct(project, []reporting.NodeReached{{Number: 1, On: day(1, 28)}}, reporting.Obstacle{Text: "管线未迁改", Ask: o.Street.ID})
		if got := node().Done; got != day(1, 28) {
			t.Errorf("the node was reached on %s", got)
		}
		correct(project, nil)
		if got := node().Done; !got.IsZero() {
			t.Errorf("the node was reached on %s", got)
		}
		for kind, of := range map[string]string{planning.MilestonesKind: string(c.ID), "projects": string(p.ID)} {
			if entries := o.Entries(t, kind, of); !slices.Contains(entries, "observation.decide") && !slices.Contains(entries, "observation.amend") {
				t.Errorf("of %s the log tells %v", kind, entries)
			}
		}
	})
}
