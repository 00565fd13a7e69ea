package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"luoshi/internal/present"
	"luoshi/internal/present/wording"
	"luoshi/matching"
	"luoshi/reading"
)

// matchCommand is the parsed command line of luoshi match.
type matchCommand struct {
	readCommand
	look   present.Look
	series bool // follow indicators through all documents, instead of one plan through one report
}

func newMatch(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:                   c.say("match.use"),
		Short:                 c.say("match.short"),
		Long:                  c.say("match.long"),
		Example:               c.say("match.example"),
		DisableFlagsInUseLine: true,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.String("format", string(present.Table), c.say("check.flag.format"))
	flags.Bool("series", false, c.say("match.flag.series"))
	flags.StringP("output", "o", "", c.say("flag.output"))
	flags.BoolP("quiet", "q", false, c.say("flag.quiet"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		m, err := parseMatch(c, cmd, args)
		if err != nil {
			return err
		}
		if m.series {
			return m.runSeries(cmd.Context())
		}
		return m.run(cmd.Context())
	}
	return cmd
}

func parseMatch(c *console, cmd *cobra.Command, args []string) (*matchCommand, error) {
	m := &matchCommand{readCommand: readCommand{console: c, paths: args}}
	m.quiet, _ = cmd.Flags().GetBool("quiet")
	m.series, _ = cmd.Flags().GetBool("series")
	var err error
	if m.look, err = m.parseLook(cmd); err != nil {
		return nil, err
	}
	switch {
	case m.series && len(args) == 0:
		return nil, misuse("usage.no_path")
	case !m.series && (len(args) == 0 || len(args) > 2):
		return nil, misuse("match.documents")
	}
	return m, nil
}

// run follows the promises of the plan and writes what became of them.
func (m *matchCommand) run(ctx context.Context) error {
	started := time.Now()
	readings, err := m.documents(ctx)
	if err != nil {
		return err
	}
	matched := follow(readings)
	if err := m.write(func(w io.Writer) error { return present.WritePromises(w, matched, m.look) }); err != nil {
		return err
	}
	if !m.quiet {
		fmt.Fprintln(m.stderr, m.summary(matched, time.Since(started)))
	}
	return nil
}

// follow follows the promises of the first document through the second, or those of a single document
// that reviews and plans through itself.
func follow(readings []*reading.Reading) *present.Matched {
	plan, report := readings[0], readings[len(readings)-1]
	if plan == report {
		return &present.Matched{Plan: plan, Report: plan, Pairs: matching.Within(plan)}
	}
	return &present.Matched{Plan: plan, Report: report, Pairs: matching.Match(plan, report)}
}

// runSeries follows every indicator through the documents. What cannot be read is reported, and the rest
// is followed without it.
func (m *matchCommand) runSeries(ctx context.Context) error {
	started := time.Now()
	inputs, faulty := m.inputs()
	gathered := &gatherer{}
	total, err := m.readAll(ctx, inputs, gathered)
	if err != nil {
		return err
	}
	faulty = faulty || total.faults > 0
	if total.documents == 0 && faulty {
		return errReported // an empty page would look like a result
	}
	followed := &present.Followed{Readings: gathered.readings, Series: matching.Trace(gathered.readings)}
	if err := m.write(func(w io.Writer) error { return present.WriteSeries(w, followed, m.look) }); err != nil {
		return err
	}
	if !m.quiet {
		lines, met, missed, vanished := followed.Counts()
		fmt.Fprintln(m.stderr, m.say("match.series_summary", total.documents, lines, met, missed, vanished, seconds(time.Since(started))))
	}
	if faulty {
		return errReported
	}
	return nil
}

// documents reads the documents that were named, which must be as many as the paths.
func (m *matchCommand) documents(ctx context.Context) ([]*reading.Reading, error) {
	inputs, faulty := m.inputs()
	gathered := &gatherer{}
	total, err := m.readAll(ctx, inputs, gathered)
	switch {
	case err != nil:
		return nil, err
	case faulty || total.faults > 0:
		return nil, errReported
	case len(gathered.readings) != len(m.paths):
		return nil, misuse("match.documents")
	}
	return gathered.readings, nil
}

// gatherer keeps the readings in their order.
type gatherer struct{ readings []*reading.Reading }

// Prepare has nothing to work out.
func (g *gatherer) Prepare(r *reading.Reading) (present.Commit, error) {
	return func() error {
		g.readings = append(g.readings, r)
		return nil
	}, nil
}

// Close has nothing left to do.
func (g *gatherer) Close() error { return nil }

// summary counts the promises by verdict, leaving out the verdicts that do not occur.
func (m *matchCommand) summary(matched *present.Matched, took time.Duration) string {
	var parts []string
	for _, v := range present.Verdicts {
		if n := matched.Count(v); n > 0 {
			parts = append(parts, m.say("check.count", wording.Results.Say(m.lang, "verdict."+v.String()), n))
		}
	}
	counts := ""
	if len(parts) > 0 {
		counts = m.say("match.counts", strings.Join(parts, m.say("check.and")))
	}
	return m.say("match.summary", len(matched.Pairs), counts, seconds(took))
}
