package accounting_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/access"
	"luoshi/internal/account"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/accounting/accountingtest"
	"luoshi/internal/store"
	"luoshi/ledger/reporting"
)

// TestTheLifeOfAReport follows one from its draft to the frozen files.
func TestTheLifeOfAReport(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v := o.Draft(t)
		if v.State != accounting.Drafted || !v.Number.IsZero() || !v.MayEdit || len(v.Content.Figures) < 10 || v.Title() == "" {
			t.Errorf("the draft is %s %q with %d figures", v.State, v.Title(), len(v.Content.Figures))
		}
		if text := textOf(v.Shown); !strings.Contains(text, "120") {
			t.Errorf("it does not say how many beds there are: %s", text)
		}
		wantRefused(t, second(o.Uses.Report(o.Head, v.ID)), "account.review")
		v = o.Step(o.Clerk, t, v, "submit")
		wantFault(t, second(o.Uses.Step(o.Clerk, v.ID, "pass", "", v.Revision)), "flow.same-actor")
		v = o.Step(o.Second, t, v, "pass")
		if len(o.Told) != 1 || o.Told[0].To[0].Role != "leader" {
			t.Errorf("told %+v", o.Told)
		}
		wantRefused(t, second(o.Uses.Step(o.Clerk, v.ID, "approve", "", v.Revision)), "account.approve")
		v = o.Step(o.Leader, t, v, "approve")
		v = o.Step(o.Clerk, t, v, "freeze")
		if v.Number.String() != "政报〔2026〕1号" || len(v.Digest) != 64 || v.Shown.Paper.Date != "2026年7月20日" || v.Log.Size == 0 {
			t.Errorf("frozen it is %s, %s, %s, %+v", v.Number, v.Digest, v.Shown.Paper.Date, v.Log)
		}
		if len(v.Files) != len(o.Uses.Formats()) {
			t.Errorf("its files are %+v", v.Files)
		}
		if _, err := o.Store().SQL().ExecContext(t.Context(), "UPDATE papers SET title = 'x'"); err == nil {
			t.Error("what was frozen can be changed")
		}
		if seen := have[accounting.View](t)(o.Uses.Report(o.Head, v.ID)); seen.Number != v.Number || seen.MayEdit {
			t.Errorf("a unit sees %+v", seen.Number)
		}
		want := []string{"account.edit", "account.edit", "account.review", "account.approve", "account.freeze"}
		if got := o.Entries(t, accounting.Kind, string(v.ID)); !slices.Equal(got, want) {
			t.Errorf("the log says %v", got)
		}
	})
}

// TestTheFrozenFilesSayWhatTheReportSays opens the Word file as any other document.
func TestTheFrozenFilesSayWhatTheReportSays(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v := o.Freeze(t, o.Draft(t))
		for _, format := range o.Uses.Formats() {
			_, _, content, err := o.Uses.Download(o.Clerk, v.ID, format)
			if err != nil {
				t.Errorf("%s: %v", format, err)
				continue
			}
			data := have[[]byte](t)(io.ReadAll(content))
			must(t, content.Close())
			if len(data) == 0 {
				t.Errorf("%s is empty", format)
			}
			if format != "docx" {
				continue
			}
			opened := have[*document.Document](t)(document.Open(t.Context(), "report.docx", data, document.Options{}))
			for _, b := range v.Shown.Paper.Body {
				if text := b.String(); text != "" && !strings.Contains(opened.Text, text) {
					t.Errorf("the file does not say %q", text)
				}
			}
		}
		if found := have[account.Verification](t)(o.Uses.Verify(o.Clerk, v.ID)); len(found.Differences) > 0 {
			t.Errorf("read back it differs: %+v", found.Differences)
		}
		var gone *store.NotFound
		if _, _, _, err := o.Uses.Download(o.Clerk, v.ID, "exe"); !errors.As(err, &gone) {
			t.Errorf("there is an unknown format: %v", err)
		}
	})
}

// TestAFigureLeadsToItsProof: to the promise, to what the unit said, to the files, and to the entries of the log.
func TestAFigureLeadsToItsProof(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v := o.Draft(t)
		kinds, entries, files, printed := map[account.SourceKind]int{}, 0, 0, 0
		for key := range v.Shown.Figures {
			traced := have[accounting.Trace](t)(o.Uses.Figure(o.Clerk, v.ID, key))
			printed += len(traced.Places)
			for _, from := range traced.From {
				kinds[from.Kind]++
				if from.Observed != nil {
					entries, files = entries+len(from.Entries), files+len(from.Observed.Evidence)
				}
			}
		}
		if kinds[account.FromPromise] == 0 || kinds[account.FromObservation] == 0 || entries == 0 || files == 0 || printed == 0 {
			t.Errorf("figures in %d places lead to %v, %d entries, %d files", printed, kinds, entries, files)
		}
		var gone *store.NotFound
		if _, err := o.Uses.Figure(o.Clerk, v.ID, "nothing"); !errors.As(err, &gone) {
			t.Errorf("there is an unknown figure: %v", err)
		}
	})
}

// TestWhatMoves: a locked figure that was corrected stops a draft until it is refreshed.
func TestWhatMoves(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v := o.Draft(t)
		correct(t, o, "130")
		v = have[accounting.View](t)(o.Uses.Report(o.Clerk, v.ID))
		if !slices.ContainsFunc(v.Moved, func(m accounting.Moved) bool { return m.Lasting && m.Before == "120" && m.After == "130" }) {
			t.Errorf("moved %+v", v.Moved)
		}
		wantFault(t, second(o.Uses.Step(o.Clerk, v.ID, "submit", "", v.Revision)), "flow.guarded")
		v = have[accounting.View](t)(o.Uses.Refresh(o.Clerk, v.ID, v.Revision))
		if slices.ContainsFunc(v.Moved, func(m accounting.Moved) bool { return m.Lasting }) || !strings.Contains(textOf(v.Shown), "130") || len(v.Since) == 0 {
			t.Errorf("refreshed it says %s", textOf(v.Shown))
		}
		o.Step(o.Clerk, t, v, "submit")
	})
}

// TestWhatMovesAfterApprovalKeepsItFromBeingFrozen, and nothing of it is kept half.
func TestWhatMovesAfterApprovalKeepsItFromBeingFrozen(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		v := o.Draft(t)
		v = o.Step(o.Clerk, t, v, "submit")
		v = o.Step(o.Second, t, v, "pass")
		v = o.Step(o.Leader, t, v, "approve")
		correct(t, o, "130")
		_, err := o.Uses.Step(o.Clerk, v.ID, "freeze", "", v.Revision)
		wantFault(t, err, "report.differs")
		found := accounting.DifferencesOf(err)
		if !slices.ContainsFunc(found, func(d account.Difference) bool { return d.Kind == account.FigureMoved }) {
			t.Errorf("differences %+v", found)
		}
		wantFault(t, third(o.Uses.Download(o.Clerk, v.ID, "docx")), "report.differs")
		o.Clock.On(7, 21) // the lights of another day change nothing of that
		if now := have[accounting.View](t)(o.Uses.Report(o.Clerk, v.ID)); now.State != accounting.Approved || !now.Number.IsZero() {
			t.Errorf("it is %s, %s", now.State, now.Number)
		}
		v = o.Step(o.Leader, t, v, "return")
		v = have[accounting.View](t)(o.Uses.Refresh(o.Clerk, v.ID, v.Revision))
		if v = o.Freeze(t, v); v.Number.N != 1 {
			t.Errorf("the number is %s", v.Number)
		}
	})
}

// TestWhoReads: drafts are for those who write and review, frozen ones for the units, public ones for everybody.
func TestWhoReads(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		inside, open, draft := o.Freeze(t, o.Draft(t)), o.Freeze(t, o.Draft(t)), o.Draft(t)
		open = have[accounting.View](t)(o.Uses.Disclose(o.Clerk, open.ID, true, open.Revision))
		for _, row := range []struct {
			name string
			who  context.Context
			want []accounting.ID
		}{
			{"the office", o.Clerk, []accounting.ID{draft.ID, open.ID, inside.ID}},
			{"the leader", o.Leader, []accounting.ID{draft.ID, open.ID, inside.ID}},
			{"a head", o.Head, []accounting.ID{open.ID, inside.ID}},
			{"the public", t.Context(), []accounting.ID{open.ID}},
		} {
			var got []accounting.ID
			for _, r := range have[accounting.Listing](t)(o.Uses.List(row.who, accounting.Filter{}, store.Page{})).Reports {
				got = append(got, r.ID)
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("%s finds %v, not %v", row.name, got, row.want)
			}
		}
		wantRefused(t, second(o.Uses.Report(t.Context(), inside.ID)), "account.read")
		if open.Number.N != 2 {
			t.Errorf("the second is %s", open.Number)
		}
		first := have[accounting.Listing](t)(o.Uses.List(o.Clerk, accounting.Filter{}, store.Page{Limit: 2}))
		rest := have[accounting.Listing](t)(o.Uses.List(o.Clerk, accounting.Filter{State: accounting.Frozen}, store.Page{Limit: 2, After: first.Next}))
		if len(first.Reports) != 2 || len(rest.Reports) != 1 || rest.Next != "" {
			t.Errorf("parts %+v, %+v", first, rest)
		}
	})
}

// TestAUnitWritesItsOwnReport and no other's.
func TestAUnitWritesItsOwnReport(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		june := reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 6}
		wish := accounting.Wish{Plan: o.Plan.ID, Period: june, Template: "month", Owner: o.Bureau.ID}
		v := have[accounting.View](t)(o.Uses.Draft(o.Head, wish))
		if text := textOf(v.Shown); strings.Contains(text, "社区食堂") || !strings.Contains(text, "120") {
			t.Errorf("the bureau's report says %s", text)
		}
		wish.Owner = o.District.Street.ID
		wantRefused(t, second(o.Uses.Draft(o.Head, wish)), "account.edit")
		v = o.Step(o.Head, t, v, "submit")
		v = o.Step(o.Clerk, t, v, "pass")
		v = o.Step(o.Leader, t, v, "approve")
		if v = o.Step(o.Head, t, v, "freeze"); v.Number.String() != "报〔2026〕1号" {
			t.Errorf("the number is %s", v.Number)
		}
	})
}

// TestTemplatesOfTheOffice are checked, kept in versions, and retired.
func TestTemplatesOfTheOffice(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		const text = "name: 简报 | Brief\nperiods: half month\ntitle: {region}{period}进展简报\n---\n= 总体情况\n计划确定承诺事项{all}项。\n"
		_, err := o.Uses.SaveTemplate(o.Clerk, "", strings.ReplaceAll(text, "{all}", "{everything}"), 0)
		wantFault(t, err, "template.unreadable")
		var wrong *accounting.Unreadable
		if !errors.As(err, &wrong) || wrong.Faults[0].Line != 6 {
			t.Errorf("what is wrong is %v", err)
		}
		wantRefused(t, second(o.Uses.SaveTemplate(o.Head, "", text, 0)), "account.template")
		own := have[accounting.Template](t)(o.Uses.SaveTemplate(o.Clerk, "", text, 0))
		v := have[accounting.View](t)(o.Uses.Draft(o.Clerk, accounting.Wish{Plan: o.Plan.ID, Period: accountingtest.Half, Template: own.Name}))
		if v.Version != 1 || !strings.Contains(textOf(v.Shown), "计划确定承诺事项2项") {
			t.Errorf("of version %d it says %s", v.Version, textOf(v.Shown))
		}
		next := have[accounting.Template](t)(o.Uses.SaveTemplate(o.Clerk, own.Name, strings.ReplaceAll(text, "总体情况", "进展"), 1))
		wantFault(t, second(o.Uses.SaveTemplate(o.Clerk, own.Name, text, 1)), "template.changed")
		if again := have[accounting.View](t)(o.Uses.Refresh(o.Clerk, v.ID, v.Revision)); next.Version != 2 || !strings.Contains(textOf(again.Shown), "总体情况") {
			t.Errorf("version %d, and the report that was begun says %s", next.Version, textOf(again.Shown))
		}
		must(t, o.Uses.RetireTemplate(o.Clerk, own.Name, true))
		wantFault(t, second(o.Uses.Draft(o.Clerk, accounting.Wish{Plan: o.Plan.ID, Period: accountingtest.Half, Template: own.Name})), "template.unknown")
		if all := have[[]accounting.Template](t)(o.Uses.Templates(o.Clerk)); len(all) != len(account.Templates()) {
			t.Errorf("%d templates are offered", len(all))
		}
	})
}

func TestWhatCannotBeDone(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		wish := accounting.Wish{Plan: o.Plan.ID, Period: accountingtest.Half, Template: "half-year"}
		wantRefused(t, second(o.Uses.Draft(o.Head, wish)), "account.edit")
		for code, change := range map[string]func(w *accounting.Wish){
			"period.outside":   func(w *accounting.Wish) { w.Period.Year = 2027 },
			"template.unknown": func(w *accounting.Wish) { w.Template = "nothing" },
			"unit.unasked":     func(w *accounting.Wish) { w.Owner = o.District.Street.ID },
			"unit.missing":     func(w *accounting.Wish) { w.Template = "month" },
			"line.long":        func(w *accounting.Wish) { w.Speaker = strings.Repeat("长", 201) },
		} {
			bad := wish
			change(&bad)
			wantFault(t, second(o.Uses.Draft(o.Clerk, bad)), code)
		}
		v := o.Draft(t)
		for code, e := range map[string]accounting.Edits{
			"title.long": {Title: strings.Repeat("长", 101)},
			"block.long": {Blocks: []account.Edit{{Block: "x", Text: strings.Repeat("长", 5001)}}},
			"edits.many": {Blocks: make([]account.Edit, 2001)},
		} {
			wantFault(t, second(o.Uses.Change(o.Clerk, v.ID, e, false, v.Revision)), code)
		}
		var clash *store.Conflict[accounting.Report]
		if _, err := o.Uses.Change(o.Clerk, v.ID, accounting.Edits{}, false, v.Revision-1); !errors.As(err, &clash) {
			t.Errorf("an old draft was saved: %v", err)
		}
		wantFault(t, second(o.Uses.Disclose(o.Clerk, v.ID, true, v.Revision)), "disclose.frozen")
		wantFault(t, second(o.Uses.Step(o.Clerk, v.ID, "burn", "", v.Revision)), "step.unknown")
		v = o.Step(o.Clerk, t, v, "submit")
		wantFault(t, second(o.Uses.Change(o.Clerk, v.ID, accounting.Edits{}, false, v.Revision)), "draft.only")
		v = o.Step(o.Clerk, t, v, "recall")
		if v = o.Step(o.Clerk, t, v, "drop"); v.State != accounting.Dropped || len(v.Offers) > 0 {
			t.Errorf("dropped it is %s with %v", v.State, v.Offers)
		}
	})
}

// TestSettings decide how reports are numbered from now on.
func TestSettings(t *testing.T) {
	accountingtest.Each(t, func(t *testing.T, o *accountingtest.Town) {
		s := have[store.Record[accounting.Settings]](t)(o.Uses.Settings(o.Clerk, o.Government.ID))
		s.Value.Sign, s.Value.Organ = "望政报", "望溪区人民政府文件"
		saved := have[store.Record[accounting.Settings]](t)(o.Uses.SaveSettings(o.Clerk, o.Government.ID, s.Value, 0))
		var clash *store.Conflict[accounting.Settings]
		if _, err := o.Uses.SaveSettings(o.Clerk, o.Government.ID, s.Value, 0); !errors.As(err, &clash) || saved.Revision != 1 {
			t.Errorf("saved twice: %v", err)
		}
		s.Value.Sign = " "
		wantFault(t, second(o.Uses.SaveSettings(o.Clerk, o.Government.ID, s.Value, 1)), "settings.sign")
		if v := o.Freeze(t, o.Draft(t)); v.Number.String() != "望政报〔2026〕1号" {
			t.Errorf("number %s, head %+v", v.Number, v.Shown.Paper.Head)
		}
	})
}

// correct puts another number of beds in the place of the locked one.
func correct(t *testing.T, o *accountingtest.Town, beds string) {
	t.Helper()
	o.Restate(t, beds, "")
}

// textOf is all that a report says in its paragraphs and headings.
func textOf(c account.Content) string {
	var s strings.Builder
	for _, b := range c.Paper.Body {
		s.WriteString(b.String() + "\n")
	}
	return s.String()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func have[T any](t testing.TB) func(v T, err error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		must(t, err)
		return v
	}
}

func second[T any](_ T, err error) error { return err }

func third[A, B, C any](_ A, _ B, _ C, err error) error { return err }

func wantFault(t testing.TB, err error, code string) {
	t.Helper()
	if !service.HasCode(err, code) {
		t.Errorf("the error is %v, not %s", err, code)
	}
}

func wantRefused(t testing.TB, err error, action access.Action) {
	t.Helper()
	var refused *service.Refused
	if !errors.As(err, &refused) || refused.Action != action {
		t.Errorf("the error is %v, and not that %s is refused", err, action)
	}
}
