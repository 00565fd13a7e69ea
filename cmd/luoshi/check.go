package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"luoshi/checking"
	"luoshi/internal/present"
	"luoshi/internal/present/columns"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

// checkCommand is the parsed command line of luoshi check.
type checkCommand struct {
	readCommand
	look   present.Look
	only   []string // names of the rules to run; empty for all
	all    bool     // relations that hold are listed too
	failOn string   // severity from which the exit status tells of findings; "" for none
	rules  bool     // list the rules instead of checking
}

// errFindings ends a command that found what --fail-on asks for.
var errFindings = errors.New("there are findings")

// noFailure is the value of --fail-on where nothing found changes the exit status.
const noFailure = ""

func newCheck(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:                   c.say("check.use"),
		Short:                 c.say("check.short"),
		Long:                  c.say("check.long"),
		Example:               c.say("check.example"),
		DisableFlagsInUseLine: true,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.String("format", string(present.Table), c.say("check.flag.format"))
	flags.StringSlice("only", nil, c.say("check.flag.only"))
	flags.Bool("all", false, c.say("check.flag.all"))
	flags.String("fail-on", noFailure, c.say("check.flag.fail_on"))
	flags.Bool("rules", false, c.say("check.flag.rules"))
	flags.StringP("output", "o", "", c.say("flag.output"))
	flags.BoolP("quiet", "q", false, c.say("flag.quiet"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		check, err := parseCheck(c, cmd, args)
		if err != nil {
			return err
		}
		if check.rules {
			return check.listRules()
		}
		return check.run(cmd.Context())
	}
	return cmd
}

func parseCheck(c *console, cmd *cobra.Command, args []string) (*checkCommand, error) {
	k := &checkCommand{readCommand: readCommand{console: c, paths: args}}
	flags := cmd.Flags()
	k.only, _ = flags.GetStringSlice("only")
	k.all, _ = flags.GetBool("all")
	k.rules, _ = flags.GetBool("rules")
	k.quiet, _ = flags.GetBool("quiet")
	var err error
	if k.look, err = k.parseLook(cmd); err != nil {
		return nil, err
	}
	if k.failOn, err = oneOf(cmd, "fail-on", checking.Error.String(), checking.Warning.String(), noFailure); err != nil {
		return nil, misuse("usage.choice", "fail-on", flags.Lookup("fail-on").Value, "error, warning")
	}
	for _, name := range k.only {
		if !slices.Contains(ruleNames(), name) {
			return nil, misuse("check.no_rule", name, strings.Join(ruleNames(), ", "))
		}
	}
	if len(args) == 0 && !k.rules {
		return nil, misuse("usage.no_path")
	}
	return k, nil
}

func ruleNames() []string {
	names := make([]string, len(checking.Rules))
	for i := range checking.Rules {
		names[i] = checking.Rules[i].Name
	}
	return names
}

// parseLook is how results are written: as --format says or, without it, the extension of the output.
func (r *readCommand) parseLook(cmd *cobra.Command) (present.Look, error) {
	allowed := words(present.ResultFormats)
	format, err := oneOf(cmd, "format", allowed...)
	if err != nil {
		return present.Look{}, err
	}
	r.output, _ = cmd.Flags().GetString("output")
	if r.output != "" && !cmd.Flags().Changed("format") {
		if format = formatOf(r.output, format); !slices.Contains(allowed, format) {
			return present.Look{}, misuse("usage.choice", "format", format, strings.Join(allowed, ", "))
		}
	}
	look := present.Look{Format: present.Format(format), Lang: r.lang}
	if screen := terminal(r.stdout); screen != nil && r.output == "" {
		if look.Format.WholeFile() {
			return present.Look{}, misuse("usage.needs_output", format)
		}
		look.Width, look.Colour = columnsOf(screen), wantsColour(screen)
	}
	return look, nil
}

// run checks everything and writes what was found; what could not be read is reported on stderr.
func (k *checkCommand) run(ctx context.Context) error {
	started := time.Now()
	inputs, faulty := k.inputs()
	checked := &present.Checked{Rules: checking.Rules}
	total, err := k.readAll(ctx, inputs, &checkWriter{command: k, checked: checked})
	if err != nil {
		return err
	}
	faulty = faulty || total.faults > 0
	if total.documents == 0 && faulty {
		return errReported // an empty workbook would look like a result
	}
	if err := k.between(ctx, checked); err != nil {
		return err
	}
	if err := k.write(func(w io.Writer) error { return present.WriteFindings(w, checked, k.look) }); err != nil {
		return err
	}
	if !k.quiet {
		fmt.Fprintln(k.stderr, k.summary(checked, total, time.Since(started)))
	}
	switch {
	case faulty:
		return errReported
	case k.fails(checked):
		return errFindings
	}
	return nil
}

// write writes results to where the command line says; a file appears only when it is complete.
func (r *readCommand) write(results func(w io.Writer) error) error {
	out, err := r.openOutput()
	if err != nil {
		return err
	}
	defer out.discard()
	if err := results(out); err != nil {
		return outputError(err)
	}
	if err := out.keep(); err != nil {
		return outputError(err)
	}
	return nil
}

// checkWriter checks each reading where it was read, and gathers what was found.
type checkWriter struct {
	command *checkCommand
	checked *present.Checked
}

// Prepare checks one reading. Relations that hold are asked for too: people want to know how many.
func (w *checkWriter) Prepare(r *reading.Reading) (present.Commit, error) {
	found := checking.Check(r, checking.Options{All: true, Only: w.command.only})
	return func() error {
		w.checked.Add(r, found, w.command.all)
		return nil
	}, nil
}

// Close has nothing left to do: the findings are written when all of them are known.
func (w *checkWriter) Close() error { return nil }

// fails tells whether something was found that --fail-on asks for.
func (k *checkCommand) fails(checked *present.Checked) bool {
	if k.failOn == noFailure {
		return false
	}
	for _, f := range checked.All() {
		if f.Severity == checking.Error || f.Severity == checking.Warning && k.failOn == checking.Warning.String() {
			return true
		}
	}
	return false
}

// summary counts the findings by severity, the worst first.
func (k *checkCommand) summary(checked *present.Checked, total totals, took time.Duration) string {
	counts := map[checking.Severity]int{}
	for _, f := range checked.All() {
		counts[f.Severity]++
	}
	var parts []string
	for s := checking.Error; s > checking.OK; s-- {
		parts = append(parts, k.say("check.count", wording.Results.Say(k.lang, "severity."+s.String()), counts[s]))
	}
	return k.say("check.summary", total.documents, checked.Compared(), strings.Join(parts, k.say("check.and")), seconds(took))
}

func seconds(took time.Duration) string { return fmt.Sprintf("%.2f", took.Seconds()) }

// listRules names the rules with what each of them compares.
func (k *checkCommand) listRules() error {
	width := columns.Of(k.say("check.rule"))
	for _, name := range ruleNames() {
		width = max(width, columns.Of(name))
	}
	room := 0
	if screen := terminal(k.stdout); screen != nil {
		room = max(columnsOf(screen)-width-2, 0)
	}
	var text strings.Builder
	line := func(name, words string) {
		text.WriteString(strings.TrimRight(columns.Pad(name, width, false)+"  "+words, " ") + "\n")
	}
	line(k.say("check.rule"), k.say("check.compares"))
	for i := range checking.Rules {
		rule := &checking.Rules[i]
		line(rule.Name, k.in(rule.Title))
		for _, words := range wrapped(k.in(rule.Doc), room) {
			line("", words)
		}
	}
	return k.write(func(w io.Writer) error {
		_, err := io.WriteString(w, text.String())
		return err
	})
}

// wrapped is a text in lines of so many columns; 0 breaks nothing.
func wrapped(text string, room int) []string {
	if room == 0 {
		return []string{text}
	}
	return columns.Wrap(text, room)
}

// in is a sentence in the user's language.
func (c *console) in(w checking.Wording) string {
	if c.lang == wording.English {
		return w.EN
	}
	return w.ZH
}

// between compares each two of the documents with each other, on all processors.
func (k *checkCommand) between(ctx context.Context, checked *present.Checked) error {
	type pair struct {
		a, b  int
		found []checking.Finding
	}
	var pairs []pair
	for b := range checked.Documents {
		for a := range b {
			pairs = append(pairs, pair{a: a, b: b})
		}
	}
	var next atomic.Int64
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(pairs)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				p := &pairs[i]
				p.found = checking.Between(checked.Documents[p.a].Reading, checked.Documents[p.b].Reading,
					checking.Options{All: true, Only: k.only})
			}
		})
	}
	group.Wait()
	for _, p := range pairs {
		checked.AddBetween(p.a, p.b, p.found, k.all)
	}
	return ctx.Err()
}
