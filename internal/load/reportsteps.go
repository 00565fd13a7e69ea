package load

import (
	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// way is a step of the way of a form, and in which role it is taken.
type way struct{ action, role, reason string }

// wayTo is the way of a form to a state, by the workflow of submissions.
func wayTo(state reporting.State, statistics bool) []way {
	submit, approve := way{action: "submit", role: "reporter"}, way{action: "approve", role: "unit-head"}
	steps := []way{submit, approve}
	if statistics {
		steps = append(steps, way{action: "refer", role: "unit-head"})
		if state == reporting.Reviewed || state == reporting.Locked {
			steps = append(steps, way{action: "confirm", role: "unit-head"})
		}
	}
	switch state {
	case reporting.Drafted:
		return nil
	case reporting.Submitted:
		return steps[:1]
	case reporting.Returned:
		return []way{submit, {action: "return", role: "unit-head", reason: "请核实数据"}}
	case reporting.Reviewed, reporting.Locked:
		steps = append(steps, way{action: "review", role: "supervising-office"})
	}
	if state == reporting.Locked {
		steps = append(steps, way{action: "lock", role: "supervising-office"})
	}
	return steps
}

// steps are the steps of a submission, all on the day on which its round was opened.
func (r *reporter) steps(rows *reportRows, s submissionRow, round reporting.Round) {
	steps := wayTo(reporting.State(s.State), s.Statistics)
	if len(steps) == 0 {
		return
	}
	rows.cases = append(rows.cases, caseRow{
		Kind: usecases.SubmissionKind, Object: s.ID, Flow: "submission", Version: 1, Begun: round.Opens.String(), State: s.State,
	})
	settled := !s.Statistics
	for i, step := range steps {
		facts := []string{"sound"}
		if s.Statistics {
			facts = append(facts, "asked")
		}
		if settled = settled || step.action == "confirm"; settled {
			facts = append(facts, "settled")
		}
		rows.steps = append(rows.steps, stepRow{
			Kind: usecases.SubmissionKind, Object: s.ID, Number: i + 1, Action: step.action, Role: step.role, Account: author,
			OnDay: round.Opens.String(), AtTime: s.Updated, Facts: written(facts), Reason: step.reason,
		})
	}
}

// run is a lane with what was said in it, form by form.
type run struct {
	lane
	said        []reporting.Stated
	observed    []reporting.Observation
	submissions []submissionRow
}

// say writes an observation, and keeps it where it is locked.
func (l *run) say(rows *reportRows, s submissionRow, row reporting.Row, month int, id string) {
	l.row = row
	o := l.observation(month)
	rows.observations = append(rows.observations, observationRow{
		ID: id, Revision: 1, Submission: s.ID, Subject: row.Subject.String(), Account: author, AtTime: s.Updated, Terms: written(row.Terms), Body: written(o),
	})
	if s.State != string(reporting.Locked) {
		return
	}
	l.submissions, l.observed = append(l.submissions, s), append(l.observed, o)
	l.said = append(l.said, reporting.Stated{
		Period: periodOf(s), Unit: ledger.UnitID(s.Unit), Observation: reporting.ObservationID(id), Figures: o.Figures, Said: o.Said,
		State: reporting.Locked, Reason: o.Reason,
	})
}

func periodOf(s submissionRow) reporting.Period {
	p, err := reporting.ParsePeriod(s.Period)
	if err != nil {
		panic(err) // written by Period.Key
	}
	return p
}

// lock writes the figures of a lane, with that of the third month corrected if asked for.
func (l *run) lock(rows *reportRows, newID func() string, corrected bool) {
	points := reporting.Derive(l.row.Terms, l.said)
	if corrected && l.row.Subject.Kind == reporting.OfTarget {
		points = l.correct(rows, newID(), points)
	}
	for i, point := range points {
		s := l.submissions[i]
		rows.figures = append(rows.figures, figureRow{
			Plan: s.Plan, Subject: l.row.Subject.String(), Unit: s.Unit, Period: s.Period, Ends: s.Ends, Submission: s.ID,
			OfPeriod: point.OfPeriod.String(), Cumulative: point.Cumulative.String(), Corrected: point.Corrected,
			Point: written(point), Body: written(l.observed[i]),
		})
	}
}

// correct corrects the figure of the third month.
func (l *run) correct(rows *reportRows, id string, before []reporting.Point) []reporting.Point {
	const third = 2
	s, was, now := l.submissions[third], l.observed[third], l.observed[third]
	now.Value = reporting.Sum(was.Value, ledger.Int(1))
	l.observed[third], l.said[third].Figures, l.said[third].Corrected = now, now.Figures, true
	after := reporting.Derive(l.row.Terms, l.said)
	decided := s.Updated
	rows.corrections = append(rows.corrections, correctionRow{
		ID: id, Revision: 2, Plan: s.Plan, Subject: l.row.Subject.String(), Unit: s.Unit, Period: s.Period, State: string(usecases.Agreed),
		Before: written(was), After: written(now), Reason: "统计口径核实", Basis: "核实情况的函", Proposer: author, Proposed: s.Updated,
		Decider: author + "-2", Decided: &decided, Derived: written(reporting.Differences(before, after)),
	})
	day := s.Ends
	rows.cases = append(rows.cases, caseRow{Kind: usecases.CorrectionKind, Object: id, Flow: "correction", Version: 1, Begun: day, State: string(usecases.Agreed)})
	for i, step := range []way{{"propose", "unit-head", "统计口径核实"}, {"approve", "supervising-office", ""}} {
		actor := author
		if i > 0 {
			actor = author + "-2"
		}
		rows.steps = append(rows.steps, stepRow{
			Kind: usecases.CorrectionKind, Object: id, Number: i + 1, Action: step.action, Role: step.role, Account: actor,
			OnDay: day, AtTime: s.Updated, Facts: written([]string{"has-basis"}), Reason: step.reason,
		})
	}
	return after
}
