package plans

import (
	"net/http"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// terms are the terms of a commitment as a form has them: as texts, so that what was typed is never lost.
type terms struct {
	Number, Title, Kind, Section, By, Firm, Parent string
	Lead, Post, State                              string
	Cooperating                                    []ledger.UnitID
	Targets                                        []targetRow
	Milestones                                     map[int]string // days, by their numbers
}

// targetRow is a target as a form has it.
type targetRow struct {
	Number, Subject, Code, Indicator, Cmp, Value, Upper, Words, Unit, Measure, Basis, Scope, By, Firm string
}

func yes(b bool) string {
	if b {
		return "1"
	}
	return ""
}

// termsOf are the terms of a commitment, for a form.
func termsOf(c ledger.Commitment) terms {
	t := terms{
		Number: c.Number, Title: c.Title, Kind: string(c.Kind), By: c.By.String(), Firm: yes(c.Firm), Parent: string(c.Parent),
		Lead: string(c.Lead), Post: string(c.Post), State: string(c.State), Cooperating: c.Cooperating,
		Milestones: map[int]string{},
	}
	if c.Section > 0 {
		t.Section = itoa(c.Section)
	}
	for _, target := range c.Targets {
		t.Targets = append(t.Targets, rowOf(target))
	}
	for _, m := range c.Milestones {
		t.Milestones[m.Number] = m.By.String()
	}
	return t
}

func rowOf(t ledger.Target) targetRow {
	return targetRow{
		Number: itoa(t.Number), Subject: t.Subject, Code: t.Code, Indicator: string(t.Indicator), Cmp: string(t.Cmp),
		Value: t.Value.Plain(), Upper: t.Upper.Plain(), Words: t.Words, Unit: t.Unit, Measure: string(t.Measure),
		Basis: t.Basis, Scope: t.Scope, By: t.By.String(), Firm: yes(t.Firm),
	}
}

// typedTerms are the terms that somebody typed.
func typedTerms(r *http.Request) terms {
	at := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	return terms{
		Number: at("number"), Title: at("title"), Kind: at("kind"), Section: at("section"), By: at("by"), Firm: at("firm"),
		Parent: at("parent"), Lead: at("lead"), Post: at("post"), State: at("state"),
		Cooperating: unitIDs(r.PostForm["cooperating"]), Targets: typedRows(r), Milestones: typedDays(r),
	}
}

// milestoneField is the name of the field for the day of a milestone.
const milestoneField = "milestone."

// typedDays are the days of milestones that somebody typed.
func typedDays(r *http.Request) map[int]string {
	days := map[int]string{}
	for name, values := range r.PostForm {
		text, is := strings.CutPrefix(name, milestoneField)
		if number, err := strconv.Atoi(text); is && err == nil && len(values) > 0 {
			days[number] = strings.TrimSpace(values[0])
		}
	}
	return days
}

// moved are the milestones for which another day was typed.
func (t terms) moved(milestones []ledger.Milestone) (map[int]calendar.Date, error) {
	moved := map[int]calendar.Date{}
	for _, m := range milestones {
		text, typed := t.Milestones[m.Number]
		if !typed {
			continue
		}
		by, err := date(text, milestoneField+itoa(m.Number))
		if err == nil && by.IsZero() {
			err = unreadable(milestoneField+itoa(m.Number), "plans.date.bad", text)
		}
		if err != nil {
			return nil, err
		}
		if by != m.By {
			moved[m.Number] = by
		}
	}
	return moved, nil
}

// typedRows are the targets that somebody typed. A row without a subject is none: so a target is taken away.
func typedRows(r *http.Request) []targetRow {
	at := func(name string, i int) string {
		if values := r.PostForm["target."+name]; i < len(values) {
			return strings.TrimSpace(values[i])
		}
		return ""
	}
	var rows []targetRow
	for i := range r.PostForm["target.subject"] {
		row := targetRow{
			Number: at("number", i), Subject: at("subject", i), Code: at("code", i), Indicator: at("indicator", i), Cmp: at("cmp", i),
			Value: at("value", i), Upper: at("upper", i), Words: at("words", i), Unit: at("unit", i), Measure: at("measure", i),
			Basis: at("basis", i), Scope: at("scope", i), By: at("by", i), Firm: at("firm", i),
		}
		if row.Subject != "" {
			rows = append(rows, row)
		}
	}
	return rows
}

// target is a row as a target. A figure that has the same value as before keeps the precision in which it was printed.
func (row targetRow) target(field string, before []ledger.Target) (ledger.Target, error) {
	t := ledger.Target{
		Number: atoi(row.Number), Subject: row.Subject, Code: row.Code, Indicator: ledger.IndicatorID(row.Indicator),
		Cmp: ledger.Comparator(row.Cmp), Words: row.Words, Unit: row.Unit, Measure: ledger.Measure(row.Measure),
		Basis: row.Basis, Scope: row.Scope, Firm: row.Firm != "",
	}
	var err error
	if t.Value, err = figure(row.Value, field); err != nil {
		return t, err
	}
	if t.Upper, err = figure(row.Upper, field); err != nil {
		return t, err
	}
	if t.By, err = date(row.By, field); err != nil {
		return t, err
	}
	for _, old := range before {
		if old.Number == t.Number && old.Value.Same(t.Value) {
			t.Value = old.Value
		}
		if old.Number == t.Number && old.Upper.Same(t.Upper) {
			t.Upper = old.Upper
		}
	}
	return t, nil
}

func (t terms) targets(before []ledger.Target) ([]ledger.Target, error) {
	targets := make([]ledger.Target, 0, len(t.Targets))
	for i, row := range t.Targets {
		target, err := row.target("targets/"+itoa(i), before)
		if err != nil {
			return nil, err
		}
		targets = append(targets, target)
	}
	return targets, nil
}

// correction is what was typed as a correction of a commitment.
func (t terms) correction(before ledger.Commitment) (planning.Correction, error) {
	by, err := date(t.By, "by")
	if err != nil {
		return planning.Correction{}, err
	}
	targets, err := t.targets(before.Targets)
	if err != nil {
		return planning.Correction{}, err
	}
	kind, section, firm, parent := ledger.CommitmentKind(t.Kind), atoi(t.Section), t.Firm != "", ledger.CommitmentID(t.Parent)
	return planning.Correction{
		Number: &t.Number, Title: &t.Title, Kind: &kind, Section: &section, By: &by, Firm: &firm, Parent: &parent, Targets: &targets,
	}, nil
}

// wish is what was typed as an amendment of a commitment.
func (t terms) wish(c ledger.Commitment) (planning.Wish, error) {
	by, err := date(t.By, "by")
	if err != nil {
		return planning.Wish{}, err
	}
	targets, err := t.targets(c.Targets)
	if err != nil {
		return planning.Wish{}, err
	}
	moved, err := t.moved(c.Milestones)
	if err != nil {
		return planning.Wish{}, err
	}
	lead, post, state := ledger.UnitID(t.Lead), ledger.PostID(t.Post), ledger.CommitmentState(t.State)
	wish := planning.Wish{
		Commitment: c.ID, Deadline: &by, Lead: &lead, Cooperating: &t.Cooperating, Post: &post, State: &state, Targets: targets,
		Milestones: moved,
	}
	for _, old := range c.Targets {
		if !hasNumber(targets, old.Number) {
			wish.Drop = append(wish.Drop, old.Number)
		}
	}
	return wish, nil
}

func hasNumber(targets []ledger.Target, number int) bool {
	for _, t := range targets {
		if t.Number == number {
			return true
		}
	}
	return false
}

// differences are what was typed beside what stands there now.
func (n names) differences(v page.View, mine terms, now ledger.Commitment) []page.Difference {
	theirs := termsOf(now)
	label := func(kind string) string { return v.Wording(ledger.CommitmentKind(kind).Label()) }
	day := func(text string) string { d, _ := calendar.ParseDate(text); return v.Date(d) }
	firm := func(text string) string {
		if text == "" {
			return v.T("plans.soft")
		}
		return v.T("plans.firm.yes")
	}
	list := []page.Difference{
		{Field: v.T("plans.number"), Mine: mine.Number, Theirs: theirs.Number},
		{Field: v.T("plans.commitment"), Mine: mine.Title, Theirs: theirs.Title},
		{Field: v.T("plans.kind"), Mine: label(mine.Kind), Theirs: label(theirs.Kind)},
		{Field: v.T("plans.section"), Mine: mine.Section, Theirs: theirs.Section},
		{Field: v.T("plans.deadline"), Mine: day(mine.By), Theirs: day(theirs.By)},
		{Field: v.T("plans.firm"), Mine: firm(mine.Firm), Theirs: firm(theirs.Firm)},
	}
	return append(list, page.Difference{
		Field: v.T("plans.target"), Mine: rowLines(v, mine.Targets), Theirs: rowLines(v, theirs.Targets),
	})
}

// owners are what was typed of who answers for a commitment, beside what stands there now.
func (n names) owners(v page.View, mine terms, now ledger.Commitment) []page.Difference {
	return []page.Difference{
		{Field: v.T("plans.deadline"), Mine: mine.By, Theirs: now.By.String()},
		{Field: v.T("plans.lead"), Mine: n.unit(ledger.UnitID(mine.Lead)), Theirs: n.unit(now.Lead)},
		{Field: v.T("plans.cooperating"), Mine: n.units(mine.Cooperating), Theirs: n.units(now.Cooperating)},
		{Field: v.T("plans.post"), Mine: n.post(ledger.PostID(mine.Post)), Theirs: n.post(now.Post)},
		{Field: v.T("plans.target"), Mine: rowLines(v, mine.Targets), Theirs: rowLines(v, termsOf(now).Targets)},
	}
}

// rowLines are targets as they were typed; what cannot be read is shown as it is.
func rowLines(v page.View, rows []targetRow) string {
	var lines []string
	for _, row := range rows {
		t, err := row.target("", nil)
		if err != nil {
			lines = append(lines, row.Subject+" "+row.Value+row.Unit)
			continue
		}
		lines = append(lines, targetLine(v, t))
	}
	return strings.Join(lines, "\uff1b")
}
