package reporting_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"sync"
	"testing"

	"luoshi/internal/service"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestTwoWhoFillOneRow: the second one is shown what the first one wrote, and may choose.
func TestTwoWhoFillOneRow(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 1)
		filling := func(rows ...usecases.Filled) usecases.Filling {
			return usecases.Filling{Round: round.ID, Unit: o.Bureau.ID, Rows: rows}
		}
		first := have[usecases.Saved](t)(o.Save(o.reporter, filling(o.beds(20, reporting.Cumulative, 0))))
		if len(first.Rows) != 1 || first.Rows[0].Revision != 1 || first.Rows[0].By != "reporter" {
			t.Fatalf("saved is %+v", first)
		}
		second := have[usecases.Saved](t)(o.Save(o.head, filling(o.beds(21, reporting.Cumulative, 0))))
		if len(second.Rows) != 0 || len(second.Conflicts) != 1 {
			t.Fatalf("the second is told %+v", second)
		}
		c := second.Conflicts[0]
		if c.Mine.Value.String() != "21" || c.Theirs.Value.String() != "20" || c.By != "reporter" || c.Revision != 1 || c.At.IsZero() {
			t.Errorf("the conflict is %+v", c)
		}
		same := have[usecases.Saved](t)(o.Save(o.head, filling(o.beds(20, reporting.Cumulative, 0))))
		if len(same.Conflicts) != 0 || same.Submission.Revision != first.Submission.Revision {
			t.Errorf("who writes the same is told %+v", same)
		}
		mine := o.beds(21, reporting.Cumulative, 0)
		mine.Over = true
		if over := have[usecases.Saved](t)(o.Save(o.head, filling(mine))); len(over.Conflicts) != 0 || over.Rows[0].Revision != 2 {
			t.Errorf("who saw both and chose is told %+v", over)
		}
		empty := usecases.Filled{Seen: 2, Observation: reporting.Observation{Subject: mine.Subject}}
		if gone := have[usecases.Saved](t)(o.Save(o.head, filling(empty))); gone.Submission.Filled != 0 || gone.Rows[0].Revision != 3 {
			t.Errorf("emptied it is %+v", gone)
		}
	})
}

// TestManyWhoFillOneFormAtOnce: of those who fill one row one wins, and those of other rows do not disturb each other.
func TestManyWhoFillOneFormAtOnce(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.promise(t, o.Bureau.ID, ledger.Target{Number: 1, Subject: "改造", Cmp: ledger.AtLeast, Value: ledger.Int(4), Unit: "处", Measure: ledger.Level})
		o.begin(t, false)
		round := o.month(t, 1)
		form := have[usecases.FormView](t)(o.Form(o.reporter, round.ID, o.Bureau.ID))
		if len(form.Rows) < 2 {
			t.Fatalf("the form has %d rows", len(form.Rows))
		}
		var wait sync.WaitGroup
		saved := make([]usecases.Saved, 8)
		for i := range saved {
			wait.Go(func() {
				row := o.beds(int64(i), reporting.Cumulative, 0)
				row.Subject = form.Rows[i%2].Subject
				var err error
				if saved[i], err = o.Save(o.reporter, usecases.Filling{Round: round.ID, Unit: o.Bureau.ID, Rows: []usecases.Filled{row}}); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		won := map[reporting.Subject]int{}
		for _, s := range saved {
			for _, row := range s.Rows {
				won[row.Subject]++
			}
		}
		if won[form.Rows[0].Subject] != 1 || won[form.Rows[1].Subject] != 1 {
			t.Errorf("won is %v", won)
		}
		if after := have[usecases.FormView](t)(o.Form(o.reporter, round.ID, o.Bureau.ID)); after.Submission.Filled != 2 {
			t.Errorf("two rows are filled, and counted are %d", after.Submission.Filled)
		}
	})
}

// TestBothViewsOfAFigure: what is said of the period and what is said cumulatively give each other.
func TestBothViewsOfAFigure(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.fill(o.reporter, t, o.month(t, 1).ID, o.Bureau.ID, 20, reporting.OfPeriod)
		form := o.fill(o.reporter, t, o.month(t, 2).ID, o.Bureau.ID, 15, reporting.OfPeriod)
		if p := form.Rows[0].Point; p.Cumulative.String() != "35" || p.OfPeriod.String() != "15" {
			t.Errorf("February is %+v", p)
		}
		form = o.fill(o.reporter, t, o.month(t, 3).ID, o.Bureau.ID, 50, reporting.Cumulative)
		if p := form.Rows[0].Point; p.OfPeriod.String() != "15" || len(form.Rows[0].Earlier) != 2 || form.Rows[0].Earlier[0].State != reporting.Drafted {
			t.Errorf("March is %+v after %+v", p, form.Rows[0].Earlier)
		}
		if len(form.Rows[0].Hints) == 0 {
			t.Error("nothing is said of February beside March")
		}
		series := have[usecases.Series](t)(o.Series(o.office, o.Plan.ID, form.Rows[0].Subject, o.Bureau.ID))
		if len(series.Points) != 3 || series.Title != o.Indicator.Name {
			t.Errorf("the series is %+v", series)
		}
	})
}

func TestEvidence(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		form := o.fill(o.reporter, t, o.month(t, 1).ID, o.Bureau.ID, 20, reporting.Cumulative)
		id, subject := form.Submission.ID, form.Rows[0].Subject
		var picture bytes.Buffer
		must(t, png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 900, 600))))
		attach := func(name, content string) error {
			_, err := o.Attach(o.reporter, id, subject, name, strings.NewReader(content))
			return err
		}
		kept := have[usecases.Evidence](t)(o.Attach(o.reporter, id, subject, `C:\照片\现场.png`, &picture))
		if kept.Name != "现场.png" || kept.MediaType != "image/png" || kept.Preview == "" || kept.Scanned {
			t.Errorf("kept is %+v", kept)
		}
		wantFault(t, attach("a.exe", "MZ"), "evidence.type")
		wantFault(t, attach("a.png", "<html><script>"), "evidence.type")
		wantFault(t, attach("a.txt", "a\x00b"), "evidence.type")
		wantFault(t, attach("a.txt", ""), "evidence.empty")
		wantFault(t, attach("/", "a"), "evidence.name")
		wantFault(t, attach("a.txt", strings.Repeat("x", 50<<20+1)), "evidence.large")
		for preview, mediaType := range map[bool]string{false: "image/png", true: "image/jpeg"} {
			of, content, err := o.OpenEvidence(o.review, kept.ID, preview)
			must(t, err)
			read, _, err := image.DecodeConfig(content)
			must(t, errors.Join(err, content.Close()))
			if of.MediaType != mediaType || preview && read.Width != 320 || !preview && read.Width != 900 {
				t.Errorf("opened is %+v, %d wide", of, read.Width)
			}
		}
		if _, _, err := o.OpenEvidence(o.other, kept.ID, false); err == nil {
			t.Error("another unit opens it")
		}
		second := have[usecases.Evidence](t)(o.Attach(o.reporter, id, subject, "说明.txt", strings.NewReader("说明")))
		must(t, o.RemoveEvidence(o.reporter, second.ID))
		if _, _, err := o.OpenEvidence(o.reporter, second.ID, false); !isMissing(err) {
			t.Errorf("what was taken back: %v", err)
		}
		now := have[usecases.FormView](t)(o.Submission(o.reporter, id))
		if files := now.Rows[0].Evidence; len(files) != 1 || files[0].ID != kept.ID {
			t.Errorf("the row has %+v", files)
		}
		have[usecases.Submission](t)(o.Submit(o.reporter, id, now.Submission.Revision))
		wantFault(t, o.RemoveEvidence(o.reporter, kept.ID), "submission.settled")
		wantFault(t, attach("b.txt", "b"), "submission.settled")
	})
}

func isMissing(err error) bool {
	var missing *store.NotFound
	return errors.As(err, &missing)
}

// TestEvidenceIsScanned: what the scanner finds is not kept, nor what it could not look at.
func TestEvidenceIsScanned(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		form := o.fill(o.reporter, t, o.month(t, 1).ID, o.Bureau.ID, 20, reporting.Cumulative)
		scanning := usecases.New(o.Core, o.blobs, usecases.Options{
			MaxBytes: 100, Scan: func(_ context.Context, _ string, content io.Reader) (string, error) {
				data, err := io.ReadAll(content)
				switch {
				case bytes.Contains(data, []byte("virus")):
					return "Eicar", err
				case bytes.Contains(data, []byte("away")):
					return "", errors.New("nobody answers")
				}
				return "", err
			},
		})
		attach := func(content string) (usecases.Evidence, error) {
			return scanning.Attach(o.reporter, form.Submission.ID, form.Rows[0].Subject, "a.txt", strings.NewReader(content))
		}
		if kept := have[usecases.Evidence](t)(attach("clean")); !kept.Scanned {
			t.Errorf("kept is %+v", kept)
		}
		_, err := attach("a virus")
		wantFault(t, err, "evidence.harmful")
		_, err = attach("the scanner is away")
		wantFault(t, err, "evidence.unscanned")
		_, err = attach(strings.Repeat("x", 101))
		wantFault(t, err, "evidence.large")
	})
}

// TestStepsInBulk: each submission of several goes its own way.
func TestStepsInBulk(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 1)
		bureau := o.fill(o.head, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative)
		have[usecases.Submission](t)(o.Submit(o.head, bureau.Submission.ID, bureau.Submission.Revision))
		street := have[usecases.FormView](t)(o.Form(o.other, round.ID, o.Street.ID))
		out := o.Take(o.review, "review", []reporting.SubmissionID{bureau.Submission.ID, street.Submission.ID, "none"}, "")
		if out[0].Err != nil || out[0].Submission.State != reporting.Reviewed {
			t.Errorf("the bureau's is %+v", out[0])
		}
		wantFault(t, out[1].Err, "flow.not-now")
		if !isMissing(out[2].Err) {
			t.Errorf("the one that is not there: %v", out[2].Err)
		}
		board := have[usecases.Board](t)(o.Board(o.office, round.ID))
		if len(board.Lines) != 2 || board.Lines[0].Waits.ZH != "督查室" || board.Lines[1].Waits.ZH != "填报员" || board.Round.Reported != 1 {
			t.Errorf("the board shows %+v", board)
		}
		if board := have[usecases.Board](t)(o.Board(o.other, round.ID)); len(board.Lines) != 1 || board.Lines[0].Unit != o.Street.ID {
			t.Errorf("the street sees %+v", board.Lines)
		}
	})
}

// TestWhoStandsInSigns: a delegate acts in the role of whom he stands in for, and the log says for whom.
func TestWhoStandsInSigns(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		form := o.fill(o.reporter, t, o.month(t, 1).ID, o.Bureau.ID, 20, reporting.Cumulative)
		have[usecases.Submission](t)(o.Submit(o.reporter, form.Submission.ID, form.Submission.Revision))
		caller := service.CallerOf(o.head)
		caller.Actor.Account = "deputy"
		for i := range caller.Actor.Posts {
			caller.Actor.Posts[i].For = "unit-head"
		}
		deputy := service.As(t.Context(), caller)
		o.one(deputy, t, "approve", form.Submission.ID, "")
		view := have[usecases.FormView](t)(o.Submission(o.office, form.Submission.ID))
		if last := view.Case.Steps[len(view.Case.Steps)-1]; last.Account != "deputy" || last.Role != "unit-head" {
			t.Errorf("the last step is %+v", last)
		}
	})
}

// TestAHandedOverCommitmentIsAskedOfItsNewLead: the old one keeps what it said, and sees that it is asked no more.
func TestAHandedOverCommitmentIsAskedOfItsNewLead(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		c := o.promise(t, o.Bureau.ID, ledger.Target{Number: 1, Subject: "改造", Cmp: ledger.AtLeast, Value: ledger.Int(4), Unit: "处", Measure: ledger.Level})
		o.begin(t, false)
		round := o.month(t, 1)
		o.fill(o.reporter, t, round.ID, o.Bureau.ID, 2, reporting.Cumulative)
		o.handOver(t, c.ID, o.statistics.ID)
		must(t, o.Tick(o.job, nil))
		due := have[[]usecases.DueItem](t)(o.Due(o.statistician))
		if len(due) != 1 || due[0].Submission.Asked != 1 {
			t.Fatalf("due of the new lead is %+v", due)
		}
		old := have[usecases.FormView](t)(o.Form(o.reporter, round.ID, o.Bureau.ID))
		if last := old.Rows[len(old.Rows)-1]; !last.Gone || last.Observation.Value.String() != "2" {
			t.Errorf("the old lead sees %+v", last)
		}
		if form := have[usecases.FormView](t)(o.Form(o.statistician, round.ID, o.statistics.ID)); len(form.Rows) != 1 || !form.MayFill {
			t.Errorf("the new lead sees %+v", form)
		}
	})
}
