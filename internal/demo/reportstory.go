package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	lights "luoshi/internal/service/progress"
	desk "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// firstDay is from when the units report: January had gone by when the plan was published.
var firstDay = calendar.Date{Year: year, Month: 2, Day: 1}

// lastDay is that of the story. The round of November is open then, and some units have reported.
var lastDay = calendar.Date{Year: year, Month: 11, Day: 20}

// schedules are when the units report: figures by the 25th of each month, matters without a figure by quarters.
func schedules() []reporting.Schedule {
	var chosen []reporting.Schedule
	for _, preset := range reporting.Presets() {
		if preset.Name == "month-by-25" || preset.Name == "quarter" {
			chosen = append(chosen, preset.Schedule)
		}
	}
	return chosen
}

// askUnits says when and what the units report.
func (t *teller) askUnits() error {
	ctx, err := t.as("shubai")
	if err != nil {
		return err
	}
	settings := desk.UsualSettings()
	settings.Schedules, settings.From = schedules(), firstDay
	if t.reports, err = t.readReports(); err != nil {
		return err
	}
	if err := t.askStatistics(ctx, &settings); err != nil {
		return err
	}
	_, err = t.Reporting.SaveSettings(ctx, t.plan, settings, 0)
	return err
}

// reportingChapters are what happens in the rounds of the year.
func (t *teller) reportingChapters() []chapter {
	days := calendar.ChineseWorkdays()
	after := func(on calendar.Date, n int) calendar.Date {
		day, _ := days.Add(on, n)
		return day
	}
	var all []chapter
	for _, schedule := range schedules() {
		for _, round := range schedule.Rounds(year, days) {
			if round.Period.Span().To.Before(firstDay) {
				continue
			}
			r := roundStory{teller: t, period: round.Period}
			all = append(all,
				chapter{after(round.Opens, 0), 7, t.tick},
				chapter{after(round.Opens, 1), 10, r.report(func(l desk.BoardLine) bool { return r.early(l) && r.late(l.Unit) == 0 })},
				chapter{round.Due, 7, t.tick},
				chapter{round.Due, 11, r.report(func(l desk.BoardLine) bool { return !r.early(l) && r.late(l.Unit) == 0 })},
				chapter{round.Due, 14, r.confirm},
				chapter{round.Due, 16, r.review},
				chapter{after(round.Due, 1), 7, t.tick},
				chapter{after(round.Due, 1), 10, r.report(func(l desk.BoardLine) bool { return r.late(l.Unit) == 1 })},
				chapter{after(round.Due, 2), 10, r.report(func(l desk.BoardLine) bool { return r.late(l.Unit) == 2 })},
				chapter{after(round.Due, 2), 14, r.again},
				chapter{after(round.Due, 2), 15, r.confirm},
				chapter{after(round.Due, 2), 16, r.review},
				chapter{round.Closes.AddDays(1), 7, t.tick},
				chapter{round.Closes.AddDays(1), 8, t.light},
			)
		}
	}
	return slices.DeleteFunc(all, func(c chapter) bool { return lastDay.Before(c.day) })
}

// early tells whether a unit is one of those that report as soon as a round opens. A unit whose reporter the sign-in page
// lists is none of them: whoever looks at the demonstration finds its form open.
func (t *teller) early(line desk.BoardLine) bool {
	return wobbleOf(line.UnitName, 0) < 0 && t.reporterOf(line.Unit) == ""
}

// tick lets the program do what is due on the day.
func (t *teller) tick() error {
	return t.Reporting.Tick(t.program("job: "+desk.TickKind, desk.TickMay...), nil)
}

// light lets the program compute the lights of the day.
func (t *teller) light() error {
	return t.Progress.Compute(t.program("job: "+lights.ComputeKind, lights.ComputeMay...), nil)
}

// roundStory is what happens in one round.
type roundStory struct {
	*teller
	period reporting.Period
}

// month is that at whose end the period ends.
func (r roundStory) month() int { return int(r.period.Span().To.Month) }

// late is by how many working days a unit is late; below 0 where nothing comes from it.
func (r roundStory) late(unit ledger.UnitID) int {
	if r.period.Frequency != reporting.Monthly {
		return 0
	}
	days, silent := r.reports.lateness(unit, r.month())
	if silent {
		return -1
	}
	return days
}

// board is who has reported in the round, as the supervising office sees it.
func (r roundStory) board() (desk.Board, error) {
	ctx, err := r.acting("shubai")
	if err != nil {
		return desk.Board{}, err
	}
	rounds, err := r.Reporting.Rounds(ctx, r.plan)
	if err != nil {
		return desk.Board{}, err
	}
	for _, round := range rounds {
		if round.Period == r.period {
			return r.Reporting.Board(ctx, round.ID)
		}
	}
	return desk.Board{}, fmt.Errorf("there is no round of %s", r.period.Key())
}

// report lets units fill their forms and send them in, and their heads sign them.
func (r roundStory) report(who func(desk.BoardLine) bool) func() error {
	return func() error {
		board, err := r.board()
		if err != nil {
			return err
		}
		for _, line := range board.Lines {
			if line.State != reporting.Drafted || !who(line) {
				continue
			}
			if err := r.send(line.Submission); err != nil {
				return fmt.Errorf("%s in %s: %w", line.UnitName, r.period.Key(), err)
			}
		}
		return nil
	}
}

// send fills a form and sends it in; a head may send it back once.
func (r roundStory) send(s desk.Submission) error {
	head, reporter := r.headOf(s.Unit), r.reporterOf(s.Unit)
	if head == "" {
		return nil
	}
	if reporter == "" {
		reporter = head
	}
	if err := r.fill(reporter, s); err != nil {
		return err
	}
	if reporter == head || r.reports.isUnsigned(s.Unit, r.month()) {
		return nil
	}
	if reason := r.reports.sentBack(s.Unit, r.month(), "head"); reason != "" && r.period.Frequency == reporting.Monthly {
		if err := r.take(head, "return", s.ID, reason); err != nil {
			return err
		}
		if err := r.submit(reporter, s.ID); err != nil {
			return err
		}
	}
	return r.take(head, "approve", s.ID, "")
}

// fill writes a form as somebody, with what else is to be said of doubtful figures, and submits it.
func (r roundStory) fill(name string, s desk.Submission) error {
	ctx, err := r.acting(name)
	if err != nil {
		return err
	}
	form, err := r.Reporting.Form(ctx, s.Round, s.Unit)
	if err != nil {
		return err
	}
	filling := desk.Filling{Round: s.Round, Unit: s.Unit}
	for _, row := range form.Rows {
		o := r.reports.stated(row.Row, r.month())
		if !row.Filled(o) {
			o.Reason = r.phrase("report.none")
		}
		filling.Rows = append(filling.Rows, desk.Filled{Observation: o, Seen: row.Revision})
	}
	saved, err := r.Reporting.Save(ctx, filling)
	if err != nil {
		return err
	}
	if filling.Rows = r.explain(saved.Rows); len(filling.Rows) > 0 {
		if _, err := r.Reporting.Save(ctx, filling); err != nil {
			return err
		}
	}
	if err := r.show(ctx, form, s); err != nil {
		return err
	}
	return r.submit(name, s.ID)
}

// explain is what a unit says of rows that cannot be sent in as they are.
func (r roundStory) explain(rows []desk.RowView) []desk.Filled {
	var again []desk.Filled
	for _, row := range rows {
		stops := row.Findings.Stopping(row.Observation)
		if len(stops) == 0 {
			continue
		}
		o := row.Observation
		o.Override = r.phrase("report.checked")
		if o.Reason == "" && row.Findings.Has("behind.reason") {
			o.Reason = r.phrase("report.behind")
		}
		if slices.ContainsFunc(stops, func(f reporting.Finding) bool { return f.Severity == reporting.Fault }) {
			o = reporting.Observation{Subject: o.Subject, Reason: r.phrase("report.none")}
		}
		again = append(again, desk.Filled{Observation: o, Seen: row.Revision})
	}
	return again
}

// show attaches what bears a row out.
func (r roundStory) show(ctx context.Context, form desk.FormView, s desk.Submission) error {
	for _, e := range r.reports.shows {
		if e.unit != s.Unit || !slices.Contains(e.months, r.month()) {
			continue
		}
		i := slices.IndexFunc(form.Rows, func(row desk.RowView) bool { return strings.HasPrefix(row.Title, e.title) })
		if i < 0 {
			continue // the round asks for other rows
		}
		if _, err := r.Reporting.Attach(ctx, s.ID, form.Rows[i].Subject, e.file, strings.NewReader(e.text)); err != nil {
			return err
		}
	}
	return nil
}

func (r roundStory) submit(name string, id reporting.SubmissionID) error {
	ctx, err := r.acting(name)
	if err != nil {
		return err
	}
	form, err := r.Reporting.Submission(ctx, id)
	if err != nil {
		return err
	}
	_, err = r.Reporting.Submit(ctx, id, form.Submission.Revision)
	return err
}

func (r roundStory) take(name, step string, id reporting.SubmissionID, reason string) error {
	ctx, err := r.acting(name)
	if err != nil {
		return err
	}
	for _, outcome := range r.Reporting.Take(ctx, step, []reporting.SubmissionID{id}, reason) {
		if outcome.Err != nil {
			return outcome.Err
		}
	}
	return nil
}

// headOf and reporterOf are the accounts that sign and fill a unit's forms.
func (t *teller) headOf(unit ledger.UnitID) string     { return t.accountOf(unit, "unit-head") }
func (t *teller) reporterOf(unit ledger.UnitID) string { return t.accountOf(unit, "reporter") }

func (t *teller) accountOf(unit ledger.UnitID, role access.Role) string {
	for _, a := range t.accounts {
		if a.Unit == unit && a.Role == role {
			return a.Name
		}
	}
	return ""
}

// deeds are what people do in the rounds.
var deeds = []access.Action{
	"period.read", "observation.read", "observation.fill", "observation.attach", "observation.amend", "observation.decide", "submission.read",
	"submission.submit", "submission.approve", "submission.confirm", "submission.review", "submission.return", "submission.lock", "plan.read",
	"commitment.read", "indicator.read", "project.read",
}

// acting is the context of somebody in the rounds.
func (t *teller) acting(name string) (context.Context, error) { return t.standing(name, deeds) }

// correctionChapters are corrections of figures that turned out wrong after they were locked.
func (t *teller) correctionChapters() ([]chapter, error) {
	d, err := readDistrict(&unregistered{})
	if err != nil {
		return nil, err
	}
	read, err := d.readReports()
	if err != nil {
		return nil, err
	}
	var all []chapter
	for i, c := range read.corrections {
		all = append(all,
			chapter{c.proposed, 15, func() error { return t.proposeCorrection(t.reports.corrections[i]) }},
			chapter{c.decided, 10, func() error { return t.decideCorrections() }})
	}
	return all, nil
}

// proposeCorrection is what a unit's head does who finds a locked figure wrong.
func (t *teller) proposeCorrection(c corrected) error {
	ctx, err := t.acting(t.headOf(c.unit))
	if err != nil {
		return err
	}
	r := roundStory{teller: t, period: reporting.Period{Frequency: reporting.Monthly, Year: year, Number: c.month}}
	board, err := r.board()
	if err != nil {
		return err
	}
	form, err := t.Reporting.Form(ctx, board.Round.ID, c.unit)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(form.Rows, func(row desk.RowView) bool { return strings.HasPrefix(row.Title, c.title) })
	if i < 0 {
		return fmt.Errorf("no row begins with %q", c.title)
	}
	row := form.Rows[i]
	after := row.Observation
	after.Value = share(after.Value, 1000+c.perMille, max(0, row.Scale-2))
	after.Growth, after.Base = ledger.Decimal{}, ledger.Decimal{}
	_, err = t.Reporting.ProposeCorrection(ctx, desk.Proposal{
		Plan: t.plan, Subject: row.Subject, Unit: c.unit, Period: r.period, After: after, Reason: c.reason, Basis: c.basis,
	})
	return err
}

// decideCorrections lets the supervising office approve what was proposed.
func (t *teller) decideCorrections() error {
	ctx, err := t.acting("qinghe")
	if err != nil {
		return err
	}
	waiting, err := t.Reporting.Corrections(ctx, desk.CorrectionQuery{Plan: t.plan, State: desk.Proposed})
	if err != nil {
		return err
	}
	for _, c := range waiting {
		if _, err := t.Reporting.DecideCorrection(ctx, c.ID, "approve", "", c.Revision); err != nil {
			return err
		}
	}
	return nil
}
