package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"luoshi/document/fault"
	"luoshi/internal/present"
	"luoshi/reading"
)

// readCommand is the parsed command line of luoshi read.
type readCommand struct {
	*console
	opts   present.Options
	year   int
	output string // the file to write; "" is stdout
	quiet  bool
	paths  []string
}

func newRead(c *console) *cobra.Command {
	cmd := &cobra.Command{
		Use:                   c.say("read.use"),
		Short:                 c.say("read.short"),
		Long:                  c.say("read.long"),
		Example:               c.say("read.example"),
		DisableFlagsInUseLine: true,
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.String("what", string(present.Quantities), c.say("flag.what"))
	flags.String("format", string(present.Table), c.say("flag.format"))
	flags.StringSlice("kind", nil, c.say("flag.kind"))
	flags.Int("year", 0, c.say("flag.year"))
	flags.StringP("output", "o", "", c.say("flag.output"))
	flags.BoolP("quiet", "q", false, c.say("flag.quiet"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		r, err := parseRead(c, cmd, args)
		if err != nil {
			return err
		}
		return r.run(cmd.Context())
	}
	return cmd
}

// The last and the first year that documents of this genre can plan.
const firstYear, lastYear = 1900, 2200

func parseRead(c *console, cmd *cobra.Command, args []string) (*readCommand, error) {
	r := &readCommand{console: c, paths: args}
	what, err := oneOf(cmd, "what", words(present.Whats)...)
	if err != nil {
		return nil, err
	}
	format, err := oneOf(cmd, "format", words(present.Formats)...)
	if err != nil {
		return nil, err
	}
	kinds, err := parseKinds(cmd)
	if err != nil {
		return nil, err
	}
	flags := cmd.Flags()
	r.year, _ = flags.GetInt("year")
	r.output, _ = flags.GetString("output")
	r.quiet, _ = flags.GetBool("quiet")
	if flags.Changed("year") && (r.year < firstYear || r.year > lastYear) {
		return nil, misuse("usage.value", "year", r.year)
	}
	if len(args) == 0 {
		return nil, misuse("usage.no_path")
	}
	if r.output != "" && !flags.Changed("format") {
		format = formatOf(r.output, format)
	}
	r.opts = present.Options{
		What: present.What(what), Format: present.Format(format), Lang: c.lang, Kinds: kinds,
	}
	if r.output == "" {
		screen := terminal(c.stdout)
		if screen != nil && r.opts.Format.WholeFile() {
			return nil, misuse("usage.needs_output", format)
		}
		if screen != nil {
			r.opts.Width, r.opts.Colour = columnsOf(screen), wantsColour(screen)
		}
	}
	return r, nil
}

func words[T ~string](values []T) []string {
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = string(value)
	}
	return list
}

// formatOf is the format that the extension of the output file names, or else the given one.
func formatOf(output, otherwise string) string {
	extension := strings.TrimPrefix(strings.ToLower(filepath.Ext(output)), ".")
	if slices.Contains(words(present.Formats), extension) {
		return extension
	}
	return otherwise
}

func parseKinds(cmd *cobra.Command) (present.KindSet, error) {
	var set present.KindSet
	names, _ := cmd.Flags().GetStringSlice("kind")
	allowed := []reading.Kind{reading.Target, reading.Result, reading.Context}
	for _, name := range names {
		i := slices.IndexFunc(allowed, func(k reading.Kind) bool { return k.String() == name })
		if i < 0 {
			return 0, misuse("usage.choice", "kind", name, "target, result, context")
		}
		set = set.With(allowed[i])
	}
	return set, nil
}

// run reads everything and writes it; what could not be read is reported on stderr as it is met.
func (r *readCommand) run(ctx context.Context) error {
	started := time.Now()
	inputs, faulty := r.inputs()
	out, err := r.openOutput()
	if err != nil {
		return err
	}
	defer out.discard()
	writer, err := present.New(out, r.opts)
	if err != nil {
		return err
	}
	total, err := r.readAll(ctx, inputs, writer)
	if err != nil {
		return err
	}
	if total.documents == 0 && (faulty || total.faults > 0) {
		return errReported // an empty workbook would look like a result
	}
	if err := writer.Close(); err != nil {
		return outputError(err)
	}
	if err := out.keep(); err != nil {
		return outputError(err)
	}
	if !r.quiet {
		fmt.Fprintln(r.stderr, r.say("summary", total.documents, total.characters, total.quantities, total.clauses,
			fmt.Sprintf("%.2f", time.Since(started).Seconds())))
	}
	if faulty || total.faults > 0 {
		return errReported
	}
	return nil
}

// reportFault writes one line for an input that could not be read.
func (r *readCommand) reportFault(name string, err error) {
	message := err.Error()
	var f *fault.Fault
	if errors.As(err, &f) {
		message = f.Message(string(r.lang))
	}
	r.report(r.say("unreadable", name, message))
}

// outputError names the place where the output could not be written.
func outputError(err error) error { return misuse("usage.output", err) }

// output is where the result goes. A file appears under its name only when it is complete.
type output struct {
	io.Writer
	file *os.File
	name string
}

func (r *readCommand) openOutput() (*output, error) {
	if r.output == "" {
		return &output{Writer: r.stdout}, nil
	}
	file, err := os.CreateTemp(filepath.Dir(r.output), "."+filepath.Base(r.output)+".*")
	if err != nil {
		return nil, outputError(err)
	}
	return &output{Writer: file, file: file, name: r.output}, nil
}

// readableByAll is what a file made by a person's command usually gets.
const readableByAll = 0o644

func (o *output) keep() error {
	if o.file == nil {
		return nil
	}
	if err := o.file.Chmod(readableByAll); err != nil {
		return err
	}
	if err := o.file.Close(); err != nil {
		return err
	}
	if err := os.Rename(o.file.Name(), o.name); err != nil {
		return err
	}
	o.file = nil
	return nil
}

// discard removes a file that was not completed.
func (o *output) discard() {
	if o.file != nil {
		o.file.Close()
		os.Remove(o.file.Name())
	}
}
