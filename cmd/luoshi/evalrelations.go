package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"luoshi/checking"
	"luoshi/checking/score"
	"luoshi/document"
	"luoshi/internal/present/columns"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// runRelations scores the findings of one document against a key of its relations.
func (e *evalCommand) runRelations(ctx context.Context) error {
	key, err := loadKey(e.relations)
	if err != nil {
		return e.unreadable(ctx, e.relations, err)
	}
	result, err := readFile(ctx, e.document)
	if err != nil {
		return e.unreadable(ctx, e.document, err)
	}
	report := score.Compare(key, checking.Check(result, checking.Options{All: true}))
	text := e.relationScores(report) + e.falseAlarms(report) + e.relationMisses(report)
	if e.mutations {
		trials, err := e.try(ctx, key, result)
		if err != nil {
			return e.unreadable(ctx, e.relations, err)
		}
		text += "\n" + e.caught(trials) + e.escaped(trials)
	}
	if _, err := io.WriteString(e.stdout, text); err != nil {
		return outputError(err)
	}
	return nil
}

// unreadable reports what is wrong with a file, unless the user has lost patience with it.
func (e *evalCommand) unreadable(ctx context.Context, path string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	e.report(e.say("unreadable", path, e.explain(err)))
	return errReported
}

func loadKey(path string) ([]score.Relation, error) {
	data, err := loadFile(input{name: path})
	if err != nil {
		return nil, err
	}
	key, err := score.Parse(data)
	var bad *score.LineError
	if errors.As(err, &bad) {
		return nil, misuse("eval.bad_relation", bad.Line)
	}
	return key, err
}

// relationScores is a table with a row for each section of the key that counts.
func (e *evalCommand) relationScores(report *score.Report) string {
	cells := [][]string{{
		e.say("eval.relations"), e.say("eval.lines"), e.say("eval.right"), e.say("eval.nearly"),
		e.say("eval.equations"), e.say("eval.found"), e.say("eval.share"),
	}}
	row := func(name string, t score.Tally) {
		cells = append(cells, []string{
			name, fmt.Sprint(t.Lines), fmt.Sprint(t.Right), fmt.Sprint(t.Nearly),
			fmt.Sprint(t.Claims), fmt.Sprint(t.Found), share(float64(t.Right) / float64(max(1, t.Lines))),
		})
	}
	for s := score.Totals; s <= score.Loose; s++ {
		row(e.say("eval.section_"+string(s)), report.Tally(func(r *score.Relation) bool { return r.Section == s }))
	}
	row(e.say("eval.arithmetic"), report.Tally(func(r *score.Relation) bool { return r.Section.Arithmetic() }))
	return aligned(cells)
}

// falseAlarms lists the errors that the key does not bear out, and what it holds apart and was set together.
func (e *evalCommand) falseAlarms(report *score.Report) string {
	var text strings.Builder
	fmt.Fprintf(&text, "\n%s\n", e.say("eval.false_errors", len(report.Wrong)))
	e.list(&text, report.Wrong)
	fmt.Fprintf(&text, "%s\n", e.say("eval.set_together", len(report.Paired), report.Apart))
	e.list(&text, report.Paired)
	return text.String()
}

// relationMisses lists the first relations that are not right, as many as were asked for, each with what was
// found instead.
func (e *evalCommand) relationMisses(report *score.Report) string {
	if e.misses == 0 {
		return ""
	}
	var text strings.Builder
	shown, all := 0, 0
	for i := range report.Outcomes {
		o := &report.Outcomes[i]
		if !o.Scored || o.Right {
			continue
		}
		all++
		if shown == e.misses {
			continue
		}
		shown++
		key := "eval.relation_missed"
		if o.Nearly {
			key = "eval.relation_near"
		}
		r := o.Relation
		fmt.Fprintln(&text, columns.Plain(e.say(key, string(r.Section), r.Line, r.Verdict, r.Title, o.Found, o.Claims)))
		e.list(&text, o.Instead)
	}
	return "\n" + e.say("eval.relation_misses", shown, all) + "\n" + text.String()
}

// list writes findings, each on a line of its own below what they explain.
func (e *evalCommand) list(text *strings.Builder, findings []checking.Finding) {
	for i := range findings {
		f := &findings[i]
		message := f.Message.ZH
		if e.lang == wording.English {
			message = f.Message.EN
		}
		var places []string
		for _, p := range f.Places {
			places = append(places, fmt.Sprintf("%s@%d", p.Surface, p.At))
		}
		said := strings.TrimSpace(f.Rule + " " + f.Severity.String() + " " + f.Verdict)
		fmt.Fprintln(text, "    "+columns.Plain(fmt.Sprintf("%s [%s] %s", said, strings.Join(places, ", "), message)))
	}
}

// try changes the figures of the key in the document one at a time and checks each text.
func (e *evalCommand) try(ctx context.Context, key []score.Relation, r *reading.Reading) ([]score.Trial, error) {
	text := r.Document.Text
	mutants, err := score.Mutants(text, key, score.FiguresOf(r))
	var stray *score.UnknownPlaceError
	if errors.As(err, &stray) {
		return nil, misuse("eval.stray", stray.Line, stray.Spot.Text, stray.Spot.At)
	}
	if err != nil {
		return nil, err
	}
	return score.Try(text, mutants, func(text string) ([]checking.Finding, error) {
		doc, err := document.Open(ctx, "mutant.txt", []byte(text), document.Options{})
		if err != nil {
			return nil, err
		}
		return checking.Check(reading.Read(doc, reading.Options{}), checking.Options{}), nil
	})
}

// caught is a table with a row for each kind of slip.
func (e *evalCommand) caught(trials []score.Trial) string {
	cells := [][]string{{
		e.say("eval.slip"), e.say("eval.mutants"), e.say("eval.caught"), e.say("eval.share"), e.say("eval.indistinct"),
	}}
	row := func(name string, c score.Catch) {
		cells = append(cells, []string{
			name, fmt.Sprint(c.Distinct), fmt.Sprint(c.Caught),
			share(float64(c.Caught) / float64(max(1, c.Distinct))), fmt.Sprint(c.Indistinct),
		})
	}
	var all score.Catch
	for slip, c := range score.Caught(trials) {
		row(e.say("eval.slip_"+score.Slip(slip).String()), c)
		all = all.Plus(c)
	}
	row(e.say("eval.all"), all)
	return aligned(cells)
}

// escaped lists the first mutants that were not caught, as many as were asked for, each with the errors that
// name something else.
func (e *evalCommand) escaped(trials []score.Trial) string {
	if e.misses == 0 {
		return ""
	}
	var text strings.Builder
	shown, all := 0, 0
	for i := range trials {
		t := &trials[i]
		if t.Caught || !t.Distinct {
			continue
		}
		all++
		if shown == e.misses {
			continue
		}
		shown++
		fmt.Fprintln(&text, e.say("eval.escaped", e.say("eval.slip_"+t.Slip.String()), t.At, t.From, t.To))
		e.list(&text, t.Errors)
	}
	return "\n" + e.say("eval.escapes", shown, all) + "\n" + text.String()
}
